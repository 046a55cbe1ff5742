"""Words that database, rules and pages share."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """How firm and advisor meet."""

    OFFICE = "office", "im Büro"
    OFFICE_DAY = "office_day", "am Sprechtag"
    FIRM = "firm", "in Ihrem Betrieb"
    PHONE = "phone", "am Telefon"
    VIDEO = "video", "per Video"


class Status(models.TextChoices):
    """Life of an appointment; only the first two take the advisor's time."""

    HELD = "held", "reserviert"
    BOOKED = "booked", "gebucht"
    CANCELLED = "cancelled", "abgesagt"
    EXPIRED = "expired", "verfallen"


class Outcome(models.TextChoices):
    """What became of a booked appointment; empty until somebody says so."""

    TOOK_PLACE = "took_place", "hat stattgefunden"
    MISSED = "missed", "nicht erschienen"


TAKES_TIME = (Status.HELD, Status.BOOKED)


class SizeClass(models.TextChoices):
    """How many people work in the firm."""

    MICRO = "1-9", "1 bis 9"
    SMALL = "10-49", "10 bis 49"
    MEDIUM = "50-249", "50 bis 249"
    LARGE = "250+", "250 und mehr"


class MailKind(models.TextChoices):
    """Mails to firms whose words an office may choose."""

    BOOKED = "booked", "Termin gebucht"
    MOVED = "moved", "Termin verschoben"
    CANCELLED = "cancelled", "Termin abgesagt"
    REMINDER = "reminder", "Erinnerung"
    VERIFY = "verify", "E-Mail-Adresse bestätigen"
    OFFER = "offer", "Ersatztermine"
    EARLIER = "earlier", "Früherer Termin frei"


class OfferReason(models.TextChoices):
    """Why a firm is offered other times for its appointment."""

    CLOSING = "closing", "geschlossen"
    EARLIER = "earlier", "früher"


class OfferAnswer(models.TextChoices):
    """What became of an offer; only an open one holds times."""

    OPEN = "open", "offen"
    ACCEPTED = "accepted", "gewählt"
    DECLINED = "declined", "abgelehnt"
    EXPIRED = "expired", "ohne Antwort abgelaufen"
    WITHDRAWN = "withdrawn", "zurückgenommen"


class Reminder(models.IntegerChoices):
    """Minutes before an appointment at which a calendar program speaks up."""

    NONE = 0, "keine"
    TEN_MINUTES = 10, "10 Minuten vorher"
    QUARTER_HOUR = 15, "15 Minuten vorher"
    HALF_HOUR = 30, "30 Minuten vorher"
    HOUR = 60, "1 Stunde vorher"
    TWO_HOURS = 120, "2 Stunden vorher"
    DAY = 24 * 60, "1 Tag vorher"


class Channel(models.TextChoices):
    """The ways between the site and people's calendars."""

    PUSH = "push", "Termine eintragen"
    BUSY = "busy", "Belegte Zeiten"
    FEED = "feed", "Kalender-Link"
    MAIL = "mail", "E-Mails"


class ChannelState(models.TextChoices):
    """How one of these ways fares, from best to worst: `WAITING` mends itself as far as anybody knows, `OUT` needs
    somebody. `UNUSED` and `QUIET` are of feeds alone, which the other side reads when it likes.
    """

    UNUSED = "unused", "noch nie abgerufen"
    GOOD = "good", "in Ordnung"
    QUIET = "quiet", "lange nicht abgerufen"
    WAITING = "waiting", "wartet"
    OUT = "out", "gestört"
