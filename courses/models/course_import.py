from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from courses.models.provider import Provider

LEASE = timedelta(minutes=4)
"""How long a process counts as alive after its last sign of life: shorter than the worker waits before it hands out
the task of a dead process again (Q_CLUSTER in the settings)."""
MOST_ATTEMPTS = 2
"""So many processes may die with one import before only a person can start it again."""


class CourseImport(models.Model):
    """A file of a provider on its way into the courses: looked at first, then taken over, perhaps taken back."""

    class State(models.TextChoices):
        NEW = "new", "wird gelesen"
        LOOKING = "looking", "Vorschau entsteht"
        READY = "ready", "wartet auf Ihre Zustimmung"
        RUNNING = "running", "läuft"
        DONE = "done", "eingelesen"
        FAILED = "failed", "abgebrochen"
        UNDONE = "undone", "zurückgenommen"

    STARTABLE = (State.NEW, State.READY, State.FAILED)
    AT_WORK = (State.LOOKING, State.RUNNING)

    provider = models.ForeignKey(
        "courses.Provider", on_delete=models.CASCADE, related_name="imports", verbose_name="Anbieter"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="von",
    )
    created_at = models.DateTimeField("angelegt")
    finished_at = models.DateTimeField("beendet", null=True, blank=True)
    source = models.ForeignKey(
        "courses.CourseSource",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Quelle",
    )
    source_name = models.CharField("Datei", max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 der Datei")
    format = models.CharField("Format", max_length=200, blank=True)
    is_full = models.BooleanField("vollständiges Verzeichnis", default=False)
    absent_stays = models.BooleanField(
        "was fehlt, bleibt", default=False, help_text="so hat es jemand nach der Vorschau gewählt"
    )
    fallback_topic = models.ForeignKey(
        "courses.Topic",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Thema, wenn keines passt",
    )
    state = models.CharField("Stand", max_length=10, choices=State, default=State.NEW)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="seit wann ein Prozess daran arbeitet")
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="wie viele Prozesse damit begonnen haben, seit jemand darum gebeten hat"
    )
    counts = models.JSONField(default=dict, help_text="wie viele Kurse neu, geändert … sind")
    notices = models.JSONField(default=list, help_text="was zur ganzen Datei zu sagen ist")
    problem = models.TextField("warum nicht", blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Einlesen von Kursen"
        verbose_name_plural = "Einlesen von Kursen"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source_name or 'Kurse'} ({self.provider})"

    def is_at_work(self, now: datetime) -> bool:
        """Somebody works on it, and has given a sign of life not long ago."""
        if self.state not in self.AT_WORK or self.claimed_at is None:
            return False
        return now - max(self.claimed_at, self._signs()[1] or self.claimed_at) < LEASE

    def was_broken_off(self, now: datetime) -> bool:
        """A process died with it. All of a file is written at once, so all or nothing of it is in the courses."""
        return self.state in self.AT_WORK and not self.is_at_work(now)

    @property
    def is_in(self) -> bool:
        """Its courses are on the site, even while somebody takes them back."""
        return self.state == self.State.DONE or (self.state == self.State.RUNNING and self.finished_at is not None)

    def can_be_started(self, now: datetime) -> bool:
        return self.state in self.STARTABLE or (self.was_broken_off(now) and not self.is_in)

    def can_be_undone(self, now: datetime) -> bool:
        return self.state == self.State.DONE or (self.was_broken_off(now) and self.is_in)

    def report_ended(self, now: datetime) -> bool:
        """Its entries are deleted, or will be this night: it can't be taken back any more."""
        return now - self.created_at >= timedelta(days=settings.COURSE_IMPORT_REPORT_DAYS)

    def note_progress(self, done: int) -> None:
        """A sign of life. In the cache: what a transaction writes nobody else sees yet."""
        cache.set(self._key, (self.claimed_at, done, timezone.now()), 3600)

    @property
    def progress(self) -> int:
        """How many courses are done of what is being done."""
        return self._signs()[0]

    def _signs(self) -> tuple[int, datetime | None]:
        """Only of the process that is at it now."""
        claimed_at, done, at = cache.get(self._key) or (None, 0, None)
        return (done, at) if self.claimed_at and claimed_at == self.claimed_at else (0, None)

    @property
    def _key(self) -> str:
        return f"courses.import.{self.pk}"


