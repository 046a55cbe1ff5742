"""What a file of a provider does to the courses, F34."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from courses.catalogue.records import FileFacts, FileRead, FileRefused, Gone, Rejection, RunRecord, RunsOf
from courses.importing.run import apply_import, preview_import
from courses.importing.running import ImportBusy, ImportRefused, TooManyGone
from courses.models import CoursePage, CourseWords, VanishedCourse
from courses.models.course_import import LEASE
from courses.word_index import course_words
from tests.courses.importing.files import NOW, RUN, broken_after, file_of, new_import, record, take_in
from tests.factories.courses import CoursePageFactory, ProviderFactory, TopicFactory

pytestmark = pytest.mark.django_db
OF_THE_IMPORT = ("courses_courseimport", "courses_importentry")


def courses() -> dict[str, CoursePage]:
    return {course.provider_reference: course for course in CoursePage.objects.all()}


def told(imported) -> list[tuple[str, str, list[str]]]:
    return [(entry.kind, entry.reference, entry.notices) for entry in imported.entries.all()]


def test_new_courses_are_pages_like_any_other(catalogue, provider):
    other = ProviderFactory(name="Moorland Akademie", slug="moorland-akademie")
    CoursePageFactory(parent=catalogue, provider=other, title="Gabelstapler fahren", slug="gabelstapler-fahren")
    imported = take_in(provider, [record("K-1"), record("K-2", title="Büro für Anfänger", price_state="free")])
    first, second = courses()["K-1"], courses()["K-2"]
    assert (first.slug, second.slug) == ("gabelstapler-fahren-2", "buero-fuer-anfaenger")
    assert second.url_path == f"{catalogue.url_path}buero-fuer-anfaenger/"
    assert (first.live, first.source, first.imported_at, first.price_text) == (
        True,
        "kurse.csv",
        NOW,
        "Preis nicht bekannt",
    )
    assert second.price_text == "kostenfrei"
    assert [topic.name for topic in first.topics.all()] == ["Digitalisierung"]
    run = first.runs.get()
    assert (run.starts_on, run.town, run.seats_max, run.latitude is not None) == (date(2027, 1, 12), "Hameln", 12, True)
    assert imported.counts == {"new": 2, "drafts": 0, "kept": 0}
    assert not any(Page.find_problems())
    catalogue.refresh_from_db()
    assert catalogue.numchild == 3
    draft = CoursePage(title="Von Hand", slug="von-hand", provider=provider, live=False)
    assert catalogue.add_child(instance=draft).depth == 4


def test_new_course_takes_no_address_of_the_site(provider):
    """A course called „Merkliste“ was written where nobody would ever see it."""
    take_in(provider, [record("K-1", title="Merkliste"), record("K-2", title="Angaben"), record("K-3", title="Merken")])
    assert [courses()[number].slug for number in ("K-1", "K-2", "K-3")] == ["merkliste-2", "angaben-2", "merken"]


def test_all_indexes_know_them_as_if_they_had_been_saved_one_by_one(provider):
    take_in(provider, [record("K-1"), record("K-2", title="Schweißen <b>für alle</b>")])

    def indexed(course):
        entry = course.index_entries.get()
        kept = {name: value for name, value in vars(entry).items() if name not in {"_state", "id", "title_norm"}}
        references = ReferenceIndex.get_references_for_object(course).values_list("to_object_id", "content_path")
        return kept, sorted(references), CourseWords.objects.get(course=course).words

    for course in CoursePage.objects.all():
        found = indexed(course)
        assert found[2] == {stem: [*said] for stem, said in course_words(course).items()}
        ReferenceIndex.create_or_update_for_object(course)
        get_search_backend().add(course)
        assert indexed(course) == found


def test_the_same_file_twice_changes_nothing(provider):
    entries = [record("K-1", target_groups=("Fachkräfte",), unknown={"Art": ("99",)}), record("K-2", topics=())]
    take_in(provider, entries)
    before = {course.pk: (course.slug, course.imported_at) for course in CoursePage.objects.all()}
    with CaptureQueriesContext(connection) as asked:
        again = take_in(provider, entries, is_full=True)
    written = [each["sql"] for each in asked if not each["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in written if not any(table in sql for table in OF_THE_IMPORT)] == []
    assert again.counts == {"same": 2, "drafts": 0, "kept": 0}
    assert {course.pk: (course.slug, course.imported_at) for course in CoursePage.objects.all()} == before


def test_what_changes_is_written_and_the_address_stays(provider):
    take_in(provider, [record("K-1")])
    later = RUN.__class__(starts_on=date(2027, 3, 2), town="Nienburg", postcode="31582")
    changed = record("K-1", title="Stapler fahren", price_state="amount", price=Decimal("99.5"), runs=(RUN, later))
    imported = take_in(provider, [changed])
    course = courses()["K-1"]
    assert (course.title, course.slug, course.price_text) == ("Stapler fahren", "gabelstapler-fahren", "99,50 €")
    assert [run.town for run in course.runs.all()] == ["Hameln", "Nienburg"]
    entry = imported.entries.get()
    assert (entry.kind, sorted(entry.after)) == ("changed", ["price", "runs", "title"])
    assert entry.before["title"] == "Gabelstapler fahren"
    assert "stapl" in " ".join(CourseWords.objects.get(course=course).words)


def test_what_a_file_does_not_speak_of_stays(provider):
    take_in(provider, [record("K-1", certificate="IHK-Zertifikat")])
    take_in(provider, [record("K-1", summary="", said=frozenset({"summary"}))])
    course = courses()["K-1"]
    assert (course.certificate, course.summary) == ("IHK-Zertifikat", "In drei Tagen zum Fahrausweis.")
    assert course.runs.count() == 1


def test_a_change_of_the_editors_is_kept_and_shown(provider):
    take_in(provider, [record("K-1")])
    course = courses()["K-1"]
    course.summary = "Besser gesagt."
    course.runs = [*course.runs.all()]
    course.runs.all()[0].town = "Bad Pyrmont"
    course.save_revision().publish()
    imported = take_in(provider, [record("K-1", summary="Neu.", requirements="Keine.")])
    course = courses()["K-1"]
    assert (course.summary, course.requirements, course.runs.get().town) == ("Besser gesagt.", "Keine.", "Bad Pyrmont")
    (summary, runs) = imported.entries.get().kept
    assert summary == ["summary", "Besser gesagt.", "Neu."]
    assert [(run["town"]) for side in runs[1:] for run in side] == ["Bad Pyrmont", "Hameln"]
    assert course.latest_revision.content["requirements"] == "Keine."
    assert course.latest_revision.content["summary"] == "Besser gesagt."


def test_a_place_without_its_postcode_is_a_hint_and_no_refusal(provider):
    runs = (RUN, replace(RUN, starts_on=date(2027, 2, 1), town="Vechta", postcode=""))
    imported = take_in(provider, [record("K-1", runs=runs), record("K-2", runs=runs, format="online")])
    lack = "Die PLZ fehlt, eine Suche in der Nähe findet diese Termine nicht: Vechta"
    assert [entry[1:] for entry in told(imported)] == [("K-1", [lack]), ("K-2", [])]
    assert [course.live for course in courses().values()] == [True, True]
    again = take_in(provider, [record("K-1", runs=runs), record("K-2", runs=runs, format="online", title="Neu")])
    assert told(again) == [("changed", "K-2", [])], "and not the same hint each time"
    assert again.notices == ["Unveränderte Kurse, denen an Terminen noch die PLZ fehlt: 1."]


def shown_by_hand(client) -> list[list[str]]:
    """The rows of „Von Hand geändert“ in the editor of the course."""
    text = client.get(reverse("wagtailadmin_pages:edit", args=[courses()["K-1"].pk])).text
    _, _, panel = text.partition("Diese Angaben stehen hier anders als in der Liste des Anbieters")
    cells = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in panel.partition("</table>")[0].split("<tr>")]
    return [row for row in cells if row][1:]


def test_the_editor_shows_what_is_kept_and_what_the_provider_says(provider, admin_client):
    """It stood in the report of the import alone, which is deleted after a while."""
    take_in(provider, [record("K-1")])
    assert shown_by_hand(admin_client) == []
    course = courses()["K-1"]
    course.summary, course.format = "Besser gesagt.", "online"
    course.runs = [*course.runs.all()]
    course.runs.all()[0].seats_max = 20
    course.save_revision().publish()
    dates = ["Termine", "12.01.2027 Hameln", "dieselben Tage mit anderen Angaben (Zeiten, Ort, Plätze oder Preis)"]
    before = ["Kurzfassung", "Besser gesagt.", "In drei Tagen zum Fahrausweis."]
    assert shown_by_hand(admin_client) == [before, dates]
    imported = take_in(provider, [record("K-1", summary="Neu.", format="on_site")])
    imported.entries.all().delete()
    kept = [["Kurzfassung", "Besser gesagt.", "Neu."], ["Form", "online", "vor Ort"], dates]
    assert shown_by_hand(admin_client) == kept
    course = courses()["K-1"]
    course.summary = "Neu."
    course.save_revision().publish()
    assert shown_by_hand(admin_client) == kept[1:]
    take_in(provider, [record("K-1", summary="Noch neuer.", format="on_site")])
    assert courses()["K-1"].summary == "Noch neuer."
    assert shown_by_hand(admin_client) == kept[1:]


def test_a_draft_is_neither_overwritten_nor_lost(provider):
    take_in(provider, [record("K-1")])
    course = courses()["K-1"]
    course.summary = "Entwurf."
    course.save_revision()
    again = take_in(provider, [record("K-1", summary="Aus der Datei.", title="Neuer Titel")])
    course = courses()["K-1"]
    assert told(again)[0][2] == ["Ein Entwurf sagt etwas anderes (Kurzfassung) und bleibt, wie er ist."]
    draft = course.get_latest_revision_as_object()
    assert (course.title, course.summary, course.has_unpublished_changes) == ("Neuer Titel", "Aus der Datei.", True)
    assert (draft.title, draft.summary, course.draft_title) == ("Neuer Titel", "Entwurf.", "Neuer Titel")
    draft.save_revision().publish()
    course = courses()["K-1"]
    assert (course.title, course.summary, course.runs.count()) == ("Neuer Titel", "Entwurf.", 1)


def test_a_scheduled_version_below_a_newer_draft_takes_the_import_along(provider):
    take_in(provider, [record("K-1")])
    course = courses()["K-1"]
    course.summary = "Geplant."
    scheduled = course.save_revision(approved_go_live_at=NOW + timedelta(days=1))
    course.summary = "Entwurf."
    course.save_revision()
    again = take_in(provider, [record("K-1", summary="Aus der Datei.", title="Neuer Titel")])
    assert told(again)[0][2] == ["Ein Entwurf sagt etwas anderes (Kurzfassung) und bleibt, wie er ist."]
    scheduled.refresh_from_db()
    draft = courses()["K-1"].latest_revision
    assert [(version.content["title"], version.content["summary"]) for version in (scheduled, draft)] == [
        ("Neuer Titel", "Geplant."),
        ("Neuer Titel", "Entwurf."),
    ]


def test_without_topic_a_course_waits_as_a_draft_until_there_is_one(provider):
    entry = record("K-1", topics=("Schweißen",), booking_link="keine")
    first = take_in(provider, [entry])
    assert told(first) == [
        (
            "new",
            "K-1",
            [
                "Anmeldung beim Anbieter: „keine“ ist keine gültige Adresse.",
                "Thema unbekannt: Schweißen",
                "Bleibt Entwurf, es fehlt: Thema, Link zur Anmeldung",
            ],
        )
    ]
    assert not courses()["K-1"].live
    TopicFactory(name="SCHWEISSEN", slug="schweissen")
    take_in(provider, [record("K-1", topics=("Schweißen",))])
    assert courses()["K-1"].live


def test_codes_that_nobody_understands_are_told_in_german(provider):
    imported = take_in(provider, [record("K-1", unknown={"topics": ("99",), "merkmal": ("x = 1",)})])
    assert told(imported)[0][2] == ["Nicht verstanden (Thema): 99", "Nicht verstanden (Merkmal): x = 1"]


def test_a_fallback_topic_helps_where_none_is_known(provider):
    topic = TopicFactory()
    entries = [record("K-1", topics=("Schweißen",))]
    take_in(provider, entries, fallback_topic=topic)
    assert (courses()["K-1"].live, [*courses()["K-1"].topics.all()]) == (True, [topic])
    assert take_in(provider, entries, fallback_topic=topic).counts["same"] == 1


def test_absent_courses_of_a_full_catalogue_are_archived_and_come_back_to_their_address(provider):
    entries = [record(f"K-{number}", title=f"Kurs {number}") for number in range(4)]
    take_in(provider, entries)
    address = courses()["K-3"].url_path
    gone = take_in(provider, entries[:3], is_full=True)
    assert (gone.counts["gone"], told(gone)) == (1, [("gone", "K-3", [])])
    course = courses()["K-3"]
    assert (course.live, course.expired, course.url_path) == (False, True, address)
    assert VanishedCourse.objects.get().page == course
    assert take_in(provider, entries[:3], is_full=True).counts == {"same": 3, "drafts": 0, "kept": 0}
    back = take_in(provider, entries, is_full=True)
    assert (back.counts["changed"], courses()["K-3"].live, courses()["K-3"].url_path) == (1, True, address)
    assert not VanishedCourse.objects.exists()
    assert take_in(provider, entries, is_full=True).counts == {"same": 4, "drafts": 0, "kept": 0}


def test_a_deleted_course_that_comes_again_is_not_among_the_vanished(provider):
    """Its row stayed: the report went on to call the course deleted."""
    take_in(provider, [record()])
    Page.objects.get(slug="gabelstapler-fahren").delete()
    assert VanishedCourse.objects.get().slug == "gabelstapler-fahren"
    take_in(provider, [record()])
    assert (courses()["K-1"].slug, VanishedCourse.objects.count()) == ("gabelstapler-fahren", 0)


def test_what_editors_switched_off_stays_off(provider):
    take_in(provider, [record("K-1")])
    courses()["K-1"].unpublish()
    imported = take_in(provider, [record("K-1", summary="Neu.")])
    assert (courses()["K-1"].live, courses()["K-1"].summary) == (False, "Neu.")
    assert told(imported)[0][2] == ["Der Kurs ist von Hand abgeschaltet und bleibt es."]


def test_locked_pages_stay_as_they_are(provider):
    take_in(provider, [record("K-1"), record("K-2")])
    CoursePage.objects.update(locked=True)
    imported = take_in(provider, [record("K-1", title="Anders")], is_full=True, gone_is_meant=True)
    assert (imported.counts["same"], imported.counts.get("gone")) == (2, None)
    assert set(CoursePage.objects.live().values_list("title", flat=True)) == {"Gabelstapler fahren"}
    changed, gone = imported.entries.all()
    assert changed.notices == ["Die Seite ist gesperrt und bleibt, wie sie ist."]
    assert changed.kept == [["title", "Gabelstapler fahren", "Anders"]]
    assert gone.notices == ["Steht nicht mehr in der Datei. Die Seite ist gesperrt und bleibt, wie sie ist."]


def test_half_the_courses_missing_stops_and_asks(provider):
    entries = [record(f"K-{number}", title=f"Kurs {number}") for number in range(4)]
    take_in(provider, entries)
    imported = new_import(provider, is_full=True)
    with pytest.raises(TooManyGone):
        apply_import(imported, file_of(entries[0], record("K-1", title="Neu")), now=NOW)
    assert (imported.state, imported.problem) == (
        "ready",
        "2 von 4 Kursen fallen weg, mehr als 30 Prozent. Bitte bestätigen Sie, dass das so sein soll.",
    )
    assert {course.title for course in courses().values() if course.live} == {f"Kurs {number}" for number in range(4)}
    apply_import(imported, file_of(*entries[:2]), now=NOW, gone_is_meant=True)
    assert (imported.state, [course.live for course in courses().values()]) == ("done", [True, True, False, False])


def test_a_course_whose_row_is_refused_does_not_fall_away(provider):
    take_in(provider, [record("K-1"), record("K-2")])
    refused = Rejection("Zeile 3", ("Der Beginn fehlt.",), {"Kursnummer": "K-2"})
    assert take_in(provider, [record("K-1"), refused], is_full=True).counts == {
        "same": 1,
        "rejected": 1,
        "drafts": 0,
        "kept": 0,
    }


def test_courses_of_others_are_never_touched(catalogue, provider):
    other = ProviderFactory(name="Moorland Akademie", slug="moorland-akademie")
    theirs = CoursePageFactory(parent=catalogue, provider=other, provider_reference="K-1", summary="Unseres.")
    imported = take_in(provider, [record("K-1"), record("K-2", provider="MOORLAND Akademie")], is_full=True)
    theirs.refresh_from_db()
    assert (theirs.summary, theirs.live, CoursePage.objects.count()) == ("Unseres.", True, 2)
    assert told(imported)[-1] == (
        "rejected",
        "K-2",
        ["Der Kurs gehört laut Datei zu „MOORLAND Akademie“, nicht zu „Weserbogen Bildung“."],
    )


def test_doubles_and_nameless_ones_are_refused_one_by_one(provider):
    imported = take_in(
        provider, [record("K-1"), record("K-1", title="Noch einer"), record(" "), record("K-2", title="")]
    )
    assert [notices for kind, _, notices in told(imported) if kind == "rejected"] == [
        ["Die Nummer „K-1“ steht schon in Zeile K-1."],
        ["Die Nummer fehlt. Ohne sie ist der Kurs beim nächsten Mal nicht wiederzufinden."],
        ["Der Titel fehlt."],
    ]
    assert courses()["K-1"].title == "Gabelstapler fahren"


def test_markup_and_numbers_that_nobody_can_mean_do_no_harm(provider):
    evil = '<p onclick="x()">Gut<script>alert(1)</script><a href="javascript:x()">hier</a></p>'
    wrong = RUN.__class__(
        starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 2), postcode="3178", seats_min=9, seats_max=3
    )
    entry = record(
        "K-1", contents=evil, price_state="amount", price=Decimal(0), dqr_level=11, teaching_units=99_999, runs=(wrong,)
    )
    imported = take_in(provider, [entry])
    course = courses()["K-1"]
    run = course.runs.get()
    assert (course.contents, course.price_text) == ("<p>Guthier</p>", "Preis nicht bekannt")
    assert (course.dqr_level, course.teaching_units) == (None, None)
    assert (run.ends_on, run.postcode, run.seats_min) == (None, "", None)
    assert len(told(imported)[0][2]) == 6


def test_a_file_that_breaks_off_leaves_nothing_behind(provider):
    take_in(provider, [record("K-1")])
    imported = new_import(provider)
    with pytest.raises(FileRefused):
        apply_import(imported, broken_after(record("K-1", title="Neu"), record("K-2")), now=NOW)
    assert (imported.state, imported.problem, imported.entries.count()) == ("failed", "Die Datei bricht ab.", 0)
    assert [course.title for course in courses().values()] == ["Gabelstapler fahren"]
    apply_import(imported, file_of(record("K-2")), now=NOW)
    assert imported.state == "done"


def test_one_import_of_a_provider_at_a_time(provider):
    new_import(provider, state="running", claimed_at=NOW - timedelta(minutes=1))
    second = new_import(provider)
    with pytest.raises(ImportBusy, match="läuft seit 08:59 Uhr schon ein Einlesen"):
        apply_import(second, file_of(record("K-1")), now=NOW)
    assert (second.state, CoursePage.objects.count()) == ("new", 0)
    take_in(ProviderFactory(name="Moorland Akademie", slug="moorland-akademie"), [record("K-1")])


def test_whose_process_died_is_started_again(provider):
    imported = new_import(provider, state="running", claimed_at=NOW - LEASE)
    assert (imported.is_at_work(NOW), imported.was_broken_off(NOW)) == (False, True)
    apply_import(imported, file_of(record("K-1")), now=NOW)
    assert imported.state == "done"
    with pytest.raises(ImportRefused, match="Stand „eingelesen“"):
        apply_import(imported, file_of(record("K-1")), now=NOW)


def test_a_preview_says_it_and_does_nothing(provider):
    take_in(provider, [record("K-1"), record("K-2"), record("K-3")])
    imported = new_import(provider, is_full=True)
    preview_import(imported, file_of(record("K-1", title="Neu"), record("K-4")), now=NOW)
    assert imported.counts == {"changed": 1, "new": 1, "gone": 2, "drafts": 0, "kept": 0, "asks": 1}
    assert (imported.state, imported.format) == ("ready", "Probe")
    assert {course.title for course in courses().values()} == {"Gabelstapler fahren"}


@pytest.mark.parametrize(("number", "of_new"), [(1, 45), (3, 46)])
def test_as_many_statements_for_many_courses_as_for_few(provider, number, of_new):
    """One more where the references of the first new course are copied for others. PostgreSQL's index needs fewer."""
    spared = (1, 3, 0) if connection.vendor == "postgresql" else (0, 0, 0)
    entries = [record(f"K-{each}") for each in range(number)]
    changed = [record(f"K-{each}", title="Neu", topics=(), runs=()) for each in range(number)]
    counts = []
    for file in (entries, changed, changed):
        imported = new_import(provider)
        with CaptureQueriesContext(connection) as asked:
            apply_import(imported, file_of(*file), now=NOW)
        counts.append(len(asked))
    assert [sum(pair) for pair in zip(counts, spared, strict=True)] == [of_new, 46, 30]


