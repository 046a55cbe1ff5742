from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "foundation"
    verbose_name = "Grundlagen"

    def ready(self) -> None:
        from foundation import checks  # noqa: F401  # registers the house rules
