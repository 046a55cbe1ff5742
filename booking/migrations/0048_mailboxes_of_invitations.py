from django.db import migrations
from django.db.models import OuterRef, Subquery


def note_the_mailbox(apps, schema_editor):
    """Invitations that stand already went where their advisor has her mailbox."""
    advisors = apps.get_model("offices", "Advisor").objects.filter(pk=OuterRef("advisor"))
    channels = apps.get_model("booking", "CalendarChannel").objects.filter(way="invitation", address="")
    channels.update(address=Subquery(advisors.values("email")[:1]))


class Migration(migrations.Migration):
    dependencies = [("booking", "0047_what_feeds_and_mailboxes_were_told")]

    operations = [migrations.RunPython(note_the_mailbox, migrations.RunPython.noop)]
