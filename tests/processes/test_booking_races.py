"""F1 to F5, F8: many processes want the same time at the same instant, on the database of this run.

gunicorn with four processes answers, fifty processes ask. Each test also holds its visitors to what every answer must
be: no error of the server, no cookie, a German page.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from booking.domain.clock import BERLIN
from booking.enums import TAKES_TIME, Kind, Status
from booking.links import Purpose, path_to
from booking.models import Appointment, AppointmentEvent, AvailabilityRule, Service
from booking.models.constraints import NoOverlapConstraint
from booking.selectors import free_times
from booking.services.guard import lock_advisors
from booking.services.request import end_run_out
from foundation.models import OutgoingMail
from offices.models import Advisor, Office
from tests.conftest import link_static
from tests.databases import url_of_test_database
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory
from tests.processes.visitors import (
    ANSWERS,
    free_starts,
    heading,
    kept,
    let_one_address_book_all,
    offered,
    reserving,
    taken,
    visitors,
    whole_way,
)
from tests.rivals import AT_THE_GATE, PATIENCE, Answer, Errand, Step, send_rivals
from tests.servers import RunningProcess, RunningSite, wait_until

ROUNDS = 10
"""As F1 demands. The whole way goes one after the other; of the shorter races the ten start at the same signal, a few
rivals each, and each is looked at alone."""

RIVALS = 50
OWN_CLICKS, OTHERS = 3, 4
"""On one reservation in its last second."""
HURRIED = 8
"""Visitors of each office whose editor changes something."""
GONE = "Diese Zeit ist gerade vergeben worden"

Race = Callable[..., list[list[Answer]]]


@pytest.fixture(scope="module")
def servers(
    django_db_setup: None, collected_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """They keep nothing that the emptying of the database between the races would spoil."""
    var_dir = tmp_path_factory.mktemp("races")
    (var_dir / "media").mkdir()
    link_static(var_dir, collected_static)
    site = RunningSite(var_dir, url_of_test_database(), {"TRUSTED_PROXIES": "1"})
    yield site
    site.stop()


@pytest.fixture(scope="module")
def web(servers: RunningSite) -> RunningProcess:
    """One server for all races."""
    return servers.start_web(workers=4)


@pytest.fixture
def race(transactional_db: None, web: RunningProcess) -> Race:
    """Sends visitors at once and gives their answers, after a look at what no answer may ever be."""

    def start(*ways: list[Step], one_network: bool = False, gates: Sequence[str] = ()) -> list[list[Answer]]:
        errands = [Errand(steps) for steps in ways] if one_network else visitors(*ways)
        if gates:
            errands = [replace(errand, gate=gate) for errand, gate in zip(errands, gates, strict=True)]
        began, read = time.monotonic(), len(web.log())
        found = send_rivals(web.url, errands)
        everything = [answer for answers in found for answer in answers]
        report(
            f"{connection.vendor}: {len(found)} visitors, {len(everything)} answers in "
            f"{time.monotonic() - began:.1f} s, slowest {max(answer.seconds for answer in everything):.2f} s: "
            f"{dict(Counter(answers[-1].status for answers in found))}"
        )
        assert not [answer for answer in everything if answer.status not in {200, 302, 409, 410, 429}]
        assert not [answer for answer in everything if "set-cookie" in answer.headers]
        assert all('<html lang="de"' in answer.body for answer in everything if answer.status != 302)
        assert web.log()[read:] == ""
        return found

    return start


@pytest.fixture
def office(race: Race) -> Office:
    let_one_address_book_all()
    return OfficeFactory(name="MehrWert-Büro Hameln", slug="hameln")


@pytest.fixture
def service(race: Race) -> Service:
    return ServiceFactory()


@pytest.fixture
def advisor(office: Office, service: Service) -> Advisor:
    return working(office)


def working(office: Office, **values: object) -> Advisor:
    person = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=person, **values)
    return person


def report(line: str) -> None:
    """What was measured; `pytest -rP` shows it."""
    sys.stdout.write(line + "\n")


def last_statuses(found: list[list[Answer]]) -> Counter[int]:
    return Counter(answers[-1].status for answers in found)


def in_rounds(race: Race, ways: Sequence[list[Step]], *, rivals: int) -> list[list[list[Answer]]]:
    """All ways at the same signal, each by so many rivals; the answers of each way."""
    found = race(*(way for way in ways for _ in range(rivals)))
    return [found[number * rivals : (number + 1) * rivals] for number in range(len(ways))]


def test_a_cap_holds_against_rivals_for_different_times_of_one_day(race, office, advisor, service):
    """Nothing overlaps here: only the count after the lock can refuse the others. Ten days at the same signal."""
    Service.objects.update(cap_per_day=2)
    hours = [start for start in free_starts(service, office) if start.minute == 0][: ROUNDS * 3]
    days = [hours[number : number + 3] for number in range(0, len(hours), 3)]
    assert [len({start.date() for start in day}) for day in days] == [1] * ROUNDS
    ways = [[reserving(office, wanted)] for day in days for wanted in day]
    rounds = in_rounds(race, ways, rivals=2)
    found = [[answers for rivals in rounds[number : number + 3] for answers in rivals] for number in range(0, 30, 3)]
    assert [last_statuses(day) for day in found] == [{302: 2, 409: 4}] * ROUNDS
    assert {status for status, _ in taken(advisor=advisor)} == {Status.HELD}
    assert Counter(wanted.date() for _, wanted in taken()) == dict.fromkeys([day[0].date() for day in days], 2)


def assert_friendly(refusal: Answer, starts_at: object, *, title: str = GONE) -> None:
    """Says what happened, offers the nearest three other times, and keeps every answer."""
    assert (refusal.status, heading(refusal)) == (409, title)
    assert len(offered(refusal)) == 3
    assert starts_at not in offered(refusal)
    assert kept(refusal).items() >= {name: value for name, value in ANSWERS.items() if value}.items()


@contextmanager
def no_constraint() -> Iterator[None]:
    """The database without its guard; it comes back when all appointments are gone."""
    guard = next(found for found in Appointment._meta.constraints if isinstance(found, NoOverlapConstraint))
    with connection.schema_editor() as editor:
        statement = guard.remove_sql(Appointment, editor)
        if statement is not None:
            editor.execute(statement)
    try:
        yield
    finally:
        AppointmentEvent.objects.all().delete()
        Appointment.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.execute(guard.create_sql(Appointment, editor))


# --- F1: the same time ------------------------------------------------------------------------------------------


def test_fifty_processes_go_the_whole_way_and_one_is_booked(race, office, service, advisor):
    """F1, F7: reserve, form, confirmation, without a cookie; who does not get to reserve it is offered three others."""
    starts = free_starts(service, office)
    for number, wanted in enumerate(starts[: ROUNDS * 6 : 6]):
        found = race(*(whole_way(reserving(office, wanted, typed=ANSWERS)) for _ in range(RIVALS)))
        assert last_statuses(found) == {200: 1, 409: RIVALS - 1}
        (won,) = (answers for answers in found if answers[-1].status == 200)
        assert [answer.status for answer in won] == [302, 200, 302, 200]
        booked = Appointment.objects.get(starts_at=wanted)
        assert booked.reference in won[-1].body
        assert {name: getattr(booked, name) for name in ANSWERS} == ANSWERS
        for answers in found:
            if answers is not won:
                assert_friendly(answers[-1], wanted)
        assert taken(starts_at=wanted) == [(Status.BOOKED, wanted)]
        assert AppointmentEvent.objects.count() == Appointment.objects.count() == number + 1
        assert OutgoingMail.objects.filter(thread__contains=str(booked.uid)).count() == 2
    assert Appointment.objects.count() == ROUNDS


def test_three_advisors_have_three_winners(race, office, service):
    """F1 with a pool: every rival tries whoever is left before he is refused."""
    pool = {working(office).pk for _ in range(3)}
    first, *others = free_starts(service, office)[: (ROUNDS + 1) * 6 : 6]
    found = race(*([reserving(office, first, typed=ANSWERS)] for _ in range(RIVALS)))
    assert last_statuses(found) == {302: 3, 409: RIVALS - 3}
    rounds = in_rounds(race, [[reserving(office, wanted)] for wanted in others], rivals=6)
    assert [last_statuses(found) for found in rounds] == [{302: 3, 409: 3}] * ROUNDS
    for wanted in (first, *others):
        assert set(Appointment.objects.filter(starts_at=wanted).values_list("advisor", flat=True)) == pool
        assert len(taken(starts_at=wanted)) == 3


def test_two_hundred_visitors_on_two_hundred_times_are_all_booked(race, office):
    """F1 the other way round: nobody is refused what is there. Four advisors, fifty starts, four visitors each."""
    service = ServiceFactory(duration=30)
    for _ in range(4):
        working(office)
    wishes = [wanted for wanted in free_starts(service, office)[:50] for _ in range(4)]
    random.Random(7).shuffle(wishes)
    found = race(*([reserving(office, wanted), Step("POST", data=ANSWERS)] for wanted in wishes))
    assert [[answer.status for answer in answers] for answers in found] == [[302, 302]] * 200
    assert taken() == sorted((Status.BOOKED, wanted) for wanted in wishes)
    assert (AppointmentEvent.objects.count(), OutgoingMail.objects.count()) == (200, 400)


def test_without_constraint_and_check_under_the_lock_the_race_is_lost(race, servers, office, service, advisor):
    """The tests above bite: the checks before the writing alone let several win."""
    wanted = free_starts(service, office)[0]
    unguarded = servers.start_web(workers=4, DJANGO_SETTINGS_MODULE="tests.processes.unguarded_settings")
    with no_constraint():
        winners = 0
        for _ in range(5):
            Appointment.objects.all().delete()
            found = send_rivals(unguarded.url, visitors(*([reserving(office, wanted)] for _ in range(RIVALS))))
            winners = last_statuses(found)[302]
            if winners > 1:
                break
    unguarded.stop()
    report(f"{connection.vendor}: {winners} winners without the constraint")
    assert winners > 1
    found = race(*([reserving(office, wanted)] for _ in range(RIVALS)))
    assert last_statuses(found) == {302: 1, 409: RIVALS - 1}


def test_one_network_reserves_no_more_than_it_may_however_fast_it_asks(race, office, service, advisor):
    starts = free_starts(service, office)[::2][:40]
    found = race(*([reserving(office, wanted)] for wanted in starts), one_network=True)
    assert last_statuses(found) == {302: 12, 429: 28}
    assert len(taken()) == 12


# --- F2: overlapping times --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["half an hour apart", "in two offices", "within the buffer"])
def test_overlapping_times_of_one_advisor_have_one_winner(race, office, service, advisor, case):
    """F2."""
    elsewhere, gap = office, timedelta(minutes=30)
    if case == "in two offices":
        elsewhere = OfficeFactory(slug="rinteln")
        AvailabilityRuleFactory(advisor=advisor, office=elsewhere)
    if case == "within the buffer":
        Service.objects.update(buffer_after=15, buffer_before=15)
        service.refresh_from_db()
        gap = timedelta(minutes=60)
    mornings = free_starts(service, office)[: (ROUNDS + 1) * 5]
    first, *others = sorted({start.date(): start for start in reversed(mornings)}.values())
    found = race(*([reserving(*wish, typed=ANSWERS)] for wish in [(office, first), (elsewhere, first + gap)] * 25))
    assert last_statuses(found) == {302: 1, 409: RIVALS - 1}
    for number, (answer,) in enumerate(found):
        if answer.status == 409:
            assert_friendly(answer, first + gap * (number % 2))
    ways = [[reserving(*wish)] for start in others for wish in [(office, start), (elsewhere, start + gap)]]
    rounds = in_rounds(race, ways, rivals=3)
    both = [earlier + later for earlier, later in zip(rounds[::2], rounds[1::2], strict=True)]
    assert [last_statuses(found) for found in both] == [{302: 1, 409: 5}] * ROUNDS
    assert len(taken(advisor=advisor)) == ROUNDS + 1


# --- F3: the rules change ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("edit", ["rule deleted", "rule moved", "office closed", "advisor leaves"])
def test_times_that_an_editor_takes_away_are_booked_before_or_not_at_all(race, office, service, edit, tmp_path):
    """F3: whoever was in time has the time; from the change on the rules hold. Ten offices at the same signal.

    Half of the visitors of an office come at once. When the first of them have their time, the editor keeps the others
    waiting at the lock with what they have read, changes the rules under them, and lets the second half in once that is
    done.
    """
    offices = [office, *(OfficeFactory(slug=f"ort-{number}") for number in range(ROUNDS - 1))]
    people = [working(each) for each in offices]
    starts = free_starts(service, office)[::2][:HURRIED]
    half, opened = HURRIED // 2, tmp_path / "changed"

    def change() -> None:
        wait_until(lambda: Appointment.objects.count() >= ROUNDS, PATIENCE, "the first reservations")
        with transaction.atomic():
            lock_advisors(*(person.pk for person in people))
            time.sleep(0.3)
            take_away(edit, offices, starts)
        connection.close()
        opened.touch()

    editor = threading.Thread(target=change)
    editor.start()
    ways = [whole_way(reserving(each, wanted, typed=ANSWERS)) for each in offices for wanted in starts]
    found = race(*ways, gates=([""] * half + [str(opened)] * half) * ROUNDS)
    editor.join()
    won = 0
    for number, person in enumerate(people):
        mine = found[number * HURRIED : (number + 1) * HURRIED]
        booked = [wanted for wanted, answers in zip(starts, mine, strict=True) if answers[-1].status == 200]
        assert taken(advisor=person) == [(Status.BOOKED, wanted) for wanted in booked]
        assert set(booked) <= set(starts[:half])
        won += len(booked)
    report(f"{connection.vendor}, {edit}: {won} of the first {half * ROUNDS} were in time")
    assert won >= ROUNDS
    refused = [answers[-1] for answers in found if answers[-1].status != 200]
    assert {(answer.status, heading(answer)) for answer in refused} == {(409, "Diese Zeit bieten wir nicht an")}
    assert all(kept(answer)["organization"] == ANSWERS["organization"] for answer in refused)


def take_away(edit: str, offices: Sequence[Office], starts: Sequence[datetime]) -> None:
    match edit:
        case "rule deleted":
            AvailabilityRule.objects.all().delete()
        case "rule moved":
            AvailabilityRule.objects.update(start_time="14:00", end_time="17:00")
        case "office closed":
            for office in offices:
                ClosureFactory(office=office, first_day=starts[0].date(), last_day=starts[-1].date())
        case "advisor leaves":
            Advisor.objects.update(is_active=False)


# --- F4: reservations run out -----------------------------------------------------------------------------------


def test_reservation_that_ran_out_is_neither_booked_nor_in_the_way(race, office, service, advisor):
    """F4, without a worker: forty want the time, ten tabs of its former holder try to book it."""
    wanted = free_starts(service, office)[0]
    ((held,),) = race([reserving(office, wanted)])
    Appointment.objects.update(hold_expires_at=timezone.now())
    late = [Step("POST", held.location, ANSWERS)]
    found = race(*([late] * 10), *([reserving(office, wanted, typed=ANSWERS)] for _ in range(40)))
    assert last_statuses(found[:10]) == {409: 10}
    assert {heading(answer) for (answer,) in found[:10]} == {"Die Reservierung ist abgelaufen"}
    assert all(kept(answer)["organization"] == ANSWERS["organization"] for (answer,) in found[:10])
    assert last_statuses(found[10:]) == {302: 1, 409: 39}
    assert taken() == [(Status.HELD, wanted)]
    assert not OutgoingMail.objects.exists()


def test_last_second_of_a_reservation_has_one_outcome(race, office, service, advisor, tmp_path):
    """F4: confirmed in the instant in which it runs out and others reach for it: never booked and theirs."""
    starts = free_starts(service, office)[: ROUNDS * 6 : 6]
    held = race(*([reserving(office, wanted)] for wanted in starts))
    outcomes = Counter()
    confirming = [Step("POST", answer.location, ANSWERS) for (answer,) in held]
    for wanted, clicks in last_seconds(race, office, starts, confirming, tmp_path, apart=30):
        outcomes[one_outcome(wanted, clicks)] += 1
    assert OutgoingMail.objects.count() == 2 * outcomes[Status.BOOKED]
    report(f"{connection.vendor}: {dict(outcomes)}")


def last_seconds(
    race: Race, office: Office, starts: Sequence[datetime], confirming: Sequence[Step], folder: Path, *, apart: int
) -> Iterator[tuple[datetime, Counter[int]]]:
    """What those hear who confirm at the very end of each reservation, while others reach for its time."""
    gates = [folder / f"gate-{number}" for number in range(ROUNDS)]
    clock = threading.Thread(target=run_out_one_after_the_other, args=(gates, apart))
    clock.start()
    ways = [
        [way]
        for step, wanted in zip(confirming, starts, strict=True)
        for way in (*[step] * OWN_CLICKS, *[reserving(office, wanted)] * OTHERS)
    ]
    each = OWN_CLICKS + OTHERS
    found = race(*ways, gates=[str(gate) for gate in gates for _ in range(each)])
    clock.join()
    for number, wanted in enumerate(starts):
        yield wanted, last_statuses(found[number * each : number * each + OWN_CLICKS])


def one_outcome(wanted: datetime, clicks: Counter[int]) -> str:
    """Booked, held by another, or nobody's: the others can have asked too early and the firm too late."""
    statuses = [status for status, _ in taken(starts_at=wanted)]
    assert len(statuses) <= 1
    assert (statuses == [Status.BOOKED]) == bool(clicks[302])
    return statuses[0] if statuses else "free"


