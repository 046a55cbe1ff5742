from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0013_lowest_price'),
    ]

    operations = [
        migrations.AddField(
            model_name='importedcourse',
            name='said',
            field=models.JSONField(default=dict),
        ),
    ]
