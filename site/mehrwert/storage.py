"""Static files under names that carry a hash of their content, compressed once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from mehrwert.stylesheets import bundle

STYLE_SHEETS = ("css/site.css", "css/embedded.css")
"""That of all pages, and that of the list that stands in the pages of others."""


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Puts the imported sheets into those that pages link, and also renames the files that ES modules import."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        bundled = [(sheet, bundle(sheet, read)) for sheet in STYLE_SHEETS if sheet in paths and not dry_run]
        for sheet, text in bundled:
            self.delete(sheet)
            self._save(sheet, ContentFile(text.encode()))
            paths = paths | {sheet: (self, sheet)}
        yield from super().post_process(paths, dry_run, **options)
