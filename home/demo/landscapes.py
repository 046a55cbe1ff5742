"""Pictures for the demo, drawn like screen prints: fields, river, moor, hills. Same input, same picture."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image

from home.demo.indoors import advice, workshop
from home.demo.sheet import (
    BRICK,
    BROWN,
    FELD,
    GOLD,
    HAZE,
    HIMMEL,
    KREIDE,
    MEADOW,
    MOOR,
    PEACH,
    RAPS,
    SAND,
    WALD,
    ZIEGEL,
    Sheet,
    mix,
)
from home.demo.towns import brick_town, market


def draw_landscape(scene: str, width: int, height: int) -> Image.Image:
    """The scene at exactly this size. Raises KeyError for a name that SCENES does not know."""
    draw = SCENES[scene]
    sheet = Sheet(width, height, HIMMEL)
    draw(sheet)
    return sheet.finish()


def rape_field(sheet: Sheet) -> None:
    sheet.band(0.34, 0.6, mix(HIMMEL, KREIDE, 0.6))
    sheet.disc(0.82, 0.24, 0.12, mix(RAPS, KREIDE, 0.35))
    for x, y, size in ((0.16, 0.17, 0.05), (0.22, 0.14, 0.07), (0.29, 0.17, 0.055)):
        sheet.disc(x, y, size, KREIDE, 0.55)
    sheet.ridge(0.5, 0.025, 0.15, HAZE)
    for x, turn in ((0.47, 0.2), (0.545, 0.9), (0.63, 0.5)):
        sheet.turbine(x, 0.5, 0.26, turn, KREIDE)
    sheet.ridge(0.53, 0.014, 0.6, mix(WALD, HIMMEL, 0.25), 2.6)
    sheet.ridge(0.555, 0.008, 0.3, FELD)
    sheet.house(0.13, 0.575, 0.12, BRICK, ZIEGEL, KREIDE)
    for x, size in ((0.09, 0.17), (0.345, 0.15), (0.385, 0.11)):
        sheet.round_tree(x, 0.58, size, WALD, FELD)
    sheet.band(0.575, 1, RAPS)
    vanish = 0.62, 0.545
    for row in range(-34, 35, 2):
        near, far = row * 0.085, row * 0.0135
        stripe = [
            (vanish[0] + far, 0.575),
            (vanish[0] + near, 1),
            (vanish[0] + near + 0.05, 1),
            (vanish[0] + far + 0.005, 0.575),
        ]
        sheet.shape(stripe, GOLD if row % 4 else mix(RAPS, FELD, 0.35))
    chance = random.Random(3)
    for _ in range(240):
        depth = chance.random() ** 0.6
        sheet.disc(chance.random(), 0.6 + 0.4 * depth, 0.0025 + 0.006 * depth, mix(RAPS, KREIDE, 0.55))
    track = [(0.613, 0.575), (0.627, 0.575), (0.73, 1), (0.58, 1)]
    sheet.shape(track, mix(SAND, GOLD, 0.25))
    sheet.shape([(0.6192, 0.575), (0.6208, 0.575), (0.668, 1), (0.642, 1)], MEADOW)


def weser(sheet: Sheet) -> None:
    for step, share in enumerate((0, 0.3, 0.6, 0.85)):
        sheet.band(step * 0.11, 1, mix(HIMMEL, PEACH, share))
    sheet.disc(0.58, 0.37, 0.11, RAPS)
    sheet.ridge(0.42, 0.05, 0.9, mix(HAZE, PEACH, 0.3), 1.1)
    sheet.ridge(0.46, 0.035, 0.35, mix(WALD, HIMMEL, 0.42), 1.5)
    sheet.ridge(0.5, 0.014, 0.1, FELD, 2.0)
    sheet.band(0.515, 1, MEADOW)
    far_bank = sheet.curve([(0.55, 0.515), (0.38, 0.56), (0.72, 0.62), (0.6, 0.72), (0.1, 0.8), (-0.1, 1.02)])
    near_bank = sheet.curve([(0.6, 0.515), (0.5, 0.56), (0.98, 0.6), (0.98, 0.74), (0.62, 0.86), (0.72, 1.02)])
    sheet.shape(far_bank + near_bank[::-1], mix(HIMMEL, WALD, 0.12))
    chance = random.Random(8)
    for _ in range(26):
        y = 0.68 + 0.31 * chance.random()
        left = 0.36 + 0.32 * chance.random() - (y - 0.68) * 0.7
        sheet.line(
            [(left, y), (left + 0.03 + 0.06 * chance.random(), y)],
            0.004 + 0.006 * (y - 0.6),
            PEACH if chance.random() < 0.6 else KREIDE,
        )
    for x, size in ((0.06, 0.36), (0.115, 0.42), (0.17, 0.38), (0.222, 0.33), (0.268, 0.29)):
        sheet.poplar(x, 0.64 - x * 0.25, size, WALD if size > 0.34 else mix(WALD, FELD, 0.4))
    sheet.house(0.79, 0.57, 0.11, SAND, ZIEGEL, WALD)
    sheet.round_tree(0.765, 0.575, 0.14, WALD, FELD)
    sheet.round_tree(0.925, 0.575, 0.17, WALD, FELD)
    keel = [(0.47, 0.745), (0.63, 0.745), (0.605, 0.78), (0.49, 0.78)]
    sheet.shape(keel, MOOR)
    sheet.box(0.5, 0.712, 0.07, 0.036, KREIDE, 0.008)
    sheet.box(0.585, 0.7, 0.014, 0.05, ZIEGEL)
    bank = sheet.curve([(0.55, 1.02), (0.66, 0.9), (0.85, 0.86), (1.05, 0.84)])
    sheet.shape([*bank, (1.05, 1.1), (0.5, 1.1)], FELD)
    for step in range(22):
        x = 0.63 + step * 0.018
        foot = 0.985 - 0.11 * min(1, (x - 0.6) / 0.25)
        sheet.line(
            [
                (x, foot + 0.03),
                (x + sheet.across(0.012 * math.sin(step * 2.1)), foot - 0.06 - 0.03 * math.sin(step * 1.3)),
            ],
            0.007,
            WALD,
        )


def moor_morning(sheet: Sheet) -> None:
    for step, share in enumerate((0.1, 0.4, 0.7, 0.95)):
        sheet.band(step * 0.12, 1, mix(HIMMEL, KREIDE, share))
    sheet.disc(0.33, 0.3, 0.12, PEACH)
    sheet.disc(0.33, 0.3, 0.085, RAPS)
    chance = random.Random(21)
    for level, size, share in ((0.47, 0.16, 0.78), (0.53, 0.2, 0.58), (0.6, 0.26, 0.34)):
        tone = mix(WALD, KREIDE, share)
        skyline = sheet.ridge(level, 0.012, share, tone, 2.2)
        for tree in range(34):
            x = (tree + chance.random()) / 34
            if chance.random() < 0.62:
                sheet.fir(x, skyline(x) + 0.02, size * (0.45 + 0.6 * chance.random()), tone)
        sheet.ridge(level + 0.045, 0.014, share + 0.3, mix(KREIDE, HIMMEL, 0.25), 1.4)
    sheet.ridge(0.7, 0.012, 0.8, BROWN, 1.3)
    sheet.ridge(0.735, 0.01, 0.2, mix(MOOR, FELD, 0.28), 1.8)
    for x, y, size in ((0.4, 0.8, 0.2), (0.72, 0.9, 0.26), (0.14, 0.94, 0.2)):
        sheet.disc(x, y, size, mix(HIMMEL, KREIDE, 0.25), 0.2)
        sheet.disc(x + 0.02, y + 0.004, size * 0.7, HIMMEL, 0.12)
    for x in (0.345, 0.39, 0.42):
        sheet.line([(x, 0.81), (x + 0.05, 0.81)], 0.008, PEACH)
    birches(sheet)
    for _ in range(46):
        x, y = chance.random(), 0.79 + 0.2 * chance.random()
        sheet.line([(x, y + 0.05), (x + 0.004, y)], 0.003, MEADOW)
        sheet.disc(x + 0.004, y, 0.009, KREIDE)


def birches(sheet: Sheet) -> None:
    for x, foot, size in ((0.83, 0.84, 0.78), (0.9, 0.87, 0.9), (0.955, 0.83, 0.7)):
        sheet.shape([(x - 0.008, foot), (x - 0.003, foot - size), (x + 0.003, foot - size), (x + 0.008, foot)], KREIDE)
        for mark in range(11):
            y = foot - size * (0.06 + 0.08 * mark)
            side = -1 if mark % 2 else 1
            sheet.line([(x + side * 0.006, y), (x + side * 0.001, y + 0.006)], 0.008, MOOR)
        for leaf in range(40):
            angle, reach = leaf * 2.4, 0.03 + 0.004 * leaf
            sheet.disc(
                x + sheet.across(reach * math.cos(angle)),
                foot - size * 0.86 + reach * 1.1 * math.sin(angle),
                0.014,
                (FELD, MEADOW, WALD)[leaf % 3],
            )


def hills(sheet: Sheet) -> None:
    sheet.band(0, 1, mix(RAPS, KREIDE, 0.72))
    sheet.band(0, 0.16, mix(RAPS, KREIDE, 0.84))
    sheet.disc(0.68, 0.33, 0.17, mix(RAPS, KREIDE, 0.3))
    sheet.disc(0.68, 0.33, 0.13, RAPS)
    for x, y in ((0.26, 0.2), (0.31, 0.165), (0.34, 0.22)):
        wing = sheet.across(0.022)
        sheet.line(
            sheet.curve(
                [
                    (x - wing, y - 0.012),
                    (x - wing / 2, y - 0.02),
                    (x, y),
                    (x + wing / 2, y - 0.02),
                    (x + wing, y - 0.012),
                ],
                2,
            ),
            0.006,
            WALD,
        )
    chance = random.Random(13)
    layers = ((0.43, 0.075, 0.05, 0.8), (0.53, 0.07, 0.37, 0.6), (0.63, 0.06, 0.72, 0.38), (0.74, 0.055, 0.18, 0.16))
    for number, (level, rise, phase, share) in enumerate(layers):
        tone = mix(WALD, PEACH, share)
        skyline = sheet.ridge(level, rise, phase, tone, 1.05 + number * 0.18)
        if number == 1:
            sheet.box(0.3, skyline(0.31) - 0.1, 0.035, 0.13, tone)
            sheet.shape(
                [
                    (0.295, skyline(0.31) - 0.1),
                    (0.3 + sheet.across(0.0175), skyline(0.31) - 0.15),
                    (0.305 + sheet.across(0.035), skyline(0.31) - 0.1),
                ],
                tone,
            )
        size = 0.018 + 0.02 * number
        count = 110 - 18 * number
        for tree in range(count):
            x = (tree + 0.7 * chance.random()) / count
            sheet.fir(x, skyline(x) + size * 0.35, size * (0.9 + 0.7 * chance.random()), tone)
    clearing = sheet.curve([(0.3, 0.93), (0.45, 0.83), (0.7, 0.84), (0.95, 0.9), (1.05, 0.92)])
    sheet.shape([*clearing, (1.05, 1.02), (0.2, 1.02)], FELD)
    sheet.shape([*sheet.curve([(0.42, 1.02), (0.6, 0.9), (0.85, 0.91), (1.02, 0.96)]), (1.02, 1.1), (0.4, 1.1)], MEADOW)
    sheet.house(0.63, 0.9, 0.09, KREIDE, ZIEGEL, WALD)
    for x, size in ((0.05, 0.52), (0.13, 0.42), (0.205, 0.3), (0.95, 0.36)):
        sheet.fir(x, 1.02, size, MOOR)


def evening_farm(sheet: Sheet) -> None:
    night = mix(MOOR, HIMMEL, 0.14)
    for step, share in enumerate((0, 0.12, 0.26, 0.42)):
        sheet.band(step * 0.14, 1, mix(night, HIMMEL, share))
    sheet.band(0.5, 0.62, mix(mix(night, HIMMEL, 0.42), RAPS, 0.45))
    sheet.disc(0.2, 0.21, 0.13, mix(night, HIMMEL, 0.3))
    sheet.disc(0.2, 0.21, 0.085, PEACH)
    chance = random.Random(30)
    for _ in range(42):
        sheet.disc(chance.random(), 0.4 * chance.random(), 0.0025 + 0.0025 * chance.random(), PEACH)
    sheet.ridge(0.59, 0.02, 0.3, mix(WALD, MOOR, 0.2), 1.4)
    for x, size, turn in ((0.79, 0.36, 0.5), (0.9, 0.3, 1.1)):
        sheet.turbine(x, 0.6, size, turn, mix(KREIDE, WALD, 0.35))
    sheet.ridge(0.66, 0.018, 0.75, mix(WALD, MOOR, 0.55), 1.1)
    sheet.house(0.36, 0.715, 0.24, mix(ZIEGEL, MOOR, 0.42), mix(ZIEGEL, MOOR, 0.68), RAPS)
    sheet.box(0.36 + sheet.across(0.42), 0.53, 0.13, 0.185, mix(MOOR, WALD, 0.25))
    sheet.disc(0.36 + sheet.across(0.485), 0.53, 0.065, mix(MOOR, WALD, 0.25))
    for x, size in ((0.3, 0.34), (0.335, 0.26), (0.67, 0.24)):
        sheet.round_tree(x, 0.73, size, mix(WALD, MOOR, 0.6), mix(WALD, MOOR, 0.3))
    sheet.band(0.71, 1, mix(MOOR, WALD, 0.25))
    for row in range(-26, 27):
        near, far = row * 0.09, row * 0.02
        sheet.shape(
            [(0.46 + far, 0.71), (0.46 + near, 1), (0.46 + near + 0.03, 1), (0.46 + far + 0.004, 0.71)],
            mix(MOOR, FELD, 0.5),
        )


SCENES: dict[str, Callable[[Sheet], None]] = {
    "rape_field": rape_field,
    "weser": weser,
    "moor_morning": moor_morning,
    "brick_town": brick_town,
    "hills": hills,
    "workshop": workshop,
    "advice": advice,
    "market": market,
    "evening_farm": evening_farm,
}
