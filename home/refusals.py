"""How a form says that it was not taken."""

from __future__ import annotations

from dataclasses import dataclass

from home.alerts.order import SearchTooLong
from home.sent_forms import FormRefused, FormTooOld, SentTooFast, TooManyForms


@dataclass(frozen=True, slots=True)
class Told:
    """`keeps_stamp`: the corrected form is the same form."""

    sentence: str
    status: int = 422
    keeps_stamp: bool = True


_TOLD = {
    FormTooOld: Told(
        "Die Seite war lange offen. Ihre Angaben sind noch da: Bitte senden Sie das Formular noch einmal.",
        keeps_stamp=False,
    ),
    SentTooFast: Told("Das ging sehr schnell. Bitte prüfen Sie Ihre Angaben, und senden Sie sie noch einmal."),
    TooManyForms: Told(
        "Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte versuchen Sie es in einer Stunde noch einmal, oder "
        "rufen Sie uns an.",
        status=429,
    ),
    SearchTooLong: Told(
        "Diese Suche hat zu viele Teile für einen Suchauftrag. Bitte wählen Sie in der Liste weniger aus."
    ),
}


def told_of(refusal: FormRefused) -> Told:
    return _TOLD[type(refusal)]
