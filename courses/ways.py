"""How far it is from where a visitor starts to where a course takes place."""

from __future__ import annotations

from dataclasses import dataclass

from courses.models import CourseRun
from offices.distance import distance_km
from offices.postcodes import bare_postcode, coordinates, is_postcode


@dataclass(frozen=True, slots=True)
class Start:
    """From where the visitor would come; `here` is None until a German postcode is typed."""

    typed: str
    here: tuple[float, float] | None
    error: str


def start_at(typed: str) -> Start:
    postcode = bare_postcode(typed[:20])
    if not postcode:
        return Start("", None, "")
    here = coordinates(postcode) if is_postcode(postcode) else None
    return Start(postcode, here, "" if here else "Diese Postleitzahl kennen wir nicht. Bitte fünf Ziffern eingeben.")


def way_in_words(run: CourseRun, start: Start) -> str:
    """Empty where one of both is not known."""
    if start.here is None or run.latitude is None or run.longitude is None:
        return ""
    away = round(distance_km(start.here, (run.latitude, run.longitude)))
    return f"etwa {away} km Luftlinie" if away else "im selben Ort"
