"""`import_courses` on a shell."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from courses.models import ColumnMapping, CoursePage
from tests.courses.importing.files import record, take_in

pytestmark = pytest.mark.django_db
LINES = (
    "Nr;Bezeichnung;Kurzfassung;Thema;Preis;Anmeldung;Beginn",
    "K-1;Gabelstapler fahren;In drei Tagen.;Digitalisierung;120,-;https://a.example/1;12.01.2027",
    "K-2;Schweißen;Für alle.;Metall;auf Anfrage;https://a.example/2;13.01.2027",
)


ASKED = "2 von 2 Kursen fallen weg, mehr als 30 Prozent. Bitte bestätigen Sie, dass das so sein soll. (--gone-is-meant)"


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "kurse.csv"
    file.write_text("\n".join(LINES), "cp1252")
    return file


def run(*arguments: object) -> list[str]:
    out = StringIO()
    call_command("import_courses", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def test_bar_grows_in_its_line_where_somebody_watches(provider, path):
    for verbosity, bar in ((1, f"\r[{'#' * 40}] 2\n"), (0, "")):
        out = StringIO()
        out.isatty = lambda: True
        call_command("import_courses", str(path), "--provider", provider.slug, stdout=out, verbosity=verbosity)
        assert out.getvalue().startswith(bar)
        assert ("Vorschau: 2 neu" in out.getvalue(), "\r" in out.getvalue()) == (bool(verbosity), bool(verbosity))


def test_without_apply_it_only_says_what_would_happen(provider, path):
    said = run(path, "--provider", provider.slug)
    assert said[-1] == "Vorschau: 2 neu, 1 davon Entwurf"
    assert "    Thema unbekannt: Metall" in said
    assert CoursePage.objects.count() == 0


def test_with_apply_the_courses_are_there_and_a_second_time_all_is_the_same(provider, path):
    ColumnMapping.objects.create(provider=provider, columns={"Bezeichnung": "title"})
    assert run(path, "--provider", provider.name, "--apply")[-1] == "Eingelesen: 2 neu, 1 davon Entwurf"
    assert run(path, "--provider", provider.slug, "--apply")[-1] == "Eingelesen: 2 unverändert"
    course = CoursePage.objects.get(provider_reference="K-1")
    assert (course.title, course.price_text, course.live) == ("Gabelstapler fahren", "120 €", True)


@pytest.mark.parametrize(
    ("name", "arguments", "code", "message"),
    [
        ("kurse.csv", ("--provider", "niemand"), 1, "Einen Anbieter „niemand“ gibt es nicht."),
        (
            "fehlt.csv",
            ("--provider", "weserbogen-bildung"),
            1,
            "Die Datei lässt sich nicht lesen: No such file or directory",
        ),
        (
            "kurse.csv",
            ("--provider", "weserbogen-bildung", "--full", "--apply"),
            3,
            ASKED,
        ),
    ],
    ids=["provider", "file", "gone"],
)
def test_refusals_have_codes(provider, path, name, arguments, code, message):
    take_in(provider, [record("A-1"), record("A-2")])
    with pytest.raises(CommandError) as refused:
        run(path.with_name(name), *arguments)
    assert (refused.value.returncode, str(refused.value)) == (code, message)
