"""The own questions behind a list of appointments, each with the heading of its column."""

from __future__ import annotations

from booking.models import ServiceQuestion
from booking.querysets import AppointmentQuerySet


def headings_of_questions(appointments: AppointmentQuerySet) -> dict[int, str]:
    """Heading by the number of the question, „Anliegen: Frage“. Two queries.

    First the questions that the services of the list ask today, answered or not, in the order of services and
    questions; then those that are gone from their service but answered in the list, the oldest first, in the words of
    their latest answer.
    """
    asked = appointments.order_by("booked_at", "pk").values_list("service", "service__name", "answers")
    services, gone = set(), {}
    for service, name, answers in asked:
        services.add(service)
        gone |= {answer["id"]: f"{name}: {answer['question']}" for answer in answers}
    questions = ServiceQuestion.objects.filter(service__in=services).select_related("service")
    today = {
        question.pk: f"{question.service}: {question.label}"
        for question in questions.order_by("service__position", "service__name", "sort_order", "pk")
    }
    return today | {number: gone[number] for number in sorted(gone.keys() - today.keys())}
