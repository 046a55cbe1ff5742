from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("booking", "0051_answers_count_like_invitations")]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='organizer',
            field=models.EmailField(blank=True, db_default='', default='', editable=False, help_text='Mailbox of the site that invited to it; the same for its whole life.', max_length=254),
        ),
    ]
