"""Portraits of the demo's invented people: plainly drawn, so that nobody takes them for a photo of someone real."""

from __future__ import annotations

import random

from PIL import Image

from home.demo.sheet import (
    BROWN,
    FELD,
    GOLD,
    HIMMEL,
    KREIDE,
    MOOR,
    PEACH,
    RAPS,
    ROSE,
    SAND,
    SKINS,
    WALD,
    ZIEGEL,
    Colour,
    Sheet,
    mix,
)

SIDE = 640
GROUNDS = (HIMMEL, PEACH, mix(FELD, KREIDE, 0.72), SAND, mix(ROSE, KREIDE, 0.45))
TOPS = (WALD, ZIEGEL, MOOR, FELD, mix(WALD, HIMMEL, 0.3), GOLD)
HAIRS = (MOOR, BROWN, mix(BROWN, ZIEGEL, 0.5), GOLD, mix(SAND, MOOR, 0.35), mix(MOOR, BROWN, 0.4))


def draw_portrait(seed: int) -> Image.Image:
    """A friendly square picture, 640 px; the same number gives the same person, neighbours differ in every part."""
    chance = random.Random(seed)
    sheet = Sheet(SIDE, SIDE, GROUNDS[seed % len(GROUNDS)])
    skin, hair = SKINS[seed * 3 % len(SKINS)], HAIRS[seed * 5 % len(HAIRS)]
    top = TOPS[(seed * 7 + 1) % len(TOPS)]
    backdrop(sheet, seed, GROUNDS[seed % len(GROUNDS)])
    style = seed % 5
    if style in (1, 3):
        long_hair(sheet, hair, reach=0.72 if style == 1 else 0.6)
    if style == 4:
        sheet.disc(0.5, 0.165, 0.085, hair)
    body(sheet, top, skin, collar=seed % 3)
    head(sheet, skin, hair, style)
    if seed % 4 == 1:
        glasses(sheet)
    bearded = style in (0, 2) and chance.random() < 0.55
    if bearded:
        beard(sheet, mix(hair, skin, 0.25))
    face(sheet, skin, cheeks=not bearded)
    return sheet.finish()


def backdrop(sheet: Sheet, seed: int, ground: Colour) -> None:
    """A low horizon or a sun behind the person."""
    if seed % 2:
        sheet.disc(0.5, 0.46, 0.39, mix(ground, RAPS if seed % 3 else KREIDE, 0.55))
    else:
        sheet.ridge(0.66, 0.04, seed * 0.37, mix(ground, FELD, 0.35), 1.1)
        sheet.ridge(0.74, 0.03, seed * 0.61, mix(ground, WALD, 0.45), 1.4)


def body(sheet: Sheet, top: Colour, skin: Colour, collar: int) -> None:
    left = sheet.curve([(0.1, 1.02), (0.13, 0.83), (0.24, 0.755), (0.42, 0.71), (0.5, 0.7)])
    sheet.shape(left + [(1 - x, y) for x, y in reversed(left)], top)
    sheet.box(0.425, 0.56, 0.15, 0.2, mix(skin, MOOR, 0.16), 0.06)
    if collar == 0:
        sheet.shape([(0.425, 0.7), (0.575, 0.7), (0.5, 0.83)], mix(skin, MOOR, 0.16))
        sheet.shape([(0.41, 0.69), (0.5, 0.84), (0.43, 0.88), (0.375, 0.72)], KREIDE)
        sheet.shape([(0.59, 0.69), (0.5, 0.84), (0.57, 0.88), (0.625, 0.72)], KREIDE)
    elif collar == 1:
        sheet.disc(0.5, 0.725, 0.09, mix(skin, MOOR, 0.16), 0.62)
        sheet.line([(0.5, 0.79), (0.5, 1.0)], 0.006, mix(top, MOOR, 0.4))
    else:
        sheet.box(0.405, 0.66, 0.19, 0.1, mix(top, KREIDE, 0.2), 0.04)


def long_hair(sheet: Sheet, hair: Colour, reach: float) -> None:
    sheet.box(0.29, 0.2, 0.42, reach - 0.2, hair, 0.19)


def head(sheet: Sheet, skin: Colour, hair: Colour, style: int) -> None:
    sheet.disc(0.5, 0.375, 0.197, hair, 0.98)
    if style not in (1, 3):
        sheet.disc(0.332, 0.445, 0.03, skin)
        sheet.disc(0.668, 0.445, 0.03, skin)
    sheet.box(0.335, 0.25, 0.33, 0.4, skin, 0.165)
    if style == 2:
        sheet.draw.pieslice((*sheet.point(0.3, 0.16), *sheet.point(0.7, 0.5)), 180, 360, fill=hair)
        sheet.shape(sheet.curve([(0.302, 0.33), (0.38, 0.35), (0.56, 0.3), (0.69, 0.33)]), hair)
    elif style == 0:
        sheet.draw.chord((*sheet.point(0.315, 0.175), *sheet.point(0.685, 0.5)), 197, 343, fill=hair)
    else:
        part = [(0.318, 0.43), (0.295, 0.25), (0.42, 0.165), (0.6, 0.165), (0.705, 0.25), (0.682, 0.43)]
        fringe = [(0.682, 0.43), (0.655, 0.34), (0.56, 0.27), (0.44, 0.33), (0.345, 0.36), (0.318, 0.43)]
        sheet.shape(sheet.curve(part) + sheet.curve(fringe), hair)


def beard(sheet: Sheet, tone: Colour) -> None:
    jaw = [(0.336, 0.46), (0.35, 0.62), (0.44, 0.672), (0.56, 0.672), (0.65, 0.62), (0.664, 0.46)]
    lip = [(0.664, 0.46), (0.62, 0.54), (0.56, 0.54), (0.44, 0.54), (0.38, 0.54), (0.336, 0.46)]
    sheet.shape(sheet.curve(jaw) + sheet.curve(lip), tone)


def glasses(sheet: Sheet) -> None:
    for x in (0.425, 0.575):
        centre_x, centre_y = sheet.point(x, 0.44)
        half = 0.058 * sheet.height
        sheet.draw.ellipse(
            (centre_x - half, centre_y - half, centre_x + half, centre_y + half),
            outline=MOOR,
            width=round(0.011 * sheet.height),
        )
    sheet.line([(0.48, 0.432), (0.52, 0.432)], 0.011, MOOR)


def face(sheet: Sheet, skin: Colour, *, cheeks: bool) -> None:
    shade = mix(skin, MOOR, 0.3)
    for x in (0.425, 0.575):
        sheet.disc(x, 0.442, 0.0155, MOOR)
        if cheeks:
            sheet.disc(x + (0.045 if x > 0.5 else -0.045), 0.52, 0.034, mix(skin, ZIEGEL, 0.22), 0.8)
    sheet.line(sheet.curve([(0.5, 0.455), (0.487, 0.5), (0.508, 0.508)], 2), 0.008, shade)
    sheet.line(
        sheet.curve([(0.445, 0.562), (0.47, 0.592), (0.53, 0.592), (0.555, 0.562)]), 0.013, mix(ZIEGEL, MOOR, 0.3)
    )
