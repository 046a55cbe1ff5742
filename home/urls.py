"""Addresses of the search, of forms, of files that programs read news and events by, of the style guide."""

from django.urls import path, re_path

from foundation.languages import LANGUAGES, MAIN
from home import message_views, views
from home.alerts import views as alerts
from home.demand import views as demand
from home.style_guide.views import style_guide

app_name = "home"

urlpatterns = [
    path("sitemap.xml", views.sitemap_xml, name="sitemap"),
    *(path(language.search.lstrip("/"), views.site_search) for language in LANGUAGES if not language.is_main),
    path(MAIN.search.lstrip("/"), views.site_search, name="site_search"),
    path("nachricht-senden/<int:number>/", message_views.send, name="send_message"),
    path("kurse/bedarf-melden/", demand.report, name="report_demand"),
    path("kurse/bedarf-melden/gesucht/", demand.searched_in_vain, name="searched_in_vain"),
    path("kurse/bedarf-melden/danke/", demand.reported, name="demand_reported"),
    path("kurse/suchauftrag/", alerts.order, name="order_alert"),
    path("kurse/suchauftrag/unterwegs/", alerts.ordered, name="alert_ordered"),
    path("kurse/suchauftrag/beendet/", alerts.ended, name="alerts_ended"),
    path("kurse/suchauftrag/bestaetigen/<str:token>/", alerts.confirm, name="confirm_alert"),
    path("kurse/suchauftrag/meine/<str:token>/", alerts.manage, name="manage_alerts"),
    path("kurse/suchauftrag/beenden/<str:token>/", alerts.end, name="end_alerts"),
    path("stil/", style_guide, name="style_guide"),
    re_path(
        r"^feeds/nachrichten/(?:thema/(?P<topic>[-\w]+)/)?(?:landkreis/(?P<district>[-\w]+)/)?(?P<form>atom\.xml|feed\.json)$",
        views.news_feed,
        name="news_feed",
    ),
    path("feeds/veranstaltungen.ics", views.events_calendar, name="events_calendar"),
    path("feeds/veranstaltungen/<int:pk>.ics", views.event_calendar, name="event_calendar"),
]
