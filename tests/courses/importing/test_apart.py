"""What providers send and offer is read in a process that may die: then it is refused, and nothing is taken over."""

from __future__ import annotations

import sys

import pytest
from django.core.management import CommandError, call_command

from courses.importing.apart import TOO_MUCH
from courses.importing.sources import read_source
from courses.models import CourseImport, CoursePage, CourseSource
from courses.services.take_in_file import accept_file, columns_of, look_at_file, run_file
from foundation.fetching.client import Client
from tests.courses.importing.files import NOW
from tests.hostile_servers import hostile_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("apart_indeed")]
HEADINGS = ("Kursnummer", "Titel", "Kurzfassung", "Thema", "Anmeldung", "Beginn")
TABLE = "\n".join(
    [";".join(HEADINGS)]
    + [f"K-{n};Stapler {n};Fahren lernen.;Digitalisierung;https://a.example/{n};12.01.2027" for n in range(3)]
).encode()
DIES_HALF_WAY = """
import os, sys
from itertools import islice
from courses.importing.child import LIMITS, read
from foundation.apart import tell
def work(told, file):
    yield from islice(read(told, file), 2)
    sys.stdout.flush()
    os.abort()
del sys.argv[1:3]
tell(work, LIMITS)
"""


@pytest.fixture
def dying(monkeypatch, tmp_path):
    """The process says what kind of file it is and one course of it."""
    program, interpreter = tmp_path / "program.py", tmp_path / "python"
    program.write_text(DIES_HALF_WAY)
    interpreter.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{program}" "$@"\n')
    interpreter.chmod(0o755)

    def die() -> None:
        monkeypatch.setattr("foundation.apart.sys.executable", str(interpreter))

    return die


def sent(provider) -> CourseImport:
    return accept_file(provider=provider, content=[TABLE], name="kurse.csv", user=None, now=NOW)


def test_file_that_was_sent(provider):
    imported = sent(provider)
    assert columns_of(imported.file) == list(
        zip(HEADINGS, ("reference", "title", "summary", "topics", "booking_link", "starts_on"), strict=True)
    )
    look_at_file(imported, now=NOW)
    assert (imported.state, imported.counts["new"]) == ("ready", 3)
    imported.attempts = 0  # somebody has asked for it
    run_file(imported, gone_is_meant=False, now=NOW)
    assert (imported.state, CoursePage.objects.count()) == ("done", 3)


def test_file_that_was_sent_and_its_process_dies(provider, dying):
    imported = sent(provider)
    dying()
    look_at_file(imported, now=NOW)
    assert (imported.state, imported.problem, imported.entries.count()) == ("failed", TOO_MUCH, 0)
    imported.attempts = 0  # somebody has asked for it
    run_file(imported, gone_is_meant=False, now=NOW)
    imported.refresh_from_db()
    assert (imported.state, imported.problem, CoursePage.objects.count()) == ("failed", TOO_MUCH, 0)
    assert imported.file.pieces.exists()


def test_file_that_was_fetched_and_its_process_dies(provider, dying):
    with hostile_server(lambda talk: talk.answer(TABLE)) as server:
        source = CourseSource.objects.create(provider=provider, address=server.address, next_at=NOW)
        client = Client(user_agent="T", user_agents={}, allowed_inside={server.endpoint})
        dying()
        read_source(source, now=NOW, client=client)
    source.refresh_from_db()
    assert (source.outcome, source.failing_since, source.digest) == (TOO_MUCH, NOW, "")
    assert CoursePage.objects.count() == 0


def test_file_of_the_command_and_its_process_dies(provider, dying, tmp_path):
    file = tmp_path / "kurse.csv"
    file.write_bytes(TABLE)
    dying()
    with pytest.raises(CommandError) as refused:
        call_command("import_courses", file, "--provider", provider.slug, "--apply")
    assert (refused.value.returncode, str(refused.value)) == (1, TOO_MUCH)
    assert CoursePage.objects.count() == 0
