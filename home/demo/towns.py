"""Brick and timber: streets and squares of the small towns."""

from __future__ import annotations

import random

from home.demo.sheet import (
    BRICK,
    BROWN,
    FELD,
    GOLD,
    HAZE,
    HIMMEL,
    KREIDE,
    MOOR,
    RAPS,
    SAND,
    SKINS,
    WALD,
    ZIEGEL,
    Colour,
    Sheet,
    mix,
)


def brick_town(sheet: Sheet) -> None:
    sheet.band(0.4, 1, mix(HIMMEL, KREIDE, 0.55))
    sheet.disc(0.2, 0.22, 0.09, RAPS)
    sheet.ridge(0.6, 0.03, 0.4, HAZE, 1.2)
    tower = 0.62
    wide = sheet.across(0.15)
    sheet.box(tower, 0.3, 0.15, 0.5, mix(ZIEGEL, MOOR, 0.25))
    sheet.shape([(tower - 0.008, 0.31), (tower + wide / 2, 0.03), (tower + wide + 0.008, 0.31)], WALD)
    sheet.disc(tower + wide / 2, 0.4, 0.035, KREIDE)
    sheet.line([(tower + wide / 2, 0.4), (tower + wide / 2, 0.375)], 0.006, MOOR)
    sheet.line([(tower + wide / 2, 0.4), (tower + wide / 2 + sheet.across(0.018), 0.4)], 0.006, MOOR)
    chance = random.Random(5)
    for back in range(9):
        x, size = back * 0.13 - 0.05, 0.15 + 0.05 * chance.random()
        sheet.house(x, 0.66, size, mix(SAND, ZIEGEL, 0.25), mix(ZIEGEL, HIMMEL, 0.25), mix(MOOR, HIMMEL, 0.3))
    walls = (BRICK, SAND, mix(RAPS, SAND, 0.35), mix(ZIEGEL, MOOR, 0.2), KREIDE, mix(HIMMEL, WALD, 0.2), BRICK)
    x = -0.03
    for number in range(9):
        wall = walls[number % len(walls)]
        high, broad = 0.25 + 0.09 * chance.random(), 0.23 + 0.05 * chance.random()
        gable_house(sheet, x, broad, high, wall, stepped=number % 3 == 0, timbered=wall in (SAND, KREIDE))
        x += sheet.across(broad)
    sheet.band(0.82, 1, mix(SAND, MOOR, 0.12))
    sheet.band(0.82, 0.84, mix(SAND, MOOR, 0.3))
    for row in range(5):
        y = 0.87 + row * 0.032
        for stone in range(40):
            left = (stone + row % 2 * 0.5) / 36 - 0.02
            sheet.line([(left, y), (left + 0.014, y)], 0.006, mix(SAND, MOOR, 0.24))
    for place in (0.1, 0.44, 0.86):
        sheet.round_tree(place, 0.87, 0.27, WALD, FELD)


