"""Addresses that machines expect at fixed places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django_q.models import Schedule
from PIL import Image


def test_liveness_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("late_by", "worker"), [(None, "ok"), (timedelta(minutes=1), "ok"), (timedelta(hours=1), "late")]
)
def test_readiness_names_a_late_worker(client: Client, late_by: timedelta | None, worker: str) -> None:
    Schedule.objects.all().delete()
    if late_by:
        Schedule.objects.create(func="x", next_run=timezone.now() - late_by)

    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "worker": worker})
    assert not answer.cookies


@pytest.mark.django_db
def test_readiness_without_a_database_is_503_and_says_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> None:
        raise DatabaseError("could not connect to 10.0.0.7 as mehrwert")

    monkeypatch.setattr(connection, "cursor", silent)

    answer = client.get("/healthz/ready")

    assert (answer.status_code, answer.json()) == (503, {"database": "silent"})
    assert answer["Retry-After"] == "10"


def test_robots_txt_names_the_sitemap_and_no_private_address(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == (
        f"User-agent: *\nDisallow: /admin/\n\nSitemap: {settings.BASE_URL}/sitemap.xml\n"
    )


def test_robots_txt_keeps_all_away_from_a_copy_that_is_tried_out(client: Client, settings) -> None:
    settings.SEARCH_ENGINES = False
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_s16_security_txt_is_valid_for_less_than_a_year(client: Client) -> None:
    """RFC 9116: Contact and Expires are required, Expires is a time of RFC 3339."""
    answer = client.get("/.well-known/security.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert fields["Contact"] == settings.SECURITY_CONTACT
    assert fields["Canonical"] == f"{settings.BASE_URL}/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < left < timedelta(days=365)


def test_favicon_holds_three_sizes_for_those_that_read_no_svg(client: Client) -> None:
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/vnd.microsoft.icon")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert Image.open(BytesIO(answer.content)).info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_touch_icon_fills_its_square(client: Client) -> None:
    answer = client.get("/apple-touch-icon.png")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    icon = Image.open(BytesIO(answer.content))
    assert (icon.size, icon.mode, icon.getpixel((0, 0))) == ((180, 180), "RGB", (31, 91, 74))


@pytest.fixture
def media(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    for name in ("images/bild.fill-10x10.png", "original_images/bild.png", "mailviewer_attachments/brief.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\x89PNG")
    return tmp_path


def test_picture_is_served_for_ever_and_never_sniffed(client: Client, media: Path) -> None:
    answer = client.get("/media/images/bild.fill-10x10.png")

    assert b"".join(answer.streaming_content) == b"\x89PNG"
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "original_images/bild.png",
        "mailviewer_attachments/brief.pdf",
        "images/../original_images/bild.png",
        "images/%2e%2e/original_images/bild.png",
        "images/fehlt.png",
        "images/",
    ],
)
def test_nothing_else_of_the_media_folder_has_an_address(client: Client, media: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
def test_f6_s2_form_without_proof_of_origin_gets_a_german_page() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x", "password": "y"})

    assert answer.status_code == 403
    assert 'lang="de"' in answer.text
    assert "CSRF" not in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_s16_unknown_address_gets_a_german_page_with_headers_and_without_a_trace(client: Client) -> None:
    answer = client.get("/gibt-es-nicht/")

    assert answer.status_code == 404
    assert 'lang="de"' in answer.text
    assert "Diese Seite gibt es nicht" in answer.text
    assert "Resolver404" not in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"),
    [({"message": "x" * 1024 * 1024}, 413), ({f"field-{number}": "" for number in range(1001)}, 400)],
)
def test_f26_form_of_too_much_gets_a_german_page(sent, status) -> None:
    answer = Client().post("/kurse/bedarf-melden/", urlencode(sent), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert "Die Anfrage war zu groß oder beschädigt." in answer.content.decode()


def test_s16_failure_page_needs_no_database() -> None:
    """This test may not touch the database, so the page asked for fails, as it would were the database gone."""
    answer = Client(raise_request_exception=False).get("/")

    assert answer.status_code == 500
    assert answer.content.decode() == render_to_string("500.html")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
