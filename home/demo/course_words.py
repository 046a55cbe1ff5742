"""By what the courses of the demo content are sorted: topics and marks of providers."""

from __future__ import annotations

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
