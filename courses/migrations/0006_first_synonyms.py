from django.db import migrations

from courses.finding.first_synonyms import FIRST_SYNONYMS


def add(apps, schema_editor):
    synonyms = apps.get_model("courses", "Synonym").objects
    for words in FIRST_SYNONYMS:
        synonyms.get_or_create(words=words)


def remove(apps, schema_editor):
    apps.get_model("courses", "Synonym").objects.filter(words__in=FIRST_SYNONYMS).delete()


class Migration(migrations.Migration):
    dependencies = [("courses", "0005_words_and_synonyms")]
    operations = [migrations.RunPython(add, remove)]
