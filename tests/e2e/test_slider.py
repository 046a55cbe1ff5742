"""The stories of the home page: they move on by themselves until somebody steps in, and never where motion is unwanted.

Without script they are a row that scrolls (test_content).
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.servers import wait_until

STORIES = "Geschichten aus dem Netz"
HASTE = "const every = setInterval; window.setInterval = (act, pause) => every(act, pause / 7)"
SECOND = 1100
"""Milliseconds in which the next story would have come, in haste."""


def swipe(page: Page, row: Locator) -> None:
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    assert box is not None
    touch = page.context.new_cdp_session(page)
    for kind, left in (("Start", 300), *(("Move", left) for left in range(280, 40, -20))):
        point = {"x": left, "y": box["y"] + box["height"] / 2}
        touch.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_stories_move_until_somebody_steps_in(open_page: Callable[..., Page]) -> None:
    page = open_page("/impressum/", width=360, has_touch=True)
    page.add_init_script(HASTE)
    page.goto("/")
    row, status = page.locator("[data-slider-row]").first, page.locator(".slider__status").first
    pause, play, forward, back = (
        page.get_by_role("button", name=f"{word}: {STORIES}") for word in ("Anhalten", "Abspielen", "Weiter", "Zurück")
    )

    def place() -> float:
        return float(row.evaluate("row => row.scrollLeft"))

    def stands_still() -> None:
        # The last step has come to its end; stories that moved by themselves would not pause for as long as below.
        wait_until(lambda: place() == (page.wait_for_timeout(SECOND / 5) or place()), what="the end of the step")
        before = place()
        page.wait_for_timeout(SECOND)
        assert place() == before

    expect(status).to_have_attribute("aria-live", "off")
    wait_until(place, what="the second story")
    pause.click()
    expect(status).to_have_attribute("aria-live", "polite")
    row.evaluate("row => row.scrollTo({left: 0, behavior: 'instant'})")
    expect(status).to_have_text("1 von 5")
    stands_still()
    forward.click()
    expect(status).to_have_text("2 von 5")
    back.click()
    expect(status).to_have_text("1 von 5")

    play.click()
    row.focus()  # whoever is in it holds it
    stands_still()
    page.keyboard.press("ArrowRight")
    expect(status).to_have_text("2 von 5")
    page.keyboard.press("ArrowLeft")
    expect(status).to_have_text("1 von 5")
    swipe(page, row)
    expect(status).to_have_text("2 von 5")
    expect(play).to_be_visible()
    row.blur()
    stands_still()

    page.emulate_media(reduced_motion="reduce")
    page.goto("/")
    expect(status).to_have_text("1 von 5")
    expect(pause.or_(play)).to_have_count(0)
    stands_still()
    back.press("Enter")
    expect(status).to_have_text("5 von 5")
