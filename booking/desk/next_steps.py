"""What to do about a time that is not offered: a link for whoever may do it, for others the names of those who can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from booking.desk.people import leads_of, people_with
from booking.domain.clock import BERLIN, minute_of
from booking.domain.explanation import Obstacle, Rule
from booking.domain.slots import Window
from booking.models import Appointment, AvailabilityRule, BusyCalendar, Closure, Service
from booking.permissions import AppointmentPolicy, OfficePolicy, OwnPolicy
from booking.selectors import Explanation
from offices.models import Advisor, Office

SHOWN_NAMES = 3


@dataclass(frozen=True, slots=True)
class Step:
    """`url` leads there; without it `who` says who can do it, where anybody has to."""

    text: str
    url: str = ""
    who: str = ""


SERVICE = {
    Rule.NOTICE: "Vorlauf beim Anliegen verkürzen",
    Rule.HORIZON: "Anliegen weiter im Voraus buchbar machen",
    Rule.SERVICE_KIND: "Diese Art beim Anliegen ankreuzen",
    Rule.BUFFER: "Puffer beim Anliegen verkürzen",
    Rule.CAP_DAY: "Höchstzahl am Tag beim Anliegen erhöhen",
    Rule.CAP_WEEK: "Höchstzahl in der Woche beim Anliegen erhöhen",
}
OFFICE = {
    Rule.OFFICE_INACTIVE: "Büro wieder in Betrieb nehmen",
    Rule.HOLIDAY: "Soll an dem Feiertag beraten werden: das Kreuz beim Büro wegnehmen",
}
PERSON = {
    Rule.ADVISOR_INACTIVE: "Bei der Person „berät zurzeit“ ankreuzen",
    Rule.OUTSIDE_POOL: "Bei der Person „nimmt an ‚beliebige Beratung‘ teil“ ankreuzen",
}
HOURS = {
    Rule.OFFICE_DAY_INACTIVE: "Beim Sprechtag „findet statt“ ankreuzen",
    Rule.OTHER_KIND: "Diese Art bei der Beratungszeit ankreuzen",
    Rule.OTHER_SERVICE: "Dieses Anliegen bei der Beratungszeit ankreuzen",
    Rule.OFF_GRID: "Beginn der Beratungszeit ändern",
    Rule.ENDS_LATE: "Beratungszeit verlängern",
}
DAY_PLAN = {
    Rule.APPOINTMENT: "Im Tagesplan nachsehen und den Termin verschieben",
    Rule.TRAVEL: "Im Tagesplan nachsehen und eine Zeit mit mehr Abstand wählen",
}
NOBODY = {
    Rule.PAST: "Eine Zeit wählen, die noch kommt",
    Rule.DOUBLED_HOUR: "Die erste der beiden Stunden wählen",
    Rule.PLACE_UNKNOWN: "Die Postleitzahl des Betriebs angeben",
    Rule.ELSEWHERE: "Eine andere Zeit wählen. Ist die Person doch frei, gehört das in ihren eigenen Kalender",
    Rule.TOO_FAR: "Telefon oder Video anbieten oder ein näheres Büro wählen",
}
"""What no right is needed for."""

CLOSURES = (Rule.CLOSED, Rule.ABSENT)


@dataclass(frozen=True)
class NextSteps:
    """The question, and who asks it. At most one query for each right that the user does not have."""

    user: Any
    service: Service
    office: Office
    starts_at: datetime
    minutes: int
    explanation: Explanation
    _holders: dict[str, str] = field(default_factory=dict)

    def for_switched_off_service(self) -> Step:
        return self._of_service("Beim Anliegen „buchbar“ ankreuzen")

    def of(self, obstacle: Obstacle) -> Iterator[Step]:
        """At least one for each obstacle."""
        rule, person = obstacle.rule, self.explanation.advisors.get(obstacle.advisor or 0)
        if rule in SERVICE:
            yield self._of_service(SERVICE[rule])
        elif rule in OFFICE:
            yield self._with_right("offices.change_office", OFFICE[rule], "bueros:edit", self.office.pk)
        elif rule in NOBODY:
            yield Step(NOBODY[rule])
        elif rule in CLOSURES:
            yield from self._of_closures(person)
        elif person is None:
            yield self._with_right("offices.change_advisor", "Dem Büro eine Person zuordnen", "beratungspersonen:index")
        elif rule in PERSON:
            yield self._with_right("offices.change_advisor", PERSON[rule], "beratungspersonen:edit", person.pk)
        elif rule == Rule.CALENDAR_UNREADABLE:
            yield self._at_own_calendars(person)
        elif rule in DAY_PLAN:
            yield self._in_day_plan(person, DAY_PLAN[rule])
        elif obstacle.window is not None:
            yield self._of_window(obstacle.window, person, self._near_on_grid(obstacle) + HOURS[rule])
        else:
            yield self._as_extra_time(person)

    def _of_service(self, text: str) -> Step:
        return self._with_right("booking.change_service", text, "anliegen:edit", self.service.pk)

    def _with_right(self, permission: str, text: str, route: str, *args: int) -> Step:
        if self.user.has_perm(permission):
            return Step(text, reverse(route, args=args))
        return Step(text, who=self._holders_of(permission))

    def _holders_of(self, permission: str) -> str:
        if permission not in self._holders:
            self._holders[permission] = _named(people_with(permission), "die Administration")
        return self._holders[permission]

    def _of_closures(self, person: Advisor | None) -> Iterator[Step]:
        """The closures of that advisor; without one those of the office and of the network."""
        wanted = person.pk if person else None
        for closure in self.explanation.closures:
            if closure.advisor_id != wanted:
                continue
            text = f"Schließzeit „{closure.reason}“ ändern oder löschen"
            if OfficePolicy(Closure).user_has_permission_for_instance(self.user, "change", closure):
                yield Step(text, reverse("schliesszeiten:edit", args=[closure.pk]))
            elif person is not None or closure.office_id is not None:
                yield Step("Schließzeit ändern oder löschen", who=self._own_or_lead(person))
            else:
                yield Step(
                    "Schließzeit ändern oder löschen",
                    who=self._holders_of("booking.change_closure"),
                )

    def _of_window(self, window: Window, person: Advisor, text: str) -> Step:
        if window.office_day is not None:
            text = text.replace("der Beratungszeit", "dem Sprechtag")
            return self._with_right("offices.change_officeday", text, "sprechtage:edit", window.office_day)
        if self._may_change_hours_of(person) and window.rule is not None:
            return Step(text, reverse("beratungszeiten:edit", args=[window.rule]))
        return Step(text, who=self._own_or_lead(person))

    def _as_extra_time(self, person: Advisor) -> Step:
        text = "Diese Zeit als Zusatzzeit anbieten"
        if not self._may_change_hours_of(person):
            return Step(text, who=self._own_or_lead(person))
        local = self.starts_at.astimezone(BERLIN.zone)
        hours = {
            "beratung": person.pk,
            "buero": self.office.pk,
            "tag": local.date().isoformat(),
            "von": f"{local:%H:%M}",
            "bis": f"{local + timedelta(minutes=self.minutes):%H:%M}",
        }
        return Step(text, f"{reverse('termine:extra')}?{urlencode(hours)}")

    def _in_day_plan(self, person: Advisor, text: str) -> Step:
        appointment = Appointment(advisor=person, office=self.office)
        if not AppointmentPolicy(Appointment).user_has_permission_for_instance(self.user, "view", appointment):
            return Step(text, who=self._own_or_lead(person))
        day = self.starts_at.astimezone(BERLIN.zone).date().isoformat()
        return Step(text, f"{reverse('termine:day')}?{urlencode({'tag': day, 'buero': self.office.slug})}")

    def _at_own_calendars(self, person: Advisor) -> Step:
        text = "Den Kalender neu verbinden oder trennen"
        if not OwnPolicy(BusyCalendar).user_has_permission_for_instance(
            self.user, "change", BusyCalendar(advisor=person)
        ):
            return Step(text, who=f"{person.name} selbst")
        return Step(text, f"{reverse('busy_calendars')}?{urlencode({'beratungsperson': person.pk})}")

    def _may_change_hours_of(self, person: Advisor) -> bool:
        hours = AvailabilityRule(advisor=person, office=self.office)
        return OfficePolicy(AvailabilityRule).user_has_permission_for_instance(self.user, "change", hours)

    def _own_or_lead(self, person: Advisor | None) -> str:
        lead = _named(self._leads, "die Büroleitung")
        return f"{person.name} selbst oder {lead}" if person else lead

    @cached_property
    def _leads(self) -> list[str]:
        return leads_of(self.office)

    def _near_on_grid(self, obstacle: Obstacle) -> str:
        """The starts around a time that is not on the grid, as a beginning of the sentence."""
        window = obstacle.window
        if obstacle.rule != Rule.OFF_GRID or window is None:
            return ""
        asked = BERLIN.local(minute_of(self.starts_at))[1]
        before = asked - (asked - window.opens) % self.service.step
        return f"{_clock(before)} oder {_clock(before + self.service.step)} Uhr wählen, oder: "


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _named(names: Sequence[str], role: str) -> str:
    """„die Administration (Vera Verwaltung)“; of many people the first."""
    return f"{role} ({', '.join(names[:SHOWN_NAMES])})" if names else role
