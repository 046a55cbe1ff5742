from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from foundation import checks  # noqa: F401  # registers the house rules
        from foundation.caching.writes import watch_writes
        from foundation.fetching import checks as fetching_checks  # noqa: F401
        from foundation.outbox import checks as outbox_checks  # noqa: F401
        from foundation.plain_words import speak_plainly

        speak_plainly()
        connection_created.connect(watch_writes, dispatch_uid="foundation.watch_writes")
        post_migrate.connect(_keep_rounds, sender=self)


def _keep_rounds(**_: Any) -> None:
    from foundation.schedules import OUTBOX_ROUNDS, keep_rounds  # models are loaded by now

    keep_rounds(*OUTBOX_ROUNDS)
