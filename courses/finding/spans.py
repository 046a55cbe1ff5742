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


COURSE = r"-?(?:kurse?|seminare?|schulung(?:en)?|lehrg(?:a|ä|ae)nge?)"

_AT_HOME = (
    r"im\s+eigenen\s+(?:betrieb|haus)|bei\s+uns\s+(?:im\s+(?:betrieb|haus|unternehmen)|in\s+der\s+firma)"
    r"|in\s+(?:unserem|meinem)\s+(?:betrieb|unternehmen)|in\s+(?:unserer|meiner)\s+firma"
    rf"|^(?:{COURSE}\s+)?im\s+betrieb$"
)
"""„Erste Hilfe im Betrieb“ is what a course is about; „im Betrieb“ alone is where."""
_FUNDING = r"f(?:ö|oe|o)rderung"
_WITH_FUNDING = rf"mit\s+(?:staatlicher\s+)?(?:{_FUNDING}|zuschuss)|^{_FUNDING}(?!\s+(?:der|des|von)\s)|{_FUNDING}$"
_FUNDABLE = r"(?:f(?:ö|oe|o)rder(?:f(?:ä|ae|a)hig|bar)|(?:staatlich\s+)?(?:gef(?:ö|oe|o)rdert|bezuschusst))"
FOREIGN = {
    "en": "Englisch",
    "ar": "Arabisch",
    "pl": "Polnisch",
    "ro": "Rumänisch",
    "ru": "Russisch",
    "tr": "Türkisch",
    "uk": "Ukrainisch",
}
"""Languages other than German in which courses are held, as people ask for them."""

CHOICES: tuple[tuple[re.Pattern[str], Choice, str], ...] = tuple(
    (_pattern(text), Choice(facet, value), label)
    for text, facet, value, label in (
        (rf"online(?:{COURSE})?|webinare?|fernunterricht", "form", "online", "online"),
        (r"(?:in\s+)?pr(?:ä|ae|a)senz|vor\s+ort", "form", "on_site", "vor Ort"),
        (r"hybrid|blended(?:[\s-]learning)?", "form", "blended", "teils online, teils vor Ort"),
        (rf"selbstlern(?:en|{COURSE})|selbststudium", "form", "self_paced", "Selbstlernen"),
        (
            rf"(?:abends\s+)?nach\s+(?:feierabend|der\s+arbeit)|(?:am\s+)?abend(?:s|{COURSE})?|berufsbegleitend",
            "zeit",
            "evening",
            "abends",
        ),
        (r"vormittags?|am\s+vormittag|morgens", "zeit", "morning", "vormittags"),
        (r"nachmittags?|am\s+nachmittag", "zeit", "afternoon", "nachmittags"),
        (r"ganztags|ganzt(?:ä|ae|a)gig|vollzeit", "zeit", "full_day", "ganztags"),
        (
            rf"(?:(?:am|an)\s+)?(?:wochenenden?|samstags?|sonntags?)|wochenends|wochenend{COURSE}",
            "zeit",
            "weekend",
            "am Wochenende",
        ),
        (
            r"(?:kostenlos|kostenfrei|gebührenfrei)(?:e[rsn]?)?|gratis|umsonst|f(?:ü|ue)r\s+lau|kost(?:et)?\s+ni(?:x|chts)",
            "preis",
            "frei",
            "kostenfrei",
        ),
        (r"barrierefreie?[rsn]?", "barrierefrei", "ja", "barrierefrei"),
        (
            r"rollstuhl(?:gerechte?[rsn]?)?|stufenlose?[rsn]?|stufenfreie?[rsn]?|ohne\s+(?:stufen|treppen?)",
            "stufenlos",
            "ja",
            "Ort ohne Stufen",
        ),
        (
            rf"in-?house(?:{COURSE})?|firmenschulung(?:en)?|{_AT_HOME}",
            "inhouse",
            "ja",
            "im Betrieb",
        ),
        (r"(?:start)?garantie|findet\s+(?:sicher\s+)?statt|startet\s+sicher", "sicher", "ja", "findet sicher statt"),
        (r"freien?\s+pl(?:ä|ae|a)tze?n?|pl(?:ä|ae|a)tze\s+frei", "frei", "ja", "freie Plätze"),
        (
            r"mit\s+(?:abschlu(?:ss|ß)|(?:abschluss)?zertifikat|zeugnis|pr(?:ü|ue)fung)",
            "abschluss",
            "ja",
            "mit Abschluss oder Zertifikat",
        ),
        (
            rf"{_WITH_FUNDING}|{_FUNDABLE}(?:e[rnms]?)?",
            "foerderung",
            "ja",
            "mit Förderung",
        ),
        *((rf"(?:auf|in)\s+{language}", "sprache", code, f"auf {language}") for code, language in FOREIGN.items()),
    )
)

RADIUS = _pattern(r"(?:im\s+)?(?:umkreis\s+(?:von\s+)?)?(?P<km>\d{1,3})\s?(?:km|kilometer)(?:\s+umkreis)?")
MOST = (
    r"(?:bis(?:\s+zu)?|unter|max(?:imal|\.)?|h(?:ö|oe|o)chstens|weniger\s+als|nur"
    r"|(?:nicht|keine?)\s+(?:mehr|l(?:ä|ae|a)nger|teurer)\s+als)"
)
LEAST = r"(?:ab|(?:ü|ue)ber|mindestens|mehr\s+als)"
_EURO = r"(?:€|euros?|eur)"
PRICE = _pattern(
    rf"(?:(?P<least>{LEAST})\s+)?(?:{MOST}\s*|(?:(?:zwischen|von)\s+)?\d[\d.]{{1,6}}\s?{_EURO}?\s?(?:[-–]|bis|und)\s?)?"
    rf"(?P<euro>\d[\d.]{{0,6}})(?:,(?:\d\d|-))?\s?{_EURO}"
    rf"|{MOST}\s*(?P<bare>(?!20\d\d)\d{{3,4}})$"
)
"""A sum alone is the most that somebody will pay. Without „Euro“ it stands behind „bis“ at the end of a question."""
DISTRICT = _pattern(
    r"(?:im\s+)?(?:land)?kreis\s+(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)|(?:im\s+)?lk\s+(?P<short>[^\W\d_]+)"
)
POSTCODE = re.compile(r"(?:(?:bei|in|um|nahe)\s+)?(?<!\d)(?:D-)?(?P<code>\d{5})(?!\d)", re.IGNORECASE)
NOTHING_QUOTED = re.compile(r"[„“\"»«]\s*[“”\"«»]")
QUOTED = re.compile(r"[„“\"»«](?P<text>[^„“”\"»«]+)[“”\"«»]")
