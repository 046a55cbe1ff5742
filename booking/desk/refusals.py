"""What the desk says when the booking refuses."""

from __future__ import annotations

from booking.domain.errors import (
    AlreadyCancelled,
    AppointmentChanged,
    AppointmentForgotten,
    AppointmentNotBegun,
    AppointmentOver,
    BookingRefused,
    FirmTooFar,
    FirmWithoutAddress,
    NothingToOffer,
    OfferClosed,
    PlaceUnknown,
    SlotTaken,
    WayDoesNotFit,
)
from booking.wording import place_refused

_SENTENCES: dict[type[BookingRefused], str] = {
    WayDoesNotFit: "Zu dieser Zeit passt die Fahrt nicht zwischen die Termine davor und danach. Bitte wählen Sie eine "
    "andere.",
    SlotTaken: "Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere.",
    AppointmentChanged: "Der Termin ist inzwischen geändert worden. Sie sehen jetzt den neuen Stand.",
    AlreadyCancelled: "Dieser Termin war schon abgesagt.",
    AppointmentOver: "Das geht nicht mehr: Der Termin ist vorbei oder nie gebucht worden.",
    AppointmentNotBegun: "Das Ergebnis lässt sich erst festhalten, wenn der Termin begonnen hat.",
    AppointmentForgotten: "Dieser Termin ist anonymisiert und nimmt keine Notiz mehr auf.",
    NothingToOffer: "Zurzeit ist keine andere Zeit frei. Bitte rufen Sie den Betrieb an.",
    FirmWithoutAddress: "Der Betrieb hat keine E-Mail-Adresse hinterlassen: Bitte rufen Sie ihn an.",
    OfferClosed: "Der Betrieb hat inzwischen geantwortet, oder die Zeit dafür ist um.",
}
_NOT_OFFERED = "Diese Zeit steht nicht zur Wahl. Bitte wählen Sie eine aus der Liste."


def sentence(refusal: BookingRefused) -> str:
    if isinstance(refusal, PlaceUnknown | FirmTooFar):
        return place_refused(refusal)
    return _SENTENCES.get(type(refusal), _NOT_OFFERED)
