"""How questions are read: place, time, wishes, and the words that are left."""

from __future__ import annotations

from datetime import date

import pytest

from courses.enums import TeachingLanguage
from courses.finding.forms import form, weighed_words, words_of
from courses.finding.index import WordIndex
from courses.finding.periods import Period
from courses.finding.spans import FOREIGN, Choice
from tests.courses.finding.asking import asked_in, reading_of

INDEX = WordIndex(
    [
        weighed_words([(8, title)])
        for title in ("Gabelstapler fahren", "Essen in der Kantine", "Online-Marketing", "Excel", "Wagen pflegen")
    ]
)


def parts(question: str) -> list[tuple[str, str]]:
    return [(part.kind, part.label) for part in reading_of(question, INDEX).parts]


def words(question: str) -> list[str]:
    return [word.text for word in reading_of(question, INDEX).words]


def test_example_of_the_network():
    reading = reading_of("Staplerschein bei Sulingen im Oktober", INDEX)
    assert [word.text for word in reading.words] == ["Staplerschein"]
    assert reading.spot is not None
    assert reading.spot.postcode == "27232"
    assert reading.period == Period(date(2027, 10, 1), date(2027, 11, 1))
    assert [(part.kind, part.label) for part in reading.parts] == [("Ort", "27232 Sulingen"), ("Zeit", "Oktober 2027")]
    assert [reading.without(part.start, part.end) for part in reading.parts] == [
        "Staplerschein im Oktober",
        "Staplerschein bei Sulingen",
    ]


@pytest.mark.parametrize(
    ("question", "place", "left"),
    [
        ("Excel 27232", "27232", ["Excel"]),
        ("Excel 49377 Vechta", "49377 Vechta", ["Excel"]),
        ("Excel in D-49377", "49377", ["Excel"]),
        ("excel VECHTA", "49377 Vechta", ["excel"]),
        ("Excel in der Nähe von Nienburg", "31582 Nienburg (Weser)", ["Excel"]),
        ("Excel Nienburg/Weser", "31582 Nienburg (Weser)", ["Excel"]),
        ("Excel bei Sulignen", "27232 Sulingen", ["Excel"]),
        ("Excel in Vechta und Umgebung", "49377 Vechta", ["Excel"]),
        ("Excel in Essen", "49632 Essen (Oldenburg)", ["Excel"]),
        ("Essen Kantine", "", ["Essen", "Kantine"]),
        ("Excel in 99999", "", ["Excel", "99999"]),
        ("„Vechta“ Excel", "", ["Vechta", "Excel"]),
    ],
)
def test_place(question, place, left):
    assert [label for kind, label in parts(question) if kind == "Ort"] == ([place] if place else [])
    assert words(question) == left


@pytest.mark.parametrize("question", ["Kurse in Vechta", "Weiterbildung im Oktober", "kostenlose Online-Kurse"])
def test_courses_of_a_place_or_time_need_not_call_themselves_so(question):
    """„Kurse in Vechta“ found only those whose text says „Kurs“."""
    assert words(question) == []
    assert words("Kurs") == ["Kurs"]


def test_mended_place_is_said():
    assert reading_of("Excel bei Sulignen", INDEX).corrections == (("Sulignen", "Sulingen"),)


