"""„Freigabe durch die Redaktion“: who submits, who approves, and what their mails say."""

from __future__ import annotations

import gettext
import re
from ast import literal_eval
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from importlib import import_module
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Collection, GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from foundation.models import OutgoingMail, User
from foundation.plain_words import COUNTED, WORDS
from home.approval import APPROVERS, WORKFLOW, ensure_approval
from home.groups import EDITORS, ensure_groups
from home.office_editors import SHARED, ensure_office_editors
from offices.models import Office, OfficePage
from tests.factories.accounts import administrator, advisor_with_account, client_of, director, editor, office_editor
from tests.factories.home import NewsIndexPageFactory, OfficeIndexPageFactory, OfficePageFactory, new_site
from tests.factories.offices import OfficeFactory

pytestmark = pytest.mark.django_db

APPS_OF_WAGTAIL = [place for place in settings.INSTALLED_APPS if place.split(".")[0] == "wagtail"]


@pytest.fixture
def page() -> OfficePage:
    """Of the office in Hameln, on a site where everything is set up."""
    home = new_site()
    office = OfficeFactory(name="Büro Hameln", slug="hameln")
    page = OfficePageFactory(parent=OfficeIndexPageFactory(parent=home), office=office, title="Anna Muster in Hameln")
    NewsIndexPageFactory(parent=home)
    call_command("ensure_groups", verbosity=0)
    return page


def send(user: User, page: OfficePage, action: str, lead: str = "Neuer Anreißer", **more: object) -> None:
    comments = {f"comments-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    values = {"title": page.title, "slug": page.slug, "lead": lead, "body": "null", **comments, action: "1"}
    client_of(user).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), values | more)
    page.refresh_from_db()


def review(user: User, page: OfficePage, action: str, comment: str = "") -> None:
    task = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    client_of(user).post(address, {"comment": comment})
    page.refresh_from_db()


def lead_of(page: OfficePage) -> tuple[str, str]:
    """On the site, and in the newest version."""
    return page.lead, page.get_latest_revision_as_object().lead


def letters() -> list[tuple[str, str, list[str]]]:
    """Of the outbox: to whom, the subject, and the lines of the text that say something."""
    found = []
    for mail in OutgoingMail.objects.order_by("created_at", "recipient"):
        message = message_from_bytes(bytes(mail.message), policy=policy.default)
        lines = [line for line in message.get_content().splitlines() if line.strip()]
        found.append((mail.recipient, message["Subject"], lines))
    return found


def test_an_office_cannot_publish_and_what_it_submits_is_closed_to_it(page):
    me = office_editor(page.office)
    send(me, page, "action-publish")
    assert lead_of(page) == ("", "Neuer Anreißer")
    assert not page.workflow_in_progress
    send(me, page, "action-submit")
    assert page.current_workflow_state.workflow.name == WORKFLOW
    send(me, page, "save", lead="Noch neuer")
    assert lead_of(page) == ("", "Neuer Anreißer")


@pytest.mark.parametrize("approver", [editor, director, administrator], ids=["Redaktion", "Leitung", "Administration"])
def test_whoever_may_approve_puts_it_on_the_site(page, approver):
    send(office_editor(page.office), page, "action-submit")
    review(approver(), page, "approve")
    assert lead_of(page) == ("Neuer Anreißer", "Neuer Anreißer")
    assert not page.workflow_in_progress


def test_nobody_else_approves_not_even_whoever_submitted_it(page):
    me = office_editor(page.office)
    send(me, page, "action-submit")
    other = office_editor(OfficeFactory(name="Büro Vechta", slug="vechta"), "anderes-buero")
    for user in (me, other, advisor_with_account("beratung").user):
        review(user, page, "approve")
        assert page.workflow_in_progress, user
        assert page.lead == ""


def test_whoever_submitted_it_takes_it_back(page):
    me = office_editor(page.office)
    send(me, page, "action-submit")
    send(me, page, "action-cancel-workflow")
    assert not page.workflow_in_progress
    assert lead_of(page) == ("", "Neuer Anreißer")


def test_what_was_given_back_is_changed_and_submitted_again(page):
    me, other = office_editor(page.office), editor()
    send(me, page, "action-submit")
    review(other, page, "reject", "Bitte kürzer.")
    assert lead_of(page) == ("", "Neuer Anreißer")
    send(me, page, "action-submit", lead="Kürzer")
    review(other, page, "approve")
    assert lead_of(page) == ("Kürzer", "Kürzer")


