"""django-appointment's side of the comparison: `python ask.py data.json answer.json`, in the peer's environment.

It knows nothing of this project. Staff, hours, days off and appointments come as JSON and go into the peer's tables.
Then every day of every staff member is asked for as the peer's view for visitors does it (`get_available_slots_ajax`):
`get_available_slots_for_staff(date, staff_member, weekday, service=service)`. Writing the data is not counted.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django
import environ
from django.conf import settings


def configure(folder: str) -> None:
    database = environ.Env().db_url("DATABASE_URL", default="sqlite://:memory:")
    test_name = f"{folder}/peer.sqlite3" if database["ENGINE"].endswith("sqlite3") else "peer"
    settings.configure(
        SECRET_KEY="only-for-this-comparison",
        DEBUG=False,
        USE_TZ=True,
        TIME_ZONE="Europe/Berlin",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "appointment",
        ],
        DATABASES={"default": {**database, "TEST": {"NAME": test_name, "MIGRATE": False}}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        APPOINTMENT_BUFFER_TIME=0,
        Q_CLUSTER={},
    )
    logging.disable()
    django.setup()


def load(data: dict[str, Any]) -> tuple[Any, list[Any]]:
    from appointment import models as peer
    from django.contrib.auth import get_user_model

    minutes = timedelta(minutes=data["minutes"])
    service = peer.Service.objects.create(name="Beratung", duration=minutes, price=0)
    client = get_user_model().objects.create_user("client")
    staff = []
    for number in range(data["staff"]):
        member = peer.StaffMember.objects.create(
            user=get_user_model().objects.create_user(f"staff-{number}"), slot_duration=data["step"]
        )
        member.services_offered.add(service)
        staff.append(member)
    # 0 is Sunday there.
    peer.WorkingHours.objects.bulk_create(
        peer.WorkingHours(staff_member=member, day_of_week=day, start_time=data["opens"], end_time=data["closes"])
        for member in staff
        for day in range(1, 6)
    )
    peer.DayOff.objects.bulk_create(
        peer.DayOff(staff_member=staff[number], start_date=first, end_date=last)
        for number, first, last in data["days_off"]
    )
    requests = peer.AppointmentRequest.objects.bulk_create(
        peer.AppointmentRequest(
            date=day, start_time=start, end_time=end, service=service, staff_member=staff[number], id_request=str(key)
        )
        for key, (number, day, start, end) in enumerate(data["appointments"])
    )
    peer.Appointment.objects.bulk_create(
        peer.Appointment(client=client, appointment_request=request, id_request=request.id_request)
        for request in requests
    )
    return service, list(peer.StaffMember.objects.order_by("pk"))


def ask(data: dict[str, Any]) -> dict[str, Any]:
    from appointment.services import get_available_slots_for_staff
    from appointment.utils.db_helpers import get_weekday_num_from_date
    from django.db import connection

    service, staff = load(data)
    days = [date.fromisoformat(data["first"]) + timedelta(days=number) for number in range(data["days"])]
    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    get_available_slots_for_staff(days[0], staff[0], get_weekday_num_from_date(days[0]), service=service)
    slots = []
    with connection.execute_wrapper(count):
        cpu, wall = time.process_time(), time.perf_counter()
        for number, member in enumerate(staff):
            for day in days:
                weekday = get_weekday_num_from_date(day)
                found = get_available_slots_for_staff(day, member, weekday, service=service)
                slots += [[number, slot.isoformat(timespec="minutes")] for slot in found]
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {"cpu": cpu, "wall": wall, "queries": queries, "slots": slots}


def main() -> None:
    question, answer = map(Path, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="peer-") as folder:
        configure(folder)
        from django.db import connection

        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        answer.write_text(json.dumps(ask(json.loads(question.read_text()))))
        connection.creation.destroy_test_db(None, verbosity=0)


if __name__ == "__main__":
    main()
