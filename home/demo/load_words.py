"""FAQ and glossary of the demo."""

from __future__ import annotations

from home.demo import words
from home.demo.tree import add_missing, stream
from home.models import FaqPage, GlossaryPage, HomePage


def load_words(home: HomePage) -> None:
    add_missing(home, "fragen", _faq)
    add_missing(home, "glossar", _glossary)


def _faq() -> FaqPage:
    return FaqPage(
        title=words.FAQ_TITLE,
        slug="fragen",
        lead=words.FAQ_LEAD,
        search_description=words.FAQ_DESCRIPTION,
        in_footer=True,
        groups=stream(
            (
                "group",
                {
                    "heading": heading,
                    "questions": [{"question": question, "answer": answer} for question, answer in questions],
                },
            )
            for heading, questions in words.FAQ
        ),
    )


def _glossary() -> GlossaryPage:
    return GlossaryPage(
        title=words.GLOSSARY_TITLE,
        slug="glossar",
        lead=words.GLOSSARY_LEAD,
        search_description=words.GLOSSARY_DESCRIPTION,
        in_footer=True,
        terms=stream(
            ("term", {"term": term, "synonyms": synonyms, "explanation": f"<p>{explanation}</p>"})
            for term, synonyms, explanation in words.TERMS
        ),
    )
