"""Wagtail's admin in the words of this house: its German speaks of „Moderation“, „Schnipseln“ and „Seite-Objekten“,
says „Du“ here and there, and leaves in English what is new.

A catalogue of our own in LOCALE_PATHS would have to be compiled; these few are laid over Wagtail's as it is read.
"""

from __future__ import annotations

import gettext

from django.utils.translation import trans_real

REFUSED = "Das geht so noch nicht: Bitte berichtigen Sie, was rot markiert ist."

WORDS = {
    # Signing in.
    "Sign in to Wagtail": "Anmelden",
    "Enter your %(username_field_name)s": "Ihr %(username_field_name)s",
    "Enter password": "Ihr Passwort",
    "Remember me": "Angemeldet bleiben",
    "Wagtail admin": "Verwaltung",
    "Go to Wagtail admin": "Zur Verwaltung",
    "Can access Wagtail admin": "Darf in die Verwaltung",
    "View Wagtail quick actions": "Knöpfe für die Redaktion",
    (
        "JavaScript is required to use Wagtail, but it is currently disabled.<br /> "
        'Here are the <a href="https://www.enable-javascript.com/" target="_blank" rel="noreferrer">'
        "instructions how to enable JavaScript in your web browser</a>."
    ): "Manches in der Verwaltung geht nur mit JavaScript. Bitte schalten Sie es in Ihrem Browser ein.",
    # Lists, and what is asked before something is done.
    "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s": (
        "%(start_index)s–%(end_index)s von %(items_count)s"
    ),
    "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s across entire site.": (
        "%(start_index)s–%(end_index)s von %(items_count)s auf der ganzen Website"
    ),
    (
        "%(start_index)s-%(end_index)s of %(items_count)s %(model_name)s in "
        "'<span class=\"w-title-ellipsis\">%(title)s</span>'."
    ): ('%(start_index)s–%(end_index)s von %(items_count)s unter „<span class="w-title-ellipsis">%(title)s</span>“'),
    'There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?': (
        'Hier steht noch nichts. <a href="%(add_url)s">Neu anlegen</a>'
    ),
    "Create a new %(model_name)s": "Neu anlegen: %(model_name)s",
    "Editing": "Bearbeiten",
    "Editing %(page_type)s": "Bearbeiten: %(page_type)s",
    "Editing %(task_type)s": "Bearbeiten: %(task_type)s",
    "Editing workflow": "Arbeitsablauf bearbeiten",
    "Select a new parent page": "Neue übergeordnete Seite auswählen",
    "Keep the new pages updated with future changes": "Die neuen Seiten bei künftigen Änderungen mit ändern",
    "Select hierarchical position. Note: a collection cannot become a child of itself or one of its descendants.": (
        "Wo sie im Verzeichnis steht. Unter sich selbst geht nicht."
    ),
    "Are you sure you want to unpublish this %(model_name)s?": "Möchten Sie das wirklich von der Website nehmen?",
    "Are you sure you want to delete this %(model_name)s?": "Möchten Sie das wirklich löschen?",
    "The %(model_name)s could not be created due to errors.": REFUSED,
    "The %(model_name)s could not be saved due to errors.": REFUSED,
    "The page could not be created due to validation errors.": REFUSED,
    "The page could not be saved due to validation errors.": REFUSED,
    "The image could not be created due to errors.": REFUSED,
    "The image could not be saved due to errors.": REFUSED,
    "The document could not be created due to errors.": REFUSED,
    "The document could not be saved due to errors.": REFUSED,
    "There are validation errors, click save to highlight them.": (
        "Etwas fehlt noch oder stimmt nicht. Klicken Sie auf „Entwurf speichern“, dann sehen Sie, was."
    ),
    "Go to the first error": "Zum ersten Fehler",
    "Preview cannot display due to validation errors. <br /> Click save to highlight the relevant fields.": (
        "Noch keine Vorschau: Etwas fehlt oder stimmt nicht. <br /> "
        "Klicken Sie auf „Entwurf speichern“, dann sehen Sie, was."
    ),
    "Correct the validation errors to resume preview (saving will highlight errors)": (
        "Etwas fehlt oder stimmt nicht. Klicken Sie auf „Entwurf speichern“, dann sehen Sie, was."
    ),
    "Please add some alt text for your image or mark it as decorative": (
        "Bitte beschreiben Sie das Bild, oder kreuzen Sie „dekorativ“ an."
    ),
    "Dashboard": "Startseite",
    "Home": "Startseite",
    "Shortcuts": "Tastenkürzel",
    "Locale": "Sprache",
    "Locales": "Sprachen",
    "Locale: ": "Sprache: ",
    "Switch locales": "Sprache wechseln",
    "Available in %(translations_total)s locales": "In %(translations_total)s Sprachen vorhanden",
    # The editor: its foot, its history, and what it says to two who have the same page open.
    "Actions (footer)": "Aktionen",
    "History": "Verlauf",
    "View history": "Verlauf ansehen",
    "See full history": "Ganzen Verlauf ansehen",
    "You are viewing a previous version of this %(model_name)s from <b>%(created_at)s</b> by %(user)s": (
        "Sie sehen eine frühere Fassung vom <b>%(created_at)s</b> von %(user)s"
    ),
    "Live version": "Fassung auf der Website",
    "View live": "Auf der Website ansehen",
    "Visit the live page": "Seite auf der Website ansehen",
    "Visible to all. Visit the live page": "Für alle sichtbar. Seite auf der Website ansehen",
    "Private. Visit the live page": "Nicht für alle sichtbar. Seite auf der Website ansehen",
    "Choose who can view the live version of this page": "Wer darf die Seite auf der Website sehen?",
    "Choose when this %(model_name)s should go live and/or expire": "Von wann bis wann steht das auf der Website?",
    "Choose when this page should go live and/or expire": "Von wann bis wann steht die Seite auf der Website?",
    "Meta description is empty": "Die Beschreibung für Suchmaschinen fehlt",
    "Add a concise description for search engines": "Sagen Sie in ein, zwei Sätzen, worum es auf der Seite geht",
    "View latest version": "Neueste Fassung ansehen",
    "Currently idle": "Zurzeit untätig",
    "Proceeding will overwrite the changes you made in that window.": (
        "Speichern Sie hier, gilt diese Fassung und nicht die aus dem anderen Fenster."
    ),
    "Proceeding will overwrite the changes made by %(user_name)s.": (
        "Speichern Sie trotzdem, gilt Ihre Fassung und nicht die von %(user_name)s."
    ),
    "Alternatively, you can view the latest version in a new tab.": (
        "Oder sehen Sie sich erst die neueste Fassung in einem neuen Fenster an."
    ),
    "A network error occurred": "Die Verbindung ist unterbrochen",
    (
        "Troubleshoot your connection to the site before proceeding. "
        "Open the editor in a separate tab to view the last saved version."
    ): (
        "Lassen Sie dieses Fenster offen und prüfen Sie Ihre Verbindung. "
        "In einem neuen Fenster sehen Sie, was zuletzt gespeichert ist."
    ),
    # The panel „Status“ of the editor.
    "In Moderation": "Wartet auf Freigabe",
    "Sent to %(task_name)s %(started_at)s": "Eingereicht: %(task_name)s, %(started_at)s",
    "No publishing schedule set": "Kein Zeitpunkt festgelegt",
    "Set schedule": "Festlegen",
    "Edit schedule": "Ändern",
    "Unlocked": "Nicht gesperrt",
    "Anyone can edit this %(model_name)s – lock it to prevent others from editing": (
        "Wer die Seite bearbeiten darf, kann hier etwas ändern. Gesperrt ändern nur Sie."
    ),
    "Anyone can edit this %(model_name)s": "Wer die Seite bearbeiten darf, kann hier etwas ändern",
    "No one can make changes while the %(model_name)s is locked": "Gesperrt: Zurzeit ändert hier niemand etwas",
    "Only you can make changes while the %(model_name)s is locked": "Gesperrt: Zurzeit ändern hier nur Sie etwas",
    "Only %(user)s can make changes while the %(model_name)s is locked": (
        "Gesperrt: Zurzeit ändert hier nur %(user)s etwas"
    ),
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
    "in moderation": "wartet auf Freigabe",
    "live + in moderation": "veröffentlicht + wartet auf Freigabe",
    "Approve with comment": "Mit Anmerkung freigeben",
    "Needs changes": "Zurückgegeben",
    "No pages/snippets have been submitted for moderation yet": (
        "Bisher hat niemand eine Seite zur Freigabe eingereicht."
    ),
    "This page hasn't been submitted for moderation yet": "Diese Seite hat noch niemand zur Freigabe eingereicht.",
    "Your pages and snippets in a workflow": "Ihre eingereichten Seiten",
    "Page '%(page_title)s' has been submitted for moderation.": "„%(page_title)s“ ist zur Freigabe eingereicht.",
    "Page '%(page_title)s' created and submitted for moderation.": (
        "„%(page_title)s“ ist angelegt und zur Freigabe eingereicht."
    ),
}
"""By Wagtail's own English."""

COUNTED = {
    "Referenced %(count)s time": ("an %(count)s Stelle verwendet", "an %(count)s Stellen verwendet"),
    "This %(model_name)s is referenced %(usage_count)s time.": (
        "Das wird an %(usage_count)s Stelle verwendet.",
        "Das wird an %(usage_count)s Stellen verwendet.",
    ),
}
"""The same where Wagtail counts: for one, and for any other number."""


class _Words(gettext.NullTranslations):
    def __init__(self) -> None:
        super().__init__()
        counted = {(english, form): words for english, forms in COUNTED.items() for form, words in enumerate(forms)}
        self._catalog = WORDS | counted

    @staticmethod
    def plural(number: int) -> int:
        return int(number != 1)


def speak_plainly() -> None:
    """For this process. German is read then, as any page of ours would do."""
    trans_real.translation("de").merge(_Words())
