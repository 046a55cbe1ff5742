"""What the templates say, in the other languages. The key is the German text, which stands in the template.

A language that lacks a phrase shows the German one: Leichte Sprache has only what German says too heavily. Tests hold
that English has all of them and that each is used. Braces hold places for values, the same in each language.
"""

from __future__ import annotations

from foundation.languages import Language
from foundation.phrases.frame import FRAME
from foundation.phrases.pieces import PIECES
from foundation.phrases.places import PLACES
from foundation.phrases.search import SEARCH

Phrases = dict[str, dict[str, str]]

PHRASES: Phrases = FRAME | PIECES | PLACES | SEARCH


def phrase(german: str, language: Language, **values: object) -> str:
    said = PHRASES.get(german, {}).get(language.code, german)
    return said.format(**values) if values else said