def run_out_one_after_the_other(gates: Sequence[Path], apart: int) -> None:
    """Lets the visitors of each reservation in when it is about to end, of each next one so many ms earlier."""
    reservations = list(Appointment.objects.order_by("starts_at").values_list("pk", flat=True))
    wait_until(lambda: all(Path(f"{gate}{AT_THE_GATE}").exists() for gate in gates), PATIENCE, "the visitors")
    for number, (reservation, gate) in enumerate(zip(reservations, gates, strict=True)):
        ends = timezone.now() + timedelta(milliseconds=apart * number)
        Appointment.objects.filter(pk=reservation).update(hold_expires_at=ends)
        gate.touch()
        time.sleep(0.1)
    connection.close()


# --- F4, F5: an address is confirmed ----------------------------------------------------------------------------


def asked_for(race: Race, office: Office, *starts: datetime) -> list[str]:
    """The links in the mails of firms that have sent the form of a service whose bookings are confirmed first."""
    Service.objects.update(confirm_email_first=True)
    found = race(*(whole_way(reserving(office, wanted)) for wanted in starts))
    assert {heading(answers[-1]) for answers in found} == {"Noch nicht gebucht"}
    return [path_to(asked, Purpose.VERIFY) for asked in Appointment.objects.order_by("starts_at")]


