"""What a course or one of its dates costs. A price that is unknown is never shown, sorted or marked up as free."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from courses.enums import PriceState

_IN_WORDS = {
    PriceState.FREE: "kostenfrei",
    PriceState.ON_REQUEST: "Preis auf Anfrage",
    PriceState.UNKNOWN: "Preis nicht bekannt",
}


def price_in_words(state: str, amount: Decimal | None) -> str:
    if state == PriceState.AMOUNT and amount is not None:
        whole = f"{amount:,.2f}".translate(str.maketrans(",.", ".,")).removesuffix(",00")
        return f"{whole} €"
    return _IN_WORDS[PriceState(state)]


def check_price(state: str, amount: Decimal | None) -> None:
    """Raises ValidationError."""
    if (state == PriceState.AMOUNT) != (amount is not None):
        raise ValidationError({"price": "Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ lautet."})
    if amount is not None and amount <= 0:
        raise ValidationError({"price": "Ein Betrag ist größer als null. Kostet es nichts, wählen Sie „kostenfrei“."})


def honest_price(name: str) -> models.CheckConstraint:
    """An amount stands beside the state „Betrag“ and nowhere else, and it is never null euros."""
    return models.CheckConstraint(
        condition=Q(price_state=PriceState.AMOUNT, price__isnull=False, price__gt=0)
        | (~Q(price_state=PriceState.AMOUNT) & Q(price__isnull=True)),
        name=name,
        violation_error_message="Ein Betrag gehört genau dann hierher, wenn der Preis „Betrag“ lautet.",
    )
