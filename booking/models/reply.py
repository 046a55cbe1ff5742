"""What calendar programs last answered to invitations (IMIP-6). It is shown, and does nothing."""

from __future__ import annotations

from django.db import models

from booking.models.appointment import Appointment
from offices.models import Advisor


class CalendarReply(models.Model):
    """Nothing of whoever answered is kept: neither the address nor what was written."""

    class Answer(models.TextChoices):
        ACCEPTED = "ACCEPTED", "angenommen"
        TENTATIVE = "TENTATIVE", "mit Vorbehalt angenommen"
        DECLINED = "DECLINED", "abgelehnt"

    class Sender(models.TextChoices):
        OWN = "own", "von der eigenen Adresse"
        OTHER = "other", "von einer anderen Adresse"
        UNKNOWN = "unknown", "ohne E-Mail eingelesen"

    appointment: models.OneToOneField[Appointment]
    answer = models.CharField(max_length=10, choices=Answer)
    program = models.CharField(max_length=20, blank=True, help_text="Leer: keines, das man kennt.")
    sender = models.CharField(max_length=8, choices=Sender, default=Sender.UNKNOWN)
    message = models.CharField(max_length=64, blank=True, help_text="Mark of the Message-ID.")
    sequence = models.PositiveIntegerField(help_text="Of the invitation that was answered.")
    stamped_at = models.DateTimeField(help_text="Of two replies the later one counts.")
    received_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        answered = f"in {self.program or 'einem Kalender'} {self.get_answer_display()}"
        return f"{answered}, {self.get_sender_display()}" if self.sender == self.Sender.OTHER else answered

    @property
    def is_of_former_time(self) -> bool:
        """Answered before the appointment was changed. Of an advisor's answer her channel is asked."""
        return self.sequence < self.appointment.sequence


class InvitationReply(CalendarReply):
    """Of the firm."""

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="invitation_reply")

    class Meta:
        verbose_name = "Antwort auf eine Einladung"
        verbose_name_plural = "Antworten auf Einladungen"


class AdvisorReply(CalendarReply):
    """Of the advisor, whose appointments come as invitations. Hers as long as the appointment is."""

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="advisor_reply")
    advisor = models.ForeignKey(Advisor, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "Antwort der Beratung auf eine Einladung"
        verbose_name_plural = "Antworten der Beratung auf Einladungen"

    @property
    def is_of_former_time(self) -> bool:
        """Also where somebody else advises by now, or the invitation was taken back since, or sent anew."""
        channel = getattr(self.appointment.advisor, "calendar_channel", None)
        if channel is None or self.advisor_id != self.appointment.advisor_id:
            return True
        return self.sequence < channel.sequence_of(self.appointment)
