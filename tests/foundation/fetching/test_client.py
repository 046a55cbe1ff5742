"""The client against a server on 127.0.0.1 that behaves as badly as servers can (F32, S7)."""

from __future__ import annotations

import datetime
import gzip
import ssl
import time
import zlib
from datetime import UTC, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from foundation.fetching.addresses import parse_address
from foundation.fetching.answers import Answer
from foundation.fetching.checks import nothing_inside_is_fetched
from foundation.fetching.client import Client, Credentials
from foundation.fetching.refusals import (
    AddressRefused,
    CertificateRefused,
    CredentialsRefused,
    RedirectRefused,
    TimedOut,
    TooLarge,
    Unreachable,
    Unreadable,
)
from foundation.fetching.site import site_client
from tests.hostile_servers import Talk, hostile_server

SECOND = 1.0


def client_for(*servers, **options):
    endpoints = frozenset(server.endpoint for server in servers)
    return Client(user_agent="Test/1", user_agents={}, allowed_inside=endpoints, **options)


def fetched(behaviour, **options):
    """What one fetch from a server of this behaviour gives, and the first request that it got."""
    with hostile_server(behaviour) as server:
        answer = client_for(server, limit=100_000).fetch(server.address, **options)
    return answer, server.requests[0]


# --- What is sent and what comes back ---------------------------------------------------------------------------


def test_a_request_says_what_it_must_and_no_more(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with hostile_server(lambda talk: talk.answer(b"body", 'ETag: "a"', "Set-Cookie: a=b")) as server:
        answer = client_for(server).fetch(server.address + "cal?x=1#y", headers={"If-None-Match": '"z"'})
    assert answer == Answer(
        200,
        {"etag": '"a"', "set-cookie": "a=b", "content-length": "4"},
        b"body",
        parse_address(server.address + "cal?x=1"),
    )
    assert server.requests[0].decode().split("\r\n") == [
        "GET /cal?x=1 HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        "User-Agent: Test/1",
        "Accept-Encoding: gzip",
        "Connection: close",
        'If-None-Match: "z"',
        "",
        "",
    ]


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "PUT"])
def test_a_body_is_sent_with_its_length(method):
    answer, request = fetched(lambda talk: talk.answer(status="207 Multi-Status"), method=method, body="ä".encode())
    assert answer.status == 207
    assert request.startswith(f"{method} / HTTP/1.1".encode())
    assert request.endswith(b"Content-Length: 2\r\n\r\n\xc3\xa4")


def test_head_asks_for_no_body_and_waits_for_none():
    answer, request = fetched(
        lambda talk: talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n"), method="HEAD"
    )
    assert (answer.status, answer.body, request.split(b" ")[0]) == (200, b"", b"HEAD")


def test_who_wants_the_status_alone_leaves_before_an_endless_body():
    def endless(talk):
        talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
        talk.repeat(b"x" * 1000)

    answer, request = fetched(endless, reads_body=False)
    assert (answer.status, answer.body, request.split(b" ")[0]) == (200, b"", b"GET")


@pytest.mark.parametrize(("method", "then"), [("HEAD", "HEAD"), ("REPORT", "GET")])
def test_what_is_seen_elsewhere_is_asked_for_with_get_but_with_head_where_no_body_was_wanted(method, then):
    """A link to a large file counted as dead where the site leads to it with 303."""

    def lead(talk):
        if b" /there " in talk.request:
            talk.answer()
        else:
            talk.answer(b"", "Location: /there", status="303 See Other")

    with hostile_server(lead) as server:
        assert client_for(server).fetch(server.address, method=method).status == 200
    assert [request.split(b" ")[0].decode() for request in server.requests] == [method, then]


def test_headers_of_the_client_are_its_own():
    with pytest.raises(TypeError):
        Client("Test/1", {}).fetch("https://example.org/", headers={"AUTHORIZATION": "Basic x"})


def test_a_header_cannot_smuggle_another():
    with hostile_server(Talk.answer) as server, pytest.raises(Unreadable):
        client_for(server).fetch(server.address, headers={"If-None-Match": '"a"\r\nX-Evil: 1'})
    assert server.requests == []


