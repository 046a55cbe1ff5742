"""Why a fetch gave no answer. Each refusal carries one German sentence for the person who gave the address.

None holds the address, a host, a port or what the server said: the address may be a secret, and an error text that
differs from one inside address to the next would make the site a port scanner (S7).
"""

from __future__ import annotations


class FetchRefused(Exception):
    """Base of all; never raised itself."""

    text = ""

    def __str__(self) -> str:
        return self.text


class AddressRefused(FetchRefused):
    """Scheme, port, spelling, an unknown name or an address inside a network: one text for all of them."""

    text = (
        "Diese Adresse kann nicht abgerufen werden. Möglich sind öffentlich erreichbare Adressen, die mit https://, "
        "http:// oder webcal:// beginnen, ohne Benutzername in der Adresse."
    )


class CredentialsRefused(FetchRefused):
    """A password would travel unencrypted, or to another origin than the one that it belongs to."""

    text = "Das Passwort wird nur verschlüsselt (https) und nur an den angegebenen Server gesendet."


class RedirectRefused(FetchRefused):
    """Too many, without an aim, from https back to http, or where following would repeat a change."""

    text = "Der Server leitet zu oft oder auf eine Weise weiter, der nicht gefolgt wird."


class Unreachable(FetchRefused):
    text = "Der Server hat keine Verbindung angenommen oder sie abgebrochen."


class CertificateRefused(FetchRefused):
    text = "Das Zertifikat des Servers ist ungültig oder gehört zu einem anderen Namen."


class TimedOut(FetchRefused):
    text = "Der Server hat nicht rechtzeitig geantwortet."


class TooLarge(FetchRefused):
    text = "Die Antwort des Servers ist zu groß."


class Unreadable(FetchRefused):
    """Broken HTTP, an encoding that was not asked for, or fewer bytes than announced."""

    text = "Die Antwort des Servers ist unvollständig oder nicht lesbar."
