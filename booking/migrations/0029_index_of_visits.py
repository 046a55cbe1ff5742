from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0028_push_calendars"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["visit"], name="appointment_of_visit"),
        ),
    ]