def test_gzip_is_unpacked_in_all_its_members():
    packed = gzip.compress(b"one ") + gzip.compress(b"two")
    assert fetched(lambda talk: talk.answer(packed, "Content-Encoding: gzip"))[0].body == b"one two"


def test_a_large_body_goes_into_a_file_and_an_error_does_not():
    packed = gzip.compress(b"catalogue")
    file = BytesIO()
    answer, _ = fetched(lambda talk: talk.answer(packed, "Content-Encoding: gzip"), into=file)
    assert (answer.status, answer.body, file.getvalue()) == (200, b"", b"catalogue")
    answer, _ = fetched(lambda talk: talk.answer(b"gone", status="410 Gone"), into=file)
    assert (answer.status, answer.body, file.getvalue()) == (410, b"gone", b"catalogue")
    with pytest.raises(TooLarge):
        fetched(lambda talk: talk.answer(gzip.compress(b"0" * 100_001), "Content-Encoding: gzip"), into=BytesIO())


def test_chunks_are_put_together():
    def chunks(talk):
        talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")

    assert fetched(chunks)[0].body == b"abcde"


def test_a_304_has_no_body_even_when_it_says_gzip():
    answer, _ = fetched(lambda talk: talk.answer(b"", "Content-Encoding: gzip", status="304 Not Modified"))
    assert (answer.status, answer.body) == (304, b"")


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(minutes=2)),
        ("Wed, 25 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Wed, 25 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_a_pause_is_read(value, pause):
    answer = Answer(503, {"retry-after": value}, b"", parse_address("https://example.org/"))
    assert answer.retry_after(now=datetime.datetime(2026, 11, 25, 12, tzinfo=UTC)) == pause


# --- Rude servers -----------------------------------------------------------------------------------------------


def drip(talk):
    talk.send(b"HTTP/1.1 200 OK\r\n\r\n")
    talk.repeat(b"a", pause=0.02)


def drip_headers(talk):
    talk.send(b"HTTP/1.1 200 OK\r\n")
    talk.repeat(b"X-A: b\r\n", pause=0.05)


def say_continue(talk):
    talk.repeat(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.02)


def endless(talk):
    talk.send(b"HTTP/1.1 200 OK\r\n\r\n")
    talk.repeat(b"a" * 65536)


def endless_chunks(talk):
    talk.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    talk.repeat(b"1000\r\n" + b"a" * 4096 + b"\r\n")


def bomb(talk):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    talk.send(packer.compress(b"\0" * 20_000_000), packer.flush())


def truncated_gzip(talk):
    talk.answer(gzip.compress(b"whole" * 1000)[:-9], "Content-Encoding: gzip")


@pytest.mark.parametrize(
    ("behaviour", "refusal"),
    [
        pytest.param(lambda talk: talk.stopped.wait(5), TimedOut, id="hangs"),
        pytest.param(drip, TimedOut, id="a byte at a time"),
        pytest.param(drip_headers, TimedOut, id="a header at a time"),
        pytest.param(say_continue, TimedOut, id="endless 100 Continue"),
        pytest.param(endless, TooLarge, id="endless"),
        pytest.param(endless_chunks, TooLarge, id="endless chunks"),
        pytest.param(bomb, TooLarge, id="gzip bomb"),
        pytest.param(lambda talk: talk.answer(b"", "Content-Length: 5000000000"), TooLarge, id="5 GB announced"),
        pytest.param(lambda talk: talk.answer(b"half", "Content-Length: 8"), Unreadable, id="fewer bytes than said"),
        pytest.param(truncated_gzip, Unreadable, id="gzip cut off"),
        pytest.param(lambda talk: talk.answer(b"no", "Content-Encoding: gzip"), Unreadable, id="not gzip"),
        pytest.param(lambda talk: talk.answer(b"no", "Content-Encoding: br"), Unreadable, id="brotli"),
        pytest.param(lambda talk: talk.send(b"220 mail.example ESMTP\r\n"), Unreadable, id="not http"),
        pytest.param(lambda talk: talk.send(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 300), Unreadable, id="300 headers"),
        pytest.param(lambda talk: None, Unreachable, id="closes at once"),
        pytest.param(lambda talk: talk.answer(status="302 Found"), RedirectRefused, id="redirect to nowhere"),
        pytest.param(lambda talk: talk.answer(b"", "Location: /", status="301 Gone"), RedirectRefused, id="loop"),
    ],
)
def test_a_rude_server_is_refused(behaviour, refusal):
    began = time.monotonic()
    with hostile_server(behaviour) as server, pytest.raises(refusal) as refused:
        client_for(server, limit=100_000).fetch(server.address, seconds=0.3 if refusal is TimedOut else 10)
    assert time.monotonic() - began < 10 + SECOND
    assert str(refused.value) == refusal.text
    assert str(server.port) not in str(refused.value)


def test_a_longer_body_than_announced_ends_where_it_was_announced():
    assert fetched(lambda talk: talk.answer(b"whole and more", "Content-Length: 5"))[0].body == b"whole"


def test_a_closed_port_is_unreachable():
    with hostile_server(Talk.answer) as server:
        client = client_for(server)
    with pytest.raises(Unreachable):
        client.fetch(server.address)


# --- Nothing inside ---------------------------------------------------------------------------------------------


def real_client(*answers):
    """With the rule of production; the answers of the name server come one after another."""
    waiting = list(answers)
    return Client("Test/1", {}, resolve=lambda host, port: waiting.pop(0))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_no_request_reaches_this_machine(host):
    with hostile_server(Talk.answer) as server:
        with pytest.raises(AddressRefused):
            Client("Test/1", {}).fetch(f"http://{host}:{server.port}/")
        with pytest.raises(AddressRefused):
            Client("Test/1", {}).fetch(f"http://{host}/")
    assert server.requests == []


@pytest.mark.parametrize(
    "inside", ["169.254.169.254", "10.0.0.1", "192.168.1.1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "127.0.0.1"]
)
def test_a_name_that_stands_for_an_inside_address_is_refused(inside):
    with pytest.raises(AddressRefused):
        real_client([inside]).fetch("https://calendar.example/")


def test_a_name_is_resolved_once(monkeypatch):
    """DNS rebinding: the second answer would be inside, but nobody asks for it."""
    dialled = []

    def dial(endpoint, timeout):
        dialled.append(endpoint)
        raise ConnectionRefusedError

    monkeypatch.setattr("socket.create_connection", dial)
    with pytest.raises(Unreachable):
        real_client(["93.184.215.14"], ["127.0.0.1"]).fetch("https://calendar.example/")
    assert dialled == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://[fe80::1]/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://user:secret@93.184.215.14/",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(target):
    def redirect(talk):
        talk.answer(b"", f"Location: {target}", status="302 Found")

    with hostile_server(redirect) as server, pytest.raises(AddressRefused):
        client_for(server).fetch(server.address)
    assert len(server.requests) == 1


def test_three_redirects_are_followed_and_no_fourth():
    def down(talk):
        left = int(talk.request.split(b" ")[1].removeprefix(b"/"))
        talk.answer(b"there", *([f"Location: /{left - 1}"] if left else []), status="307 On" if left else "200 OK")

    with hostile_server(down) as server:
        client = client_for(server)
        assert client.fetch(server.address + "3").body == b"there"
        with pytest.raises(RedirectRefused):
            client.fetch(server.address + "4")
    assert len(server.requests) == 4 + 4


def test_a_change_is_never_repeated_elsewhere():
    with hostile_server(lambda talk: talk.answer(b"", "Location: /b", status="308 Moved")) as server:
        for method in ("PUT", "DELETE"):
            with pytest.raises(RedirectRefused):
                client_for(server).fetch(server.address, method=method)
    assert len(server.requests) == 2


# --- Passwords --------------------------------------------------------------------------------------------------


def credentials_for(url):
    return Credentials(parse_address(url).origin, "lena", "geheim")


def test_credentials_go_to_their_origin():
    with hostile_server(Talk.answer) as server:
        client_for(server).fetch(server.address, credentials=credentials_for(server.address))
    assert b"\r\nAuthorization: Basic bGVuYTpnZWhlaW0=\r\n" in server.requests[0]


def test_credentials_never_leave_their_origin():
    with hostile_server(Talk.answer) as other:
        with hostile_server(lambda talk: talk.answer(b"", f"Location: {other.address}", status="307 On")) as server:
            client = client_for(server, other)
            with pytest.raises(CredentialsRefused):
                client.fetch(server.address, method="PROPFIND", credentials=credentials_for(server.address))
            with pytest.raises(CredentialsRefused):
                client.fetch(other.address, credentials=credentials_for(server.address))
    assert other.requests == []


def test_credentials_are_not_sent_without_tls():
    with pytest.raises(CredentialsRefused):
        real_client(["93.184.215.14"]).fetch(
            "http://calendar.example/", credentials=credentials_for("http://calendar.example/")
        )


def test_credentials_do_not_show_in_tracebacks():
    assert "geheim" not in repr(credentials_for("https://example.org/"))


# --- TLS --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Its file for `calendar.example`, valid for a day, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "calendar.example")])
    now = datetime.datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("calendar.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "certificate.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


@pytest.fixture
def tls(certificate):
    """A server's side of TLS that notes the name asked for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.names = []
    context.sni_callback = lambda connection, name, _: context.names.append(name)
    return context


def over_tls(tls, host):
    with hostile_server(Talk.answer, tls=tls) as server:
        client = client_for(server, resolve=lambda name, port: ["127.0.0.1"])
        address = f"webcal://{host}:{server.port}/"
        answer = client.fetch(address, credentials=credentials_for(address.replace("webcal", "https")))
    return answer, server


def test_tls_names_the_host_and_checks_its_certificate(tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    answer, server = over_tls(tls, "calendar.example")
    assert (answer.status, tls.names) == (200, ["calendar.example"])
    assert f"\r\nHost: calendar.example:{server.port}\r\n".encode() in server.requests[0]


def test_a_certificate_of_another_name_is_refused(tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(CertificateRefused):
        over_tls(tls, "other.example")


def test_a_certificate_that_nobody_vouches_for_is_refused(tls):
    with pytest.raises(CertificateRefused):
        over_tls(tls, "calendar.example")


def test_a_redirect_back_to_http_is_refused(tls, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with hostile_server(
        lambda talk: talk.answer(b"", "Location: http://calendar.example/", status="301 Moved"), tls=tls
    ) as server:
        client = client_for(server, resolve=lambda name, port: ["127.0.0.1"])
        with pytest.raises(RedirectRefused):
            client.fetch(f"https://calendar.example:{server.port}/")


@pytest.mark.parametrize("allowed", [True, False])
def test_who_may_leave_tls_is_still_guarded_at_each_hop(tls, certificate, monkeypatch, allowed):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with hostile_server(lambda talk: talk.answer(b"plain")) as plain:
        location = f"Location: http://calendar.example:{plain.port}/"
        with hostile_server(lambda talk: talk.answer(b"", location, status="301 Moved"), tls=tls) as server:
            known = (server, plain) if allowed else (server,)
            client = client_for(*known, resolve=lambda name, port: ["127.0.0.1"], may_leave_tls=True)
            address = f"https://calendar.example:{server.port}/"
            if allowed:
                assert (answer := client.fetch(address)).body == b"plain"
                assert answer.address.scheme == "http"
                with pytest.raises(CredentialsRefused):
                    client.fetch(address, credentials=credentials_for(address))
            else:
                with pytest.raises(AddressRefused):
                    client.fetch(address)
    assert len(plain.requests) == allowed


# --- The site's client ------------------------------------------------------------------------------------------


def test_only_those_who_ask_for_a_browser_see_one(settings):
    settings.BASE_URL = "https://www.mehrwert.example"
    own = "Mozilla/5.0 (compatible; MehrWert-Kalender/1.0; +https://www.mehrwert.example)"
    client = site_client()
    assert client.user_agent == own
    assert client.user_agents == dict.fromkeys(
        ["outlook.office365.com", "outlook.office.com", "outlook.live.com"], own + " Chrome/139.0.0.0 Safari/537.36"
    )
    assert client.allowed_inside == frozenset()


def test_an_exception_for_tests_does_not_pass_the_check_of_a_deployment(settings):
    assert nothing_inside_is_fetched() == []
    settings.FETCHING_ALLOWED_INSIDE = ["127.0.0.1:5232"]
    assert [error.id for error in nothing_inside_is_fetched()] == ["foundation.E020"]
    assert site_client().allowed_inside == frozenset({("127.0.0.1", 5232)})
