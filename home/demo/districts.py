"""The seven districts, their seats and their postcodes.

Assignment of the codes: GeoNames, CC BY 4.0. A code that crosses a border stands with the district of most of its area.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DistrictText:
    slug: str
    name: str
    ags: str
    seat: str
    latitude: float
    longitude: float
    sectors: str
    postcodes: str
    bulk: str = ""


DISTRICTS = (
    DistrictText(
        slug="cloppenburg",
        name="Cloppenburg",
        ags="03453",
        seat="Cloppenburg",
        latitude=52.8475,
        longitude=8.0450,
        sectors="Lebensmittel, Kunststoff, Landtechnik",
        postcodes="26169 26219 26676 26683 49624 49632 49661 49681 49685 49688 49692 49696 49699",
    ),
    DistrictText(
        slug="vechta",
        name="Vechta",
        ags="03460",
        seat="Vechta",
        latitude=52.7263,
        longitude=8.2860,
        sectors="Lebensmittel, Kunststoff, Landtechnik",
        postcodes="49377 49393 49401 49413 49424 49429 49434 49439 49451 49456",
    ),
    DistrictText(
        slug="diepholz",
        name="Diepholz",
        ags="03251",
        seat="Diepholz",
        latitude=52.6078,
        longitude=8.3701,
        sectors="Fahrzeugteile, Maschinenbau",
        postcodes=(
            "27211 27232 27239 27245 27246 27248 27249 27251 27252 27254 27257 27259 27305 27327 27330 28816 28844 "
            "28857 49356 49406 49419 49448 49453 49457 49459"
        ),
        bulk="27209 28182 28855",
    ),
    DistrictText(
        slug="nienburg",
        name="Nienburg (Weser)",
        ags="03256",
        seat="Nienburg",
        latitude=52.6493,
        longitude=9.2365,
        sectors="Glas, Chemie, Innenausstattung von Fahrzeugen",
        postcodes=(
            "27318 27324 27333 31547 31582 31592 31595 31600 31603 31604 31606 31608 31609 31613 31618 31619 31621 "
            "31622 31623 31626 31627 31628 31629 31632 31633 31634 31636 31637 31638"
        ),
        bulk="27317",
    ),
    DistrictText(
        slug="schaumburg",
        name="Schaumburg",
        ags="03257",
        seat="Stadthagen",
        latitude=52.3233,
        longitude=9.2031,
        sectors="Hohlglas, Gesundheit",
        postcodes=(
            "31542 31552 31553 31555 31556 31558 31559 31655 31675 31683 31688 31691 31693 31698 31699 31700 31702 "
            "31707 31708 31710 31711 31712 31714 31715 31717 31718 31719 31737 31749 31867"
        ),
    ),
    DistrictText(
        slug="hameln-pyrmont",
        name="Hameln-Pyrmont",
        ags="03252",
        seat="Hameln",
        latitude=52.1037,
        longitude=9.3676,
        sectors="Kliniken, elektrische Antriebe",
        postcodes="31020 31785 31787 31789 31812 31840 31848 31855 31860 31863",
    ),
    DistrictText(
        slug="holzminden",
        name="Holzminden",
        ags="03255",
        seat="Holzminden",
        latitude=51.8280,
        longitude=9.4455,
        sectors="Aromen, Heiztechnik, Glas",
        postcodes=(
            "31073 31868 37603 37619 37620 37627 37632 37633 37635 37639 37640 37642 37643 37647 37649 37691 37697 "
            "37699"
        ),
    ),
)

CROSSING = frozenset(["31073", "31868", "31020", "31867", "27318", "27327", "49401", "49434"])
"""Codes that reach over a district's border; the visitor may choose another office."""