def test_a_preview_that_breaks_off_leaves_no_half_report(provider):
    imported = new_import(provider)
    preview_import(imported, file_of(record("K-1")), now=NOW)
    with pytest.raises(FileRefused):
        preview_import(imported, broken_after(*(record(f"K-{number}") for number in range(501))), now=NOW)
    assert (imported.state, imported.problem, imported.counts) == ("failed", "Die Datei bricht ab.", {})
    assert imported.entries.count() == 0
    preview_import(imported, file_of(record("K-1")), now=NOW)
    imported.refresh_from_db()
    assert (imported.state, imported.problem) == ("ready", "")


def test_two_previews_at_once_write_one_report(provider, monkeypatch):
    monkeypatch.setattr("courses.importing.plan.AT_ONCE", 1)
    imported = new_import(provider)

    def be_overtaken(done: int) -> None:
        if done == 1:
            imported.entries.create(number=2, kind="new", reference="K-2")

    preview_import(imported, file_of(record("K-1"), record("K-2"), record("K-3")), now=NOW, tell=be_overtaken)
    assert (imported.state, [entry.reference for entry in imported.entries.all()]) == ("ready", ["K-1", "K-2", "K-3"])


def test_a_preview_ends_no_import_that_has_begun_meanwhile(provider):
    imported = new_import(provider)

    def begin(done: int) -> None:
        type(imported).objects.filter(pk=imported.pk).update(state="running", claimed_at=NOW)

    with pytest.raises(ImportRefused, match="Stand „läuft“"):
        preview_import(imported, file_of(record("K-1")), now=NOW, tell=begin)
    imported.refresh_from_db()
    assert (imported.state, imported.claimed_at) == ("running", NOW)


