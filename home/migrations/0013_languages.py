"""The languages beside German, in which editors may write pages (foundation/languages.py)."""

from django.db import migrations

CODES = ("en", "de-simple")


def add_languages(apps, schema_editor):
    locales = apps.get_model("wagtailcore", "Locale")
    for code in CODES:
        locales.objects.using(schema_editor.connection.alias).get_or_create(language_code=code)


def remove_unused_languages(apps, schema_editor):
    """A language in which somebody has written stays: its pages hold on to it."""
    alias = schema_editor.connection.alias
    used = apps.get_model("wagtailcore", "Page").objects.using(alias).values("locale")
    locales = apps.get_model("wagtailcore", "Locale").objects.using(alias)
    locales.filter(language_code__in=CODES).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0012_links_on_pages"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(add_languages, remove_unused_languages)]