def mails() -> Counter[str]:
    return Counter(OutgoingMail.objects.values_list("kind", flat=True))


def test_clicks_on_the_link_of_a_mail_book_once(race, office, service, advisor):
    """F5: a double click and more, by as many processes; ten links at the same signal."""
    starts = free_starts(service, office)[: ROUNDS * 6 : 6]
    links = asked_for(race, office, *starts)
    for found in in_rounds(race, [[Step("POST", link, {}), Step("GET")] for link in links], rivals=6):
        assert last_statuses(found) == {200: 6}
        assert len({answers[0].location for answers in found}) == 1
        assert {heading(answers[1]) for answers in found} == {"Ihr Termin ist gebucht"}
    assert taken() == [(Status.BOOKED, wanted) for wanted in starts]
    assert AppointmentEvent.objects.filter(type="booked").count() == ROUNDS
    assert mails() == dict.fromkeys(["firm_verify", "firm_booked", "advisor_booked"], ROUNDS)


def test_last_second_of_a_request_has_one_outcome(race, office, service, advisor, tmp_path):
    """F4: confirmed while its time runs out, the worker ends it and others reach for it: never booked and theirs."""
    starts = free_starts(service, office)[: ROUNDS * 6 : 6]
    confirming = [Step("POST", link, {}) for link in asked_for(race, office, *starts)]
    is_over = threading.Event()
    worker = threading.Thread(target=sweep, args=(is_over,))
    worker.start()
    found = list(last_seconds(race, office, starts, confirming, tmp_path, apart=150))
    is_over.set()
    worker.join()
    outcomes = Counter()
    for wanted, clicks in found:
        assert clicks.keys() <= {302, 410}
        outcomes[one_outcome(wanted, clicks)] += 1
    booked = outcomes[Status.BOOKED]
    sent = {"firm_verify": ROUNDS, "firm_booked": booked, "advisor_booked": booked}
    assert mails() == {kind: number for kind, number in sent.items() if number}
    report(f"{connection.vendor}: {dict(outcomes)}")


