"""The versions of courses that editors have worked on. An import changes what is published; a draft that is newer keeps
every value that its editor has changed and takes the others along, so that publishing it later undoes no import."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from courses.importing.plan import CoursePlan
from courses.importing.rows import update_rows
from courses.importing.values import PRICE, RUN_PLAIN, RUNS, Values, as_imported
from courses.importing.wording import LABELS
from courses.models import CoursePage
from foundation.models import User


def renew_versions(plans: Collection[CoursePlan], *, user: User | None, now: datetime) -> None:
    """Of changed courses, whose columns hold the new values already: the latest, and those that are scheduled. One that
    nobody has ever edited has no version and needs none. Three queries, none without any version."""
    touched = [plan for plan in plans if plan.after or plan.is_live != plan.was_live]
    edited = {str(plan.page.pk): plan for plan in touched if plan.page.latest_revision_id}
    if not edited:
        return
    kind = ContentType.objects.get_for_model(Page)
    latest = Q(pk__in=[plan.page.latest_revision_id for plan in edited.values()])
    scheduled = Q(base_content_type=kind, object_id__in=edited.keys(), approved_go_live_at__isnull=False)
    fresh: list[tuple[CoursePage, Revision]] = []
    drafts: list[Revision] = []
    for version in Revision.objects.filter(latest | scheduled):
        plan = edited[version.object_id]
        course = plan.page
        is_latest = version.pk == course.latest_revision_id
        if (course.has_unpublished_changes or not is_latest) and _take_along(version.content, plan):
            drafts.append(version)
        if not is_latest:
            continue
        if course.has_unpublished_changes:
            course.draft_title = version.content.get("title", course.draft_title)
            stored = {**plan.present, **plan.after}
            plan.has_draft = any(_from_version(version.content, name) != value for name, value in stored.items())
        elif plan.after:
            content = dict(version.content)
            for name in plan.after:
                content |= _in_version(name, plan.after[name], course.pk)
            content |= {"live": course.live, "draft_title": course.draft_title}
            fresh.append((course, _version(course, content, user=user, now=now)))
    update_rows(Revision, ["content"], drafts)
    Revision.objects.bulk_create([version for _, version in fresh])
    for course, version in fresh:
        course.latest_revision_id, course.latest_revision_created_at = version.pk, now
        course.live_revision_id = version.pk if course.live else None


def _take_along(content: dict[str, Any], plan: CoursePlan) -> bool:
    """Whether any value of the draft was still the published one."""
    is_changed = False
    for name, value in plan.after.items():
        if _from_version(content, name) == plan.present[name]:
            content |= _in_version(name, value, content["pk"])
            is_changed = True
        else:
            notice = f"Ein Entwurf sagt etwas anderes ({LABELS[name]}) und bleibt, wie er ist."
            plan.notices += [] if notice in plan.notices else [notice]
    return is_changed


def _version(course: CoursePage, content: dict[str, Any], *, user: User | None, now: datetime) -> Revision:
    kinds = ContentType.objects.get_for_models(CoursePage, Page, for_concrete_models=False)
    return Revision(
        content_type=kinds[CoursePage],
        base_content_type=kinds[Page],
        object_id=str(course.pk),
        object_str=str(course),
        user=user,
        created_at=now,
        content=content,
    )


def _in_version(name: str, value: Any, course_id: int) -> dict[str, Any]:
    """As Wagtail writes it into the content of a version."""
    if name == PRICE:
        return {"price_state": value[0], "price": value[1]}
    if name == RUNS:
        return {RUNS: [_run_in_version(run, course_id) for run in value]}
    return {name: value}


def _run_in_version(run: Values, course_id: int) -> dict[str, Any]:
    plain = {name: value for name, value in run.items() if name != PRICE}
    return plain | {"course": course_id, "price_state": run[PRICE][0], "price": run[PRICE][1]}


def _from_version(content: dict[str, Any], name: str) -> Any:
    """In the form of `courses.importing.values`."""
    if name == PRICE:
        return [content.get("price_state"), content.get("price")]
    if name == RUNS:
        runs = [_run_from_version(run) for run in content.get(RUNS, ())]
        return sorted(runs, key=lambda run: (run["starts_on"], run["pk"] or 0))
    value = content.get(name)
    if name == "contents":
        return as_imported(value or "")
    return sorted(value) if isinstance(value, list) else value


def _run_from_version(run: dict[str, Any]) -> Values:
    values = {name: run.get(name) for name in RUN_PLAIN}
    values["provider_reference"] = values["provider_reference"] or ""  # versions of before dates had it
    return values | {PRICE: [run.get("price_state") or "", run.get("price")], "pk": run.get("pk")}
