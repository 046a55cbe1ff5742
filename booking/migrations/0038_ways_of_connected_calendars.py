"""Who has a calendar written into has chosen that way already."""

from django.db import migrations


def note_ways(apps, schema_editor):
    calendars = apps.get_model("booking", "PushCalendar").objects.filter(state__in=["active", "refused"])
    channel = apps.get_model("booking", "CalendarChannel")
    channel.objects.bulk_create(
        channel(advisor_id=calendar.advisor_id, way="push", chosen_at=calendar.connected_at) for calendar in calendars
    )


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0037_one_way_into_calendars"),
    ]

    operations = [
        migrations.RunPython(note_ways, migrations.RunPython.noop),
    ]
