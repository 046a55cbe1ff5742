from __future__ import annotations

import pytest

from booking.domain.subscribers import client_in_words


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Google-Calendar-Importer", "Google Kalender"),
        ("Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)", "Outlook"),
        ("Outlook-iOS/711.2620504 CFNetwork/1410 Darwin/22.6.0", "Outlook"),
        ("Microsoft.Exchange/15.20 (CalendarSharing)", "Outlook"),
        ("macOS/14.4 (23E214) CalendarAgent/1015", "Apple Kalender"),
        ("macOS/15.1 (24B83) calaccessd/1.0", "Apple Kalender"),
        ("iOS/17.4 (21E219) dataaccessd/1.0", "Apple Kalender"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0", "Thunderbird"),
        ("Nextcloud Webcal Service", "Nextcloud"),
        ("vdirsyncer/0.20", "einem anderen Programm (vdirsyncer/0.20)"),
        ("", "einem Programm, das sich nicht nennt"),
    ],
)
def test_programs_are_called_by_the_names_that_people_know(agent: str, words: str) -> None:
    assert client_in_words(agent) == words
