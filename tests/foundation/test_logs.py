"""P3: planted markers do not reach a log line, whichever way they enter the record."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings

from foundation.logs import MaskSecrets, masked
from tests.stopwatch import processor_seconds

TOKEN = "eyJpZCI6MTd9:1xVK9b:zeD9UjQtB4vGQlUx7H-DyYptSMBVs1_Sz3Q_GNRhwMw"  # as django.core.signing makes them


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, StringIO]]:
    """A logger set up as the site's own: formatter and filter at the handler."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(MaskSecrets())
    handler.setFormatter(logging.Formatter("{levelname} {name}: {message}", style="{"))
    logger = logging.getLogger("tests.masks")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream
    logger.removeHandler(handler)
    logger.propagate = True


def test_the_site_masks_at_its_handler() -> None:
    assert settings.LOGGING["filters"]["masked"]["()"] == "foundation.logs.MaskSecrets"
    assert all("masked" in handler["filters"] for handler in settings.LOGGING["handlers"].values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"GET /termin/reserviert/GeheimGeheim/ HTTP/1.1" 200', '"GET /termin/reserviert/…/ HTTP/1.1" 200'),
        ("/termin/ansehen/geheim/", "/termin/ansehen/…/"),
        ("/termin/daten/geheim/loeschen/", "/termin/daten/…/loeschen/"),
        ("/termin/verschieben/geheim", "/termin/verschieben/…"),
        (f"/termin/absagen/{TOKEN}/", "/termin/absagen/…/"),
        (f"/termin/kalender/{TOKEN}.ics", "/termin/kalender/….ics"),
        ("/kalender/mw1_abcdefghijklmnopqrstuvwxyz.ics", "/kalender/….ics"),
        ("/kurse/angaben/geheim/17/", "/kurse/angaben/…/17/"),
        ("/kurse/suchauftrag/meine/0a1b2c~geheim/", "/kurse/suchauftrag/meine/…/"),
        (
            "/admin/password_reset/confirm/MQ/cxy1a2-0123456789abcdef0123456789abcdef/",
            "/admin/password_reset/confirm/MQ/…/",
        ),
        (f"https://www.mehrwert.example/anders/{TOKEN}/weiter/", "https://www.mehrwert.example/anders/…/weiter/"),
        ("/admin/briefkasten/0123456789abcdef0123456789abcdef@mehrwert.example/", "/admin/briefkasten/…/"),
        ("/kurse/?ort=Belzig&name=Muster", "/kurse/?…"),
        ("Not Found: /suche?Muster", "Not Found: /suche?…"),
        ("mail to <erika.muster+x@firma.example> failed", "mail to <…> failed"),
        ("to=erika%40firma.example", "…"),
        ("Erika.Müller@müllerei.example", "…"),
        (
            '"GET /standorte/bad-belzig-und-umgebung/ HTTP/1.1" 200',
            '"GET /standorte/bad-belzig-und-umgebung/ HTTP/1.1" 200',
        ),
        ("/static/css/site.0123456789ab.css", "/static/css/site.0123456789ab.css"),
        ("12 mails sent", "12 mails sent"),
    ],
)
def test_mask(text: str, wanted: str) -> None:
    assert masked(text) == wanted


def test_message_and_arguments_are_masked(written) -> None:
    logger, stream = written
    logger.warning("Forbidden (%s): %s", "erika@firma.example", f"/termin/absagen/{TOKEN}/")
    logger.warning({"who": "erika@firma.example"})
    logger.warning("%(who)s", {"who": "erika@firma.example"})
    assert stream.getvalue().splitlines() == [
        "WARNING tests.masks: Forbidden (…): /termin/absagen/…/",
        "WARNING tests.masks: {'who': '…'}",
        "WARNING tests.masks: …",
    ]


def test_traceback_and_stack_are_masked(written) -> None:
    logger, stream = written
    try:
        int(f"erika@firma.example /termin/absagen/{TOKEN}/")
    except ValueError:
        logger.exception("Internal Server Error: /kalender/%s.ics", TOKEN, stack_info=True)
    text = stream.getvalue()
    assert "Traceback" in text
    assert "Stack (most recent call last)" in text
    assert "ValueError: invalid literal for int() with base 10: '… /termin/absagen/…/'" in text
    for marker in ("erika", TOKEN):
        assert marker not in text


def test_record_whose_arguments_do_not_fit_is_masked_too(written) -> None:
    logger, stream = written
    logger.warning("%d mails", "erika@firma.example")
    assert stream.getvalue() == "WARNING tests.masks: %d mails ('…',)\n"


@pytest.mark.parametrize(
    "evil",
    ["a" * 100_000, "a@" * 50_000, "?" * 100_000, "/" * 100_000, "/a" * 50_000, "/termin/" * 12_500, "a=" * 50_000],
)
def test_long_lines_take_no_long_time(evil: str) -> None:
    """S8: whoever chooses the path of a request must not choose the time that its log line takes."""
    assert processor_seconds(lambda: masked(evil)) < 1
