"""What people paste where a provider has several addresses, and what it calls the right one. As of November 2026.

Said before anything is asked: a password is not sent to a server that cannot use it.
"""

from __future__ import annotations

import re

from foundation.fetching.addresses import Address

_MICROSOFT = re.compile(r"outlook\.(?:office365?|live|office)\.com|(?:.+\.)?(?:office365|sharepoint|office)\.com")
_GOOGLE = re.compile(r"(?:calendar|www|apidata)\.google(?:usercontent)?\.com")
_ICLOUD_HOMES = re.compile(r"p\d{1,3}-caldav\.icloud\.com")

_BY_ADDRESS = "Belegte Zeiten lassen sich von dort nur über die Adresse des Kalenders lesen."


def ics_mistake(address: Address) -> str:
    """What is wrong with it as the address of a calendar, and which is right; empty where nothing is known."""
    host, path = address.host, address.target.partition("?")[0].lower()
    if _MICROSOFT.fullmatch(host) and not path.endswith(".ics"):
        return (
            "Das ist nicht der ICS-Link von Outlook. Unter „Kalender veröffentlichen“ stehen zwei Links: Nehmen Sie "
            "den zweiten, „ICS“, der auf .ics endet."
        )
    if _GOOGLE.fullmatch(host) and not path.startswith("/calendar/ical/"):
        return (
            "Das ist eine Seite von Google und nicht der Kalender. Nehmen Sie aus den Einstellungen des Kalenders die "
            "„Privatadresse im iCal-Format“."
        )
    if "/apps/calendar" in path:
        return (
            "Das ist eine Seite Ihrer Nextcloud und nicht der Kalender. Nehmen Sie beim geteilten Kalender "
            "„Abonnement-Link kopieren“."
        )
    return ""


def ics_missing(address: Address) -> str:
    """The same for an address that the server does not know."""
    if _GOOGLE.fullmatch(address.host) and "/public/" in address.target:
        return (
            "Das ist die öffentliche Adresse, und Ihr Kalender ist nicht öffentlich. Nehmen Sie die „Privatadresse im "
            "iCal-Format“ weiter unten auf derselben Seite."
        )
    return ""


def caldav_mistake(address: Address) -> str:
    """The same for the server of an account."""
    if _MICROSOFT.fullmatch(address.host):
        return f"Microsoft 365 und Outlook kennen kein CalDAV. {_BY_ADDRESS}"
    if _GOOGLE.fullmatch(address.host):
        return f"Google lässt sich nicht mit einem Passwort verbinden. {_BY_ADDRESS}"
    if address.host in {"icloud.com", "www.icloud.com"}:
        return "Die Adresse für iCloud ist https://caldav.icloud.com."
    if address.host in {"gmx.net", "www.gmx.net", "gmx.de", "www.gmx.de"}:
        return "Die Adresse für GMX ist https://caldav.gmx.net."
    return ""


def is_home_of(address: Address, server: Address) -> bool:
    """Whether a provider keeps accounts of the server there: iCloud has dozens of such hosts, and tells an account
    which is its own. The only ones that a password may follow to (IMP-10)."""
    is_icloud = server.host == "caldav.icloud.com" and bool(_ICLOUD_HOMES.fullmatch(address.host))
    return is_icloud and (address.scheme, address.port) == (server.scheme, server.port) == ("https", 443)
