from django.db import migrations

SHARED_INDEX_DEPTH = 3


def give_to_offices(apps, schema_editor):
    """What people wrote who may change no index, and so write for offices only, belongs to their offices."""
    rights = apps.get_model("wagtailcore", "GroupPagePermission").objects
    of_the_site = rights.filter(permission__codename="change_page", page__depth__lte=SHARED_INDEX_DEPTH)
    for editors in apps.get_model("home", "OfficeEditors").objects.exclude(group=None):
        authors = editors.group.user_set.filter(is_superuser=False).exclude(groups__in=of_the_site.values("group"))
        for name in ("NewsPage", "EventPage"):
            pages = apps.get_model("home", name).objects.filter(owner__in=authors.values("pk"))
            editors.pages.add(*pages.values_list("pk", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0005_rights_of_pictures"),
        ("home", "0017_pages_of_offices"),
    ]

    operations = [migrations.RunPython(give_to_offices, migrations.RunPython.noop)]
