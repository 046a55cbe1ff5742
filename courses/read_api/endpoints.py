"""Each address of the read API once: the plan of addresses and the description (OpenAPI) are both made of it."""

from __future__ import annotations

from dataclasses import dataclass

from courses.read_api import answers, views
from courses.read_api.parameters import FILTERS, LARGEST_ID, PAGING, Parameter

PREFIX = "api/v1/"
OPENAPI = f"{PREFIX}openapi.json"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` stands below PREFIX; `key` is the whole number at its end, if there is one."""

    path: str
    name: str
    summary: str
    view: views.View
    answer: answers.Answer
    parameters: tuple[Parameter, ...] = ()
    key: Parameter | None = None

    @property
    def route(self) -> str:
        """For Django."""
        return f"{PREFIX}{self.path}" + (f"/<int:{self.key.name}>" if self.key else "")

    @property
    def template(self) -> str:
        """For people and OpenAPI."""
        return f"/{PREFIX}{self.path}" + (f"/{{{self.key.name}}}" if self.key else "")


_KEY = Parameter("pk", "Das Feld „id“ des Kurses", {"type": "integer", "minimum": 1, "maximum": LARGEST_ID})

ENDPOINTS = (
    Endpoint("kurse", "courses", "Kurse, gefiltert wie die Liste", views.courses, answers.Courses, (*FILTERS, *PAGING)),
    Endpoint("kurse", "course", "Ein Kurs", views.course, answers.Course, key=_KEY),
    Endpoint("anbieter", "providers", "Anbieter mit Kursen", views.providers, answers.Providers, PAGING),
    Endpoint("themen", "topics", "Themen in zwei Ebenen", views.topics, answers.Topics, PAGING),
    Endpoint("foerderungen", "fundings", "Förderungen", views.fundings, answers.Fundings, PAGING),
    Endpoint("zielgruppen", "target_groups", "Zielgruppen", views.target_groups, answers.TargetGroups, PAGING),
)
