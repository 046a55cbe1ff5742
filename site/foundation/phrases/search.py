"""Of the search of the whole site."""

from __future__ import annotations

SEARCH = {
    "{number} Treffer für „{words}“": {"en": "Hits for “{words}”: {number}", "de-simple": "Gefunden: {number}"},
    "Seite {number}": {"en": "page {number}"},
    "Seite {number} von {all}": {"en": "Page {number} of {all}"},
    "Fehler": {"en": "Error"},
    "Zu „{words}“ haben wir nichts gefunden.": {
        "en": "We have found nothing for “{words}”.",
        "de-simple": "Wir haben nichts gefunden.",
    },
    "Meinten Sie:": {"en": "Did you mean:", "de-simple": "Meinen Sie:"},
    "Treffer": {"en": "hits", "de-simple": "Seiten"},
    "Art": {"en": "Type", "de-simple": "Was?"},
    "Alles": {"en": "All"},
    "Büros": {"en": "Offices"},
    "Kurse": {"en": "Courses"},
    "Nachrichten": {"en": "News"},
    "Veranstaltungen": {"en": "Events"},
    "Menschen": {"en": "People"},
    "Anbieter": {"en": "Course providers"},
    "Förderungen": {"en": "Funding"},
    "Dateien": {"en": "Files"},
    "Liste der Treffer": {"en": "List of hits", "de-simple": "Das haben wir gefunden"},
    "So finden Sie weiter": {"en": "What to try next", "de-simple": "So geht es weiter"},
    "Versuchen Sie ein kürzeres oder allgemeineres Wort. Oder fragen Sie uns: Die Beratung kostet nichts.": {
        "en": "Try a shorter or more general word. Many pages exist in German only, so a German word may help. Or ask "
        "us: our advice is free of charge.",
        "de-simple": "Nehmen Sie ein kurzes Wort. Oder fragen Sie uns. Das kostet nichts.",
    },
    "Geben Sie ein Wort ein, zum Beispiel ein Thema, einen Ort oder einen Kurs. Umlaute können Sie auch als ae, oe und "
    "ue schreiben.": {
        "en": "Type in a word: a topic, a place or a course. Many pages exist in German only. Instead of ä, ö and ü "
        "you can write ae, oe and ue.",
        "de-simple": "Schreiben Sie ein Wort in das Feld. Zum Beispiel: Geld. Manche Seiten sind in schwerer Sprache.",
    },
    "Suchen Sie das Büro für Ihre Postleitzahl?": {
        "en": "Are you looking for the office for your postcode?",
        "de-simple": "Suchen Sie ein Büro?",
    },
    "Büro und freie Termine für {postcode}": {
        "en": "Office and free times for {postcode} (in German)",
        "de-simple": "Büro und freie Termine für {postcode}",
    },
    "Bitte geben Sie nur Buchstaben und Zahlen ein.": {"en": "Please use letters and digits only."},
    "Bitte kürzen Sie Ihre Frage auf höchstens 100 Zeichen.": {
        "en": "Please use at most 100 characters.",
        "de-simple": "Das ist zu lang. Nehmen Sie bitte ein kurzes Wort.",
    },
    "Bitte geben Sie ein Wort mit mindestens zwei Buchstaben ein.": {
        "en": "Please type in a word of at least two letters.",
        "de-simple": "Das Wort ist zu kurz. Nehmen Sie bitte ein längeres Wort.",
    },
}