class ImportFile(models.Model):
    """The file itself until it is taken over or its time is up. In the database: every worker can reach it, and no
    address leads to it. Its content stands in its pieces."""

    imported = models.OneToOneField(CourseImport, on_delete=models.CASCADE, primary_key=True, related_name="file")
    columns = models.JSONField(default=dict, help_text="welche Spalte was enthält")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Datei zum Einlesen"
        verbose_name_plural = "Dateien zum Einlesen"

    def __str__(self) -> str:
        return str(self.pk)


class _WithoutContent(models.Manager["ImportFilePiece"]):
    def get_queryset(self) -> models.QuerySet[ImportFilePiece]:
        return super().get_queryset().defer("content")


class ImportFilePiece(models.Model):
    """A part of a file, as `courses.importing.waiting` cuts it. Who deletes a file reads the keys of its pieces, never
    all that stands in them."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    objects = models.Manager()
    without_content = _WithoutContent()
    wagtail_reference_index_ignore = True

    class Meta:
        base_manager_name = "without_content"
        verbose_name = "Teil einer Datei zum Einlesen"
        verbose_name_plural = "Teile von Dateien zum Einlesen"
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="piece_of_file_once")]

    def __str__(self) -> str:
        return f"{self.file_id}.{self.number}"


class ImportEntry(models.Model):
    """What an import does to one course, or why it does nothing. Courses that stay as they are have none, unless there
    is something to say.

    `before` and `after` hold the values that change, by field, in the form of `courses.importing.values`; `kept` those
    of editors that stay although the file says otherwise, each as [field, theirs, the file's].
    """

    class Kind(models.TextChoices):
        NEW = "new", "neu"
        CHANGED = "changed", "geändert"
        SAME = "same", "unverändert"
        GONE = "gone", "fällt weg"
        REJECTED = "rejected", "abgelehnt"

    UNDONE = (Kind.NEW, Kind.CHANGED, Kind.GONE)
    """What there is to take back."""

    imported = models.ForeignKey(CourseImport, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField("Was", max_length=10, choices=Kind)
    place = models.CharField("Stelle", max_length=80, blank=True)
    reference = models.CharField("Nummer beim Anbieter", max_length=80, blank=True)
    title = models.CharField("Titel", max_length=255, blank=True)
    course = models.ForeignKey("courses.CoursePage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_live = models.BooleanField("veröffentlicht", default=False)
    was_live = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    cells = models.JSONField(default=dict, help_text="was die Zeile sagte, nach Spalten")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Zeile eines Berichts"
        verbose_name_plural = "Zeilen eines Berichts"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["imported", "number"], name="entry_of_import_once")]

    def __str__(self) -> str:
        return self.title or self.place


class ImportedCourse(models.Model):
    """What imports last wrote into a course. Where the course says something else by now, editors have changed it, and
    `said` is what the last file says there, by field. `source` is the address whose files name the course; none where
    only files do that people have sent."""

    course = models.OneToOneField(
        "courses.CoursePage", on_delete=models.CASCADE, primary_key=True, related_name="imported"
    )
    written = models.JSONField(default=dict)
    said = models.JSONField(default=dict)
    was_archived = models.BooleanField("fiel aus einem vollständigen Verzeichnis", default=False)
    source = models.ForeignKey("courses.CourseSource", on_delete=models.SET_NULL, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Stand des Einlesens"
        verbose_name_plural = "Stände des Einlesens"

    def __str__(self) -> str:
        return str(self.pk)


class ColumnMapping(models.Model):
    """Which column of a provider's tables holds what, as somebody last said it."""

    provider = models.OneToOneField("courses.Provider", on_delete=models.CASCADE, related_name="columns")
    columns = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Zuordnung von Spalten"
        verbose_name_plural = "Zuordnungen von Spalten"

    def __str__(self) -> str:
        return str(self.provider)

    @classmethod
    def known_of(cls, provider: Provider) -> dict[str, str]:
        """Heading → field; empty where nobody has said anything yet. One query."""
        found = cls.objects.filter(provider=provider).values_list("columns", flat=True).first()
        return dict(found or {})
