"""Pictures whose right of use ends, and who is shown on them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError

from foundation.models import CreditedImage
from tests.factories.home import NewsIndexPageFactory, NewsPageFactory, PictureFactory, new_site, picture_value, stream
from tests.today import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

YESTERDAY = TODAY - timedelta(days=1)


def complaints(**values: object) -> dict[str, list[str]]:
    image = CreditedImage(title="Hof", **values)
    try:
        image.clean()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"credit": "Foto: Beispiel", "licence": "cc_by"}, {}),
        (
            {"credit_not_needed": True, "licence": "cc_by_sa"},
            {"credit": ["Die Lizenz CC BY-SA verlangt, dass Sie den Urheber nennen."]},
        ),
        ({"credit_not_needed": True, "licence": "cc0"}, {}),
        (
            {"credit": "Foto: Beispiel", "shows_persons": True, "consent": " "},
            {"consent": ["Bitte schreiben Sie, wo die Einwilligung der gezeigten Personen liegt."]},
        ),
        ({"credit": "Foto: Beispiel", "shows_persons": True, "consent": "Ordner 3"}, {}),
    ],
)
def test_licence_and_consent_are_asked_for(values, wanted):
    assert complaints(**values) == wanted


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({}, False),
        ({"valid_until": TODAY}, False),
        ({"valid_until": YESTERDAY}, True),
        ({"valid_until": YESTERDAY, "withdraw_when_expired": False}, False),
    ],
)
def test_a_picture_goes_the_day_after_its_last_one_if_so_set(values, wanted):
    assert CreditedImage(**values).is_withdrawn is wanted


def test_a_withdrawn_picture_is_on_no_page_and_in_no_feed(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept, gone = (PictureFactory(credit=f"Foto: {name}", file__filename=f"{name}.jpg") for name in ("bleibt", "geht"))
    index = NewsIndexPageFactory(parent=new_site())
    pictures = stream(*(("picture", {"picture": picture_value(image), "caption": ""}) for image in (kept, gone)))
    page = NewsPageFactory(parent=index, slug="hof", pictures=pictures, teaser_picture=gone)
    addresses = ["/nachrichten/hof/", "/nachrichten/", "/feeds/nachrichten/feed.json", "/feeds/nachrichten/atom.xml"]
    before = "".join(client.get(address).text for address in addresses)
    assert ("bleibt" in before, "geht" in before) == (True, True)
    CreditedImage.objects.filter(pk=gone.pk).update(valid_until=YESTERDAY)
    cache.clear()
    page.save()
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert "geht" not in response.text, address
    assert "Foto: bleibt" in client.get("/nachrichten/hof/").text
