"""A walk of one visitor over a page of each kind and every step of a booking, and what each view costs and holds.

Each page is fetched as if for the first time. What it costs is read from the browser's own record of the page, which is
cheaper than watching each request: a head counts as 300 bytes there, and the marks for the browser's tab are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.conftest import SiteServer
from tests.e2e.axe import findings
from tests.e2e.conftest import Watch
from tests.e2e.test_booking import fill_in
from tests.e2e.test_content import PAGES, page_of_comparison
from tests.e2e.test_services import link_in_mail

SCHEMES: Mapping[int, Literal["light", "dark"]] = {1280: "light", 360: "dark"}
"""By the width of the window."""

MORE_PAGES = {
    "/kurse/einbetten/liste/?thema=digitalisierung": 200,
    "/en/advice/": 200,
    "/leicht/beratung/": 200,
    "/suche/": 200,
    "/suche/?q=Quantenphysik": 200,
    "/kontakt/danke/": 200,
    "/kurse/bedarf-melden/danke/?ort=31785": 200,
    "/kurse/suchauftrag/unterwegs/": 200,
    "/kurse/suchauftrag/beendet/": 200,
    "/veranstaltungen/vergangene/": 200,
    "/bueros/?ort=Neuenkirchen": 200,
    "/bueros/?ort=Nirgendwo": 200,
    "/gibt/es/nicht/": 404,
}
BOOKING_PAGES = {
    "/termin/": 200,
    "/termin/?plz=00000": 200,
    "/termin/?plz=31785": 200,
    "/termin/tage/": 200,
    "/termin/hameln/?art=phone&tageszeit=abend": 200,
    "/termin/hameln/?anliegen=beratung-im-betrieb": 200,
    "/termin/hameln/?anliegen=beratung-im-betrieb&plz=31860": 200,
    "/termin/ansehen/kaputt/": 404,
}

SENT_EMPTY = {
    "/kontakt/": ("Nachricht senden", "Kontakt"),
    "/kurse/bedarf-melden/": ("Bedarf melden", "Welcher Kurs fehlt?"),
    "/kurse/suchauftrag/?text=Stapler": ("Weiter: E-Mail bestätigen", "Neue Kurse per E-Mail"),
    "/kurse/datei-pruefen/": ("Datei prüfen", "Kursliste prüfen"),
}
"""Button and heading of forms that come back with their errors."""

# How far things have moved since the start, and what was fetched after every lazy picture was scrolled to.
READ = """async () => {
    const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const fetched = () => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .map(entry => [entry.name, entry.transferSize]);
    const isOnScreen = picture => {
        const box = picture.getBoundingClientRect();
        return picture.checkVisibility()
            && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    };
    const onScreen = () => Promise.all([...document.images].filter(isOnScreen).map(picture => picture.decode()));
    await onScreen();
    for (const picture of document.images) {
        if (picture.loading === "lazy" && picture.checkVisibility()) {
            picture.scrollIntoView({behavior: "instant", block: "center"});
            await drawn();
            await onScreen();
        }
    }
    await drawn();
    const observer = new PerformanceObserver(() => {});
    observer.observe({type: "layout-shift", buffered: true});
    const shift = observer.takeRecords().reduce((sum, entry) => sum + entry.value, 0);
    return {whole: fetched(), shift};
}"""


@dataclass
class View:
    """One page in one window."""

    page: str
    """Its path, or the button that led to it and its heading: the same button leads to wrong answers, too."""
    width: int
    html: str
    whole: list[tuple[str, int]]
    """Address and bytes on the line of all that was fetched until every picture was looked at."""
    shift: float
    findings: list[str]
    """Of axe, light where it is wide and dark where it is narrow; pages of `test_content` are looked at there."""

    def weight(self, *kinds: str) -> int:
        """Of the whole page, by kind of file: page, photo, css, js, svg; all without a kind."""
        return sum(size for address, size in self.whole if not kinds or kind_of(address) in kinds)


def kind_of(address: str) -> str:
    path = urlsplit(address).path
    if path.startswith("/media/"):
        return "photo"
    return path.rsplit(".", 1)[-1] if path.startswith("/static/") else "page"


@dataclass
class Walk:
    context: BrowserContext
    server: SiteServer
    watch: Watch
    views: list[View] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        network = self.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def open(self, path: str, status: int = 200) -> None:
        """The page in both windows."""
        for width in SCHEMES:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=SCHEMES[width], reduced_motion="reduce")
            self._see(path, self._answer(path, status))
            if self.views[-1].shift:  # once in thousands on a busy machine; what moves by itself does so again
                del self.views[-1]
                self._see(path, self._answer(path, status))

    def _answer(self, path: str, status: int) -> Response:
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}, expected {status}"
        return response

    def press(self, name: str, heading: str) -> None:
        """A button, and what it leads to as it came."""
        with self.page.expect_navigation() as arrived:
            self.page.get_by_role("button", name=name, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        self._see(f"„{name}“ → „{heading}“", arrived.value)

    def _see(self, name: str, response: Response) -> None:
        read = self.page.evaluate(READ)
        width = self.page.evaluate("innerWidth")
        found = [] if name in PAGES else self._ask_axe()
        self.views.append(View(name, width, response.text(), read["whole"], read["shift"], found))

    def _ask_axe(self) -> list[str]:
        self.watch.is_paused = True
        found = findings(self.page)
        self.watch.is_paused = False
        return found


def walk_over_every_page(context: BrowserContext, server: SiteServer, watch: Watch) -> Walk:
    walk = Walk(context, server, watch)
    for path, status in {**dict.fromkeys(PAGES, 200), **MORE_PAGES, **BOOKING_PAGES}.items():
        walk.open(path, status)
    walk.page.goto("/kurse/")
    walk.open(page_of_comparison(walk.page))
    for path, (button, heading) in SENT_EMPTY.items():
        walk.page.goto(path)
        walk.press(button, heading)
    _book(walk)
    _book_by_mail(walk)
    _follow_mails_about_courses(walk)
    return walk


def _book(walk: Walk) -> None:
    """With wrong answers first; then each page of the booked appointment, to the last, which says that it is gone."""
    page = walk.page
    page.goto("/termin/hameln/")
    page.locator("button[name=zeit]").last.click()
    page.wait_for_url("**/termin/reserviert/**")
    walk.open(page.url)
    walk.press("Termin verbindlich buchen", "Ihre Angaben")
    fill_in(page)
    walk.press("Termin verbindlich buchen", "Ihr Termin ist gebucht")
    booked = page.url
    walk.open(booked)
    steps = ("verschieben", "absagen", "frueher", "daten")
    links = [page.locator(f"main a[href*='/termin/{step}/']").first.get_attribute("href") or "" for step in steps]
    for link in (*links, *_links_in_later_mails(walk.server)):
        walk.open(link)
    walk.open(f"{links[-1]}loeschen/")
    walk.press("Termin absagen und Daten löschen", "Ihre Daten sind gelöscht")
    walk.open(booked, 410)


def _links_in_later_mails(server: SiteServer) -> list[str]:
    """Of a reminder, and of other times that are offered."""
    printed = server.site.manage(
        "shell",
        "--verbosity=0",
        "-c",
        "from datetime import timedelta; from django.utils.timezone import now; from booking.enums import OfferReason; "
        "from booking.links import Purpose, path_to, path_to_offer; from booking.models import Appointment; "
        "from booking.services.offer import offer_times; found = Appointment.objects.latest('booked_at'); "
        "offer = offer_times(found, reason=OfferReason.CLOSING, until=now() + timedelta(days=2), now=now()); "
        "print(path_to(found, Purpose.CONFIRM), path_to_offer(offer))",
    )
    return printed.stdout.split()


def _follow_mails_about_courses(walk: Walk) -> None:
    """The pages behind the links of mails about new courses and to providers, and a course that is no more."""
    printed = walk.server.site.manage(
        "shell",
        "--verbosity=0",
        "-c",
        "from datetime import timedelta; from django.utils.timezone import now; "
        "from home.alerts.links import Purpose, path_to; "
        "from home.alerts.order import Order, confirm_alert, write_order; "
        "from home.models import CourseAlert; from courses.models import CoursePage, ProviderLink; "
        "from courses.provider_link.links import digest_of, new_token; token = new_token(); "
        "[write_order(Order('kim@firma.example', f'text={word}', word), now=now()) for word in ('Stapler', 'Excel')]; "
        "first, second = CourseAlert.objects.order_by('pk'); confirm_alert(first, rhythm='daily', now=now()); "
        "print(path_to(second, Purpose.CONFIRM)); "
        "[print(path_to(first.subscriber, purpose)) for purpose in (Purpose.MANAGE, Purpose.END)]; "
        "stays, goes = CoursePage.objects.live().exclude(slug='sps-grundlagen').order_by('pk')[:2]; "
        "until = now() + timedelta(days=1); "
        "ProviderLink.objects.create(provider=stays.provider, digest=digest_of(token), expires_at=until); "
        "print(f'/kurse/angaben/{token}/', f'/kurse/angaben/{token}/{stays.pk}/', f'/kurse/{goes.slug}/'); "
        "goes.unpublish()",
    )
    *paths, gone = printed.stdout.split()
    for path in paths:
        walk.open(path)
    walk.open(gone, 410)


def _book_by_mail(walk: Walk) -> None:
    """A service whose address is to be confirmed first."""
    walk.page.goto("/termin/hameln/?anliegen=weiterbildungsfahrplan")
    walk.page.locator("button[name=zeit]").first.click()
    fill_in(walk.page)
    walk.press("Weiter: E-Mail bestätigen", "Noch nicht gebucht")
    walk.open(walk.page.url)
    walk.open(link_in_mail(walk.server))
