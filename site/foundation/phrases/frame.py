"""What stands around every page."""

from __future__ import annotations

FRAME = {
    "Zum Inhalt springen": {"en": "Skip to content", "de-simple": "Direkt zum Text"},
    "zur Startseite": {"en": "home page", "de-simple": "zur Start-Seite"},
    "Startseite": {"en": "Home", "de-simple": "Start-Seite"},
    "Zur Startseite": {"en": "Go to the home page", "de-simple": "Zur Start-Seite"},
    "Hauptmenü": {"en": "Main menu", "de-simple": "Menü"},
    "Menü": {"en": "Menu"},
    "Schließen": {"en": "Close", "de-simple": "Menü zu"},
    "Suche": {"en": "Search"},
    "Suchen": {"en": "Search"},
    "Suchwort": {"en": "Search term", "de-simple": "Ein Wort"},
    "Was suchen Sie?": {"en": "What are you looking for?"},
    "Website": {"en": "Website", "de-simple": "Internet-Seite"},
    "Website im Menü": {"en": "Website, from the menu", "de-simple": "Internet-Seite im Menü"},
    "Beratung buchen": {"en": "Book a consultation (in German)", "de-simple": "Termin buchen"},
    "Buchen": {"en": "Book", "de-simple": "Termin"},
    "auf Deutsch": {"en": "in German", "de-simple": ""},
    "Sprachen": {"en": "Languages"},
    "Seiten": {"en": "Pages"},
    "Service und Rechtliches": {"en": "Legal notices", "de-simple": "Regeln und Rechte"},
    "Impressum": {"en": "Legal notice"},
    "Datenschutz": {"en": "Privacy", "de-simple": "Daten-Schutz"},
    "Barrierefreiheit": {"en": "Accessibility", "de-simple": "Barriere-Freiheit"},
    "Weiterbildungsverbund im ländlichen\xa0Raum": {
        "en": "The training network for rural\xa0areas",
        "de-simple": "Wir helfen Firmen auf dem Land beim Lernen",
    },
    "Sie sind hier": {"en": "You are here"},
    "Diese Seite im Netz:": {"en": "This page online:", "de-simple": "Die Adresse im Internet:"},
    "Beratung zur Weiterbildung für Betriebe in sieben Landkreisen: kostenfrei, neutral und in Ihrer Nähe.": {
        "en": "Training advice for companies in seven rural districts of Lower Saxony: free of charge, independent and "
        "close to you.",
        "de-simple": "Wir helfen Firmen auf dem Land. Die Menschen dort wollen Neues lernen. Unsere Hilfe kostet "
        "nichts.",
    },
    "Diese Seite gibt es nicht": {"en": "Page not found", "de-simple": "Die Seite ist nicht da"},
    "Vielleicht ist sie umgezogen, oder in der Adresse fehlt ein Zeichen. Hier geht es weiter:": {
        "en": "It may have moved, or a character is missing in the address. This is how to go on:",
        "de-simple": "Vielleicht ist die Adresse falsch. Sie können hier weitermachen:",
    },
    "Ihre Postleitzahl": {"en": "Your postcode", "de-simple": "Ihre Post-Leit-Zahl"},
    "Postleitzahl Ihres Betriebs": {"en": "Postcode of your company", "de-simple": "Post-Leit-Zahl von Ihrer Firma"},
    "Termine zeigen": {"en": "Show free times"},
    "Wir zeigen Ihnen das nächste Büro und die nächsten freien Zeiten.": {
        "en": "We show you the nearest office and its next free times, on pages in German.",
        "de-simple": "Wir zeigen Ihnen das nächste Büro. Sie sehen dort freie Termine. Die Seiten sind in schwerer "
        "Sprache. Auf jeder Seite ist eine Hilfe in Leichter Sprache.",
    },
    "Der erste Schritt dauert zwei Minuten und kostet nichts.": {
        "en": "Booking takes two minutes and costs nothing. The booking pages are in German.",
        "de-simple": "Das dauert nicht lange. Das kostet nichts.",
    },
    "Mehr in dieser Sprache": {"en": "More in English", "de-simple": "Mehr in Leichter Sprache"},
    "Nur auf Deutsch": {"en": "In German only", "de-simple": "Nur in schwerer Sprache"},
}
