"""What leads on: cards, people, stories."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.languages import LANGUAGES
from foundation.pictures import any_picture
from foundation.qr import qr_code
from foundation.searching.excerpts import Piece
from home.style_guide.registry import Context, Group, component
from home.table_block import Cell
from offices.opening import DayHours, SpecialDay

PERSON = {
    "name": "Kim Muster",
    "role": "Weiterbildungsberatung",
    "phone": "05151 000-000",
    "email": "kim.muster@mehrwert.example",
}
EVENT = {
    "title": "Förderung für Betriebe",
    "url": "/veranstaltungen/",
    "kind": "Infoveranstaltung",
    "day": "8",
    "month": "Dez",
    "start_iso": "2026-12-08T17:00:00+01:00",
    "when": "Di., 8. Dezember 2026, 17:00 bis 18:30 Uhr",
    "place": "Rathaus, Markt 1, 31675 Bückeburg",
}
COURSE = {
    "title": "SPS-Grundlagen",
    "url": "/kurse/",
    "topic": "Technik",
    "summary": "Von der Steuerung lesen, ändern, Fehler suchen.",
    "next_date": "11. Januar 2027",
    "format": "vor Ort",
    "place": "Lohne",
    "price": "1.249 €",
    "provider": "Akademie (Beispiel)",
}
OFFICE = {"title": "MehrWert-Büro Hameln", "url": "/bueros/", "district": "Hameln-Pyrmont", "address": "Musterweg 1"}
VOICE = {"text": "Wir können es auch!", "name": "Kim Muster", "role": "Metallbau Beispiel"}
OFFICE_FACTS = {
    "street": "Musterweg 12",
    "postcode": "49377",
    "town": "Vechta",
    "step_free": True,
    "arrival": "Vom Bahnhof gehen Sie zehn Minuten zu Fuß.",
    "phone": "04441 000-100",
    "email": "vechta@mehrwert.example",
}
HOURS = {
    "week": [DayHours(0, (("09:00", "12:30"), ("14:00", "17:00")))],
    "special": [
        SpecialDay(date(2026, 12, 24), (), ""),
        SpecialDay(date(2026, 12, 25), (), "Erster Weihnachtstag"),
        SpecialDay(date(2027, 1, 4), (("09:00", "11:00"),), ""),
    ],
}
NEWS = {"title": "Sieben Landkreise, ein Netz", "url": "/nachrichten/", "date": date(2022, 2, 21)}

WAYS = [
    {"label": "Per E-Mail", "url": "mailto:?subject=Lesenswert"},
    {"label": "Teilen", "receiver": "Mastodon", "url": "https://joinmastodon.org/"},
]
LEAFLET = SimpleNamespace(
    title="Faltblatt",
    url="/",
    content_type="application/pdf",
    file_extension="pdf",
    file_size=184_000,
    pdf_lacks=[],
    is_known_to_lack=False,
)
SCAN = SimpleNamespace(**vars(LEAFLET) | {"title": "Anfahrt", "pdf_lacks": ["text"], "is_known_to_lack": True})


HIT = {
    "title": [Piece("SPS-"), Piece("Grundlagen", is_marked=True)],
    "url": "/kurse/",
    "kind": "Kurse",
    "excerpt": [Piece("… Die "), Piece("Grundlagen", is_marked=True), Piece(" der Steuerung in drei Tagen …")],
}


def _cells(*texts: str, numbers: int = 0) -> list[Cell]:
    """`numbers`: so many of the last are figures."""
    return [Cell(text, is_number=place >= len(texts) - numbers) for place, text in enumerate(texts)]


def _picture() -> SafeString:
    return format_html('<img src="{}" width="1600" height="360" alt="">', static("img/horizon.svg"))


def _card_with_picture() -> Context:
    return {"title": "Reden, dann planen", "url": "/", "picture": _picture(), "credit": "Illustration: MehrWert"}


def _gallery() -> Context:
    """The newest picture of the library, none in an empty one."""
    return {"heading": "Bilder", "pictures": [{"picture": any_picture(), "caption": "Ein Feld bei Hameln"}]}


TEASERS = Group(
    "Karten, Menschen, Geschichten",
    (
        component(
            "search_result",
            {
                "Mit Ausschnitt": {"hit": HIT},
                "Nur der Titel": {"hit": HIT | {"excerpt": []}},
                "In einer anderen Sprache": {"hit": HIT | {"language": LANGUAGES[1]}},
            },
        ),
        component(
            "card",
            {
                "Mit Weg": {
                    "title": "Erstberatung",
                    "url": "/",
                    "kicker": "60 Minuten",
                    "text": "Wir klären.",
                    "more": "Zeiten",
                },
                "Mit Bild": _card_with_picture,
                "Ohne Ziel": {"title": "Kurzanruf", "text": "Eine Viertelstunde.", "meta": "nur telefonisch"},
            },
        ),
        component(
            "news_card",
            {
                "Ohne Bild": {"news": NEWS | {"lead": "Wie alles begann."}},
                "Mit Bild": lambda: {"news": NEWS, "picture": _picture(), "credit": "Illustration: MehrWert"},
            },
        ),
        component(
            "event_card",
            {
                "Vollständig": {"event": EVENT | {"lead": "Vom Bedarf zum Plan.", "more_dates": 2}},
                "Nur das Nötigste": {"event": EVENT},
                "Fällt aus": {"event": EVENT | {"is_cancelled": True}},
                "Vorbei": {"event": EVENT | {"is_over": True}},
            },
        ),
        component(
            "event_teasers",
            {
                "Mit Weg zu allen": {"events": [EVENT, EVENT | {"more_dates": 1}], "index_url": "/veranstaltungen/"},
                "Ohne Übersicht": {"events": [EVENT], "id": "ohne-uebersicht"},
            },
        ),
        component(
            "course_card",
            {
                "Vollständig": {"course": COURSE | {"badge": "Startet sicher"}},
                "Nur das Nötigste": {"course": {"title": "Deutsch am Arbeitsplatz", "url": "/kurse/"}},
            },
        ),
        component(
            "office_card",
            {
                "Mit Termin": {"office": OFFICE | {"next_free": {"label": "Di., 1. Dezember, 9:00 Uhr"}}},
                "Ohne Termin": {"office": OFFICE},
                "Mit Entfernung": {"office": OFFICE | {"distance_km": 14}},
            },
        ),
        component(
            "contact_file",
            {
                "Ein Büro": lambda: {
                    "contact": {"url": "/", "qr": qr_code("BEGIN:VCARD")},
                    "name": "MehrWert-Büro Hameln",
                }
            },
        ),
        component(
            "office_facts",
            {
                "Alles bekannt": {"office": OFFICE_FACTS, "districts": [{"name": "Vechta"}, {"name": "Cloppenburg"}]},
                "Anfahrt in der Sprache der Seite, mit Stufen": {
                    "office": OFFICE_FACTS | {"step_free": False, "phone": "", "email": ""},
                    "districts": [{"name": "Nienburg"}],
                    "arrival": "It is five minutes from the station.",
                },
            },
        ),
        component("map_links", {"Zwei Wege": {"map_url": "/", "route_url": "/"}}),
        component(
            "opening",
            {
                "Offen": {"opening": {"is_open": True, "turn": "bis 12:30 Uhr"}, "times": HOURS, "level": 3},
                "Geschlossen": {
                    "opening": {"is_open": False, "turn": "öffnet morgen um 9:00 Uhr"},
                    "times": HOURS,
                    "level": 3,
                },
                "Ohne Öffnungszeiten zeigt nichts": {"times": {}},
            },
        ),
        component(
            "contact_person",
            {
                "Ohne Bild": {"person": PERSON},
                "Mit Bild": lambda: {
                    "person": PERSON | {"focus": "Metall, Pflege", "is_example": True},
                    "picture": _picture(),
                },
            },
        ),
        component(
            "quote",
            {
                "Mit Aufgabe": VOICE,
                "Mit Porträt": lambda: VOICE | {"picture": _picture(), "credit": "Foto: Toni Beispiel"},
                "Nur Name": {"text": "Gut, dass wir gefragt haben.", "name": "Toni Beispiel"},
            },
        ),
        component(
            "voices",
            {
                "Zwei, eine mit Porträt": lambda: {
                    "voices": [
                        VOICE | {"portrait": _picture(), "credit": "Foto: Toni Beispiel"},
                        {"text": "Gut, dass wir gefragt haben.", "name": "Toni Beispiel"},
                    ]
                },
                "Eine allein": {"voices": [VOICE]},
            },
        ),
        component(
            "slider",
            {
                "Drei Geschichten": lambda: {"title": "Geschichten", "level": 3, "slides": [_card_with_picture()] * 3},
            },
        ),
        component(
            "facts",
            {
                "Gemischt": {
                    "facts": [
                        {"term": "Wann", "value": "1. Dezember, 9:00 Uhr", "datetime": "2026-12-01T09:00"},
                        {"term": "Wo", "value": "Musterweg 1, Hameln", "url": "/bueros/", "note": "ohne Stufen"},
                    ]
                },
            },
        ),
        component(
            "data_table",
            {
                "Mit Überschriften der Zeilen": {
                    "caption": "Zuschuss zu einem Kurs",
                    "head": _cells("Beschäftigte", "Zuschuss", numbers=1),
                    "rows": [_cells("1 bis 9", "100 %", numbers=1), _cells("10 bis 249", "50 %", numbers=1)],
                    "has_row_headers": True,
                },
                "Breiter als ein Handy": {
                    "head": _cells("Tag", *(f"Woche {number}" for number in range(1, 9))),
                    "rows": [_cells("Montag", *["9 bis 12 Uhr"] * 8)],
                },
            },
        ),
        component(
            "picture_credit",
            {
                "Mit Nachweis": {"credit": "Foto: Adobe Stock"},
                "Ohne zeigt nichts": {"credit": ""},
            },
        ),
        component(
            "share_links", {"Zwei Wege": {"links": WAYS, "address": "https://www.mehrwert.example/nachrichten/"}}
        ),
        component("press_contact", {"Eine Person": {"person": PERSON}}),
        component("gallery", {"Ein Bild": _gallery}),
        component(
            "downloads",
            {
                "Eine Datei": {"heading": "Zum Mitnehmen", "files": [{"document": LEAFLET}]},
                "Ein PDF mit Hindernissen": {
                    "heading": "Zum Ausdrucken",
                    "files": [{"document": SCAN}],
                    "feedback_url": "/barrierefreiheit/",
                },
            },
        ),
        # Last: after its main heading only that of the next group may follow.
        component(
            "hero",
            {
                "Startseite": {
                    "claim": "Wir im ländlichen Raum können es auch!",
                    "lead": "Beratung zur Weiterbildung, kostenfrei und in Ihrer Nähe.",
                    "url": "/termin/",
                    "label": "Beratung buchen",
                },
            },
        ),
    ),
)
