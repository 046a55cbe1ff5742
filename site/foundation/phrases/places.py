"""Of offices and of the times that they have free."""

from __future__ import annotations

PLACES = {
    "Sieben Landkreise, ein Netz": {"en": "Seven districts, one network", "de-simple": "Hier sind wir"},
    "Karte der sieben Kreisstädte": {"en": "Map of the seven district towns", "de-simple": "Karte mit 7 Städten"},
    "Wahre Lage der Kreisstädte. Ein Feld misst {km} Kilometer.": {
        "en": "The towns in their true positions. Each square is {km} kilometres wide.",
        "de-simple": "Hier liegen die Städte. Ein Kästchen ist {km} Kilometer breit.",
    },
    "nächster freier Termin": {"en": "next free time", "de-simple": "der nächste freie Termin"},
    "Nächster freier Termin:": {"en": "Next free time:", "de-simple": "Der nächste freie Termin:"},
    "Die Seiten zum Buchen sind auf Deutsch.": {
        "en": "The booking pages are in German.",
        "de-simple": "Die Seiten für den Termin sind in schwerer Sprache. Auf jeder Seite ist eine Hilfe in Leichter "
        "Sprache.",
    },
    "Freie Zeiten zeigen": {"en": "Show free times (in German)", "de-simple": "Freie Termine zeigen"},
    "Mehr auf der Seite des Büros": {
        "en": "More on the office’s own page (in German)",
        "de-simple": "Mehr über das Büro in schwerer Sprache",
    },
    "So finden Sie uns": {"en": "How to find us", "de-simple": "Hier sind wir"},
    "Adresse": {"en": "Address"},
    "Zugang": {"en": "Access", "de-simple": "Treppen"},
    "ohne Stufen": {"en": "step-free", "de-simple": "Es gibt keine Treppen."},
    "nicht ohne Stufen": {"en": "not step-free", "de-simple": "Es gibt Treppen."},
    "Anfahrt": {"en": "Getting here", "de-simple": "So kommen Sie hin"},
    "Zuständig für": {"en": "Districts served", "de-simple": "Für diese Land-Kreise"},
    "Weg zu uns bei OpenStreetMap suchen": {
        "en": "Find your way to us on OpenStreetMap",
        "de-simple": "Den Weg suchen bei OpenStreetMap",
    },
    "Karte bei OpenStreetMap öffnen": {
        "en": "Open the map on OpenStreetMap",
        "de-simple": "Die Karte ansehen bei OpenStreetMap",
    },
    "OpenStreetMap erfährt erst etwas, wenn Sie auf einen der Links klicken.": {
        "en": "OpenStreetMap learns about you only if you follow one of these links.",
        "de-simple": "OpenStreetMap ist eine andere Internet-Seite. Nur mit einem Klick erfährt sie etwas von Ihnen.",
    },
    "Offen ohne Termin": {"en": "Open without an appointment", "de-simple": "Dann ist das Büro offen"},
    "Jetzt geöffnet": {"en": "Open now", "de-simple": "Jetzt offen"},
    "Jetzt geschlossen": {"en": "Closed now", "de-simple": "Jetzt zu"},
    "und": {"en": "and"},
    "nur": {"en": "only"},
    "geschlossen": {"en": "closed", "de-simple": "zu"},
    "An diesen Tagen ist es anders:": {"en": "Different on these days:"},
    "bis Mitternacht": {"en": "until midnight", "de-simple": "bis 24 Uhr"},
    "bis {time}": {"en": "until {time}"},
    "bis morgen, {time}": {"en": "until tomorrow, {time}"},
    "bis {day}, {time}": {"en": "until {day}, {time}"},
    "öffnet heute um {time}": {"en": "opens today at {time}", "de-simple": "wieder offen: heute um {time}"},
    "öffnet morgen um {time}": {"en": "opens tomorrow at {time}", "de-simple": "wieder offen: morgen um {time}"},
    "öffnet am {day}, um {time}": {"en": "opens on {day} at {time}", "de-simple": "wieder offen: {day}, um {time}"},
    "im Büro": {"en": "at the office"},
    "am Sprechtag": {"en": "on an office day", "de-simple": "am Sprech-Tag"},
    "in Ihrem Betrieb": {"en": "at your company", "de-simple": "in Ihrer Firma"},
    "am Telefon": {"en": "by phone"},
    "per Video": {"en": "by video call", "de-simple": "mit Video"},
}
