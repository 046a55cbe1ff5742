"""The form of a picture in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from PIL import Image
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from foundation.bare_pictures import UnreadablePicture, bare

DAMAGED = "Dieses Bild ist beschädigt und lässt sich nicht lesen. Bitte laden Sie eine andere Datei hoch."

ONCE_MORE = "Bitte wählen Sie auch die Datei noch einmal aus: Ihr Browser behält sie nicht."

TOO_LARGE = "Dieses Bild hat zu viele Bildpunkte. Bitte verkleinern Sie es, zum Beispiel auf 4.000 mal 3.000."


class WholeImageField(WagtailImageField):
    """Bare, so that size and hash are noted of what is stored; refused where it cannot be read to its end.

    Wagtail's own field answers with an error of the server then.
    """

    def to_python(self, data: Any) -> File | None:
        try:
            file: File | None = super().to_python(data)
            written = file and bare(file)
        except Image.DecompressionBombError:
            raise ValidationError(TOO_LARGE, code="file_too_many_pixels") from None
        except (OSError, UnreadablePicture):
            raise ValidationError(DAMAGED, code="invalid_image") from None
        if file and written is not file:
            written.image, written.content_type = file.image, file.content_type
        return written


class CreditedImageForm(BaseImageForm):
    class Meta(BaseImageForm.Meta):
        # Wagtail's own form of pictures draws a plain text field for a date.
        widgets = {**BaseImageForm.Meta.widgets, "valid_until": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Declared above, the field would be part of the forms that Wagtail makes without it, too.
        if field := self.fields.get("file"):
            self.fields["file"] = WholeImageField(label=field.label, required=field.required, widget=field.widget)

    def _post_clean(self) -> None:
        """No browser sends a file a second time by itself. Said of the form as a whole: where several come at once,
        Wagtail keeps a file whose field has no error, and asks for the rest."""
        super()._post_clean()
        if self.errors and "file" not in self.errors and self.add_prefix("file") in self.files:
            self.add_error(None, ONCE_MORE)
