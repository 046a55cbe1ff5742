from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0014_what_files_say'),
    ]

    operations = [
        migrations.AddField(
            model_name='coursesource',
            name='is_full',
            field=models.BooleanField(default=False, help_text='Kurse, die nicht darin stehen, fallen dann weg; sind es sehr viele, wartet die Datei auf Sie. Das gilt für Tabellen: Verzeichnisse in open-Q-cat und Open-vhs sagen es meist selbst.', verbose_name='Die Datei enthält alle Kurse des Anbieters'),
        ),
    ]
