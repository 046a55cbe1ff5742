"""FAQ and glossary: what they show, what a search leaves, and that nothing is asked of the database for it."""

from __future__ import annotations

import pytest

from home.matching import fold, has_words, words_of
from tests.factories.home import FaqPageFactory, GlossaryPageFactory, new_site, stream
from tests.home.markup import Markup


@pytest.mark.parametrize(
    ("asked", "text", "is_found"),
    [
        ("kosten", "Was KOSTEN wir?", True),
        ("buero", "Ihr Büro", True),
        ("Büro", "BUERO", True),
        ("buero", "Ihr Bu\u0308ro", True),
        ("strasse", "Straße", True),
        ("cafe", "Café", True),
        ("Excel-Kurs", "<p>Ein Excelkurs</p>", True),
        ("a b", "b und a", True),
        ("a b", "nur a", False),
        ("strong", "<strong>laut</strong>", False),
        ("&", "Wort &amp; Bild", True),
        ("", "was auch immer", True),
    ],
)
def test_words_are_found(asked, text, is_found):
    assert has_words(words_of(asked), text) is is_found


def test_a_question_of_thousands_of_words_is_cut():
    assert len(words_of("wort " * 4000)) == 8
    assert fold("\x00Ä") == "\x00ae"


def question(question: str, answer: str) -> dict[str, str]:
    return {"question": question, "answer": f"<p>{answer}</p>"}


COST = question("Was kostet die Beratung?", "Nichts.")
FIRM = question("Kommen Sie in den Betrieb?", "Ja, gern.")
GROUPS = stream(
    ("group", {"heading": "Beratung", "questions": [COST, FIRM]}),
    ("group", {"heading": "Termin", "questions": [question("Kann ich absagen?", "Ja, im Betrieb wie am Telefon.")]}),
)


ALL = [("Beratung", [COST["question"], FIRM["question"]]), ("Termin", ["Kann ich absagen?"])]


def term(word: str, explanation: str, synonyms: str = "") -> tuple[str, dict[str, str]]:
    return "term", {"term": word, "synonyms": synonyms, "explanation": f"<p>{explanation}</p>"}


def shown(client, address: str) -> tuple[str, list]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    assert Markup(text).complaints == []
    return text, response.context["found"].parts


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (
            "",
            [
                ("Beratung", ["Was kostet die Beratung?", "Kommen Sie in den Betrieb?"]),
                ("Termin", ["Kann ich absagen?"]),
            ],
        ),
        ("NICHTS", [("Beratung", ["Was kostet die Beratung?"])]),
        ("betrieb", [("Beratung", ["Kommen Sie in den Betrieb?"]), ("Termin", ["Kann ich absagen?"])]),
        ("termin", [("Termin", ["Kann ich absagen?"])]),
        ("Quantenphysik", []),
    ],
)
def test_faq_shows_the_questions_with_the_words(client, asked, left):
    FaqPageFactory(parent=new_site(), groups=GROUPS)
    text, parts = shown(client, f"/fragen/?q={asked}" if asked else "/fragen/")
    assert [(heading, [entry["question"] for entry in entries]) for heading, entries in parts] == left
    number = sum(len(questions) for _, questions in left)
    assert (f"{number} Fragen zu „{asked}“" in text) is bool(asked)
    assert text.count("<details") == number
    assert text.count('<details class="question" open') == (number if asked else 0)
    assert ('<meta name="robots" content="noindex, follow">' in text) is bool(asked)
    assert ("Dazu steht hier noch keine Antwort" in text) is (not left)


@pytest.mark.django_db
def test_faq_shows_what_was_typed_as_text(client):
    FaqPageFactory(parent=new_site(), groups=GROUPS)
    text, _ = shown(client, "/fragen/?q=%3Cscript%3E%00")
    assert "<script>" not in text
    assert "zu „&lt;script&gt;“" in text


@pytest.mark.django_db
def test_glossary_is_in_the_order_of_the_alphabet(client):
    terms = stream(term("Zertifikat", "x"), term("Ärztin", "x"), term("AdA", "x", "AEVO"), term("5S", "x"))
    GlossaryPageFactory(parent=new_site(), terms=terms)
    text, parts = shown(client, "/glossar/")
    assert [(letter, [entry["term"] for entry in entries]) for letter, entries in parts] == [
        ("0–9", ["5S"]),
        ("A", ["AdA", "Ärztin"]),
        ("Z", ["Zertifikat"]),
    ]
    assert 'href="#buchstabe-A"' in text
    assert "auch: AEVO" in text
    _, parts = shown(client, "/glossar/?q=aevo")
    assert [[entry["term"] for entry in entries] for _, entries in parts] == [["AdA"]]
    assert "Dieses Wort steht noch nicht im Glossar" in shown(client, "/glossar/?q=xyz")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_number_of_entries_costs_no_query(client, django_assert_num_queries, number):
    home = new_site()
    FaqPageFactory(
        parent=home, groups=stream(*[("group", {"heading": "Thema", "questions": [COST] * number})] * number)
    )
    GlossaryPageFactory(parent=home, terms=stream(*[term("Wort", "x")] * number))
    for address in ("/fragen/?q=a", "/glossar/?q=x"):
        client.get(address)
        with django_assert_num_queries(3):
            client.get(address)
