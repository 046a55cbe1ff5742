"""Invented providers of courses, the topics, and the rooms in which courses take place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderText:
    slug: str
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class Room:
    venue: str
    postcode: str
    town: str


PROVIDERS = (
    ProviderText("akademie-am-moor", "Akademie am Moor", "Vechta"),
    ProviderText("bildungswerk-huntebogen", "Bildungswerk Huntebogen", "Diepholz"),
    ProviderText("lernwerkstatt-mittelweser", "Lernwerkstatt Mittelweser", "Nienburg"),
    ProviderText("werkschule-schaumburg", "Werkschule Schaumburg", "Stadthagen"),
    ProviderText("weserbogen-bildung", "Weserbogen Bildung", "Hameln"),
    ProviderText("solling-lernhaus", "Solling-Lernhaus", "Holzminden"),
)

TOPICS = {
    "neue-arbeitsformen": "Neue Arbeitsformen",
    "digitalisierung": "Digitalisierung",
    "generationen": "Generationenübergreifendes Arbeiten",
    "technik": "Technik und Handwerk",
    "gesundheit": "Gesundheit und Pflege",
    "energie": "Energie und Klima",
    "fuehrung": "Führung und Zusammenarbeit",
}
"""Slug and name; the first three are the network's own themes."""

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
