from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_content_and_mail")]

    operations = [migrations.RemoveField("brandsettings", "sender_name")]
