"""F34: an import that is killed in the middle, and a second one beside it: real processes on the test's database."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Page

from courses.importing.opening import open_with_columns
from courses.importing.run import apply_import
from courses.importing.running import ImportBusy
from courses.models import CourseCataloguePage, CourseImport, CoursePage, CourseRun, CourseWords
from courses.models.course_import import LEASE
from tests.courses.importing.files import file_of, new_import, record, take_in
from tests.factories.courses import CourseCataloguePageFactory, ProviderFactory, TopicFactory
from tests.factories.home import new_site
from tests.processes.lingering import COMMAND
from tests.servers import RunningSite, wait_until

TABLE = """Kursnummer;Titel;Kurzfassung;Themen;Anmeldung;Beginn
K-1;Anders;In drei Tagen.;Digitalisierung;https://a.example/1;12.01.2027
K-2;Neu;In drei Tagen.;Digitalisierung;https://a.example/2;13.01.2027
"""


def stored() -> list[object]:
    """Whatever an import writes."""
    return [
        list(CoursePage.objects.order_by("pk").values()),
        *(model.objects.count() for model in (CourseRun, CourseWords, Page)),
        CourseCataloguePage.objects.get().numchild,
    ]


def test_killed_in_the_middle_leaves_nothing_and_a_second_one_beside_it_is_refused(
    site: RunningSite, tmp_path: Path
) -> None:
    TopicFactory()
    CourseCataloguePageFactory(parent=new_site())
    provider = ProviderFactory()
    take_in(provider, [record("K-1")])
    first, second = (new_import(provider) for _ in range(2))
    file, sign = tmp_path / "kurse.csv", tmp_path / "half-way"
    file.write_text(TABLE)
    before = stored()
    process = site.start("importer", sys.executable, "-c", COMMAND, str(first.pk), str(file), str(sign))
    wait_until(lambda: sign.exists() or not process.is_running(), what="the import's middle")
    assert process.is_running(), process.log()
    with pytest.raises(ImportBusy, match="schon ein Einlesen"):
        apply_import(second, file_of(record("K-3")), now=timezone.now())
    process.kill()
    assert stored() == before
    first.refresh_from_db()
    now = timezone.now()
    assert (first.is_at_work(now), first.was_broken_off(now + LEASE), first.is_in) == (True, True, False)
    with file.open("rb") as stream:
        apply_import(first, open_with_columns(stream, {}, today=timezone.localdate()), now=now + LEASE)
    assert set(CoursePage.objects.values_list("provider_reference", "title")) == {("K-1", "Anders"), ("K-2", "Neu")}
    assert CourseImport.objects.get(pk=second.pk).state == CourseImport.State.NEW
