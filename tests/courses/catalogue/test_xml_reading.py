"""XML of strangers (S9): what is refused, what is repaired, and that nothing else ever comes out."""

from __future__ import annotations

import tracemalloc
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.catalogue.records import FileRefused
from courses.catalogue.xml_charsets import xml_charset
from courses.catalogue.xml_reading import Element, elements
from courses.catalogue.zipped import is_spreadsheet, is_zip, xml_inside
from tests.courses.catalogue.broken_xml import HEAD, REFUSED, archive, as_bytes, lying

WANTED = frozenset({"kurs"})
WINDOWS = "es ist Windows-1252, und so haben wir sie gelesen. Prüfen Sie bitte die Umlaute."


def read(content: bytes) -> list[Element]:
    stream = BytesIO(content)
    return list(elements(stream, xml_charset(stream), WANTED))


def refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(content)
    return str(refused.value)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_broken_file_is_refused_with_the_line(name):
    content, sentence = REFUSED[name]
    assert refusal(as_bytes(content)) == sentence


def test_elements_come_whole_with_their_line_and_what_is_around():
    [first, second] = read(
        b'<?xml version="1.0"?>\n<n:k xmlns:n="urn:x" voll="ja"><kopf>x</kopf>\n'
        b"<kurs art='a'><ort><plz/><plz>31582</plz></ort><ort><plz>1</plz></ort></kurs>\n"
        b"<neu><n:kurs>B<kurs>C</kurs></n:kurs></neu></n:k>"
    )
    assert (first.line, first.attributes, first.value("ort", "plz")) == (3, {"art": "a"}, "31582")
    assert [each.text for each in first.all("ort", "plz")] == ["", "31582", "1"]
    assert first.first("titel") is None
    assert [(each.name, dict(each.attributes)) for each in second.within] == [("k", {"voll": "ja"}), ("neu", {})]
    assert (second.name, second.text, second.children[0].text) == ("kurs", "B", "C")


@pytest.mark.parametrize(
    ("content", "text", "notices"),
    [
        ("<k><kurs>Schweißen – 5 €</kurs></k>".encode(), "Schweißen – 5 €", ()),
        ("\ufeff<k><kurs>Schweißen</kurs></k>".encode("utf-16-le"), "Schweißen", ()),
        ("\ufeff<k><kurs>Schweißen</kurs></k>".encode("utf-16-be"), "Schweißen", ()),
        ("\ufeff<k><kurs>Schweißen</kurs></k>".encode(), "Schweißen", ()),
        (
            '<?xml version="1.0" encoding="ISO-8859-15"?><k><kurs>Schweißen 5 €</kurs></k>'.encode("iso8859-15"),
            "Schweißen 5 €",
            (),
        ),
        (
            '<?xml version="1.0" encoding="iso-8859-15"?><k><kurs>„Schweißen“ – 5 €</kurs></k>'.encode("cp1252"),
            "„Schweißen“ – 5 €",
            ("In der Datei steht, sie sei in ISO-8859-15 geschrieben; einzelne Zeichen sind es in Windows-1252.",),
        ),
        (
            '<?xml version="1.0" encoding="ISO-8859-15"?><k><kurs>Schweißen</kurs></k>'.encode(),
            "Schweißen",
            ("In der Datei steht, sie sei in ISO-8859-15 geschrieben; es ist UTF-8, und so haben wir sie gelesen.",),
        ),
        (
            '<?xml version="1.0" encoding="UTF-8"?><k><kurs>„Schweißen“</kurs></k>'.encode("cp1252"),
            "„Schweißen“",
            (f"In der Datei steht, sie sei in UTF-8 geschrieben; {WINDOWS}",),
        ),
        (
            "<k><kurs>Schweißen</kurs></k>".encode("cp1252"),
            "Schweißen",
            (f"In der Datei steht kein Zeichensatz; {WINDOWS}",),
        ),
        (
            '<?xml version="1.0" encoding="windows-1252"?><k><kurs>„Schweißen“\x81</kurs></k>'.encode(
                "cp1252", "ignore"
            ),
            "„Schweißen“",
            (),
        ),
        (b"<k><kurs>A\x0bB\x00C</kurs></k>", "A B C", ()),
    ],
)
def test_wrong_or_missing_charset_is_repaired(content, text, notices):
    charset = xml_charset(BytesIO(content))
    assert ([each.text for each in read(content)], charset.notices) == ([text], notices)


