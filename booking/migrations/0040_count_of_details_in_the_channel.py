"""How often entries were told to say more or less counts on over every calendar that an advisor connects."""

from django.db import migrations
from django.db.models import F


def hand_over(apps, schema_editor):
    channels = apps.get_model("booking", "CalendarChannel").objects
    for calendar in apps.get_model("booking", "PushCalendar").objects.filter(detail_changes__gt=0):
        channels.filter(advisor=calendar.advisor_id).update(sequence_base=F("sequence_base") + calendar.detail_changes)


def hand_back(apps, schema_editor):
    calendars = apps.get_model("booking", "PushCalendar").objects
    for channel in apps.get_model("booking", "CalendarChannel").objects.filter(sequence_base__gt=0):
        calendars.filter(advisor=channel.advisor_id).update(detail_changes=channel.sequence_base)


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0039_feeds_of_offices"),
    ]

    operations = [
        migrations.RunPython(hand_over, hand_back),
    ]
