"""The main pages in Leichte Sprache: short main clauses, one thought each, no subjunctive, long words with hyphens."""

from __future__ import annotations

from home.demo.front_page import StepText
from home.demo.leicht_offices import OFFICES, STORIES, VOICES
from home.demo.other_languages import Branch
from home.demo.pages import PageText

LEICHT = Branch(
    code="de-simple",
    headline="Wir auf dem Land können das auch!",
    lead="Wir heißen MehrWert. Wir helfen Firmen. Die Menschen in den Firmen wollen Neues lernen. Wir suchen gute "
    "Kurse für sie. Unsere Hilfe kostet nichts.",
    search_description="MehrWert in Leichter Sprache: Wer wir sind und wie Sie einen Termin bekommen.",
    next_steps_heading="So geht es weiter",
    next_steps=(
        StepText("Heute", "Einen Termin suchen", "Sie suchen einen Tag aus. Sie bekommen eine E-Mail von uns."),
        StepText("Am Termin", "Reden", "Sie kommen zu uns. Oder wir kommen zu Ihnen. Oder wir telefonieren."),
        StepText("2 Wochen später", "Planen", "Sie bekommen einen Plan. Im Plan steht: Wer lernt was?"),
        StepText("Danach", "Lernen", "Die Menschen in Ihrer Firma machen die Kurse."),
        StepText("Nach 1 Jahr", "Fragen", "Wir fragen Sie: War das gut?"),
    ),
    voices_heading="Das sagen Firmen",
    voices=VOICES,
    stories=STORIES,
    offices=OFFICES,
    pages={
        "beratung": PageText(
            slug="beratung",
            title="Hilfe und Termin",
            lead="Wir helfen Ihnen. Das kostet nichts.",
            search_description="Wie helfen wir? Wie bekommen Sie einen Termin?",
            in_menu=True,
            body=(
                ("heading", "Wie helfen wir Ihnen?"),
                (
                    "paragraph",
                    "<ul><li>Wir hören Ihnen zu.</li><li>Wir suchen Kurse für Sie.</li><li>Wir sagen Ihnen, wer die "
                    "Kurse bezahlt.</li><li>Wir machen einen Plan mit Ihnen.</li></ul><p>Wir verkaufen keine "
                    "Kurse.</p><p>Wir erzählen nichts weiter.</p>",
                ),
                ("heading", "Wie bekommen Sie einen Termin?"),
                (
                    "paragraph",
                    "<ol><li>Drücken Sie oben auf „Termin buchen“.</li><li>Geben Sie Ihre Post-Leit-Zahl ein.</li>"
                    "<li>Suchen Sie einen Tag aus.</li><li>Suchen Sie eine Uhr-Zeit aus.</li><li>Schreiben Sie Ihren "
                    "Namen und Ihre E-Mail auf.</li></ol><p>Auf jeder Seite gibt es eine Hilfe.</p><p>Die Hilfe heißt: "
                    "„Erklärung in Leichter Sprache“.</p><p>Sie können auch anrufen.</p>",
                ),
            ),
        ),
        "bueros": PageText(
            slug="bueros",
            title="Unsere Büros",
            lead="Wir haben 5 Büros. Ein Büro ist auch in Ihrer Nähe.",
            search_description="Wo sind unsere Büros?",
            in_menu=True,
            body=(
                (
                    "paragraph",
                    '<p>Hier sind unsere Büros:</p><ul><li><a href="/leicht/bueros/vechta/">Vechta</a></li><li><a '
                    'href="/leicht/bueros/diepholz/">Diepholz</a></li><li><a '
                    'href="/leicht/bueros/nienburg/">Nienburg</a></li><li><a '
                    'href="/leicht/bueros/stadthagen/">Stadthagen</a></li><li><a '
                    'href="/leicht/bueros/hameln/">Hameln</a></li></ul><p>Drücken Sie auf eine Stadt.</p><p>Dann sehen '
                    "Sie die Adresse.</p><p>Sie sehen auch: Wann ist das Büro offen?</p>",
                ),
                ("heading", "Können Sie keine Treppen steigen?"),
                (
                    "paragraph",
                    "<p>Auf der Seite von jedem Büro steht:</p><p>Gibt es dort Treppen?</p><p>Wir kommen auch zu "
                    "Ihnen.</p>",
                ),
            ),
        ),
        "foerderung": PageText(
            slug="geld",
            title="Wer bezahlt die Kurse?",
            lead="Manche Kurse kosten Geld. Oft bezahlt das ein Amt.",
            search_description="Wer bezahlt die Kurse? Wir helfen Ihnen beim Fragen.",
            in_menu=True,
            body=(
                (
                    "paragraph",
                    "<p>Die Agentur für Arbeit bezahlt manche Kurse.</p><p>Das Land Niedersachsen bezahlt auch manche "
                    "Kurse.</p><p>Es gibt viele Regeln dafür.</p><p>Wir kennen die Regeln.</p><p>Fragen Sie uns.</p>",
                ),
            ),
        ),
        "ueber-uns": PageText(
            slug="wer-wir-sind",
            title="Wer wir sind",
            lead="Wir heißen MehrWert. Wir arbeiten auf dem Land.",
            search_description="Wer ist MehrWert?",
            in_menu=True,
            body=(
                (
                    "paragraph",
                    "<p>MehrWert ist in Nieder-Sachsen.</p><p>7 Land-Kreise machen mit:</p><ul><li>Cloppenburg</li>"
                    "<li>Vechta</li><li>Diepholz</li><li>Nienburg</li><li>Schaumburg</li><li>Hameln-Pyrmont</li>"
                    "<li>Holzminden</li></ul><p>Die Land-Kreise helfen sich.</p><p>So finden kleine Firmen gute "
                    "Kurse.</p>",
                ),
                ("heading", "Das ist auch wichtig"),
                (
                    "paragraph",
                    "<p>Fachleute haben diese Texte noch nicht geprüft.</p><p>Verstehen Sie etwas nicht?</p><p>Dann "
                    "sagen Sie es uns bitte.</p>",
                ),
            ),
        ),
        "kontakt": PageText(
            slug="kontakt",
            title="Mit uns sprechen",
            lead="Sie können uns anrufen. Sie können uns schreiben.",
            search_description="Telefon und E-Mail von MehrWert.",
            in_footer=True,
            body=(
                ("heading", "Wer hilft Ihnen?"),
                (
                    "contact",
                    {
                        "name": "Kim Musterfeld (Beispiel)",
                        "role": "Montag bis Donnerstag, 9 Uhr bis 15 Uhr",
                        "phone": "0511 000-4000",
                        "mobile": "",
                        "email": "kontakt@mehrwert.example",
                    },
                ),
            ),
        ),
        "impressum": PageText(
            slug="impressum",
            title="Impressum",
            lead="Im Impressum steht: Wer macht diese Internet-Seite?",
            search_description="Wer macht diese Internet-Seite?",
            in_footer=True,
            body=(
                ("heading", "Wer macht diese Internet-Seite?"),
                (
                    "paragraph",
                    "<p>Eine Firma in Hannover macht diese Internet-Seite.</p><p>Die Firma heißt:</p>"
                    "<p>Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH</p><p>Sie macht das für "
                    "MehrWert.</p>",
                ),
                ("heading", "Das ist wichtig"),
                (
                    "paragraph",
                    "<p>Diese Seite erklärt nur etwas.</p><p>Das ganze Impressum ist in schwerer Sprache.</p><p>Nur "
                    "der Text in schwerer Sprache gilt.</p><p>Hier ist der Text: <a "
                    'href="/impressum/">Impressum in schwerer Sprache</a></p>',
                ),
            ),
        ),
        "datenschutz": PageText(
            slug="daten-schutz",
            title="Daten-Schutz",
            lead="Daten sind zum Beispiel Ihr Name und Ihre E-Mail.",
            search_description="Was machen wir mit Ihren Daten?",
            in_footer=True,
            body=(
                (
                    "paragraph",
                    "<p>Sie lesen hier nur?</p><p>Dann merken wir uns nichts.</p><p>Sie machen einen Termin?</p>"
                    "<p>Dann fragen wir nach Ihrem Namen und Ihrer E-Mail.</p><p>Später löschen wir das.</p>"
                    "<p>Sie können uns fragen:</p><p>Was wissen Sie von mir?</p><p>Alle Regeln stehen in <a "
                    'href="/datenschutz/">schwerer Sprache</a>.</p><p>Nur der Text in schwerer Sprache gilt.</p>',
                ),
            ),
        ),
        "barrierefreiheit": PageText(
            slug="barriere-freiheit",
            title="Barriere-Freiheit",
            lead="Barriere-frei heißt: Alle können die Internet-Seite benutzen.",
            search_description="Wie barriere-frei ist diese Internet-Seite? Wie melden Sie ein Problem?",
            in_footer=True,
            body=(
                ("heading", "Wie benutzen Sie diese Internet-Seite?"),
                (
                    "paragraph",
                    "<p>Oben ist das Menü.</p><p>Im Menü stehen die Seiten in Leichter Sprache.</p><p>Ganz oben "
                    "können Sie die Sprache wechseln.</p><p>Ganz unten stehen Regeln und Rechte.</p>",
                ),
                ("heading", "Was geht noch nicht?"),
                (
                    "paragraph",
                    "<p>Nur diese Seiten sind in Leichter Sprache.</p><p>Es gibt keine Videos in Gebärden-Sprache.</p>",
                ),
                ("heading", "Geht etwas nicht?"),
                (
                    "paragraph",
                    '<p>Sagen Sie es uns.</p><p>Auf der <a href="/barrierefreiheit/">Seite in schwerer Sprache</a> ist '
                    "dafür ein Formular.</p><p>Dort steht auch:</p><p>Wer hilft bei Streit?</p>",
                ),
            ),
        ),
    },
)
