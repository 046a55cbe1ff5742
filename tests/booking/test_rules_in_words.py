"""How rules, closures and services read to those who set them."""

from __future__ import annotations

from datetime import date, time

import pytest
import recurrence

from booking.enums import Kind
from booking.rules_in_words import closure_in_words, rule_in_words, service_in_words
from foundation.recurrences.text import parse
from tests.factories.booking import AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

TODAY = date(2026, 11, 23)


@pytest.fixture
def nora():
    return AdvisorFactory.build(name="Nora Nord", office=OfficeFactory.build(name="MehrWert-Büro Hameln"))


def rule_of(nora, **values):
    return AvailabilityRuleFactory.build(advisor=nora, office=nora.office, **values)


def test_a_rule_says_who_where_when_how_and_for_what(nora):
    rule = rule_of(nora, days=parse("RRULE:FREQ=MONTHLY;BYDAY=2TU\nEXDATE:20270112"), valid_from=date(2027, 1, 1))
    assert rule_in_words(rule, [], today=TODAY) == (
        "Nora Nord, MehrWert-Büro Hameln: jeden Monat am zweiten Dienstag, 9:00 bis 12:00 Uhr, ab 01.01.2027 bis auf "
        "Weiteres, außer am 12.01.2027; im Büro oder am Telefon; für alle Anliegen. Die nächsten Tage: 09.02.2027, "
        "09.03.2027 und 13.04.2027."
    )
    rule.kinds = [Kind.OFFICE, Kind.FIRM, Kind.VIDEO]
    services = [ServiceFactory.build(name="Erstberatung"), ServiceFactory.build(name="Förderung")]
    sentence = rule_in_words(rule, services, today=TODAY)
    assert "; im Büro, im Betrieb oder per Video; nur für Erstberatung und Förderung. " in sentence
    assert "; nur für Erstberatung. " in rule_in_words(rule, services[:1], today=TODAY)


def test_the_next_days_show_which_week_is_the_first(nora):
    days = recurrence.Recurrence(rrules=[recurrence.Rule(recurrence.WEEKLY, interval=2, byday=[recurrence.TU])])
    ending = "Die nächsten Tage: {}."
    odd = rule_in_words(rule_of(nora, days=days, valid_from=date(2026, 11, 24)), [], today=TODAY)
    assert odd.endswith(ending.format("24.11.2026, 08.12.2026 und 22.12.2026"))
    even = rule_in_words(rule_of(nora, days=days, valid_from=date(2026, 11, 17)), [], today=TODAY)
    assert even.endswith(ending.format("01.12.2026, 15.12.2026 und 29.12.2026"))
    over = rule_of(nora, days=days, valid_until=date(2026, 2, 1))
    assert rule_in_words(over, [], today=TODAY).endswith("In den nächsten zwei Jahren trifft das keinen Tag.")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Ganzes Netzwerk: am 01.12.2026, ganztägig."),
        ({"last_day": date(2026, 12, 3)}, "Ganzes Netzwerk: vom 01.12.2026 bis 03.12.2026, ganze Tage."),
        (
            {"start_time": time(9), "end_time": time(10, 30)},
            "Ganzes Netzwerk: am 01.12.2026, 9:00 bis 10:30 Uhr.",
        ),
        (
            {"last_day": date(2027, 3, 31), "days": parse("RRULE:FREQ=MONTHLY;BYDAY=1MO")},
            "Ganzes Netzwerk: jeden Monat am ersten Montag, vom 01.12.2026 bis 31.03.2027, ganze Tage.",
        ),
    ],
)
def test_a_closure_says_when(values, sentence):
    assert closure_in_words(ClosureFactory.build(**values)) == sentence


def test_a_closure_says_whom_it_is_for(nora):
    assert closure_in_words(ClosureFactory.build(advisor=nora)).startswith("Nora Nord: ")
    assert closure_in_words(ClosureFactory.build(office=nora.office)).startswith("MehrWert-Büro Hameln: ")


def test_a_service_says_what_its_rules_come_to():
    plain = ServiceFactory.build(kinds=[Kind.OFFICE, Kind.PHONE])
    assert service_in_words(plain) == (
        "60 Minuten, im Büro oder am Telefon. Ein Gespräch kann alle 30 Minuten beginnen, gezählt vom Beginn der "
        "Beratungszeit. Buchbar mit mindestens 24 Stunden Vorlauf und höchstens 60 Tage im Voraus."
    )
    full = ServiceFactory.build(
        further_durations=[90],
        buffer_before=10,
        buffer_after=15,
        notice_working_days=2,
        cap_per_day=3,
        cap_per_week=10,
        is_active=False,
        kinds=[Kind.FIRM],
    )
    assert service_in_words(full) == (
        "60 oder 90 Minuten, im Betrieb. Ein Gespräch kann alle 30 Minuten beginnen, gezählt vom Beginn der "
        "Beratungszeit. Frei bleiben 10 Minuten davor und 15 Minuten danach. Buchbar mit mindestens 2 Arbeitstagen "
        "Vorlauf und höchstens 60 Tage im Voraus. Je Beratungsperson höchstens 3 am Tag und 10 in der Woche. Zurzeit "
        "ist das Anliegen nicht buchbar."
    )
    soon = ServiceFactory.build(notice_hours=0, buffer_after=5, cap_per_day=1)
    assert "Frei bleiben 5 Minuten danach. Buchbar ohne Vorlauf und höchstens" in service_in_words(soon)
    assert "Je Beratungsperson höchstens 1 am Tag." in service_in_words(soon)
    assert "mindestens 1 Arbeitstag Vorlauf" in service_in_words(ServiceFactory.build(notice_working_days=1))
