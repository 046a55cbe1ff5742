"""Why the booking refuses. Each refusal is a type of its own; the sentence for people is the views' matter."""

from __future__ import annotations


class BookingRefused(Exception):
    """Nothing was changed."""


class SlotTaken(BookingRefused):
    """Somebody else has the time."""


class SlotNotOffered(BookingRefused):
    """The rules do not offer that time: past, too soon, too far ahead, closed, or never offered."""


class WayDoesNotFit(SlotTaken):
    """Between this time and the appointments beside it there is no room for the way to or from a visit."""


class PlaceUnknown(BookingRefused):
    """A visit in the firm was wished for without a postcode whose place is known."""


class FirmTooFar(BookingRefused):
    """The firm is farther from the office than anybody drives; `minutes` says how far that is."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class HoldExpired(BookingRefused):
    """The reservation ran out before it was turned into an appointment."""


class ConfirmedTooLate(HoldExpired):
    """The address was not confirmed in time, or the firm has given the time back itself."""


class TooManyHolds(BookingRefused):
    """One network holds as many times as it may; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class AlreadyCancelled(BookingRefused):
    """The appointment is cancelled; nothing is left to do."""


class AppointmentOver(BookingRefused):
    """The appointment has begun or lies in the past."""


class AppointmentChanged(BookingRefused):
    """Somebody changed the appointment since the page was shown."""


class TooManyAppointments(BookingRefused):
    """One e-mail address has as many appointments ahead as it may; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyMails(BookingRefused):
    """A request has caused as many mails as it may; `limit` says how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class FilledInTooFast(BookingRefused):
    """The form came back sooner after the reservation than people fill it in."""


class AppointmentNotBegun(BookingRefused):
    """What became of an appointment cannot be said before it has begun."""


class OfferClosed(BookingRefused):
    """The times of an offer are no longer held: it is answered, run out, or taken back."""


class NothingToOffer(BookingRefused):
    """No other time is free that the firm could take."""


class FirmWithoutAddress(BookingRefused):
    """No mail can reach the firm; somebody has to call it."""


class AppointmentForgotten(BookingRefused):
    """The appointment was made anonymous: nothing about the firm is written any more."""