@pytest.mark.parametrize(
    ("question", "label", "first", "end"),
    [
        ("im November", "November 2026", date(2026, 11, 1), date(2026, 12, 1)),
        ("Oktober", "Oktober 2027", date(2027, 10, 1), date(2027, 11, 1)),
        ("Dez. 2026", "Dezember 2026", date(2026, 12, 1), date(2027, 1, 1)),
        ("ab März", "ab März 2027", date(2027, 3, 1), None),
        ("ab maerz 2028", "ab März 2028", date(2028, 3, 1), None),
        ("bis Mai", "bis Mai 2027", None, date(2027, 6, 1)),
        ("nach Januar", "nach Januar 2027", date(2027, 2, 1), None),
        ("Ende Januar", "Ende Januar 2027", date(2027, 1, 21), date(2027, 2, 1)),
        ("Anfang Februar", "Anfang Februar 2027", date(2027, 2, 1), date(2027, 2, 11)),
        ("Anfang 2027", "Anfang 2027", date(2027, 1, 1), date(2027, 5, 1)),
        ("Mitte 2027", "Mitte 2027", date(2027, 5, 1), date(2027, 9, 1)),
        ("Ende 2027", "Ende 2027", date(2027, 9, 1), date(2028, 1, 1)),
        ("Ende Sommer", "Ende Sommer 2027", date(2027, 8, 1), date(2027, 9, 1)),
        ("Mitte Winter", "Mitte Winter 2026/2027", date(2027, 1, 1), date(2027, 2, 1)),
        ("Ende 31.3.", "Ende 31. März 2027", date(2027, 3, 31), date(2027, 4, 1)),
        ("am 3.12.", "3. Dezember 2026", date(2026, 12, 3), date(2026, 12, 4)),
        ("ab 3.11.", "ab 3. November 2027", date(2027, 11, 3), None),
        ("vor dem 5.1.27", "vor 5. Januar 2027", None, date(2027, 1, 5)),
        ("am 14. Februar", "14. Februar 2027", date(2027, 2, 14), date(2027, 2, 15)),
        ("nächste Woche", "Woche ab 30. November 2026", date(2026, 11, 30), date(2026, 12, 7)),
        ("diese Woche", "Woche ab 23. November 2026", date(2026, 11, 23), date(2026, 11, 30)),
        ("naechsten Monat", "Dezember 2026", date(2026, 12, 1), date(2027, 1, 1)),
        ("nächstes Jahr", "2027", date(2027, 1, 1), date(2028, 1, 1)),
        ("ab 2027", "ab 2027", date(2027, 1, 1), None),
        ("im Frühjahr", "Frühjahr 2027", date(2027, 3, 1), date(2027, 6, 1)),
        ("Winter", "Winter 2026/2027", date(2026, 12, 1), date(2027, 3, 1)),
        ("KW 50", "KW 50, ab 7. Dezember 2026", date(2026, 12, 7), date(2026, 12, 14)),
        ("KW 3", "KW 3, ab 18. Januar 2027", date(2027, 1, 18), date(2027, 1, 25)),
        ("am Montag", "30. November 2026", date(2026, 11, 30), date(2026, 12, 1)),
        ("ab Freitag", "ab 27. November 2026", date(2026, 11, 27), None),
        ("im neuen Jahr", "2027", date(2027, 1, 1), date(2028, 1, 1)),
        ("in 2 Wochen", "ab 10. Dezember 2026", date(2026, 12, 10), None),
        ("in 14 Tagen", "ab 10. Dezember 2026", date(2026, 12, 10), None),
        ("bis Weihnachten", "bis Weihnachten 2026", None, date(2026, 12, 27)),
        ("nach Weihnachten", "nach Weihnachten 2026", date(2026, 12, 27), None),
        ("morgen", "27. November 2026", date(2026, 11, 27), date(2026, 11, 28)),
    ],
)
def test_period(question, label, first, end):
    reading = reading_of(f"Excel {question}", INDEX)
    assert [(part.kind, part.label) for part in reading.parts] == [("Zeit", label)]
    assert reading.period == Period(first, end)
    assert [word.text for word in reading.words] == ["Excel"]


@pytest.mark.parametrize("season", ["\u017fommer", "herb\u017ft", "fr\u00fchl\u0131ng"])
def test_season_in_letters_that_look_alike_is_a_word(season):
    """„ſommer“ in the box answered with a fault of the server."""
    assert words(season) == [season]


def test_two_periods_are_both_meant():
    assert reading_of("von März bis Mai", INDEX).period == Period(date(2027, 3, 1), date(2027, 6, 1))


