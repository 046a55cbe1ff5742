"""The own questions of a service: asked, checked, kept in words, shown, forgotten."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from booking.enums import Status
from booking.links import Purpose, path_to
from booking.models import Appointment, ServiceQuestion
from booking.services.erase import erase_data
from tests.booking.test_journey import ANSWERS
from tests.factories.accounts import advisor_with_account, client_of, office_lead
from tests.factories.booking import AppointmentFactory, AvailabilityRuleFactory, ServiceQuestionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now", "rule")]

Type = ServiceQuestion.Type
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
WISH = {"anliegen": "erstberatung", "art": "office", "zeit": "2026-11-24T09:00+01:00", "besuch": "visit"}
ASKED = {
    "team": (Type.NUMBER, "Wie viele lernen mit?", "", True),
    "start": (Type.CHOICE, "Wann geht es los?", "bald\nspäter", False),
    "funds": (Type.YES_NO, "Kennen Sie die Förderung?", "", False),
    "goal": (Type.TEXT, "Was ist Ihr Ziel?", "", False),
}
SAID = {"team": "12", "start": "später", "funds": "nein", "goal": "Mehr <Wissen>"}
IN_WORDS = [
    ("Wie viele lernen mit?", "12"),
    ("Wann geht es los?", "später"),
    ("Kennen Sie die Förderung?", "nein"),
    ("Was ist Ihr Ziel?", "Mehr <Wissen>"),
]


@pytest.fixture
def questions(service) -> dict[str, ServiceQuestion]:
    return {
        name: ServiceQuestionFactory(service=service, type=kind, label=label, choices=choices, is_required=required)
        for name, (kind, label, choices, required) in ASKED.items()
    }


@pytest.fixture
def form_url(client, questions) -> str:
    return client.post("/termin/hameln/reservieren/", WISH).url


def named(questions, **changes) -> dict[str, str]:
    return {f"frage_{questions[name].pk}": text for name, text in (SAID | changes).items()}


def in_words(appointment) -> list[tuple[str, str]]:
    return [(answer["question"], answer["answer"]) for answer in appointment.answers]


def test_questions_stand_after_the_topic_in_their_order(client, form_url):
    html = unescape(client.get(form_url).content.decode())
    labels = ["Worum geht es?", *(label for _, label, *_ in ASKED.values()), "Möchten Sie uns vorab etwas schreiben?"]
    assert sorted(labels, key=html.index) == labels
    assert 'value="nein"' in html
    assert "Keine Angabe" in html


def test_answers_are_kept_in_words_and_survive_later_edits(client, form_url, questions):
    assert client.post(form_url, ANSWERS | named(questions)).status_code == 302
    assert in_words(Appointment.objects.get()) == IN_WORDS
    ServiceQuestion.objects.filter(pk=questions["team"].pk).update(label="Etwas anderes?")
    questions["goal"].delete()
    assert in_words(Appointment.objects.get()) == IN_WORDS


def test_what_is_left_open_is_no_answer(client, form_url, questions):
    client.post(form_url, ANSWERS | named(questions, start="", funds="", goal=" "))
    assert in_words(Appointment.objects.get()) == IN_WORDS[:1]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("team", "", "Bitte geben Sie eine Zahl ein."),
        ("team", "zwölf", "Bitte geben Sie eine ganze Zahl ein, nur mit Ziffern."),
        ("team", "1.5", "Bitte geben Sie eine ganze Zahl ein, nur mit Ziffern."),
        ("team", "9" * 5000, "Bitte geben Sie eine ganze Zahl ein, nur mit Ziffern."),
        ("team", "-1", "Bitte geben Sie eine Zahl von 0 bis 1.000.000 ein."),
        ("team", "1000001", "Bitte geben Sie eine Zahl von 0 bis 1.000.000 ein."),
        ("start", "nie", "Bitte wählen Sie eine der Antworten."),
        ("funds", "vielleicht", "Bitte wählen Sie eine der Antworten."),
        ("goal", "a\x1bb", "Der Text enthält unsichtbare Steuerzeichen. Bitte tippen Sie ihn neu ein."),
    ],
)
def test_wrong_answers_get_a_sentence_and_book_nothing(client, form_url, questions, name, text, sentence):
    response = client.post(form_url, ANSWERS | named(questions, **{name: text}))
    html = unescape(response.content.decode())
    assert response.status_code == 422
    assert f'id="id_frage_{questions[name].pk}_error">{sentence}</p>' in html
    assert Appointment.objects.get().status == Status.HELD


def test_an_overlong_answer_is_refused(client, form_url, questions):
    assert client.post(form_url, ANSWERS | named(questions, goal="x" * 301)).status_code == 422
    assert client.post(form_url, ANSWERS | named(questions, goal="x" * 300)).status_code == 302


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Type.TEXT, "Bitte beantworten Sie diese Frage."),
        (Type.CHOICE, "Bitte wählen Sie eine Antwort."),
        (Type.YES_NO, "Bitte antworten Sie mit Ja oder Nein."),
    ],
)
def test_a_required_question_must_be_answered(client, service, kind, sentence):
    ServiceQuestionFactory(service=service, type=kind, choices="a\nb", is_required=True)
    form_url = client.post("/termin/hameln/reservieren/", WISH).url
    response = client.post(form_url, ANSWERS)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Keine Angabe" not in response.content.decode()


def test_a_refused_time_keeps_every_answer_for_the_next_form(client, form_url, questions, now):
    """F4: right or wrong, what was typed waits with the next reservation."""
    now.shift(timedelta(minutes=11))
    typed = named(questions, team="zwölf", goal="a\x00b")
    refused = client.post(form_url, ANSWERS | typed)
    html = unescape(refused.content.decode())
    assert refused.status_code == 409
    hidden = dict(re.findall(r'<input type="hidden" name="(frage_\d+)" value="([^"]*)">', html))
    assert hidden == named(questions, team="zwölf", goal="ab")
    again = client.post("/termin/hameln/reservieren/", WISH | {"zeit": "2026-11-24T10:00+01:00"} | hidden)
    assert again.status_code == 302
    form = unescape(client.get(again.url).content.decode())
    assert 'value="zwölf"' in form
    assert 'value="ab"' in form
    assert '<option value="später" selected>' in form
    assert re.search(r'<input type="radio"[^>]*value="nein"[^>]*checked', form)


def test_more_time_keeps_the_answers(client, form_url, questions):
    form = client.post(form_url + "verlaengern/", ANSWERS | named(questions)).content.decode()
    assert 'value="Mehr &lt;Wissen&gt;"' in form
    assert '<option value="später" selected>' in form


def test_answers_to_questions_of_others_are_not_kept(client, form_url, questions):
    client.post("/termin/hameln/reservieren/", WISH | {"frage_99999": "x", "frage_": "y", "besuch": "other"})
    client.post(form_url, ANSWERS | named(questions) | {"frage_99999": "x"})
    assert in_words(Appointment.objects.get(status=Status.BOOKED)) == IN_WORDS


def test_a_reservation_let_go_forgets_the_answers(service, advisor):
    held = AppointmentFactory(
        advisor=advisor, service=service, status=Status.HELD, hold_expires_at=NOW, answers=[{"id": 1}]
    )
    Appointment.objects.run_out(now=NOW).let_go()
    held.refresh_from_db()
    assert (held.status, held.answers) == (Status.EXPIRED, [])


def test_own_data_shows_and_carries_them_until_they_are_erased(client, form_url, questions):
    """P1: what is kept of a firm it sees, takes along and deletes."""
    client.post(form_url, ANSWERS | named(questions))
    appointment = Appointment.objects.get()
    page = client.get(path_to(appointment, Purpose.DATA)).content.decode()
    assert "Was ist Ihr Ziel?" in page
    assert "Mehr &lt;Wissen&gt;" in page
    document = client.get(path_to(appointment, Purpose.DATA) + "datei/").json()
    assert document["Ihre Antworten"] == [{"Frage": question, "Antwort": answer} for question, answer in IN_WORDS]
    erase_data(appointment, now=NOW)
    appointment.refresh_from_db()
    assert appointment.answers == []


def test_a_move_keeps_them(client, form_url, questions):
    client.post(form_url, ANSWERS | named(questions))
    client.post(path_to(Appointment.objects.get(), Purpose.MOVE), {"zeit": "2026-11-24T10:00+01:00", "stand": "0"})
    moved = Appointment.objects.get()
    assert (moved.sequence, in_words(moved)) == (1, IN_WORDS)


@pytest.mark.parametrize("items", [1, 3])
def test_the_form_takes_two_queries_for_any_number_of_questions(client, service, items, django_assert_num_queries):
    for _ in range(items):
        ServiceQuestionFactory(service=service)
    form_url = client.post("/termin/hameln/reservieren/", WISH).url
    client.get(form_url)
    with django_assert_num_queries(2):
        client.get(form_url)


class TestDesk:
    @pytest.fixture
    def lead(self, office):
        advisor = office_lead(name="Lea Leitung", office=office)
        AvailabilityRuleFactory(advisor=advisor)
        return advisor

    def book(self, lead, answers):
        address = reverse("termine:book") + "?anliegen=erstberatung&art=office&buero=hameln&tag=2026-12-01"
        firm = {"organization": "Anruf GmbH", "name": "Kim", "email": "", "phone": "05151 12345", "postcode": "31785"}
        time = {"zeit": "2026-12-01T09:00+01:00", "besuch": "form", "note": "rief an"}
        return client_of(lead.user).post(address, firm | time | answers)

    def test_the_office_asks_on_the_phone_and_reads_it_on_the_page(self, lead, questions):
        response = self.book(lead, named(questions))
        appointment = Appointment.objects.get()
        assert (response.status_code, in_words(appointment), appointment.note) == (302, IN_WORDS, "rief an")
        page = client_of(lead.user).get(reverse("termine:inspect", args=[appointment.pk])).content.decode()
        assert "Antworten auf die Fragen des Anliegens" in page
        assert "Mehr &lt;Wissen&gt;" in page

    def test_required_questions_hold_on_the_phone_too(self, lead, questions):
        response = self.book(lead, named(questions, team=""))
        assert response.status_code == 422
        assert "Bitte geben Sie eine Zahl ein." in response.content.decode()
        assert not Appointment.objects.exists()

    def test_another_office_does_not_see_them(self, questions, advisor, service):
        appointment = AppointmentFactory(advisor=advisor, service=service, answers=[{"question": "a", "answer": "b"}])
        stranger = advisor_with_account("fremd")
        page = client_of(stranger.user).get(reverse("termine:inspect", args=[appointment.pk]))
        assert page.status_code == 404


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ("", "Bitte nennen Sie 2 bis 20 Antworten, jede in einer eigenen Zeile."),
        ("eine\n\n", "Bitte nennen Sie 2 bis 20 Antworten, jede in einer eigenen Zeile."),
        ("\n".join(map(str, range(21))), "Bitte nennen Sie 2 bis 20 Antworten, jede in einer eigenen Zeile."),
        ("a\nb\n a ", "Jede Antwort darf nur einmal vorkommen."),
        (f"a\n{'x' * 101}", "Eine Antwort darf höchstens 100 Zeichen lang sein."),
    ],
)
def test_choices_are_checked(service, choices, sentence):
    question = ServiceQuestion(service=service, label="?", type=Type.CHOICE, choices=choices)
    with pytest.raises(ValidationError) as wrong:
        question.full_clean()
    assert wrong.value.message_dict == {"choices": [sentence]}


def test_choices_of_another_type_are_dropped(service):
    question = ServiceQuestion(service=service, label="?", type=Type.TEXT, choices="a")
    question.full_clean()
    assert (question.choices, ServiceQuestion(choices=" a \n\nb").options) == ("", ["a", "b"])
