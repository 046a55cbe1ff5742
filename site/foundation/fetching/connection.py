"""The connection to an address that was checked: by number, with the name in TLS and in the Host header."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress

from foundation.fetching.addresses import Address
from foundation.fetching.deadline import Deadline
from foundation.fetching.guard import Endpoint
from foundation.fetching.refusals import CertificateRefused, TimedOut, Unreachable

_MOST_TRIES = 4


def connect(endpoints: Sequence[Endpoint], deadline: Deadline) -> socket.socket:
    """To the first that answers. The time that is left is shared between those that are still to be tried."""
    tried = endpoints[:_MOST_TRIES]
    for position, endpoint in enumerate(tried):
        patience = deadline.left() / (len(tried) - position)
        with suppress(OSError):
            return socket.create_connection(endpoint, timeout=patience)
    if deadline.is_over():
        raise TimedOut
    raise Unreachable


def secured(connection: socket.socket, address: Address, deadline: Deadline) -> socket.socket:
    """TLS with the certificate of the name, whatever number was dialled."""
    connection.settimeout(deadline.left())
    if address.scheme != "https":
        return connection
    try:
        return ssl.create_default_context().wrap_socket(connection, server_hostname=address.host)
    except ssl.SSLCertVerificationError as error:
        raise CertificateRefused from error
