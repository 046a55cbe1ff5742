"""„Freigabe durch die Redaktion“: what the editors of an office submit goes on the site when somebody approves."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.groups import ADMINISTRATORS, DIRECTORS, EDITORS
from home.models import EventIndexPage, NewsIndexPage
from offices.models import OfficePage

WORKFLOW = "Freigabe durch die Redaktion"
APPROVERS = (EDITORS, DIRECTORS, ADMINISTRATORS)
SHARED_INDEXES = (NewsIndexPage, EventIndexPage)
"""Below these the editors of every office add pages of their own."""


def ensure_approval() -> list[str]:
    """Make or repair the workflow and say what was done. A page that was given another workflow by hand keeps it."""
    with transaction.atomic():
        workflow, told = _workflow()
        told += _retire_workflows_without_approvers()
        without = Page.objects.filter(_moderated()).exclude(workflowpage__isnull=False).order_by("path")
        for page in without:
            WorkflowPage.objects.create(page=page, workflow=workflow)
            told.append(f"„{page.title}“ geht durch die „{WORKFLOW}“.")
    return told


def _workflow() -> tuple[Workflow, list[str]]:
    task, is_new_task = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
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
