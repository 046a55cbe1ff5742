"""Ways to maps of others. Nothing is fetched from them; a visitor who follows a link is told who receives it."""

from __future__ import annotations

from urllib.parse import urlencode

_HOST = "https://www.openstreetmap.org"


def map_address(latitude: float, longitude: float) -> str:
    return f"{_HOST}/?{urlencode({'mlat': latitude, 'mlon': longitude})}#map=17/{latitude}/{longitude}"


def route_address(latitude: float, longitude: float) -> str:
    """To a place; the visitor names the start there."""
    return f"{_HOST}/directions?{urlencode({'from': '', 'to': f'{latitude},{longitude}'})}"
