from __future__ import annotations

import threading

import pytest

from foundation.fetching.guard import checked_endpoints, is_public
from foundation.fetching.refusals import AddressRefused, TimedOut

PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.178.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::1",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "3fff::1",
    "fe80::1",
    "fec0::1",
    "fd00:ec2::254",
    "fc00::1",
    "ff02::1",
    "5f00::1",
    "not an address",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_public_internet_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize("address", INSIDE)
def test_nothing_inside_a_network_may_be_asked(address):
    assert not is_public(address)


def endpoints(answers, port=443, allowed=frozenset(), seconds=5):
    return checked_endpoints(
        "name.example", port, resolve=lambda host, port: answers, allowed_inside=allowed, seconds=seconds
    )


def test_all_addresses_of_a_name_are_connected_to_as_checked():
    assert endpoints(["93.184.215.14", "2606:2800:21f:cb07::1"]) == [
        ("93.184.215.14", 443),
        ("2606:2800:21f:cb07::1", 443),
    ]


@pytest.mark.parametrize("answers", [[], ["93.184.215.14", "10.0.0.1"], ["::1"]])
def test_one_inside_address_refuses_the_name(answers):
    with pytest.raises(AddressRefused):
        endpoints(answers)


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 8000, 8080])
def test_other_ports_are_refused(port):
    with pytest.raises(AddressRefused):
        endpoints(["93.184.215.14"], port=port)


def test_an_exception_holds_for_its_address_and_port_alone():
    allowed = frozenset({("127.0.0.1", 5232)})
    assert endpoints(["127.0.0.1"], port=5232, allowed=allowed) == [("127.0.0.1", 5232)]
    for answers, port in [(["127.0.0.1"], 5233), (["127.0.0.2"], 5232), (["127.0.0.1"], 443)]:
        with pytest.raises(AddressRefused):
            endpoints(answers, port=port, allowed=allowed)


def test_a_resolver_that_hangs_costs_no_more_than_the_time_allowed():
    never = threading.Event()
    with pytest.raises(TimedOut):
        checked_endpoints(
            "name.example", 443, resolve=lambda host, port: never.wait(20), allowed_inside=frozenset(), seconds=0.05
        )
    never.set()


def test_a_name_that_is_unknown_looks_like_one_inside():
    def unknown(host, port):
        raise OSError

    with pytest.raises(AddressRefused) as refused:
        checked_endpoints("name.example", 443, resolve=unknown, allowed_inside=frozenset(), seconds=5)
    assert str(refused.value) == AddressRefused.text
