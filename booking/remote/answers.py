"""What the answers of other people's calendar servers mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from foundation.fetching.answers import Answer


@dataclass(frozen=True, slots=True)
class Copy:
    """Calendar texts as a server sent them, and how to ask it whether they have changed."""

    texts: bytes
    etag: str = ""
    last_modified: str = ""


class Unread(Exception):
    """A calendar could not be read. The German sentence is for the advisor; it names no address."""

    def __init__(self, text: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.retry_after = retry_after


def refuse_unless(expected: int, answer: Answer, *, now: datetime) -> None:
    """Raises Unread for any other status."""
    if answer.status != expected:
        raise Unread(_told(answer.status), retry_after=answer.retry_after(now=now))


def _told(status: int) -> str:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return (
            f"Der Server verweigert den Zugang ({status}). Bitte prüfen Sie Benutzername und Passwort: Viele Anbieter "
            "nehmen hier nur ein App-Passwort und nicht das der Anmeldung."
        )
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return f"Unter der Adresse gibt es keinen Kalender ({status}). Vielleicht wurde die Freigabe beendet."
    if status in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return f"Der Server ist überlastet oder wird gewartet ({status})."
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"Der Server meldet einen Fehler ({status})."
    return f"Der Server antwortet anders als ein Kalender ({status})."