def test_size_is_bounded_before_anything_is_taken(monkeypatch):
    monkeypatch.setattr("courses.catalogue.xml_charsets.MOST_BYTES", 1024 * 1024)
    assert refusal(b"<k>" + b" " * 1024 * 1024 + b"</k>") == "Die Datei ist größer als 1 MB. Bitte teilen Sie sie."


def test_memory_does_not_grow_with_the_file():
    peaks = []
    for times in (1_000, 4_000):
        stream = BytesIO(b"<k>" + b"<kurs><titel>Recht</titel><text>Recht und Praxis</text></kurs>" * times + b"</k>")
        tracemalloc.start()
        assert sum(1 for _ in elements(stream, xml_charset(stream), WANTED)) == times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def refused_archive(packed: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        xml_inside(BytesIO(packed)).read()
    return str(refused.value)


def test_archive_with_one_xml_file_is_read_as_often_as_needed():
    content = b"<k><kurs>A</kurs></k>"
    packed = archive({"export/k.xml": content, "__MACOSX/export/._k.xml": b"x", "LIESMICH.txt": b"x"})
    stream = BytesIO(packed)
    assert is_zip(stream)
    assert not is_spreadsheet(stream)
    inside = xml_inside(stream)
    charset = xml_charset(inside)
    for _ in range(2):
        assert [each.text for each in elements(inside, charset, WANTED)] == ["A"]
    assert is_spreadsheet(BytesIO(archive({"[Content_Types].xml": b"x"})))
    assert not is_zip(BytesIO(content))


DAMAGED = "Die ZIP-Datei ist beschädigt. Vermutlich ist sie nur zum Teil angekommen."


@pytest.mark.parametrize(
    ("packed", "sentence"),
    [
        (
            archive({"k.csv": b"x"}),
            "In der ZIP-Datei liegt keine XML-Datei. Bitte schicken Sie eine ZIP-Datei mit genau einer.",
        ),
        (
            archive({"a.xml": b"x", "b.xml": b"x"}),
            "In der ZIP-Datei liegen 2 XML-Dateien. Bitte schicken Sie eine ZIP-Datei mit genau einer.",
        ),
        (archive({"k.xml": b"x" * 1000})[:60], DAMAGED),
        (archive({f"{number}": b"" for number in range(201)}), "In der ZIP-Datei liegen mehr als 200 Dateien."),
        (
            archive({"k.xml": b"x"}, 14),
            "Die ZIP-Datei ist auf eine Art gepackt, die wir nicht lesen. Üblich ist „Deflate“.",
        ),
        (lying(archive({"k.xml": b"x" * 1000}), 10), DAMAGED),
    ],
)
def test_archive_is_refused(packed, sentence):
    assert refused_archive(packed) == sentence


def test_archive_with_password_is_refused():
    packed = archive({"k.xml": b"x"})
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = packed.index(header) + flags
        packed = packed[:place] + b"\x01" + packed[place + 1 :]
    assert refused_archive(packed) == "Die ZIP-Datei ist mit einem Kennwort geschützt. Bitte schicken Sie sie ohne."


def test_archive_that_unpacks_to_300_mb_is_refused_unopened():
    packed = lying(archive({"k.xml": b" " * 1024 * 1024}), 300 * 1024 * 1024)
    assert (
        refused_archive(packed) == "Die Datei in der ZIP-Datei hat ausgepackt 300 MB. Hier lesen wir höchstens 200 MB."
    )


WHOLE = (
    HEAD + "<k>" + "<kurs art='a'><titel>Schweißen &amp; <![CDATA[<b>mehr</b>]]></titel></kurs>\n" * 3 + "</k>"
).encode()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4)), min_size=1, max_size=4))
def test_whatever_bytes_are_changed_nothing_but_a_refusal_is_raised(changes):
    content = WHOLE
    for place, new in changes:
        content = content[:place] + new + content[place + len(new) // 2 :]
    with suppress(FileRefused):
        read(content)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 300), st.binary(min_size=1, max_size=3))
def test_whatever_bytes_of_an_archive_are_changed_nothing_but_a_refusal_is_raised(place, new):
    packed = archive({"k.xml": WHOLE})
    place %= len(packed)
    stream = BytesIO(packed[:place] + new + packed[place + len(new) :])
    with suppress(FileRefused):
        inside = xml_inside(stream)
        list(elements(inside, xml_charset(inside), WANTED))
