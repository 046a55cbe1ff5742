from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Website"

    def ready(self) -> None:
        # Models are loaded now.
        from foundation.caching.writes import never_shown
        from home import signals
        from home.models import SentForm
        from home.selectors import news_of_office
        from offices.sections import office_neighbourhood

        never_shown(SentForm)
        signals.connect()
        office_neighbourhood.register("home/news_of_office.html", news_of_office)
