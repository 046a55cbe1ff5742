"""The old site's news: what becomes of good files, what is refused, and that a second run changes nothing."""

from __future__ import annotations

import os
from datetime import date
from hashlib import sha1
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from PIL import Image
from wagtail.models import Collection, Page

from foundation.models import CreditedImage
from home.importing.articles import Outcome, import_articles, initials
from home.importing.body import cleaned
from home.importing.source import _words
from home.models import ImportedNews, NewsPage
from tests.factories.courses import TopicFactory
from tests.factories.home import HomePageFactory, NewsIndexPageFactory
from tests.factories.offices import DistrictFactory

pytestmark = pytest.mark.django_db

HEAD = "---\ntitle: Neues Büro\ndate: 2024-03-01\nlead: Es ist offen.\n---\n"
UNREADABLE = "Der Kopf der Datei (zwischen den Zeilen „---“) ist nicht lesbar."


@pytest.fixture
def index(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return NewsIndexPageFactory(parent=HomePageFactory(parent=Page.get_first_root_node()))


@pytest.fixture
def folder(tmp_path) -> Path:
    found = tmp_path / "alt"
    (found / "bilder").mkdir(parents=True)
    return found


def png(size: tuple[int, int] = (8, 6)) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "red").save(target, "PNG")
    return target.getvalue()


def told(folder: Path, index) -> list[tuple[str, str, str]]:
    return [(found.word, found.source, found.detail) for found in import_articles(folder, index)]


def test_markdown_becomes_a_draft_with_all_its_parts(folder, index):
    topic, district = TopicFactory(), DistrictFactory()
    (folder / "bilder" / "hof.png").write_bytes(png())
    (folder / "2024").mkdir()
    (folder / "2024" / "neues-buero.md").write_text(
        "---\ntitle: Neues Büro\ndate: 1.3.2024\nauthor: Kim Muster\ndistrict: hameln-pyrmont\n"
        "topics: [digitalisierung, Fischen]\nlead: Es ist offen.\ndescription: Worum es geht.\n---\n"
        "# Neues Büro\n\nErster **Absatz** mit [Ziel](https://a.example/x) und [alt](/alt.html).\n\n"
        "## Der Hof\n\n![Ein Hof](../bilder/hof.png)\n\n- eins\n- zwei\n"
    )
    notes = ["Thema nicht gefunden: Fischen"]
    assert list(import_articles(folder, index)) == [
        Outcome("2024/neues-buero.md", "übernommen", "Neues Büro", notes)
    ]  # fmt: skip
    page = NewsPage.objects.get()
    assert (page.title, page.slug, page.date, page.author_initials) == (
        *("Neues Büro", "neues-buero", date(2024, 3, 1), "km"),
    )
    assert (page.district, page.lead, page.search_description) == (district, "Es ist offen.", "Worum es geht.")
    assert (page.live, page.has_unpublished_changes, list(page.topics.all())) == (False, True, [topic])
    image = CreditedImage.objects.get()
    assert (image.title, image.credit, image.collection.name) == ("Ein Hof", "prüfen", "Übernommene Nachrichten")
    assert [(piece["type"], piece["value"]) for piece in page.get_latest_revision_as_object().body.raw_data] == [
        ("paragraph", '<p>Erster <b>Absatz</b> mit <a href="https://a.example/x">Ziel</a> und alt.</p>'),
        ("heading", "Der Hof"),
        ("picture", {"picture": {"image": image.pk, "alt_text": "Ein Hof", "decorative": False}, "caption": ""}),
        ("paragraph", "<ul><li>eins</li><li>zwei</li></ul>"),
    ]


def test_html_becomes_a_draft_without_what_is_not_text(folder, index):
    (folder / "a.html").write_text(
        HEAD + "<html><head><title>Alt</title></head><body><nav>Menü</nav><div><h1>Neues</h1><script>alert(1)</script>"
        '<p onclick="x()" style="color:red">Text <a href="javascript:x()">böse</a> &lt;b&gt;</p>'
        '<img src="https://fremd.example/x.png"><h4>Klein</h4><iframe src="x"></iframe>lose</div></body></html>'
    )
    outcome = next(import_articles(folder, index))
    assert outcome.notes == ["Bild einer anderen Website weggelassen: https://fremd.example/x.png"]
    assert [piece["value"] for piece in NewsPage.objects.get().body.raw_data] == [
        "<p>Text böse &lt;b&gt;</p><h3>Klein</h3><p>lose</p>"
    ]


