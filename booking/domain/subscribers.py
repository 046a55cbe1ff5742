"""Which calendar program has read a feed, told by the User-Agent that it sent."""

from __future__ import annotations

# In this order: Outlook for iOS names parts of the system as well.
_MARKS = {
    "google-calendar-importer": "Google Kalender",
    "nextcloud": "Nextcloud",
    "thunderbird": "Thunderbird",
    "outlook": "Outlook",
    "microsoft office": "Outlook",
    "exchange": "Outlook",
    "calendaragent": "Apple Kalender",
    "calaccessd": "Apple Kalender",
    "dataaccessd": "Apple Kalender",
    "cfnetwork": "Apple Kalender",
}


def client_in_words(agent: str) -> str:
    """A program that people know by its name; any other as it calls itself, for whoever looks for a mistake."""
    folded = agent.casefold()
    known = (name for mark, name in _MARKS.items() if mark in folded)
    return next(known, f"einem anderen Programm ({agent})" if agent else "einem Programm, das sich nicht nennt")
