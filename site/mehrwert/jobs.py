"""What the worker does by the clock. Every job may be late, repeated or run twice at once without harm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_q.models import Schedule


@dataclass(frozen=True)
class Job:
    """`function` is a dotted name. Runs every so many minutes, or once a day at a local time. `timeout` in seconds,
    where the worker's own is too short."""

    name: str
    function: str
    arguments: tuple[str, ...] = ()
    minutes: int | None = None
    daily_at: time | None = None
    timeout: int | None = None

    def first_run(self, now: datetime) -> datetime:
        if self.daily_at is None:
            return now
        local = timezone.localtime(now)
        today = local.replace(hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0)
        return today if today > local else today + timedelta(days=1)


JOBS = (
    Job("Post verschicken", "foundation.outbox.delivery.deliver_due", minutes=1),
    Job("Abgelaufene Reservierungen freigeben", "booking.tasks.release_run_out_holds", minutes=1),
    Job("Unbeantwortete Angebote beenden", "booking.tasks.expire_offers", minutes=1),
    Job("Frei gewordene Zeiten weitergeben", "booking.tasks.pass_on_freed_times", minutes=1),
    Job("Eigene Kalender der Beratung lesen", "booking.tasks.read_own_calendars", minutes=1),
    Job("Termine in eigene Kalender eintragen", "booking.tasks.write_into_calendars", minutes=1),
    Job("Einladungen an neue Adressen schicken", "booking.tasks.follow_addresses", minutes=1),
    Job("Störungen melden", "booking.tasks.watch_channels", minutes=5),
    Job("Antworten auf Einladungen holen", "booking.tasks.read_reply_mailbox", minutes=5),
    Job("An Termine erinnern", "booking.tasks.send_reminders", minutes=5),
    Job("Geplante Seiten veröffentlichen", "home.tasks.publish_scheduled", minutes=5),
    Job("Aufbewahrungsfristen anwenden", "booking.tasks.apply_retention", daily_at=time(3, 15)),
    Job("Dateien mit Kursen vergessen", "courses.tasks.forget_import_files", daily_at=time(3, 30)),
    Job("Anbieter an ihre Kurse erinnern", "courses.tasks.remind_providers", daily_at=time(6, 30)),
    Job("Offene Daten schreiben", "courses.tasks.write_open_data", daily_at=time(2, 15)),
    Job(
        "Kurse von den Adressen der Anbieter holen",
        "courses.tasks.read_course_source",
        minutes=5,
        timeout=settings.LONG_TASK_SECONDS,
    ),
    Job("Links der Seiten lesen", "home.tasks.read_links_of_pages", daily_at=time(2, 30)),
    Job("Links zu fremden Websites prüfen", "home.tasks.check_links_to_other_sites", minutes=5),
    Job("PDF-Dateien prüfen", "foundation.pdfs.unseen.look_at_unseen", minutes=60),
    Job("Merkmale abgesandter Formulare löschen", "home.tasks.forget_traces_of_forms", minutes=60),
    Job("Neue Kurse melden", "home.tasks.tell_of_new_courses", minutes=15),
    Job("Unbestätigte Suchaufträge löschen", "home.tasks.forget_unconfirmed_alerts", minutes=60),
    Job("Alten Bildungsbedarf löschen", "home.tasks.forget_demand", daily_at=time(3, 30)),
    Job(
        "Abgelaufene Sitzungen löschen", "django.core.management.call_command", ("clearsessions",), daily_at=time(3, 45)
    ),
    # What a page is found by may stand elsewhere: the town of its office, the name of a topic.
    Job(
        "Suche auffrischen",
        "django.core.management.call_command",
        ("update_index", "--verbosity=0"),
        daily_at=time(4, 15),
    ),
)


@transaction.atomic
def schedule_jobs(now: datetime, jobs: tuple[Job, ...] = JOBS) -> None:
    """Bring the table of schedules in line with JOBS. Idempotent; the next run of a known job stays as it is."""
    Schedule.objects.exclude(name__in=[job.name for job in jobs]).delete()
    for job in jobs:
        wanted = {
            "func": job.function,
            "args": repr(job.arguments) if job.arguments else None,
            "kwargs": repr({"q_options": {"timeout": job.timeout}}) if job.timeout else None,
            "schedule_type": Schedule.MINUTES if job.minutes else Schedule.DAILY,
            "minutes": job.minutes,
        }
        Schedule.objects.update_or_create(
            name=job.name, defaults=wanted, create_defaults={**wanted, "next_run": job.first_run(now)}
        )
