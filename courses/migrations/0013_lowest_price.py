from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0012_attempts_at_imports'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='coursepage',
            name='course_price_is_honest',
        ),
        migrations.RemoveConstraint(
            model_name='courserun',
            name='run_price_is_honest',
        ),
        migrations.AlterField(
            model_name='coursepage',
            name='price_state',
            field=models.CharField(choices=[('amount', 'Betrag'), ('from', 'ab Betrag'), ('free', 'kostenfrei'), ('on_request', 'auf Anfrage'), ('unknown', 'nicht bekannt')], default='unknown', max_length=12, verbose_name='Preis'),
        ),
        migrations.AlterField(
            model_name='courserun',
            name='price_state',
            field=models.CharField(blank=True, choices=[('amount', 'Betrag'), ('from', 'ab Betrag'), ('free', 'kostenfrei'), ('on_request', 'auf Anfrage'), ('unknown', 'nicht bekannt')], help_text='Leer: wie beim Kurs.', max_length=12, verbose_name='Preis'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('price__gt', 0), ('price__isnull', False), ('price_state__in', ('amount', 'from'))), models.Q(models.Q(('price_state__in', ('amount', 'from')), _negated=True), ('price__isnull', True)), _connector='OR'), name='course_price_is_honest', violation_error_message='Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ oder „ab Betrag“ lautet.'),
        ),
        migrations.AddConstraint(
            model_name='courserun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('price__gt', 0), ('price__isnull', False), ('price_state__in', ('amount', 'from'))), models.Q(models.Q(('price_state__in', ('amount', 'from')), _negated=True), ('price__isnull', True)), _connector='OR'), name='run_price_is_honest', violation_error_message='Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ oder „ab Betrag“ lautet.'),
        ),
    ]
