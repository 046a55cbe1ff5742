import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0018_files_without_content'),
    ]

    operations = [
        migrations.AddField(
            model_name='courseimport',
            name='absent_stays',
            field=models.BooleanField(default=False, help_text='so hat es jemand nach der Vorschau gewählt', verbose_name='was fehlt, bleibt'),
        ),
        migrations.AddField(
            model_name='courseimport',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='courses.coursesource', verbose_name='Quelle'),
        ),
        migrations.AddField(
            model_name='importedcourse',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='courses.coursesource'),
        ),
        migrations.AlterField(
            model_name='coursesource',
            name='is_full',
            field=models.BooleanField(default=False, help_text='Kurse, die aus dieser Quelle kamen und nicht mehr darin stehen, fallen dann weg; sind es sehr viele, wartet die Datei auf Sie. Das gilt für Tabellen: Verzeichnisse in open-Q-cat und Open-vhs sagen es meist selbst.', verbose_name='Die Datei ist immer vollständig'),
        ),
    ]
