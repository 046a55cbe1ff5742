"""By what the courses of the demo content are sorted: topics, ways to pay, marks of providers."""

from __future__ import annotations

from dataclasses import dataclass

from courses.services.first_words import THEMES

TOPICS = {
    **THEMES,
    "technik": "Technik und Handwerk",
    "gesundheit": "Gesundheit und Pflege",
    "energie": "Energie und Klima",
    "fuehrung": "Führung und Zusammenarbeit",
}
"""Slug and name; the first are the network's own themes."""

SUBTOPICS = {
    "lager": ("Lager und Transport", "technik"),
    "metall": ("Metall und Schweißen", "technik"),
    "elektro": ("Elektro und Steuerungen", "technik"),
    "buero-digital": ("Büro und Tabellen", "digitalisierung"),
    "ki": ("Künstliche Intelligenz", "digitalisierung"),
}
"""Slug, name, and the topic above."""

MARKS = {
    "azav": ("AZAV", "Zugelassen für Kurse, die die Agentur für Arbeit bezahlt."),
    "iso-9001": ("ISO 9001", "Abläufe werden von außen geprüft und laufend verbessert."),
    "din-en-iso-9606": ("DIN EN ISO 9606", "Darf Schweißprüfungen nach dieser Norm abnehmen."),
}


@dataclass(frozen=True, slots=True)
class FundingText:
    slug: str
    name: str
    rule: str
    source_name: str
    source_url: str


_LAW = "https://www.gesetze-im-internet.de"
FUNDINGS = (
    FundingText(
        "qualifizierungschancengesetz",
        "Qualifizierungschancengesetz",
        "Bei mehr als 120 Stunden und einem zugelassenen Anbieter zahlt der Betrieb unter 50 Beschäftigten nichts zum "
        "Kurs, bis 499 die Hälfte, darüber drei Viertel.",
        "§ 82 SGB III",
        f"{_LAW}/sgb_3/__82.html",
    ),
    FundingText(
        "qualifizierungsgeld",
        "Qualifizierungsgeld",
        "Ändert sich im Betrieb so viel, dass Arbeitsplätze in Gefahr sind, ersetzt die Agentur für Arbeit einen Teil "
        "des Lohns während der Weiterbildung.",
        "§ 82a SGB III",
        f"{_LAW}/sgb_3/__82a.html",
    ),
    FundingText(
        "bildungsgutschein",
        "Bildungsgutschein",
        "Ist der Kurs nötig, um Arbeit zu finden oder zu behalten, kann die Agentur für Arbeit ihn ganz bezahlen.",
        "§ 81 SGB III",
        f"{_LAW}/sgb_3/__81.html",
    ),
    FundingText(
        "aufstiegs-bafoeg",
        "Aufstiegs-BAföG",
        "Wer sich auf Meister, Fachwirt oder einen ähnlichen Abschluss vorbereitet, bekommt einen Zuschuss und ein "
        "günstiges Darlehen.",
        "Aufstiegsfortbildungsförderungsgesetz",
        f"{_LAW}/afbg/",
    ),
    FundingText(
        "bildungszeit",
        "Bildungsurlaub in Niedersachsen",
        "Beschäftigte haben im Jahr Anspruch auf fünf Arbeitstage mit Lohn für einen anerkannten Kurs; die Kosten des "
        "Kurses tragen sie selbst.",
        "Niedersächsisches Bildungsurlaubsgesetz",
        "https://voris.wolterskluwer-online.de/",
    ),
    FundingText(
        "win",
        "WiN – Weiterbildung in Niedersachsen",
        "Die NBank zahlt Betrieben einen Zuschuss zu den Kosten, wenn sie Beschäftigte in Kurse schicken.",
        "NBank",
        "https://www.nbank.de/",
    ),
)
