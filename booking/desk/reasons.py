"""The German sentences for what keeps a time from being offered."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format

from booking.desk.next_steps import NextSteps, Step
from booking.domain.explanation import Rule
from booking.domain.travel import LONGEST_WAY
from booking.enums import Kind
from booking.models import Service
from booking.rules_in_words import kind_in_words
from booking.selectors import Explanation

_FOR_EVERYBODY = {
    Rule.PAST: "Die Zeit liegt in der Vergangenheit.",
    Rule.NOTICE: "Der Vorlauf ist zu kurz: Dieses Anliegen ist frühestens ab {earliest} Uhr buchbar.",
    Rule.HORIZON: "Der Tag liegt zu weit voraus: Dieses Anliegen ist {horizon} Tage im Voraus buchbar.",
    Rule.DOUBLED_HOUR: "Diese Stunde gibt es wegen der Zeitumstellung zweimal. Angeboten wird nur die erste.",
    Rule.SERVICE_KIND: "Dieses Anliegen gibt es nicht {kind}.",
    Rule.PLACE_UNKNOWN: "Für einen Besuch im Betrieb fehlt eine Postleitzahl, deren Lage wir kennen: Ohne sie ist "
    "keine Fahrt zu planen.",
    Rule.TOO_FAR: "Der Betrieb ist mehr als {longest} Minuten Fahrt entfernt.",
    Rule.OFFICE_INACTIVE: "Das Büro ist nicht in Betrieb.",
    Rule.HOLIDAY: "An diesem Feiertag ist das Büro geschlossen: {holiday}.",
    Rule.CLOSED: "Das Büro oder das ganze Netzwerk hat in dieser Zeit eine Schließzeit.",
    Rule.NO_WINDOW: "In diesem Büro berät niemand.",
}
_FOR_ONE = {
    Rule.NO_WINDOW: "{name} hat zu dieser Zeit in diesem Büro keine Beratungszeit.",
    Rule.OFFICE_DAY_INACTIVE: "Der Sprechtag, an dem {name} zu dieser Zeit berät, findet zurzeit nicht statt.",
    Rule.ADVISOR_INACTIVE: "{name} berät zurzeit nicht.",
    Rule.OUTSIDE_POOL: "{name} nimmt nicht an „beliebige Beratung“ teil und ist nur zu buchen, wenn der Betrieb diese "
    "Person wählt.",
    Rule.OTHER_KIND: "{name} berät in dieser Zeit nicht {kind}.",
    Rule.OTHER_SERVICE: "Die Beratungszeit von {name} ist für andere Anliegen.",
    Rule.OFF_GRID: "Die Uhrzeit liegt nicht im Raster: {name} beginnt alle {step} Minuten, gezählt vom Beginn der "
    "Beratungszeit.",
    Rule.ENDS_LATE: "Das Gespräch dauert {duration} Minuten und wäre bei {name} erst nach der Beratungszeit zu Ende.",
    Rule.ABSENT: "{name} ist abwesend (Schließzeit).",
    Rule.CALENDAR_UNREADABLE: "Der eigene Kalender von {name} lässt sich seit langem nicht lesen. Bis er wieder lesbar "
    "ist, gibt es Zeiten nur auf Anfrage.",
    Rule.ELSEWHERE: "{name} ist in dieser Zeit laut eigenem Kalender belegt. Womit, sehen wir nicht.",
    Rule.APPOINTMENT: "{name} hat in dieser Zeit einen Termin oder eine Reservierung, samt deren Puffer.",
    Rule.BUFFER: "Der Puffer vor oder nach dem Gespräch stößt bei {name} an einen anderen Termin.",
    Rule.TRAVEL: "Die Fahrt von oder zu einem Besuch im Betrieb passt bei {name} nicht zwischen die Termine oder "
    "trifft eine Abwesenheit.",
    Rule.CAP_DAY: "{name} hat an diesem Tag schon so viele Termine dieses Anliegens, wie erlaubt sind ({per_day}).",
    Rule.CAP_WEEK: "{name} hat in dieser Woche schon so viele Termine dieses Anliegens, wie erlaubt sind ({per_week}).",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence for one rule that removes the time, and what can be done about it."""

    sentence: str
    steps: list[Step]


def reasons(
    explanation: Explanation, steps: NextSteps, *, service: Service, kind: Kind, minutes: int | None = None
) -> list[Reason]:
    """One for each obstacle, in the order of the rules; none when the time can be booked."""
    values = {
        "earliest": date_format(explanation.earliest, "l, j. F Y, G:i"),
        "horizon": service.horizon_days,
        "holiday": explanation.holiday,
        "kind": kind_in_words(kind),
        "step": service.step,
        "duration": minutes or service.duration,
        "longest": LONGEST_WAY,
        "per_day": service.cap_per_day,
        "per_week": service.cap_per_week,
    }
    found: list[Reason] = []
    if not service.is_active:
        found.append(Reason("Das Anliegen ist nicht als buchbar gekennzeichnet.", [steps.for_switched_off_service()]))
    for obstacle in explanation.obstacles:
        if obstacle.advisor is None:
            sentence = _FOR_EVERYBODY[obstacle.rule].format(**values)
        else:
            name = explanation.advisors[obstacle.advisor].name
            sentence = _FOR_ONE[obstacle.rule].format(name=name, **values)
        found.append(Reason(sentence, list(steps.of(obstacle))))
    return found
