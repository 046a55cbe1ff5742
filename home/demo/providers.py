"""Invented providers of courses, and the rooms in which courses take place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderText:
    slug: str
    name: str
    town: str
    about: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    venue: str
    postcode: str
    town: str


PROVIDERS = (
    ProviderText(
        "akademie-am-moor",
        "Akademie am Moor",
        "Vechta",
        "Kurse für Büro, Führung und Lebensmittelbetriebe, in kleinen Gruppen und auf Wunsch abends.",
        ("azav",),
    ),
    ProviderText(
        "bildungswerk-huntebogen",
        "Bildungswerk Huntebogen",
        "Diepholz",
        "Lager, Transport und Pflege: Bei uns übt man an den Geräten, die auch im Betrieb stehen.",
        ("azav", "iso-9001"),
    ),
    ProviderText(
        "lernwerkstatt-mittelweser",
        "Lernwerkstatt Mittelweser",
        "Nienburg",
        "Digitale Werkzeuge Schritt für Schritt, mit Leihgeräten und viel Zeit zum Ausprobieren.",
    ),
    ProviderText(
        "werkschule-schaumburg",
        "Werkschule Schaumburg",
        "Stadthagen",
        "Metall, Elektro und Steuerungen in drei Hallen. Ausbilderinnen und Ausbilder kommen aus der Praxis.",
        ("azav", "din-en-iso-9606"),
    ),
    ProviderText(
        "weserbogen-bildung",
        "Weserbogen Bildung",
        "Hameln",
        "Kurse für Teams, die sich verändern: neue Arbeitsformen, Wissen weitergeben, gut zusammenarbeiten.",
        ("iso-9001",),
    ),
    ProviderText(
        "solling-lernhaus",
        "Solling-Lernhaus",
        "Holzminden",
        "Energie, Heizung und Gebäude. Das Labor mit Wärmepumpe und Speicher steht auch Betrieben offen.",
        ("azav",),
    ),
)

ROOMS = {
    "cloppenburg": Room("Lernraum am Musterplatz", "49661", "Cloppenburg"),
    "friesoythe": Room("Werkhalle Beispielesch", "26169", "Friesoythe"),
    "vechta": Room("Akademie am Moor, Raum 3", "49377", "Vechta"),
    "lohne": Room("Technikum Musterring", "49393", "Lohne"),
    "damme": Room("Haus der Vereine", "49401", "Damme"),
    "diepholz": Room("Bildungswerk, Saal 1", "49356", "Diepholz"),
    "syke": Room("Bürgerhaus, Kleiner Saal", "28857", "Syke"),
    "sulingen": Room("Werkstatt Beispielweg", "27232", "Sulingen"),
    "nienburg": Room("Lernwerkstatt, Raum 12", "31582", "Nienburg"),
    "hoya": Room("Alte Musterschule", "27318", "Hoya"),
    "stolzenau": Room("Dorfgemeinschaftshaus", "31592", "Stolzenau"),
    "stadthagen": Room("Werkschule, Halle 2", "31655", "Stadthagen"),
    "bueckeburg": Room("Stadthaus, Raum 1.07", "31675", "Bückeburg"),
    "rinteln": Room("Lernstudio Weserwiese", "31737", "Rinteln"),
    "hameln": Room("Weserbogen, Raum 5", "31785", "Hameln"),
    "bad-pyrmont": Room("Kurhaus, Seminarraum", "31812", "Bad Pyrmont"),
    "holzminden": Room("Solling-Lernhaus, Labor", "37603", "Holzminden"),
    "bodenwerder": Room("Haus am Beispielufer", "37619", "Bodenwerder"),
}
