"""What a cell means: days, hours, prices, words and numbers as people write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial

import pytest

from courses.catalogue import cells
from courses.catalogue.course_values import COURSE_READERS
from courses.catalogue.records import RunRecord
from courses.catalogue.run_values import RUN_READERS
from courses.catalogue.table_reading import _FOOTER
from courses.catalogue.values.dates import Days, all_days_in, day_in, days_in, means_any_day
from courses.catalogue.values.errors import NotUnderstood
from courses.catalogue.values.hours import Hours, hour_in, hours_in, parted
from courses.catalogue.values.numbers import count_in, durations_in, names_in, postcode_in
from courses.catalogue.values.prices import Price, price_in
from courses.catalogue.values.words import PARTS_OF_DAY, STATES, format_in, level_in, one_of, yes_or_no
from foundation.spreadsheets import neutralised, restored
from tests.courses.catalogue.reading import TODAY, read_cell, read_text
from tests.stopwatch import processor_seconds

NOV_3 = date(2026, 11, 3)


def day(month, number, year=2026):
    return date(year, month, number)


@pytest.mark.parametrize(
    "text",
    [
        "3.11.26", "03.11.2026", "3. November 2026", "3. Nov. 2026", "2026-11-03", "2026-11-03T00:00:00", "03/11/2026",
        "46329", "46329,5", "Di, 03.11.2026", "am 3.11.2026", "ab 03.11.2026", "Beginn: 3.11.26",
    ],
)  # fmt: skip
def test_one_day(text):
    assert days_in(parted(text)[0], today=TODAY) == Days(NOV_3, NOV_3)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10.–12.11.2026", Days(day(11, 10), day(11, 12))),
        ("10.11.-12.11.2026", Days(day(11, 10), day(11, 12))),
        ("vom 3. bis 5. November 2026", Days(NOV_3, day(11, 5))),
        ("28.12.–3.1.2027", Days(day(12, 28), day(1, 3, 2027))),
        ("10.10. + 11.10.2026", Days(day(10, 10), day(10, 11))),
        ("10.10. + 17.10.2026", Days(day(10, 10), day(10, 17), (day(10, 10), day(10, 17)))),
        ("30.12. + 6.1.2027", Days(day(12, 30), day(1, 6, 2027), (day(12, 30), day(1, 6, 2027)))),
        ("10.–11.10. + 17.10.2026", Days(day(10, 10), day(10, 17), (day(10, 10), day(10, 11), day(10, 17)))),
        ("dienstags 3.11.–17.11.2026", Days(NOV_3, day(11, 17), (NOV_3, day(11, 10), day(11, 17)))),
        ("3.11.2026 (Warteliste)", Days(NOV_3, NOV_3, rest="Warteliste")),
        ("10.10. + 11.10.", Days(day(10, 10), day(10, 11), is_guessed=True)),
        ("3. März", Days(day(3, 3, 2027), day(3, 3, 2027), is_guessed=True)),
        ("29.2.", Days(day(2, 29, 2028), day(2, 29, 2028), is_guessed=True)),
    ],
)
def test_several_days(text, days):
    assert days_in(text, today=TODAY) == days


def test_year_of_the_other_cell_holds():
    assert days_in("3.11.", today=TODAY, year=2029) == Days(day(11, 3, 2029), day(11, 3, 2029))


def test_listed_days_are_all_kept():
    assert all_days_in("10.10.2026, 11.10.2026", today=TODAY) == (day(10, 10), day(10, 11))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31.02.2026", "Diesen Tag gibt es im Kalender nicht."),
        ("32.1.2026", "Diesen Tag gibt es im Kalender nicht."),
        ("1.1.1900", "Das Jahr 1900 kann nicht stimmen."),
        ("November 2026", "Darin steht kein genauer Tag, zum Beispiel 03.11.2026."),
        ("Herbst 2026", "Darin steht kein genauer Tag, zum Beispiel 03.11.2026."),
        ("KW 54", "Diese Woche gibt es im Kalender nicht."),
        ("KW 53/2027", "Diese Woche gibt es im Kalender nicht."),
        ("der 3.", "Darin steht ein Tag ohne Monat."),
        ("12.11.–10.11.2026", "Das Ende liegt vor dem Beginn."),
    ],
)
def test_day_that_is_none(text, reason):
    with pytest.raises(NotUnderstood, match=re.escape(reason)):
        days_in(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("KW 45", day(11, 2), None),
        ("ab KW 3", day(1, 18, 2027), None),
        ("KW 53", day(12, 28), None),
        ("42. KW 2027", day(10, 18, 2027), None),
        ("KW 42–44", day(10, 12), day(10, 30)),
        ("KW 51 bis KW 2/2026", day(12, 14), day(1, 15, 2027)),
    ],
)
def test_week_begins_on_its_monday(text, first, last):
    assert days_in(text, today=TODAY) == Days(first, last or first, is_week=True)


def test_of_a_week_it_is_said_which_day_was_taken():
    course = read_cell("Beginn", "ab KW 3, 18 Uhr")
    assert [(run.starts_on, run.ends_on) for run in course.runs] == [(day(1, 18, 2027), None)]
    assert "Nur die Woche ist genannt; wir haben den Montag genommen, 18.01.2027." in " ".join(course.notices)


@pytest.mark.parametrize("text", ["3.11. + 4.11.2026", "KW 45"])
def test_one_cell_wants_one_day(text):
    with pytest.raises(NotUnderstood, match=r"Hier gehört ein einzelner Tag hin\."):
        day_in(text, today=TODAY)


@pytest.mark.parametrize(
    "text", ["ab sofort", "jederzeit", "laufend", "Einstieg jederzeit", "nach Vereinbarung", "n.V.", "auf Anfrage"]
)
def test_any_day(text):
    assert means_any_day(text)
    assert read_cell("Beginn", text).flexible_start is True


def test_a_named_day_is_not_any_day():
    assert not means_any_day("laufend ab 3.11.2026")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("17.30–20.45 Uhr", Hours(time(17, 30), time(20, 45))),
        ("von 8 bis 16 Uhr", Hours(time(8), time(16))),
        ("9:00-12:00", Hours(time(9), time(12))),
        ("8.00 Uhr bis 15.30 Uhr", Hours(time(8), time(15, 30))),
        ("ab 9 Uhr", Hours(words="ab 09:00 Uhr")),
        ("22:00 - 6:00 Uhr", Hours(words="22:00–06:00 Uhr")),
        ("Mo 9–12, Di 13–15 Uhr", Hours(words="Mo 9–12, Di 13–15 Uhr")),
    ],
)
def test_hours(text, hours):
    assert hours_in(text) == hours


@pytest.mark.parametrize(("text", "hour"), [("17:30", time(17, 30)), ("0900", time(9)), ("24:00", time(23, 59))])
def test_hour(text, hour):
    assert hour_in(text) == hour


def test_day_and_hours_in_one_cell():
    (run,) = read_cell("Termin", "10.10. + 17.10.2026, 9.00 - 16.00 Uhr").runs
    assert (run.days, run.start_time, run.end_time) == ((day(10, 10), day(10, 17)), time(9), time(16))


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("1.249,00 €", Price("amount", Decimal("1249.00"))),
        ("1,249.00", Price("amount", Decimal("1249.00"))),
        ("1.249", Price("amount", Decimal(1249))),
        ("1249.5", Price("amount", Decimal("1249.5"))),
        ("120,-", Price("amount", Decimal(120))),
        ("EUR 99", Price("amount", Decimal(99))),
        ("ab 99 €", Price("from", Decimal(99))),
        ("mind. 99,- EUR", Price("from", Decimal(99))),
        ("ab 99 € inkl. Material", Price("from", Decimal(99), "ab 99 € inkl. Material")),
        ("5–9 €", Price("from", Decimal(5), "5–9 €")),
        ("120,- € bis 150,- €", Price("from", Decimal(120), "120,- € bis 150,- €")),
        ("von 1.200 bis 1.500 Euro", Price("from", Decimal(1200), "von 1.200 bis 1.500 Euro")),
        ("Kurs 2-3: 80 €", Price("amount", Decimal(80), "Kurs 2-3: 80 €")),
        ("80 € ab 3 Personen", Price("amount", Decimal(80), "80 € ab 3 Personen")),
        ("ab 1.3.: 80 €", Price("amount", Decimal(80), "ab 1.3.: 80 €")),
        ("99 € / ermäßigt 79 €", Price("amount", Decimal(99), "99 € / ermäßigt 79 €")),
        ("12 Raten à 99 €", Price("amount", Decimal(99), "12 Raten à 99 €")),
        ("99 € (2 x 4 UE)", Price("amount", Decimal(99), "99 € (2 x 4 UE)")),
        ("Kurs 2: 80 €", Price("amount", Decimal(80), "Kurs 2: 80 €")),
        ("kostenlos", Price("free")),
        ("0 € (kostenlos)", Price("free")),
        ("kostenfrei für Mitglieder", Price("free", note="kostenfrei für Mitglieder")),
        ("auf Anfrage", Price("on_request")),
        ("0,- auf Anfrage", Price("on_request")),
        ("99990.0", Price("unknown")),
        ("k.A.", Price("unknown")),
        ("-", Price("unknown")),
        ("", Price("unknown")),
    ],
)
def test_price(text, price):
    assert price_in(text) == price


@pytest.mark.parametrize(
    "text", ["0", "0,00 €", "-5 €", "viel", "12345678", "5 x 9 €", "3 × 99,00 €", "2 mal 40 €", "40 € x 3"]
)
def test_price_that_is_none(text):
    """And above all is not free."""
    with pytest.raises(NotUnderstood):
        price_in(text)
    assert read_cell("Preis", text).price_state == "unknown"
    assert "price" not in read_cell("Preis", text).said


@pytest.mark.parametrize("fault", ["#N/A", "#NV", "#REF!", "#BEZUG!", "#NAME?", "#WERT!"])
def test_fault_of_a_spreadsheet_is_no_value(fault):
    course = read_cell("Zielgruppe", fault)
    assert not course.target_groups
    assert "Hier zeigt Ihr Tabellenprogramm einen Fehler" in course.notices[0]


def test_row_whose_title_is_a_fault_gives_its_date_to_no_other_course():
    course, rejection = read_text("Titel;Beginn\nWord;10.10.2026\n#N/A;11.10.2026\n")
    assert [run.starts_on for run in course.runs] == [day(10, 10)]
    assert rejection.place == "Zeile 3"


def test_dates_of_one_course_are_found_again_without_comparing_each_with_all(monkeypatch):
    compared = []
    same = RunRecord.__eq__
    monkeypatch.setattr(RunRecord, "__eq__", lambda run, other: compared.append(run) or same(run, other))
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(300)]
    (course,) = read_text("Titel;Beginn\n" + "".join(f"Word;{each:%d.%m.%Y}\n" for each in [*days, days[0]]))
    assert [run.starts_on for run in course.runs] == days
    assert len(compared) < 10


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ja", True), ("X", True), ("1", True), ("✓", True), ("ja, auf Anfrage", True), ("nein", False), ("-", False)],
)
def test_yes_or_no(text, answer):
    assert yes_or_no(text) is answer


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Präsenz", "on_site"),
        ("Live-Online-Seminar", "online"),
        ("Präsenz + Online", "blended"),
        ("E-Learning", "self_paced"),
    ],
)
def test_form(text, value):
    assert format_in(text) == value


def test_words():
    assert one_of(STATES, "noch 3 Plätze frei") == "planned"
    assert one_of(STATES, "keine Plätze frei") == "full"
    assert one_of(PARTS_OF_DAY, "Vollzeit") == "full_day"
    assert level_in("mindestens B1/B2") == "B1"
    with pytest.raises(NotUnderstood, match="Möglich sind hier: geplant, findet statt, ausgebucht, fällt aus"):
        one_of(STATES, "mal sehen")


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("max. 12 Personen", 12), ("12,0", 12), ("", None), ("-", None)]
)
def test_number(text, number):
    assert count_in(text) == number


@pytest.mark.parametrize("text", ["12-15", "-3", "99999", "viele"])
def test_number_that_is_none(text):
    with pytest.raises(NotUnderstood):
        count_in(text)


def test_durations_places_and_lists():
    assert durations_in("3 Wochen (40 Std.)") == {"duration_weeks": 3, "duration_hours": 40}
    assert durations_in("6 Monate") == {"duration_weeks": 26}
    assert durations_in("24 Unterrichtsstunden") == {"teaching_units": 24}
    assert [postcode_in(text) for text in ("31582", "1067", "D-31582", "31582 Nienburg")] == [
        "31582",
        "01067",
        "31582",
        "31582",
    ]
    assert names_in("Lager, Versand; Büro;Büro") == ("Lager, Versand", "Büro")
    assert names_in("Lager, Versand") == ("Lager", "Versand")


def test_address_in_one_cell():
    course = read_cell("Adresse", "Beispielhalle, Musterweg 1, 31582 Nienburg")
    assert course.runs == ()
    assert course.notices == (
        "Zeile 2: Ohne Tag gibt es keinen Termin; Ort, Zeiten und Plätze dieser Zeile haben wir nicht gelesen.",
    )
    values, _ = RUN_READERS["address"]("Beispielhalle, Musterweg 1, 31582 Nienburg")
    assert values == {"postcode": "31582", "town": "Nienburg", "street": "Musterweg 1", "venue": "Beispielhalle"}


@pytest.mark.parametrize(
    ("text", "number", "told"),
    [
        ("+49 5021 1234-12", "+49 5021 1234-12", []),
        ("Tel.: (05021) 12 34", "(05021) 12 34", []),
        ("Frau Beispiel, 0421/5555 oder 0421/6666", "0421/5555", ["Übernommen ist nur die Nummer: 0421/5555"]),
        ("8-12 Uhr: 05021 1234", "05021 1234", ["Übernommen ist nur die Nummer: 05021 1234"]),
        ("50211234", "50211234", ["Fehlt vorn die Null oder die Vorwahl?"]),
    ],
)
def test_phone_is_a_number_without_the_name_beside_it(text, number, told):
    assert COURSE_READERS["contact_phone"](text) == ({"contact_phone": number}, tuple(told))


def test_address_in_the_column_of_the_phone_is_no_phone():
    """It stood on the page as a number to call."""
    with pytest.raises(NotUnderstood, match=r"keine Telefonnummer .* E-Mail-Adressen haben eine eigene Spalte\.$"):
        COURSE_READERS["contact_phone"]("info@akademie.example")


@pytest.mark.parametrize(
    ("text", "status"), [("ausgebucht", "full"), ("0", "full"), ("Warteliste", "full"), ("3", "planned")]
)
def test_no_seats_left_is_full_though_nobody_says_how_many_there_are(text, status):
    (entry,) = read_text(f"Titel;Beginn;Freie Plätze\nStapler;12.01.2027;{text}\n")
    assert [run.status for run in entry.runs] == [status]


LONG = 100_000
REPEATED = (
    "1", "1.", "1.1.", " ", ".", "1 ", "'\"", "a", "a@", "a.a", "-", "ja ", "1,", "=", ";'", "10.10. + ", "9:00-", "Ã",
    "<a ", "31582 ", "nach ",
)  # fmt: skip
ADVERSARIAL = [part * (LONG // len(part)) for part in REPEATED]
READERS = {
    **{f"course: {field}": reader for field, reader in COURSE_READERS.items()},
    **{f"run: {field}": reader for field, reader in RUN_READERS.items()},
    "days": lambda text: days_in(text, today=TODAY),
    "any day": means_any_day,
    "parted": parted,
    "hours": hours_in,
    "hour": hour_in,
    "cell": cells.text_of,
    "neutralised": neutralised,
    "restored": restored,
    "footer": _FOOTER.match,
}


@pytest.mark.parametrize("name", sorted(READERS))
def test_no_text_takes_long(name):
    """S8: 100 ms for 100 kB; ten times as long here, for machines that are slow. A pattern that goes back and forth
    would take minutes."""

    def read(text: str) -> None:
        with suppress(NotUnderstood):
            READERS[name](text)

    for text in ADVERSARIAL:
        assert processor_seconds(partial(read, text)) < 1
