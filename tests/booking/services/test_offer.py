"""Offered times: held by the database, one answer, and nothing held once it is given, run out or overtaken."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from booking.domain.errors import (
    AlreadyCancelled,
    AppointmentOver,
    FirmWithoutAddress,
    NothingToOffer,
    OfferClosed,
    SlotNotOffered,
)
from booking.enums import Kind, OfferAnswer, OfferReason, Status
from booking.models import Appointment, Closure, MoveOffer
from booking.replacements import replacements
from booking.selectors import free_times
from booking.services.cancel import cancel_appointment
from booking.services.close_offers import decline_offer, expire_offers, withdraw_offer
from booking.services.erase import erase_data
from booking.services.move import move_appointment
from booking.services.offer import accept_offer, offer_times
from booking.services.retention import apply_retention
from booking.wording import local
from foundation.models import OutgoingMail
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import AdvisorFactory, OfficeFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
TEN = datetime(2026, 12, 1, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=3)


@pytest.fixture
def closure(office, rule) -> Closure:
    return ClosureFactory(office=office, first_day=TEN.date())


@pytest.fixture
def booked(advisor, service, rule) -> Appointment:
    return AppointmentFactory(advisor=advisor, service=service, starts_at=TEN, phone="05151 4711")


@pytest.fixture
def offer(booked, closure) -> MoveOffer:
    return ask(booked, closure)


def ask(appointment, closure=None, *, now=NOW, until=UNTIL, reason=OfferReason.CLOSING, **more) -> MoveOffer:
    return offer_times(appointment, reason=reason, until=until, now=now, closure=closure, **more)


def held(offer: MoveOffer) -> list[Appointment]:
    return list(offer.alternatives.filter(status=Status.HELD))


def labels(times) -> list[tuple[str, str, str]]:
    return [(f"{local(each.starts_at):%d.%m. %H:%M}", each.kind, each.office.slug) for each in times]


def events() -> list[str]:
    return list(
        Appointment.objects.get(status__in=[Status.BOOKED, Status.CANCELLED]).events.values_list("type", flat=True)
    )


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("created_at", "position").values_list("kind", "state"))


def answer_of(offer: MoveOffer) -> tuple[str, datetime | None]:
    offer.refresh_from_db()
    return offer.answer, offer.answered_at


def test_the_same_time_of_day_on_the_nearest_days_is_held_outside_the_closed_day(offer, service, office):
    assert labels(held(offer)) == [
        ("30.11. 10:00", "office", "hameln"),
        ("02.12. 10:00", "office", "hameln"),
        ("03.12. 10:00", "office", "hameln"),
    ]
    assert {(each.hold_expires_at, each.hold_network, each.organization, each.email) for each in held(offer)} == {
        (UNTIL, "", "", "")
    }
    assert (offer.answer, offer.sent_at, offer.expires_at, offer.reason) == ("open", NOW, UNTIL, "closing")
    assert (mails(), events()) == ([("firm_offer", "waiting")], ["offered"])
    free = {slot.start for slot in free_times(service, now=NOW, offices=[office])}
    assert not free & {int(each.starts_at.timestamp()) // 60 for each in held(offer)}


def test_asking_again_gives_the_same_offer_and_sends_nothing(booked, closure, offer):
    assert ask(booked, closure, now=NOW + timedelta(minutes=1)) == offer
    assert (MoveOffer.objects.count(), len(mails()), len(held(offer))) == (1, 1, 3)


def test_an_offer_for_a_closing_takes_an_earlier_time_back(booked, closure):
    offer = ask(booked, reason=OfferReason.EARLIER)
    later = ask(booked, closure, now=NOW + timedelta(minutes=1))
    assert (answer_of(offer), held(offer)) == (("withdrawn", NOW + timedelta(minutes=1)), [])
    assert len(held(later)) == 3


def test_an_earlier_time_never_takes_back_what_was_offered_for_a_closing(booked, offer):
    with pytest.raises(NothingToOffer):
        ask(booked, reason=OfferReason.EARLIER, now=NOW + timedelta(minutes=1))
    assert (offer.answer, len(held(offer)), len(mails())) == ("open", 3, 1)


def test_two_firms_never_get_the_same_time(advisor, service, closure, booked):
    other = AppointmentFactory(advisor=advisor, service=service, starts_at=TEN + timedelta(hours=1))
    times = [*held(ask(booked, closure)), *held(ask(other, closure))]
    assert len(times) == 6
    assert len({each.starts_at for each in times}) == 6


def test_phone_video_and_neighbours_fill_up_what_the_office_lacks(booked, office, service):
    near = OfficeFactory(name="Holzminden", slug="holzminden", latitude=51.83, longitude=9.45)
    AvailabilityRuleFactory(
        advisor=AdvisorFactory(office=near), kinds=[Kind.OFFICE], start_time=time(10), end_time=time(11)
    )
    ClosureFactory(office=office, first_day=TEN.date())
    AvailabilityRuleFactory(
        advisor=AdvisorFactory(office=office, slug="video"), kinds=[Kind.VIDEO], start_time=time(10), end_time=time(11)
    )
    service.cap_per_day = None
    advisor = booked.advisor
    advisor.availability_rules.update(kinds=[Kind.OFFICE], valid_until=datetime(2026, 12, 2).date())
    times = replacements(booked, now=NOW, until=UNTIL + timedelta(days=3))
    found = [(f"{local_day(each)}", each.kind, each.slot.office == office.pk) for each in times]
    assert found[:2] == [("30.11.", "office", True), ("02.12.", "office", True)]
    assert [each for each in found if each[1] == "video"][:2] == [("30.11.", "video", True), ("02.12.", "video", True)]
    kinds = [each[1:] for each in found]
    assert kinds.index(("video", True)) < kinds.index(("office", False))


def test_a_kind_that_the_service_does_not_have_is_never_offered(booked, rule, service):
    service.kinds = [Kind.OFFICE]
    service.save()
    rule.kinds = [Kind.OFFICE, Kind.PHONE, Kind.VIDEO]
    rule.save()
    booked.refresh_from_db()
    assert {each.kind for each in replacements(booked, now=NOW, until=UNTIL)} == {Kind.OFFICE}


def local_day(each) -> str:
    return f"{datetime.fromtimestamp(each.slot.start * 60, UTC):%d.%m.}"


@pytest.mark.parametrize("number", [1, 3])
def test_looking_for_times_takes_as_many_queries_for_three_offices_as_for_one(
    booked, closure, django_assert_num_queries, number
):
    for each in range(number - 1):
        AvailabilityRuleFactory(advisor=AdvisorFactory(office=OfficeFactory(slug=f"o{each}"), slug=f"a{each}"))
    with django_assert_num_queries(6):
        replacements(booked, now=NOW, until=UNTIL)


def test_choosing_moves_there_and_frees_everything_else(offer, booked, advisor):
    choice = held(offer)[1]
    now = NOW + timedelta(hours=1)
    moved = accept_offer(offer, choice.uid, now=now)
    moved.refresh_from_db()
    assert (moved.pk, moved.starts_at, moved.sequence, moved.status) == (booked.pk, choice.starts_at, 1, Status.BOOKED)
    assert (answer_of(offer), held(offer)) == (("accepted", now), [])
    assert sorted(mails()) == [("advisor_moved", "waiting"), ("firm_moved", "waiting"), ("firm_offer", "dropped")]
    assert events() == ["offered", "moved"]
    AppointmentFactory(advisor=advisor, starts_at=TEN)


def test_a_second_choice_shows_the_first(offer):
    first, second, _ = held(offer)
    accept_offer(offer, first.uid, now=NOW)
    sent = len(mails())
    for choice in (first.uid, second.uid, uuid4()):
        assert accept_offer(offer, choice, now=NOW + timedelta(days=9)).starts_at == first.starts_at
    assert len(mails()) == sent


def test_the_promise_holds_against_a_closure_and_the_notice_of_later(offer, office):
    choice = held(offer)[0]
    ClosureFactory(office=office, first_day=choice.starts_at.date())
    assert accept_offer(offer, choice.uid, now=UNTIL - timedelta(seconds=1)).starts_at == choice.starts_at


def test_a_capped_service_counts_the_held_time_once(booked, closure, service):
    service.cap_per_day, service.cap_per_week = 1, 3
    service.save()
    offer = ask(booked, closure)
    choice = held(offer)[1]
    assert accept_offer(offer, choice.uid, now=NOW).starts_at == choice.starts_at


def test_a_time_that_is_not_among_them_is_refused(offer, booked):
    with pytest.raises(SlotNotOffered):
        accept_offer(offer, booked.uid, now=NOW)
    assert (answer_of(offer), len(held(offer))) == (("open", None), 3)


def test_once_run_out_nothing_can_be_chosen_and_the_worker_ends_it_once(offer):
    choice = held(offer)[0]
    with pytest.raises(OfferClosed):
        accept_offer(offer, choice.uid, now=UNTIL)
    assert expire_offers(now=UNTIL - timedelta(seconds=1)) == []
    assert expire_offers(now=UNTIL) == [offer]
    assert expire_offers(now=UNTIL) == []
    assert (answer_of(offer), held(offer)) == (("expired", UNTIL), [])
    assert (events(), mails()) == (["offered", "lapsed"], [("firm_offer", "dropped")])


def test_a_run_out_offer_that_nobody_ended_stands_in_nobodys_way(offer, booked, closure):
    again = ask(booked, closure, now=UNTIL, until=UNTIL + timedelta(days=1))
    assert (again != offer, answer_of(offer)) == (True, ("expired", UNTIL))
    assert len(held(again)) == 3


def test_declining_frees_the_times_and_keeps_the_appointment(offer, booked):
    for _ in range(2):
        decline_offer(offer, now=NOW)
    booked.refresh_from_db()
    assert (answer_of(offer), held(offer), booked.starts_at) == (("declined", NOW), [], TEN)
    assert events() == ["offered", "declined"]
    with pytest.raises(OfferClosed):
        accept_offer(offer, uuid4(), now=NOW)
    with pytest.raises(OfferClosed):
        withdraw_offer(offer, actor=None, now=NOW)


def test_withdrawing_frees_the_times_and_drops_the_mail(offer):
    for _ in range(2):
        withdraw_offer(offer, actor=None, now=NOW)
    assert (answer_of(offer), held(offer)) == (("withdrawn", NOW), [])
    assert (events(), mails()) == (["offered", "withdrawn"], [("firm_offer", "dropped")])
    with pytest.raises(OfferClosed):
        decline_offer(offer, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        lambda booked: cancel_appointment(booked, now=NOW),
        lambda booked: erase_data(booked, now=NOW),
        lambda booked: move_appointment(booked, starts_at=TEN + timedelta(days=7), sequence=0, now=NOW),
    ],
    ids=["cancel", "erase", "move"],
)
def test_any_other_change_takes_the_offer_back(offer, booked, change):
    choice = held(offer)[0]
    change(booked)
    assert (answer_of(offer), held(offer)) == (("withdrawn", NOW), [])
    assert ("firm_offer", "waiting") not in mails()
    with pytest.raises(OfferClosed):
        accept_offer(offer, choice.uid, now=NOW)


def test_the_firm_can_also_move_to_a_held_time_by_the_page_of_all_times(offer, booked):
    choice = held(offer)[0]
    assert move_appointment(booked, starts_at=choice.starts_at, sequence=0, now=NOW).starts_at == choice.starts_at
    assert (answer_of(offer)[0], held(offer)) == ("withdrawn", [])


def test_who_cannot_be_offered_anything(booked, closure, rule):
    def refused(error, **change):
        Appointment.objects.filter(pk=booked.pk).update(**change)
        with pytest.raises(error):
            ask(Appointment.objects.get(pk=booked.pk), closure)
        Appointment.objects.filter(pk=booked.pk).update(status=Status.BOOKED, email="a@firma.example")

    refused(FirmWithoutAddress, email="")
    refused(AlreadyCancelled, status=Status.CANCELLED)
    with pytest.raises(AppointmentOver):
        ask(booked, closure, now=TEN)
    rule.delete()
    refused(NothingToOffer)
    assert (MoveOffer.objects.count(), mails(), events()) == (0, [], [])


def test_times_that_begin_before_the_answer_is_due_are_not_offered(booked, closure):
    offer = ask(booked, closure, until=TEN + timedelta(days=5))
    assert offer.expires_at == TEN
    assert labels(held(offer))[0] == ("02.12. 10:00", "office", "hameln")


def test_one_open_offer_for_each_appointment(offer, booked):
    values = {"appointment": booked, "reason": "closing", "sent_at": NOW, "expires_at": UNTIL}
    with pytest.raises(IntegrityError), transaction.atomic():
        MoveOffer.objects.create(**values)
    MoveOffer.objects.create(answer=OfferAnswer.EXPIRED, **values)


def test_p2_offered_times_are_forgotten_with_the_others(offer):
    expire_offers(now=UNTIL)
    assert apply_retention(now=UNTIL + timedelta(days=1)).deleted == 3
    assert (Appointment.objects.count(), MoveOffer.objects.count()) == (1, 1)
