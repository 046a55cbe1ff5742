"""Coordinates of the dates that are there, from their postcodes; and no amount of null euros, which nobody can tell from
a price that is not known.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

from offices.postcodes import coordinates


def place_runs(apps: Any, schema_editor: Any) -> None:
    runs = apps.get_model("courses", "CourseRun").objects.exclude(postcode="")
    for code in runs.order_by().values_list("postcode", flat=True).distinct():
        place = coordinates(code)
        if place is not None:
            runs.filter(postcode=code).update(latitude=place[0], longitude=place[1])


def forget_null_euros(apps: Any, schema_editor: Any) -> None:
    courses = apps.get_model("courses", "CoursePage").objects
    courses.filter(price_state="amount", price__isnull=True).update(price_state="unknown")
    courses.filter(price_state="amount", price__lte=0).update(price_state="unknown", price=None)
    courses.exclude(price_state="amount").filter(price__isnull=False).update(price=None)


class Migration(migrations.Migration):

    dependencies = [
        ("courses", "0002_courses_in_full"),
    ]

    operations = [
        migrations.RunPython(place_runs, migrations.RunPython.noop),
        migrations.RunPython(forget_null_euros, migrations.RunPython.noop),
    ]
