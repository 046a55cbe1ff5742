"""Text pages of the demo: how advice works, who pays for courses, who we are."""

from __future__ import annotations

from dataclasses import dataclass

from home.demo.news import Piece


@dataclass(frozen=True, slots=True)
class PageText:
    slug: str
    title: str
    lead: str
    body: tuple[Piece, ...]
    search_description: str = ""
    in_menu: bool = False
    in_footer: bool = False


CATALOGUE_TITLE = "Kurse"
CATALOGUE_INTRO = (
    "<p>Was beginnt bald in Ihrer Nähe? Hier stehen die Kurse aller Anbieter, die nächsten zuerst. Gebucht wird "
    "direkt beim Anbieter; aussuchen können Sie gern mit uns.</p><p><b>Hinweis:</b> Alle Kurse und Anbieter auf "
    "dieser Seite sind erfundene Beispiele.</p>"
)
OFFICES_TITLE = "Büros"
OFFICES_INTRO = (
    "<p>Fünf Büros und vier Orte mit Sprechtagen: So ist aus jedem der sieben Landkreise der Weg kurz. Geben Sie Ihren "
    "Ort oder Ihre Postleitzahl ein, dann zeigen wir Ihnen, welches Büro für Sie da ist.</p>"
)
NEWS_TITLE = "Nachrichten"
NEWS_LEAD = "Was sich im Verbund tut: neue Angebote, Sprechtage und Geschichten aus den Betrieben."