def test_what_the_preview_did_not_ask_can_be_confirmed_all_the_same(provider):
    entries = [record(f"K-{number}") for number in range(3)]
    take_in(provider, entries)
    imported = new_import(provider, is_full=True)
    preview_import(imported, file_of(*entries), now=NOW)
    take_in(provider, [record("K-8"), record("K-9")])
    with pytest.raises(TooManyGone):
        apply_import(imported, file_of(*entries), now=NOW)
    imported.refresh_from_db()
    assert (imported.state, imported.counts["asks"]) == ("ready", 1)


def test_dates_that_are_over_or_cancelled_stay_though_files_list_them_no_more(provider):
    over = RunRecord(starts_on=date(2026, 11, 15), town="Hoya")
    off = RunRecord(starts_on=date(2027, 2, 1), town="Syke", status="cancelled")
    last = RunRecord(starts_on=date(2027, 3, 1), town="Vechta")
    take_in(provider, [record("K-1", runs=(over, RUN, off, last))])
    again = take_in(provider, [record("K-1", runs=(RUN, last))])
    assert again.counts == {"same": 1, "drafts": 0, "kept": 0}
    take_in(provider, [record("K-1")])
    assert [run.town for run in courses()["K-1"].runs.all()] == ["Hoya", "Hameln", "Syke"]


