"""Wagtail's checks of the finished page: they run in the frame of its preview, under the strict policy."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect
from wagtail.models import Page as AnyPage

from tests.e2e.conftest import Watch
from tests.factories.accounts import editor
from tests.factories.home import HomePageFactory, StandardPageFactory
from tests.servers import RunningSite


def test_words_are_counted_and_faults_found_in_german(
    site: RunningSite, open_desk: Callable[..., Page], watches: dict[BrowserContext, Watch]
) -> None:
    """The panel said „0 Probleme“ and had looked at nothing."""
    page = StandardPageFactory(parent=HomePageFactory(parent=AnyPage.get_first_root_node()), title="Beratung")
    text = "<h3>Ablauf</h3><p>Wir beraten Sie gern in Vechta.</p>"
    page.body = page.body.stream_block.to_python([{"type": "paragraph", "id": "p", "value": text}])
    page.save_revision()
    desk = open_desk(editor(), reverse("wagtailadmin_pages:edit", args=[page.pk]))
    # Wagtail writes what axe found to the console, as an error, in the editor and in the new window.
    watches[desk.context].expected_texts.add("axe.run results")
    desk.get_by_role("button", name="Überprüfungen umschalten").click()
    panel = desk.locator("[data-side-panel=checks]")
    expect(panel.locator("[data-content-word-count]")).to_have_text("9")
    expect(panel.get_by_role("heading", name="Probleme gefunden")).to_have_text("Probleme gefunden1")
    expect(panel.locator("[data-content-checker-row]")).to_contain_text("Stufe der Überschrift übersprungen")
    with desk.expect_popup() as opened:
        panel.locator("[data-content-checker-selector]").click()
    mark = opened.value.locator("wagtail-inline-userbar")
    expect(mark.get_by_role("button", name="Problem anzeigen")).to_be_visible()
