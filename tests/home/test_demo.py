"""The demo content, loaded once for all the tests of this module and taken back at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.models import Page, Site

import foundation.pictures
import home.demo.pictures
from booking.models import AvailabilityRule, Closure, Service
from booking.selectors import free_times
from courses.models import CoursePage, CourseRun, Provider
from foundation.models import CreditedImage, Rendition, User
from home.demo.districts import CROSSING, DISTRICTS
from home.demo.leicht import LEICHT
from home.demo.load import load_demo
from home.demo.municipalities import PLACES
from home.models import EventPage, HomePage, NewsPage
from offices.models import Advisor, District, Office, OfficeDay, Postcode
from tests.home.markup import Markup

pytestmark = pytest.mark.django_db
PASSWORD = "Nur-fuer-Tests-4711"


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Small pictures in one format: drawing and AVIF are what costs time."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(foundation.pictures, "FORMATS", ("jpeg",))
        patch.setattr(home.demo.pictures, "SIZE", (1280, 720))
        cache.clear()
        load()
        yield
        transaction.set_rollback(True)
        cache.clear()


def load(password: str = PASSWORD) -> None:
    load_demo(today=timezone.localdate(), password=password, base_url="http://testserver", tell=lambda _: None)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables."""

    def row(values: tuple[object, ...]) -> tuple[object, ...]:
        """Lists inside a stream are compared as they are stored: as objects, each equals itself alone."""
        return tuple(v.stream_block.get_prep_value(v) if isinstance(v, StreamValue) else v for v in values)

    return {
        model._meta.label: sorted((row(values) for values in model._base_manager.values_list()), key=repr)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_second_run_changes_nothing():
    before = everything()

    load(password="ein-anderes-Passwort")

    assert everything() == before


def test_second_run_keeps_what_editors_changed():
    office = Office.objects.get(slug="hameln")
    office.phone = "05151 000-999"
    office.save()
    page = NewsPage.objects.get(slug="sprechtag-holzminden")
    page.title = "Neue Überschrift"
    page.save_revision().publish()
    Advisor.objects.get(slug="ayla-musterfeld").availability_rules.all().delete()

    load()

    assert Office.objects.get(slug="hameln").phone == "05151 000-999"
    assert NewsPage.objects.get(slug="sprechtag-holzminden").title == "Neue Überschrift"
    assert not AvailabilityRule.objects.filter(advisor__slug="ayla-musterfeld").exists()


def test_second_run_brings_back_what_is_missing():
    CoursePage.objects.get(slug="sps-grundlagen").delete()

    load()

    assert CourseRun.objects.filter(course__slug="sps-grundlagen").count() == 2


def test_every_postcode_belongs_to_its_one_district():
    expected = {code: text.slug for text in DISTRICTS for code in (text.postcodes + " " + text.bulk).split()}
    assert len(expected) == 139
    assert dict(Postcode.objects.values_list("code", "district__slug")) == expected
    assert set(Postcode.objects.filter(crosses_border=True).values_list("code", flat=True)) == CROSSING


def test_every_district_has_an_office_in_operation():
    assert [district.slug for district in District.objects.all()] == [
        "cloppenburg",
        "vechta",
        "diepholz",
        "nienburg",
        "schaumburg",
        "hameln-pyrmont",
        "holzminden",
    ]
    assert not District.objects.exclude(offices__is_active=True).exists()


def test_every_district_has_a_place_of_its_own():
    """An office or a Sprechtag stands in each of the seven, by its postcode."""
    codes = {*Office.objects.values_list("postcode", flat=True), *OfficeDay.objects.values_list("postcode", flat=True)}
    assert set(Postcode.objects.filter(code__in=codes).values_list("district__slug", flat=True)) == {
        text.slug for text in DISTRICTS
    }


@pytest.mark.parametrize(
    ("model", "number"),
    [
        (Office, 5),
        (OfficeDay, 4),
        (Advisor, 10),
        (Service, 5),
        (CoursePage, 30),
        (Provider, 6),
        (NewsPage, 4),
        (EventPage, 4),
    ],
)
def test_number_of_things(model, number):
    assert model.objects.count() == number


def test_invented_people_and_providers_are_marked():
    assert not Advisor.objects.filter(is_example=False).exists()
    assert not Provider.objects.filter(is_example=False).exists()


def test_addresses_lead_nowhere():
    """E-mails end in .example; phone numbers are of zeros."""
    for model in (Office, Advisor, User):
        assert all(thing.email.endswith(".example") for thing in model.objects.all())
    for model in (Office, Advisor):
        assert all(" 000-" in thing.phone for thing in model.objects.all())


def test_courses_begin_ahead_of_today():
    today = timezone.localdate()
    assert min(CourseRun.objects.values_list("starts_on", flat=True)) > today
    assert set(CoursePage.objects.values_list("price_state", flat=True)) == {"amount", "free", "on_request", "unknown"}
    assert set(CoursePage.objects.values_list("format", flat=True)) == {"on_site", "online", "blended", "self_paced"}
    for course in CoursePage.objects.all():
        course.full_clean()


def test_places_of_courses_lie_in_the_districts():
    codes = set(CourseRun.objects.exclude(postcode="").values_list("postcode", flat=True))
    assert Postcode.objects.filter(code__in=codes).count() == len(codes)


def test_founding_news_keeps_its_own_date():
    news = NewsPage.objects.get(slug="sieben-landkreise-ein-netz")
    assert news.date == date(2022, 2, 21)
    others = NewsPage.objects.exclude(pk=news.pk)
    assert all(timedelta(0) < timezone.localdate() - other.date < timedelta(days=60) for other in others)


def test_offices_have_free_times_on_most_working_days():
    """Of the next eight weeks, closed days included."""
    now = timezone.now()
    service = Service.objects.get(slug="erstberatung")
    for office in Office.objects.all():
        slots = free_times(service, now=now, offices=[office], last=now.date() + timedelta(weeks=8))
        days = {slot.start // (24 * 60) for slot in slots}
        assert len(days) >= 26, office


def test_every_service_can_be_booked_in_every_kind_it_offers():
    """A visit to a firm next door to some office."""
    now, postcode = timezone.now(), Office.objects.get(slug="hameln").postcode
    for service in Service.objects.all():
        offered = {kind for slot in free_times(service, now=now, postcode=postcode) for kind in slot.kinds}
        assert set(service.kinds) <= offered, service


def test_availability_has_many_rhythms_and_exceptions():
    rules = [str(rule.days.rrules[0].to_dateutil_rrule()) for rule in AvailabilityRule.objects.all()]
    assert any("WEEKLY" in rule and "INTERVAL=2" not in rule for rule in rules)
    assert any("INTERVAL=2" in rule for rule in rules)
    assert any("BYDAY=+1TU" in rule for rule in rules)
    assert any(rule.days.exdates for rule in AvailabilityRule.objects.all())
    assert Closure.objects.filter(office=None, advisor=None).count() == 1


def test_accounts():
    names = ("admin", "redaktion", "leitung", "buero", "beratung")
    admin, editor, director, office, advisor = (User.objects.get(username=name) for name in names)
    assert admin.is_superuser
    assert set(Group.objects.filter(user=editor).values_list("name", flat=True)) == {"Redaktion"}
    assert set(Group.objects.filter(user=director).values_list("name", flat=True)) == {"Leitung"}
    assert set(Group.objects.filter(user=office)) == {advisor.advisor.office.editors.group}
    assert set(Group.objects.filter(user=advisor).values_list("name", flat=True)) == {"Beratung"}
    assert advisor.advisor.availability_rules.exists()
    assert all(user.check_password(PASSWORD) for user in (admin, editor, director, office, advisor))


def test_site_and_tree():
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get(slug="startseite")
    assert (site.hostname, site.port, site.root_page.specific) == ("testserver", 80, home)
    assert [page.slug for page in Page.get_first_root_node().get_children()] == ["startseite"]
    assert Page.objects.live().count() == 92


def test_pictures_name_their_author():
    assert set(CreditedImage.objects.values_list("credit", flat=True)) == {"Illustration: MehrWert"}
    assert not CreditedImage.objects.filter(description="").exists()


def test_command_without_password_is_refused(settings):
    settings.DEMO_PASSWORD = ""
    with pytest.raises(CommandError, match="--password"):
        call_command("load_demo", stdout=StringIO())


def test_command_takes_the_password_from_the_environment(settings):
    settings.DEMO_PASSWORD = "aus-der-Umgebung"
    out = StringIO()
    User.objects.filter(username="redaktion").delete()
    call_command("load_demo", stdout=out)
    assert User.objects.get(username="redaktion").check_password("aus-der-Umgebung")
    assert "Beispielinhalte geladen." in out.getvalue()


def test_command_loads_only_an_empty_site_if_asked():
    out = StringIO()
    CoursePage.objects.get(slug="sps-grundlagen").delete()
    call_command("load_demo", "--if-empty", stdout=out)
    assert "schon da" in out.getvalue()
    assert not CoursePage.objects.filter(slug="sps-grundlagen").exists()


@pytest.fixture(scope="module")
def crawled(demo: None) -> dict[str, Markup]:
    """Every page that can be reached from the home page, each checked on the way, calendars for their answer only; the
    booking is not walked through. What a list is narrowed by is tried once, not every combination."""
    client, pages, waiting, met = Client(), {}, ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        if not response.headers["Content-Type"].startswith("text/html"):
            b"".join(response)  # a file is closed once it is read
            continue
        markup = pages[address] = Markup(response.content.decode())
        if not address.startswith("/termin/"):
            links = markup.followed if "?" in address else markup.links
            found = {urljoin(address, link.split("#")[0]) for link in links}
            waiting += [link for link in found - met if link.startswith("/")]
            met |= found
    return pages


def test_every_link_leads_somewhere(crawled):
    reached = {address.split("?")[0] for address in crawled}
    published = {unquote(page.url) for page in Page.objects.live().exclude(depth=1)}
    assert published <= reached
    assert "/termin/hameln/" in reached


def test_markup_is_sound(crawled):
    assert {address: page.complaints for address, page in crawled.items() if page.complaints} == {}


def test_pages_load_nothing_from_elsewhere(crawled):
    assert {load for page in crawled.values() for load in page.loads if urlsplit(load).netloc} == set()


def test_renditions_are_made_at_load_time(crawled):
    """Reads the database as the crawl left it: whoever came first waited for no picture."""
    made = Rendition.objects.count()
    home.demo.pictures.make_renditions()
    assert Rendition.objects.count() == made


def test_no_page_without_description():
    assert (
        not Page.objects.live()
        .filter(search_description="")
        .exclude(slug__in=["root", "kurse", "bueros", "nachrichten", "veranstaltungen"])
    )


def test_legal_pages_are_one_click_away(crawled):
    for slug in ("impressum", "datenschutz", "barrierefreiheit"):
        page = Page.objects.get(slug=slug, locale__language_code="de").specific
        assert page.in_footer
        versions = {version.url for version in Page.objects.translation_of(page, inclusive=True)}
        assert all(versions & set(found.links) for found in crawled.values())


def test_other_languages_hold_versions_of_german_pages():
    for code, number in (("en", 14), ("de-simple", 14)):
        pages = Page.objects.live().filter(locale__language_code=code)
        german = Page.objects.live().filter(
            locale__language_code="de", translation_key__in=pages.values("translation_key")
        )
        assert (pages.count(), german.count()) == (number, number)


def test_second_run_leaves_alone_what_editors_have_given_another_address():
    """It wrote a second English page of the same German one, which the database refuses."""
    page = Page.objects.get(slug="advice").specific
    page.slug = "our-advice"
    page.save()
    load()
    assert [found.slug for found in Page.objects.translation_of(page).order_by("path")] == ["beratung", "beratung"]


def test_leichte_sprache_keeps_to_short_sentences():
    """The rules of Netzwerk Leichte Sprache (2022): short sentences, one thought each, no subjunctive."""
    texts = [LEICHT.lead, *(step.text for step in LEICHT.next_steps)]
    texts += [text for office in LEICHT.offices.values() for text in (office.lead, office.arrival)]
    texts += [*(voice.quotation for voice in LEICHT.voices), *(story.caption for story in LEICHT.stories)]
    texts += [office.text.replace("</p>", " ").replace("<p>", " ") for office in LEICHT.offices.values()]
    for page in LEICHT.pages.values():
        paragraphs = [value for kind, value in page.body if kind == "paragraph"]
        texts += [page.lead, *(re.sub("<[^>]+>", " ", text.replace("</p>", ". ")) for text in paragraphs)]
    sentences = [sentence for text in texts for sentence in re.split(r"[.:?!]+|</?li>", text) if sentence.strip()]
    assert max(len(sentence.split()) for sentence in sentences) <= 15
    assert not re.search(r"\b(könnte|würde|sollte|müsste|hätte|wäre)", " ".join(texts))


def test_privacy_page_shows_the_periods_of_the_settings(client):
    text = " ".join(client.get("/datenschutz/").content.decode().split())
    assert "48 Stunden" in text
    assert "30 Tage, dann ohne Namen" in text
    assert "12 Monate" in text


def test_news_page_shows_the_notice_of_its_own_date(client):
    then = client.get("/nachrichten/sieben-landkreise-ein-netz/").content.decode()
    now = client.get("/nachrichten/sprechtag-holzminden/").content.decode()
    assert "Rund 30 Prozent" in then
    assert "ESF Plus" not in then
    assert "ESF Plus" in now


def test_every_postcode_of_the_demo_has_a_name():
    codes = {code for district in DISTRICTS for code in district.postcodes.split()}
    assert set(PLACES) == codes
    assert all(name.strip() and len(names) <= 400 for names in PLACES.values() for name in names.split(","))