@pytest.mark.parametrize("question", ["Excel 2019", "am 31.2.", "KW 77", "ISO 9001", "Maikäfer"])
def test_no_period(question):
    assert reading_of(question, INDEX).period is None


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        ("online", Choice("form", "online")),
        ("Excel Webinar", Choice("form", "online")),
        ("Excel-Onlinekurs", Choice("form", "online")),
        ("in Präsenz", Choice("form", "on_site")),
        ("abends", Choice("zeit", "evening")),
        ("Abendkurs Excel", Choice("zeit", "evening")),
        ("am Wochenende", Choice("zeit", "weekend")),
        ("nur samstags", Choice("zeit", "weekend")),
        ("wochenends", Choice("zeit", "weekend")),
        ("abends nach der Arbeit", Choice("zeit", "evening")),
        ("mit Zertifikat", Choice("abschluss", "ja")),
        ("mit Förderung", Choice("foerderung", "ja")),
        ("gefördert", Choice("foerderung", "ja")),
        ("geförderter Kurs", Choice("foerderung", "ja")),
        ("foerderfähig", Choice("foerderung", "ja")),
        ("Förderung", Choice("foerderung", "ja")),
        ("am Abend", Choice("zeit", "evening")),
        ("für lau", Choice("preis", "frei")),
        ("auf polnisch", Choice("sprache", "pl")),
        ("bei uns im Betrieb", Choice("inhouse", "ja")),
        ("noch Plätze frei", Choice("frei", "ja")),
        ("kostenlose Kurse", Choice("preis", "frei")),
        ("barrierefrei", Choice("barrierefrei", "ja")),
        ("rollstuhlgerecht", Choice("stufenlos", "ja")),
        ("ohne Stufen", Choice("stufenlos", "ja")),
        ("im Betrieb", Choice("inhouse", "ja")),
        ("freie Plätze", Choice("frei", "ja")),
    ],
)
def test_wishes(question, choice):
    assert reading_of(question, INDEX).choices == (choice,)


def test_every_language_of_courses_can_be_asked_for():
    assert dict(TeachingLanguage.choices) == {"de": "Deutsch", **FOREIGN}


def test_what_a_course_is_about_is_no_wish():
    assert reading_of("Online Marketing", INDEX).choices == ()
    assert words("Online Marketing") == ["Online", "Marketing"]
    assert reading_of("Erste Hilfe im Betrieb", INDEX).choices == ()


def test_amounts():
    reading = reading_of("Excel im Umkreis von 50 km um Vechta bis 1.200 €", INDEX)
    assert (reading.radius, reading.most_euros, [word.text for word in reading.words]) == (50, 1200, ["Excel"])


@pytest.mark.parametrize(
    ("question", "euros", "label"),
    [
        ("bis 50 €", 50, "bis 50 €"),
        ("unter 200euro", 200, "bis 200 €"),
        ("nicht teurer als 1200 Euro", 1200, "bis 1.200 €"),
        ("max. 99,90 €", 99, "bis 99 €"),
        ("50 Euro", 50, "bis 50 €"),
        ("zwischen 100 und 500 €", 500, "bis 500 €"),
        ("max 300", 300, "bis 300 €"),
        ("ab 500 €", None, ""),
        ("bis 2027", None, ""),
        ("2019", None, ""),
    ],
)
def test_price(question, euros, label):
    reading = reading_of(f"Excel {question}", INDEX)
    assert reading.most_euros == euros
    assert [part.label for part in reading.parts if part.kind == "Preis"] == ([label] if label else [])


@pytest.mark.parametrize(
    ("question", "hours", "label"),
    [
        ("maximal 3 Tage", 24, "bis 3 Tage"),
        ("1 Tag", 8, "bis 1 Tag"),
        ("eintägig", 8, "bis 1 Tag"),
        ("zweitägiger Kurs", 16, "bis 2 Tage"),
        ("2-Tages-Kurs", 16, "bis 2 Tage"),
        ("Tagesseminar", 8, "bis 1 Tag"),
        ("nicht länger als eine Woche", 40, "bis 1 Woche"),
        ("Wochenkurs", 40, "bis 1 Woche"),
        ("unter 8 Std.", 8, "bis 8 Stunden"),
        ("e\u0131n Tag", 8, "bis 1 Tag"),
        ("halber Tag", 4, "bis ½ Tag"),
        ("halbtags", 4, "bis ½ Tag"),
        ("16 UE", 12, "bis 16 Unterrichtseinheiten"),
        ("in 2 Wochen", None, ""),
        ("ab drei Tagen", None, ""),
        ("4 Tage Woche", None, ""),
        ("4-Tage-Woche", None, ""),
    ],
)
def test_length(question, hours, label):
    reading = reading_of(f"Excel {question}", INDEX)
    assert reading.most_hours == hours
    assert [part.label for part in reading.parts if part.kind == "Dauer"] == ([label] if label else [])


def test_district():
    reading = reading_of("Excel im Landkreis Vechta", INDEX)
    assert (reading.district, reading.spot, parts("Excel im Landkreis Vechta")) == (
        "vechta",
        None,
        [("Landkreis", "Vechta")],
    )


