from django.db import migrations
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest


def count_as_the_invitation_did(apps, schema_editor):
    """Kept was the number of the appointment's version, without what the advisor's invitations are ahead by."""
    _shift(apps, lambda base: F("sequence") + base)


def count_as_the_appointment_does(apps, schema_editor):
    _shift(apps, lambda base: Greatest(F("sequence") - base, Value(0)))


def _shift(apps, shifted):
    channels = apps.get_model("booking", "CalendarChannel").objects.filter(advisor=OuterRef("advisor"))
    base = Coalesce(Subquery(channels.values("sequence_base")[:1]), Value(0))
    apps.get_model("booking", "AdvisorReply").objects.update(sequence=shifted(base))


class Migration(migrations.Migration):
    dependencies = [("booking", "0050_sequence_ahead_in_shared_mailboxes")]

    operations = [migrations.RunPython(count_as_the_invitation_did, count_as_the_appointment_does)]
