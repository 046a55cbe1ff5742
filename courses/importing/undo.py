"""Takes a whole import back, as far as nobody has said anything since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CASCADE, ForeignObjectRel
from wagtail.models import Page, ReferenceIndex

from courses.importing.plan import AT_ONCE, CoursePlan, Kind, Stored, read_courses
from courses.importing.running import State, claim, lock, telling_failure
from courses.importing.values import RUNS, Values
from courses.importing.writing import Writer
from courses.models import CourseImport, CoursePage, ImportEntry, VanishedCourse


def undo_import(imported: CourseImport, *, now: datetime) -> list[str]:
    """In one transaction. Values that still are as the import wrote them become what they were; courses that it brought
    are deleted unless somebody has changed them or something refers to them; archived ones are published again. What
    stays is said. Raises ImportBusy, ImportRefused."""
    claim(imported, now=now, to_undo=True)
    left = "Es ist noch alles eingelesen."
    with telling_failure(imported, "Das Zurücknehmen", left, state=State.DONE), transaction.atomic():
        writer = Writer(imported, lock(imported), now)
        stays = list(_undo_all(imported, writer))
        imported.state, imported.claimed_at, imported.notices = State.UNDONE, None, stays
        imported.save()
    return stays


def _undo_all(imported: CourseImport, writer: Writer) -> Iterator[str]:
    entries = list(imported.entries.filter(kind__in=ImportEntry.UNDONE).values_list("pk", flat=True))
    for start in range(0, len(entries), AT_ONCE):
        yield from _undo_piece(list(ImportEntry.objects.filter(pk__in=entries[start : start + AT_ONCE])), writer)
        imported.note_progress(min(start + AT_ONCE, len(entries)))


def _undo_piece(entries: list[ImportEntry], writer: Writer) -> Iterator[str]:
    keys = [entry.course_id for entry in entries if entry.course_id]
    found = CoursePage.objects.select_for_update(of=("self", "page_ptr")).filter(pk__in=keys)
    stored = {known.course.pk: known for known in read_courses(found)}
    referred = _referred([entry.course_id for entry in entries if entry.kind == Kind.NEW and entry.course_id])
    deleted: list[int] = []
    plans: list[CoursePlan] = []
    for entry in entries:
        known = stored.get(entry.course_id or 0)
        if known is None:
            continue
        if known.course.locked:
            yield f"„{known.course.title}“ bleibt, wie es ist: Die Seite ist gesperrt."
            continue
        if entry.kind == Kind.NEW:
            reason = _against_deletion(entry, known, referred)
            if reason:
                yield f"„{known.course.title}“ bleibt: {reason}"
            else:
                deleted.append(known.course.pk)
            continue
        plan, kept = _restored(entry, known)
        if kept:
            yield f"„{known.course.title}“: {kept} seitdem geändert, das bleibt."
        plans.append(plan)
    writer.write(plans)
    _delete(deleted)


def _against_deletion(entry: ImportEntry, known: Stored, referred: set[int]) -> str:
    if known.course.pk in referred:
        return "Termine oder andere Seiten verweisen darauf."
    if known.course.latest_revision_id or known.course.live != entry.is_live:
        return "Es wurde seitdem bearbeitet."
    if any(not _is_same(name, known.present[name], value) for name, value in entry.after.items()):
        return "Es wurde seitdem geändert."
    return ""


def _restored(entry: ImportEntry, known: Stored) -> tuple[CoursePlan, int]:
    """And how many of its values were changed since."""
    course = known.course
    plan = CoursePlan(Kind.CHANGED, "", entry.reference, course.title, course=course, present=known.present)
    same = [name for name, value in entry.after.items() if _is_same(name, known.present[name], value)]
    plan.after = {name: _before(entry, name, known) for name in same}
    plan.written = known.written | {name: value for name, value in plan.after.items() if name in known.written}
    plan.said, plan.source = known.said, known.source
    plan.was_live = course.live
    undoes_state = course.live == entry.is_live
    plan.is_live = entry.was_live if undoes_state else course.live
    plan.is_archived = entry.kind == Kind.CHANGED and undoes_state and entry.is_live and not entry.was_live
    return plan, len(entry.after) - len(same)


def _before(entry: ImportEntry, name: str, known: Stored) -> Any:
    """Dates that the import took away are new rows."""
    value = entry.before[name]
    if name != RUNS:
        return value
    there = {run["pk"] for run in known.present[RUNS]}
    return [run if run["pk"] in there else {**run, "pk": None} for run in value]


def _is_same(name: str, present: Any, written: Any) -> bool:
    if name != RUNS:
        return bool(present == written)
    return _by_text(present) == _by_text(written)


def _by_text(runs: list[Values]) -> list[str]:
    return sorted(repr(sorted((key, value) for key, value in run.items() if key != "pk")) for run in runs)


def _referred(keys: list[int]) -> set[int]:
    """To which rows of other tables or links in texts lead, whatever app they belong to."""
    page = ContentType.objects.get_for_model(Page)
    named = [str(key) for key in keys]
    links = ReferenceIndex.objects.filter(to_content_type=page, to_object_id__in=named)
    found = {int(key) for key in links.values_list("to_object_id", flat=True)}
    for relation in CoursePage._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and _is_reference(relation):
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            found |= set(rows.values_list(relation.field.attname, flat=True))
    return found


def _is_reference(relation: ForeignObjectRel) -> bool:
    """What would go with the course only belongs to it; Wagtail's own books are none of anybody's links."""
    model = relation.related_model
    is_own = model in {ImportEntry, VanishedCourse} or model._meta.app_label == "wagtailcore"
    return not (is_own or relation.many_to_many or relation.on_delete is CASCADE or relation.parent_link)


def _delete(keys: list[int]) -> None:
    """Switched off first: Wagtail would else unpublish one page after the other. An address of courses that are taken
    back leads nowhere, as before they came."""
    Page.objects.filter(pk__in=keys).update(live=False, first_published_at=None)
    CoursePage.objects.filter(pk__in=keys).delete()