def market(sheet: Sheet) -> None:
    sheet.band(0.36, 1, mix(HIMMEL, KREIDE, 0.6))
    sheet.disc(0.86, 0.17, 0.085, RAPS)
    for number, (x, broad, high) in enumerate(
        ((-0.02, 0.3, 0.33), (0.52, 0.27, 0.3), (0.7, 0.31, 0.35), (0.9, 0.28, 0.29))
    ):
        gable_house(
            sheet,
            x,
            broad,
            high,
            (BRICK, mix(RAPS, SAND, 0.35), KREIDE, BRICK)[number],
            stepped=number == 0,
            timbered=number == 2,
        )
    gable_house(sheet, 0.19, 0.48, 0.4, SAND, stepped=False, timbered=True)
    sheet.band(0.8, 1, mix(SAND, RAPS, 0.12))
    for row in range(6):
        sheet.line([(0, 0.825 + row * row * 0.0065), (1, 0.825 + row * row * 0.0065)], 0.003, mix(SAND, MOOR, 0.2))
    for x, first, second in ((0.04, ZIEGEL, KREIDE), (0.37, RAPS, KREIDE), (0.7, FELD, KREIDE)):
        for post in (0.012, 0.236):
            sheet.line([(x + post, 0.66), (x + post, 0.9)], 0.009, MOOR)
        sheet.box(x + 0.008, 0.8, 0.234 * sheet.aspect, 0.1, mix(ZIEGEL, SAND, 0.5))
        for crate in range(7):
            centre = x + 0.03 + crate * 0.031
            for ball in range(3):
                sheet.disc(
                    centre + (ball - 1) * 0.009,
                    0.795 - (ball == 1) * 0.012,
                    0.015,
                    (RAPS, ZIEGEL, FELD, mix(RAPS, ZIEGEL, 0.5))[crate % 4],
                )
        for stripe in range(8):
            left = x + stripe * 0.031
            lean = 0.016
            top_left, top_right = x + lean + stripe * 0.027, x + lean + (stripe + 1) * 0.027
            tone = first if stripe % 2 == 0 else second
            sheet.shape([(top_left, 0.57), (top_right, 0.57), (left + 0.031, 0.665), (left, 0.665)], tone)
            sheet.disc(left + 0.0155, 0.665, 0.0155 * sheet.aspect, mix(tone, MOOR, 0.1), 0.8)
    crowd = (
        (0.31, 0.5, WALD, 0),
        (0.6, 0.44, ZIEGEL, 1),
        (0.68, 0.4, MOOR, 2),
        (0.97, 0.5, RAPS, 3),
        (0.02, 0.46, FELD, 2),
    )
    for x, size, tone, skin in crowd:
        sheet.person(x, 1.03, size, SKINS[skin], (BROWN, MOOR, GOLD, BROWN)[skin], tone)


def gable_house(
    sheet: Sheet, x: float, broad: float, high: float, wall: Colour, *, stepped: bool, timbered: bool
) -> None:
    """A town house, gable to the street; `x` its left edge."""
    foot, eaves = 0.83, 0.83 - high
    middle, right = x + sheet.across(broad / 2), x + sheet.across(broad)
    peak = eaves - broad * 0.62
    if stepped:
        sheet.box(x, eaves, broad, high, wall)
        for step in range(4):
            inset = broad * step / 8
            sheet.box(
                x + sheet.across(inset), eaves - (eaves - peak) * (step + 1) / 4, broad - 2 * inset, foot - eaves, wall
            )
    else:
        over = sheet.across(0.012)
        sheet.shape(
            [(x - over, eaves + 0.01), (middle, peak - 0.02), (right + over, eaves + 0.01)],
            ZIEGEL if wall != BRICK else WALD,
        )
        sheet.shape([(x, foot), (x, eaves), (middle, peak), (right, eaves), (right, foot)], wall)
    if timbered:
        beam = BROWN
        for level in (eaves, eaves + high * 0.45):
            sheet.line([(x, level), (right, level)], 0.01, beam)
        for share in (0.02, 0.35, 0.65, 0.98):
            place = x + sheet.across(broad * share)
            sheet.line([(place, eaves), (place, foot)], 0.01, beam)
        sheet.line([(middle, peak), (middle, eaves)], 0.01, beam)
        sheet.line(
            [(x + sheet.across(broad * 0.02), eaves + high * 0.45), (x + sheet.across(broad * 0.35), eaves)], 0.01, beam
        )
        sheet.line(
            [(x + sheet.across(broad * 0.98), eaves + high * 0.45), (x + sheet.across(broad * 0.65), eaves)], 0.01, beam
        )
    glass = mix(MOOR, HIMMEL, 0.18)
    for level in range(2):
        for column in range(3):
            left = x + sheet.across(broad * (0.11 + 0.29 * column))
            top = eaves + 0.035 + level * high * 0.42
            sheet.box(left - sheet.across(0.004), top - 0.004, broad * 0.19 + 0.008, 0.078, KREIDE)
            lit = (level * 3 + column + round(broad * 1000)) % 5 == 0
            sheet.box(left, top, broad * 0.19, 0.07, RAPS if lit else glass)
    sheet.box(middle - sheet.across(0.022), peak + broad * 0.3, 0.044, 0.055, glass)
