"""Parts of a question that are read as something else than words to look for."""

from __future__ import annotations

import re
from typing import NamedTuple


class Choice(NamedTuple):
    """A value of a facet, as it stands in the address of the list. A tuple, since thousands are hashed at a time."""

    facet: str
    value: str


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{text})(?![\w-])", re.IGNORECASE)


_COURSE = r"-?(?:kurse?|seminare?|schulung(?:en)?|lehrg(?:a|ä|ae)nge?)"

CHOICES: tuple[tuple[re.Pattern[str], Choice, str], ...] = tuple(
    (_pattern(text), Choice(facet, value), label)
    for text, facet, value, label in (
        (rf"online(?:{_COURSE})?|webinare?|fernunterricht", "form", "online", "online"),
        (r"(?:in\s+)?pr(?:ä|ae|a)senz|vor\s+ort", "form", "on_site", "vor Ort"),
        (r"hybrid|blended(?:[\s-]learning)?", "form", "blended", "teils online, teils vor Ort"),
        (rf"selbstlern(?:en|{_COURSE})|selbststudium", "form", "self_paced", "Selbstlernen"),
        (rf"abend(?:s|{_COURSE})|am\s+abend|nach\s+feierabend|berufsbegleitend", "zeit", "evening", "abends"),
        (r"vormittags?|am\s+vormittag|morgens", "zeit", "morning", "vormittags"),
        (r"nachmittags?|am\s+nachmittag", "zeit", "afternoon", "nachmittags"),
        (r"ganztags|ganzt(?:ä|ae|a)gig|vollzeit", "zeit", "full_day", "ganztags"),
        (rf"(?:am\s+)?wochenende|wochenend{_COURSE}|samstags?|sonntags?", "zeit", "weekend", "am Wochenende"),
        (r"kostenlose?[rsn]?|kostenfreie?[rsn]?|gratis|umsonst|gebührenfreie?[rsn]?", "preis", "frei", "kostenfrei"),
        (r"barrierefreie?[rsn]?", "barrierefrei", "ja", "barrierefrei"),
        (
            r"rollstuhl(?:gerechte?[rsn]?)?|stufenlose?[rsn]?|stufenfreie?[rsn]?|ohne\s+(?:stufen|treppen?)",
            "stufenlos",
            "ja",
            "Ort ohne Stufen",
        ),
        (
            rf"in-?house(?:{_COURSE})?|im\s+(?:eigenen\s+)?betrieb|firmenschulung(?:en)?",
            "inhouse",
            "ja",
            "im Betrieb",
        ),
        (r"(?:start)?garantie|findet\s+(?:sicher\s+)?statt|startet\s+sicher", "sicher", "ja", "findet sicher statt"),
        (r"freien?\s+pl(?:ä|ae|a)tze?n?", "frei", "ja", "freie Plätze"),
        (r"(?:auf|in)\s+englisch", "sprache", "en", "auf Englisch"),
    )
)

RADIUS = _pattern(r"(?:im\s+)?(?:umkreis\s+(?:von\s+)?)?(?P<km>\d{1,3})\s?(?:km|kilometer)(?:\s+umkreis)?")
PRICE = _pattern(
    r"(?:bis|unter|max(?:imal)?\.?|h(?:ö|oe|o)chstens)\s+(?:zu\s+)?(?P<euro>\d[\d.]{0,6})\s?(?:€|euros?|eur)"
)
DISTRICT = _pattern(
    r"(?:im\s+)?(?:land)?kreis\s+(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)|(?:im\s+)?lk\s+(?P<short>[^\W\d_]+)"
)
POSTCODE = re.compile(r"(?:(?:bei|in|um|nahe)\s+)?(?<!\d)(?:D-)?(?P<code>\d{5})(?!\d)", re.IGNORECASE)
QUOTED = re.compile(r"[„“\"»«](?P<text>[^„“”\"»«]+)[“”\"«»]")
