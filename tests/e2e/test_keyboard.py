"""The whole way of a firm by keyboard alone: Tab, Enter, Space and arrows, from the home page to the cancellation.

On the way it is seen that the focus shows and is covered by nothing, moves in the order of the page, is never trapped,
and lands on what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin

from django.utils import timezone
from playwright.sync_api import Page, expect

from booking.enums import Status
from booking.links import Purpose, path_to
from tests.conftest import SiteServer
from tests.e2e.test_booking import FIRM, tab_to
from tests.factories.booking import AppointmentFactory
from tests.servers import RunningSite

# What Tab should reach, in the order of the page; of a group of radio buttons the one that is chosen. Where a key led
# is seen at the next one, when all that scrolls has scrolled. Behind all stands a last stop of our own: were the page
# left, the browser would give the focus back to its first stop, a little later.
KEEP_STOPS = """() => {
    const stops = [...document.querySelectorAll(
        'a[href], button, input, select, textarea, summary, [tabindex="0"]'
    )].filter(
        element => element.checkVisibility({visibilityProperty: true}) && !element.disabled && element.tabIndex >= 0
            && element.getBoundingClientRect().width > 0
            && !(element.type === 'radio' && element.name && document.querySelector(`[name=${element.name}]:checked`)
                && !element.checked)
    );
    // Of a radio button the whole row is framed, of a card's link the whole card, of a place on the map its node.
    const framedBy = active => active.closest('.choice, .card:has(.card__title > a:focus)') ?? active;
    const isFramed = framed => getComputedStyle(framed).outlineStyle !== 'none'
        || framed.ownerSVGElement && getComputedStyle(framed.querySelector('.district-map__dot')).strokeWidth === '8px';
    const isOnTop = framed => {
        const {left, top, right, bottom} = framed.getClientRects()[0];
        return [[(left + right) / 2, (top + bottom) / 2], [left + 4, top + 4], [right - 4, bottom - 4]]
            .some(point => framed.contains(document.elementFromPoint(...point)));
    };
    const faultOf = framed => !isFramed(framed) ? 'no visible focus' : !isOnTop(framed) ? 'covered' : '';
    const reached = [], faults = [];
    const [start, end] = [document.createElement('button'), document.createElement('button')];
    document.body.prepend(start);
    document.body.append(end);
    start.focus();
    start.remove();  // Tab goes on from there
    scrollTo(0, 0);
    window.leaveEnd = () => {
        const isReached = document.activeElement === end;
        end.remove();
        return isReached;
    };
    window.onkeydown = () => {
        const stop = stops.indexOf(document.activeElement);
        const fault = stop >= 0 && faultOf(framedBy(document.activeElement));
        if (fault) faults.push(`${fault}: ${document.activeElement.outerHTML.slice(0, 120)}`);
        reached.push(stop);
        return {reached, faults};
    };
    return stops.length;
}"""


def title(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def press(page: Page, selector: str, key: str = "Enter", limit: int = 100) -> None:
    tab_to(page, selector, limit)
    page.keyboard.press(key)


def walk_through(page: Page) -> None:
    """Tab reaches everything once, from the first to the last, seen and uncovered, and leaves the page at its end."""
    page.wait_for_load_state("networkidle")  # the sheet says what is visible, scripts add buttons
    count = page.evaluate(KEEP_STOPS)
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    seen = page.evaluate("() => ({...onkeydown(), isLeft: leaveEnd()})")
    _, *reached, _ = seen["reached"]
    assert reached == [*range(count)], page.url
    assert seen["isLeft"], f"{page.url} keeps the focus"
    assert seen["faults"] == [], page.url


def test_the_whole_way_needs_no_mouse(own_site_server: SiteServer, open_page: Callable[..., Page]) -> None:
    page = open_page("/", server=own_site_server, reduced_motion="reduce", may_answer=[422])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, "main a[href='/termin/']")
    page.wait_for_url("**/termin/")
    walk_through(page)

    tab_to(page, "main [name=plz]")
    page.keyboard.type("49661")
    page.keyboard.press("Enter")
    page.wait_for_url("**/termin/vechta/**")
    walk_through(page)
    press(page, ".choices__summary")
    press(page, "[aria-labelledby=art] a[href*='art=office']")
    page.wait_for_url("**art=office**")
    press(page, "button[name=zeit]", "Space")
    page.wait_for_url("**/termin/reserviert/**")
    walk_through(page)

    press(page, "main form .button-row .button")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    organization = page.locator("#id_organization")
    expect(organization).to_be_focused()
    expect(organization).to_have_attribute("aria-describedby", "id_organization_error")
    page.keyboard.type(FIRM["organization"])
    for name in ("name", "email", "postcode"):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(FIRM[name])
    tab_to(page, "[name=size_class]")
    page.keyboard.press("ArrowDown")
    press(page, "button[formaction*=verlaengern]")
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator("[name=size_class]")).to_have_value("1-9")
    expect(page.locator("[name=email]")).to_have_value(FIRM["email"])
    press(page, "main form .button-row .button")
    page.wait_for_url("**/termin/ansehen/**")
    title(page, "Ihr Termin ist gebucht")
    booked = page.url
    walk_through(page)

    press(page, "main a[href*='/termin/verschieben/']")
    page.wait_for_url("**/termin/verschieben/**")
    walk_through(page)
    press(page, ".choices__summary")
    press(page, "[aria-labelledby=buero] a[href*='buero=diepholz']")
    page.wait_for_url("**buero=diepholz**")
    press(page, "button[name=zeit]", "Space")
    page.wait_for_url("**/termin/ansehen/**")
    title(page, "Ihr Termin ist verschoben")

    press(page, "main a[href*='/termin/frueher/']")
    title(page, "Möchten Sie früher kommen?")
    walk_through(page)
    tab_to(page, "[name=tageszeit]")
    page.keyboard.press("ArrowDown")
    press(page, "main form .button-row .button")
    title(page, "Wir fragen Sie, wenn früher etwas frei wird")
    expect(page.get_by_label("vormittags, bis 12 Uhr")).to_be_checked()
    press(page, "button[name=zurueck]")
    title(page, "Möchten Sie früher kommen?")

    page.goto(booked)
    press(page, "main a[href*='/termin/daten/']")
    title(page, "Ihre Daten")
    walk_through(page)
    press(page, "main a[href$='/loeschen/']")
    page.wait_for_url("**/loeschen/")
    walk_through(page)
    press(page, "main form a.button")
    title(page, "Ihre Daten")

    page.goto(booked)
    press(page, "main a[href*='/termin/absagen/']")
    page.wait_for_url("**/termin/absagen/**")
    walk_through(page)
    tab_to(page, "[name=grund]")
    page.keyboard.type("Wir haben schon Beratung")
    press(page, "main form button[type=submit]")
    title(page, "Ihr Termin ist abgesagt")


def test_an_address_is_confirmed_and_a_reminder_answered_by_keys(
    site: RunningSite, open_page: Callable[..., Page]
) -> None:
    """The pages that mails lead to: first the one that books, then the one that asks whether the firm comes."""
    now = timezone.now()
    waiting = {"status": Status.HELD, "hold_expires_at": now + timedelta(hours=2), "verification_sent_at": now}
    appointment = AppointmentFactory(starts_at=now + timedelta(days=3), **waiting)
    server = SiteServer(site, site.start_web())
    page = open_page(path_to(appointment, Purpose.HOLD), server=server, reduced_motion="reduce")
    title(page, "Noch nicht gebucht")
    walk_through(page)
    page.goto(path_to(appointment, Purpose.VERIFY))
    title(page, "Möchten Sie diesen Termin buchen?")
    walk_through(page)
    press(page, "main form button[type=submit]")
    title(page, "Ihr Termin ist gebucht")
    appointment.refresh_from_db()
    page.goto(path_to(appointment, Purpose.CONFIRM))
    title(page, "Bleibt es bei diesem Termin?")
    walk_through(page)
    press(page, "main form button[type=submit]", "Space")
    expect(page.get_by_text("Sie haben zugesagt. Die Beratung weiß Bescheid.")).to_be_visible()


def test_pages_beside_the_booking_need_no_mouse(open_page: Callable[..., Page]) -> None:
    page = open_page("/fragen/", reduced_motion="reduce", may_answer=[404, 422])
    tab_to(page, "main [name=q]")
    page.keyboard.type("Kosten")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Kosten**")
    page.goto(urljoin(page.url, "/fragen/"))
    press(page, "main summary")
    expect(page.locator("main details").first).to_have_attribute("open", "")

    page.goto(urljoin(page.url, "/kontakt/"))
    press(page, "main form .button-row .button")
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()

    page.goto(urljoin(page.url, "/bueros/"))
    tab_to(page, "main [name=ort]")
    page.keyboard.type("Neuenkirchen")
    page.keyboard.press("Enter")
    page.wait_for_url("**ort=Neuenkirchen")
    press(page, "main a[href*='49434']")
    expect(page.get_by_role("heading", level=2).first).to_have_text("In der Nähe von 49434 Neuenkirchen")
    page.goto(urljoin(page.url, "/gibt-es-nicht/"))
    walk_through(page)
