from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0020_courses_of_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='coursesource',
            name='read_by',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