def test_more_single_days_than_the_column_holds_break_no_page(client, provider):
    first, last = date(2027, 1, 4), date(2028, 2, 29)
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    workdays = tuple(day for day in every if day.weekday() < 5)
    some = tuple(day for day in every if day.day % 4)
    runs = [RunRecord(starts_on=first, ends_on=last, days=days) for days in (workdays, some)]
    imported = take_in(provider, [record("K-1", runs=tuple(runs[:1])), record("K-2", runs=tuple(runs[1:]))])
    assert courses()["K-1"].runs.get().sessions == workdays
    assert courses()["K-2"].runs.get().sessions == (first,)
    assert [notices for _, _, notices in told(imported)] == [
        [],
        [f"Termin am 04.01.2027: {len(some)} einzelne Kurstage sind zu viele, weggelassen."],
    ]
    for course in courses().values():
        assert client.get(course.get_url()).status_code == 200


def test_an_amount_below_half_a_cent_breaks_nothing_off(provider):
    take_in(provider, [record("K-1", price_state="amount", price=Decimal("0.004")), record("K-2")])
    assert [course.price_text for course in courses().values()] == ["Preis nicht bekannt"] * 2


def test_an_update_adds_and_takes_back_what_it_names_and_leaves_the_rest(provider):
    dates = [RunRecord(starts_on=date(2027, 1, day), reference=f"T-{day}") for day in (4, 5, 6)]
    others = [record(f"K-{number}") for number in range(2, 6)]
    take_in(provider, [record("K-1", runs=tuple(dates)), *others])
    later = RunsOf("K-1", "Zeile 1", (RunRecord(starts_on=date(2027, 2, 1), reference="T-20"),))
    update = [later, RunsOf("K-9", "Zeile 2", later.runs), Gone("T-5", "Zeile 3"), Gone("K-2", ""), Gone("K-8", "")]
    imported = new_import(provider, is_full=True)
    apply_import(imported, FileRead(FileFacts("Änderungen", is_full=False), iter(update)), now=NOW)
    assert [run.provider_reference for run in courses()["K-1"].runs.all()] == ["T-4", "T-6", "T-20"]
    assert [key for key, course in sorted(courses().items()) if course.live] == ["K-1", "K-3", "K-4", "K-5"]
    assert imported.counts == {"changed": 2, "gone": 1, "rejected": 1, "drafts": 0, "kept": 0}
    reasons = [entry.notices for entry in imported.entries.filter(kind="rejected")]
    assert reasons == [["Zu diesen Terminen gibt es keinen Kurs mit der Nummer „K-9“."]]