def sweep(is_over: threading.Event) -> None:
    """The worker's job, over and over."""
    while not is_over.is_set():
        end_run_out(now=timezone.now())
    connection.close()


# --- F5: the same visitor more than once ------------------------------------------------------------------------


def test_twenty_clicks_on_one_time_make_one_reservation(race, office, service, advisor):
    """F5: whichever answer the browser follows, it leads to the same form, and the form is good."""
    assert_one_reservation_each(race, office, service)


def assert_one_reservation_each(race: Race, office: Office, service: Service) -> None:
    """Twenty clicks on one time, then ten visitors who click four times each, all at once."""
    first, *others = free_starts(service, office)[: (ROUNDS + 1) * 6 : 6]
    ((*clicks,),) = in_rounds(race, [[reserving(office, first, visit="one-visit"), Step("GET")]], rivals=20)
    ways = [[reserving(office, wanted, visit=f"visit-{wanted:%j}"), Step("GET")] for wanted in others]
    for found in (clicks, *in_rounds(race, ways, rivals=4)):
        assert last_statuses(found) == {200: len(found)}
        assert len({answers[0].location for answers in found}) == 1
    assert taken() == [(Status.HELD, wanted) for wanted in (first, *others)]
    assert Appointment.objects.count() == ROUNDS + 1


