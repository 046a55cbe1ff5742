"""Issue 5: every address of the admin that is not the booking's, asked for by every role about things of one office."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Site, Workflow

from courses.models import CourseImport
from foundation.models import BrandSettings, User
from home.approval import WORKFLOW
from home.models import FundingNotice
from offices.models import Office
from tests.booking.admin.test_every_address import addresses, answer_to, routes
from tests.factories.accounts import (
    administrator,
    advisor_with_account,
    client_of,
    director,
    editor,
    monitor,
    office_editor,
    office_lead,
)
from tests.factories.courses import (
    CourseSourceFactory,
    FundingKindFactory,
    ProviderFactory,
    QualityMarkFactory,
    SynonymFactory,
    TargetGroupFactory,
    TopicFactory,
)
from tests.factories.home import (
    DocumentFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfficeIndexPageFactory,
    OfficePageFactory,
    PictureFactory,
    new_site,
)
from tests.factories.offices import DistrictFactory, OfficeDayFactory, OfficeFactory, PostcodeFactory

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).with_name("every_admin_address.txt")
TEXT, TITLE = "Streng-Hamelner-Entwurf", "Hamelner-Arbeitstitel"
"""In what nobody outside may read yet, and in the names of unpublished pages, pictures and documents."""

ACCOUNTS: dict[str, Callable[[Office], User | None]] = {
    "advisor": lambda _: User.objects.get(username="beratung"),
    "head": lambda office: office_lead("bueroleitung", office=office).user,
    "own office": lambda _: User.objects.get(username="hameln"),
    "other office": lambda _: User.objects.get(username="vechta"),
    "editor": lambda _: editor(),
    "director": lambda _: director(),
    "administrator": lambda _: administrator(),
    "monitor": lambda _: monitor(),
}
"""By the role, as seen from the office in Hameln."""
ROLES = ("anonymous", *ACCOUNTS)


@pytest.fixture
def world(settings, tmp_path) -> dict[str, dict[str, object]]:
    """One of each thing of the office in Hameln, the marker in what only its people and the site's editors may read."""
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "foundation.outbox.backend.OutboxBackend"
    home = new_site()
    hameln, vechta = (OfficeFactory(name=f"Büro {town}", slug=town.lower()) for town in ("Hameln", "Vechta"))
    offices = OfficeIndexPageFactory(parent=home)
    page, _ = (OfficePageFactory(parent=offices, office=office) for office in (hameln, vechta))
    news = NewsIndexPageFactory(parent=home)
    call_command("ensure_groups", verbosity=0)
    me = office_editor(hameln, "hameln")
    office_editor(vechta, "vechta")
    advisor = advisor_with_account("beratung", office=hameln)
    page.lead = TEXT
    revision = page.save_revision(user=me)
    state = page.get_workflow().start(page, me)
    own_news = NewsPageFactory(parent=news, owner=me, title=TITLE, lead=TEXT, live=False)
    collection = hameln.editors.collection
    picture = PictureFactory(title=f"{TITLE} Bild", collection=collection, uploaded_by_user=me)
    document = DocumentFactory(title=f"{TITLE} Datei", collection=collection, uploaded_by_user=me)
    notice = FundingNotice.objects.create(sentence="Gefördert.", valid_from=date(2026, 1, 1))
    task = GroupApprovalTask.objects.get(name=WORKFLOW)
    workflow = Workflow.objects.get(name=WORKFLOW)
    district = DistrictFactory()
    numbers = {
        "page_id": page.pk,
        "parent_page_id": news.pk,
        "page_to_move_id": own_news.pk,
        "destination_id": news.pk,
        "number": page.pk,
        "revision_id": revision.pk,
        "workflow_state_id": state.pk,
        "task_state_id": state.current_task_state_id,
        "task_id": task.pk,
        "action_name": "approve",
        "content_type_app_name": "home",
        "content_type_model_name": "newspage",
        "app_label": "home",
        "model_name": "newspage",
        "app_name": "foundation",
        "image_id": picture.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "uploaded_file_id": 1,
        "filter_spec": "width-50",
        "collection_id": collection.pk,
        "page_pk": page.pk,
        "workflow_pk": workflow.pk,
        "redirect_id": Redirect.objects.create(old_path="/alt", redirect_page=page).pk,
        "session_id": 1,
        "object_id": page.pk,
        "message_id": "nichts",
        "attachment": 1,
        "mail_id": "00000000-0000-4000-8000-000000000000",
        "uidb64": "MQ",
        "token": "nichts",
        "slug": "redaktion",
        "name": "startseite",
    }
    return {
        "": numbers,
        "admin/api/main/^pages/": {"pk": page.pk, "action_name": "copy"},
        "admin/api/main/^documents/": {"pk": document.pk},
        "admin/api/main/^images/": {"pk": picture.pk},
        "admin/bulk/": {"app_label": "wagtailcore", "model_name": "page", "action": "delete"},
        "admin/editing-sessions/": {"app_label": "offices", "model_name": "officepage"},
        "admin/collections/": {"pk": collection.pk},
        "admin/workflows/": {"pk": workflow.pk},
        "admin/workflows/tasks/": {"pk": task.pk, "app_label": "wagtailcore", "model_name": "groupapprovaltask"},
        "admin/settings/": {"model_name": "brandsettings", "pk": BrandSettings.load().pk},
        "admin/tag-autocomplete/": {"app_name": "taggit", "model_name": "tag"},
        "admin/arbeitslisten/": {"slug": "entwuerfe"},
        "admin/documents/chooser/": {"pk": document.pk},
        "admin/images/chooser/": {"pk": picture.pk},
        "admin/foerderhinweise/": {"pk": notice.pk},
        "admin/anbieter/": {"pk": ProviderFactory().pk},
        "admin/einlesen/": {
            "pk": CourseImport.objects.create(provider=ProviderFactory(), created_at=timezone.now()).pk
        },
        "admin/themen/": {"pk": TopicFactory().pk},
        "admin/synonyme/": {"pk": SynonymFactory().pk},
        "admin/kursquellen/": {"pk": CourseSourceFactory().pk},
        "admin/zielgruppen/": {"pk": TargetGroupFactory().pk},
        "admin/foerderungen/": {"pk": FundingKindFactory().pk},
        "admin/siegel/": {"pk": QualityMarkFactory().pk},
        "admin/bueros/": {"pk": hameln.pk},
        "admin/beratungspersonen/": {"pk": advisor.pk},
        "admin/kontakt-buero/": {"pk": hameln.pk},
        "admin/kontakt-menschen/": {"pk": advisor.pk},
        "admin/sprechtage/": {"pk": OfficeDayFactory(office=hameln).pk},
        "admin/landkreise/": {"pk": district.pk},
        "admin/postleitzahlen/": {"pk": PostcodeFactory(district=district).pk},
        "admin/sites/": {"pk": Site.objects.get().pk},
        "admin/translation/": {"pk": page.pk},
        "admin/users/": {"pk": me.pk},
        "admin/groups/": {"pk": hameln.editors.group.pk},
    }


