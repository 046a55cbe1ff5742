from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0017_cut_files_into_pieces'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='importfile',
            name='content',
        ),
    ]
