from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = "Termine"

    def ready(self) -> None:
        # Models are loaded now, and the pages of offices and courses may ask for what the booking knows.
        from booking import signals
        from booking.models import (
            AdvisorReply,
            Appointment,
            AppointmentEvent,
            BusyCalendar,
            BusyTime,
            CalendarChannel,
            EarlierWish,
            FeedText,
            FreedTime,
            InvitationReply,
            MoveOffer,
            Outage,
            PublishedDay,
            PublishedRun,
            PushCalendar,
            PushEntry,
            PushLine,
            SameEntry,
        )
        from booking.teasers import (
            closed_moments,
            next_free_by_office,
            next_free_for_course,
            next_free_instead,
            next_free_of_office,
        )
        from courses.sections import course_sections, nothing_found_sections
        from foundation.caching.writes import never_shown
        from offices.addresses import office_addresses
        from offices.sections import next_free_times, office_closures, office_sections

        signals.connect()
        never_shown(Appointment, AppointmentEvent, BusyCalendar, BusyTime, EarlierWish, FeedText, FreedTime, MoveOffer)
        never_shown(
            AdvisorReply,
            CalendarChannel,
            InvitationReply,
            Outage,
            PublishedDay,
            PublishedRun,
            PushCalendar,
            PushEntry,
            PushLine,
            SameEntry,
        )
        office_addresses.register("booking:times", "booking:reserve", "booking:office_days")
        office_sections.register("booking/next_free_times.html", next_free_of_office)
        next_free_times.register(next_free_by_office)
        office_closures.register(closed_moments)
        course_sections.register("booking/next_free_for_course.html", next_free_for_course)
        nothing_found_sections.register("booking/next_free_instead.html", next_free_instead)
