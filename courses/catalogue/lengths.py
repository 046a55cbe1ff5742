"""How much the one-line texts of a course and of its dates hold, for every format alike."""

from __future__ import annotations

from courses.catalogue.markup import LONGEST_MARKUP, contents_and_whether_cut, plain_text, shortened

COURSE_TEXTS = {
    "title": ("Titel", 255),
    "subtitle": ("Untertitel", 200),
    "summary": ("Kurzfassung", 400),
    "audience": ("Für wen", 300),
    "requirements": ("Voraussetzungen", 300),
    "outcome": ("Was man danach kann", 400),
    "keywords": ("Stichwörter", 300),
    "barrier_free_note": ("Hinweis zur Barrierefreiheit", 300),
    "price_note": ("Hinweis zum Preis", 160),
    "measure_number": ("Maßnahmenummer", 40),
    "education_leave_number": ("Nummer der Bildungszeit", 40),
    "certificate": ("Abschluss", 160),
}
"""By the field of CourseRecord: its name in reports and the most characters that it holds."""

RUN_TEXTS = {
    "times": ("Zeiten", 120),
    "venue": ("Ort", 120),
    "street": ("Straße", 120),
    "town": ("Stadt oder Gemeinde", 80),
}
"""By the field of RunRecord."""


def fitted(field: str, text: str) -> tuple[str, str]:
    """HTML or plain text as the line that this field holds, and a notice if it had to be cut, else an empty one."""
    name, limit = COURSE_TEXTS.get(field) or RUN_TEXTS[field]
    line = plain_text(text)
    cut = shortened(line, limit)
    return cut, "" if cut == line else f"„{name}“ war länger als {limit} Zeichen und ist gekürzt."


def fitted_contents(text: str) -> tuple[str, str]:
    """HTML or plain text as clean HTML, and a notice if its end is left out, else an empty one."""
    notice = f"„Inhalte“ war länger als {LONGEST_MARKUP:,} Zeichen und ist gekürzt.".replace(",", ".")
    contents, is_cut = contents_and_whether_cut(text)
    return contents, notice if is_cut else ""
