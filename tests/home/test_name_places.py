"""The names of places for a site that was set up before postcodes had any."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from offices.models import Office, Postcode
from tests.factories.offices import PostcodeFactory

pytestmark = pytest.mark.django_db


def test_postcodes_get_their_places_once_and_nothing_else_is_loaded():
    PostcodeFactory(code="31785", places="")
    PostcodeFactory(code="49377", places="Vechta, Eigener Ort")
    told = []
    for _ in range(2):
        out = StringIO()
        call_command("name_places", stdout=out)
        told.append(out.getvalue())
    assert told == ["Postleitzahlen, die jetzt Orte haben: 1\n", "Postleitzahlen, die jetzt Orte haben: 0\n"]
    assert dict(Postcode.objects.values_list("code", "places")) == {
        "31785": "Hameln",
        "49377": "Vechta, Eigener Ort",
    }
    assert not Office.objects.exists()