PAGES = (
    PageText(
        slug="beratung",
        title="Beratung",
        lead="So läuft sie: nichts vorbereiten, nichts bezahlen, nichts unterschreiben. Nur einen Termin wählen.",
        search_description="Wie die Beratung bei MehrWert läuft: Anliegen, Dauer, Ort und was danach passiert.",
        in_menu=True,
        body=(
            ("heading", "Fünf Anliegen zur Wahl"),
            (
                "paragraph",
                "<ul><li><b>Erstberatung</b> (60 Minuten): Sie erzählen, wir sortieren.</li>"
                "<li><b>Förderberatung</b> (45 Minuten): Wir rechnen durch, wer was bezahlt.</li>"
                "<li><b>Weiterbildungsfahrplan</b> (90 Minuten): Wir planen mit Ihnen die nächsten zwölf Monate.</li>"
                "<li><b>Beratung im Betrieb</b> (120 Minuten): Wir kommen und sehen uns um.</li>"
                "<li><b>Kurzanruf</b> (15 Minuten): eine Frage, eine Antwort.</li></ul>",
            ),
            ("heading", "Wo Sie mögen"),
            (
                "paragraph",
                "<p>Beschäftigte kommen gern zu uns ins Büro. Wer für Personal verantwortlich ist, hat uns lieber im "
                "Haus. Beides geht. Dazu beraten wir per Video, am Telefon und an Sprechtagen in Gemeinden ohne "
                "eigenes Büro.</p>",
            ),
            ("picture", {"scene": "advice", "caption": "Am Tisch ist Platz für alle, die mitreden wollen."}),
            ("heading", "Neutral und vertraulich"),
            (
                "paragraph",
                "<p>Wir verkaufen keine Kurse. Was Sie uns erzählen, bleibt bei uns. Wir fragen nur nach dem, was "
                "wir für den Termin brauchen, und löschen es nach festen Fristen. Welche das sind, steht auf der "
                'Seite <a href="/datenschutz/">Datenschutz</a>.</p>',
            ),
            ("heading", "Und danach?"),
            (
                "paragraph",
                "<p>Nach dem ersten Gespräch arbeiten wir weiter: Wir suchen Kurse, fragen Plätze an und schreiben "
                "Ihren Weiterbildungsfahrplan. Sie entscheiden in Ruhe. Ein Jahr später melden wir uns und fragen, "
                'was es gebracht hat.</p><p>Am besten fangen Sie gleich an: <a href="/termin/">Beratung buchen</a>. '
                "Das dauert zwei Minuten.</p>",
            ),
        ),
    ),
    PageText(
        slug="foerderung",
        title="Förderung",
        lead="Wer zahlt die Weiterbildung? Oft mehr Stellen, als man denkt. Sechs Wege, die Sie kennen sollten.",
        search_description=(
            "Sechs Wege, Weiterbildung zu bezahlen: vom Qualifizierungschancengesetz bis zur Bildungszeit."
        ),
        in_menu=True,
        body=(
            ("heading", "Für Beschäftigte, deren Arbeit sich ändert"),
            (
                "paragraph",
                "<h3>Qualifizierungschancengesetz (§ 82 SGB III)</h3><p>Die Arbeitsagentur beteiligt sich an den "
                "Kosten des Kurses und am Lohn. Der Kurs muss mehr als 120 Stunden dauern und nach AZAV zugelassen "
                "sein. Vom Preis des Kurses trägt der Betrieb selbst: unter 50 Beschäftigten in der Regel nichts, "
                "bis 499 die Hälfte, ab 500 drei Viertel.</p><h3>Qualifizierungsgeld (§ 82a SGB III)</h3><p>Wenn "
                "sich ein großer Teil der Arbeitsplätze durch den Wandel verändert, ersetzt die Arbeitsagentur einen "
                "Teil des Lohns während der Weiterbildung.</p>",
            ),
            ("heading", "Für einzelne Menschen"),
            (
                "paragraph",
                "<h3>Bildungsgutschein (§ 81 SGB III)</h3><p>Die Arbeitsagentur oder das Jobcenter übernimmt die "
                "Kosten, wenn die Weiterbildung Arbeit bringt oder sichert.</p><h3>Aufstiegs-BAföG</h3><p>Geld für "
                "den Weg zum Meister, zur Fachwirtin und zu ähnlichen Abschlüssen, zum Teil geschenkt, zum Teil als "
                "günstiges Darlehen.</p><h3>Bildungszeit in Niedersachsen</h3><p>Wer hier arbeitet, kann sich für "
                "anerkannte Kurse freistellen lassen; der Lohn läuft weiter.</p>",
            ),
            ("heading", "Für Betriebe und Selbstständige"),
            (
                "paragraph",
                "<h3>WiN – Weiterbildung in Niedersachsen</h3><p>Das Programm der NBank gibt Zuschüsse zu den Kosten "
                "einzelner Weiterbildungen. Fragen Sie uns, ob gerade Anträge möglich sind.</p><p><b>Stand:</b> "
                "Grundzüge nach dem Sozialgesetzbuch III. Programme ändern sich; verbindlich ist, was die zuständige "
                "Stelle Ihnen schreibt.</p>",
            ),
        ),
    ),
    PageText(
        slug="ueber-uns",
        title="Über uns",
        lead="Sieben Landkreise, die sich berühren wie Glieder einer Kette. Zusammen sind wir MehrWert.",
        search_description="MehrWert ist der Weiterbildungsverbund von sieben Landkreisen in Niedersachsen.",
        in_menu=True,
        body=(
            (
                "paragraph",
                "<p>MehrWert ist ein Weiterbildungsverbund im ländlichen Raum. Seit Herbst 2021 arbeiten die "
                "Landkreise Cloppenburg, Vechta, Diepholz, Nienburg (Weser), Schaumburg, Hameln-Pyrmont und "
                "Holzminden zusammen, damit kleine und mittlere Betriebe gute Kurse finden.</p><p>Träger ist die "
                "Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH.</p>",
            ),
            ("heading", "Was wir tun"),
            (
                "paragraph",
                "<ul><li>Wir fragen nach: Was müssen Menschen in den Betrieben morgen können?</li>"
                "<li>Wir beraten: in fünf Büros, an Sprechtagen, im Betrieb, per Video und am Telefon.</li>"
                "<li>Wir sammeln: alle Kurse der Region an einem Ort.</li>"
                "<li>Wir stoßen an: Fehlt ein Kurs, bauen wir ihn mit Anbietern aus der Nähe.</li></ul>",
            ),
            (
                "quotation",
                {
                    "quotation": "Auf dem Land ist man es gewohnt, sich gegenseitig zu helfen. Wir tun das mit Wissen.",
                    "speaker": "Mara Musterdeich (Beispiel), Projektleitung MehrWert",
                },
            ),
            ("heading", "Drei Themen, die überall gelten"),
            (
                "paragraph",
                '<p><a href="/neue-arbeitsformen/">Neue Arbeitsformen</a>, <a href="/digitalisierung/">'
                'Digitalisierung</a> und <a href="/generationen/">das Miteinander der Generationen</a>: Danach '
                "haben wir die Betriebe gefragt, und darum drehen sich viele unserer Angebote.</p>",
            ),
            (
                "contact",
                {
                    "name": "Mara Musterdeich (Beispiel)",
                    "role": "Projektleitung MehrWert",
                    "phone": "0511 000-4000",
                    "mobile": "0171 0000000",
                    "email": "mara.musterdeich@mehrwert.example",
                },
            ),
        ),
    ),
)
