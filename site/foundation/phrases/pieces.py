"""What blocks and components say beside the editors' own words."""

from __future__ import annotations

PIECES = {
    "Telefon": {"en": "Telephone"},
    "Mobil": {"en": "Mobile", "de-simple": "Handy"},
    "E-Mail": {"en": "Email"},
    "Schwerpunkte:": {"en": "Specialises in:", "de-simple": "Das kann die Person gut:"},
    "Beispiel, Person erfunden": {
        "en": "Example, invented person",
        "de-simple": "Beispiel: Die Person gibt es nicht.",
    },
    "Zurück": {"en": "Back"},
    "Weiter": {"en": "Next"},
    "Anhalten": {"en": "Pause"},
    "Abspielen": {"en": "Play"},
    "von": {"en": "of"},
    "{title}, seitlich blättern": {
        "en": "{title}, scroll sideways",
        "de-simple": "{title}, nach links und rechts",
    },
    "Geschichten aus dem Netz": {"en": "Stories from the network", "de-simple": "Das machen wir"},
    "Noch nicht barrierefrei.": {"en": "Not accessible yet.", "de-simple": "Noch nicht barriere-frei."},
    "Wir schicken Ihnen den Inhalt gern anders": {
        "en": "We gladly send you its content in another way (form in German)",
        "de-simple": "Brauchen Sie den Inhalt anders? Schreiben Sie uns",
    },
    "barrierefrei geprüft": {"en": "checked for accessibility", "de-simple": "barriere-frei"},
    "Tabelle": {"en": "Table"},
    "Tabelle (CSV)": {"en": "spreadsheet (CSV)"},
    "Kalender": {"en": "calendar"},
    "Text": {"en": "text"},
    "Deutsch": {"en": "German"},
    "Leichte Sprache": {"en": "Leichte Sprache (easy German)"},
    "Englisch": {"en": "English"},
    "Polnisch": {"en": "Polish"},
    "Ukrainisch": {"en": "Ukrainian"},
}
