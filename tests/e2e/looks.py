"""What becomes of a page in colours, spacing and windows that are not ours.

Seen on the page as it stands: it is not loaded again, and left in its usual look.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

RESIZE = """async size => {
    document.documentElement.style.fontSize = size;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return document.documentElement.scrollWidth;
}"""

# The values of WCAG 1.4.12. To the policy a sheet that a script makes is no inline style.
SPACE_OUT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets.push(sheet);
}"""

# Words that a box cuts off, or that run out of what can be pressed. What scrolls may hold more than it shows; what is a
# pixel wide is there to be read aloud.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
    if (element.clientWidth <= 1 || !element.textContent.trim() || !element.checkVisibility()) return false;
    const {overflowX, overflowY} = getComputedStyle(element);
    const isPressed = element.matches("a, button, summary");
    const cuts = overflow => isPressed || overflow === "hidden" || overflow === "clip";
    return cuts(overflowX) && element.scrollWidth > element.clientWidth + 1
        || cuts(overflowY) && element.scrollHeight > element.clientHeight + 1;
}).map(element => element.outerHTML.slice(0, 120))"""

# What elements draw beside words: an edge, or a ground that is not the one of the page.
DRAWS = """
    const page = getComputedStyle(document.documentElement).backgroundColor;
    const isSeen = colour => colour !== page && !/^rgba.*, 0\\)$/.test(colour);
    const draws = style => style.backgroundImage !== "none" || isSeen(style.backgroundColor)
        || ["Top", "Right", "Bottom", "Left"].some(side =>
            parseFloat(style[`border${side}Width`]) && isSeen(style[`border${side}Color`]));
    const look = style => ["backgroundColor", "color", "borderColor", "content"].map(key => style[key]).join();
"""

# Boxes that can be pressed or filled in, and what stands before or after an element as its sign.
KEEP_DRAWN = f"""part => {{ {DRAWS}
    const drawn = [];
    for (const element of document.querySelectorAll(`${{part}} *`)) {{
        if (!element.checkVisibility()) continue;
        const isControl = element.matches("a, button, input, select, textarea, summary");
        for (const pseudo of isControl ? [null, "::before", "::after"] : ["::before", "::after"]) {{
            const style = getComputedStyle(element, pseudo);
            if ((!pseudo || style.content.startsWith('""')) && draws(style)) drawn.push([element, pseudo]);
        }}
    }}
    window.drawn = drawn;
}}"""

LOST = f"""part => {{ {DRAWS}
    const name = ([element, pseudo]) => `${{pseudo ?? "edge"}} of ${{element.outerHTML.slice(0, 120)}}`;
    const lost = window.drawn.filter(([element, pseudo]) => !draws(getComputedStyle(element, pseudo))).map(name);

    // What is chosen looks otherwise than its neighbours, or a sign or word beside it does.
    const places = [null, "::before", "::after"];
    const looks = element => places.map(place => look(getComputedStyle(element, place))).join();
    const states = "[data-state], a[aria-current], button[data-next]";
    for (const chosen of document.querySelector(part).querySelectorAll(states)) {{
        const kind = chosen.classList[0];
        if (!kind || chosen.ownerSVGElement || !chosen.checkVisibility()) continue;
        const state = element => element.dataset.state ?? element.getAttribute("aria-current") ?? element.dataset.next;
        const alike = [...document.getElementsByClassName(kind)].find(other =>
            state(other) !== state(chosen) && other.matches(chosen.localName) && looks(other) === looks(chosen));
        if (alike) lost.push(`difference of ${{chosen.outerHTML.slice(0, 120)}}`);
    }}

    // Drawings and what is chosen have colours of their own: light on light is as good as nothing.
    const parts = colour => colour.match(/[0-9.]+/g).map(Number);
    const light = (colour, ground = page) => {{
        const [below, [red, green, blue, alpha = 1]] = [parts(ground), parts(colour)];
        const [r, g, b] = [red, green, blue].map((part, i) => ((part * alpha + below[i] * (1 - alpha)) / 255) ** 2.2);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    }};
    const contrast = (one, other) => Math.max(light(one) / light(other), light(other) / light(one));
    const shapes = ".mark *, .district-map__links, .district-map__dot, .district-map__place";
    for (const shape of document.querySelectorAll(shapes)) {{
        const {{fill, stroke}} = getComputedStyle(shape);
        const isClear = colour => colour !== "none" && contrast(colour, page) >= 3;
        if (shape.checkVisibility() && !isClear(fill) && !isClear(stroke)) lost.push(shape.outerHTML.slice(0, 120));
    }}
    for (const element of document.querySelectorAll(`${{part}} *`)) {{
        const {{forcedColorAdjust, color, backgroundColor}} = getComputedStyle(element);
        if (forcedColorAdjust !== "none" || element.ownerSVGElement || !element.checkVisibility()) continue;
        if (isSeen(backgroundColor) && contrast(color, backgroundColor) < 4.5) lost.push(name([element, "words"]));
    }}
    return lost;
}}"""


def assert_room(page: Page, width: int, size: str = "100%") -> None:
    """In a window of this many pixels, with text of this size, nothing runs over the edge."""
    page.set_viewport_size({"width": width, "height": 900})
    beyond = page.evaluate(RESIZE, size)
    assert beyond <= width, f"{page.url} is {beyond} px wide on {width} px, {size}"


def assert_room_for_any_text(page: Page) -> None:
    """WCAG 1.4.4 and 1.4.12: twice as large, and spaced out, words stay on the page and in their boxes."""
    assert_room(page, 320, "200%")
    page.evaluate(SPACE_OUT)
    assert_room(page, 320)
    assert page.evaluate(CUT_OFF) == [], page.url
    page.evaluate("() => { document.adoptedStyleSheets.pop() }")
    assert_room(page, 1920)


@contextmanager
def forced_colours(page: Page, part: str = "body") -> Iterator[None]:
    """The page in the few colours of its visitor: what this part of it, a CSS selector, draws and tells by colour is
    still there."""
    page.evaluate(KEEP_DRAWN, part)
    page.emulate_media(forced_colors="active")
    assert page.evaluate(LOST, part) == [], page.url
    yield
    page.emulate_media(forced_colors="none")
