from __future__ import annotations

from django.db import models

from booking.feed_querysets import CalendarChannelQuerySet
from booking.models.appointment import Appointment
from offices.models import Advisor


class CalendarChannel(models.Model):
    """The one way by which an advisor's appointments come into her own calendar; in two, each would stand twice.

    Who has no row has links. `sequence_base` is added to the SEQUENCE of her invitations and entries, and only rises:
    by taking all invitations back, and by having all entries say more or less, which are no changes of the
    appointments. It outlives a calendar that is let go, so that what is told later under the same UID never falls
    behind what was left there. `address` is the mailbox that invitations stand in; where the advisor gets another,
    `follow_addresses` takes them there.
    """

    class Way(models.TextChoices):
        FEED = "feed", "Kalender-Link, den das Programm abonniert"
        INVITATION = "invitation", "Einladungen per E-Mail"
        PUSH = "push", "Eintragen in einen Kalender (CalDAV)"

    advisor = models.OneToOneField(Advisor, on_delete=models.CASCADE, related_name="calendar_channel")
    way = models.CharField("Weg", max_length=10, choices=Way, default=Way.FEED)
    sequence_base = models.PositiveIntegerField(default=0, editable=False)
    address = models.EmailField(blank=True, editable=False, help_text="Mailbox of the invitations that were sent.")
    chosen_at = models.DateTimeField("gewählt", null=True, blank=True)

    objects = CalendarChannelQuerySet.as_manager()

    class Meta:
        verbose_name = "Weg in den eigenen Kalender"
        verbose_name_plural = "Wege in den eigenen Kalender"

    def __str__(self) -> str:
        return self.get_way_display()

    @property
    def mailbox(self) -> str:
        """Where her mails go; empty for nowhere."""
        return (self.way == self.Way.INVITATION and self.address) or self.advisor.email

    def sequence_of(self, appointment: Appointment) -> int:
        """SEQUENCE of what she is told of it."""
        return appointment.sequence + appointment.sequence_ahead + self.sequence_base
