"""Hashed names reach everything a browser loads, ES-module imports included."""

from __future__ import annotations

import json
import re
from pathlib import Path

IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.(?:js|css|svg|woff2|png|jpg|webp|avif)$")


def test_every_module_import_names_an_existing_hashed_file(collected_static: Path) -> None:
    manifest = json.loads((collected_static / "staticfiles.json").read_text())["paths"]
    modules = [name for name in manifest if re.match(r"js/.*\.js$", name)]
    assert modules

    for name in modules:
        file = collected_static / manifest[name]
        for target in IMPORT.findall(file.read_text()):
            assert target.startswith("."), f"{name} imports {target}, which is no file of ours"
            assert HASHED.search(target), f"{name} imports {target} without its hash"
            assert (file.parent / target).is_file(), f"{name} imports {target}, which does not exist"


def test_every_address_in_our_styles_names_an_existing_hashed_file(collected_static: Path) -> None:
    manifest = json.loads((collected_static / "staticfiles.json").read_text())["paths"]
    styles = [name for name in manifest if re.match(r"css/.*\.css$", name)]
    assert styles

    for name in styles:
        file = collected_static / manifest[name]
        for target in re.findall(r"""(?:url\(|@import\s)\s*["']?([^"')]+)""", file.read_text()):
            if not target.startswith(("data:", "#", "url(")):
                assert HASHED.search(target), f"{name} names {target} without its hash"
                assert (file.parent / target).is_file(), f"{name} names {target}, which does not exist"


def test_our_files_are_compressed_once(collected_static: Path) -> None:
    manifest = json.loads((collected_static / "staticfiles.json").read_text())["paths"]
    largest = max(
        (collected_static / hashed for name, hashed in manifest.items() if name.startswith("css/")),
        key=lambda file: file.stat().st_size,
    )

    for suffix in (".br", ".gz"):
        assert largest.with_name(largest.name + suffix).stat().st_size < largest.stat().st_size
