"""Services, advisors with their times, closures, and the accounts to log in with."""

from __future__ import annotations

from datetime import time

from django.contrib.auth.models import Group

from booking.models import AvailabilityRule, Closure, Service, ServiceQuestion
from foundation.models import User
from home.approval import ensure_approval
from home.demo.advisors import ADVISORS, CLOSURES, DESK_ACCOUNT, NETWORK_BREAK, AdvisorText, ClosureText
from home.demo.dates import LoadDay
from home.demo.pictures import portrait
from home.demo.services import SERVICES, ServiceText
from home.groups import ADVISORS as ADVISORS_GROUP
from home.groups import DIRECTORS, EDITORS, ensure_groups
from home.office_editors import ensure_office_editors
from offices.models import Advisor, Office


def load_services() -> dict[str, Service]:
    for position, text in enumerate(SERVICES):
        service, is_new = Service.objects.get_or_create(
            slug=text.slug,
            defaults={
                "name": text.name,
                "summary": text.summary,
                "what_to_bring": text.what_to_bring,
                "confirmation_text": text.confirmation_text,
                "duration": text.duration,
                "further_durations": list(text.further_durations),
                "step": text.step,
                "kinds": list(text.kinds),
                "notice_hours": text.notice_hours,
                "horizon_days": text.horizon_days,
                "buffer_before": text.buffer_before,
                "buffer_after": text.buffer_after,
                "confirm_email_first": text.confirm_email_first,
                "position": position,
            },
        )
        if is_new:
            _load_questions(service, text)
    return {service.slug: service for service in Service.objects.all()}


def _load_questions(service: Service, text: ServiceText) -> None:
    ServiceQuestion.objects.bulk_create(
        ServiceQuestion(
            service=service,
            sort_order=number,
            label=question.label,
            type=question.type,
            hint=question.hint,
            choices="\n".join(question.choices),
            is_required=question.is_required,
        )
        for number, question in enumerate(text.questions)
    )


def load_advisors(clock: LoadDay, offices: dict[str, Office], services: dict[str, Service]) -> dict[str, Advisor]:
    """An advisor's times come with the advisor; those of a known one belong to the people who work there."""
    for text in ADVISORS:
        if Advisor.objects.filter(slug=text.slug).exists():
            continue
        advisor = Advisor.objects.create(
            slug=text.slug,
            name=text.name,
            office=offices[text.office],
            role=text.role,
            focus=text.focus,
            about=text.about,
            phone=text.phone,
            email=f"{text.slug}@mehrwert.example".replace("-", ".", 1),
            portrait=portrait(text.name, text.face),
            is_example=True,
        )
        _load_hours(clock, text, advisor, services)
    return {advisor.slug: advisor for advisor in Advisor.objects.all()}


def _load_hours(clock: LoadDay, text: AdvisorText, advisor: Advisor, services: dict[str, Service]) -> None:
    for hours in text.hours:
        rule = AvailabilityRule.objects.create(
            advisor=advisor,
            office=advisor.office,
            days=hours.days.days(clock),
            start_time=time.fromisoformat(hours.start),
            end_time=time.fromisoformat(hours.end),
            valid_from=hours.days.starting(clock),
            kinds=list(hours.kinds),
        )
        rule.services.set([services[slug] for slug in hours.services])


def load_closures(clock: LoadDay, offices: dict[str, Office], advisors: dict[str, Advisor]) -> None:
    """Closures have no name of their own: they are loaded once, when there is none at all."""
    if Closure.objects.exists():
        return
    for text in CLOSURES:
        _new_closure(clock, text, offices, advisors).save()
    eve = clock.next_christmas_eve()
    Closure.objects.create(reason=NETWORK_BREAK, first_day=eve, last_day=eve.replace(day=31))


def _new_closure(
    clock: LoadDay, text: ClosureText, offices: dict[str, Office], advisors: dict[str, Advisor]
) -> Closure:
    return Closure(
        reason=text.reason,
        office=offices.get(text.office),
        advisor=advisors.get(text.advisor),
        first_day=clock.plain_day(*text.first),
        last_day=clock.plain_day(*text.last),
        start_time=time.fromisoformat(text.start) if text.start else None,
        end_time=time.fromisoformat(text.end) if text.end else None,
    )


def load_accounts(*, password: str, advisors: dict[str, Advisor]) -> None:
    """Known accounts keep their password."""
    ensure_groups()
    ensure_approval()
    ensure_office_editors()
    _account("admin", password, first_name="Verwaltung", is_superuser=True, is_staff=True)
    _account("redaktion", password, first_name="Redaktion", group=EDITORS)
    _account("leitung", password, first_name="Leitung", group=DIRECTORS)
    desk = advisors[DESK_ACCOUNT]
    _account("buero", password, first_name=f"Büro {desk.office.town}", group=desk.office.editors.group.name)
    account = _account("beratung", password, first_name=desk.name, group=ADVISORS_GROUP)
    if account and desk.user is None:
        desk.user = account
        desk.save(update_fields=["user"])


def _account(username: str, password: str, *, group: str = "", **fields: object) -> User | None:
    """The new account, None where the name is taken."""
    if User.objects.filter(username=username).exists():
        return None
    user = User.objects.create_user(username, f"{username}@mehrwert.example", password, **fields)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user