def test_a_second_run_changes_nothing_and_a_deleted_draft_may_come_again(folder, index):
    (folder / "a.md").write_text(HEAD + "Text")
    assert told(folder, index) == [("übernommen", "a.md", "Neues Büro")]
    assert told(folder, index) == [("schon da", "a.md", "")]
    assert NewsPage.objects.count() == 1
    NewsPage.objects.get().delete()
    assert told(folder, index) == [("übernommen", "a.md", "Neues Büro")]


def test_equal_pictures_are_taken_once_and_equal_names_get_a_number(folder, index):
    for name in ("a", "b"):
        (folder / "bilder" / f"{name}.png").write_bytes(png())
        (folder / name).mkdir()
        (folder / name / "x.md").write_text(f"{HEAD}![Hof](../bilder/{name}.png)")
    assert [word for word, _, _ in told(folder, index)] == ["übernommen", "übernommen"]
    assert CreditedImage.objects.count() == 1
    assert sorted(NewsPage.objects.values_list("slug", flat=True)) == ["x", "x-2"]


def test_s10_pictures_come_in_without_what_they_tell_and_are_known_again(folder, index):
    exif = Image.Exif()
    exif[0x010F] = "Beispielkamera"
    for name in ("a", "b"):
        Image.new("RGB", (8, 8), "red").save(folder / "bilder" / f"{name}.jpg", exif=exif)
        (folder / f"{name}.md").write_text(f"{HEAD}![Hof](bilder/{name}.jpg)")
    assert [word for word, _, _ in told(folder, index)] == ["übernommen", "übernommen"]
    image = CreditedImage.objects.get()
    with image.file.open() as stored:
        content = stored.read()
    assert b"Beispielkamera" not in content
    assert image.file_hash == sha1(content, usedforsecurity=False).hexdigest()


HOSTILE = {
    "punkte": (f"{HEAD}![x](../../geheim.png)", "Ein Bild liegt außerhalb des Ordners: ../../geheim.png"),
    "oben": (f"{HEAD}![x](/etc/passwd)", "Ein Bild liegt außerhalb des Ordners: /etc/passwd"),
    "verhüllt": (f"{HEAD}![x](%2e%2e/geheim.png)", "Ein Bild liegt außerhalb des Ordners: %2e%2e/geheim.png"),
    "verweis": (f"{HEAD}![x](bilder/hinaus.png)", "Ein Bild liegt außerhalb des Ordners: bilder/hinaus.png"),
    "fehlt": (f"{HEAD}![x](bilder/fehlt.png)", "Ein Bild fehlt: bilder/fehlt.png"),
    "riesig": (f"{HEAD}![x](bilder/riesig.png)", "Das Bild riesig.png ist größer als 15 MB."),
    "text": (f"{HEAD}![x](bilder/text.png)", "Das Bild text.png ist beschädigt oder kein Bild."),
    "weit": (f"{HEAD}![x](bilder/weit.png)", "Das Bild weit.png hat zu viele Bildpunkte."),
    "latin": ("---\ntitle: Büro\n---\n".encode("latin-1"), "Die Datei ist nicht in UTF-8 gespeichert."),
    "null": ("\x00", "Die Datei enthält Nullzeichen, ist also kein Text."),
    "lang": ("x" * (1024 * 1024 + 1), "Die Datei ist größer als 1 MB."),
    "kopf": ("---\ntitle: [\n---\n", UNREADABLE),
    "python": ("---\n!!python/object/apply:os.system [ls]\n---\n", UNREADABLE),
    "titel": ("Text", "Der Titel fehlt („title“ im Kopf der Datei oder eine Überschrift)."),
    "datum": ("# Titel", "Das Datum fehlt oder ist nicht lesbar („date: 2024-03-01“ im Kopf der Datei)."),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_and_the_next_one_taken(folder, index, settings, name):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100
    (folder.parent / "geheim.png").write_bytes(png())
    (folder / "bilder" / "hinaus.png").symlink_to(folder.parent / "geheim.png")
    (folder / "bilder" / "text.png").write_text("kein Bild")
    (folder / "bilder" / "weit.png").write_bytes(png((20, 20)))
    with (folder / "bilder" / "riesig.png").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    content, reason = HOSTILE[name]
    (folder / "a.md").write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "b.md").write_text(HEAD + "Text")
    assert told(folder, index) == [("abgelehnt", "a.md", reason), ("übernommen", "b.md", "Neues Büro")]
    assert not CreditedImage.objects.exists()
    assert ImportedNews.objects.count() == 1