def test_mails_go_through_the_outbox_in_german_and_name_nobody_in_the_subject(page, settings):
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    me, other, boss = office_editor(page.office), editor(), director()
    User.objects.create_superuser("root", "root@mehrwert.example")
    send(me, page, "action-submit")
    review(other, page, "reject", "Bitte kürzer.")
    send(me, page, "action-submit", lead="Kürzer")
    OutgoingMail.objects.filter(recipient=boss.email).delete()
    review(other, page, "approve")
    task = GroupApprovalTask.objects.get(name=WORKFLOW)
    edit = settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    view = settings.BASE_URL + reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task.pk])
    choices = settings.BASE_URL + reverse("wagtailadmin_account") + "#tab-notifications"
    foot = f"Sie können Ihre Benachrichtigungseinstellungen hier bearbeiten: {choices}"
    waits = [
        "Hallo redaktion,",
        "Die Seite „Anna Muster in Hameln“ wartet auf Freigabe.",
        f"Ansehen: {view}",
        f"Prüfen, freigeben oder zurückgeben: {edit}",
        foot,
    ]
    refused = [
        "Hallo buero,",
        "Die Seite „Anna Muster in Hameln“ ist noch nicht freigegeben; redaktion hat sie zurückgegeben.",
        "Anmerkung: Bitte kürzer.",
        f"Ändern und noch einmal einreichen: {edit}",
        foot,
    ]
    approved = ["Hallo buero,", f"Die Seite „Anna Muster in Hameln“ ist freigegeben: {page.full_url}", foot]
    assert letters() == [
        (other.email, "Eine Seite wartet auf Freigabe", waits),
        (me.email, "Ihre Seite kam zurück", refused),
        (other.email, "Eine Seite wartet auf Freigabe", waits),
        (me.email, "Ihre Seite ist freigegeben", approved),
    ]


def test_the_editor_says_in_plain_words_what_is_submitted_and_for_whom_it_waits(page):
    """Wagtail's words: „In Freigabe durch die Redaktion einreichen“, „Nur Reviewer … dieses Seite-Objekt“."""
    me, other = office_editor(page.office), editor()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Zur Freigabe einreichen" in client_of(me).get(edit).text
    send(me, page, "action-submit")
    waits = "Diese Seite wartet auf Freigabe. Bis dahin ändert sie nur, wer freigeben darf."
    assert [waits in client_of(user).get(edit).text for user in (me, other)] == [True, False]
    panel = client_of(other).get(edit).text
    assert [words in panel for words in ("Wartet auf Freigabe", "Kein Zeitpunkt festgelegt")] == [True, True]
    assert not re.findall("In Moderation|Reviewer|Schnipsel|-Objekt ", panel)
    review(other, page, "reject", "Bitte kürzer.")
    assert "Noch einmal einreichen" in client_of(me).get(edit).text


def test_plain_words_stand_for_words_of_wagtail():
    """What Wagtail words anew would be said in its German again, and nobody would notice."""
    assert {*WORDS, *COUNTED} - set().union(*map(english_of, APPS_OF_WAGTAIL)) == set()
    referenced = [ngettext("Referenced %(count)s time", "Referenced %(count)s times", number) for number in (0, 1)]
    assert referenced == ["an %(count)s Stellen verwendet", "an %(count)s Stelle verwendet"]
    assert ngettext("1 snippet type", "%(counter)s snippet types", 2) == "%(counter)s Schnipseltypen"


def test_nothing_of_wagtail_stays_in_english():
    """Neither in its German nor in ours: what is new in a version comes without German."""
    for place in APPS_OF_WAGTAIL:
        folder = Path(import_module(place).__file__).parent / "locale"
        german = gettext.translation("django", folder, ["de"], fallback=True)
        known = set(getattr(german, "_catalog", {})) | WORDS.keys()
        assert [words for words in sorted(english_of(place)) if not {words, (words, 1)} & known] == [], place


