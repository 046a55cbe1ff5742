"""News of the demo: the founding news with its own date, three more counted from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

Piece = tuple[str, Any]
"""Name of a block of `TextBody` and its value."""


@dataclass(frozen=True, slots=True)
class NewsText:
    """`day` is the page's own date; without it the news is `days_ago` old."""

    slug: str
    title: str
    kicker: str
    place: str
    initials: str
    lead: str
    body: tuple[Piece, ...]
    contact: dict[str, str]
    pictures: tuple[tuple[str, str], ...] = ()
    teaser: str = ""
    days_ago: int = 0
    day: date | None = None
    search_description: str = ""
    topics: tuple[str, ...] = ()
    district: str = ""
    updated_days_ago: int | None = None
    update_note: str = ""


_OFFICE = {
    "name": "Mara Musterdeich (Beispiel)",
    "role": "Projektleitung MehrWert",
    "phone": "0511 000-4000",
    "mobile": "0171 0000000",
    "email": "mara.musterdeich@mehrwert.example",
}

PRESS = {
    "name": "Till Beispielwiese (Beispiel)",
    "role": "Öffentlichkeitsarbeit MehrWert",
    "phone": "0511 000-4010",
    "mobile": "",
    "email": "presse@mehrwert.example",
}

NEWS = (
    NewsText(
        slug="sieben-landkreise-ein-netz",
        title="Sieben Landkreise, ein Netz",
        kicker="Weiterbildung auf dem Land",
        place="Hannover",
        initials="mm",
        day=date(2022, 2, 21),
        topics=("neue-arbeitsformen", "digitalisierung", "generationen"),
        search_description="Cloppenburg bis Holzminden: Sieben Landkreise gründen den Weiterbildungsverbund MehrWert.",
        lead=(
            "Von Cloppenburg bis Holzminden sind es keine 150 Kilometer Luftlinie. Wer dort einen guten Kurs für sein "
            "Team sucht, sucht trotzdem oft lange. Sieben Landkreise ändern das jetzt gemeinsam: Sie haben den "
            "Weiterbildungsverbund MehrWert gegründet."
        ),
        pictures=(
            ("market", "Sieben Landkreise, viele Gesichter: MehrWert verbindet Menschen, die etwas lernen wollen."),
            ("workshop", "Gelernt wird da, wo gearbeitet wird: in Werkstätten, Hallen, Büros und Stationen."),
        ),
        teaser="market",
        body=(
            (
                "paragraph",
                "<p>Angefangen hat die Arbeit im Herbst 2021. Seitdem sprechen die Landkreise Cloppenburg, Vechta, "
                "Diepholz, Nienburg (Weser), Schaumburg, Hameln-Pyrmont und Holzminden mit einer Stimme, wenn es um "
                "Weiterbildung geht. Träger des Projekts ist die Handwerkskammer Hannover Projekt- und "
                "Servicegesellschaft mbH.</p><p>Das Angebot richtet sich an kleine und mittlere Betriebe. Ihnen "
                "fehlt selten der Wille, aber oft eine Personalabteilung, die Kurse vergleicht, Anträge schreibt und "
                "Vertretung organisiert. Diese Arbeit nimmt der Verbund ihnen ab.</p>",
            ),
            ("heading", "Erst fragen, dann anbieten"),
            (
                "paragraph",
                "<p>Am Anfang steht eine Umfrage. Gefragt werden Unternehmerinnen und Unternehmer, ältere und "
                "jüngere Beschäftigte und Menschen mit Migrationsgeschichte. Drei Themen stehen im "
                "Mittelpunkt:</p><ul><li>Wie verändern neue Arbeitsformen den Alltag?</li><li>Was braucht der "
                "Betrieb, um digital Schritt zu halten?</li><li>Wie lernen Jung und Alt voneinander?</li></ul><p>Aus "
                "den Antworten entstehen Angebote, die passen: zusammen mit den Bildungsträgern der Region, nahe am "
                "Betrieb und zu Zeiten, die auch nach der Schicht noch gehen.</p>",
            ),
            (
                "quotation",
                {
                    "quotation": (
                        "Niemand muss in die Großstadt fahren, um etwas Neues zu lernen. Die guten Leute sind hier, "
                        "die guten Betriebe auch. Wir im ländlichen Raum können es auch!"
                    ),
                    "speaker": "Mara Musterdeich (Beispiel), Projektleitung MehrWert",
                },
            ),
            ("heading", "Büros vor Ort, Kurse auf einen Blick"),
            (
                "paragraph",
                "<p>In der Fläche entstehen MehrWert-Büros. Dort beraten Menschen, die keinem Kursanbieter "
                "verpflichtet sind. Dazu kommt eine Datenbank, in der alle Kurse der Region zu finden "
                "sind.</p><p>Das Geld kommt zum größten Teil vom Bundesministerium für Arbeit und Soziales: fast "
                "eine Million Euro für drei Jahre, etwa 70 Prozent der gesamten Kosten. Den Rest, rund 30 Prozent, "
                "bringen die sieben Landkreise auf. MehrWert ist damit einer von 39 Verbünden, die der Bund zurzeit "
                "in ganz Deutschland fördert.</p>",
            ),
            (
                "timeline",
                {
                    "heading": "Die nächsten Schritte",
                    "steps": [
                        {"when": "Frühjahr 2022", "title": "Fragen", "text": "Umfrage in den Betrieben der Region."},
                        {"when": "Sommer 2022", "title": "Beraten", "text": "Die ersten MehrWert-Büros öffnen."},
                        {"when": "Herbst 2022", "title": "Finden", "text": "Die Datenbank der Kurse geht online."},
                        {"when": "Ab 2023", "title": "Lernen", "text": "Erste Angebote nach dem Bedarf der Betriebe."},
                    ],
                },
            ),
            (
                "gallery",
                {
                    "heading": "Bilder aus der Region",
                    "pictures": [
                        {"scene": "rape_field", "caption": "Weites Land zwischen Cloppenburg und Diepholz."},
                        {"scene": "brick_town", "caption": "Kleine Städte mit kurzen Wegen."},
                        {"scene": "hills", "caption": "Im Süden beginnt das Weserbergland."},
                    ],
                },
            ),
        ),
        contact=_OFFICE,
    ),
    NewsText(
        slug="fahrplan-statt-zettelwirtschaft",
        title="Ein Fahrplan statt vieler Zettel",
        kicker="Aus der Beratung",
        place="Stadthagen",
        initials="tb",
        days_ago=9,
        topics=("fuehrung",),
        district="schaumburg",
        search_description="Der Weiterbildungsfahrplan ordnet, wer im Betrieb wann was lernt und wer es bezahlt.",
        lead=(
            "Wer lernt was, wann, wo und wer zahlt? Der Weiterbildungsfahrplan beantwortet diese Fragen auf zwei "
            "Seiten. Kein Angebot wünschen sich Betriebe häufiger."
        ),
        pictures=(("advice", "Ein Gespräch, ein Blatt Papier: So beginnt jeder Fahrplan."),),
        teaser="advice",
        body=(
            (
                "paragraph",
                "<p>Nach dem ersten Gespräch bleibt oft ein Stapel Notizen. Die eine Kollegin braucht den "
                "Staplerschein, der Meister will ausbilden, im Büro soll die E-Rechnung laufen. Alles ist wichtig, "
                "und alles auf einmal geht nicht.</p><p>Hier setzt der Fahrplan an. Die Beratung sucht Kurse heraus, "
                "fragt Plätze ab und prüft die Förderung. Heraus kommt ein Plan, der zu Schicht, Saison und "
                "Geldbeutel passt.</p>",
            ),
            ("heading", "Was im Fahrplan steht"),
            (
                "paragraph",
                "<ul><li>für jede Person: Ziel, Kurs, Datum, Ort</li><li>für den Betrieb: Kosten, Förderung, "
                "Vertretung</li><li>für alle: wann wir wieder miteinander sprechen</li></ul><p>Der Plan ist "
                "kostenfrei und verpflichtet zu nichts. Ändert sich etwas, ändern wir ihn mit.</p>",
            ),
            (
                "quotation",
                {
                    "quotation": "Vorher hatten wir zwölf Ideen und keinen Termin. Jetzt haben wir vier Termine.",
                    "speaker": "Inhaberin einer Tischlerei (Beispiel)",
                },
            ),
            (
                "downloads",
                {
                    "heading": "Zum Vorbereiten",
                    "files": [
                        {"file": "zehn-fragen.txt", "label": ""},
                        {"file": "fahrplan-zum-ausfuellen.csv", "label": "Fahrplan zum Ausfüllen (Tabelle)"},
                    ],
                },
            ),
        ),
        updated_days_ago=3,
        update_note="Vorlagen zum Herunterladen ergänzt.",
        contact=PRESS,
    ),
    NewsText(
        slug="sprechtag-holzminden",
        title="Holzminden: Beratung jetzt jeden Donnerstag",
        kicker="Sprechtage",
        place="Holzminden",
        initials="tb",
        days_ago=26,
        district="holzminden",
        search_description="In Holzminden berät MehrWert jetzt jede Woche, donnerstags von 10 bis 15 Uhr.",
        lead=(
            "Bisher kam die Beratung nur ab und zu an den Solling. Jetzt ist sie jede Woche da: donnerstags von 10 bis "
            "15 Uhr, mitten in der Stadt."
        ),
        pictures=(("weser", "Nur ein paar Schritte vom Fluss: Der Sprechtag liegt nah am Weserufer."),),
        teaser="weser",
        body=(
            (
                "paragraph",
                "<p>Wer im Landkreis Holzminden einen Betrieb führt, muss nicht mehr nach Hameln fahren. Das Team des "
                "Hamelner Büros kommt jeden Donnerstag herüber. Der Raum liegt im Erdgeschoss und ist ohne Stufen zu "
                "erreichen.</p><p>Einen Termin wählen Sie hier auf der Website. Er dauert eine Stunde, auf Wunsch auch "
                "kürzer. Wer keine Zeit für den Weg hat, spricht per Video mit uns.</p>",
            ),
            ("heading", "Auch in Cloppenburg, Syke und Bückeburg"),
            (
                "paragraph",
                "<p>Drei weitere Orte haben feste Sprechtage: Cloppenburg jede zweite Woche am Mittwoch, Syke am "
                "ersten und dritten Freitag im Monat, Bückeburg am letzten Donnerstag. Fällt ein Tag aus, zeigt die "
                "Buchung ihn gar nicht erst an.</p>",
            ),
        ),
        contact=PRESS,
    ),
    NewsText(
        slug="kurse-die-in-die-schicht-passen",
        title="Kurse, die in die Schicht passen",
        kicker="Kursübersicht",
        place="Nienburg",
        initials="mm",
        days_ago=47,
        topics=("digitalisierung", "technik"),
        district="nienburg",
        search_description=(
            "Alle Kurse der sieben Landkreise auf einen Blick, mit Terminen, Orten und ehrlichen Preisen."
        ),
        lead=(
            "Dreißig Kurse, sechs Anbieter, eine Liste: In der Kursübersicht sehen Betriebe auf einen Blick, was in "
            "den nächsten Monaten in ihrer Nähe beginnt."
        ),
        pictures=(("workshop", "Lernen an der Werkbank: Viele Kurse kommen auch in den Betrieb."),),
        teaser="workshop",
        body=(
            (
                "paragraph",
                "<p>Jeder Kurs zeigt, wann er stattfindet, wo, wie lange und was er kostet. Kennen wir den Preis "
                "nicht, sagen wir das. „Kostenfrei“ steht nur da, wo auch nichts zu zahlen ist.</p><p>Viele Kurse "
                "laufen am Abend, am Samstag oder online. Andere kommen auf Wunsch in den Betrieb. Fehlt etwas, "
                "sagen Sie es uns: Aus Ihrem Bedarf wird vielleicht der nächste Kurs.</p>",
            ),
            ("heading", "Neutral heißt neutral"),
            (
                "paragraph",
                "<p>Wir verkaufen keine Kurse und bekommen kein Geld dafür, dass wir einen empfehlen. Gebucht wird "
                "direkt beim Anbieter.</p>",
            ),
        ),
        contact=_OFFICE,
    ),
)
