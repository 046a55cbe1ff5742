"""What leads to an appointment: the chain of places and steps, days and times."""

from __future__ import annotations

from datetime import date, time
from types import SimpleNamespace
from typing import Any

from home.demo.districts import DISTRICTS
from home.style_guide.registry import Context, Group, component
from offices.projection import LABEL_SIDES, position

NEXT = {
    "label": "Di., 1. Dezember, 14:30 Uhr",
    "brief": "Di., 1.12., 14:30",
    "start_iso": "2026-12-01T14:30+01:00",
    "kind": "im Büro",
    "office": "MehrWert-Büro Hameln",
    "url": "/termin/",
}
SERIES = SimpleNamespace(
    title="Sprechtag Bückeburg",
    venue="Rathaus, Zimmer 12",
    address_line="Musterplatz 1, 31675 Bückeburg",
    step_free=True,
    arrival="Der Eingang liegt an der Marktseite.",
    start_time=time(9),
    end_time=time(15),
)


def _map(*current: int) -> Context:
    nodes: list[dict[str, Any]] = []
    for number, district in enumerate(DISTRICTS):
        x, y = position(district.latitude, district.longitude)
        nodes.append(
            {
                "x": x,
                "y": y,
                "label": district.seat,
                "side": LABEL_SIDES[number],
                "url": "/bueros/",
                "office": f"{district.name}: MehrWert-Büro",
                "next_free": NEXT if number else "",
                "is_current": number in current,
            }
        )
    return {"nodes": nodes}


def _slots(**more: object) -> Context:
    slots = [
        {"label": "9:00 Uhr", "start_iso": "2026-12-01T09:00+01:00", "url": "/termin/", "is_next": True},
        {"label": "10:30 Uhr", "start_iso": "2026-12-01T10:30+01:00", "value": "10", "note": "45 Minuten"},
    ]
    return {"days": [{"date": "2026-12-01", "label": "Dienstag, 1. Dezember", "slots": slots}]} | more


def _month() -> Context:
    def cell(day: int) -> dict[str, Any]:
        free = day in {2, 3, 9}
        label = f"{day}. Dezember"
        return {"day": day, "label": label, "count": 4, "url": "/termin/" if free else "", "is_today": day == 1} | (
            {"is_current": True} if day == 9 else {}
        )

    weeks = [[{}, *(cell(day) for day in range(1, 7))], [cell(day) for day in range(7, 14)]]
    return {"month": {"label": "Dezember 2026", "next_url": "/termin/", "weeks": weeks}}


def _day(number: int, count: int, **more: object) -> dict[str, Any]:
    names = {"date": f"2026-12-{number:02}", "weekday": "Di.", "day": f"{number}.", "month": "Dez."}
    return names | {"label": f"{number}. Dezember", "count": count, "url": "/termin/"} | more


BOOKING = Group(
    "Termine und die Kette",
    (
        component(
            "district_map",
            {
                "Ohne Ort im Blick": _map,
                "Orte eines Büros": lambda: _map(5, 6),
            },
        ),
        component(
            "steps",
            {
                "Mitte": {
                    "steps": [
                        {"label": "Büro", "state": "done", "url": "/termin/"},
                        {"label": "Zeit", "state": "current"},
                        {"label": "Angaben", "state": "todo"},
                    ]
                },
            },
        ),
        component(
            "timeline",
            {
                "Stehend": {
                    "items": [
                        {"title": "Zeit gewählt", "when": "Heute", "state": "done"},
                        {
                            "title": "Reden",
                            "when": "Zum Termin",
                            "text": "Im Büro oder am Telefon.",
                            "state": "current",
                        },
                        {"title": "Planen", "text": "Sie bekommen Ihren Fahrplan."},
                    ]
                },
                "Liegend": {
                    "direction": "row",
                    "items": [
                        {"title": title, "when": "Später"} for title in ("Zeit wählen", "Reden", "Planen", "Lernen")
                    ],
                },
            },
        ),
        component(
            "next_free",
            {
                "Kurz": {"next": NEXT},
                "Mit Ort": {"next": NEXT, "place": True},
            },
        ),
        component(
            "next_free_list",
            {
                "Zwei Büros": {"times": [NEXT, NEXT], "heading": "Beratung buchen"},
                "Nichts frei zeigt nichts": {"times": [], "heading": "Beratung buchen"},
            },
        ),
        component(
            "slot_list",
            {
                "Wege und Knöpfe": lambda: _slots(prefix="stil-1", name="zeit"),
                "Nichts frei": {"days": []},
            },
        ),
        component(
            "day_strip",
            {
                "Frei gewählt voll": {"days": [_day(1, 4, is_current=True), _day(2, 1), _day(3, 0)]},
            },
        ),
        component(
            "calendar_month",
            {
                "Zwei Wochen": _month,
            },
        ),
        component(
            "office_day",
            {
                "Drei Tage": {
                    "series": SERIES,
                    "dates": [date(2026, 12, 9), date(2026, 12, 23), date(2027, 1, 6)],
                    "url": "/termin/",
                },
                "Noch kein Tag": {"series": SERIES, "dates": []},
            },
        ),
    ),
)