def test_twenty_clicks_with_three_advisors_make_one_reservation(race, office, service):
    for _ in range(3):
        working(office)
    assert_one_reservation_each(race, office, service)


def test_form_sent_again_and_again_books_once(race, office, service, advisor):
    """F5: double clicks, tabs and repeats all end at the one appointment; twenty of one firm, then of ten."""
    first, *others = free_starts(service, office)[: (ROUNDS + 1) * 6 : 6]
    ((held,),) = race([reserving(office, first)])
    found = race(*([Step("POST", held.location, ANSWERS), Step("GET")] for _ in range(20)))
    again = race([Step("POST", held.location, ANSWERS | {"organization": "Andere GmbH"}), Step("GET")])
    assert again[0][1].body == found[0][1].body
    reserved = race(*([reserving(office, wanted)] for wanted in others))
    ways = [[Step("POST", each.location, ANSWERS), Step("GET")] for (each,) in reserved]
    for wanted, sent in zip([first, *others], [found, *in_rounds(race, ways, rivals=4)], strict=True):
        assert {tuple(answer.status for answer in answers) for answers in sent} == {(302, 200)}
        assert len({answers[0].location for answers in sent}) == 1
        booked = Appointment.objects.get(starts_at=wanted)
        assert all(booked.reference in answers[1].body for answers in sent)
        assert booked.organization == ANSWERS["organization"]
    assert taken() == [(Status.BOOKED, wanted) for wanted in (first, *others)]
    assert (AppointmentEvent.objects.count(), OutgoingMail.objects.count()) == (ROUNDS + 1, 2 * (ROUNDS + 1))


