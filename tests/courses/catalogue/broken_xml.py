"""XML that must be refused or repaired, one purpose each, by the name of what is wrong; what is large is made here."""

from __future__ import annotations

import zipfile
from io import BytesIO

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

BILLION_LAUGHS = (
    HEAD
    + "<!DOCTYPE k [\n<!ENTITY a 'ha'>\n"
    + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>\n" for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>\n<k><kurs>&j;</kurs></k>"
)
EXTERNAL_ENTITY = HEAD + '<!DOCTYPE k [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<k><kurs>&x;</kurs></k>'
EXTERNAL_DTD = HEAD + '<!DOCTYPE k SYSTEM "http://127.0.0.1:9/k.dtd">\n<k><kurs/></k>'
PARAMETER_ENTITY = HEAD + '<!DOCTYPE k [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>\n<k><kurs/></k>'

DOCTYPE = (
    "Die Datei enthält eine DOCTYPE-Angabe. Aus Sicherheitsgründen lesen wir solche Dateien nicht; bitte exportieren "
)
NOT_XML = "Hier ist die Datei kein gültiges XML. Oft ist es ein „&“ im Text, das „&amp;“ heißen muss."
DAMAGED = "Vermutlich ist sie unterwegs beschädigt worden."
CUT_SHORT = "Hier endet die Datei mitten im Text. Vermutlich ist sie nur zum Teil angekommen."

MANY_ATTRIBUTES = " ".join(f"a{number}=''" for number in range(500))

REFUSED = {
    "empty": ("", "Die Datei ist leer."),
    "billion laughs": (BILLION_LAUGHS, f"Zeile 2: {DOCTYPE}Sie ohne sie."),
    "external entity": (EXTERNAL_ENTITY, f"Zeile 2: {DOCTYPE}Sie ohne sie."),
    "external dtd": (EXTERNAL_DTD, f"Zeile 2: {DOCTYPE}Sie ohne sie."),
    "parameter entity": (PARAMETER_ENTITY, f"Zeile 2: {DOCTYPE}Sie ohne sie."),
    "hidden doctype": (HEAD + "<!DOC\x00TYPE k []>\n<k/>", f"Zeile 2: {NOT_XML}"),
    "entity of html": (
        HEAD + "<k>\n<kurs>A&nbsp;B</kurs></k>",
        "Zeile 3: Hier steht eine Abkürzung wie „&nbsp;“. In XML gibt es nur &amp;, &lt;, &gt;, &quot; und &apos;.",
    ),
    "bare ampersand": (HEAD + "<k>\n<kurs>A & B</kurs></k>", f"Zeile 3: {NOT_XML}"),
    "text": ("Titel;Beginn\nSchweißen;3.11.2026", f"Zeile 1: {NOT_XML}"),
    "truncated in text": (HEAD + "<k>\n<kurs>A</kurs>\n<kurs>B", f"Zeile 4: {CUT_SHORT}"),
    "truncated in a tag": (HEAD + "<k>\n<kurs>A</kurs>\n<ku", f"Zeile 4: {CUT_SHORT}"),
    "truncated in cdata": (HEAD + "<k>\n<kurs><![CDATA[A", f"Zeile 3: {CUT_SHORT}"),
    "other end": (
        HEAD + "<k>\n<kurs>A</k></kurs>",
        "Zeile 3: Hier endet ein Element, das nicht begonnen hat oder in dem noch ein anderes offen ist.",
    ),
    "something behind": (HEAD + "<k/>\n<k/>", "Zeile 3: Hier steht noch etwas, obwohl die Datei schon zu Ende ist."),
    "200,000 levels": (
        "<k>" * 200_000,
        "Zeile 1: Hier liegen mehr als 40 Ebenen ineinander. Kurslisten haben weniger als zehn.",
    ),
    "long text": ("<k>\n<kurs>" + "A" * 600_000, "Zeile 2: Ein einzelner Eintrag ist hier länger als 500.000 Zeichen."),
    "long attribute": (
        "<k>\n<kurs a='" + "A" * 2_000_000,
        "Zeile 2: Ein einzelnes Stück der Datei ist größer als 1 MB.",
    ),
    "long comment": ("<k>\n<!--" + "A" * 2_000_000, "Zeile 2: Ein einzelnes Stück der Datei ist größer als 1 MB."),
    "many parts": ("<k>\n<kurs>" + "<p/>" * 30_000, "Zeile 2: Ein einzelner Eintrag hat hier mehr als 20000 Teile."),
    "long attributes of many parts": (
        "<k>\n<kurs>" + f"<p a='{'A' * 9000}'/>" * 60,
        "Zeile 2: Ein einzelner Eintrag ist hier länger als 500.000 Zeichen.",
    ),
    "many attributes": (
        "<k>\n<kurs>" + f"<p {MANY_ATTRIBUTES}/>" * 50,
        "Zeile 2: Ein einzelner Eintrag hat hier mehr als 20000 Teile.",
    ),
    "courses of somebody else in a course": (
        "<k>\n<kurs>" + "<x:kurs xmlns:x='urn:x'><p/></x:kurs>" * 15_000,
        "Zeile 2: Ein einzelner Eintrag hat hier mehr als 20000 Teile.",
    ),
    "many namespaces": (
        "<k>\n" + "".join(f"<p xmlns:n{number}='urn:x'/>" for number in range(2000)),
        "Zeile 2: Die Datei nennt mehr als 1000 Namensräume.",
    ),
    "many names": (
        "<k>\n" + "".join(f"<p{number}/>" for number in range(2000)),
        "Zeile 2: Die Datei enthält mehr als 1000 verschiedene Namen von Elementen.",
    ),
    "unread charset": (
        '<?xml version="1.0" encoding="Shift_JIS"?>\n<k/>',
        "Den Zeichensatz „Shift_JIS“ lesen wir nicht. Speichern Sie die Datei bitte in UTF-8.",
    ),
    "charset that unpacks": (
        '<?xml version="1.0" encoding="zlib"?>\n<k/>',
        "Den Zeichensatz „zlib“ lesen wir nicht. Speichern Sie die Datei bitte in UTF-8.",
    ),
    "broken after its mark": (
        b"\xef\xbb\xbf<k>Schwei\xdfen</k>",
        f"Die Datei beginnt als UTF-8, enthält dann aber Zeichen, die es dort nicht gibt. {DAMAGED}",
    ),
}


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def archive(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()


def lying(packed: bytes, claimed: int) -> bytes:
    """The same archive, which claims another size of what is inside."""
    size = packed.rindex(b"PK\x01\x02") + 24
    return packed[:size] + claimed.to_bytes(4, "little") + packed[size + 4 :]
