from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Website"

    def ready(self) -> None:
        # Models are loaded now.
        from foundation.caching.writes import never_shown
        from home.models import SentForm

        never_shown(SentForm)
