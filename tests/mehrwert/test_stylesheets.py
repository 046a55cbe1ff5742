"""Many sheets for developers become one for visitors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mehrwert.stylesheets import UnbundledAddress, bundle


def read(files: dict[str, str]) -> str:
    return bundle("site.css", files.__getitem__)


def test_imports_take_their_places_in_their_layers_without_comments() -> None:
    files = {
        "site.css": '/* entry */\n@layer base, components;\n\n@import url("base.css");\n'
        '@import url("parts/card.css") layer(components);\n',
        "base.css": "@layer base {\n  a {\n    color: red; /* loud */\n  }\n}\n",
        "parts/card.css": '@import url("title.css");\n.card {\n  gap: 0;\n}\n',
        "parts/title.css": ".card__title {\n  margin: 0;\n}\n",
    }
    assert read(files) == (
        "@layer base, components;\n@layer base {\na {\ncolor: red; \n}\n}\n"
        "@layer components {\n.card__title {\nmargin: 0;\n}\n.card {\ngap: 0;\n}\n}\n"
    )


def test_sheet_that_names_a_file_is_refused() -> None:
    with pytest.raises(UnbundledAddress, match="card"):
        read({"site.css": '@import url("card.css");\n', "card.css": "a { background: url(x.svg); }"})


def test_visitors_fetch_one_sheet_that_holds_every_component(collected_static: Path) -> None:
    manifest = json.loads((collected_static / "staticfiles.json").read_text())["paths"]
    sheet = (collected_static / manifest["css/site.css"]).read_text()
    assert "@import" not in sheet
    for name in ("tokens", "site-header", "district-map", "choices", "visually-hidden", "@media print"):
        assert name.replace("tokens", "--moor") in sheet
    brotli = collected_static / f"{manifest['css/site.css']}.br"
    assert brotli.stat().st_size < 15_000
    embedded = collected_static / manifest["css/embedded.css"]
    assert "@import" not in embedded.read_text()
    assert ".embedded__list" in embedded.read_text()
    assert embedded.with_name(embedded.name + ".br").stat().st_size < 4_000
