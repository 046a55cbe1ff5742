"""The handbook: its pictures and links are whole, and those who may sign in to the admin read it there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

from home.handbook import rendering
from home.handbook.rendering import anchor_of, slugs, title_and_text
from tests.factories.accounts import advisor_with_account, client_of, editor
from tests.screenshots import CHECKS, DESK_PAGES, SUBMISSION, WAY_OF_A_FIRM

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "handbuch"
TAKEN = {*DESK_PAGES, *WAY_OF_A_FIRM, "auswirkung", SUBMISSION, CHECKS}
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


def links_of(page: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", (DOCS / page).read_text())


def anchors_of(path: Path) -> set[str]:
    return {anchor_of(heading) for heading in re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in links_of(page):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        path = ((DOCS / page).parent / target).resolve() if target else DOCS / page
        if path.suffix == ".webp":
            assert path.stem in TAKEN, f"{page}: nobody takes {link}"
        assert path.exists(), f"{page}: {link}"
        assert not anchor or anchor in anchors_of(path), f"{page}: {link}"


@pytest.mark.parametrize("slug", slugs())
def test_no_chapter_stands_there_twice(slug: str) -> None:
    """„Veranstaltungen“ did: two elements of one id, and a link that led to the first only."""
    ids = re.findall(r' id="([^"]+)"', title_and_text(slug)[1])
    assert sorted(set(ids)) == sorted(ids)


def test_every_picture_of_the_desk_is_shown_and_there() -> None:
    shown = {Path(link).stem for page in FOLDER.glob("*.md") for link in links_of(f"handbuch/{page.name}")}
    assert TAKEN - shown == set()
    assert {path.stem for path in FOLDER.glob("bilder/*.webp")} == TAKEN


def test_a_heading_has_the_anchor_that_code_hosts_give_it() -> None:
    assert anchor_of("Fragen & Antworten: wann?") == "fragen--antworten-wann"
    assert 'id="wer-bekommt-den-termin"' in title_and_text("beratung")[1]


def test_no_html_of_the_source_gets_into_the_admin(tmp_path, monkeypatch) -> None:
    (tmp_path / "fremd.md").write_text("# Titel\n\n<script>alert(1)</script> [x](javascript:alert(1)) [y](../x.md)\n")
    monkeypatch.setattr(rendering, "FOLDER", tmp_path)
    assert title_and_text("fremd") == (
        "Titel",
        '<p>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) <a href="../x.md">y</a></p>\n',
    )


@pytest.mark.django_db
def test_every_page_is_read_in_the_admin_and_leads_on_inside_it() -> None:
    client = client_of(advisor_with_account().user)
    links = re.findall(r'<a href="(/admin/handbuch/[^"#]*)', client.get("/admin/handbuch/").text)
    assert {f"/admin/handbuch/{slug}/" for slug in slugs()} <= set(links)
    for slug in slugs():
        text = client.get(f"/admin/handbuch/{slug}/").text
        assert f"<title>{title_and_text(slug)[0]}" in " ".join(text.split()).replace("<title> ", "<title>")
        assert not re.search(r'(?:href|src)="(?:bilder/|[\w/.]+\.md)', text), "a link of the folder, not of the admin"
        for address in set(re.findall(r'src="(/admin/handbuch/[^"]+)"', text)):
            answer = client.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
            assert b"".join(answer.streaming_content)[8:12] == b"WEBP"


@pytest.mark.django_db
def test_the_help_menu_leads_to_the_handbook() -> None:
    assert "/admin/handbuch/" in client_of(editor()).get("/admin/").text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["nichts/", "bilder/nichts.webp", "README/", "..%2fbetrieb/"])
def test_what_the_handbook_does_not_have_is_not_found(address: str) -> None:
    assert client_of(editor()).get(f"/admin/handbuch/{address}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "buero/", "bilder/termine.webp"])
def test_the_public_is_asked_to_sign_in(client, address: str) -> None:
    answer = client.get(f"/admin/handbuch/{address}")
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next=/admin/handbuch/{address}")


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["buero", "redaktion"])
def test_a_long_page_asks_no_more_than_a_short_one(slug: str, django_assert_num_queries) -> None:
    client = client_of(editor())
    client.get("/admin/handbuch/")
    with django_assert_num_queries(9):
        client.get(f"/admin/handbuch/{slug}/")


@pytest.mark.parametrize("name", [name for name, path in DESK_PAGES.items() if "{" not in path.partition("?")[0]])
def test_the_desk_has_every_page_that_a_picture_shows(name: str) -> None:
    """The handbook showed „Fehler 404“ where an address had changed: Wagtail answers all that nobody else does."""
    path, _, _ = DESK_PAGES[name].partition("?")
    assert resolve(f"/admin/{path}").func.__name__ != "default"


@pytest.mark.django_db
def test_the_admin_leads_to_it_and_to_no_guide_in_english():
    client = client_of(editor())
    for path in ("/admin/", "/admin/handbuch/"):
        text = client.get(path).text
        assert "/admin/handbuch/" in text
        assert "guide.wagtail.org" not in text


@pytest.mark.django_db
def test_whoever_signs_in_reads_the_name_of_the_network(client):
    text = client.get("/admin/login/").text
    assert "<title>Anmelden - Verwaltung</title>" in text
    assert re.findall(r"<(?:h1|label|p)\b[^>]*>\s*([^<\s]+)", text) == [
        "Anmelden",
        "Benutzername",
        "Passwort",
        "MehrWert",
    ]
