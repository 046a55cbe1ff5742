"""What stands around every page, and the mark."""

from __future__ import annotations

from types import SimpleNamespace

from django.core.paginator import Paginator

from foundation.languages import LANGUAGES
from foundation.translations import LanguageLink
from home.style_guide.registry import Group, component

BRAND = {
    "wordmark": "MehrWert",
    "claim": "Wir im ländlichen Raum können es auch!",
    "contact_phone": "05151 000-000",
    "contact_email": "kontakt@mehrwert.example",
}
NAVIGATION = [
    {"title": "Beratung", "url": "/beratung/"},
    {"title": "Büros", "url": "/bueros/", "is_current": True},
    {"title": "Kurse", "url": "/kurse/"},
]
FUNDING = {"sentence": "Gefördert vom Bund, von der Europäischen Union und von den sieben Landkreisen."}


def _languages(*, is_same_page: bool) -> list[LanguageLink]:
    return [
        LanguageLink(language, f"/{language.prefix}/", "" if is_same_page else language.home)
        for language in LANGUAGES[1:]
    ]


_CHOICES = [
    ("Technik", "?thema=technik", "12", True, False),
    ("Schweißen", "?thema=schweissen", "4", False, True),
    ("Energie", "", "0", False, False),
]

FRAME = Group(
    "Rahmen",
    (
        component(
            "mark",
            {
                "Einfarbig": {},
                "Ein Ort leuchtet": {"lit": "3"},
                "Zwei Orte leuchten": {"lit": "56"},
                "Mit Namen": {"lit": "0123456", "title": "MehrWert"},
            },
        ),
        component(
            "site_header",
            {
                "Mit Menü": {"brand": BRAND, "navigation": NAVIGATION, "menu_id": "menue-1"},
                "In der Buchung": {
                    "brand": BRAND,
                    "navigation": NAVIGATION,
                    "menu_id": "menue-2",
                    "hide_booking": True,
                },
                "Auf einer Büroseite": {
                    "brand": BRAND,
                    "navigation": NAVIGATION,
                    "menu_id": "menue-3",
                    "lit_places": "5",
                },
                "Langer Name": {"brand": {"wordmark": "mehrWERT im Oldenburger Münsterland"}, "navigation": []},
            },
        ),
        component(
            "language_switch",
            {
                "Auf einer Seite, die es auch in den anderen Sprachen gibt": {
                    "languages": _languages(is_same_page=True)
                },
                "Auf einer Seite, die es nur hier gibt": {"languages": _languages(is_same_page=False)},
            },
        ),
        component(
            "site_footer",
            {
                "Vollständig": {"brand": BRAND, "navigation": NAVIGATION, "funding": FUNDING},
                "Ohne alles": {},
            },
        ),
        component(
            "site_search",
            {
                "Leer": {"id": "suche-1"},
                "Mit Fehler": {
                    "id": "suche-2",
                    "value": "?",
                    "error": "Bitte geben Sie ein Wort mit mindestens zwei Buchstaben ein.",
                },
                "Im Menü": {"id": "suche-3", "place": "menu"},
            },
        ),
        component(
            "breadcrumbs",
            {
                "Zwei Ebenen": {"items": NAVIGATION[1:2], "current": "MehrWert-Büro Hameln"},
            },
        ),
        component(
            "funding_notice",
            {
                "Ohne Logos": {"funding": FUNDING},
            },
        ),
        component(
            "pagination",
            {
                "Mitte": {"page_obj": Paginator(range(50), 9).page(3), "unit": "Nachrichten"},
                "Anfang": {"page_obj": Paginator(range(50), 9).page(1), "unit": "Kurse"},
                "Eine Seite zeigt nichts": {"page_obj": Paginator(range(5), 9).page(1)},
            },
        ),
        component(
            "course_search",
            {
                "Leer": {"action": "#"},
                "Gefragt": {"action": "#", "value": "Stapler", "id": "kurse-2", "kept": [("form", "on_site")]},
            },
        ),
        component(
            "chips",
            {
                "Ort und Zeit": {
                    "name": "So haben wir Sie verstanden",
                    "all_url": "#",
                    "chips": [
                        {"kind": "Suchwort", "label": "Staplerschein", "url": "?text=bei+Sulingen"},
                        {"kind": "Ort", "label": "27232 Sulingen, bis 30 km", "url": "?text=Staplerschein"},
                    ],
                }
            },
        ),
        component(
            "facets",
            {
                "Gewählt": {
                    "unit": "Kurse",
                    "facets": [
                        {
                            "name": "Thema",
                            "is_open": True,
                            "choices": _CHOICES,
                            "more": _CHOICES[:1],
                            "number": 9,
                            "all_url": "?alle=thema#alle",
                        },
                        {"name": "Form", "choices": _CHOICES},
                    ],
                }
            },
        ),
        component(
            "facet_choices",
            {"Gewählt, daneben, leer": {"choices": _CHOICES}, "Kurse": {"choices": _CHOICES, "unit": "Kurse"}},
        ),
        component(
            "filter_links",
            {
                "Gewählt": {
                    "facets": [
                        SimpleNamespace(
                            name="Thema",
                            all_label="Alle Themen",
                            all_url="/nachrichten/",
                            is_chosen=True,
                            choices=[
                                {"label": "Digitalisierung", "url": "?thema=1", "number": 4, "is_chosen": True},
                                {"label": "Neue Arbeitsformen", "url": "?thema=2", "number": 2},
                            ],
                        )
                    ]
                },
            },
        ),
    ),
)
