"""An appointment as a calendar event: for the firm with all it needs, for the advisor's feed at the feed's level."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from booking.enums import Status
from booking.ical.event import CalendarEvent, event_text
from booking.ical.feed import feed_document
from booking.ical.invitation import Method, Party, invitation, published
from booking.links import Purpose, link_to
from booking.models import AdvisorFeed, Appointment, CalendarChannel, Service
from booking.wording import arrival, call_us, where
from offices.models import Advisor, Office, OfficeDay


def uid_of(appointment: Appointment) -> str:
    """Fixed for ever: random, and without a name (RFC 7986, 5.3)."""
    return f"{appointment.uid}@{settings.MAIL_DOMAIN}"


def event_for_firm(appointment: Appointment, *, is_public: bool = False) -> CalendarEvent:
    """With the link that manages the appointment. What a calendar service reads along is without: it must not pass on
    the right to cancel (`is_public`)."""
    view_url = "" if is_public else link_to(appointment, Purpose.VIEW)
    change = view_url or f"mit dem Link in Ihrer E-Mail, oder {call_us(appointment.office)}"
    lines = [
        f"Beratung: {appointment.advisor.public_name}",
        f"Vorgangsnummer: {appointment.reference}",
        appointment.service.what_to_bring and f"Bitte mitbringen: {appointment.service.what_to_bring}",
        arrival(appointment),
        f"Verschieben oder absagen: {change}",
    ]
    event = _event(
        appointment,
        summary=f"{appointment.service.name} – {appointment.office.name}",
        description="\n".join(line for line in lines if line),
        location=where(appointment),
        url=view_url,
    )
    return _as_new_as(event, appointment.service, appointment.office, appointment.place, appointment.advisor)


def event_for_advisor(appointment: Appointment, detail: str) -> CalendarEvent:
    """`detail` is one of AdvisorFeed.Detail; only FULL tells who comes, and BUSY not even what it is."""
    if detail == AdvisorFeed.Detail.BUSY:
        return _event(appointment, summary="Belegt", description="", location="", url="")
    url = settings.BASE_URL + reverse("booking:desk", args=[appointment.reference])
    if detail == AdvisorFeed.Detail.FULL:
        contact = [appointment.organization, appointment.name, appointment.email, appointment.phone]
        description = "\n".join([*(line for line in contact if line), appointment.topic, appointment.message]).strip()
        event = _event(
            appointment,
            summary=": ".join(filter(None, (appointment.service.name, appointment.organization))),
            description=f"{description}\n{url}",
            location=where(appointment),
            url=url,
        )
        return _as_new_as(event, appointment.service, appointment.place)
    return _event(appointment, summary="Beratungstermin", description=url, location="", url=url)


def event_for_feed(appointment: Appointment, feed: AdvisorFeed) -> CalendarEvent:
    """In the feed of an office with the name of who advises, at every level. SEQUENCE and the stamps rise when the feed
    says more or less than it did: a program that compares them would keep what it knew."""
    event = event_for_advisor(appointment, feed.detail)
    if feed.detail_changed_at:
        changed = max(event.changed, feed.detail_changed_at)
        event = replace(event, sequence=event.sequence + feed.detail_changes, changed=changed)
    if feed.office_id is None:
        return event
    event = _as_new_as(event, appointment.advisor)
    return replace(event, summary=f"{appointment.advisor.name}: {event.summary}")


def _as_new_as(event: CalendarEvent, *named: Service | Office | OfficeDay | Advisor) -> CalendarEvent:
    """Its stamps rise with what it names (FEED-2): else programs that compare them keep the old name."""
    return replace(event, changed=max(event.changed, *(each.updated_at for each in named)))


def sender() -> Party:
    """Of all mails, and so of the invitations in them (IMIP-2)."""
    return Party(*parseaddr(settings.DEFAULT_FROM_EMAIL))


def _organizer(appointment: Appointment) -> Party:
    """The one who invited first: a cancellation by another would be none, and the answers of both go to one mailbox."""
    now = sender()
    return replace(now, address=appointment.organizer or now.address)


def invitation_for_firm(appointment: Appointment, method: Method) -> str:
    attendee = Party(appointment.name, appointment.email)
    organizer = _organizer(appointment)
    return invitation(event=event_for_firm(appointment), method=method, organizer=organizer, attendee=attendee)


def invitation_for_advisor(
    appointment: Appointment, method: Method, channel: CalendarChannel, *, later: int = 0
) -> str:
    """As little as a link says. `later` raises SEQUENCE where it is not the appointment that has changed."""
    event = event_for_advisor(appointment, AdvisorFeed.Detail.TITLE)
    event = replace(event, sequence=channel.sequence_of(appointment) + later)
    attendee = Party(channel.advisor.name, channel.mailbox)
    return invitation(event=event, method=method, organizer=_organizer(appointment), attendee=attendee)


def file_for_firm(appointment: Appointment) -> str:
    """To be loaded once."""
    return published(event_for_firm(appointment, is_public=True))


def subscription_for_firm(appointment: Appointment) -> str:
    """A calendar of this one event, to be fetched again and again; what is cancelled stays there and says so."""
    event = event_text(event_for_firm(appointment, is_public=True))
    name = f"Beratungstermin {appointment.reference}"
    return "".join(feed_document(name=name, description="Ihr Termin bei der Weiterbildungsberatung", events=[event]))


def _event(appointment: Appointment, *, summary: str, description: str, location: str, url: str) -> CalendarEvent:
    return CalendarEvent(
        uid=uid_of(appointment),
        start=appointment.starts_at,
        end=appointment.ends_at,
        summary=summary,
        description=description,
        location=location,
        url=url,
        sequence=appointment.sequence,
        created=appointment.created_at,
        changed=appointment.changed_at,
        status="CANCELLED" if appointment.status == Status.CANCELLED else "CONFIRMED",
    )
