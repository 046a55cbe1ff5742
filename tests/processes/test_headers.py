"""Every kind of answer carries the whole list of security headers (trust 3.2)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.conftest import SiteServer, serve_copy

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
ADMIN_POLICY = {
    **PUBLIC_POLICY,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}


@pytest.fixture(scope="module")
def breaking_server(
    demo_template: Path, collected_static: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SiteServer]:
    """A site behind TLS with one address that fails."""
    server = serve_copy(
        demo_template,
        tmp_path_factory.mktemp("headers") / "var",
        collected_static,
        DJANGO_SETTINGS_MODULE="tests.processes.breaking_settings",
        BASE_URL="https://www.mehrwert.example",
        ALLOWED_HOSTS="127.0.0.1",
        TRUSTED_PROXIES="1",
    )
    yield server
    server.site.stop()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def fetch(url: str, **headers: str) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https", **headers})
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def policy_of(headers: Message) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))


def a_picture(server: SiteServer) -> str:
    folder = server.site.var_dir / "media" / "images"
    folder.mkdir(exist_ok=True)
    (folder / "bild.png").write_bytes(b"\x89PNG")
    return "/media/images/bild.png"


def a_style(server: SiteServer) -> str:
    manifest = json.loads((server.site.var_dir / "static" / "staticfiles.json").read_text())["paths"]
    return "/static/" + next(hashed for name, hashed in manifest.items() if name.startswith("css/"))


KINDS = {
    "page": ("/", 200),
    "static file": (a_style, 200),
    "picture": (a_picture, 200),
    "not found": ("/gibt-es-nicht/", 404),
    "failure": ("/kaputt/", 500),
    "redirect": ("/vorschau/netz-alt.png", 302),
    "robots": ("/robots.txt", 200),
    "admin": ("/admin/login/", 200),
    "admin redirect": ("/admin/", 302),
}


@pytest.mark.parametrize("kind", KINDS)
def test_answer_carries_every_header(breaking_server: SiteServer, kind: str) -> None:
    path, status = KINDS[kind]
    path = path if isinstance(path, str) else path(breaking_server)

    found_status, headers, _ = fetch(breaking_server.url + path)

    in_admin = path.startswith("/admin/")
    assert found_status == status
    assert policy_of(headers) == (ADMIN_POLICY if in_admin else PUBLIC_POLICY)
    expected = {
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if in_admin else "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Server": "MehrWert",
    }
    assert {name: headers[name] for name in expected} == expected
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["X-Powered-By"] is None
    if not in_admin:
        assert headers["Set-Cookie"] is None
        assert "Cookie" not in (headers["Vary"] or "")


def test_static_file_is_kept_for_ever_and_compressed(breaking_server: SiteServer) -> None:
    _, headers, _ = fetch(breaking_server.url + a_style(breaking_server), **{"Accept-Encoding": "br"})

    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert headers["Content-Encoding"] == "br"


def test_failure_page_is_german_and_tells_nothing(breaking_server: SiteServer) -> None:
    _, _, body = fetch(breaking_server.url + "/kaputt/")

    assert 'lang="de"' in body.decode()
    assert b"marker-of-the-traceback" not in body
    assert "marker-of-the-traceback" in breaking_server.web.log()


def test_cookies_of_the_admin_are_bound_to_this_host(breaking_server: SiteServer) -> None:
    _, headers, _ = fetch(breaking_server.url + "/admin/login/")

    cookie = headers["Set-Cookie"]
    assert cookie.startswith("__Host-csrftoken=")
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_plain_http_is_sent_to_https_and_probes_are_not(breaking_server: SiteServer) -> None:
    status, headers, _ = fetch(breaking_server.url + "/", **{"X-Forwarded-Proto": "http"})
    assert (status, headers["Location"][:8]) == (301, "https://")

    assert fetch(breaking_server.url + "/healthz", **{"X-Forwarded-Proto": "http"})[0] == 200


def test_foreign_host_is_refused_and_not_repeated(breaking_server: SiteServer) -> None:
    status, headers, body = fetch(breaking_server.url + "/", Host="evil.example")
    assert status == 400
    assert b"evil.example" not in body

    _, headers, body = fetch(breaking_server.url + "/admin/", **{"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in headers["Location"]
    assert b"evil.example" not in body


def test_requests_leave_no_line_in_the_log(breaking_server: SiteServer) -> None:
    fetch(breaking_server.url + "/gibt-es-nicht/geheim-4711/?key=geheim-4712")

    assert "geheim" not in breaking_server.web.log()
