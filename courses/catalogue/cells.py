"""What a cell says, before anybody asks what it means: without what spreadsheets and wrong charsets have made of it."""

from __future__ import annotations

import re

from foundation.spreadsheets import restored

_AS_TEXT = re.compile(r'="([^"]*)"')
"""`="01067"` keeps a spreadsheet from taking the text for a number."""
_FORMULA = re.compile(r"=.|[@+-]\s?[A-Za-z][A-Za-z0-9.]{0,40}\(|\|?cmd\|", re.DOTALL)
_FAULTS = re.compile(
    r"#(?:N/A|NV|GETTING_DATA|DIV/0!|(?:REF|BEZUG|VALUE|WERT|NUM|ZAHL|NULL|SPILL|ÜBERLAUF|CALC|KALK)!|NAME\?)"
)
"""What spreadsheets show where they could not calculate, in English and German."""
_SCRIPT = re.compile(r"<(?:script|iframe|object|embed)\b", re.IGNORECASE)
"""Only said here: whoever reads a text takes it out."""
_TWICE = re.compile("[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
"""UTF-8 that was read as Windows-1252 and saved again: „Ã¼“."""


def text_of(cell: str) -> tuple[str, str]:
    """The text and a notice, empty where there is nothing to say. A formula is none: nobody knows what it gave."""
    if "'" in cell and (plain := restored(cell)) != cell:
        return plain.strip(), ""
    if as_text := _AS_TEXT.fullmatch(cell):
        return as_text[1].strip(), ""
    if _FORMULA.match(cell):
        return "", "Eine Formel lesen wir nicht; wir haben sie weggelassen."
    if _FAULTS.fullmatch(cell):
        return "", "Hier zeigt Ihr Tabellenprogramm einen Fehler statt eines Werts; wir haben ihn weggelassen."
    return _mended(cell) if _TWICE.search(cell) else (cell, _lost(cell))


def _lost(cell: str) -> str:
    if _SCRIPT.search(cell):
        return "Ein Skript im Text haben wir weggelassen."
    return "Ein Zeichen ist beim Speichern der Datei verloren gegangen." if "\ufffd" in cell else ""


def _mended(cell: str) -> tuple[str, str]:
    try:
        return cell.encode("cp1252").decode(
            "utf-8"
        ), "Die Umlaute waren doppelt verschlüsselt; wir haben sie zurückgeholt."
    except UnicodeError:
        return cell, ""
