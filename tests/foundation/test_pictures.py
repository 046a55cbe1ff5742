"""How pictures are written into pages."""

from __future__ import annotations

import re

import pytest

from foundation.pictures import render_picture
from tests.factories.home import PictureFactory

pytestmark = pytest.mark.django_db


def test_a_picture_is_offered_in_the_smallest_formats_first_and_as_jpeg_to_all(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    html = render_picture(PictureFactory(), "card", alt="Ein Feld")
    tags = re.findall(r"<(source|img) ([^>]*)>", html)
    assert [name for name, _ in tags] == ["source", "source", "img"]
    kinds = [set(re.findall(r"\.(avif|webp|jpg)\b", attributes)) for _, attributes in tags]
    assert kinds == [{"avif"}, {"webp"}, {"jpg"}]
    assert re.findall(r'type="(image/\w+)"', html) == ["image/avif", "image/webp"]
    shown = dict(re.findall(r'(\w+)="([^"]*)"', tags[-1][1]))
    assert (shown["alt"], shown["width"], shown["height"], shown["loading"]) == ("Ein Feld", "64", "36", "lazy")