def english_of(place: str) -> set[str]:
    """All messages of an app of Wagtail, by the source of its English catalogue, which translates nothing."""
    source = Path(import_module(place).__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    messages = re.findall(r'^msgid ((?:".*"\n)+)', source.read_text(), re.MULTILINE) if source.exists() else []
    return {"".join(map(literal_eval, message.splitlines())) for message in messages} - {""}


def test_the_workflow_is_repaired(page):
    workflow = Workflow.objects.get(name=WORKFLOW)
    workflow.deactivate()
    task = GroupApprovalTask.objects.get(name=WORKFLOW)
    task.groups.set([Group.objects.get(name=EDITORS)])
    WorkflowTask.objects.filter(workflow=workflow).delete()
    assert ensure_approval() == [
        f"Arbeitsablauf „{WORKFLOW}“ wiederhergestellt.",
        f"„Anna Muster in Hameln“ geht durch die „{WORKFLOW}“.",
        f"„Nachrichten“ geht durch die „{WORKFLOW}“.",
    ]
    assert sorted(task.groups.values_list("name", flat=True)) == sorted(APPROVERS)
    assert ensure_approval() == []


def test_a_page_with_another_workflow_keeps_it(page):
    own = Workflow.objects.create(name="Zwei Augen mehr")
    WorkflowTask.objects.create(workflow=own, task=GroupApprovalTask.objects.get(name=WORKFLOW))
    WorkflowPage.objects.filter(page=page).update(workflow=own)
    assert ensure_approval() == []
    assert Page.objects.get(pk=page.pk).get_workflow() == own


@pytest.mark.parametrize("model", [Workflow, GroupApprovalTask])
def test_a_second_workflow_or_task_of_the_name_does_no_harm(page, model):
    """A new office page failed, as the name found two."""
    ours = page.get_workflow()
    model.objects.create(name=WORKFLOW)
    new = OfficePageFactory(parent=page.get_parent(), office=OfficeFactory(name="Büro Vechta", slug="vechta"))
    assert new.get_workflow() == ours
    assert ensure_approval() == (
        [f"Arbeitsablauf „{WORKFLOW}“ abgeschaltet: Niemand könnte freigeben."] if model is Workflow else []
    )
    assert new.get_workflow() == ours


def test_two_offices_made_at_once_share_the_workflow_and_get_a_collection_each(transactional_db):
    """Two workflows or collections of one name could arise, or two collections at one place of the tree."""
    offices = OfficeIndexPageFactory(parent=new_site())
    ensure_groups()
    both_are_there = Barrier(2, timeout=60)

    def set_up(town: str) -> None:
        office = OfficeFactory(name=f"Büro {town}", slug=town.lower())
        both_are_there.wait()
        ensure_approval()
        ensure_office_editors([office])
        connection.close()

    with ThreadPoolExecutor() as threads:
        list(threads.map(set_up, ["Hameln", "Vechta"]))
    names = ["Büro Hameln", "Büro Vechta", SHARED]
    assert sorted(Collection.objects.filter(depth=2).values_list("name", flat=True)) == names
    assert [Workflow.objects.filter(name=WORKFLOW).count(), WorkflowTask.objects.count()] == [1, 2]
    assert OfficePageFactory(parent=offices, office=Office.objects.first()).get_workflow().name == WORKFLOW


def test_what_the_administration_changed_stays_when_an_office_is_added(page):
    ours = page.get_workflow()
    task = GroupApprovalTask.objects.get(name=WORKFLOW)
    task.groups.set([Group.objects.get(name=EDITORS)])
    ours.deactivate()
    new = OfficePageFactory(parent=page.get_parent(), office=OfficeFactory(name="Büro Vechta", slug="vechta"))
    ours.refresh_from_db()
    assert not ours.active
    assert not new.has_workflow
    assert [group.name for group in task.groups.all()] == [EDITORS]


def test_the_administration_makes_and_changes_workflows_and_nobody_else(page):
    routes = ["index", "add", "task_index"]
    numbered = {"edit": page.get_workflow().pk, "edit_task": GroupApprovalTask.objects.get(name=WORKFLOW).pk}
    addresses = [reverse(f"wagtailadmin_workflows:{route}") for route in routes]
    addresses += [reverse(f"wagtailadmin_workflows:{route}", args=[pk]) for route, pk in numbered.items()]
    clients = {user.username: client_of(user) for user in (administrator(), editor(), director())}
    given = {name: [client.get(address).status_code for address in addresses] for name, client in clients.items()}
    shut = [302] * len(addresses)
    assert given == {"verwaltung": [200] * len(addresses), "redaktion": shut, "geschaeftsleitung": shut}
