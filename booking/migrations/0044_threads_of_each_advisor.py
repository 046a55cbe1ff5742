from django.db import migrations

from booking.threads import TO_ADVISOR


def name_the_advisor(apps, schema_editor):
    """`advisor:<uid>` becomes `advisor:<uid>:<number>`, with the one who has the appointment now."""
    for model, field in _named_by_threads(apps):
        rows = model.objects.filter(**{f"{field}__startswith": TO_ADVISOR})
        threads = {thread for thread in rows.values_list(field, flat=True) if thread.count(":") == 1}
        uids = {thread.removeprefix(TO_ADVISOR) for thread in threads}
        found = apps.get_model("booking", "Appointment").objects.filter(uid__in=uids)
        advisors = dict(found.values_list("uid", "advisor"))
        for uid, advisor in advisors.items():
            rows.filter(**{field: f"{TO_ADVISOR}{uid}"}).update(**{field: f"{TO_ADVISOR}{uid}:{advisor}"})
        # Of appointments that are gone: nobody waits for these.
        for uid in uids - {str(uid) for uid in advisors}:
            rows.filter(**{field: f"{TO_ADVISOR}{uid}"}).update(**{field: f"{TO_ADVISOR}{uid}:0"})


def forget_the_advisor(apps, schema_editor):
    _end_all_but_the_last(apps.get_model("booking", "Outage").objects.filter(key__startswith=TO_ADVISOR, over_at=None))
    for model, field in _named_by_threads(apps):
        for row in model.objects.filter(**{f"{field}__startswith": TO_ADVISOR}).only("pk", field).iterator():
            kind, uid, *_ = getattr(row, field).split(":")
            model.objects.filter(pk=row.pk).update(**{field: f"{kind}:{uid}"})


def _end_all_but_the_last(outages):
    """Of one appointment several advisors may have one that is open, or one advisor by several mailboxes; without their
    names only one can be."""
    seen = set()
    for outage in outages.order_by("-told_at", "-pk"):
        thread = tuple(outage.key.split(":")[:2])
        if thread in seen:
            outages.filter(pk=outage.pk).update(over_at=outage.told_at)
        seen.add(thread)


def _named_by_threads(apps):
    return (apps.get_model("foundation", "OutgoingMail"), "thread"), (apps.get_model("booking", "Outage"), "key")


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0043_find_guests_of_offices"),
        ("foundation", "0003_sender_is_a_setting_of_the_server"),
    ]

    operations = [migrations.RunPython(name_the_advisor, forget_the_advisor)]
