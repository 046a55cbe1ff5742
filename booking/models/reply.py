from __future__ import annotations

from django.db import models

from booking.models.appointment import Appointment


class InvitationReply(models.Model):
    """What the firm's calendar program last answered to the invitation (IMIP-6). It is shown, and does nothing.

    Nothing of the firm is kept: neither its address nor what it wrote.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "ACCEPTED", "angenommen"
        TENTATIVE = "TENTATIVE", "mit Vorbehalt angenommen"
        DECLINED = "DECLINED", "abgelehnt"

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="invitation_reply")
    answer = models.CharField(max_length=10, choices=Answer)
    program = models.CharField(max_length=20, blank=True, help_text="Leer: keines, das man kennt.")
    sequence = models.PositiveIntegerField(help_text="Of the appointment that was answered.")
    stamped_at = models.DateTimeField(help_text="Of two replies the later one counts.")
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = "Antwort auf eine Einladung"
        verbose_name_plural = "Antworten auf Einladungen"

    def __str__(self) -> str:
        return f"in {self.program or 'einem Kalender'} {self.get_answer_display()}"

    @property
    def is_of_former_time(self) -> bool:
        """Answered before the appointment was changed."""
        return self.sequence < self.appointment.sequence
