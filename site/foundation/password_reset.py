"""Links for a new password, made in the background for known and unknown addresses alike (F16, S13)."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django_q.tasks import async_task
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.admin.views.account import PasswordResetView

RESET_TASK = "foundation.password_reset.send_reset_links"

logger = logging.getLogger(__name__)


def request_reset_links(email: str) -> None:
    """One row in the task table whoever asks: the request does the same work and takes the same time."""
    async_task(RESET_TASK, email, save=False)


def send_reset_links(email: str) -> None:
    """Writes a mail to each active account of that address; the links follow BASE_URL, never a Host header.

    Never raises: a failed task would be kept, and its arguments name the address.
    """
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    try:
        form = PasswordResetForm({"email": email})
        if form.is_valid():
            with translation.override(settings.LANGUAGE_CODE):
                form.save(
                    domain_override=base.netloc,
                    use_https=base.scheme == "https",
                    subject_template_name=PasswordResetView.subject_template_name,
                    email_template_name=PasswordResetView.email_template_name,
                )
    except Exception as error:  # noqa: BLE001
        logger.error("A mail for a new password could not be written (%s)", type(error).__name__)  # noqa: TRY400
