from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who logs in: editor, advisor, administrator. Visitors never have an account."""

    class Meta:
        verbose_name = "Benutzerkonto"
        verbose_name_plural = "Benutzerkonten"

    def __str__(self) -> str:
        return self.get_full_name() or self.username
