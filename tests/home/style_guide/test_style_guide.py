"""/stil/ shows every component there is, in every state, to those who work here and to nobody else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from home.style_guide.catalogue import COMPONENTS, GROUPS
from tests.factories.accounts import account, client_of, editor
from tests.home.markup import Markup

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "templates" / "components"


def test_every_component_of_the_folder_is_in_the_style_guide_once() -> None:
    listed = [component.name for group in GROUPS for component in group.components]
    assert sorted(listed) == sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.django_db  # a gallery asks the library for a picture
@pytest.mark.parametrize("name", COMPONENTS)
def test_component_renders_in_every_state(name: str) -> None:
    for state in COMPONENTS[name].states:
        html = render_to_string(f"components/{name}.html", state.context())
        assert bool(html.strip()) != state.title.endswith("zeigt nichts"), state.title
        own_page = [complaint for complaint in Markup(html).complaints if not re.match(r"\d h1|h\d before", complaint)]
        assert own_page == [], state.title
        assert "None" not in html, state.title
        assert not re.search(r"\{[{%#]", html), state.title


@pytest.mark.django_db
def test_public_is_asked_to_log_in(client) -> None:
    answer = client.get("/stil/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/stil/")


@pytest.mark.django_db
def test_account_without_the_admin_is_refused() -> None:
    answer = client_of(account("gast")).get("/stil/")
    assert answer.status_code == 302
    assert "Bausteine" not in answer.content.decode()


@pytest.mark.django_db
def test_editor_sees_each_component_with_the_names_of_its_files(django_assert_num_queries) -> None:
    client = client_of(editor())
    client.get("/stil/")
    with django_assert_num_queries(6):
        answer = client.get("/stil/?schema=dunkel")

    assert (answer["X-Robots-Tag"], answer["Cache-Control"]) == (
        "noindex, nofollow",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    html = answer.content.decode()
    assert [
        complaint for complaint in Markup(html).complaints if complaint.startswith(("id twice", "not closed"))
    ] == []
    assert 'class="style-guide" data-scheme="dark"' in html
    for name, component in COMPONENTS.items():
        assert html.count(f'data-component="{name}"') == len(component.states)
        assert f"<code>templates/components/{name}.html</code>" in html
    assert "<code>site/static/js/components/slider.js</code>" in html


@pytest.mark.django_db
def test_made_up_scheme_is_that_of_the_device_and_posts_are_refused() -> None:
    client = client_of(editor())
    assert '<div class="style-guide" >' in client.get("/stil/?schema=%22%3E").content.decode()
    assert client.post("/stil/").status_code == 405
