import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("booking", "0052_who_invites"), ("courses", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='PublishedRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=32)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='published_run', to='courses.courserun')),
            ],
            options={
                'verbose_name': 'veröffentlichter Kurstermin',
                'verbose_name_plural': 'veröffentlichte Kurstermine',
            },
        ),
    ]