QUERIES = {
    "admin/tag-autocomplete/": "?term=a",
    "admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/": "?term=a",
    "admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": "?id={page_id}",
    "admin/choose-page/chosen-multiple/": "?id={page_id}",
    "admin/images/chooser/chosen-multiple/": "?id={image_id}",
    "admin/documents/chooser/chosen-multiple/": "?id={document_id}",
}
COMPARED = r"^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$"


def filled(route: str, world: dict[str, dict[str, object]]) -> str:
    """The address of the thing of Hameln; the longest beginning that is known says which."""
    known = max((beginning for beginning in world if route.startswith(beginning)), key=len)
    values = world[""] | world[known]
    address = route.replace(COMPARED, f"{values['page_id']}/revisions/compare/earliest...latest/")
    address = address.replace("^.*/$", "nirgends/").replace("^", "").replace("$", "")
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), address)
    return f"/{address}{QUERIES.get(route, '').format(**values)}"


def client_in_role(role: str) -> Client:
    client = Client() if role == "anonymous" else client_of(ACCOUNTS[role](Office.objects.get(slug="hameln")))
    client.raise_request_exception = False
    return client


def routes_of_the_admin() -> list[str]:
    resolver = get_resolver()
    booking = set(addresses(resolver))
    return [route for route, *_ in routes(resolver) if route.startswith("admin/") and route not in booking]


def expected() -> dict[tuple[str, str], list[str]]:
    found = {}
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            method, *answers, route = line.split()
            found[method, route] = answers
    return found


def test_every_address_of_the_admin_stands_in_the_table():
    """Whoever adds an address says there who may open it; those of the booking have a table of their own."""
    table = expected()
    assert sorted({route for _, route in table}) == sorted(set(routes_of_the_admin()))
    assert {len(answers) for answers in table.values()} == {len(ROLES)}


@pytest.mark.parametrize("role", ROLES)
def test_every_address_of_the_admin_answers_each_role_as_the_table_says(world, role):
    client, column, table = client_in_role(role), ROLES.index(role), expected()
    wanted, given = {}, {}
    # Signing out comes last: who does it has no session afterwards.
    for method, route in sorted(table, key=lambda key: (key[1] == "admin/logout/", key[1], key[0])):
        status, body = answer_to(client, method.lower(), filled(route, world))
        wanted[method, route] = table[method, route][column]
        given[method, route] = status + "!" * (TEXT in body) + "~" * (TITLE in body)
    assert given == wanted


def test_nobody_outside_an_office_reads_what_is_not_approved_yet():
    """The table itself: no text of a draft for strangers, no file of the office, nothing of its own page to change."""
    strangers = [ROLES.index(role) for role in ("anonymous", "advisor", "head", "other office", "monitor")]
    for (method, route), answers in expected().items():
        given = {answers[column] for column in strangers}
        assert not any("!" in answer for answer in given), route
        if re.match(r"admin/(images|documents)/", route) and "select_format" not in route:
            assert not any("~" in answer for answer in given), route
        if "<int:page_id>" in route and not route.endswith(("revisions/", "confirm_cancellation/<int:page_id>/")):
            assert given <= {"login", "home", "404", "405"}, (method, route)
