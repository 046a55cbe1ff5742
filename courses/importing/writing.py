"""Writes planned courses, many at once: pages, dates, links, versions, and the indexes that signals would else keep."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from courses.importing.addresses import Addresses
from courses.importing.drafts import renew_versions
from courses.importing.plan import CoursePlan, Kind
from courses.importing.rows import insert_rows, update_rows
from courses.importing.site_search import index_for_search
from courses.importing.values import LINKED, RUN_PLAIN, RUNS, Values, run_of, set_course
from courses.models import CourseCataloguePage, CourseImport, CoursePage, CourseRun, ImportedCourse
from courses.services.remember_vanished import forget_vanished, remember_vanished
from courses.word_index import index_courses

LOG_ACTION = "courses.import"
_PAGE_FIELDS = (
    *("title", "draft_title", "live", "has_unpublished_changes", "expired", "live_revision", "latest_revision"),
    *("latest_revision_created_at", "first_published_at", "last_published_at"),
)
_ALL_PAGE_COLUMNS = [field.attname for field in Page._meta.concrete_fields]
_COURSE_FIELDS = [field.name for field in CoursePage._meta.local_concrete_fields if not field.primary_key]
_RUN_FIELDS = (*RUN_PLAIN, "price_state", "price", "latitude", "longitude")


class Writer:
    """For one import, inside its transaction, which has locked the catalogue."""

    def __init__(self, imported: CourseImport, catalogue: CourseCataloguePage, now: datetime) -> None:
        self.imported = imported
        self.catalogue = catalogue
        self.now = now
        self._addresses = Addresses(catalogue)
        self._references: list[ReferenceIndex] | None = None
        self._log_uuid = uuid.uuid4()
        self._topics = {model: {entry.pk: entry for entry in model._default_manager.all()} for model in LINKED.values()}

    def write(self, plans: Sequence[CoursePlan]) -> None:
        """As many statements for many courses as for few; none for those that stay as they are."""
        new = [plan for plan in plans if plan.kind == Kind.NEW]
        old = [plan for plan in plans if plan.kind in {Kind.CHANGED, Kind.GONE}]
        self._add(new)
        self._change(old)
        self._write_runs([*new, *old])
        self._write_links([*new, *old])
        renew_versions(old, user=self.imported.user, now=self.now)
        self._write_pages(old)
        self._remember([plan for plan in plans if plan.written is not None])
        self._index([plan for plan in [*new, *old] if plan.after])
        self._refer(new)
        self._log([*new, *old])

    def _add(self, plans: Collection[CoursePlan]) -> None:
        kind = ContentType.objects.get_for_model(CoursePage)
        pages = []
        for plan in plans:
            course = CoursePage(
                **self._addresses.next_for(str(plan.after["title"])),
                content_type=kind,
                locale=self.catalogue.locale,
                owner=self.imported.user,
                provider=self.imported.provider,
                provider_reference=plan.reference,
                source=self.imported.source_name[:120],
                imported_at=self.now,
                live=False,
                has_unpublished_changes=True,
            )
            set_course(course, plan.after)
            if plan.is_live:
                self._publish(course)
            plan.course = course
            pages.append(Page(**{name: getattr(course, name) for name in _ALL_PAGE_COLUMNS}))
        for plan, page in zip(plans, Page.objects.bulk_create(pages), strict=True):
            plan.page.pk = plan.page.page_ptr_id = plan.page.id = page.pk
        insert_rows(CoursePage, [plan.page for plan in plans])
        if plans:
            Page.objects.filter(pk=self.catalogue.pk).update(numchild=F("numchild") + len(plans))
            forget_vanished(courses=[plan.page for plan in plans if plan.is_live])

    def _change(self, plans: Collection[CoursePlan]) -> None:
        for plan in plans:
            set_course(plan.page, plan.after)
            plan.page.imported_at = self.now
            plan.page.provider = self.imported.provider

    def _write_pages(self, plans: Collection[CoursePlan]) -> None:
        gone, back = [], []
        for plan in plans:
            course = plan.page
            if plan.is_live and not plan.was_live:
                self._publish(course)
                back.append(course)
                course.has_unpublished_changes = plan.has_draft
            elif plan.was_live and not plan.is_live:
                course.live, course.expired, course.has_unpublished_changes = False, True, True
                course.live_revision_id = None
                gone.append(course)
            elif plan.is_live:
                course.last_published_at = self.now
        update_rows(Page, _PAGE_FIELDS, [plan.page for plan in plans])
        update_rows(CoursePage, _COURSE_FIELDS, [plan.page for plan in plans if plan.after])
        if back:
            forget_vanished(courses=back)
        if gone:
            kind = ContentType.objects.get_for_model(Page)
            keys = [str(course.pk) for course in gone]
            waiting = Revision.objects.filter(base_content_type=kind, object_id__in=keys)
            waiting.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
            remember_vanished(courses=gone, now=self.now)

    def _publish(self, course: CoursePage) -> None:
        course.live, course.expired, course.has_unpublished_changes = True, False, False
        course.first_published_at = course.first_published_at or self.now
        course.last_published_at = self.now
        course.live_revision_id = course.latest_revision_id

    def _write_runs(self, plans: Collection[CoursePlan]) -> None:
        added: list[tuple[Values, CourseRun]] = []
        changed: list[CourseRun] = []
        removed: list[int] = []
        for plan in (plan for plan in plans if RUNS in plan.after):
            before = {run["pk"]: run for run in plan.present.get(RUNS, ())}
            for values in plan.after[RUNS]:
                if values["pk"] is None:
                    added.append((values, run_of(values, plan.page.pk)))
                elif before.get(values["pk"]) != values:
                    changed.append(run_of(values, plan.page.pk))
            removed += before.keys() - {values["pk"] for values in plan.after[RUNS]}
        for (values, _), run in zip(added, CourseRun.objects.bulk_create([run for _, run in added]), strict=True):
            values["pk"] = run.pk
        update_rows(CourseRun, _RUN_FIELDS, changed)
        if removed:
            CourseRun.objects.filter(pk__in=removed).delete()

    def _write_links(self, plans: Collection[CoursePlan]) -> None:
        for name, model in LINKED.items():
            touched = [plan for plan in plans if name in plan.after]
            through = getattr(CoursePage, name).through
            old = [plan.page.pk for plan in touched if plan.present.get(name)]
            if old:
                through.objects.filter(coursepage_id__in=old).delete()
            other = f"{model._meta.model_name}_id"
            rows = [(plan.page.pk, key) for plan in touched for key in plan.after[name]]
            through.objects.bulk_create([through(**{"coursepage_id": pk, other: key}) for pk, key in rows])

    def _remember(self, plans: Collection[CoursePlan]) -> None:
        rows = [
            ImportedCourse(
                course_id=plan.page.pk,
                written=plan.written,
                said=plan.said,
                was_archived=plan.is_archived,
                source_id=plan.source,
            )
            for plan in plans
        ]
        insert_rows(ImportedCourse, rows, renewed_by="course")

    def _index(self, plans: Collection[CoursePlan]) -> None:
        courses = [plan.page for plan in plans]
        for plan in plans:
            plan.page.locale = self.catalogue.locale
            for name, model in LINKED.items():
                keys: list[int] = plan.after[name] if name in plan.after else plan.present.get(name, [])
                setattr(plan.page, name, [self._topics[model][key] for key in keys])
        index_courses(courses)
        index_for_search(courses)

    def _refer(self, plans: Collection[CoursePlan]) -> None:
        """All new courses refer to the same things, as the first of them does: texts of files hold no links."""
        if not plans:
            return
        first, *others = [str(plan.page.pk) for plan in plans]
        if self._references is None:
            course = next(iter(plans)).page
            ReferenceIndex.create_or_update_for_object(course)
            kind = ContentType.objects.get_for_model(Page)
            self._references = list(ReferenceIndex.objects.filter(base_content_type=kind, object_id=first))
        else:
            others.append(first)
        rows = [(key, reference) for key in others for reference in self._references]
        ReferenceIndex.objects.bulk_create([_copied(reference, key) for key, reference in rows])

    def _log(self, plans: Collection[CoursePlan]) -> None:
        kind = ContentType.objects.get_for_model(CoursePage)
        entries = [
            PageLogEntry(
                content_type=kind,
                label=plan.page.title,
                action=LOG_ACTION,
                timestamp=self.now,
                uuid=self._log_uuid,
                user=self.imported.user,
                page_id=plan.page.pk,
                content_changed=bool(plan.after),
            )
            for plan in plans
        ]
        PageLogEntry.objects.bulk_create(entries)


def _copied(reference: ReferenceIndex, key: str) -> ReferenceIndex:
    fields = {field.attname: getattr(reference, field.attname) for field in ReferenceIndex._meta.concrete_fields}
    return ReferenceIndex(**fields | {"id": None, "object_id": key})
