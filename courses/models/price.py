"""What a course or one of its dates costs. A price that is unknown is never shown, sorted or marked up as free."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from courses.enums import PriceState

WITH_AMOUNT = (PriceState.AMOUNT, PriceState.FROM)
"""The lowest price alone is known of the second: it is never shown, found or marked up as the price."""
_IN_WORDS = {
    PriceState.FREE: "kostenfrei",
    PriceState.ON_REQUEST: "Preis auf Anfrage",
    PriceState.UNKNOWN: "Preis nicht bekannt",
}

_NOT_TOGETHER = "Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ oder „ab Betrag“ lautet."


def price_in_words(state: str, amount: Decimal | None) -> str:
    if state in WITH_AMOUNT and amount is not None:
        whole = f"{amount:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00")
        return f"{whole} €" if state == PriceState.AMOUNT else f"ab {whole} €"
    return _IN_WORDS[PriceState(state)]


def check_price(state: str, amount: Decimal | None) -> None:
    """Raises ValidationError."""
    if (state in WITH_AMOUNT) != (amount is not None):
        raise ValidationError({"price": _NOT_TOGETHER})
    if amount is not None and amount <= 0:
        raise ValidationError({"price": "Ein Betrag ist größer als null. Kostet es nichts, wählen Sie „kostenfrei“."})


def honest_price(name: str) -> models.CheckConstraint:
    """An amount stands beside „Betrag“ and „ab Betrag“ and nowhere else, and it is never null euros."""
    return models.CheckConstraint(
        condition=Q(price_state__in=WITH_AMOUNT, price__isnull=False, price__gt=0)
        | (~Q(price_state__in=WITH_AMOUNT) & Q(price__isnull=True)),
        name=name,
        violation_error_message=_NOT_TOGETHER,
    )
