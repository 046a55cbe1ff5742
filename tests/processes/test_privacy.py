"""P3: after a whole run of the real site, no log and no queue tells who was there."""

from __future__ import annotations

import re
from datetime import time
from email import message_from_bytes, policy

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django_q.models import OrmQ

from booking.models import Appointment
from tests.factories.booking import AvailabilityRuleFactory, ServiceFactory
from tests.factories.offices import AdvisorFactory, DistrictFactory, OfficeFactory, PostcodeFactory
from tests.mail_servers import working_server
from tests.processes.visitors import free_starts, reserving
from tests.rivals import Errand, Step, walk
from tests.servers import RunningSite, wait_until

PLANTED = {
    "organization": "Merkmalbetrieb GmbH",
    "name": "Merkmalperson",
    "email": "merkmalpost@firma.example",
    "phone": "05151 7654321",
    "postcode": "99998",
    "topic": "Merkmalthema",
    "message": "Merkmalnachricht",
}
MARKERS = [value for name, value in PLANTED.items() if name != "postcode"]
MARKERS += ["merkmalpost", "7654321", "198.51.100.77"]
POSTCODE = re.compile(r"(?<![0-9a-f])99998(?![0-9a-f])")
"""No port, and no piece of the number of a task: those are in logs, too."""


@pytest.mark.django_db(transaction=True)
def test_no_log_and_no_queue_names_a_visitor(site: RunningSite) -> None:
    district = DistrictFactory()
    PostcodeFactory(code="99998", district=district)
    office = OfficeFactory(slug="hameln", districts=[district])
    service = ServiceFactory()
    AvailabilityRuleFactory(advisor=AdvisorFactory(office=office), start_time=time(8), end_time=time(16))
    first, second = free_starts(service, office)[:2]
    connection.close()

    with working_server() as (mailbox, port):
        site.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "TRUSTED_PROXIES": "1", "LOG_LEVEL": "DEBUG"}
        web, worker = site.start_web(), site.start_worker()
        errand = Errand(
            [
                Step("GET", "/termin/?plz=99998"),
                reserving(office, first),
                Step("GET"),
                Step("POST", data=PLANTED),
                Step("GET"),
            ],
            network="198.51.100.77",
        )
        page = walk(web.url, errand)[-1]
        assert "Ihr Termin ist gebucht" in page.body
        move, cancel, file = (
            re.search(rf'href="(/termin/{way}/[^"]+)"', page.body)[1] for way in ("verschieben", "absagen", "kalender")
        )
        changes = [
            Step("GET", file),
            Step("POST", move, {"zeit": second.isoformat(timespec="minutes"), "stand": "0"}),
            Step("POST", cancel, {"grund": "Merkmalnachricht"}),
        ]
        walk(web.url, Errand(changes, network="198.51.100.77"))
        # What goes wrong is logged most eagerly.
        for wrong in (f"{cancel}x", f"/termin/ansehen/{PLANTED['email']}/", f"/gibt-es-nicht/?mail={PLANTED['email']}"):
            walk(web.url, Errand([Step("GET", wrong)], network="198.51.100.77"))
        wait_until(lambda: len(mailbox.envelopes) == 6, what="all six mails")

    mails = [message_from_bytes(bytes(e.original_content), policy=policy.default) for e in mailbox.envelopes]
    planted = [*MARKERS, PLANTED["postcode"]]
    assert not [mail["Subject"] for mail in mails if any(marker in mail["Subject"] for marker in planted)]
    appointment = Appointment.objects.get()
    tokens = [token for path in (move, cancel, file) for token in [path.split("/")[3].removesuffix(".ics")]]
    secrets = [*MARKERS, *tokens, appointment.link_nonce]
    for log in (web.log(), worker.log()):
        assert not [secret for secret in secrets if secret in log]
        assert not POSTCODE.search(log)
    wait_until(lambda: not OrmQ.objects.exists(), what="the end of all tasks")
    assert not Session.objects.exists()
