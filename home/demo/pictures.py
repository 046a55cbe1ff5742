"""The demo's pictures: drawn when first needed, kept in the media library under their title."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Collection

from foundation.models import CreditedImage
from foundation.pictures import specs
from home.demo.landscapes import draw_landscape
from home.demo.portraits import draw_portrait
from home.office_editors import shared_collection

CREDIT = "Illustration: MehrWert"
SIZE = (1600, 900)
EXAMPLE = "(Beispiel)"


@dataclass(frozen=True, slots=True)
class PictureText:
    title: str
    description: str


PICTURES = {
    "rape_field": PictureText("Rapsfeld", "Gelbes Rapsfeld mit Hof und Windrädern unter hellem Himmel"),
    "weser": PictureText("Weser am Abend", "Ein Schiff auf der Weser, am Ufer Pappeln und ein Haus im Abendlicht"),
    "moor_morning": PictureText("Moor am Morgen", "Moor mit Wollgras, Wasserflächen und Birken im Morgennebel"),
    "brick_town": PictureText("Backsteinstadt", "Giebelhäuser aus Backstein und Fachwerk, dahinter ein Kirchturm"),
    "hills": PictureText("Weserbergland", "Bewaldete Hügel in der Abendsonne, davor ein kleines Haus"),
    "workshop": PictureText("In der Werkstatt", "Zwei Menschen arbeiten gemeinsam an einer Werkbank"),
    "advice": PictureText("Im Gespräch", "Zwei Menschen sitzen am Tisch und planen auf einem Blatt Papier"),
    "market": PictureText("Markttag", "Menschen verschiedenen Alters auf dem Wochenmarkt einer kleinen Stadt"),
    "evening_farm": PictureText("Hof am Abend", "Ein Hof bei Nacht, in den Fenstern brennt Licht"),
}
"""Scene, title in the library, and what the picture shows."""


def picture(scene: str) -> CreditedImage:
    """The picture of a scene from the library; drawn now if it is not there."""
    text = PICTURES[scene]
    known = _kept(text.title)
    if known:
        return known
    shared, _ = shared_collection()
    return _keep(draw_landscape(scene, *SIZE), scene, text.title, text.description, collection=shared)


def portrait(name: str, seed: int) -> CreditedImage:
    """The portrait of an invented person."""
    title = f"Porträt {name} {EXAMPLE}"
    return _kept(title) or _keep(draw_portrait(seed), f"portraet-{seed}", title, f"Gezeichnetes Porträt von {name}")


def make_renditions() -> None:
    """Everything that the pages show of the demo's pictures, so that no visitor waits for it."""
    known = {image.title: image for image in CreditedImage.objects.prefetch_related("renditions")}
    for text in PICTURES.values():
        for use in ("wide", "card"):
            _render(known.get(text.title), use)
    for title, image in known.items():
        if title.endswith(EXAMPLE):
            _render(image, "portrait")


def _render(image: CreditedImage | None, use: str) -> None:
    if image is not None:
        image.get_renditions(*specs(use))


def _kept(title: str) -> CreditedImage | None:
    return CreditedImage.objects.filter(title=title).first()


def _keep(drawing: Image.Image, stem: str, title: str, description: str, **place: Collection) -> CreditedImage:
    stream = BytesIO()
    drawing.convert("RGB").save(stream, "JPEG", quality=88, optimize=True)
    stream.seek(0)
    return CreditedImage.objects.create(
        title=title,
        description=description,
        credit=CREDIT,
        file=ImageFile(stream, name=f"{stem}.jpg"),
        width=drawing.width,
        height=drawing.height,
        **place,
    )
