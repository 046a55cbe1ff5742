"""The mailbox that answers to invitations arrive in, read by IMAP over TLS (RFC 9051)."""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from foundation.fetching.deadline import Deadline
from foundation.fetching.refusals import TimedOut

MOST = 50
"""Mails of one round; the next takes the rest."""

_TLS_PORT = 993
_HEAD = 65536
"""Bytes that other answers than mails may have."""
_RUN = re.compile(r"[ -~]+|[^ -~]+")
_SIZE = re.compile(r"RFC822\.SIZE (\d{1,12})", re.ASCII)


class MailboxUnread(Exception):
    """The German sentence says why; it names neither the server nor the account."""


class NotTaken(Exception):
    """Raised by whoever takes the mails: this one stays unseen, and the others are read all the same."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """`imaps://name:word@host:993/folder`, name and word percent-encoded; INBOX without a folder."""

    url: str = field(repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or _TLS_PORT

    @property
    def folder(self) -> str:
        return unquote(urlsplit(self.url).path.strip("/")) or "INBOX"

    @property
    def login(self) -> tuple[str, str]:
        parts = urlsplit(self.url)
        return unquote(parts.username or ""), unquote(parts.password or "")


def folder_name(name: str) -> str:
    """As servers know it, quoted: „Entwürfe“ is "Entw&APw-rfe" (modified UTF-7, RFC 3501, 5.1.3)."""
    known = "".join(
        run.replace("&", "&-")
        if run.isascii() and run.isprintable()
        else f"&{base64.b64encode(run.encode('utf-16-be')).decode().rstrip('=').replace('/', ',')}-"
        for run in _RUN.findall(name)
    )
    escaped = known.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def read_unseen(
    mailbox: Mailbox,
    take: Callable[[bytes], None],
    *,
    longest: int,
    seconds: float,
    context: ssl.SSLContext | None = None,
) -> int:
    """Gives each unseen mail of up to `longest` bytes to `take` and marks it as seen after that; how many.

    One that `take` fails at stays unseen, so it must bear the same mail twice; with NotTaken the next one follows.
    Larger ones are marked and never fetched. All of it ends after `seconds`, whatever the server does. Raises
    MailboxUnread.
    """
    deadline = Deadline(seconds)
    try:
        with ExitStack() as stack:
            box = _Connection(mailbox, deadline, stack, context, longest=longest)
            return _read(box, mailbox, take, longest=longest)
    except TimedOut as error:
        raise MailboxUnread("Das Postfach hat nicht rechtzeitig geantwortet.") from error
    except ssl.SSLCertVerificationError as error:
        raise MailboxUnread("Das Zertifikat des Postfachs ist ungültig oder gehört zu einem anderen Namen.") from error
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        if deadline.is_over():
            raise MailboxUnread("Das Postfach hat nicht rechtzeitig geantwortet.") from error
        raise MailboxUnread("Das Postfach ist nicht erreichbar oder bricht ab.") from error


class _Connection(imaplib.IMAP4_SSL):
    """Watched from its first byte on: a timeout for each read does not stop a server that drips. A length that a server
    announces is not believed: imaplib would take as much memory at once."""

    def __init__(
        self,
        mailbox: Mailbox,
        deadline: Deadline,
        stack: ExitStack,
        context: ssl.SSLContext | None,
        *,
        longest: int,
    ) -> None:
        self._deadline, self._stack, self._longest = deadline, stack, longest + _HEAD
        super().__init__(
            mailbox.host,
            mailbox.port,
            ssl_context=context or ssl.create_default_context(),
            timeout=deadline.left(),
        )
        stack.callback(self._leave)

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        plain = socket.create_connection((self.host, self.port), timeout)
        self._stack.callback(plain.close)
        self._stack.enter_context(self._deadline.watch(plain))
        return self.ssl_context.wrap_socket(plain, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        if size > self._longest:
            raise self.abort("too long")
        return super().read(size)

    def _leave(self) -> None:
        with suppress(OSError, imaplib.IMAP4.error):
            self.shutdown()


def _read(box: imaplib.IMAP4, mailbox: Mailbox, take: Callable[[bytes], None], *, longest: int) -> int:
    _log_in(box, *mailbox.login)
    if box.select(folder_name(mailbox.folder))[0] != "OK":
        raise MailboxUnread("Den Ordner gibt es im Postfach nicht.")
    found = box.uid("SEARCH", "UNSEEN")[1][0] or b""
    taken = 0
    for number in found.split()[:MOST]:
        uid = number.decode("ascii")
        size = _SIZE.search(_flat(box.uid("FETCH", uid, "(RFC822.SIZE)")[1]))
        if size and int(size[1]) <= longest:
            raw = next((part[1] for part in box.uid("FETCH", uid, "(BODY.PEEK[])")[1] if isinstance(part, tuple)), b"")
            try:
                take(raw)
            except NotTaken:
                continue
            taken += 1
        box.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return taken


def _log_in(box: imaplib.IMAP4, name: str, word: str) -> None:
    """By SASL PLAIN, which is UTF-8 (RFC 4616); LOGIN, for servers without it, knows ASCII alone."""
    try:
        if "AUTH=PLAIN" in box.capabilities:
            box.authenticate("PLAIN", lambda _: f"\0{name}\0{word}".encode())
        elif name.isascii() and word.isascii():
            box.login(name, word)
        else:
            raise MailboxUnread("Das Postfach nimmt keine Umlaute im Namen oder Passwort an.")
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise MailboxUnread("Das Postfach nimmt Name oder Passwort nicht an.") from error


def _flat(parts: list[bytes | tuple[bytes, bytes] | None]) -> str:
    heads = (part[0] if isinstance(part, tuple) else part for part in parts if part is not None)
    return b" ".join(heads).decode("ascii", "replace")
