from booking.models.appointment import Appointment, AppointmentEvent
from booking.models.availability import AvailabilityRule, Closure
from booking.models.busy import BusyCalendar, BusyTime, SameEntry
from booking.models.calendars import AdvisorFeed, FeedText
from booking.models.channel import CalendarChannel
from booking.models.mail_text import MailText
from booking.models.offer import MoveOffer
from booking.models.outage import Outage
from booking.models.published import PublishedDay, PublishedRun, PublishedVersion
from booking.models.push import PushCalendar, PushEntry, PushLine
from booking.models.questions import ServiceQuestion
from booking.models.reply import AdvisorReply, CalendarReply, InvitationReply
from booking.models.service import Service
from booking.models.settings import BookingSettings
from booking.models.waiting import EarlierWish, FreedTime

__all__ = [
    "AdvisorFeed",
    "AdvisorReply",
    "Appointment",
    "AppointmentEvent",
    "AvailabilityRule",
    "BookingSettings",
    "BusyCalendar",
    "BusyTime",
    "CalendarChannel",
    "CalendarReply",
    "Closure",
    "EarlierWish",
    "FeedText",
    "FreedTime",
    "InvitationReply",
    "MailText",
    "MoveOffer",
    "Outage",
    "PublishedDay",
    "PublishedRun",
    "PublishedVersion",
    "PushCalendar",
    "PushEntry",
    "PushLine",
    "SameEntry",
    "Service",
    "ServiceQuestion",
]
