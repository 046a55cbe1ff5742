"""Static files under names that carry a hash of their content, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Also renames the files that ES modules import, which Django leaves alone by default."""

    support_js_module_import_aggregation = True
