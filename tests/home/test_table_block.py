"""„Tabelle“ in texts: what it looks like to a screen reader, what it refuses, and that its words are read."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from foundation.searching.texts import page_text
from home.domain.page_pieces import Line, Link, Place, Text
from home.models import StandardPage
from home.page_content import content_of
from home.table_block import TableBlock
from tests.factories.home import StandardPageFactory, new_site, stream

COLUMNS = [{"type": "text", "heading": "Kurs"}, {"type": "number", "heading": "Preis"}]
ROW = {"values": ['<p>SPS <a href="https://a.example/">mehr</a></p>', "1.249 €"]}


def value(*, columns=COLUMNS, rows=(ROW,), caption="Preise", has_row_headers=True) -> dict[str, object]:
    table = {"caption": caption, "columns": columns, "rows": list(rows)}
    return {"table": table, "has_row_headers": has_row_headers}


def rendered(**more) -> str:
    block = TableBlock()
    return " ".join(block.render(block.to_python(value(**more))).split())


def test_headings_of_columns_and_rows_are_header_cells():
    assert rendered() == (
        '<div class="data-table" role="group" aria-label="Preise" tabindex="0"> <table class="data-table__table"> '
        '<caption class="data-table__caption">Preise</caption> <thead> <tr><th scope="col">Kurs</th>'
        '<th scope="col" data-kind="number">Preis</th></tr> </thead> <tbody> <tr><th scope="row"><p>SPS '
        '<a href="https://a.example/">mehr</a></p></th><td data-kind="number">1.249 €</td></tr> </tbody> </table> '
        "</div>"
    )


def test_a_corner_without_words_is_no_header_and_what_is_typed_is_no_html():
    corner = [COLUMNS[0] | {"heading": ""}, COLUMNS[1] | {"heading": "<b>"}]
    html = rendered(columns=corner, rows=[{"values": ["", "<i>"]}], caption="", has_row_headers=False)
    assert 'aria-label="Tabelle"' in html
    assert '<tr><td></td><th scope="col" data-kind="number">&lt;b&gt;</th></tr>' in html
    assert '<tr><td></td><td data-kind="number">&lt;i&gt;</td></tr>' in html


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"rows": []}, "Eine Tabelle braucht Spalten und mindestens eine Zeile."),
        ({"columns": [], "rows": []}, "Eine Tabelle braucht Spalten und mindestens eine Zeile."),
        (
            {"columns": [COLUMNS[0], COLUMNS[1] | {"heading": " "}]},
            "Jede Spalte nach der ersten braucht eine Überschrift.",
        ),
    ],
    ids=["no rows", "no columns", "no heading"],
)
def test_a_table_that_nobody_could_read_is_refused(more, message):
    block = TableBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(value(**more)))
    assert refused.value.messages == [message]


@pytest.mark.django_db
def test_its_words_are_searched_and_checked():
    page = StandardPageFactory(parent=new_site(), body=stream(("table", value())))
    page = StandardPage.objects.get(pk=page.pk)
    assert page_text(page) == "Preise Kurs Preis SPS mehr 1.249 €"
    place = Place("Text › Tabelle (1. Baustein)", content_of(page).pieces[0].place.anchor)
    assert content_of(page).pieces == (
        *(Line(place, text) for text in ("Preise", "Kurs", "Preis", "SPS mehr")),
        Link(place, "mehr", "https://a.example/"),
        Line(place, "1.249 €"),
    )
    assert not list(content_of(page).of(Text))
