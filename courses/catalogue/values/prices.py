"""Prices as people write them: 1.249,00 € / 120,- / EUR 99 / kostenlos / auf Anfrage. What is unknown is never free."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from courses.catalogue.values.errors import NotUnderstood

_LONGEST = 400
_HIGHEST = Decimal("999999.99")
_PLACEHOLDERS = frozenset({Decimal(99990), Decimal(99999), Decimal("99999.99"), Decimal(999999)})
"""Programs that insist on an amount are given one of these."""

_FREE = re.compile(
    r"\b(?:kosten(?:los|frei)\w*|geb(?:ü|ue)hrenfrei|entgeltfrei|beitragsfrei|gratis|umsonst|frei|"
    r"keine (?:kosten|geb(?:ü|ue)hr)|ohne (?:kosten|geb(?:ü|ue)hr))\b",
    re.IGNORECASE,
)
_ON_REQUEST = re.compile(
    r"\b(?:auf (?:an|nach)frage|anfragen|nach (?:absprache|vereinbarung|aufwand)|individuell\w*)\b"
    r"|\bn\.\s?v\.|\ba\.\s?a\.",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:[-–—?./]+|k\.?\s?a\.?|n/?a|keine angabe|(?:noch )?(?:offen|unbekannt)|nicht bekannt|"
    r"wird (?:noch )?bekannt ?gegeben)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?<![\d.,'])(?P<whole>\d{1,3}(?:[.,' ]\d{3})+|\d{1,7})(?:[.,](?P<cents>\d{1,2}|-{1,2}|–|—)(?!\d))?(?![.,']?\d)"
)
_MINUS = re.compile(r"(?:€|EUR|Euro)?\s*[-–—]\s*(?:€|EUR|Euro)?\s*\d", re.IGNORECASE)
_MONEY = re.compile(r"€|\bEUR\b|\bEuro\b|\bEuros\b|,-+|[.,]–", re.IGNORECASE)
_TIMES = re.compile(
    r"(?<![\w.,])\d{1,4}\s?(?:[x×*]|mal)\s?(?:à\s?)?(?:(?:€|EUR|Euro)\s?\d|\d[\d.,]{0,9}\s?(?:€|EUR\b|Euro\b|,-|$))"
    r"|(?:€|\bEUR|\bEuro)\s?(?:[x×*]|mal)\s?\d",
    re.IGNORECASE,
)
"""„5 x 9 €“, but not „99 € (2 x 4 UE)“: nobody knows whether both belong to the price."""
_BESIDE = r"(?:€|EUR\b|Euros?\b)"
_BEFORE_AMOUNT = re.compile(_BESIDE + r"\s?$", re.IGNORECASE)
_BEHIND_AMOUNT = re.compile(r"\s?" + _BESIDE, re.IGNORECASE)
_NOT_MONEY = re.compile(r"\s?(?:%|prozent\b|raten\b|monate?\b|ue\b|tage?\b|std\b|stunden?\b|personen\b)", re.IGNORECASE)


_FROM = re.compile(r"\b(?:schon )?(?:ab|mindestens|mind\.|min\.)\s?" + _BESIDE + r"?\s?$", re.IGNORECASE)
_TO = re.compile(rf"\s?{_BESIDE}?\s?(?:[-–—]|bis(?: zu)?)\s?{_BESIDE}?\s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Price:
    """`note` is the text of the cell where it says more than the amount. „ab 5 €“ and „5–9 €“ are „from“, and amount
    the lowest."""

    state: str
    amount: Decimal | None = None
    note: str = ""


def price_in(text: str) -> Price:
    """Raises NotUnderstood, also for 0: it may mean free, unknown or not yet set."""
    text = " ".join(text.split())
    if not text or _UNKNOWN.fullmatch(text[:_LONGEST]):
        return Price("unknown")
    if len(text) > _LONGEST:
        raise NotUnderstood("Der Text ist für einen Preis zu lang.")
    if _TIMES.search(text):
        raise NotUnderstood("Das ist eine Rechnung. Schreiben Sie bitte den ganzen Preis als einen Betrag.")
    found = [match for match in _AMOUNT.finditer(text) if not _NOT_MONEY.match(text, match.end())]
    if not found:
        return _in_words(text)
    match = next((each for is_it in (_is_beside_money, _is_money) for each in found if is_it(text, each)), found[0])
    before, behind = text[: match.start()], text[match.end() :]
    least = _FROM.search(before)
    price = _of(_decimal(match), text, _MONEY.sub("", (before[: least.start()] if least else before) + behind))
    if price.state != "amount":
        return price
    span = [_decimal(each) for pair in pairwise(found) if match in pair and _is_span(text, *pair) for each in pair]
    return replace(price, state="from", amount=min(span or [_decimal(match)])) if span or least else price


def _is_span(text: str, low: re.Match[str], high: re.Match[str]) -> bool:
    return _TO.fullmatch(text, low.end(), high.start()) is not None and _decimal(low) < _decimal(high)


def _in_words(text: str) -> Price:
    if on_request := _ON_REQUEST.search(text):
        return Price("on_request", note=_more(text, on_request))
    if free := _FREE.search(text):
        return Price("free", note=_more(text, free))
    raise NotUnderstood("Das ist weder ein Betrag noch „kostenfrei“ noch „auf Anfrage“.")


def _of(amount: Decimal, text: str, outside: str) -> Price:
    says_more = any(sign.isalnum() for sign in outside)
    note = text if says_more else ""
    if _MINUS.match(text):
        raise NotUnderstood("Ein Preis ist nicht kleiner als null.")
    if amount == 0:
        if says_more and (_FREE.search(outside) or _ON_REQUEST.search(outside)):
            return _in_words(outside.strip(" ()–-,;/"))
        raise NotUnderstood("Eine 0 kann „kostenfrei“ heißen oder „nicht bekannt“; schreiben Sie bitte, was gilt.")
    if amount in _PLACEHOLDERS:
        return Price("on_request") if _ON_REQUEST.search(outside) else Price("unknown")
    if amount > _HIGHEST:
        raise NotUnderstood("So viel kostet kein Kurs.")
    return Price("amount", amount, note)


def _is_beside_money(text: str, match: re.Match[str]) -> bool:
    """„Kurs 2: 80 €“ costs 80."""
    return bool(_BEHIND_AMOUNT.match(text, match.end()) or _BEFORE_AMOUNT.search(text[: match.start()]))


def _is_money(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 5) : match.end() + 6]
    return bool(_MONEY.search(around))


def _decimal(match: re.Match[str]) -> Decimal:
    cents = match["cents"] or "0"
    return Decimal(re.sub(r"[.,' ]", "", match["whole"])) + Decimal(f"0.{cents}" if cents.isdigit() else 0)


def _more(text: str, match: re.Match[str]) -> str:
    """The whole text if it says anything beside what was understood."""
    outside = text[: match.start()] + text[match.end() :]
    return text if any(sign.isalnum() for sign in outside) else ""
