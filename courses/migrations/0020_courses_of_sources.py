"""Of courses that an address has brought so far, „Quelle“ names it. Which others its file names is found out when it is
read once more."""

from django.db import migrations


def tell(apps, schema_editor):
    get = apps.get_model
    sources, imported = get("courses", "CourseSource").objects, get("courses", "ImportedCourse").objects
    for source in sources.all():
        get("courses", "CourseImport").objects.filter(pk=source.imported_id).update(source=source)
        named = imported.filter(course__provider=source.provider_id, course__source=source.address[:120])
        named.update(source=source)
    sources.update(digest="", etag="", last_modified="")


class Migration(migrations.Migration):
    dependencies = [("courses", "0019_where_courses_come_from")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
