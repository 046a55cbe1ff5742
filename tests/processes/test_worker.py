"""Background work across crashes (F14), on the database of this run. See docs/decisions/background-work.md."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_q.models import Failure, OrmQ, Schedule
from django_q.tasks import async_task

from tests.servers import RunningProcess, RunningSite, wait_until

IMPATIENT = {"DJANGO_SETTINGS_MODULE": "tests.processes.impatient_settings"}
LEASE = 8  # seconds, of those settings


@pytest.fixture
def worker(site: RunningSite) -> RunningProcess:
    return site.start_worker(**IMPATIENT)


def runs(file: Path) -> list[int]:
    """The process id of each run of a task from tests.processes.jobs."""
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def wait_for_runs(file: Path, number: int, seconds: float = 60) -> None:
    wait_until(lambda: len(runs(file)) >= number, seconds, f"run {number} of the task")


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def test_task_starts_within_two_seconds(worker: RunningProcess, tmp_path: Path) -> None:
    async_task("tests.processes.jobs.note", str(tmp_path / "first"))
    wait_for_runs(tmp_path / "first", 1)

    # Whoever looks every few seconds only is as late each time; a machine that is busy for once is not.
    waits = []
    for number in range(5):
        began = time.monotonic()
        async_task("tests.processes.jobs.note", str(tmp_path / f"next-{number}"))
        wait_for_runs(tmp_path / f"next-{number}", 1)
        waits.append(time.monotonic() - began)
        if waits[-1] < 2:
            break
    assert min(waits) < 2


def test_task_of_killed_process_runs_again(worker: RunningProcess, tmp_path: Path) -> None:
    file = tmp_path / "runs"
    async_task("tests.processes.jobs.note_and_linger_once", str(file), 60)
    wait_for_runs(file, 1)

    kill(runs(file)[0])

    wait_for_runs(file, 2, LEASE + 60)
    wait_until(lambda: not OrmQ.objects.exists(), what="the empty queue")
    assert len(runs(file)) == 2


def test_waiting_process_is_killed_and_work_goes_on(worker: RunningProcess, tmp_path: Path) -> None:
    """Out of the box, the successor of a process that died while it waited never gets a task."""
    async_task("tests.processes.jobs.note", str(tmp_path / "before"))
    wait_for_runs(tmp_path / "before", 1)

    wait_until(lambda: not OrmQ.objects.exists(), what="the stored result")
    time.sleep(1)

    kill(runs(tmp_path / "before")[0])
    async_task("tests.processes.jobs.note", str(tmp_path / "after"))

    wait_for_runs(tmp_path / "after", 1, LEASE + 60)


def test_process_is_killed_while_it_stores_and_work_goes_on(site: RunningSite, tmp_path: Path) -> None:
    """Out of the box, the guard waits for ever for the lock that died with the process."""
    worker = site.start_worker("--silence", "5", **IMPATIENT)
    file = tmp_path / "runs"
    async_task("tests.processes.jobs.die_while_storing_once", str(file))

    wait_for_runs(file, 2, LEASE + 60)

    assert "no sign of life" in worker.log()


def test_killed_worker_leaves_no_orphan_and_loses_no_task(
    site: RunningSite, worker: RunningProcess, tmp_path: Path
) -> None:
    file = tmp_path / "runs"
    async_task("tests.processes.jobs.note_and_linger_once", str(file), 300)
    wait_for_runs(file, 1)
    family = worker.tree()

    kill(worker.pid)
    worker.popen.wait(60)

    wait_until(lambda: not any(process.is_running() for process in family), what="the end of all its processes")
    site.start_worker(**IMPATIENT)
    wait_for_runs(file, 2, LEASE + 60)


def test_schedule_goes_on_after_a_crash(site: RunningSite, worker: RunningProcess, tmp_path: Path) -> None:
    """The scheduler looks about twice a minute; a run that was missed is made up for once."""
    worker.kill()
    file = tmp_path / "runs"
    schedule = Schedule.objects.create(
        func="tests.processes.jobs.note",
        args=repr((str(file),)),
        schedule_type=Schedule.MINUTES,
        minutes=10,
        next_run=timezone.now() - timedelta(minutes=25),
    )

    site.start_worker(**IMPATIENT)

    wait_for_runs(file, 1, 180)
    schedule.refresh_from_db()
    assert timezone.now() < schedule.next_run <= timezone.now() + timedelta(minutes=10)
    assert len(runs(file)) == 1


def test_poison_task_is_tried_once_and_kept_for_people(worker: RunningProcess, tmp_path: Path) -> None:
    async_task("tests.processes.jobs.fail", str(tmp_path / "poison"))
    async_task("tests.processes.jobs.note", str(tmp_path / "next"))

    wait_for_runs(tmp_path / "next", 1)
    wait_until(lambda: not OrmQ.objects.exists(), what="the empty queue")
    assert len(runs(tmp_path / "poison")) == 1
    assert "poison" in Failure.objects.get().result


@pytest.mark.parametrize("stop", ["terminate", "terminate_group", "interrupt"])
def test_stop_finishes_the_task_in_progress(worker: RunningProcess, tmp_path: Path, stop: str) -> None:
    file = tmp_path / "runs"
    async_task("tests.processes.jobs.note_and_linger_once", str(file), 1)
    wait_for_runs(file, 1)
    family = worker.tree()

    assert getattr(worker, stop)() == 0

    assert not any(process.is_running() for process in family)
    assert not OrmQ.objects.exists()
    assert "Traceback" not in worker.log()
