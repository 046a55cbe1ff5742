"""Where people work and talk."""

from __future__ import annotations

import math
import random

from home.demo.sheet import BROWN, FELD, HAZE, HIMMEL, KREIDE, MOOR, RAPS, SAND, SKINS, WALD, ZIEGEL, Sheet, mix


def workshop(sheet: Sheet) -> None:
    sheet.band(0, 1, mix(SAND, WALD, 0.14))
    for bay in range(4):
        left = 0.05 + bay * 0.235
        pane_wide = 0.2 * sheet.aspect
        sheet.box(left, 0.18, pane_wide, 0.38, HIMMEL)
        sheet.box(left, 0.45, pane_wide, 0.11, mix(FELD, HIMMEL, 0.5))
        sheet.box(left + 0.02, 0.41, 0.06, 0.05, mix(WALD, HIMMEL, 0.4))
        for share in (0, 1 / 3, 2 / 3, 1):
            sheet.line([(left + 0.2 * share, 0.18), (left + 0.2 * share, 0.56)], 0.01, WALD)
        for share in (0, 0.5, 1):
            sheet.line([(left, 0.18 + 0.38 * share), (left + 0.2, 0.18 + 0.38 * share)], 0.01, WALD)
    for left in range(-1, 9):
        x = left * 0.125
        sheet.line([(x, 0.04), (x + 0.0625, 0.12), (x + 0.125, 0.04)], 0.009, MOOR)
    sheet.line([(0, 0.04), (1, 0.04)], 0.016, MOOR)
    sheet.line([(0, 0.12), (1, 0.12)], 0.016, MOOR)
    for x in (0.22, 0.72):
        sheet.line([(x, 0.12), (x, 0.2)], 0.005, MOOR)
        sheet.shape([(x - 0.035, 0.235), (x - 0.012, 0.195), (x + 0.012, 0.195), (x + 0.035, 0.235)], ZIEGEL)
        sheet.disc(x, 0.237, 0.022, RAPS, 0.5)
    sheet.band(0.68, 1, mix(MOOR, SAND, 0.4))
    sheet.shape([(0, 0.9), (1, 0.83), (1, 0.86), (0, 0.94)], RAPS)
    sheet.box(0.06, 0.42, 0.3, 0.36, WALD, 0.02)
    sheet.box(0.06 + sheet.across(0.035), 0.46, 0.16, 0.14, HIMMEL, 0.012)
    sheet.box(0.06 + sheet.across(0.22), 0.46, 0.05, 0.05, RAPS, 0.01)
    sheet.disc(0.06 + sheet.across(0.245), 0.56, 0.018, ZIEGEL)
    sheet.box(0.06 + sheet.across(0.035), 0.64, 0.23, 0.04, mix(WALD, MOOR, 0.6), 0.01)
    sheet.person(0.47, 0.84, 0.6, SKINS[0], BROWN, ZIEGEL)
    sheet.person(0.76, 0.84, 0.53, SKINS[1], MOOR, FELD)
    sheet.draw_fringe(0.76, 0.42, 0.107, RAPS)
    brim = sheet.across(0.118)
    sheet.line([(0.76 - brim, 0.4), (0.76 + brim, 0.4)], 0.016, RAPS)
    sheet.shape([(0.3, 0.79), (1.02, 0.79), (1.02, 0.85), (0.3, 0.85)], mix(ZIEGEL, SAND, 0.45))
    sheet.shape([(0.34, 0.85), (0.38, 0.85), (0.38, 1), (0.34, 1)], BROWN)
    sheet.shape([(0.92, 0.85), (0.96, 0.85), (0.96, 1), (0.92, 1)], BROWN)
    sheet.box(0.585, 0.7, 0.1, 0.09, MOOR, 0.012)
    sheet.box(0.6, 0.665, 0.05, 0.04, mix(MOOR, SAND, 0.5))
    sheet.line([(0.5, 0.66), (0.575, 0.735)], 0.05, mix(ZIEGEL, MOOR, 0.2))
    sheet.disc(0.58, 0.74, 0.028, SKINS[0])
    chance = random.Random(4)
    for _ in range(34):
        angle, reach = -2.6 + 2.1 * chance.random(), 0.04 + 0.15 * chance.random()
        sheet.disc(
            0.635 + sheet.across(reach * math.cos(angle)),
            0.69 + reach * math.sin(angle),
            0.003 + 0.005 * chance.random(),
            (RAPS, KREIDE)[chance.random() < 0.25],
        )
    for tool in range(5):
        x = 0.86 + tool * 0.022
        sheet.line([(x, 0.79), (x, 0.71 - 0.012 * (tool % 3))], 0.01, (ZIEGEL, MOOR, WALD)[tool % 3])


