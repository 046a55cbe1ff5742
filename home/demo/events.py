"""Events of the demo, counted from the day of loading: three ahead, one of them on two days, and one over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from home.demo.dates import FR, TH, TU, WE
from home.models import EventPage

Kind = EventPage.Kind
TITLE = "Veranstaltungen"
LEAD = "Workshops, Sprechtage und Treffen in den sieben Landkreisen: kommen Sie dazu."


@dataclass(frozen=True, slots=True)
class EventText:
    """`dates`: weeks after the week of loading, weekday, from, to. Place: slug of an office, or a place of its own."""

    slug: str
    title: str
    kind: str
    lead: str
    dates: tuple[tuple[int, int, time, time], ...]
    text: str
    office: str = ""
    place: tuple[str, str, str, str] = ("", "", "", "")
    is_online: bool = False
    registration: str = ""
    capacity: str = ""
    district: str = ""
    topics: tuple[str, ...] = ()
    scene: str = ""

    @property
    def body(self) -> tuple[tuple[str, Any], ...]:
        return (("paragraph", self.text),)


EVENTS = (
    EventText(
        slug="workshop-plan-fuer-das-jahr",
        title="Ein Plan für das ganze Jahr",
        kind=Kind.WORKSHOP,
        lead="Zwei Nachmittage, an deren Ende jeder Betrieb seinen eigenen Weiterbildungsfahrplan in der Hand hat.",
        dates=((3, TU, time(14), time(17, 30)), (4, TU, time(14), time(17, 30))),
        text="<p>Bringen Sie mit, was Sie haben: Urlaubsliste, Auftragslage, Ideen. Am ersten Nachmittag ordnen wir, "
        "am zweiten suchen wir die Kurse aus und rechnen die Förderung durch.</p><p>Eingeladen sind Betriebe mit bis "
        "zu 50 Beschäftigten. Kaffee und Kuchen gibt es auch.</p>",
        place=("Werkschule Schaumburg, Halle 2", "Musterstraße 12", "31655", "Stadthagen"),
        registration="Bitte melden Sie sich bis drei Tage vorher im Büro an.",
        capacity="16 Plätze, zwei für jeden Betrieb",
        district="schaumburg",
        topics=("fuehrung", "neue-arbeitsformen"),
        scene="workshop",
    ),
    EventText(
        slug="abend-fragen-zur-foerderung",
        title="Wer zahlt das? Ein Abend zur Förderung",
        kind=Kind.TALK,
        lead="Eine Stunde online: welches Geld es für Kurse gibt, wer es bekommt und was vorher zu tun ist.",
        dates=((2, TH, time(18), time(19)),),
        text="<p>Wir zeigen an drei Beispielen, wie Betriebe ihre Kurse bezahlt haben. Danach ist Zeit für Ihre "
        "Fragen.</p><p>Sie brauchen nur einen Browser.</p>",
        is_online=True,
        registration="Rufen Sie uns an oder schreiben Sie; Sie bekommen den Link am Tag vorher.",
        topics=("digitalisierung",),
        scene="evening_farm",
    ),
    EventText(
        slug="sprechtag-im-buero-hameln",
        title="Offener Sprechtag in Hameln",
        kind=Kind.OFFICE_DAY,
        lead="Den ganzen Vormittag Zeit für kurze Fragen, ohne lange Vorbereitung.",
        dates=((1, FR, time(9), time(13)),),
        text="<p>Kommen Sie vorbei oder wählen Sie eine feste Zeit, dann warten Sie nicht.</p>",
        office="hameln",
        district="hameln-pyrmont",
        scene="advice",
    ),
    EventText(
        slug="netzwerktreffen-generationen",
        title="Jung fragt Alt, Alt fragt Jung",
        kind=Kind.MEETING,
        lead="Drei Betriebe erzählen, wie bei ihnen Wissen von einer Generation zur nächsten kommt.",
        dates=((-3, WE, time(17), time(19, 30)),),
        text="<p>Über 40 Gäste haben an vier Tischen ausprobiert, was sich mit nach Hause nehmen lässt.</p>",
        place=("Solling-Lernhaus", "Beispielweg 3", "37603", "Holzminden"),
        district="holzminden",
        topics=("generationen",),
        scene="market",
    ),
)
