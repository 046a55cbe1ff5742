from __future__ import annotations

import pydoc
from datetime import UTC, datetime, time

import pytest
from django_q.models import Schedule

from mehrwert.jobs import JOBS, Job, schedule_jobs

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # 13:00 in Berlin
HOURLY = Job("Stündlich", "foundation.nothing", minutes=60)


@pytest.mark.parametrize(
    ("job", "first_run"),
    [
        (HOURLY, NOW),
        (Job("Nacht", "x", daily_at=time(3, 15)), datetime(2026, 11, 24, 2, 15, tzinfo=UTC)),
        (Job("Abend", "x", daily_at=time(20)), datetime(2026, 11, 23, 19, tzinfo=UTC)),
    ],
)
def test_first_run(job: Job, first_run: datetime) -> None:
    assert job.first_run(NOW) == first_run


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.function)
def test_function_of_every_job_exists(job: Job) -> None:
    assert callable(pydoc.locate(job.function))


@pytest.mark.django_db
def test_scheduling_again_keeps_the_next_run_and_drops_what_is_gone() -> None:
    schedule_jobs(NOW, (HOURLY, Job("Früher", "foundation.gone", minutes=5)))
    later = datetime(2026, 11, 23, 12, 40, tzinfo=UTC)
    Schedule.objects.filter(name=HOURLY.name).update(next_run=later)

    schedule_jobs(NOW, (Job(HOURLY.name, "foundation.nothing", ("a",), minutes=30),))

    assert list(Schedule.objects.values_list("name", "args", "minutes", "next_run")) == [
        (HOURLY.name, "('a',)", 30, later)
    ]
