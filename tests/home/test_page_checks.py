"""„Prüfung“ in the editor: what it reads of a page, where it is shown, to whom, and what it costs."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Collection, Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from home.domain.page_pieces import File, Heading, Line, Link, Picture, Place, Text
from home.page_checks import report_of
from home.page_content import content_of
from tests.factories.accounts import administrator, advisor_with_account, client_of, editor
from tests.factories.courses import CourseCataloguePageFactory, CoursePageFactory
from tests.factories.home import DocumentFactory, HomePageFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.django_db

GOOD = "Wie das Büro in Vechta Betriebe berät und was Sie zum Termin mitbringen."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def page():
    found = StandardPageFactory(parent=HomePageFactory(parent=Page.get_first_root_node()), title="Beratung")
    found.search_description, found.lead = GOOD, ""
    return found


def paragraph(number: int) -> dict[str, str]:
    text = (
        f'<h3>Teil {number}</h3><p>Lesen Sie <a href="https://a.example/{number}">hier</a>.</p><ul><li>Punkt</li></ul>'
    )
    return {"type": "paragraph", "id": f"p{number}", "value": text}


def fill(page, *pieces: dict) -> None:
    page.body = page.body.stream_block.to_python(list(pieces))


def test_a_page_is_read_with_the_places_of_the_editor(page):
    image = PictureFactory(title="Hof", collection=Collection.get_first_root_node())
    picture = {"picture": {"image": image.pk, "alt_text": "Ein Hof", "decorative": False}, "caption": "Hof"}
    quiet = {"picture": {"image": image.pk, "alt_text": "", "decorative": True}, "caption": ""}
    fill(
        page,
        {"type": "heading", "id": "h", "value": "Ablauf"},
        paragraph(1),
        {"type": "gallery", "id": "g", "value": {"heading": "Bilder", "pictures": [picture, quiet]}},
    )
    two, three = (Place(f"Text › {label}", f"block-{key}-section") for label, key in (
        ("Absatz (2. Baustein)", "p1"), ("Bildergalerie (3. Baustein)", "g"),
    ))  # fmt: skip
    content = content_of(page)
    assert (content.title, content.description, content.language) == ("Beratung", GOOD, "de")
    assert content.pieces == (
        Heading(Place("Text › Zwischenüberschrift (1. Baustein)", "block-h-section"), 2, "Ablauf"),
        Heading(two, 3, "Teil 1"),
        Text(two, "Lesen Sie hier ."),
        Link(two, "hier", "https://a.example/1"),
        Text(two, "Punkt"),
        Heading(three, 2, "Bilder"),
        Picture(three, "Ein Hof", is_decorative=False),
        Line(three, "Hof"),
        Picture(three, "", is_decorative=True),
    )


def test_fields_of_one_line_and_offered_files_are_read(page):
    page.lead = "Wir beraten."
    document = DocumentFactory(title="Antrag")
    files = [{"document": document.pk, "label": label} for label in ("hier", "")]
    fill(
        page,
        {"type": "quotation", "id": "q", "value": {"quotation": "Jetzt geht es!", "speaker": "Kim Muster"}},
        {"type": "downloads", "id": "d", "value": {"heading": "Vorlagen", "files": files}},
    )
    quotation, downloads = (Place(f"Text › {label}", f"block-{key}-section") for label, key in (
        ("Zitat (1. Baustein)", "q"), ("Dateien zum Herunterladen (2. Baustein)", "d"),
    ))  # fmt: skip
    assert content_of(page).pieces == (
        Text(Place("Anreißer", "id_lead"), "Wir beraten."),
        Text(quotation, "Jetzt geht es!"),
        Line(quotation, "Kim Muster"),
        Heading(downloads, 2, "Vorlagen"),
        Link(downloads, "hier", f"document {document.pk}"),
        Line(downloads, "hier"),
        Link(downloads, "Antrag", f"document {document.pk}"),
    )


def test_a_pdf_file_with_obstacles_is_told_of(page):
    document = DocumentFactory(title="Antrag", pdf_lacks=["language"])
    fill(page, {"type": "downloads", "id": "d", "value": {"heading": "Vorlagen", "files": [{"document": document.pk}]}})
    place = Place("Text › Dateien zum Herunterladen (1. Baustein)", "block-d-section")
    lacking = "Für Vorleseprogramme fehlt dieser PDF-Datei: Sprache."
    assert File(place, "Antrag", lacking, is_called_accessible=False) in content_of(page).pieces


def test_what_stands_in_the_rows_of_a_panel_is_read(page):
    """A course's dates were passed over, though visitors read their places and times."""
    runs = [
        {"starts_on": date(2026, 12, day), "venue": venue} for day, venue in ((8, "Halle 2"), (1, "www.halle.example"))
    ]
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=page.get_parent()), runs=runs)
    rows = [piece for piece in content_of(course).pieces if piece.place.label.startswith("Durchführungen")]
    assert rows == [
        Line(Place("Durchführungen › Ort (1. Durchführung)", "id_runs-0-venue"), "www.halle.example"),
        Line(Place("Durchführungen › Ort (2. Durchführung)", "id_runs-1-venue"), "Halle 2"),
    ]
    course.save_revision()
    text = client_of(editor()).get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    (target,) = re.findall(r'<a href="#([^"]+)">Durchführungen › Ort \(1. Durchführung\)</a>', text)
    assert f'id="{target}"' in text


