"""The groups of the admin, and that of programs that watch it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from foundation.models import User
from home.groups import ADMINISTRATORS, ADVISORS, DIRECTORS, EDITORS, LEADS, MONITORS, UNUSED, ensure_groups
from tests.factories.accounts import account, client_of, let_colleagues_see

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_wagtails_own(db: None) -> None:
    """As after the migrations: tests find the groups of the site otherwise."""
    Group.objects.all().delete()
    Group.objects.bulk_create(Group(name=name) for name in UNUSED)


def state() -> list[object]:
    return [
        sorted(Group.objects.values_list("name", "permissions__codename")),
        sorted(GroupPagePermission.objects.values_list("group__name", "page_id", "permission__codename")),
        sorted(GroupCollectionPermission.objects.values_list("group__name", "permission__codename")),
    ]


def test_groups_are_made_once_and_replace_wagtails_own():
    assert ensure_groups() == [
        f"Gruppe „{name}“ angelegt." for name in (EDITORS, ADVISORS, LEADS, DIRECTORS, ADMINISTRATORS, MONITORS)
    ]
    first = state()
    assert ensure_groups() == []
    assert state() == first
    assert sorted(Group.objects.values_list("name", flat=True)) == [
        ADMINISTRATORS,
        ADVISORS,
        LEADS,
        DIRECTORS,
        EDITORS,
        MONITORS,
    ]


def test_what_was_changed_by_hand_is_repaired():
    ensure_groups()
    first = state()
    group = Group.objects.get(name=ADVISORS)
    group.permissions.set(Permission.objects.filter(codename="delete_user"))
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.get_first_root_node(), permission=permission)
    GroupPagePermission.objects.filter(group__name=EDITORS).delete()
    assert ensure_groups() == [f"Rechte der Gruppe „{name}“ wiederhergestellt." for name in (EDITORS, ADVISORS)]
    assert state() == first


def test_a_second_run_takes_few_queries(django_assert_num_queries):
    ensure_groups()
    with django_assert_num_queries(30):
        ensure_groups()


def test_wagtails_group_stays_where_somebody_is_in_it():
    person = User.objects.create_user("alt")
    person.groups.add(Group.objects.get(name="Editors"))
    ensure_groups()
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()


def test_advisors_hold_two_permissions_and_no_page():
    ensure_groups()
    group = Group.objects.get(name=ADVISORS)
    assert sorted(group.permissions.values_list("codename", flat=True)) == ["access_admin", "use_desk"]
    assert not GroupPagePermission.objects.filter(group=group).exists()
    assert not GroupCollectionPermission.objects.filter(group=group).exists()


def test_heads_of_an_office_hold_permissions_of_the_desk_only():
    ensure_groups()
    group = Group.objects.get(name=LEADS)
    held = sorted(group.permissions.values_list("codename", flat=True))
    assert held == ["access_admin", "lead_office", "see_office", "use_desk"]
    assert not GroupPagePermission.objects.filter(group=group).exists()


def test_what_a_network_grants_its_advisors_stays():
    ensure_groups()
    let_colleagues_see()
    ensure_groups()
    group = Group.objects.get(name=ADVISORS)
    assert group.permissions.filter(codename="see_office").exists()


@pytest.mark.parametrize(
    ("group", "open_", "shut"),
    [
        (
            EDITORS,
            ["wagtailimages:index", "wagtaildocs:index", "bueros:index"],
            ["termine:index", "beratungszeiten:index"],
        ),
        (
            ADMINISTRATORS,
            ["termine:index", "wagtailusers_users:index", "wagtailimages:index", "beratungszeiten:index"],
            [],
        ),
        (ADVISORS, [], ["wagtailusers_users:index", "bueros:index", "termine:index", "advisor_calendar"]),
    ],
)
def test_doors_open_by_group(group, open_, shut):
    ensure_groups()
    client = client_of(account("person", group))
    assert {name: client.get(reverse(name)).status_code for name in open_} == dict.fromkeys(open_, 200)
    assert {name: client.get(reverse(name)).status_code for name in shut} == dict.fromkeys(shut, 302)


def test_command_says_what_it_did(capsys):
    call_command("ensure_groups")
    assert capsys.readouterr().out.splitlines() == [
        *(f"Gruppe „{name}“ angelegt." for name in (EDITORS, ADVISORS, LEADS, DIRECTORS, ADMINISTRATORS, MONITORS)),
        "Arbeitsablauf „Freigabe durch die Redaktion“ angelegt.",
        "Arbeitsablauf „Moderators approval“ abgeschaltet: Niemand könnte freigeben.",
        "Sammlung „Für alle Büros“ angelegt.",
    ]
    call_command("ensure_groups")
    assert capsys.readouterr().out == "Alles ist, wie es sein soll.\n"
