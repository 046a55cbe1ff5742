"""Accounts in the groups of the site, which stand in every test database from the start; never with single grants."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.test import Client

from foundation.models import User
from home.groups import ADMINISTRATORS, ADVISORS, DIRECTORS, EDITORS, LEADS, MONITORS
from home.office_editors import ensure_office_editors
from offices.models import Advisor, Office
from tests.factories.offices import AdvisorFactory


def account(username: str, group: str | None = None, **values: object) -> User:
    user = User.objects.create_user(username, email=f"{username}@mehrwert.example", **values)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def editor(username: str = "redaktion") -> User:
    return account(username, EDITORS)


def administrator(username: str = "verwaltung") -> User:
    return account(username, ADMINISTRATORS)


def advisor_with_account(username: str = "beratung", **values: object) -> Advisor:
    return AdvisorFactory(user=account(username, ADVISORS), **values)


def office_lead(username: str = "leitung", **values: object) -> Advisor:
    return AdvisorFactory(user=account(username, LEADS), **values)


def director(username: str = "geschaeftsleitung") -> User:
    return account(username, DIRECTORS)


def monitor(username: str = "waechter", **values: object) -> User:
    """A program that watches the site."""
    return account(username, MONITORS, **values)


def office_editor(office: Office, username: str = "buero") -> User:
    """Writes for this office; the office must have what `ensure_groups` makes."""
    ensure_office_editors([office])
    user = account(username)
    user.groups.add(office.editors.group)
    return user


def let_colleagues_see() -> None:
    """The network's choice that advisors see the appointments of their office."""
    permission = Permission.objects.get(content_type__app_label="booking", codename="see_office")
    Group.objects.get(name=ADVISORS).permissions.add(permission)


def client_of(user: User | None) -> Client:
    client = Client()
    assert user is not None
    client.force_login(user)
    return client
