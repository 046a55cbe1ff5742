"""Tables of the old site stay tables: regular ones, ragged ones, and those that try to break the import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from home.importing.body import blocks_of
from home.importing.source import read_source

TEXT, NUMBER = "text", "number"


def taken(html: str) -> tuple[list[tuple[str, Any]], list[str]]:
    """The blocks, and what the editor is told."""
    notes: list[str] = []
    blocks = blocks_of(BeautifulSoup(html, "html.parser"), lambda src, alt: {"picture": src}, notes.append)
    return blocks, notes


def table(*, head: list[str], rows: list[list[str]], kinds: list[str] | None = None, **more: Any) -> tuple[str, Any]:
    columns = [{"type": kind, "heading": text} for kind, text in zip(kinds or [TEXT] * len(head), head, strict=True)]
    value = {"caption": more.get("caption", ""), "columns": columns, "rows": [{"values": row} for row in rows]}
    return "table", {"table": value, "has_row_headers": more.get("has_row_headers", False)}


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def test_a_markdown_table_stays_a_table_between_its_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(
        "---\ntitle: Neues\ndate: 2024-03-01\n---\nVorher.\n\n| Kurs | Preis |\n|---|--:|\n"
        "| **SPS** [mehr](https://a.example/) | 1.249 € |\n| Deutsch | – |\n| nur eins |\n| zu | 3 | viel |\n\n"
        "Nachher.\n"
    )
    notes: list[str] = []
    found = blocks_of(read_source(file).body, lambda src, alt: None, notes.append)
    assert found == [
        ("paragraph", "<p>Vorher.</p>"),
        table(
            head=["Kurs", "Preis"],
            kinds=[TEXT, NUMBER],
            rows=[
                ['<p><b>SPS</b> <a href="https://a.example/">mehr</a></p>', "1.249 €"],
                ["<p>Deutsch</p>", "–"],
                ["<p>nur eins</p>", ""],
                ["<p>zu</p>", "3"],
            ],
        ),
        ("paragraph", "<p>Nachher.</p>"),
    ]
    assert notes == []


def test_an_html_table_keeps_caption_and_headings() -> None:
    head = row("", "Montag", tag="th")
    body = "<tr><th>Vechta</th><td>9 bis 12</td></tr><tr><th>Hameln</th><td><ul><li>8</li><li>9</li></ul></td></tr>"
    html = f"<table><caption> Zeiten </caption><thead>{head}</thead><tbody>{body}</tbody></table>"
    assert taken(html) == (
        [
            table(
                head=["", "Montag"],
                rows=[["<p>Vechta</p>", "<p>9 bis 12</p>"], ["<p>Hameln</p>", "<p>8 9</p>"]],
                caption="Zeiten",
                has_row_headers=True,
            )
        ],
        [],
    )


def test_without_headings_the_first_row_is_taken_for_them_and_the_editor_told() -> None:
    html = f"<table>{row('Ort', 'Raum')}{row('Lohne', 'A')}</table>"
    assert taken(html) == (
        [table(head=["Ort", "Raum"], rows=[["<p>Lohne</p>", "<p>A</p>"]])],
        ["Tabelle ohne Kopfzeile: Die erste Zeile gilt als Überschrift der Spalten."],
    )


def test_ragged_rows_are_filled_and_spans_said_in_each_place() -> None:
    html = (
        f"<table>{row('A', 'B', 'C', tag='th')}<tr><td rowspan=2>x</td><td colspan='2'>y</td></tr>"
        f"{row('z')}{row()}{row('nur')}</table>"
    )
    ((_, value),), notes = taken(html)
    assert [found["values"] for found in value["table"]["rows"]] == [
        ["<p>x</p>", "<p>y</p>", "<p>y</p>"],
        ["<p>x</p>", "<p>z</p>", ""],
        ["<p>nur</p>", "", ""],
    ]
    assert notes == []


def test_text_that_a_table_only_arranged_follows_in_its_order() -> None:
    html = f"<table>{row('<h2>Links</h2><p>Text <b>fett</b></p>', '<img src=a.png>lose')}</table>"
    assert taken(html)[0] == [
        ("heading", "Links"),
        ("paragraph", "<p>Text <b>fett</b></p>"),
        ("picture", {"picture": "a.png"}),
        ("paragraph", "<p>lose</p>"),
    ]


def test_the_caption_of_what_is_no_table_was_lost() -> None:
    html = f"<table><caption>Zeiten</caption>{row('Montag')}</table>"
    assert taken(html)[0] == [("paragraph", "<p>Zeiten</p><p>Montag</p>")]


def test_a_link_in_a_column_of_numbers_was_lost() -> None:
    html = f"<table>{row('Kurs', 'Plätze', tag='th')}{row('SPS', '<a href=https://a.example/>12</a>')}</table>"
    link = '<p><a href="https://a.example/">12</a></p>'
    assert taken(html)[0] == [table(head=["Kurs", "Plätze"], rows=[["<p>SPS</p>", link]])]


def test_pictures_of_a_table_stand_before_it() -> None:
    html = f"<table>{row('A', 'B', tag='th')}{row('<img src=a.png>x', 'y')}</table>"
    assert [kind for kind, _ in taken(html)[0]] == ["picture", "table"]


HEAD = row("A", "B", tag="th")
HOSTILE = {
    "huge spans": f"<table>{HEAD}<tr><td colspan=999999999999 rowspan=99999999>x</td></tr></table>",
    "spans that are none": f"<table>{HEAD}<tr><td colspan='-3' rowspan='²'>x</td><td rowspan=''>y</td></tr></table>",
    "many columns": f"<table>{row(*'x' * 500)}{row(*'y' * 500)}</table>",
    "many rows": f"<table>{HEAD}{row('x', 'y') * 300}</table>",
    "script": f"<table>{HEAD}{row('<b onclick=x()>x</b>', '<a href=javascript:x()>y</a>')}</table>",
    "tables inside": f"<table>{HEAD}{row('x<table>' + HEAD + row('i', 'j') + '</table>', 'y')}</table>",
    "unclosed": f"<table>{HEAD}<tr><td>x<td>y",
    "empty": "<table></table><table><tr></tr></table><table><caption>x</caption></table>",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_tables_neither_break_nor_carry_anything_in(name: str) -> None:
    blocks, notes = taken(HOSTILE[name])
    written = repr(blocks)
    assert "onclick" not in written
    assert "javascript" not in written
    assert len(written) < 100_000
    for kind, value in blocks:
        if kind == "table":
            columns, rows = value["table"]["columns"], value["table"]["rows"]
            assert 2 <= len(columns) <= 12
            assert {len(found["values"]) for found in rows} == {len(columns)}
    if name in {"huge spans", "many columns", "many rows"}:
        assert notes == ["Eine Tabelle ist zu groß; ihr Text steht als Absätze da."]
        assert {kind for kind, _ in blocks} == {"paragraph"}
    if name == "tables inside":
        assert "<p>x A B i j</p>" in written
