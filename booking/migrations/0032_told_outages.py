"""Advisors who were told of a calendar of theirs are not told again, and are when it can be read."""

from django.db import migrations


def note(apps, schema_editor):
    Calendar, Outage = apps.get_model("booking", "BusyCalendar"), apps.get_model("booking", "Outage")
    Outage.objects.bulk_create(
        Outage(
            advisor_id=calendar.advisor_id,
            channel="busy",
            key=str(calendar.uid),
            began_at=calendar.read_at,
            told_at=calendar.alerted_at,
        )
        for calendar in Calendar.objects.exclude(alerted_at=None)
    )


def forget(apps, schema_editor):
    Calendar, Outage = apps.get_model("booking", "BusyCalendar"), apps.get_model("booking", "Outage")
    for outage in Outage.objects.filter(channel="busy", over_at=None):
        Calendar.objects.filter(uid=outage.key).update(alerted_at=outage.told_at)
    Outage.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("booking", "0031_outages")]

    operations = [migrations.RunPython(note, forget)]