def advice(sheet: Sheet) -> None:
    sheet.band(0, 1, mix(SAND, RAPS, 0.14))
    wide = 0.46 * sheet.aspect
    sheet.box(
        0.29 - 0.012, 0.08 - 0.012 * sheet.aspect, wide + 0.024 * sheet.aspect, 0.46 + 0.024 * sheet.aspect, KREIDE
    )
    sheet.box(0.29, 0.08, wide, 0.46, HIMMEL)
    sheet.disc(0.455, 0.2, 0.06, RAPS)
    hill = [(0.29 + 0.46 * step / 40, 0.38 + 0.03 * math.sin(step / 5)) for step in range(41)]
    sheet.shape([*hill, (0.75, 0.54), (0.29, 0.54)], HAZE)
    hill = [(0.29 + 0.46 * step / 40, 0.45 - 0.025 * math.sin(step / 7 + 1)) for step in range(41)]
    sheet.shape([*hill, (0.75, 0.54), (0.29, 0.54)], FELD)
    sheet.shape([(0.29, 0.51), (0.75, 0.485), (0.75, 0.54), (0.29, 0.54)], RAPS)
    sheet.line([(0.52, 0.08), (0.52, 0.54)], 0.018, KREIDE)
    sheet.box(0.05, 0.14, 0.2, 0.26, KREIDE)
    chain = [(0.05 + sheet.across(0.03 + 0.0235 * step), 0.31 if step % 2 == 0 else 0.22) for step in range(7)]
    sheet.line(chain, 0.009, WALD)
    for number, (x, y) in enumerate(chain):
        sheet.disc(x, y, 0.013, RAPS if number == 3 else WALD)
    sheet.line([(0.88, 0.0), (0.88, 0.14)], 0.006, MOOR)
    sheet.shape([(0.82, 0.25), (0.855, 0.14), (0.905, 0.14), (0.94, 0.25)], ZIEGEL)
    sheet.disc(0.88, 0.25, 0.045, RAPS, 0.4)
    sheet.person(0.3, 0.86, 0.72, SKINS[2], BROWN, WALD)
    sheet.person(0.71, 0.86, 0.72, SKINS[1], MOOR, ZIEGEL)
    sheet.disc(0.71 + sheet.across(0.105), 0.27, 0.06, MOOR)
    sheet.shape([(0.08, 0.78), (0.92, 0.78), (1.0, 0.94), (0.0, 0.94)], mix(ZIEGEL, SAND, 0.55))
    sheet.band(0.94, 1, BROWN)
    sheet.shape([(0.4, 0.81), (0.6, 0.81), (0.625, 0.905), (0.375, 0.905)], KREIDE)
    plan = [(0.42 + 0.0265 * step, 0.885 if step % 2 == 0 else 0.835) for step in range(7)]
    sheet.line(plan, 0.008, WALD)
    for number, (x, y) in enumerate(plan):
        sheet.disc(x, y, 0.012, RAPS if number == 4 else WALD, 0.8)
    for x, tone, skin in ((0.345, WALD, SKINS[2]), (0.655, ZIEGEL, SKINS[1])):
        inward = 1 if x < 0.5 else -1
        sheet.line([(x - inward * 0.1, 0.76), (x + inward * 0.02, 0.835)], 0.075, mix(tone, MOOR, 0.22))
        sheet.disc(x + inward * 0.035, 0.842, 0.036, skin)
    for x, tone in ((0.185, KREIDE), (0.8, RAPS)):
        sheet.box(x, 0.79, 0.075, 0.075, tone, 0.012)
        sheet.disc(x + sheet.across(0.0375), 0.793, 0.0375, mix(tone, MOOR, 0.25), 0.28)
    sheet.box(0.045, 0.68, 0.11, 0.1, ZIEGEL, 0.015)
    for leaf in range(7):
        angle = -2.7 + leaf * 0.37
        foot = 0.045 + sheet.across(0.055), 0.69
        tip = foot[0] + sheet.across(0.22 * math.cos(angle)), foot[1] + 0.24 * math.sin(angle)
        bend = (foot[0] + tip[0]) / 2 + sheet.across(0.03), (foot[1] + tip[1]) / 2
        other = (foot[0] + tip[0]) / 2 - sheet.across(0.03), (foot[1] + tip[1]) / 2 + 0.02
        sheet.shape(sheet.curve([foot, bend, tip], 3) + sheet.curve([tip, other, foot], 3), (WALD, FELD)[leaf % 2])
