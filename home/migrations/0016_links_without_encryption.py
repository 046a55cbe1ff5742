from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0015_events_keep_their_office")]

    operations = [
        migrations.AddField(
            model_name="outsidelink",
            name="is_plain",
            field=models.BooleanField(default=False, verbose_name="antwortet unverschlüsselt"),
        ),
    ]
