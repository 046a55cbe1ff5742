"""Texts of the home page and the notices of who pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StoryText:
    scene: str
    caption: str
    path: str


@dataclass(frozen=True, slots=True)
class StepText:
    when: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class VoiceText:
    quotation: str
    speaker: str
    role: str
    face: int


@dataclass(frozen=True, slots=True)
class FundingText:
    sentence: str
    valid_from: date
    valid_until: date | None


TITLE = "MehrWert"
SEARCH_DESCRIPTION = (
    "Kostenfreie, neutrale Beratung zur Weiterbildung für Betriebe in sieben Landkreisen zwischen Cloppenburg und "
    "Holzminden. Termin gleich online buchen."
)
HEADLINE = "Wir im ländlichen Raum können es auch!"
LEAD = (
    "MehrWert berät Betriebe in sieben Landkreisen zur Weiterbildung: kostenfrei, neutral und in Ihrer Nähe. Sie "
    "sagen, was sich ändert. Wir finden, wer es Ihrem Team beibringt."
)

STORIES = (
    StoryText("advice", "Erst reden, dann planen: Nach einer Stunde wissen Sie, wo Sie anfangen.", "beratung"),
    StoryText("market", "Sieben Landkreise, ein Netz: wie alles begann.", "nachrichten/sieben-landkreise-ein-netz"),
    StoryText(
        "workshop", "Wissen bleibt im Haus, wenn zwei Generationen zusammen lernen.", "kurse/wissen-bleibt-im-haus"
    ),
    StoryText(
        "weser", "Jeden Donnerstag an der Weser: der Sprechtag in Holzminden.", "nachrichten/sprechtag-holzminden"
    ),
    StoryText("evening_farm", "Nach Feierabend am Küchentisch: Kurse, die online zu Ihnen kommen.", "kurse"),
)

NEXT_STEPS_HEADING = "So geht es weiter, wenn Sie buchen"
NEXT_STEPS = (
    StepText("Heute", "Zeit wählen", "Zwei Minuten, ohne Konto. Sie bekommen eine Bestätigung mit Kalendereintrag."),
    StepText(
        "Zum Termin", "Reden", "Im Büro, in Ihrem Betrieb, per Video oder am Telefon. Bringen Sie Ihre Fragen mit."
    ),
    StepText(
        "Zwei Wochen später", "Planen", "Sie bekommen Ihren Weiterbildungsfahrplan: wer, was, wann, wo, womit bezahlt."
    ),
    StepText("In den Monaten danach", "Lernen", "Ihr Team besucht die Kurse. Hakt es, rufen Sie uns an."),
    StepText("Nach einem Jahr", "Nachsehen", "Wir fragen, was es gebracht hat, und schreiben den Plan mit Ihnen fort."),
)

VOICES_HEADING = "Das sagen Betriebe"
VOICES = (
    VoiceText(
        quotation="Ich wollte einen Kurs buchen. Nach dem Gespräch wusste ich, dass wir einen anderen brauchen.",
        speaker="Maren Musterkamp",
        role="Inhaberin einer Tischlerei (Beispiel, erfunden)",
        face=34,
    ),
    VoiceText(
        quotation="Die Beratung kam zu uns in die Halle. So konnten alle sagen, was ihnen fehlt.",
        speaker="Jannis Beispielmeyer",
        role="Fertigungsleiter im Metallbau (Beispiel, erfunden)",
        face=30,
    ),
    VoiceText(
        quotation="Den Antrag auf Förderung haben wir zusammen ausgefüllt. Eine halbe Stunde, fertig.",
        speaker="Olga Musterova",
        role="Büroleiterin eines Pflegedienstes (Beispiel, erfunden)",
        face=36,
    ),
)

FUNDING = (
    FundingText(
        sentence=(
            "MehrWert wird vom Bundesministerium für Arbeit und Soziales (BMAS) gefördert. Rund 30 Prozent der Kosten "
            "tragen die sieben Landkreise."
        ),
        valid_from=date(2021, 9, 1),
        valid_until=date(2024, 10, 31),
    ),
    FundingText(
        sentence=(
            "MehrWert wird von der Europäischen Union über den Europäischen Sozialfonds Plus (ESF Plus), vom "
            "Bundesministerium für Arbeit und Soziales (BMAS) und von den sieben Landkreisen gefördert."
        ),
        valid_from=date(2024, 11, 1),
        valid_until=None,
    ),
)