# --- F8: moves --------------------------------------------------------------------------------------------------


def moving(appointment: Appointment, wanted: object) -> Step:
    return Step("POST", path_to(appointment, Purpose.MOVE), {"zeit": wanted.isoformat(), "stand": "0"})


def booked_at(advisor: Advisor, starts_at: object) -> Appointment:
    return AppointmentFactory(advisor=advisor, starts_at=starts_at)


def test_move_link_used_in_many_windows_moves_once(race, office, service, advisor):
    """F8: ten windows of one firm, four of nine others, each with a new time; the old ones are free afterwards."""
    hours = [start for start in free_starts(service, office) if start.minute == 0]
    olds, news = hours[:ROUNDS], iter(hours[ROUNDS:])
    windows = [[next(news) for _ in range(4 if number else 10)] for number in range(ROUNDS)]
    appointments = [booked_at(advisor, old) for old in olds]
    moves = [(each, wanted) for each, times in zip(appointments, windows, strict=True) for wanted in times]
    found = iter(race(*([moving(each, wanted)] for each, wanted in moves)))
    for appointment, times in zip(appointments, windows, strict=True):
        statuses = [next(found)[0].status for _ in times]
        assert Counter(statuses) == {302: 1, 409: len(times) - 1}
        won = times[statuses.index(302)]
        appointment.refresh_from_db()
        assert (appointment.starts_at, appointment.block_start, appointment.sequence) == (won, won, 1)
    assert {each.starts_at for each in appointments} == {wanted for _, wanted in taken()}
    assert list(AppointmentEvent.objects.values_list("type", flat=True)) == ["moved"] * ROUNDS
    assert mails() == {"advisor_moved": ROUNDS, "firm_moved": ROUNDS}
    freed = race(*([reserving(office, old)] for old in olds))
    assert last_statuses(freed) == {302: ROUNDS}


