"""What a client says of the charset of its question: the site reads UTF-8 whatever it is."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test import RequestFactory

from mehrwert.wsgi import application

pytestmark = pytest.mark.django_db

CHARSETS = [
    "charset=utf-7",
    "charset=utf-16",
    "charset=latin-1",
    "charset=no-such-charset",
    "charset=hex",
    "charset=undefined",
    'Charset="idna"',
    "charset*=no-such-charset''utf-8",
    "x*=no-such-charset''y",
    ";;=; charset",
]
"""All ended before the first middleware, or in signs that the firm has not typed."""


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application does not close the connection of the test, as little as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def ask(method: str, path: str, query: str = "", *, content_type: str, body: bytes = b"") -> tuple[str, str]:
    """The status and the page that the application gives a server."""
    environ = RequestFactory().generic(method, path, body, QUERY_STRING=query).environ
    token = "t" * CSRF_SECRET_LENGTH
    environ |= {"HTTP_COOKIE": f"{settings.CSRF_COOKIE_NAME}={token}", "HTTP_X_CSRFTOKEN": token}
    environ |= {"CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    statuses: list[str] = []
    answer = application(environ, lambda status, _headers: statuses.append(status))
    page = b"".join(answer).decode()
    answer.close()
    return statuses[0], page


@pytest.mark.parametrize("charset", CHARSETS)
def test_no_charset_of_a_client_ends_in_an_error(charset):
    status, page = ask("GET", "/suche/", "q=B%C3%BCro", content_type=f"text/plain; {charset}")
    assert (status, 'value="Büro"' in page) == ("200 OK", True)


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_read_as_utf_8(charset):
    content_type = f"application/x-www-form-urlencoded; {charset}"
    status, page = ask("POST", "/admin/login/", content_type=content_type, body=b"username=B%C3%BCro&password=x")
    assert (status, 'value="Büro"' in page) == ("200 OK", True)


@pytest.mark.parametrize("parameters", ["{}; boundary=x'y", 'BOUNDARY="x\'y"; {}'])
def test_a_form_with_files_keeps_its_boundary(parameters):
    body = "--x'y\r\nContent-Disposition: form-data; name=\"username\"\r\n\r\nBüro\r\n--x'y--\r\n".encode()
    for charset in CHARSETS[:-1]:
        content_type = f"multipart/form-data; {parameters.format(charset)}"
        status, page = ask("POST", "/admin/login/", content_type=content_type, body=body)
        assert (charset, status, 'value="Büro"' in page) == (charset, "200 OK", True)
