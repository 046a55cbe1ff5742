"""Every kind of answer carries the whole list of security headers, and is graded by them (trust 3.2)."""

from __future__ import annotations

import json
import re
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

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
        EMBEDDING_SITES="https://kurse.example",
    )
    yield server
    server.site.stop()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def fetch(url: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, Message, bytes]:
    given = {"X-Forwarded-Proto": "https", **headers}
    request = urllib.request.Request(url, body, given, method=method)
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


def a_link(server: SiteServer) -> str:
    """To a form of a visitor: what a reserved time leads to."""
    _, _, times = fetch(f"{server.url}/termin/hameln/")
    chosen = re.findall(rb'name="(anliegen|art|zeit)" value="([^"]+)"', times)
    reserved = urlencode({name.decode(): value.decode() for name, value in chosen}).encode()
    _, headers, _ = fetch(f"{server.url}/termin/hameln/reservieren/", method="POST", body=reserved)
    return str(headers["Location"])


def a_gone_course(server: SiteServer) -> str:
    with sqlite3.connect(server.site.var_dir / "db.sqlite3") as connection:
        key, path = connection.execute(
            "SELECT page.id, page.url_path FROM wagtailcore_page page JOIN courses_coursepage ON page.id = page_ptr_id"
        ).fetchone()
        connection.execute("UPDATE wagtailcore_page SET live = 0 WHERE id = ?", [key])
    return "/kurse/" + path.rsplit("/kurse/", 1)[1]


class Kind(NamedTuple):
    """A question, and what its answer says otherwise than a page does. Nothing set means: as a page."""

    path: str | Callable[[SiteServer], str]
    status: int = 200
    question: Mapping[str, Any] = {}
    """Method, body and headers."""
    policy: Mapping[str, str] = PUBLIC_POLICY
    headers: Mapping[str, str | None] = {}
    grade: int = 140
    """By `header_grade`; A+ from 100 on."""


FOR_ALL_SITES = {"Cross-Origin-Resource-Policy": "cross-origin"}
SEALED = {"Referrer-Policy": "no-referrer"}
FRAMED_BY_US = {"X-Frame-Options": "SAMEORIGIN"}
POST = {"method": "POST", "body": b""}


def public_file(path: str, status: int = 200, **question: Any) -> Kind:
    """What scripts of any site may read: there is no bonus for it."""
    return Kind(path, status, question, headers=FOR_ALL_SITES, grade=130)


def admin(path: str, status: int = 200, **question: Any) -> Kind:
    """Wagtail's own pages need inline scripts: docs/decisions/content-security-policy.md."""
    return Kind(path, status, question, policy=ADMIN_POLICY, headers=FRAMED_BY_US, grade=80)


KINDS = {
    "page": Kind("/"),
    "list of courses": Kind("/kurse/"),
    "booking": Kind("/termin/"),
    "search": Kind("/suche/?q=Stapler"),
    "static file": Kind(a_style),
    "picture": Kind(a_picture),
    "preview": Kind("/vorschau/netz-alt.png", 302),
    "icon": Kind("/favicon.ico"),
    "document": Kind("/dokumente/1/zehn-fragen.txt", policy={"default-src": "'none'"}),
    "list in a frame": Kind(
        "/kurse/einbetten/liste/",
        policy={
            "default-src": "'none'",
            "style-src": "'self'",
            "form-action": "'none'",
            "base-uri": "'none'",
            "frame-ancestors": "https://kurse.example",
        },
        headers={**FOR_ALL_SITES, "X-Frame-Options": None},
        grade=130,
    ),
    "news as Atom": public_file("/feeds/nachrichten/atom.xml"),
    "news as JSON": public_file("/feeds/nachrichten/feed.json"),
    "courses as Atom": public_file("/feeds/kurse/atom.xml"),
    "courses as CSV": public_file("/kurse.csv"),
    "courses as iCalendar": public_file("/kurse.ics"),
    "events as iCalendar": public_file("/feeds/veranstaltungen.ics"),
    "Sprechtage as iCalendar": public_file("/sprechtage/hameln.ics"),
    "vCard": public_file("/kontakte/buero/hameln.vcf"),
    "read API": public_file("/api/v1/kurse"),
    "description of the API": public_file("/api/v1/openapi.json"),
    "wrong question to the API": public_file("/api/v1/kurse?page=x", 400),
    "nothing in the API": public_file("/api/v1/kurse/999999", 404),
    "only for reading": public_file("/api/v1/kurse", 405, **POST),
    "open data": Kind("/offene-daten/"),
    "sitemap": Kind("/sitemap.xml"),
    "robots": Kind("/robots.txt"),
    "security.txt": Kind("/.well-known/security.txt"),
    "probe": Kind("/healthz/ready"),
    "page behind a link": Kind(a_link, headers=SEALED),
    "wrong form behind a link": Kind(a_link, 422, POST, headers=SEALED),
    "damaged link": Kind("/termin/ansehen/kaputt/", 404, headers=SEALED),
    "damaged link of a provider": Kind("/kurse/angaben/kaputt/", 404, headers=SEALED),
    "damaged link of a feed": Kind("/kalender/kaputt.ics", 404),
    "foreign host": Kind("/", 400, {"Host": "evil.example"}),
    "foreign form": Kind("/termin/hameln/reservieren/", 403, {**POST, "Sec-Fetch-Site": "cross-site"}),
    "form without proof": Kind("/kurse/", 403, POST),
    "not found": Kind("/gibt-es-nicht/", 404),
    "wrong method": Kind("/termin/hameln/reservieren/", 405),
    "gone": Kind(a_gone_course, 410),
    "too much": Kind("/kurse/bedarf-melden/", 413, {"method": "POST", "body": b"a" * (8 * 1024 * 1024)}),
    "wrong form": Kind("/kurse/bedarf-melden/", 422, POST),
    "failure": Kind("/kaputt/", 500),
    "admin": admin("/admin/login/"),
    "admin redirect": admin("/admin/", 302),
    "admin without proof": admin("/admin/login/", 403, **POST),
}


