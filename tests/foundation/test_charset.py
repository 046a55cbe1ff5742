"""What a client says of the charset of its question: the site reads UTF-8 whatever it is."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db

CHARSETS = ["utf-7", "utf-16", "latin-1", "no-such-charset"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_no_charset_of_a_client_ends_in_an_error(client, charset):
    response = client.get("/suche/?q=B%C3%BCro", CONTENT_TYPE=f"text/plain; charset={charset}")
    assert response.status_code == 200
    assert 'value="Büro"' in response.text


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_read_as_utf_8(client, charset):
    content_type = f"application/x-www-form-urlencoded; charset={charset}"
    response = client.generic("POST", "/admin/login/", b"username=B%C3%BCro&password=x", content_type=content_type)
    assert (response.status_code, 'value="Büro"' in response.text) == (200, True)