def test_a_date_at_a_place_without_its_postcode_is_told_to_the_editor(page):
    """Its page told visitors of the lack, and the editor nobody."""
    ahead = timezone.localdate() + timedelta(days=9)
    dates = [{"town": "Vechta", "postcode": "49377"}, {"town": "Lohne"}, {"town": ""}]
    runs = [{"starts_on": ahead, **values} for values in dates] + [{"starts_on": date(2026, 1, 5), "town": "Damme"}]
    course = CoursePageFactory(parent=CourseCataloguePageFactory(parent=page.get_parent()), runs=runs)
    course.search_description = GOOD
    (number,) = [number for number, run in enumerate(course.runs.all()) if run.town == "Lohne"]
    (finding,) = report_of(course).findings
    assert finding.place == Place(f"Durchführungen › PLZ ({number + 1}. Durchführung)", f"id_runs-{number}-postcode")
    assert finding.what == "Die PLZ zu „Lohne“ fehlt."
    course.format = "online"
    assert report_of(course).findings == []


def test_the_rules_are_those_of_the_language_of_the_page(page):
    fill(page, {"type": "heading", "id": "h", "value": "Weiterbildung"})
    assert report_of(page).findings == []
    page.locale = Locale.objects.get(language_code="de-simple")
    (finding,) = report_of(page).findings
    assert finding.what == "Für Leichte Sprache zu lang: „Weiterbildung“."
    page.locale = Locale.objects.get(language_code="en")
    fill(page, {"type": "paragraph", "id": "p", "value": f"<p>{'Come to our office. We will help you now. ' * 12}</p>"})
    assert report_of(page).ease.in_words == "Flesch-Wert 100 von 100 – sehr leicht verständlich"


def test_each_type_of_page_can_be_read():
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page:
            assert content_of(model(title="Neu", locale=Locale.get_default())).title == "Neu", model


def test_the_editor_shows_the_report_beside_the_page(page):
    fill(page, paragraph(1))
    page.save_revision()
    text = " ".join(client_of(editor()).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text.split())
    assert "Der Link „hier“ sagt nicht, wohin er führt." in text
    assert '<a href="#block-p1-section">Text › Absatz (1. Baustein)</a>' in text
    assert "<dt>Lesbarkeit</dt> <dd>unter 100 Wörtern keine Aussage</dd>" in text
    assert "2 Hinweise. Sie dürfen trotzdem veröffentlichen." in text


def test_the_hint_about_the_description_leads_to_its_field(page):
    """Its link named an id of the English admin."""
    page.search_description = ""
    page.save_revision()
    text = client_of(editor()).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    (target,) = re.findall(r'<a href="#([^"]+)">Veröffentlichung › Meta-Information Beschreibung</a>', text)
    assert f'id="{target}"' in text


def test_the_report_follows_what_the_editor_saves_by_itself(page):
    fill(page, paragraph(1))
    page.save_revision()
    client = client_of(editor())
    assert "Der Link „hier“ sagt nicht" in client.get(reverse("page_checks", args=[page.pk])).text
    fill(page, {"type": "paragraph", "id": "p", "value": "<p>Wir beraten.</p>"})
    page.save_revision()
    assert "Keine Hinweise." in client.get(reverse("page_checks", args=[page.pk])).text


def test_the_report_is_for_those_who_may_change_the_page(client, page):
    address = reverse("page_checks", args=[page.pk])
    assert client.get(address).url == f"/admin/login/?next={address}"
    assert client_of(advisor_with_account().user).get(address).url == reverse("wagtailadmin_home")
    colleague = client_of(editor())
    assert colleague.get(reverse("page_checks", args=[0])).status_code == 404
    assert colleague.post(address).status_code == 405


def test_who_publishes_is_told_how_many_hints_there_are(page):
    client = client_of(administrator())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    written = '{"blocks": [{"text": "Wir beraten.", "type": "unstyled"}], "entityMap": {}}'
    body = streamfield([("paragraph", written)])
    data = {"title": "Beratung", "slug": "beratung", "body": body, "comments": inline_formset([])}
    answer = client.post(edit, nested_form_data(data) | {"action-publish": "ja"}, follow=True)
    assert [str(message) for message in answer.context["messages"]][:1] == [
        "Die Prüfung von „Beratung“ hat einen Hinweis; er steht beim Bearbeiten unter „Überprüfungen“."
    ]
    page.refresh_from_db()
    assert (page.live, page.slug) == (True, "beratung")


@pytest.mark.parametrize("number", [1, 3])
def test_a_report_costs_the_same_for_few_and_many_pieces(page, number, django_assert_num_queries):
    image = PictureFactory(title="Hof", collection=Collection.get_first_root_node())
    picture = {"picture": {"image": image.pk, "alt_text": "Ein Hof", "decorative": False}, "caption": "Hof"}
    fill(
        page,
        *({"type": "picture", "id": f"b{n}", "value": picture} for n in range(number)),
        *map(paragraph, range(number)),
    )
    page.locale  # noqa: B018  # known to the edit view
    with django_assert_num_queries(1):
        report_of(page)


def test_no_editor_can_choose_a_colour():
    """Contrast of own colours cannot be too low, for there are none: neither in texts nor as a field of a block."""
    plain = {"bold", "italic", "link", "document-link", "h2", "h3", "ul", "ol"}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, RichTextField):
                assert set(field.features) <= plain, field
            elif isinstance(field, StreamField):
                for block in every_block(field.stream_block):
                    assert not isinstance(block, blocks.RawHTMLBlock), block
                    assert not isinstance(block, blocks.RichTextBlock) or set(block.features) <= plain, block
                    assert "farb" not in str(block.label).lower(), block


def every_block(block):
    yield block
    for child in getattr(block, "child_blocks", {}).values():
        yield from every_block(child)
    if isinstance(block, blocks.ListBlock):
        yield from every_block(block.child_block)
