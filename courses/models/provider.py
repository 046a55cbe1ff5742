from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from foundation.outbox.message import one_address


class Provider(ClusterableModel):
    """An organisation that offers courses (Anbieter)."""

    name = models.CharField("Name", max_length=120, unique=True)
    slug = models.SlugField("Kurzname in Adressen", unique=True)
    town = models.CharField("Ort", max_length=80, blank=True)
    website = models.URLField("Website", blank=True)
    description = models.TextField("Über den Anbieter", max_length=1200, blank=True)
    email = models.EmailField("E-Mail", blank=True, help_text="Eine Adresse der Einrichtung, keine persönliche.")
    phone = models.CharField("Telefon", max_length=40, blank=True)
    private_email = models.EmailField(
        "E-Mail für den privaten Link",
        blank=True,
        help_text="Dorthin geht der Link, mit dem der Anbieter seine Kurse bestätigt; sie steht nirgends auf der "
        "Website. Leer: die E-Mail darüber.",
    )
    is_reminded = models.BooleanField(
        "an das Bestätigen erinnern",
        default=True,
        help_text="Wie oft, steht unter „Einstellungen › Kursdatenbank“.",
    )
    is_example = models.BooleanField("erfundenes Beispiel", default=False)

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("town"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("website"), FieldRowPanel([FieldPanel("email"), FieldPanel("phone")])], "Kontakt"),
        MultiFieldPanel([FieldPanel("private_email"), FieldPanel("is_reminded")], "Kurse bestätigen"),
        InlinePanel("marks", heading="Qualitätssiegel", label="Siegel"),
        FieldPanel("is_example"),
    ]

    class Meta:
        verbose_name = "Anbieter"
        verbose_name_plural = "Anbieter"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """More than an EmailField refuses: what the outbox takes for no address."""
        super().clean()
        addresses = {"email": self.email, "private_email": self.private_email}
        wrong = [name for name, address in addresses.items() if address and not _takes_mail(address)]
        if wrong:
            raise ValidationError(dict.fromkeys(wrong, "An diese Adresse geht keine E-Mail. Bitte prüfen Sie sie."))

    @property
    def address_of_link(self) -> str:
        """Where its private link is sent; empty where it has no address."""
        return self.private_email or self.email

    @property
    def can_be_written_to(self) -> bool:
        return bool(self.address_of_link) and _takes_mail(self.address_of_link)


def _takes_mail(address: str) -> bool:
    try:
        one_address(address)
    except BadHeaderError:
        return False
    return True