def test_double_click_on_a_new_time_leads_to_the_moved_appointment(race, office, service, advisor):
    """F5, F8: the second click finds what the first has done and is no refusal; ten firms at the same signal."""
    starts = free_starts(service, office)[::6]
    pairs = list(zip(starts[:ROUNDS], starts[ROUNDS : 2 * ROUNDS], strict=True))
    ways = [[moving(booked_at(advisor, old), new), Step("GET")] for old, new in pairs]
    for found in in_rounds(race, ways, rivals=4):
        assert {tuple(answer.status for answer in answers) for answers in found} == {(302, 200)}
    assert taken() == [(Status.BOOKED, new) for _, new in pairs]
    assert (AppointmentEvent.objects.count(), OutgoingMail.objects.count()) == (ROUNDS, 2 * ROUNDS)


def test_move_and_reservation_of_one_time_have_one_winner(race, office, service, advisor):
    """F8: the appointment has its old time or the new one, never neither; the new one has one owner."""
    starts = free_starts(service, office)[::6]
    pairs = list(zip(starts[:ROUNDS], starts[ROUNDS : 2 * ROUNDS], strict=True))
    ways = [
        [way] for old, new in pairs for way in (moving(booked_at(advisor, old), new), *[reserving(office, new)] * 4)
    ]
    found = race(*ways)
    expected, moves = [], 0
    for number, (old, new) in enumerate(pairs):
        answers = found[number * 5 : number * 5 + 5]
        assert last_statuses(answers) == {302: 1, 409: 4}
        moved = answers[0][0].status == 302
        moves += moved
        expected += [(Status.BOOKED, new)] if moved else [(Status.BOOKED, old), (Status.HELD, new)]
    assert taken() == sorted(expected, key=lambda each: each[1])
    report(f"{connection.vendor}: moved {moves} times, refused {ROUNDS - moves} times")


def test_appointments_that_move_to_one_time_have_one_winner(race, office, service, advisor):
    """Ten times at the same signal, each wanted by five firms."""
    hours = [start for start in free_starts(service, office) if start.minute == 0]
    wanted, olds = hours[:ROUNDS], hours[ROUNDS : 6 * ROUNDS]
    appointments = [booked_at(advisor, old) for old in olds]
    found = race(*([moving(each, wanted[number % ROUNDS])] for number, each in enumerate(appointments)))
    assert [last_statuses(found[number::ROUNDS]) for number in range(ROUNDS)] == [{302: 1, 409: 4}] * ROUNDS
    stayed = [old for old, answers in zip(olds, found, strict=True) if answers[0].status == 409]
    assert taken() == [(Status.BOOKED, at) for at in [*wanted, *stayed]]
    assert OutgoingMail.objects.count() == 2 * ROUNDS


