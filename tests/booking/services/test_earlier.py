"""An earlier time: held for one firm after the other in the order of asking, by one mail at a time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from booking.domain.errors import AlreadyCancelled, AppointmentOver, FirmWithoutAddress
from booking.enums import OfferAnswer, OfferReason, Status
from booking.models import Appointment, BookingSettings, EarlierWish, FreedTime, MoveOffer
from booking.services.cancel import cancel_appointment
from booking.services.close_offers import decline_offer, expire_offers
from booking.services.erase import erase_data
from booking.services.move import move_appointment
from booking.services.offer import accept_offer, offer_times
from booking.services.pass_on import pass_on_freed_times
from booking.services.wish import end_wish, wish_earlier
from booking.wording import local
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""Tuesday, 10 o'clock in Berlin."""


def book(advisor, service, *, day=0, hour=0, firm="", **values) -> Appointment:
    values = {"email": f"{firm}@firma.example"} | values if firm else values
    return AppointmentFactory(
        advisor=advisor, service=service, starts_at=TEN + timedelta(days=day, hours=hour), **values
    )


def wish(appointment, *, now=NOW, day_part="", same_advisor=False, **more) -> EarlierWish:
    return wish_earlier(appointment, day_part=day_part, same_advisor=same_advisor, now=now, **more)


@pytest.fixture
def early(advisor, service, rule) -> Appointment:
    """What will be given up."""
    return book(advisor, service)


@pytest.fixture
def first(advisor, service, rule) -> Appointment:
    late = book(advisor, service, day=7, firm="erste")
    wish(late)
    return late


@pytest.fixture
def second(advisor, service, rule) -> Appointment:
    late = book(advisor, service, day=8, firm="zweite")
    wish(late, now=NOW + timedelta(minutes=1))
    return late


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def mails() -> list[tuple[str, str]]:
    earlier = OutgoingMail.objects.filter(kind="firm_earlier").order_by("created_at", "pk")
    return list(earlier.values_list("recipient", "state"))


def held() -> list[tuple[str, datetime]]:
    rows = Appointment.objects.filter(status=Status.HELD).select_related("offer__appointment")
    return [(row.offer.appointment.email, row.starts_at) for row in rows]


def booked(appointment) -> datetime:
    return Appointment.objects.get(pk=appointment.pk).starts_at


def test_a_cancelled_time_is_held_for_whoever_asked_first(early, second, first):
    cancel_appointment(early, now=at(10))
    assert (FreedTime.objects.count(), mails(), held()) == (1, [], [])
    [offer] = pass_on_freed_times(now=at(10))
    assert (offer.appointment, offer.reason, offer.expires_at) == (first, OfferReason.EARLIER, at(130))
    assert held() == [("erste@firma.example", TEN)]
    assert mails() == [("erste@firma.example", "waiting")]


def test_until_it_answers_nobody_else_is_asked(early, first, second):
    cancel_appointment(early, now=at(10))
    pass_on_freed_times(now=at(10))
    assert pass_on_freed_times(now=at(60)) == []
    assert mails() == [("erste@firma.example", "waiting")]


@pytest.mark.parametrize("answer", ["declined", "expired"])
def test_a_no_or_silence_passes_it_on(early, first, second, answer):
    cancel_appointment(early, now=at(10))
    [offer] = pass_on_freed_times(now=at(10))
    if answer == "declined":
        decline_offer(offer, now=at(129))
    else:
        assert expire_offers(now=at(130)) == [offer]
    [later] = pass_on_freed_times(now=at(130))
    assert (later.appointment, held()) == (second, [("zweite@firma.example", TEN)])
    decline_offer(later, now=at(140))
    assert (pass_on_freed_times(now=at(140)), held()) == ([], [])
    assert FreedTime.objects.get().closed_at == at(140)


