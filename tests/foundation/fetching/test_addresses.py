from __future__ import annotations

import pytest

from foundation.fetching.addresses import Address, parse_address
from foundation.fetching.refusals import AddressRefused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", Address("https", "example.org", 443, "/")),
        ("  HTTP://Example.ORG.:80/a?b=c#d \n", Address("http", "example.org", 80, "/a?b=c")),
        ("webcal://example.org/basic.ics", Address("https", "example.org", 443, "/basic.ics")),
        ("https://posteo.example:8443/cal/", Address("https", "posteo.example", 8443, "/cal/")),
        ("https://bücher.example/März.ics", Address("https", "xn--bcher-kva.example", 443, "/M%C3%A4rz.ics")),
        ("https://example.org/a%20b%2Fc", Address("https", "example.org", 443, "/a%20b%2Fc")),
        ("https://my_calendar.example/", Address("https", "my_calendar.example", 443, "/")),
        ("https://[2A00:1450:4001::0200]/", Address("https", "2a00:1450:4001::200", 443, "/")),
        ("https://１９２.０.２.１/", Address("https", "192.0.2.1", 443, "/")),
    ],
)
def test_an_address_is_spelled_in_one_way(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org/a.ics",
        "//example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///etc",
        "https://user:secret@example.org/",
        "https://@example.org/",
        "https://example.org:https/",
        "https://example.org:99999/",
        "https://example.org\\@inside.example/",
        "https://exam ple.org/",
        "https://example.org/a\r\nHost: inside.example",
        "https://example..org/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://" + "a" * 3000,
    ],
)
def test_what_is_not_plainly_a_web_address_is_refused(text):
    with pytest.raises(AddressRefused):
        parse_address(text)


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/b.ics", "https://example.org:8443/b.ics"),
        ("c", "https://example.org:8443/a/c"),
        ("//other.example/", "https://other.example/"),
        ("webcal://other.example/d", "https://other.example/d"),
    ],
)
def test_a_reference_is_read_from_its_place(reference, url):
    assert parse_address("https://example.org:8443/a/b").join(reference).url == url


def test_a_reference_may_not_be_worse_than_an_address():
    with pytest.raises(AddressRefused):
        parse_address("https://example.org/").join("file:///etc/passwd")
    with pytest.raises(AddressRefused):
        parse_address("https://example.org/").join("https://[broken/")
