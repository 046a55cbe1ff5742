"""What axe finds in a page as it stands: WCAG 2.0 to 2.2, A and AA, and best practice."""

from __future__ import annotations

from collections.abc import Collection

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Colours of what is still fading in are nobody's contrast. Motion of more than two seconds is left alone: a badge of
# the admin pulses for 25.
AFTER_MOTION = """() => Promise.all(
    document.getAnimations()
        .filter(motion => motion.effect.getComputedTiming().endTime <= 2000)
        .map(motion => motion.finished.catch(() => null))
)"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def findings(page: Page, context: str | None = None, *, without: Collection[str] = ()) -> list[str]:
    """One for each rule that is broken, with the elements that break it. `context` is a CSS selector, else all of the
    page is looked at; `without` names rules that are not asked. Needs JavaScript on."""
    options = {
        "runOnly": {"type": "tag", "values": AXE_TAGS},
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in without},
        "preload": False,
    }
    page.wait_for_load_state("load")
    page.evaluate(AFTER_MOTION)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(Axe().axe_script)  # a page keeps it from one look to the next
    found = page.evaluate("([context, options]) => axe.run(context ?? document, options)", [context, options])
    page.evaluate("() => new Promise(done => setTimeout(done))")  # what the console was told has arrived
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n"
        + "\n".join(f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}" for node in rule["nodes"])
        for rule in found["violations"]
    ]