def test_a_yes_moves_ends_the_wish_and_frees_the_old_time_for_the_next(early, first, second):
    cancel_appointment(early, now=at(10))
    [offer] = pass_on_freed_times(now=at(10))
    former = first.starts_at
    accept_offer(offer, offer.alternatives.get().uid, now=at(20))
    assert (booked(first), EarlierWish.objects.get().appointment) == (TEN, second)
    [later] = pass_on_freed_times(now=at(20))
    assert (later.appointment, held()) == (second, [("zweite@firma.example", former)])


def test_whoever_was_asked_comes_after_whoever_was_not(advisor, service, early, first, second):
    other = book(advisor, service, hour=1)
    cancel_appointment(early, now=at(10))
    [offer] = pass_on_freed_times(now=at(10))
    decline_offer(offer, now=at(11))
    decline_offer(pass_on_freed_times(now=at(11))[0], now=at(12))
    cancel_appointment(other, now=at(13))
    assert [each.appointment for each in pass_on_freed_times(now=at(13))] == [first]


def test_two_free_times_go_to_two_firms(advisor, service, early, first, second):
    other = book(advisor, service, hour=1)
    cancel_appointment(early, now=at(10))
    cancel_appointment(other, now=at(10))
    assert [each.appointment for each in pass_on_freed_times(now=at(10))] == [first, second]


def test_a_moved_appointment_frees_its_time_too_but_not_for_itself(service, early, first):
    wish(early)
    move_appointment(early, starts_at=TEN + timedelta(days=9), sequence=0, now=at(10))
    assert [each.appointment for each in pass_on_freed_times(now=at(10))] == [first]
    decline_offer(MoveOffer.objects.get(), now=at(11))
    assert pass_on_freed_times(now=at(11)) == []


def test_whoever_books_it_first_has_it(advisor, service, early, first):
    cancel_appointment(early, now=at(10))
    book(advisor, service, firm="schneller")
    assert (pass_on_freed_times(now=at(10)), mails(), held()) == ([], [], [])
    assert FreedTime.objects.get().closed_at == at(10)


def test_a_visitor_who_only_reserves_it_is_waited_for(advisor, service, early, first):
    cancel_appointment(early, now=at(10))
    visitor = book(advisor, service, status=Status.HELD, hold_expires_at=at(20), email="")
    assert (pass_on_freed_times(now=at(10)), FreedTime.objects.get().closed_at) == ([], None)
    Appointment.objects.filter(pk=visitor.pk).let_go()
    assert [each.appointment for each in pass_on_freed_times(now=at(20))] == [first]


@pytest.mark.parametrize(
    ("what", "is_asked"),
    [
        ({}, True),
        ({"day_part": "vormittag"}, True),
        ({"day_part": "nachmittag"}, False),
        ({"same_advisor": True}, True),
    ],
)
def test_only_what_was_wished_for_is_offered(early, first, what, is_asked):
    wish(first, **what)
    cancel_appointment(early, now=at(10))
    assert bool(pass_on_freed_times(now=at(10))) is is_asked


def test_another_person_is_offered_only_where_that_is_welcome(service, early, office):
    colleague = AdvisorFactory(office=office)
    AvailabilityRuleFactory(advisor=colleague)
    loyal, open_minded = (book(colleague, service, day=day, firm=name) for day, name in ((7, "treu"), (8, "offen")))
    wish(loyal, same_advisor=True)
    wish(open_minded, now=at(1))
    cancel_appointment(early, now=at(10))
    assert [each.appointment for each in pass_on_freed_times(now=at(10))] == [open_minded]


def test_other_offices_earlier_appointments_and_other_kinds_do_not_fit(advisor, service, early, rule):
    there = AdvisorFactory(office=OfficeFactory(name="Holzminden", slug="holzminden"))
    for one in (
        book(there, service, day=7),
        book(advisor, service, day=-1),
        book(advisor, service, day=7, kind="video"),
        book(advisor, ServiceFactory(slug="lang", name="Lang", duration=120), day=8),
    ):
        wish(one)
    cancel_appointment(early, now=at(10))
    early_enough = [each.appointment.service.slug for each in pass_on_freed_times(now=at(10))]
    assert early_enough == ["lang"]  # two hours from ten to twelve


