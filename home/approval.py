"""„Freigabe durch die Redaktion“: what the editors of an office submit goes on the site when somebody approves."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.groups import ADMINISTRATORS, DIRECTORS, EDITORS
from home.models import EventIndexPage, NewsIndexPage
from home.turns import wait_for_turn
from offices.models import OfficePage

Named = TypeVar("Named", Workflow, GroupApprovalTask)

WORKFLOW = "Freigabe durch die Redaktion"
APPROVERS = (EDITORS, DIRECTORS, ADMINISTRATORS)
SHARED_INDEXES = (NewsIndexPage, EventIndexPage)
"""Below these the editors of every office add pages of their own."""


def ensure_approval() -> list[str]:
    """Make or repair the workflow and say what was done. A page that was given another workflow by hand keeps it."""
    with transaction.atomic():
        wait_for_turn()
        workflow, told = _workflow()
        told += _retire_workflows_without_approvers()
        told += _send_through(workflow, Page.objects.filter(_moderated()))
    return told


def follow_new_page(page: Page) -> None:
    """After a page was made. Repairs nothing: what the administration changed stays until somebody runs the command."""
    workflow = approval_workflow()
    if workflow is not None and workflow.active:
        _send_through(workflow, Page.objects.filter(_moderated(), pk=page.pk))


def approval_workflow() -> Workflow | None:
    """Found by its name, which another may bear too: then it is the one in use, and of several the oldest."""
    return _of_our_name(Workflow)


def _of_our_name(model: type[Named]) -> Named | None:
    found: Named | None = model.objects.filter(name=WORKFLOW).order_by("-active", "pk").first()
    return found


def _found_or_made(model: type[Named]) -> tuple[Named, bool]:
    found = _of_our_name(model)
    return (found, False) if found else (model.objects.create(name=WORKFLOW), True)


def _send_through(workflow: Workflow, pages: QuerySet[Page]) -> list[str]:
    """Those of the pages that have no workflow of their own yet."""
    without = pages.exclude(workflowpage__isnull=False).order_by("path")
    for page in without:
        WorkflowPage.objects.create(page=page, workflow=workflow)
    return [f"„{page.title}“ geht durch die „{WORKFLOW}“." for page in without]


def _workflow() -> tuple[Workflow, list[str]]:
    task, is_new_task = _found_or_made(GroupApprovalTask)
    workflow, is_new = _found_or_made(Workflow)
    changed = [_set_active(task), _set_active(workflow), _set_approvers(task)]
    _, is_new_step = WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    if is_new:
        return workflow, [f"Arbeitsablauf „{WORKFLOW}“ angelegt."]
    if any([*changed, is_new_task, is_new_step]):
        return workflow, [f"Arbeitsablauf „{WORKFLOW}“ wiederhergestellt."]
    return workflow, []


def _set_active(thing: Workflow | GroupApprovalTask) -> bool:
    if thing.active:
        return False
    thing.active = True
    thing.save(update_fields=["active"])
    return True


def _set_approvers(task: GroupApprovalTask) -> bool:
    wanted = set(Group.objects.filter(name__in=APPROVERS))
    if set(task.groups.all()) == wanted:
        return False
    task.groups.set(wanted)
    return True


def _retire_workflows_without_approvers() -> list[str]:
    """Wagtail brings one for its group „Moderators“, which `ensure_groups` deletes: nobody could end what it began."""
    answered = WorkflowTask.objects.filter(workflow=OuterRef("pk")).exclude(
        task__in=GroupApprovalTask.objects.filter(groups=None)
    )
    told = []
    for workflow in Workflow.objects.filter(~Exists(answered), active=True).order_by("pk"):
        workflow.deactivate()
        told.append(f"Arbeitsablauf „{workflow.name}“ abgeschaltet: Niemand könnte freigeben.")
    return told


def _moderated() -> Q:
    """Office pages, and the pages below which offices add their own."""
    chosen = Q()
    for model in (OfficePage, *SHARED_INDEXES):
        chosen |= Q(pk__in=model.objects.values("pk"))
    return chosen
