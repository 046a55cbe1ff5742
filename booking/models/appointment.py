from __future__ import annotations

import secrets
import uuid
from datetime import datetime

from django.conf import settings
from django.db import models

from booking.enums import TAKES_TIME, Kind, Outcome, SizeClass, Status
from booking.models.constraints import NoOverlapConstraint
from booking.models.service import Service
from booking.querysets import AppointmentQuerySet
from courses.models import CoursePage
from offices.models import Advisor, Office, OfficeDay

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_reference() -> str:
    """A number to say on the phone: eight letters and digits without look-alikes, 40 bits."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{code[:4]}-{code[4:]}"


def new_link_nonce() -> str:
    return secrets.token_urlsafe(9)


class Appointment(models.Model):
    """A time of an advisor that a firm has reserved or booked (Termin).

    `starts_at`–`ends_at` is the consultation; `block_start`–`block_end` adds buffers and ways and is what the
    database guards; which ways belong to it, `domain.travel` says. The row is made when a time is chosen (HELD, without
    a firm) and filled when it is booked.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("Vorgangsnummer", max_length=9, unique=True, default=new_reference, editable=False)
    link_nonce = models.CharField(max_length=16, default=new_link_nonce, editable=False)
    status = models.CharField("Stand", max_length=10, choices=Status)
    advisor = models.ForeignKey(
        Advisor, on_delete=models.PROTECT, related_name="appointments", verbose_name="Beratungsperson"
    )
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="appointments", verbose_name="Büro")
    office_day = models.ForeignKey(
        OfficeDay,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appointments",
        verbose_name="Sprechtag",
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="appointments", verbose_name="Anliegen")
    kind = models.CharField("Art", max_length=10, choices=Kind)
    course = models.ForeignKey(
        CoursePage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Kurs"
    )
    starts_at = models.DateTimeField("Beginn")
    ends_at = models.DateTimeField("Ende")
    block_start = models.DateTimeField()
    block_end = models.DateTimeField()
    travel_before = models.PositiveSmallIntegerField("Hinfahrt (Minuten)", default=0)
    travel_after = models.PositiveSmallIntegerField("Rück- oder Weiterfahrt (Minuten)", default=0)
    zone = models.CharField("Zeitzone", max_length=40, default="Europe/Berlin")

    organization = models.CharField("Betrieb", max_length=120, blank=True)
    name = models.CharField("Name", max_length=120, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    phone = models.CharField("Telefon", max_length=40, blank=True)
    postcode = models.CharField("PLZ", max_length=5, blank=True)
    street = models.CharField("Straße und Hausnummer", max_length=120, blank=True)
    size_class = models.CharField("Betriebsgröße", max_length=8, choices=SizeClass, blank=True)
    topic = models.CharField("Thema", max_length=200, blank=True)
    message = models.TextField("Nachricht", max_length=1000, blank=True)

    answers = models.JSONField(
        "Antworten", default=list, blank=True, help_text="Fragen des Anliegens im Wortlaut, Antworten in Worten."
    )

    hold_expires_at = models.DateTimeField(null=True, blank=True)
    hold_network = models.CharField(max_length=32, blank=True, help_text="Keyed hash of the network that holds.")
    visit = models.CharField(max_length=32, blank=True, help_text="Random mark of one visit; one hold each.")
    verification_sent_at = models.DateTimeField(
        null=True, blank=True, help_text="When the firm was last asked by mail to confirm its address."
    )
    verification_nonce = models.CharField(
        max_length=16, default=new_link_nonce, editable=False, help_text="Of the link in that mail; one per address."
    )
    offer = models.ForeignKey(
        "booking.MoveOffer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="alternatives",
        help_text="Offer whose firm may take this reserved time for another appointment.",
    )
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE: rises with time, place, status.")
    sequence_ahead = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="Added for advisors: what a mailbox of two was told under another base.",
    )
    organizer = models.EmailField(
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Mailbox of the site that invited to it; the same for its whole life.",
    )
    created_at = models.DateTimeField("angelegt")
    changed_at = models.DateTimeField("geändert", help_text="DTSTAMP and LAST-MODIFIED of the calendar object.")
    booked_at = models.DateTimeField("gebucht", null=True, blank=True)
    cancelled_at = models.DateTimeField("abgesagt", null=True, blank=True)
    cancel_reason = models.CharField("Grund der Absage", max_length=300, blank=True)
    reminded_for = models.DateTimeField(null=True, blank=True, help_text="Start that the last reminder named.")
    confirmed_at = models.DateTimeField("zugesagt", null=True, blank=True)
    outcome = models.CharField("Ergebnis", max_length=12, choices=Outcome, blank=True)
    note = models.TextField(
        "interne Notiz", max_length=2000, blank=True, help_text="Auf der Website sieht der Betrieb sie nicht."
    )
    anonymised_at = models.DateTimeField("anonymisiert", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "Termin"
        verbose_name_plural = "Termine"
        ordering = ["starts_at"]
        indexes = [
            models.Index(fields=["advisor", "status", "block_start"], name="appointment_of_advisor"),
            models.Index(fields=["status", "hold_expires_at"], name="appointment_holds"),
            models.Index(fields=["visit"], name="appointment_of_visit"),
            # All that tells whether a feed has changed, so that no row is read for it.
            models.Index(fields=["advisor", "status", "ends_at", "sequence", "changed_at"], name="appointment_in_feed"),
            # The same of an office's guests, each found by one step.
            models.Index(
                fields=["office", "status", "advisor", "ends_at", "sequence", "changed_at"],
                name="appointment_of_guests",
            ),
        ]
        constraints = [
            NoOverlapConstraint(
                key="advisor",
                start="block_start",
                end="block_end",
                state="status",
                states=[str(status) for status in TAKES_TIME],
                name="appointment_no_overlap",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at"))
                & models.Q(block_start__lte=models.F("starts_at"))
                & models.Q(block_end__gte=models.F("ends_at")),
                name="appointment_times_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="held") | models.Q(hold_expires_at__isnull=False),
                name="appointment_hold_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"Termin {self.reference}"

    @property
    def minutes(self) -> int:
        """Its own duration, whatever its service says by now."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    def is_held_at(self, now: datetime) -> bool:
        return self.status == Status.HELD and self.hold_expires_at is not None and now < self.hold_expires_at

    @property
    def gives_way(self) -> bool:
        """A reservation that the next one of its visit takes the place of, as `held_by` finds them."""
        return self.status == Status.HELD and self.verification_sent_at is None

    @property
    def awaits_verification(self) -> bool:
        """Asked for by a firm and booked once it confirms its address, for as long as the reservation lasts."""
        return self.status == Status.HELD and self.is_unconfirmed

    @property
    def state(self) -> str:
        """The status in words, as the desk reads it."""
        if self.awaits_verification:
            return "wartet auf Bestätigung der E-Mail"
        if self.status == Status.HELD and self.offer_id:
            return "einem Betrieb angeboten"
        return str(self.get_status_display())

    @property
    def is_unconfirmed(self) -> bool:
        """The same, and also what was not confirmed in time."""
        return self.verification_sent_at is not None and self.status in {Status.HELD, Status.EXPIRED}

    @property
    def chosen_minutes(self) -> int | None:
        """The duration that was chosen; the usual one (None) also where its service has lost that one since."""
        return self.minutes if self.minutes in self.service.further_durations else None

    @property
    def awaits_answer(self) -> bool:
        """Reminded of the time that now holds, and not yet said to come."""
        return self.reminded_for == self.starts_at and self.confirmed_at is None

    @property
    def reply(self) -> str:
        """What the firm said to its reminder, in a word; nothing before it was asked, nor for what is not booked."""
        if self.status != Status.BOOKED:
            return ""
        if self.confirmed_at:
            return "zugesagt"
        return "Antwort offen" if self.awaits_answer else ""

    @property
    def place(self) -> Office | OfficeDay:
        """Whose address the meeting has, where it has one."""
        return self.office_day or self.office


class AppointmentEvent(models.Model):
    """What happened to an appointment, by whom and when. Carries no personal data of the firm."""

    class Type(models.TextChoices):
        REQUESTED = "requested", "angefragt"
        BOOKED = "booked", "gebucht"
        RELEASED = "released", "Anfrage zurückgezogen"
        MOVED = "moved", "verschoben"
        CANCELLED = "cancelled", "abgesagt"
        OUTCOME = "outcome", "Ergebnis festgehalten"
        NOTED = "noted", "Notiz geändert"
        DISCLOSED = "disclosed", "Auskunft erteilt"
        OFFERED = "offered", "andere Zeiten angeboten"
        NONE_FREE = "none_free", "keine andere Zeit zum Anbieten frei"
        DECLINED = "declined", "angebotene Zeiten abgelehnt"
        LAPSED = "lapsed", "Angebot ohne Antwort abgelaufen"
        WITHDRAWN = "withdrawn", "Angebot zurückgenommen"
        WISHED = "wished", "möchte früher kommen"
        UNWISHED = "unwished", "möchte nicht mehr früher kommen"
        SAME_ENTRY = "same_entry", "Eintrag im eigenen Kalender als derselbe Termin erkannt"
        ANONYMISED = "anonymised", "anonymisiert"

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")
    type = models.CharField("Vorgang", max_length=12, choices=Type)
    at = models.DateTimeField("wann")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wer",
        help_text="Leer: der Betrieb selbst.",
    )
    detail = models.CharField("Einzelheiten", max_length=300, blank=True)
    former_advisor = models.ForeignKey(
        Advisor,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bisherige Beratungsperson",
        help_text="Wer den Termin bis zu diesem Vorgang hatte, wo er jemand anderen bekam.",
    )

    class Meta:
        verbose_name = "Vorgang"
        verbose_name_plural = "Vorgänge"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.at:%d.%m.%Y %H:%M}"
