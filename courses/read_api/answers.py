"""What the read API says. From these types its answers are written and its description (OpenAPI) is made, so that
neither can say what the other does not; the descriptions of fields are German, for those who use it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypeAlias

from django.db.models import TextChoices
from msgspec import Meta, Struct

from courses.enums import CourseFormat, LanguageLevel, PartOfDay, PriceState, TeachingLanguage
from courses.models import CourseRun


def _one_of(choices: type[TextChoices], description: str, *others: None) -> Meta:
    said = ", ".join(f"{value}: {label}" for value, label in choices.choices)
    return Meta(description=f"{description} ({said})", extra_json_schema={"enum": [*choices.values, *others]})


class Named(Struct, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Kurzname, mit dem Sie filtern")]
    name: Annotated[str, Meta(description="Name")]


class ProviderNamed(Struct, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Kurzname, mit dem Sie filtern")]
    name: Annotated[str, Meta(description="Name")]
    url: Annotated[str, Meta(description="Seite des Anbieters")]
    is_example: Annotated[bool, Meta(description="Erfundenes Beispiel, kein wirklicher Anbieter")]


class Price(Struct, frozen=True, kw_only=True):
    state: Annotated[str, _one_of(PriceState, "Was vom Preis bekannt ist")]
    euros: Annotated[
        float | None,
        Meta(description="Euro; null, wo niemand den Betrag nennt. 0 heißt immer: kostenfrei."),
    ]
    least_euros: Annotated[float | None, Meta(description="Wo nur ein ab-Preis bekannt ist (from): dieser, in Euro")]


class Run(Struct, frozen=True, kw_only=True):
    id: Annotated[int, Meta(description="Bleibt gleich, solange es den Termin gibt")]
    starts_on: Annotated[date, Meta(description="Erster Tag")]
    ends_on: Annotated[date | None, Meta(description="Letzter Tag, wo er genannt ist")]
    days: Annotated[
        list[date], Meta(description="Tage, an denen man sich trifft; bei langen Kursen ohne Regel der erste")
    ]
    start_time: Annotated[str | None, Meta(description="Beginn jedes Tages, hh:mm in deutscher Zeit")]
    end_time: Annotated[str | None, Meta(description="Ende jedes Tages, hh:mm in deutscher Zeit")]
    times: Annotated[str, Meta(description="Zeiten in Worten")]
    registration_until: Annotated[date | None, Meta(description="Anmeldeschluss")]
    venue: Annotated[str, Meta(description="Haus")]
    street: Annotated[str, Meta(description="Straße und Hausnummer")]
    postcode: Annotated[str, Meta(description="Postleitzahl")]
    town: Annotated[str, Meta(description="Stadt oder Gemeinde")]
    latitude: Annotated[float | None, Meta(description="Breite der Mitte des Postleitzahlgebiets (WGS 84)")]
    longitude: Annotated[float | None, Meta(description="Länge der Mitte des Postleitzahlgebiets (WGS 84)")]
    step_free: Annotated[bool, Meta(description="Stufenlos erreichbar; false heißt auch: nicht bekannt")]
    seats_min: Annotated[int | None, Meta(description="So viele müssen sich anmelden")]
    seats_max: Annotated[int | None, Meta(description="Plätze")]
    seats_left: Annotated[int | None, Meta(description="Freie Plätze, wo der Anbieter sie nennt")]
    is_full: Annotated[bool, Meta(description="Ausgebucht")]
    is_certain: Annotated[bool, Meta(description="Findet sicher statt")]
    status: Annotated[str, _one_of(CourseRun.Status, "Stand")]
    price: Annotated[Price, Meta(description="Was dieser Termin kostet")]


class Contact(Struct, frozen=True, kw_only=True):
    email: Annotated[str, Meta(description="Adresse der Einrichtung")]
    phone: Annotated[str, Meta(description="Telefon der Einrichtung")]


class Course(Struct, frozen=True, kw_only=True):
    id: Annotated[int, Meta(description="Bleibt gleich, solange es den Kurs gibt")]
    url: Annotated[str, Meta(description="Seite des Kurses")]
    title: Annotated[str, Meta(description="Titel")]
    subtitle: Annotated[str, Meta(description="Untertitel")]
    provider: Annotated[ProviderNamed, Meta(description="Anbieter")]
    provider_reference: Annotated[str, Meta(description="Nummer des Kurses beim Anbieter")]
    summary: Annotated[str, Meta(description="Kurzfassung")]
    audience: Annotated[str, Meta(description="Für wen, in Worten")]
    target_groups: Annotated[list[Named], Meta(description="Zielgruppen")]
    requirements: Annotated[str, Meta(description="Voraussetzungen")]
    contents: Annotated[str, Meta(description="Inhalte als HTML: Absätze, Überschriften, Listen, Hervorhebungen")]
    outcome: Annotated[str, Meta(description="Was man danach kann")]
    topics: Annotated[list[Named], Meta(description="Themen")]
    keywords: Annotated[list[str], Meta(description="Stichwörter")]
    format: Annotated[str, _one_of(CourseFormat, "Form")]
    part_of_day: Annotated[str | None, _one_of(PartOfDay, "Tageszeit", None)]
    flexible_start: Annotated[bool, Meta(description="Einstieg jederzeit möglich")]
    teaching_units: Annotated[int | None, Meta(description="Unterrichtseinheiten zu je 45 Minuten")]
    duration_hours: Annotated[int | None, Meta(description="Dauer in Stunden")]
    duration_weeks: Annotated[int | None, Meta(description="Dauer in Wochen")]
    language: Annotated[str, _one_of(TeachingLanguage, "Sprache des Kurses nach ISO 639-1")]
    language_level: Annotated[str | None, _one_of(LanguageLevel, "Nötiges Sprachniveau", None)]
    barrier_free: Annotated[bool, Meta(description="Barrierefrei; false heißt auch: nicht bekannt")]
    barrier_free_note: Annotated[str, Meta(description="Hinweis zur Barrierefreiheit")]
    price: Annotated[Price, Meta(description="Was der Kurs kostet")]
    price_note: Annotated[str, Meta(description="Hinweis zum Preis")]
    fundings: Annotated[list[Named], Meta(description="Förderungen, die es dafür geben kann")]
    measure_number: Annotated[str, Meta(description="Maßnahmenummer (AZAV)")]
    education_leave_number: Annotated[str, Meta(description="Nummer der Anerkennung (Bildungszeit)")]
    certificate: Annotated[str, Meta(description="Abschluss")]
    dqr_level: Annotated[int | None, Meta(description="Niveau im Deutschen Qualifikationsrahmen")]
    inhouse_possible: Annotated[bool, Meta(description="Auch im Betrieb möglich")]
    contact: Annotated[Contact, Meta(description="Wer Fragen zum Kurs beantwortet")]
    booking_link: Annotated[str, Meta(description="Anmeldung beim Anbieter")]
    source: Annotated[str, Meta(description="Quelle der Angaben")]
    confirmed_at: Annotated[datetime | None, Meta(description="Wann der Anbieter die Angaben zuletzt bestätigt hat")]
    published_at: Annotated[datetime | None, Meta(description="Wann die Angaben zuletzt veröffentlicht wurden")]
    runs: Annotated[list[Run], Meta(description="Termine ab heute, die stattfinden sollen, der nächste zuerst")]


class Mark(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(description="Name")]
    meaning: Annotated[str, Meta(description="Was es bedeutet")]
    valid_until: Annotated[date | None, Meta(description="Letzter Tag")]


class Provider(Struct, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Kurzname, mit dem Sie filtern")]
    name: Annotated[str, Meta(description="Name")]
    url: Annotated[str, Meta(description="Seite des Anbieters")]
    town: Annotated[str, Meta(description="Ort")]
    website: Annotated[str, Meta(description="Eigene Website")]
    description: Annotated[str, Meta(description="Über den Anbieter")]
    contact: Annotated[Contact, Meta(description="Kontakt")]
    marks: Annotated[list[Mark], Meta(description="Qualitätssiegel, die heute gelten")]
    is_example: Annotated[bool, Meta(description="Erfundenes Beispiel, kein wirklicher Anbieter")]


class Topic(Struct, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Kurzname, mit dem Sie filtern")]
    name: Annotated[str, Meta(description="Name")]
    parent: Annotated[str | None, Meta(description="Kurzname des Themas darüber")]


class Funding(Struct, frozen=True, kw_only=True):
    slug: Annotated[str, Meta(description="Kurzname, mit dem Sie filtern")]
    name: Annotated[str, Meta(description="Name")]
    url: Annotated[str, Meta(description="Seite der Förderung")]
    rule: Annotated[str, Meta(description="Regel in einem Satz")]
    checked_on: Annotated[date, Meta(description="Stand der Regel")]
    source_name: Annotated[str, Meta(description="Quelle")]
    source_url: Annotated[str, Meta(description="Link zur Quelle")]
    details: Annotated[str, Meta(description="Mehr dazu")]


class Listed(Struct, frozen=True, kw_only=True):
    """One page of a list; each kind adds the entries, `items`."""

    total: Annotated[int, Meta(description="Einträge auf allen Seiten", ge=0)]
    page: Annotated[int, Meta(description="Diese Seite", ge=1)]
    pages: Annotated[int, Meta(description="Zahl der Seiten", ge=1)]
    next: Annotated[str | None, Meta(description="Adresse der nächsten Seite")]
    previous: Annotated[str | None, Meta(description="Adresse der Seite davor")]


_ITEMS = "Einträge dieser Seite"


class Courses(Listed, frozen=True, kw_only=True):
    items: Annotated[list[Course], Meta(description=_ITEMS)]


class Providers(Listed, frozen=True, kw_only=True):
    items: Annotated[list[Provider], Meta(description=_ITEMS)]


class Topics(Listed, frozen=True, kw_only=True):
    items: Annotated[list[Topic], Meta(description=_ITEMS)]


class Fundings(Listed, frozen=True, kw_only=True):
    items: Annotated[list[Funding], Meta(description=_ITEMS)]


class TargetGroups(Listed, frozen=True, kw_only=True):
    items: Annotated[list[Named], Meta(description=_ITEMS)]


class WrongParameter(Struct, frozen=True, kw_only=True):
    parameter: Annotated[str, Meta(description="Name in der Adresse")]
    detail: Annotated[str, Meta(description="Was daran falsch ist")]


class Problem(Struct, frozen=True, kw_only=True):
    type: Annotated[str, Meta(description="Adresse, die diese Art von Fehler erklärt")]
    title: Annotated[str, Meta(description="Der Fehler in Worten")]
    status: Annotated[int, Meta(description="Status von HTTP")]
    detail: Annotated[str, Meta(description="Was Sie tun können")]
    errors: Annotated[list[WrongParameter], Meta(description="Jede falsche Angabe in der Adresse")]


Answer: TypeAlias = type[Struct]
