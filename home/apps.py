from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Website"

    def ready(self) -> None:
        # Models are loaded now.
        from wagtail.signals import page_published

        from booking.elsewhere import KeptElsewhere, elsewhere
        from courses.services.provider_links import end_links_again
        from courses.topic_pages import topic_pages
        from foundation.caching.writes import never_shown
        from home import signals
        from home.alerts.order import ERASED, erase_alerts_again, erase_alerts_of
        from home.alerts.own_data import alert_documents
        from home.landmarks import topic_page_addresses
        from home.links import record_links_of_published
        from home.models import (
            AlertSubscriber,
            CourseAlert,
            CourseDemand,
            LinkOnPage,
            OpenStart,
            OutsideLink,
            SentForm,
            UnmetWord,
        )
        from home.selectors import news_of_office
        from offices.sections import office_neighbourhood

        never_shown(SentForm, OutsideLink, LinkOnPage, CourseDemand, UnmetWord)
        never_shown(AlertSubscriber, CourseAlert, OpenStart)
        elsewhere.add(KeptElsewhere("Suchaufträge", ERASED, alert_documents, erase_alerts_of, erase_alerts_again))
        elsewhere.repeat(signals.PROVIDER_LINK, end_links_again)
        signals.connect()
        page_published.connect(record_links_of_published)
        office_neighbourhood.register("home/news_of_office.html", news_of_office)
        topic_pages.register(topic_page_addresses)
