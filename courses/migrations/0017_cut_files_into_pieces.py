"""Of the few files that wait while the site is renewed."""

from django.db import migrations

PIECE = 1024 * 1024


def cut(apps, schema_editor):
    files, pieces = (apps.get_model("courses", name).objects for name in ("ImportFile", "ImportFilePiece"))
    for pk in list(files.values_list("pk", flat=True)):
        content = bytes(files.values_list("content", flat=True).get(pk=pk))
        for number, start in enumerate(range(0, len(content), PIECE)):
            pieces.create(file_id=pk, number=number, content=content[start : start + PIECE])


def join(apps, schema_editor):
    files, pieces = (apps.get_model("courses", name).objects for name in ("ImportFile", "ImportFilePiece"))
    for pk in list(files.values_list("pk", flat=True)):
        found = pieces.filter(file_id=pk).order_by("number").values_list("content", flat=True)
        files.filter(pk=pk).update(content=b"".join(bytes(content) for content in found))


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0016_files_in_pieces"),
    ]

    operations = [migrations.RunPython(cut, join)]