BREAKING = {
    "verschachtelt": f"{HEAD}{'<div>' * 2000}x",
    "liste im fetten": f"{HEAD}<p>a<b><ul><li>b</li></ul></b></p>",
    "bildadresse": f'{HEAD}<img src="//[x">',
    "langer bildname": f'{HEAD}<img src="{"x" * 300}.png">',
    "zahl": f"---\ntitle: 0x{'f' * 9000}\ndate: 2024-03-01\n---\n",
    "nullzeichen": '---\ntitle: "a\\0b"\ndate: 2024-03-01\n---\n',
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_file_that_breaks_a_library_is_refused_and_the_next_one_taken(folder, index, name):
    (folder / "a.html").write_text(BREAKING[name])
    (folder / "b.md").write_text(HEAD + "Text")
    assert [(word, source) for word, source, _ in told(folder, index)] == [
        ("abgelehnt", "a.html"),
        ("übernommen", "b.md"),
    ]
    assert NewsPage.objects.count() == 1


def test_a_file_name_of_another_encoding_is_refused_and_the_next_one_taken(folder, index):
    (Path(os.fsdecode(os.fsencode(folder) + b"/B\xfcro.md"))).write_text(HEAD + "Text")
    (folder / "b.md").write_text(HEAD + "Text")
    assert told(folder, index) == [
        ("abgelehnt", "B\\udcfcro.md", "Der Dateiname ist nicht in UTF-8 oder zu lang."),
        ("übernommen", "b.md", "Neues Büro"),
    ]


def test_a_link_says_nothing_but_where_it_leads(folder, index):
    link = '<a href="https://a.example/" linktype="page" id="x" class="y">Ziel</a>'
    (folder / "a.html").write_text(f"{HEAD}<p>{link}</p>")
    assert told(folder, index) == [("übernommen", "a.html", "Neues Büro")]
    assert [piece["value"] for piece in NewsPage.objects.get().body.raw_data] == [
        '<p><a href="https://a.example/">Ziel</a></p>'
    ]


def test_topics_that_nest_without_end_are_not_written_out():
    """A few lines of YAML more than here would make a text that fills the memory."""
    nested = "\n".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 10)}]" for n in range(1, 4))
    head = yaml.safe_load(f"b0: &b0 [lol]\n{nested}\ntopics: {{x: *b3}}")
    assert _words(head, "topics") == []


def test_an_article_that_fails_late_leaves_no_picture_behind(folder, index, settings):
    (folder / "bilder" / "gut.png").write_bytes(png())
    (folder / "a.md").write_text(f"{HEAD}![Hof](bilder/gut.png)\n\n![Weg](bilder/fehlt.png)")
    assert told(folder, index) == [("abgelehnt", "a.md", "Ein Bild fehlt: bilder/fehlt.png")]
    assert (NewsPage.objects.count(), CreditedImage.objects.count()) == (0, 0)
    assert not Collection.objects.filter(name="Übernommene Nachrichten").exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_the_command_reports_each_file_in_german(folder, index):
    (folder / "a.md").write_text(HEAD + "Text ![](bilder/hof.png)")
    (folder / "bilder" / "hof.png").write_bytes(png())
    (folder / "b.md").write_text("ohne alles")
    out = StringIO()
    call_command("import_news", folder, stdout=out, stderr=StringIO())
    assert out.getvalue().splitlines() == [
        "übernommen: a.md: Neues Büro",
        "  - Bild ohne Beschreibung: hof.png",
        "abgelehnt: b.md: Der Titel fehlt („title“ im Kopf der Datei oder eine Überschrift).",
        "Fertig: 1 übernommen, 1 abgelehnt. Alles Übernommene ist ein Entwurf.",
    ]


def test_the_command_says_what_is_missing(tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import_news", tmp_path / "nichts")
    with pytest.raises(CommandError, match="Übersicht der Nachrichten"):
        call_command("import_news", tmp_path)


def test_initials():
    assert [initials(name) for name in ("Kim Muster", "mm", "Redaktionsteam", "")] == ["km", "mm", "Redaktio", ""]


def test_nothing_but_what_the_editor_offers_gets_in():
    html = '<p class="x">a<u>b</u><b>c</b></p><table><tr><td>d</td></tr></table><h2>e</h2>'
    assert cleaned(html) == "<p>ab<b>c</b></p><p>d</p><p>e</p>"
