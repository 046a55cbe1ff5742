from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.images import get_image_model

from foundation.bare_pictures import UnreadablePicture, bare


class Command(BaseCommand):
    help = "Nimmt aus Bildern, die schon da sind, Aufnahmeort, Kamera und Anmerkungen; neue kommen nie damit herein."

    def handle(self, *args: Any, **options: Any) -> None:
        images = get_image_model().objects.order_by("pk")
        total, cleaned, unread = images.count(), 0, 0
        for done, image in enumerate(images.iterator(chunk_size=100), start=1):
            try:
                cleaned += self._clean(image)
            except (OSError, UnreadablePicture):
                unread += 1
            if self.stdout.isatty():
                self.stdout.write(f"\r{done}/{total}", ending="\n" if done == total else "")
                self.stdout.flush()
        self.stdout.write(f"Bilder: {total}, davon jetzt ohne Aufnahmedaten: {cleaned}, nicht zu lesen: {unread}")

    def _clean(self, image: Any) -> bool:
        """The sizes shown on pages are made anew from the new file at their next visit; the old file goes with them."""
        with image.file.open() as stored:
            written = bare(stored)
            if written is stored:
                return False
        old, storage = image.file.name, image.file.storage
        image.file.save(old.rpartition("/")[2], written, save=False)
        image._set_image_file_metadata()  # noqa: SLF001
        with transaction.atomic():
            image.save()
            image.renditions.all().delete()
        storage.delete(old)
        return True
