from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0040_count_of_details_in_the_channel"),
    ]

    operations = [
        migrations.RemoveField(model_name="pushcalendar", name="detail_changes"),
    ]
