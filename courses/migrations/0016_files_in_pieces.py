import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0015_sources_of_all_courses'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportFilePiece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='courses.importfile')),
            ],
            options={
                'base_manager_name': 'without_content',
                'verbose_name': 'Teil einer Datei zum Einlesen',
                'verbose_name_plural': 'Teile von Dateien zum Einlesen',
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='piece_of_file_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('without_content', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AlterField(
            model_name='importfile',
            name='content',
            field=models.BinaryField(default=b''),
        ),
    ]
