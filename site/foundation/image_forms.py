"""The form of a picture in the admin."""

from __future__ import annotations

from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm


class CreditedImageForm(BaseImageForm):
    class Meta(BaseImageForm.Meta):
        # Wagtail's own form of pictures draws a plain text field for a date.
        widgets = {**BaseImageForm.Meta.widgets, "valid_until": AdminDateInput}
