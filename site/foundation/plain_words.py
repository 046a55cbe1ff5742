"""Wagtail's admin in the words of this house: its German speaks of „Moderation“, „Schnipseln“ and „Seite-Objekten“.

A catalogue of our own in LOCALE_PATHS would have to be compiled; these few are laid over Wagtail's as it is read.
"""

from __future__ import annotations

import gettext

from django.utils.translation import trans_real

WORDS = {
    # The panel „Status“ of the editor.
    "In Moderation": "Wartet auf Freigabe",
    "Sent to %(task_name)s %(started_at)s": "Eingereicht: %(task_name)s, %(started_at)s",
    "No publishing schedule set": "Kein Zeitpunkt festgelegt",
    "Set schedule": "Festlegen",
    "Edit schedule": "Ändern",
    "Unlocked": "Nicht gesperrt",
    "Reviewers can edit this %(model_name)s – lock it to prevent other reviewers from editing": (
        "Wer freigeben darf, kann hier etwas ändern. Gesperrt ändern nur Sie."
    ),
    "Only reviewers can edit and approve the %(model_name)s": "Nur wer freigeben darf, kann hier etwas ändern",
    # The reports and the history of what was submitted.
    "Page/Snippet": "Seite",
    "Tasks": "Schritte",
    "Task": "Schritt",
    "Requested by": "Eingereicht von",
    "Incomplete task": "Noch offen",
    "Initial Revision": "Erste Fassung",
    "Workflow history": "Verlauf der Freigabe",
    "Workflow progress": "Stand der Freigabe",
    "Workflow state": "Freigabe",
    "Workflow states": "Freigaben",
    "Task state": "Schritt",
    "Task states": "Schritte",
    "In progress": "Wartet",
    "Needs changes": "Zurückgegeben",
    "No pages/snippets have been submitted for moderation yet": (
        "Bisher hat niemand eine Seite zur Freigabe eingereicht."
    ),
    "This page hasn't been submitted for moderation yet": "Diese Seite hat noch niemand zur Freigabe eingereicht.",
    "Your pages and snippets in a workflow": "Ihre Seiten, die auf Freigabe warten",
    "Page '%(page_title)s' has been submitted for moderation.": "„%(page_title)s“ ist zur Freigabe eingereicht.",
    "Page '%(page_title)s' created and submitted for moderation.": (
        "„%(page_title)s“ ist angelegt und zur Freigabe eingereicht."
    ),
}
"""By Wagtail's own English."""


class _Words(gettext.NullTranslations):
    def __init__(self) -> None:
        super().__init__()
        self._catalog = WORDS

    @staticmethod
    def plural(number: int) -> int:
        return int(number != 1)


def speak_plainly() -> None:
    """For this process. German is read then, as any page of ours would do."""
    trans_real.translation("de").merge(_Words())
