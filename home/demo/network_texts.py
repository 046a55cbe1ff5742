"""Texts of the demo's pages on files, partners, press and the three themes."""

from __future__ import annotations

from dataclasses import dataclass

DOWNLOADS_TITLE = "Zum Herunterladen"
DOWNLOADS_LEAD = "Vorlagen und Listen für Ihren Betrieb: laden, ausfüllen, mitbringen. Oder einfach ausdrucken."
DOWNLOADS_DESCRIPTION = "Fragebogen und Fahrplan von MehrWert zum Herunterladen, mit Art, Größe und Sprache."
DOWNLOADS = (
    (
        "Vor dem ersten Gespräch",
        (("zehn-fragen.txt", "Zum Nachdenken auf der Fahrt; mitbringen müssen Sie nichts.", "de", True),),
    ),
    (
        "Nach dem Gespräch",
        (("fahrplan-zum-ausfuellen.csv", "Die Tabelle, in der wir planen: wer lernt was, wann und wo.", "de", False),),
    ),
)
"""File, what it is good for, language, whether it is checked."""

PARTNERS_TITLE = "Partner"
PARTNERS_LEAD = "Ein Verbund lebt von denen, die ihn tragen: sieben Landkreise, eine Kammer, viele Anbieter."
PARTNERS_DESCRIPTION = "Wer hinter MehrWert steht: Landkreise, Projektträgerin, Förderer und Anbieter von Kursen."
DISTRICTS_LEAD = "Jeder Landkreis hat sein Büro oder seine Sprechtage und bezahlt einen Teil der Beratung."
PROVIDERS_LEAD = "Sie halten die Kurse. Wir empfehlen neutral und bekommen dafür kein Geld."
SPONSORS = (
    (
        "Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH",
        "Projektträgerin",
        "Sie leitet das Projekt, stellt das Team ein und rechnet die Mittel ab.",
    ),
    (
        "Bundesministerium für Arbeit und Soziales",
        "Förderer",
        "Es bezahlt zusammen mit dem Europäischen Sozialfonds Plus den größeren Teil.",
    ),
)

PRESS_TITLE = "Presse"
PRESS_LEAD = "Sie schreiben über Weiterbildung auf dem Land? Wir besorgen Zahlen, Bilder und Menschen."
PRESS_DESCRIPTION = "Ansprechperson, Kurztext und Nachrichten von MehrWert für die Presse."
BOILERPLATE = (
    "MehrWert ist der Weiterbildungsverbund im ländlichen Raum. Seit Herbst 2021 arbeiten die niedersächsischen "
    "Landkreise Cloppenburg, Vechta, Diepholz, Nienburg (Weser), Schaumburg, Hameln-Pyrmont und Holzminden zusammen. "
    "Das Team fragt kleine und mittlere Betriebe, was Menschen dort morgen können müssen, berät kostenfrei und "
    "neutral, sammelt Kurse und stößt neue an. Träger ist die Handwerkskammer Hannover Projekt- und "
    "Servicegesellschaft mbH."
)


@dataclass(frozen=True, slots=True)
class ThemeText:
    slug: str
    title: str
    lead: str
    description: str
    paragraphs: tuple[tuple[str, str], ...]
    people: tuple[str, ...]


THEMES = (
    ThemeText(
        slug="neue-arbeitsformen",
        title="Neue Arbeitsformen",
        lead="Vier-Tage-Woche, Arbeit von zu Hause, Teams ohne Chef: Was passt zu einem Betrieb mit 15 Leuten?",
        description="Neue Arbeitsformen in kleinen Betrieben: Kurse, Nachrichten und Beratung dazu.",
        paragraphs=(
            (
                "Worum es geht",
                "Gute Leute fragen heute zuerst nach der Arbeitszeit. Wer sie flexibel macht, muss Absprachen, Technik "
                "und Führung ändern. Das lässt sich lernen, Schritt für Schritt.",
            ),
            (
                "Womit Betriebe anfangen",
                "Mit einer Sache, die alle ärgert: der Schichtübergabe, den Überstunden am Freitag, der Vertretung im "
                "Urlaub. Erst wenn die läuft, kommt die nächste.",
            ),
        ),
        people=("ayla-musterfeld",),
    ),
    ThemeText(
        slug="digitalisierung",
        title="Digitalisierung",
        lead="Nicht alles, was digital geht, lohnt sich. Aber was sich lohnt, kann man lernen.",
        description="Digitalisierung in kleinen Betrieben: Kurse, Nachrichten und Beratung dazu.",
        paragraphs=(
            (
                "Worum es geht",
                "Aufmaß auf dem Tablet, Rechnung per Knopfdruck, Maschinen, die sich melden: Die Technik gibt es. Was "
                "oft fehlt, sind Menschen, die sie im Betrieb erklären.",
            ),
            (
                "Womit Betriebe anfangen",
                "Mit einer Person, die Lust darauf hat, und einem Kurs von zwei Tagen. Danach zeigt sie es allen.",
            ),
        ),
        people=("ayla-musterfeld",),
    ),
    ThemeText(
        slug="generationen",
        title="Generationenübergreifendes Arbeiten",
        lead="Die einen gehen bald, die anderen fangen gerade an. Dazwischen liegt viel Wissen.",
        description="Wenn Alt und Jung zusammen arbeiten: Kurse, Nachrichten und Beratung dazu.",
        paragraphs=(
            (
                "Worum es geht",
                "In den nächsten zehn Jahren geht in vielen Betrieben jede dritte Person in Rente. Was sie weiß, steht "
                "meist nirgends. Wer früh anfängt, behält es im Haus.",
            ),
            (
                "Womit Betriebe anfangen",
                "Mit Paaren aus einer erfahrenen und einer neuen Person, die eine Aufgabe gemeinsam erledigen. Ein "
                "Kurs hilft beiden: beim Erklären und beim Fragen.",
            ),
        ),
        people=(),
    ),
)