def test_a_time_too_near_is_not_offered(service, early, first):
    service.notice_hours = 0
    service.save()
    cancel_appointment(early, now=TEN - timedelta(minutes=74))
    assert (pass_on_freed_times(now=TEN - timedelta(minutes=74)), mails()) == ([], [])


def test_no_offer_stands_in_the_way_of_one_for_a_closed_office(early, first, second):
    closing = offer_times(first, reason=OfferReason.CLOSING, until=at(3 * 24 * 60), now=NOW)
    cancel_appointment(early, now=at(10))
    assert [each.appointment for each in pass_on_freed_times(now=at(10))] == [second]
    closing.refresh_from_db()
    assert closing.answer == OfferAnswer.OPEN


def test_a_yes_to_a_closing_leaves_the_wish(first):
    closing = offer_times(first, reason=OfferReason.CLOSING, until=at(3 * 24 * 60), now=NOW)
    accept_offer(closing, closing.alternatives.first().uid, now=at(10))
    assert EarlierWish.objects.get().appointment == first


def test_nothing_is_noted_where_nobody_waits(early):
    cancel_appointment(early, now=at(10))
    assert FreedTime.objects.count() == 0


def test_the_time_to_answer_is_a_setting(early, first):
    settings = BookingSettings.load()
    settings.minutes_for_earlier = 30
    settings.save()
    cancel_appointment(early, now=at(10))
    assert pass_on_freed_times(now=at(10))[0].expires_at == at(40)


def test_asking_again_changes_the_wish_and_keeps_the_turn(first):
    changed = wish(first, now=at(30), day_part="vormittag", same_advisor=True)
    assert EarlierWish.objects.get() == changed
    assert (changed.asked_at, changed.day_part, changed.same_advisor) == (NOW, "vormittag", True)
    assert list(first.events.values_list("type", flat=True)) == ["wished"]


def test_the_wish_ends_when_the_firm_says_so(first, early):
    for _ in range(2):
        end_wish(first, now=at(5))
    assert (EarlierWish.objects.count(), list(first.events.values_list("type", flat=True))) == (
        0,
        ["wished", "unwished"],
    )
    cancel_appointment(early, now=at(10))
    assert FreedTime.objects.count() == 0


def test_the_wish_ends_with_the_appointment_the_data_and_the_day(first, second, early):
    cancel_appointment(first, now=at(10))
    erase_data(second, now=at(11))
    assert EarlierWish.objects.count() == 0
    wish(early, now=at(12))
    pass_on_freed_times(now=TEN + timedelta(days=9))
    assert (EarlierWish.objects.count(), FreedTime.objects.count()) == (0, 0)


def test_who_cannot_wish(advisor, service, rule):
    without = book(advisor, service, email="")
    with pytest.raises(FirmWithoutAddress):
        wish(without)
    with pytest.raises(AppointmentOver):
        wish(without, now=TEN)
    cancel_appointment(without, now=NOW)
    with pytest.raises(AlreadyCancelled):
        wish(without)


def test_the_offered_time_lies_at_the_start_of_the_free_one_or_within(advisor, service, rule):
    """Two hours become free; a shorter service begins with them."""
    AvailabilityRuleFactory(advisor=advisor, start_time=time(13), end_time=time(17))
    long = ServiceFactory(slug="lang", name="Lang", duration=120)
    early, late = book(advisor, long, hour=4), book(advisor, service, day=7, firm="kurz")
    wish(late)
    cancel_appointment(early, now=at(10))
    [offer] = pass_on_freed_times(now=at(10))
    assert [f"{local(each.starts_at):%H:%M}–{local(each.ends_at):%H:%M}" for each in offer.alternatives.all()] == [
        "14:00–15:00"
    ]
