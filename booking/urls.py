"""Addresses of the booking. Each link with a token has a name that is its purpose; see `booking.links`."""

from django.urls import path, re_path

from booking.views import (
    appointment,
    confirm,
    course_dates,
    data,
    days,
    desk,
    earlier,
    feed,
    hold,
    monitoring,
    offer,
    office_days,
    replies,
    request,
    start,
    times,
)

app_name = "booking"

urlpatterns = [
    # Asked more often than all others together.
    path("kalender/<str:token>.ics", feed.feed, name="feed"),
    path("termin/", start.start, name="start"),
    path("termin/reserviert/<str:token>/", hold.fill_in, name="hold"),
    path("termin/reserviert/<str:token>/verlaengern/", hold.extend, name="extend"),
    path("termin/reserviert/<str:token>/freigeben/", hold.release, name="release"),
    path("termin/reserviert/<str:token>/erneut/", request.resend, name="resend"),
    path("termin/ansehen/<str:token>/", appointment.view, name="view"),
    path("termin/verschieben/<str:token>/", appointment.move, name="move"),
    path("termin/absagen/<str:token>/", appointment.cancel, name="cancel"),
    path("termin/kalender/<str:token>.ics", appointment.calendar_file, name="calendar"),
    path("termin/abo/<str:token>.ics", appointment.subscription, name="subscription"),
    re_path(
        r"^termin/(?P<step>ansehen|verschieben|absagen|reserviert|zusagen|bestaetigen|angebot|frueher|daten)/(?P<token>[^/]+)/(?P<rest>[^/A-Za-z0-9][^/]*)$",
        appointment.tidy_address,
        name="tidy",
    ),
    path("termin/zusagen/<str:token>/", confirm.confirm, name="confirm"),
    path("termin/bestaetigen/<str:token>/", request.verify, name="verify"),
    path("termin/angebot/<str:token>/", offer.answer, name="offer"),
    path("termin/frueher/<str:token>/", earlier.wish, name="earlier"),
    path("termin/daten/<str:token>/", data.view, name="data"),
    path("termin/daten/<str:token>/datei/", data.download, name="data_file"),
    path("termin/daten/<str:token>/loeschen/", data.erase, name="data_erase"),
    path("termin/vorgang/<str:reference>/", desk.open_appointment, name="desk"),
    path("termin/tage/", days.days, name="days"),
    path("termin/<slug:office>/", times.times, name="times"),
    path("termin/<slug:office>/reservieren/", hold.reserve, name="reserve"),
    path("sprechtage/<slug:office>.ics", office_days.office_days, name="office_days"),
    path("kurse.ics", course_dates.all_course_dates, name="all_course_dates"),
    path("kurse/merkliste.ics", course_dates.remembered_course_dates, name="remembered_course_dates"),
    # Short names of pages may have umlauts.
    path("kurse/<str:course>.ics", course_dates.course_dates, name="course_dates"),
    path("kurse/<str:course>/<int:run>.ics", course_dates.course_date, name="course_date"),
    path("monitoring/sync.json", monitoring.sync_state, name="sync_state"),
    path("kalender/antworten/", replies.take_reply, name="replies"),
]
