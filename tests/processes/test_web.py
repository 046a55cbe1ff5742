"""gunicorn with the real settings."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from django.contrib.auth import get_user_model

from tests.servers import RunningSite


def test_web_server_answers_and_ends_on_ctrl_c(site: RunningSite) -> None:
    web = site.start_web(workers=2)

    with urllib.request.urlopen(f"{web.url}/healthz") as response:
        assert response.read() == b"ok\n"
        assert response.headers["Server"] == "MehrWert"

    family = web.tree()
    assert len(family) == 3
    assert web.interrupt() == 0
    assert not any(process.is_running() for process in family)
    assert "Traceback" not in web.log()


def test_what_scanners_send_leaves_no_line_in_the_log(site: RunningSite) -> None:
    """S3, P3: a foreign host is refused in a word, and a page asked for by HEAD comes without a warning."""
    web = site.start_web()
    foreign = urllib.request.Request(f"{web.url}/termin/", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(foreign)
    with refused.value as answer:
        assert (answer.code, b"evil" in answer.read()) == (400, False)
    for path in ("/termin/", "/admin/login/", "/healthz"):
        with urllib.request.urlopen(urllib.request.Request(web.url + path, method="HEAD")) as response:
            assert (response.status, response.read()) == (200, b"")
    assert web.log() == ""


def test_test_and_server_share_one_database(site: RunningSite) -> None:
    get_user_model().objects.create_user("einzig")

    counted = site.manage(
        "shell", "--no-imports", "-c", "from foundation.models import User; print(User.objects.count())"
    )

    assert counted.stdout.strip() == "1"