def test_moves_between_two_advisors_do_not_block_each_other(race, office, service):
    """Twenty moves that need both advisors, in both directions: all end, and no time is given twice."""
    people = [working(office), working(office)]
    starts = free_starts(service, office)[::6]
    for person in people:
        for wanted in starts[:5]:
            booked_at(person, wanted)
    appointments = list(Appointment.objects.order_by("pk"))
    found = race(*([moving(appointment, starts[5 + number % 3])] for number, appointment in enumerate(appointments)))
    assert last_statuses(found) == {302: 6, 409: 4}
    assert Counter(wanted for _, wanted in taken() if wanted in starts[5:8]) == dict.fromkeys(starts[5:8], 2)
    assert len(taken()) == 10


def test_cancelling_and_moving_at_once_end_in_a_cancelled_appointment(race, office, service, advisor):
    """F8: in either order the cancellation stands, and its mail is the last one."""
    starts = free_starts(service, office)[::6]
    appointments = [booked_at(advisor, wanted) for wanted in starts[:ROUNDS]]
    ways = []
    for appointment, wanted in zip(appointments, starts[ROUNDS : 2 * ROUNDS], strict=True):
        cancelling = Step("POST", path_to(appointment, Purpose.CANCEL), {"grund": ""})
        ways += [[cancelling], [moving(appointment, wanted)]] * 2
    found = race(*ways)
    assert last_statuses(found[::2]).keys() <= {200, 302}
    assert taken() == []
    orders = Counter()
    for appointment in appointments:
        appointment.refresh_from_db()
        assert appointment.status == Status.CANCELLED
        firm = OutgoingMail.objects.filter(thread=f"firm:{appointment.uid}").order_by("position")
        kinds = list(firm.values_list("kind", flat=True))
        assert kinds in (["firm_cancelled"], ["firm_moved", "firm_cancelled"])
        assert appointment.sequence == len(kinds)
        orders[len(kinds)] += 1
    report(f"{connection.vendor}: cancelled first {orders[1]} times, moved first {orders[2]} times")


def test_f2_two_visits_without_the_way_between_have_one_winner(race: Race, office: Office, service: Service) -> None:
    """Each fits alone, and their consultations do not touch; the way from one firm to the other takes 35 minutes.

    Ten days at the same signal, with three firms at either end.
    """
    working(office, kinds=[Kind.FIRM])
    near, far = "31860", "37603"
    in_two_days = timezone.localdate() + timedelta(days=2)
    slots = free_times(service, now=timezone.now(), offices=[office], postcode=near, first=in_two_days)
    mornings: dict[date, datetime] = {}
    for slot in slots:
        start = BERLIN.moment(slot.start)
        mornings.setdefault(timezone.localdate(start), start)
    ways = [
        whole_way(
            reserving(office, start, typed={"art": "firm", "plz": postcode}),
            ANSWERS | {"street": "Musterweg 1", "postcode": postcode},
        )
        for nine in list(mornings.values())[:ROUNDS]
        for start, postcode in ((nine, far), (nine + timedelta(hours=1), near))
    ]
    rounds = in_rounds(race, ways, rivals=3)
    both = [earlier + later for earlier, later in zip(rounds[::2], rounds[1::2], strict=True)]
    assert [last_statuses(found) for found in both] == [{200: 1, 409: 5}] * ROUNDS
    booked = list(Appointment.objects.filter(status__in=TAKES_TIME))
    assert {each.status for each in booked} == {Status.BOOKED}
    assert [each.travel_before for each in booked] == [50 if each.postcode == far else 15 for each in booked]
    assert [each.travel_after for each in booked] == [each.travel_before for each in booked]
    assert len({timezone.localdate(each.starts_at) for each in booked}) == len(booked) == ROUNDS
