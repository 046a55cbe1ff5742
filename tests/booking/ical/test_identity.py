import pytest

from booking.ical.identity import Text, clean_line, clean_text, is_one_word


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("", ""),
        ("Grüße, 5 € – für „Zum Korn“\t☕", "Grüße, 5 € – für „Zum Korn“\t☕"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\vb\fc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1b[0md\x7fe\x9ff", "abc[0mdef"),
        ("a\x1cb\x1dc\x1ed", "abcd"),
        ("half\ud800a pair", "halfa pair"),
    ],
)
def test_clean_text(given: str, cleaned: str) -> None:
    assert clean_text(given) == cleaned


def test_cleaned_text_splits_at_line_feeds_only() -> None:
    every_character = "".join(chr(code) for code in range(0x3000))
    assert clean_text(every_character).splitlines() == clean_text(every_character).split("\n")


def test_clean_line_has_no_line_ends() -> None:
    assert clean_line("  Anna \r\n\t Maria\u2028Muster\x00 ") == "Anna Maria Muster"


@pytest.mark.parametrize("word", ["a", "müller@x.de", "https://mehrwert.example/a?b=c"])
def test_one_word(word: str) -> None:
    assert is_one_word(word)


@pytest.mark.parametrize("text", ["", " ", "a b", " a", "a\n", "a\x00", "a\u2028b", "a\u00a0b", "a\ud800"])
def test_not_one_word(text: str) -> None:
    assert not is_one_word(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Köln, Bonn; usw.", r"Köln\, Bonn\; usw."),
        ("eins\r\nzwei", r"eins\nzwei"),
        (r"C:\Nachweise", r"C:\\Nachweise"),
        (r"C:\neu", r"C:\\neu"),
        ('a:b "c"', 'a:b "c"'),
        ("a\x00b", "ab"),
    ],
)
def test_text_escapes_by_rfc_5545(text: str, written: str) -> None:
    assert Text(text).to_ical() == written.encode()