@pytest.mark.parametrize("kind", KINDS)
def test_answer_carries_every_header(breaking_server: SiteServer, kind: str) -> None:
    asked = KINDS[kind]
    path = asked.path if isinstance(asked.path, str) else asked.path(breaking_server)

    status, headers, _ = fetch(breaking_server.url + path, **asked.question)

    assert status == asked.status
    assert policy_of(headers) == asked.policy
    expected = {
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Server": "MehrWert",
        "X-Powered-By": None,
        **asked.headers,
    }
    assert {name: headers[name] for name in expected} == expected
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert headers["Content-Encoding"] in {None, "br", "gzip"}
    assert header_grade(headers) == asked.grade
    if not path.startswith("/admin/"):
        assert headers["Set-Cookie"] is None
        assert "Cookie" not in (headers["Vary"] or "")


def header_grade(headers: Message) -> int:
    """As Mozilla's HTTP Observatory counts: 100 less for what lacks; what is more than asked for counts from 90 on
    (trust 3.2). Redirects and cookies, for which it takes points, too, have tests of their own below."""
    policy = policy_of(headers) if headers["Content-Security-Policy"] else {}
    has_rule_for_frames = "frame-ancestors" in policy or headers["X-Frame-Options"] is not None
    less = [
        (25, not policy),
        (20, "'unsafe-inline'" in policy.get("script-src", "")),
        (20, headers["Strict-Transport-Security"] is None),
        (20, not has_rule_for_frames),
        (5, headers["X-Content-Type-Options"] != "nosniff"),
    ]
    more = [
        (10, policy.get("default-src") == "'none'"),
        (10, headers["Cross-Origin-Resource-Policy"] == "same-origin"),
        (10, headers["Cross-Origin-Opener-Policy"] == "same-origin"),
        (5, has_rule_for_frames),
        (5, headers["Referrer-Policy"] in {"same-origin", "no-referrer"}),
    ]
    grade = 100 - sum(points for points, is_so in less if is_so)
    return grade + sum(points for points, is_so in more if is_so) if grade >= 90 else grade


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


@pytest.mark.parametrize("path", ["/termin/hameln/reservieren/", "/admin/documents/add/"])
def test_f26_what_is_too_large_is_refused_before_it_arrives(breaking_server: SiteServer, path: str) -> None:
    """Only the head is sent of 200 MB: whoever waits for more before the answer waits for ever."""
    host = urlsplit(breaking_server.url).netloc
    connection = HTTPConnection(host, timeout=20)
    connection.putrequest("POST", path)
    for name, value in {
        "X-Forwarded-Proto": "https",
        "Cookie": f"__Host-csrftoken={'a' * 32}",
        "Referer": f"https://{host}/",
        "Content-Type": "multipart/form-data; boundary=grenze",
        "Content-Length": str(200 * 1024 * 1024),
    }.items():
        connection.putheader(name, value)
    connection.endheaders(b"--grenze\r\n")
    with connection.getresponse() as answer:
        assert answer.status == 413
        assert 'lang="de"' in answer.read().decode()
    connection.close()


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