@pytest.mark.parametrize("question", ["", "   ", "-", "?!", "\x00", "x" * 500, "„", "ab ab ab", "bei in um", "9" * 80])
def test_whatever_is_typed_is_read(question):
    reading = reading_of(question, INDEX)
    assert len(reading.text) <= 100
    assert INDEX.find(INDEX.asked(reading.words)) == {}


def test_corrections_are_told_and_codes_have_none():
    asked = INDEX.asked(reading_of("Gabelstabler", INDEX).words)
    assert [(found.typed, found.meant) for found in asked.corrections] == [("Gabelstabler", "Gabelstapler")]
    assert INDEX.asked(reading_of("EXEL", INDEX).words).unknown == ("EXEL",)
    assert INDEX.asked(reading_of("Exce1", INDEX).words).unknown == ("Exce1",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Datev", None),
        ("Daten", None),
        ("Datne", "Daten"),
        ("Figma", None),
        ("Fiema", "Firma"),
        ("Ausgabe", None),
        ("Erstellen", None),
        ("Einstelen", "Einstellen"),
        ("Anganbe", "Angabe"),
    ],
)
def test_other_word_is_no_typing_error(typed, meant):
    """„Datev“ became „Daten“, „erstellen“ became „Einstellen“."""
    index = WordIndex([weighed_words([(8, "Daten Firma Einstellen Angabe")])])
    asked = index.asked(words_of(typed))
    assert [found.meant for found in asked.corrections] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("Pflegebasiskurs", ["Pflege"]),
        ("Wissenstransfer", ["Wissen"]),
        ("Mitarbeitergespräche", ["Gespräch"]),
        ("Datensicherung", []),
        ("Umschulung", []),
    ],
)
def test_known_parts_are_nouns_as_courses_write_them(asked, parts):
    """„Sicherung“ has the stem of „Sicher“, „Schulung“ says nothing."""
    index = WordIndex([weighed_words([(8, "Pflege Wissen Gespräch Sicher Schulung")])])
    assert list(index.lexicon.known_parts(asked)) == parts


def test_what_only_has_the_stem_of_a_small_word_is_looked_for():
    """„Sicherheit“ has that of „sich“: „IT-Sicherheit“ was read as „IT“."""
    index = WordIndex([weighed_words([(8, "IT-Sicherheit"), (1, "sich sehen")]), weighed_words([(8, "Es sieht sich")])])
    assert [word.text for word in reading_of("Sicherheit mit sich", index).words] == ["Sicherheit"]
    assert list(asked_in(index, "IT Sicherheit")) == [0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Imkern", None),
        ("Imker", None),
        ("Lessen", None),
        ("Tabelen", "Tabelle"),
        ("Mesen", "Messen"),
        ("Fotovoltaik", "Photovoltaik"),
        ("montieren", None),
    ],
)
def test_correction_begins_alike_and_never_counts_an_ending_as_letters(typed, meant):
    """„Imkern“ became „immer“, since „imk“ and „imm“ differ in one letter."""
    index = WordIndex([{"imm": (1, "immer"), **weighed_words([(8, "Messen Tabelle Photovoltaik dokumentieren")])}])
    found = index.lexicon.correction(typed)
    assert (found and found.meant) == meant


def test_unknown_word_is_told_and_left_out():
    asked = INDEX.asked(reading_of("Excel Quantenphysik", INDEX).words)
    assert asked.unknown == ("Quantenphysik",)
    assert INDEX.find(asked) == {3: 8.0}


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("Köchin", "Koch"),
        ("Ärztin", "Arzt"),
        ("Kundin", "Kunde"),
        ("Rechtsanwältin", "Rechtsanwalt"),
        ("Fachwirtin", "Fachwirt"),
        ("Patientin", "Patient"),
        ("Praktikantin", "Praktikant"),
        ("Pädagogin", "Pädagoge"),
        ("Kolleginnen", "Kollegen"),
        ("Köch*innen", "Köche"),
    ],
)
def test_women_are_found_as_men_are(woman, man):
    assert form(woman) == form(man)


@pytest.mark.parametrize("word", ["Termin", "Berlin", "Medizin", "Login", "Platin", "Protein", "Disziplin"])
def test_word_that_is_no_woman_stays_whole(word):
    assert form(word) == word.lower()
