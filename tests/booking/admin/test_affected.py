"""„Betroffene Termine“: whom a closure concerns, other times for all of them in one go, and who has not answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from booking.enums import OfferReason, Status
from booking.links import Purpose, token_for
from booking.models import Appointment, AppointmentEvent, MoveOffer
from booking.services import offer_for_closure
from booking.services.cancel import cancel_appointment
from booking.services.close_offers import decline_offer, expire_offers, withdraw_offer
from booking.services.offer import accept_offer, offer_times
from booking.tasks import offer_to_the_rest
from foundation.models import OutgoingMail
from tests.booking.conftest import NOW
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ClosureFactory
from tests.factories.offices import OfficeFactory, weekly

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NINE = datetime(2026, 12, 1, 8, tzinfo=UTC)
DAY = date(2026, 12, 1)


@pytest.fixture
def mine(office, service):
    advisor = advisor_with_account(name="Nora Nord", office=office)
    AvailabilityRuleFactory(advisor=advisor)
    return advisor


@pytest.fixture
def lead(mine) -> Client:
    return client_of(office_lead(office=mine.office).user)


@pytest.fixture
def closure(mine):
    return ClosureFactory(office=mine.office, first_day=DAY)


def url(closure) -> str:
    return reverse("termine:affected", args=[closure.pk])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def met(mine, hour: int = 0, **values) -> Appointment:
    return AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(hours=hour), **values)


def states(response) -> dict[str, list[tuple[int, str]]]:
    parts = ("to_do", "waiting", "settled")
    return {part: [(row.appointment.pk, row.state) for row in response.context[part]] for part in parts}


def offer(appointment, closure, **values) -> MoveOffer:
    until = NOW + timedelta(days=3)
    return offer_times(appointment, reason=OfferReason.CLOSING, until=until, now=NOW, closure=closure, **values)


def test_all_are_offered_three_times_in_one_go_and_twice_changes_nothing(mine, lead, closure):
    first, second = met(mine), met(mine, 1)
    elsewhere = AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(days=7))
    page = text(lead.get(url(closure)))
    assert ">Allen 2 drei Ersatztermine anbieten</button>" in page
    assert reverse("termine:inspect", args=[elsewhere.pk]) not in page
    for _ in range(2):
        response = lead.post(url(closure), {"anbieten": "alle"}, follow=True)
    assert states(response) == {
        "to_do": [],
        "waiting": [(pk, "wartet auf Antwort bis Donnerstag, 26. November, 8:00 Uhr") for pk in (first.pk, second.pk)],
        "settled": [],
    }
    numbers = "<strong>0</strong> zu klären, <strong>2</strong> ohne Antwort, <strong>0</strong> erledigt."
    assert numbers in text(response)
    held = Appointment.objects.filter(status=Status.HELD)
    assert (held.count(), held.values("starts_at").distinct().count()) == (6, 6)
    assert not held.filter(starts_at__date=DAY).exists()
    assert list(OutgoingMail.objects.values_list("kind", "recipient")) == [("firm_offer", first.email)] * 2
    [event] = first.events.all()
    assert (event.type, event.actor.username) == (AppointmentEvent.Type.OFFERED, "leitung")


def test_states_of_everybody(mine, lead, closure, service):
    service.duration, service.step = 15, 15
    service.save()
    rows = {}
    for number, name in enumerate(("new", "mute", "open", "declined", "expired", "accepted", "cancelled")):
        values = {"email": ""} if name == "mute" else {}
        rows[name] = AppointmentFactory(
            advisor=mine,
            service=service,
            starts_at=NINE + timedelta(minutes=15 * number),
            organization=name,
            phone="05151 4711",
            **values,
        )
    decline_offer(offer(rows["declined"], closure), now=NOW)
    run_out = offer_times(
        rows["expired"], reason=OfferReason.CLOSING, until=NOW + timedelta(minutes=1), now=NOW, closure=closure
    )
    assert expire_offers(now=NOW + timedelta(minutes=2)) == [run_out]
    taken = offer(rows["accepted"], closure)
    accept_offer(taken, taken.alternatives.first().uid, now=NOW)
    offer(rows["open"], closure)
    offer(rows["cancelled"], closure)
    cancel_appointment(rows["cancelled"], now=NOW)
    response = lead.get(url(closure))
    found = {state: sorted(pairs) for state, pairs in states(response).items()}
    assert found == {
        "to_do": [
            (rows["new"].pk, "noch nichts angeboten"),
            (rows["mute"].pk, "ohne E-Mail-Adresse: bitte anrufen"),
            (rows["declined"].pk, "keine der Zeiten passt: bitte anrufen"),
            (rows["expired"].pk, "keine Antwort: bitte anrufen"),
        ],
        "waiting": [(rows["open"].pk, "wartet auf Antwort bis Donnerstag, 26. November, 8:00 Uhr")],
        "settled": [(rows["accepted"].pk, "hat eine der Zeiten gewählt"), (rows["cancelled"].pk, "abgesagt")],
    }
    page = text(response)
    assert ">Allen 3 drei Ersatztermine anbieten</button>" in page
    assert 'href="tel:051514711">05151 4711</a>' in page
    for part in ("move", "inspect"):
        assert reverse(f"termine:{part}", args=[rows["mute"].pk]) in page


def test_one_row_alone_is_offered_again_sent_again_and_taken_back(mine, lead, closure, now):
    appointment = met(mine)
    other = met(mine, 1)
    lead.post(url(closure), {"anbieten": str(appointment.pk)})
    [made] = MoveOffer.objects.all()
    assert (made.appointment, made.answer) == (appointment, "open")
    response = lead.post(url(closure), {"erneut": str(appointment.pk)}, follow=True)
    assert "Die E-Mail ist gerade erst geschrieben worden." in text(response)
    now.shift(timedelta(minutes=11))
    response = lead.post(url(closure), {"erneut": str(appointment.pk)}, follow=True)
    assert "Die E-Mail geht noch einmal an den Betrieb." in text(response)
    assert OutgoingMail.objects.filter(kind="firm_offer").count() == 2
    lead.post(url(closure), {"zurueck": str(appointment.pk)})
    made.refresh_from_db()
    assert made.answer == "withdrawn"
    assert not Appointment.objects.filter(status=Status.HELD).exists()
    response = lead.get(url(closure))
    assert states(response)["to_do"] == [
        (appointment.pk, "Angebot zurückgenommen"), (other.pk, "noch nichts angeboten"),
    ]  # fmt: skip
    response = lead.post(url(closure), {"erneut": str(appointment.pk)}, follow=True)
    assert "Das hat sich inzwischen geändert." in text(response)


def test_nothing_free_says_to_call(mine, lead, closure):
    met(mine)
    mine.availability_rules.all().delete()
    response = lead.post(url(closure), {"anbieten": "alle"}, follow=True)
    assert "Für einen Betrieb ist keine andere Zeit frei. Bitte rufen Sie dort an." in text(response)
    assert not MoveOffer.objects.exists()


def test_many_are_done_by_the_worker_piece_by_piece(mine, lead, closure, monkeypatch):
    monkeypatch.setattr(offer_for_closure, "CHUNK", 1)
    handed = []
    monkeypatch.setattr(offer_for_closure, "async_task", lambda *task, **_: handed.append(task))
    rows = [met(mine, hour) for hour in range(3)]
    response = lead.post(url(closure), {"anbieten": "alle"}, follow=True)
    assert "2 weitere folgen in den nächsten Minuten von selbst." in text(response)
    while handed:
        task, *arguments = handed.pop()
        assert task == "booking.tasks.offer_to_the_rest"
        assert offer_to_the_rest(*arguments) == 1
    assert {each.appointment for each in MoveOffer.objects.all()} == set(rows)
    closure.delete()
    assert offer_to_the_rest(closure.pk or 0, [rows[0].pk], administrator().pk) == 0


def test_whoever_has_left_the_closure_meanwhile_is_passed_over(mine, lead, closure):
    appointment = met(mine)
    Appointment.objects.filter(pk=appointment.pk).update(
        **{name: F(name) + timedelta(days=7) for name in ("starts_at", "ends_at", "block_start", "block_end")}
    )
    done = offer_for_closure.offer_for_closure(closure, [appointment.pk], actor=administrator(), now=NOW)
    assert (done.offered, done.without_times, done.left, MoveOffer.objects.count()) == (0, 0, 0, 0)


def test_recurring_closures_of_hours_concern_only_their_days_and_hours(mine, lead):
    days = {"first_day": DAY, "last_day": date(2026, 12, 20), "days": weekly("TU")}
    tuesdays = ClosureFactory(advisor=mine, start_time=time(9), end_time=time(10), **days)
    inside, after = met(mine), met(mine, 1)
    wednesday = AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(days=1))
    next_tuesday = AppointmentFactory(advisor=mine, starts_at=NINE + timedelta(days=7))
    assert [pk for pk, _ in states(lead.get(url(tuesdays)))["to_do"]] == [inside.pk, next_tuesday.pk]
    assert {after.pk, wednesday.pk}.isdisjoint(pk for pk, _ in states(lead.get(url(tuesdays)))["to_do"])


def test_the_mail_is_shown_before_it_is_sent_and_holds_nothing(mine, lead, closure):
    appointment = met(mine)
    page = reverse("termine:offer_mail", args=[closure.pk, appointment.pk])
    shown = text(lead.get(page))
    for part in (
        "<strong>Betreff:</strong> Ihr Termin am 01.12.2026 fällt aus: Bitte wählen Sie eine neue Zeit",
        "Noch nicht geschickt.",
        "- Montag, 30. November 2026, 9:00 bis 10:00 Uhr, im Büro",
        ">Anbieten</button>",
    ):
        assert part in shown
    assert not MoveOffer.objects.exists()
    assert not Appointment.objects.filter(status=Status.HELD).exists()
    offer(appointment, closure, number=1)
    shown = text(lead.get(page))
    assert "So ist die E-Mail geschickt worden; ihre Zeiten sind reserviert." in shown
    assert (shown.count("- Montag, 30. November 2026"), "- Mittwoch" in shown) == (1, False)
    cancel_appointment(appointment, now=NOW)
    assert lead.get(page).status_code == 404


def test_links_of_the_shown_mail_are_not_those_of_the_firm(mine, lead, closure):
    appointment = met(mine)
    shown = lead.get(reverse("termine:offer_mail", args=[closure.pk, appointment.pk])).content.decode()
    assert not any(token_for(appointment, purpose) in shown for purpose in Purpose)


def test_another_offices_closures_and_appointments_are_not_found(mine, lead, closure):
    stranger = advisor_with_account("fremd", name="Frieda Fremd", office=OfficeFactory())
    foreign = ClosureFactory(office=stranger.office, first_day=DAY)
    theirs = AppointmentFactory(advisor=stranger, starts_at=NINE)
    everywhere = ClosureFactory(first_day=DAY)
    own = met(mine)
    for hidden in (foreign, everywhere):
        assert lead.get(url(hidden)).status_code == 404
        assert lead.post(url(hidden), {"anbieten": "alle"}).status_code == 404
        assert lead.get(reverse("termine:offer_mail", args=[hidden.pk, theirs.pk])).status_code == 404
    assert client_of(mine.user).get(url(closure)).status_code == 404
    for action in ("anbieten", "erneut", "zurueck"):
        assert lead.post(url(closure), {action: str(theirs.pk)}).status_code == 404
        assert lead.post(url(closure), {action: "x"}).status_code == 404
    assert lead.post(url(closure), {}).status_code == 404
    assert lead.post(url(closure), {"zurueck": str(own.pk)}).status_code == 404
    assert lead.get(reverse("termine:offer_mail", args=[closure.pk, theirs.pk])).status_code == 404
    assert not MoveOffer.objects.exists()
    admin = client_of(administrator())
    assert {pk for pk, _ in states(admin.get(url(everywhere)))["to_do"]} == {own.pk, theirs.pk}


def test_others_do_not_come_here(mine, closure):
    met(mine)
    assert client_of(editor()).get(url(closure)).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office_lead(office=mine.office).user)
    assert strict.post(url(closure), {"anbieten": "alle"}).status_code == 403
    assert not MoveOffer.objects.exists()


def test_saving_a_closure_leads_to_those_that_it_concerns(mine, lead):
    days = {"first_day": "2026-12-01", "last_day": "2026-12-01", "start_time": "", "end_time": "", "days": ""}
    form = {"reason": "Umzug", "office": mine.office.pk} | days
    assert lead.post(reverse("schliesszeiten:add"), form).url == reverse("schliesszeiten:index")
    met(mine)
    closure = mine.office.closures.get()
    edit = reverse("schliesszeiten:edit", args=[closure.pk])
    assert lead.post(edit, form).url == url(closure)
    assert url(closure) in lead.get(edit).content.decode()
    assert url(closure) in lead.get(reverse("schliesszeiten:index")).content.decode()


def test_the_office_sees_for_whom_the_worker_found_nothing(mine, lead, closure):
    """Only the first ten were told of by a message; from the eleventh on nobody heard that nothing was free."""
    row, user = met(mine), administrator()
    mine.availability_rules.all().delete()
    assert offer_to_the_rest(closure.pk, [row.pk], user.pk) == 0
    event = row.events.get()
    assert (event.get_type_display(), event.actor) == ("keine andere Zeit zum Anbieten frei", user)
    assert states(lead.get(url(closure)))["to_do"] == [(row.pk, "keine andere Zeit frei: bitte anrufen")]
    AvailabilityRuleFactory(advisor=mine)
    lead.post(url(closure), {"anbieten": row.pk})
    [(waiting, state)] = states(lead.get(url(closure)))["waiting"]
    assert (waiting, state[:17]) == (row.pk, "wartet auf Antwor")
    withdraw_offer(row.offers.get(), actor=user, now=NOW + timedelta(seconds=1))
    assert states(lead.get(url(closure)))["to_do"] == [(row.pk, "Angebot zurückgenommen")]


@pytest.mark.parametrize("items", [1, 3])
def test_list_takes_as_many_queries_for_three_as_for_one(mine, lead, closure, django_assert_num_queries, items):
    for hour in range(items):
        offer(met(mine, hour), closure)
    lead.get(url(closure))
    with django_assert_num_queries(13):
        assert len(states(lead.get(url(closure)))["waiting"]) == items


@pytest.mark.parametrize("items", [1, 3])
def test_mail_takes_as_many_queries_for_three_times_as_for_one(mine, lead, closure, django_assert_num_queries, items):
    if items == 1:
        mine.availability_rules.update(valid_until=date(2026, 11, 30))
    page = reverse("termine:offer_mail", args=[closure.pk, met(mine).pk])
    lead.get(page)
    with django_assert_num_queries(24):
        lead.get(page)
