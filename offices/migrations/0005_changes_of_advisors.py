from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("offices", "0004_share_of_advisors")]

    operations = [
        migrations.AddField(
            model_name="advisor",
            name="updated_at",
            field=models.DateTimeField(auto_now=True, default=timezone.now),
            preserve_default=False,
        )
    ]
