"""gunicorn with the real settings."""

from __future__ import annotations

import urllib.request

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


def test_test_and_server_share_one_database(site: RunningSite) -> None:
    get_user_model().objects.create_user("einzig")

    counted = site.manage(
        "shell", "--no-imports", "-c", "from foundation.models import User; print(User.objects.count())"
    )

    assert counted.stdout.strip() == "1"
