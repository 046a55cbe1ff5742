"""Errors of the read API (RFC 9457), in German or English, whichever the reader prefers."""

from __future__ import annotations

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation.trans_real import parse_accept_lang_header

from courses.read_api.answers import Problem, WrongParameter

CONTENT_TYPE = "application/problem+json"

Said = tuple[str, str]
"""German, English."""
_TITLES: dict[int, Said] = {
    400: ("Eine Angabe in der Adresse ist falsch.", "A parameter is wrong."),
    404: ("Das gibt es hier nicht.", "There is no such thing here."),
    405: ("Hier kann man nur lesen.", "This is for reading only."),
}
_DETAILS: dict[int, Said] = {
    400: ("Was falsch ist, steht unter „errors“.", "See “errors” for what is wrong."),
    404: (
        "Vielleicht ist der Kurs nicht mehr im Angebot, oder die Adresse hat einen Tippfehler.",
        "The course may have been taken off the list, or the address has a typing error.",
    ),
    405: ("Erlaubt sind GET, HEAD und OPTIONS.", "Use GET, HEAD or OPTIONS."),
}


class Refused(Exception):
    """`wrong` are names of parameters, each with what is wrong about it."""

    def __init__(self, wrong: list[tuple[str, Said]]) -> None:
        super().__init__(", ".join(name for name, _ in wrong))
        self.wrong = wrong


def problem(request: HttpRequest, status: int, wrong: list[tuple[str, Said]] | None = None) -> HttpResponse:
    language = _language(request)
    body = Problem(
        type=f"{settings.BASE_URL}{reverse('courses:read_api')}#fehler-{status}",
        title=_TITLES[status][language],
        status=status,
        detail=_DETAILS[status][language],
        errors=[WrongParameter(parameter=name, detail=said[language]) for name, said in wrong or []],
    )
    headers = {"Cache-Control": "no-store", "Content-Language": ("de", "en")[language], "Vary": "Accept-Language"}
    return HttpResponse(msgspec.json.encode(body), status=status, content_type=CONTENT_TYPE, headers=headers)


def _language(request: HttpRequest) -> int:
    """Where among `Said` it stands; German unless English is named before it."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = (name.partition("-")[0] for name, quality in accepted if quality)
    return int(next((name for name in spoken if name in {"de", "en"}), "de") == "en")
