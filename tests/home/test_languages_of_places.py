"""A page has the language of the place where it hangs, however it came there; no page takes its address."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import ContactPage, HomePage, StandardPage
from home.translating import AddressTaken, translate_into, translate_page
from tests.factories.accounts import account, client_of
from tests.factories.home import ContactPageFactory, StandardPageFactory, new_site, stream

pytestmark = pytest.mark.django_db
RESERVED = "Die Adresse „/en/“ ist für die Sprache „English“ reserviert. Bitte wählen Sie eine andere."


@pytest.fixture
def home() -> HomePage:
    return new_site()


@pytest.fixture
def english(home) -> Page:
    return translate_page(home, locale=Locale.objects.get(language_code="en"))


@pytest.fixture
def admin():
    return client_of(account("chefin", is_superuser=True))


def languages(*pages: Page) -> list[str]:
    return [Page.objects.get(pk=page.pk).locale.language_code for page in pages]


def told(answer) -> list[str]:
    return [str(message).strip() for message in get_messages(answer.wsgi_request)]


def test_copy_takes_on_the_language_of_its_place(home, english, admin):
    """„Kopieren“ into /en/ left the page, and those below it, German."""
    page = StandardPageFactory(parent=home, slug="beratung", title="Beratung")
    page.save_revision().publish()
    StandardPageFactory(parent=page, slug="ablauf")
    form = {"new_title": "Advice", "new_slug": "advice", "new_parent_page": english.pk, "copy_subpages": "on"}
    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert answer.status_code == 302
    copy = StandardPage.objects.get(slug="advice")
    below = copy.get_children().get()
    assert languages(page, copy, below) == ["de", "en", "en"]
    assert languages(copy.get_latest_revision_as_object()) == ["en"]
    assert copy.get_latest_revision_as_object().locale.language_code == "en"
    assert copy.translation_key != page.translation_key


def test_moved_page_takes_on_the_language_of_its_place(home, english, admin):
    page = StandardPageFactory(parent=home, slug="beratung")
    below = StandardPageFactory(parent=page, slug="ablauf")
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, english.pk])
    assert admin.post(address).status_code == 302
    moved = StandardPage.objects.get(pk=page.pk)
    assert (moved.url_path, languages(moved, below)) == (f"{english.url_path}beratung/", ["en", "en"])
    assert moved.translation_key == page.translation_key

    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, home.pk]))
    assert languages(moved, below) == ["de", "de"]


def test_moved_page_is_no_second_version_of_what_the_language_has_said(home, english, admin):
    page = StandardPageFactory(parent=home, slug="beratung")
    version = translate_page(page, locale=english.locale)
    StandardPage.objects.filter(pk=version.pk).update(slug="advice")
    admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, english.pk]))
    assert languages(page, version) == ["en", "en"]
    assert Page.objects.get(pk=page.pk).translation_key != version.translation_key


def test_reordering_changes_no_language(home, english):
    first, second = (StandardPageFactory(parent=english, slug=slug) for slug in ("one", "two"))
    second.move(first, pos="left")
    assert languages(home, english, first, second) == ["de", "en", "en", "en"]


def test_pages_of_one_language_are_neither_copied_nor_moved_into_another(home, english, admin):
    page = ContactPageFactory(parent=home, slug="kontakt")
    assert admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, english.pk])).status_code == 302
    form = {"new_title": "Contact", "new_slug": "contact", "new_parent_page": english.pk}
    assert admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form).status_code == 200
    assert [found.url_path for found in ContactPage.objects.all()] == [page.url_path]


def test_addresses_of_languages_are_reserved_before_there_is_one(home, admin):
    with pytest.raises(ValidationError) as refused:
        StandardPageFactory(parent=home, slug="en")
    assert refused.value.message_dict == {"slug": [RESERVED]}
    below = StandardPageFactory(parent=StandardPageFactory(parent=home, slug="beratung"), slug="en")
    assert below.url == "/beratung/en/"  # only right below the home page

    page = StandardPageFactory(parent=home, slug="seite", body=stream(("paragraph", "<p>Text</p>")))
    page.slug = "leicht"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert refused.value.message_dict["slug"] == [
        RESERVED.replace("/en/", "/leicht/").replace("English", "Leichte Sprache")
    ]

    form = {"new_title": "Englisch", "new_slug": "en", "new_parent_page": home.pk}
    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert answer.context["form"].errors == {"new_slug": [RESERVED]}
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[below.pk, home.pk]))
    assert (answer.status_code, told(answer)) == (302, [RESERVED])
    several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin.post(f"{several}?id={below.pk}&next=/admin/", {"chooser": home.pk})
    assert (answer.status_code, told(answer)) == (302, [RESERVED, RESERVED])  # the first has not been shown yet
    assert Page.objects.child_of(home).filter(slug__in=["en", "leicht"]).count() == 0


@pytest.mark.parametrize("button", ["", "action-publish"])
def test_form_for_a_new_page_refuses_the_address_of_a_language(home, admin, button):
    form = {"title": "English", "slug": "en", "lead": "", "body-count": "0", "comments-TOTAL_FORMS": "0"}
    form |= {"comments-INITIAL_FORMS": "0", **({button: "on"} if button else {})}
    answer = admin.post(reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk]), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors["slug"] == [RESERVED]


def test_translating_into_several_languages_makes_all_or_none(home, english, admin):
    """The first draft stayed when a later language was refused."""
    page = StandardPageFactory(parent=home, slug="beratung")
    locales = list(Locale.objects.filter(language_code__in=["en", "de-simple"]))
    form = {"locales": [locale.pk for locale in locales], "include_subtree": "on"}
    answer = admin.post(reverse("simple_translation:submit_page_translation", args=[page.pk]), form)
    why = "Leichte Sprache: Übersetzen Sie zuerst die Seite darüber."
    assert told(answer) == [f"{why} Auch in den anderen Sprachen ist deshalb kein Entwurf angelegt."]
    assert Page.objects.filter(translation_key=page.translation_key).count() == 1

    other = HomePage.objects.get(pk=home.pk)
    english.delete()
    taken = StandardPageFactory(parent=home, slug="andere")
    Page.objects.filter(pk=taken.pk).update(slug="leicht")  # written before the address was reserved
    with pytest.raises(AddressTaken) as refused:
        translate_into(other, locales=sorted(locales, key=lambda locale: locale.language_code, reverse=True))
    assert (str(refused.value), refused.value.locale.language_code) == ("/leicht/", "de-simple")
    assert not Page.objects.filter(locale__language_code="en").exists()
