"""The house rules of templates and styles, and the components that every form and page leans on."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from foundation.templatetags.contact_tags import email_href, email_text, phone_href
from home.partners import Partner
from mehrwert.stylesheets import bundle

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts]
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STATIC = ROOT / "site" / "static"
SHEETS = [path for path in sorted((STATIC / "css").rglob("*.css")) if not path.name.startswith("admin-")]
MODULES = [path for path in sorted((STATIC / "js").rglob("*.js")) if not path.name.startswith("admin-")]


def style_sheet() -> str:
    """What visitors fetch."""
    return bundle("site.css", lambda name: (STATIC / "css" / name).read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_templates_hold_nothing_inline(path):
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", path.read_text()) == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_component_says_what_it_takes(path):
    assert "{% comment %}" in path.read_text()[:160]


def test_sheet_of_every_page_keeps_within_the_budget():
    assert len(gzip.compress(style_sheet().encode())) < 30_000


def test_modules_keep_within_the_budget_and_write_no_html():
    texts = [path.read_text() for path in MODULES]
    assert sum(map(len, texts)) < 15_000
    assert not any("innerHTML" in text or "insertAdjacentHTML" in text for text in texts)


def test_components_use_roles_never_the_palette():
    palette = set(re.findall(r"--([a-z]+): #", (STATIC / "css" / "tokens.css").read_text()))
    others = "".join(path.read_text() for path in SHEETS if path.name != "tokens.css")
    assert set(re.findall(r"var\(--([a-z]+)\)", others)) & palette <= {"moor", "papier"}  # logos stand on white paper


def test_every_sheet_is_imported_in_the_layer_of_its_folder():
    entries = {"site.css", "embedded.css"}
    texts = "".join((STATIC / "css" / name).read_text() for name in entries)
    imports = re.findall(r'@import url\("([\w/]+\.css)"\)(?: layer\((\w+)\))?', texts)
    sheets = {path.relative_to(STATIC / "css").as_posix() for path in SHEETS} - entries
    assert {name for name, _ in imports} == sheets
    layers = {name: layer for name, layer in imports if "/" in name}
    assert set(layers.values()) == {"components"}


@pytest.mark.parametrize("kind", ["css", "js"])
def test_sheets_and_modules_of_components_are_named_like_their_templates(kind):
    files = sorted((STATIC / kind / "components").iterdir())
    assert files
    assert {path.stem for path in files} <= {path.stem for path in COMPONENTS}
    assert {path.suffix for path in files} == {f".{kind}"}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_with_a_class_of_its_name_has_a_sheet_of_its_name(path):
    own_class = path.stem.replace("_", "-")
    if re.search(rf'class="[^"]*\b{own_class}(?![\w-])', path.read_text()):
        assert own_class in (STATIC / "css/components" / f"{path.stem}.css").read_text()


def test_base_renders_without_any_context():
    page = render_to_string("base.html", {})
    assert '<html lang="de">' in page
    assert "MehrWert" in page
    for duty in ("Impressum", "Datenschutz", "Barrierefreiheit"):
        assert duty in page


class Question(forms.Form):
    name = forms.CharField(label="Ihr Name", help_text="Vor- und Nachname")
    phone = forms.CharField(label="Telefon", required=False)
    size = forms.ChoiceField(label="Größe", choices=[("1", "1 bis 9"), ("2", "10 bis 49")], widget=forms.RadioSelect)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return render_to_string("components/field.html", {"field": Question(data)[name]})


def test_field_ties_hint_and_error_to_the_control_and_shows_the_error_once():
    html = field("name", {"phone": "1"})
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_helptext"' in html
    assert html.count('id="id_name_error"') == 1


def test_only_optional_fields_say_so():
    assert "(optional)" in field("phone")
    assert "(optional)" not in field("name")


def test_radio_group_is_a_fieldset_with_a_legend():
    html = field("size")
    assert "<fieldset" in html
    assert re.search(r"<legend[^>]*>Größe", html)
    assert html.count('type="radio"') == 2


def test_error_summary_links_to_each_field_and_is_absent_without_errors():
    html = render_to_string("components/error_summary.html", {"form": Question({"phone": "1"})})
    assert re.findall(r'href="(#[^"]+)"', html) == ["#id_name", "#id_size_0"]
    assert "Bitte prüfen Sie Ihre Angaben" in html
    assert render_to_string("components/error_summary.html", {"form": Question()}).strip() == ""


def test_map_writes_positions_with_points_in_german():
    nodes = [SimpleNamespace(x=70.5, y=1070.25, label="Vechta", url="/vechta/", next_free="", office="")]
    html = render_to_string("components/district_map.html", {"nodes": nodes})
    assert 'points="70.5,1070.25 "' in html


def test_places_of_the_map_say_where_they_lead_and_what_is_free_next():
    free = {"label": "Fr., 27. November, 8:30 Uhr", "brief": "Fr., 27.11., 8:30", "url": "/termin/vechta/"}
    here = {"x": 1, "y": 2, "label": "Vechta", "url": "/vechta/", "office": "Vechta: Büro Vechta"}
    nodes = [here | {"next_free": free, "is_current": True}, here | {"label": "Diepholz", "office": ""}]
    html = render_to_string("components/district_map.html", {"nodes": nodes})
    names = re.findall(r'href="/vechta/" aria-label="([^"]+)" (aria-current)?', html)
    assert names == [
        ("Vechta. Vechta: Büro Vechta, nächster freier Termin Fr., 27. November, 8:30 Uhr", "aria-current"),
        ("Diepholz. Diepholz", ""),
    ]
    assert re.findall(r'class="district-map__when"[^>]*>([^<]+)<', html) == ["Fr., 27.11., 8:30"]


@pytest.mark.parametrize(("lit", "count"), [("", 0), ("3", 1), ("56", 2), ("0123456", 7)])
def test_mark_lights_the_places_in_view(lit, count):
    html = render_to_string("components/mark.html", {"lit": lit})
    assert html.count("<circle") == 7
    assert html.count("data-lit") == count


def test_address_is_not_in_the_source_and_reads_whole():
    html = email_href("buero@mehrwert.example") + email_text("buero@mehrwert.example")
    assert "buero@" not in html
    assert "mailto" not in html
    read = re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), html).replace("<wbr>", "")
    assert read == "mailto:buero@mehrwert.examplebuero@mehrwert.example"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("05151 000-00", "tel:+49515100000"),
        ("+49 (0)5151 000", "tel:+495151000"),
        ("0049 5151/000", "tel:+495151000"),
        ("116 117", "tel:116117"),
    ],
)
def test_phone_number_is_dialled_from_anywhere(written, dialled):
    assert phone_href(written) == dialled


def test_partner_band_names_everyone_beside_an_empty_alternative_text():
    logo = mark_safe('<img src="/l.svg" alt="">')
    partners = [Partner("PSG", "Projektträgerin", logo=logo, credit="Entwurf: PSG"), Partner("BMAS")]
    html = render_to_string("components/partner_band.html", {"partners": partners})
    assert re.findall(r'<span class="(?!partner-band__logo)([\w-]+)">([^<]+)</span>', html) == [
        ("visually-hidden", "PSG"),
        ("partner-band__role", "Projektträgerin"),
        ("partner-band__name", "BMAS"),
    ]
    assert f'<span class="partner-band__logo">{logo}</span>' in html
    assert "Bildnachweis: PSG (Entwurf: PSG)" in html
    assert "Alle Partner" not in html
    with_page = render_to_string("components/partner_band.html", {"partners": partners, "index_url": "/partner/"})
    assert '<a href="/partner/">Alle Partner</a>' in with_page


def test_map_links_name_who_is_told_and_tell_nobody_before_the_click():
    html = render_to_string("components/map_links.html", {"map_url": "https://a.example/", "route_url": "/weg"})
    links = re.findall(r'<a href="([^"]+)" rel="([^"]+)">([^<]+)<', html)
    rel = "nofollow noopener noreferrer external"
    assert links == [
        ("/weg", rel, "Weg zu uns bei OpenStreetMap suchen"),
        ("https://a.example/", rel, "Karte bei OpenStreetMap öffnen"),
    ]
    assert "OpenStreetMap erfährt erst etwas, wenn Sie auf einen der Links klicken." in html
    assert not re.findall(r"<(?:img|iframe|script|link)\b", html)
