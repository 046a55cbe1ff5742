from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_what_rows_lack'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='courserun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('price__gt', 0), ('price__isnull', False), ('price_state', 'amount')), models.Q(models.Q(('price_state', 'amount'), _negated=True), ('price__isnull', True)), _connector='OR'), name='run_price_is_honest', violation_error_message='Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ lautet.'),
        ),
        migrations.AddConstraint(
            model_name='coursepage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('price__gt', 0), ('price__isnull', False), ('price_state', 'amount')), models.Q(models.Q(('price_state', 'amount'), _negated=True), ('price__isnull', True)), _connector='OR'), name='course_price_is_honest', violation_error_message='Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ lautet.'),
        ),
    ]
