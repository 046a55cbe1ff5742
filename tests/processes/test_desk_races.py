"""The same form of the desk from many processes at the same instant, as an impatient hand or two tabs send it."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from booking.models import AvailabilityRule, Closure
from tests.factories.accounts import advisor_with_account, client_of
from tests.rivals import Errand, Step, send_rivals
from tests.servers import RunningSite

RIVALS = 6
ROUNDS = 10
"""Forms of ten days at the same signal, each sent by six."""


@pytest.mark.parametrize(
    ("route", "model", "more"),
    [("extra", AvailabilityRule, {"arten": "office"}), ("block", Closure, {"grund": "Fortbildung"})],
)
def test_same_form_sent_at_once_is_kept_once(site: RunningSite, route: str, model: type, more: dict[str, str]) -> None:
    """On PostgreSQL two extra times could arise, as nothing of the database forbids them."""
    nora = advisor_with_account(name="Nora Nord")
    web = site.start_web(workers=4)
    client = client_of(nora.user)
    address = reverse(f"termine:{route}")
    token = str(client.get(address).context["csrf_token"])
    cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in client.cookies.values())
    errands = []
    for number in range(ROUNDS):
        day = timezone.localdate() + timedelta(days=7 + number)
        values = {"beratung": nora.pk, "buero": nora.office_id, "tag": day, "von": "10:00", "bis": "12:00"}
        data = {name: str(value) for name, value in values.items()} | more | {"csrfmiddlewaretoken": token}
        errands += [Errand([Step("POST", address, data)], cookies=cookies)] * RIVALS
    found = send_rivals(web.url, errands)
    assert Counter(answers[-1].status for answers in found) == {302: ROUNDS * RIVALS}
    assert model.objects.count() == ROUNDS
    assert ModelLogEntry.objects.filter(action="wagtail.create").count() == ROUNDS
