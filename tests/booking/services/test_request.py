"""A service whose bookings count once the firm has confirmed its e-mail address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from booking import tasks
from booking.domain.errors import AlreadyCancelled, HoldExpired, TooManyAppointments, TooManyHolds, TooManyMails
from booking.enums import Status
from booking.links import LinkForgotten, LinkReplaced, Purpose, appointment_of, token_for
from booking.models import Appointment, BookingSettings
from booking.own_data import all_documents
from booking.services.book import FirmDetails, book_appointment, book_requested
from booking.services.book_for_firm import book_for_firm
from booking.services.cancel import cancel_appointment
from booking.services.erase import erase_address, erase_data
from booking.services.hold import Wish, extend_hold, hold_time, release_hold
from booking.services.record import record_disclosure
from booking.services.request import end_run_out, send_again, withdraw_request
from booking.services.retention import apply_retention, kept_until
from foundation.models import OutgoingMail, RetentionSettings
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rule")]

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DETAILS = FirmDetails("Beispiel Metallbau GmbH", "Kim Muster", "kim@metallbau.example", "31785", topic="Staplerschein")


@pytest.fixture
def service(service):
    service.confirm_email_first, service.notice_hours = True, 1
    service.save()
    return service


@pytest.fixture
def wish(service, office) -> Wish:
    return Wish(service, office, "office", NOW + DAY + HOUR)


@pytest.fixture
def hold(wish) -> Appointment:
    return hold_time(wish, visit="one", network="n", now=NOW)


@pytest.fixture
def request_(hold) -> Appointment:
    return book_appointment(hold, DETAILS, now=NOW + MINUTE)


def mails() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("created_at", "position").values_list("kind", "state"))


def typed(appointment: Appointment) -> tuple[str, str, str]:
    appointment.refresh_from_db()
    return appointment.email, appointment.name, appointment.topic


def test_asking_keeps_the_time_and_tells_only_the_firm(hold, request_):
    request_.refresh_from_db()
    assert (request_.pk, request_.status, request_.hold_network) == (hold.pk, Status.HELD, "n")
    assert (request_.verification_sent_at, request_.hold_expires_at) == (NOW + MINUTE, NOW + MINUTE + 2 * HOUR)
    assert typed(request_) == ("kim@metallbau.example", "Kim Muster", "Staplerschein")
    assert request_.booked_at is None
    assert mails() == [("firm_verify", "waiting")]
    assert OutgoingMail.objects.get().recipient == "kim@metallbau.example"
    assert list(request_.events.values_list("type", "at", "actor")) == [("requested", NOW + MINUTE, None)]


def test_confirming_books_as_ever(request_):
    booked = book_requested(request_, now=NOW + HOUR)
    booked.refresh_from_db()
    assert (booked.status, booked.hold_expires_at, booked.hold_network) == (Status.BOOKED, None, "")
    assert booked.booked_at == NOW + HOUR
    # The question still waited for its mail server: the confirmation says more.
    assert mails() == [("firm_verify", "dropped"), ("advisor_booked", "waiting"), ("firm_booked", "waiting")]
    assert list(booked.events.values_list("type", "detail")) == [("requested", ""), ("booked", "")]


def test_confirming_twice_is_confirming_once(request_):
    first = book_requested(request_, now=NOW + HOUR)
    again = book_requested(request_, now=NOW + 5 * HOUR)
    assert (again.status, again.booked_at) == (Status.BOOKED, first.booked_at)
    assert len(mails()) == 3
    cancel_appointment(first, now=NOW + 6 * HOUR)
    with pytest.raises(AlreadyCancelled):
        book_requested(request_, now=NOW + 6 * HOUR)


@pytest.mark.parametrize("swept", [False, True])
def test_confirming_too_late_books_nothing(request_, swept):
    late = NOW + MINUTE + 2 * HOUR
    if swept:
        assert end_run_out(now=late) == 1
    with pytest.raises(HoldExpired):
        book_requested(request_, now=late)
    assert mails() == [("firm_verify", "dropped" if swept else "waiting")]


def test_a_mere_reservation_is_not_booked_by_confirming(hold):
    with pytest.raises(HoldExpired):
        book_requested(hold, now=NOW)


@pytest.mark.parametrize(
    ("minutes", "notice", "hours_kept", "expected"),
    [
        (120, 24, 48, MINUTE + 2 * HOUR),
        (2880, 24, 48, DAY + HOUR),  # the appointment begins
        (300, 24, 3, 3 * HOUR),  # the period of unconfirmed requests
    ],
)
def test_the_time_is_kept_within_three_bounds(hold, minutes, notice, hours_kept, expected):
    BookingSettings.objects.update_or_create(defaults={"minutes_to_verify": minutes})
    RetentionSettings.objects.update_or_create(defaults={"unconfirmed_hours": hours_kept})
    assert book_appointment(hold, DETAILS, now=NOW + MINUTE).hold_expires_at == NOW + expected


# --- Sending the form again -------------------------------------------------------------------------------------


def test_the_same_form_again_sends_no_second_mail(hold, request_):
    token = token_for(request_, Purpose.VERIFY)
    again = book_appointment(hold, replace(DETAILS, email="KIM@metallbau.example"), now=NOW + 2 * MINUTE)
    assert (again.status, again.hold_expires_at) == (Status.HELD, request_.hold_expires_at)
    assert len(mails()) == 1
    assert appointment_of(token, Purpose.VERIFY, now=NOW) == request_


def test_another_address_ends_the_old_link_and_its_mail(hold, request_):
    token = token_for(request_, Purpose.VERIFY)
    changed = book_appointment(hold, replace(DETAILS, email="kim@neu.example", name="Kim Neu"), now=NOW + HOUR)
    assert typed(changed) == ("kim@neu.example", "Kim Neu", "Staplerschein")
    assert changed.hold_expires_at == request_.hold_expires_at
    assert mails() == [("firm_verify", "dropped"), ("firm_verify", "waiting")]
    with pytest.raises(LinkReplaced):
        appointment_of(token, Purpose.VERIFY, now=NOW)
    assert appointment_of(token_for(changed, Purpose.VERIFY), Purpose.VERIFY, now=NOW) == request_
    # All other links live on: the form that the firm has open is one of them.
    assert appointment_of(token_for(request_, Purpose.HOLD), Purpose.HOLD, now=NOW) == request_


def test_s4_one_request_sends_three_mails_at_most(hold, request_):
    for number in (2, 3):
        book_appointment(hold, replace(DETAILS, email=f"kim{number}@neu.example"), now=NOW + number * MINUTE)
    with pytest.raises(TooManyMails) as refusal:
        book_appointment(hold, replace(DETAILS, email="kim4@neu.example"), now=NOW + 4 * MINUTE)
    assert refusal.value.limit == 3
    with pytest.raises(TooManyMails):
        send_again(request_, now=NOW + 5 * MINUTE)
    assert len(mails()) == 3
    assert typed(request_)[0] == "kim3@neu.example"
    assert book_requested(request_, now=NOW + 6 * MINUTE).status == Status.BOOKED


def test_sending_again_repeats_the_link_and_waits_a_minute(request_):
    token = token_for(request_, Purpose.VERIFY)
    sent = NOW + MINUTE
    assert send_again(request_, now=sent + timedelta(seconds=59)).verification_sent_at == sent
    assert len(mails()) == 1
    again = send_again(request_, now=sent + MINUTE)
    assert (again.verification_sent_at, again.hold_expires_at) == (sent + MINUTE, request_.hold_expires_at)
    assert mails() == [("firm_verify", "dropped"), ("firm_verify", "waiting")]
    assert token_for(again, Purpose.VERIFY) == token


def test_f30_a_clock_put_back_is_no_second_press(request_):
    assert send_again(request_, now=NOW - HOUR).verification_sent_at == NOW - HOUR


def test_nothing_is_sent_again_once_it_is_booked_or_over(request_):
    with pytest.raises(HoldExpired):
        send_again(request_, now=NOW + 3 * HOUR)
    book_requested(request_, now=NOW + HOUR)
    assert send_again(request_, now=NOW + HOUR).status == Status.BOOKED
    assert "firm_verify" not in [kind for kind, state in mails() if state == "waiting"]


# --- Beside other reservations ----------------------------------------------------------------------------------


def test_it_counts_among_the_open_appointments_of_its_address(request_, hold, wish):
    BookingSettings.objects.update_or_create(defaults={"appointments_per_address": 1})
    book_appointment(hold, DETAILS, now=NOW + 2 * MINUTE)  # itself it does not count
    other = hold_time(replace(wish, starts_at=wish.starts_at + HOUR), visit="two", network="n", now=NOW)
    with pytest.raises(TooManyAppointments):
        book_appointment(other, DETAILS, now=NOW + 2 * MINUTE)
    end_run_out(now=NOW + 3 * HOUR)
    other = hold_time(replace(wish, starts_at=wish.starts_at + HOUR), visit="two", network="n", now=NOW + 3 * HOUR)
    assert book_appointment(other, DETAILS, now=NOW + 3 * HOUR).awaits_verification


def test_one_visit_cannot_hold_more_than_its_network_may(request_, wish):
    """A mark used again and again would otherwise hide every request that it has sent off."""
    BookingSettings.objects.update_or_create(defaults={"holds_per_network": 1})
    with pytest.raises(TooManyHolds):
        hold_time(replace(wish, starts_at=wish.starts_at + HOUR), visit="one", network="n", now=NOW + MINUTE)


def test_asking_for_more_time_never_shortens_it(hold, request_):
    extended = extend_hold(hold, now=NOW + 5 * MINUTE)
    request_.refresh_from_db()
    assert extended.hold_expires_at == request_.hold_expires_at == NOW + MINUTE + 2 * HOUR


def test_neither_another_choice_nor_an_old_tab_loses_it(hold, request_, wish):
    other = hold_time(replace(wish, starts_at=wish.starts_at + HOUR), visit="one", network="n", now=NOW + MINUTE)
    assert not release_hold(hold, now=NOW)
    assert other.pk != request_.pk
    assert typed(request_)[0] == "kim@metallbau.example"
    assert book_requested(request_, now=NOW + HOUR).status == Status.BOOKED


def test_the_office_books_at_once_and_confirms_on_call(wish, request_):
    actor = administrator()
    later = replace(wish, starts_at=wish.starts_at + HOUR)
    assert book_for_firm(later, DETAILS, visit="desk", actor=actor, now=NOW).status == Status.BOOKED
    booked = book_requested(request_, now=NOW + HOUR, actor=actor)
    event = booked.events.get(type="booked")
    assert (booked.status, event.actor, event.detail) == (Status.BOOKED, actor, "on_call")


def test_without_the_rule_nothing_changes(hold, service):
    service.confirm_email_first = False
    service.save()
    assert book_appointment(hold, DETAILS, now=NOW).status == Status.BOOKED
    assert [kind for kind, _ in mails()] == ["firm_booked", "advisor_booked"]


# --- Forgetting -------------------------------------------------------------------------------------------------


def test_withdrawing_frees_the_time_and_forgets_at_once(request_, wish):
    OutgoingMail.objects.update(state="sent", finished_at=NOW + MINUTE)
    assert withdraw_request(request_, now=NOW + 2 * MINUTE)
    assert not withdraw_request(request_, now=NOW + 2 * MINUTE)
    assert typed(request_) == ("", "", "")
    assert (request_.status, request_.answers, request_.postcode) == (Status.EXPIRED, [], "")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, bytes(mail.message)) == ("", b"")
    assert list(request_.events.values_list("type", "actor")) == [("requested", None), ("released", None)]
    assert hold_time(wish, visit="two", network="m", now=NOW + 2 * MINUTE).pk != request_.pk


def test_what_was_booked_is_not_withdrawn(request_):
    book_requested(request_, now=NOW + HOUR)
    assert not withdraw_request(request_, now=NOW + HOUR)
    assert typed(request_)[0] == "kim@metallbau.example"


@pytest.mark.parametrize("who", ["worker", "rival"])
def test_run_out_requests_give_way_and_keep_their_answers_for_the_stated_time(request_, wish, who, now):
    late = NOW + MINUTE + 2 * HOUR
    if who == "worker":
        now.move_to(late)
        assert tasks.release_run_out_holds() == 1
    else:
        assert hold_time(wish, visit="two", network="m", now=late).pk != request_.pk
        Appointment.objects.filter(visit="two").delete()
    assert typed(request_) == ("kim@metallbau.example", "Kim Muster", "Staplerschein")
    assert (request_.status, request_.hold_expires_at, request_.hold_network) == (Status.EXPIRED, None, "")

    end_run_out(now=late)
    assert mails() == [("firm_verify", "dropped")]
    assert apply_retention(now=NOW + 48 * HOUR - MINUTE).unconfirmed == 0
    assert apply_retention(now=NOW + 48 * HOUR).unconfirmed == 1
    assert apply_retention(now=NOW + 48 * HOUR).unconfirmed == 0
    assert typed(request_) == ("", "", "")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, bytes(mail.message)) == ("", b"")
    # The row stays for as long as its link says something, a day after the end.
    end = request_.ends_at + DAY
    assert apply_retention(now=end - MINUTE).deleted == 0
    assert apply_retention(now=end).deleted == 1
    assert not Appointment.objects.filter(pk=request_.pk).exists()


def test_p2_the_clean_up_waits_for_no_worker_to_end_the_request(request_):
    assert apply_retention(now=NOW + 48 * HOUR).unconfirmed == 1
    assert (typed(request_), request_.status) == (("", "", ""), Status.EXPIRED)


def test_p2_a_period_of_hours_does_not_wait_for_the_night(request_):
    end_run_out(now=NOW + 48 * HOUR - MINUTE)
    assert typed(request_)[0] == "kim@metallbau.example"
    end_run_out(now=NOW + 48 * HOUR)
    assert typed(request_) == ("", "", "")


@pytest.mark.parametrize("state", ["waiting", "run out"])
def test_p4_erasing_an_address_takes_its_requests_along(request_, state):
    if state == "run out":
        end_run_out(now=NOW + 3 * HOUR)
    OutgoingMail.objects.update(state="sent", finished_at=NOW + MINUTE)
    request_.refresh_from_db()
    assert kept_until(request_) == NOW + 48 * HOUR
    values = {"rows": Appointment.objects.all(), "is_everything": False, "actor": administrator()}
    assert erase_address("Kim@metallbau.example", now=NOW + 3 * HOUR, **values) == 1
    assert (typed(request_), request_.status) == (("", "", ""), Status.EXPIRED)
    assert OutgoingMail.objects.get().recipient == ""
    assert request_.events.get(type="released").actor == values["actor"]
    assert erase_address("Kim@metallbau.example", now=NOW + 3 * HOUR, **values) == 0


def test_p4_what_is_handed_out_of_a_request_is_named_and_logged(request_):
    (document,) = all_documents(Appointment.objects.of_address("kim@metallbau.example"))
    assert document["Termin"]["Stand"] == "wartet auf Bestätigung der E-Mail"
    assert document["Gespeichert bis"] == "2026-11-25T08:00+01:00"
    actor = administrator()
    assert record_disclosure(Appointment.objects.all(), actor=actor, now=NOW + HOUR) == 1
    assert request_.events.get(type="disclosed").actor == actor


def test_mere_reservations_still_forget_at_once(hold):
    Appointment.objects.update(email="kim@metallbau.example", answers=[{"id": 1}])
    end_run_out(now=NOW + 10 * MINUTE)
    hold.refresh_from_db()
    assert (hold.status, hold.email, hold.answers) == (Status.EXPIRED, "", [])


def test_erasing_after_the_confirmation_ends_the_link(request_):
    token = token_for(request_, Purpose.VERIFY)
    erase_data(book_requested(request_, now=NOW + HOUR), now=NOW + HOUR)
    with pytest.raises(LinkForgotten):
        appointment_of(token, Purpose.VERIFY, now=NOW + HOUR)
