"""Questions, answers and words of the trade for the demo's FAQ and glossary."""

from __future__ import annotations

FAQ_TITLE = "Fragen und Antworten"
FAQ_LEAD = "Kurz gefragt, kurz geantwortet. Fehlt Ihre Frage? Buchen Sie einen Kurzanruf, dann antworten wir selbst."
FAQ_DESCRIPTION = "Antworten zu Beratung, Terminen, Kosten, Förderung und Datenschutz bei MehrWert."
FAQ = (
    (
        "Beratung",
        (
            (
                "Was kostet die Beratung?",
                "<p>Nichts. Bezahlt wird sie aus öffentlichen Mitteln, und wir verkaufen keine Kurse.</p>",
            ),
            (
                "Wer darf sich beraten lassen?",
                "<p>Betriebe mit bis zu 249 Beschäftigten aus unseren sieben Landkreisen, auch Selbstständige ohne "
                "Angestellte. Beschäftigte dürfen gern allein kommen.</p>",
            ),
            (
                "Muss ich etwas vorbereiten?",
                "<p>Nein. Wenn Sie schon wissen, welche Arbeit liegen bleibt oder wer bald in Rente geht, hilft uns "
                "das. Ein Papier brauchen Sie nicht.</p>",
            ),
            (
                "Kommen Sie auch in den Betrieb?",
                "<p>Ja. Wählen Sie beim Buchen „Beratung im Betrieb“. Die Fahrt rechnen wir bei den freien Zeiten "
                "schon mit ein.</p>",
            ),
        ),
    ),
    (
        "Rund um den Termin",
        (
            (
                "Wie buche ich einen Termin?",
                "<ol><li>„Beratung buchen“ drücken.</li><li>Postleitzahl eingeben und eine Zeit wählen.</li><li>Name "
                "und E-Mail eintragen.</li></ol><p>Ein Konto brauchen Sie nicht.</p>",
            ),
            (
                "Kann ich verschieben oder absagen?",
                "<p>Ja, mit dem Link aus der Bestätigung. Ein Klick ändert noch nichts: Die Seite fragt noch einmal "
                "nach.</p>",
            ),
            (
                "Ich habe keine E-Mail bekommen. Was nun?",
                "<p>Sehen Sie bitte im Spam-Ordner nach. Ist dort nichts, rufen Sie Ihr Büro an: Das Team sieht den "
                "Termin und schickt die E-Mail noch einmal.</p>",
            ),
        ),
    ),
    (
        "Kurse und Geld",
        (
            (
                "Wer bezahlt den Kurs?",
                "<p>Das hängt vom Kurs und vom Betrieb ab. Oft trägt die Arbeitsagentur einen großen Teil. In der "
                "Förderberatung rechnen wir es mit Ihnen durch.</p>",
            ),
            (
                "Buche ich Kurse hier?",
                "<p>Nein, direkt beim Anbieter. Der Verweis steht bei jedem Kurs.</p>",
            ),
            (
                "Was ist, wenn es den passenden Kurs nicht gibt?",
                "<p>Dann suchen wir Betriebe mit demselben Bedarf und einen Anbieter, der den Kurs baut.</p>",
            ),
        ),
    ),
    (
        "Datenschutz",
        (
            (
                "Was passiert mit meinen Angaben?",
                "<p>Wir nutzen sie für den Termin und löschen sie nach festen Fristen. Welche das sind, steht auf der "
                "Seite „Datenschutz“.</p>",
            ),
            (
                "Erfährt mein Betrieb, dass ich hier war?",
                "<p>Nicht von uns. Was Sie erzählen, bleibt bei uns.</p>",
            ),
        ),
    ),
)

GLOSSARY_TITLE = "Glossar"
GLOSSARY_LEAD = "Weiterbildung hat viele Abkürzungen. Hier steht in einem Satz, was sie heißen."
GLOSSARY_DESCRIPTION = "Wörter der Weiterbildung von AdA bis Weiterbildungsfahrplan, jedes in einem Satz erklärt."
TERMS = (
    (
        "AdA",
        "AEVO, Ausbildereignung",
        "Der Nachweis, dass jemand im Betrieb ausbilden darf: ein Kurs und eine Prüfung bei der Kammer.",
    ),
    ("AZAV", "Trägerzulassung", "Das Siegel, ohne das die Arbeitsagentur einen Kurs nicht bezahlt."),
    (
        "Aufstiegs-BAföG",
        "Meister-BAföG",
        "Geld für den Weg zum Meister, zur Fachwirtin und zu ähnlichen Abschlüssen, zum Teil geschenkt.",
    ),
    (
        "Bildungsgutschein",
        "",
        "Eine Zusage der Arbeitsagentur oder des Jobcenters, die Kosten eines Kurses zu tragen (§ 81 SGB III).",
    ),
    (
        "Bildungszeit",
        "Bildungsurlaub",
        "Freie Arbeitstage für anerkannte Kurse; der Lohn läuft weiter. In Niedersachsen regelt das ein Gesetz.",
    ),
    (
        "DQR",
        "Deutscher Qualifikationsrahmen",
        "Acht Stufen, die Abschlüsse vergleichbar machen. Eine Lehre steht auf Stufe 4, der Meister auf Stufe 6.",
    ),
    (
        "Flurförderzeug",
        "Gabelstapler, Staplerschein",
        "Fahrzeug, das Lasten im Betrieb bewegt. Wer es fährt, braucht einen Ausweis und einen Auftrag.",
    ),
    ("KMU", "kleine und mittlere Unternehmen", "Betriebe mit weniger als 250 Beschäftigten: die, für die wir da sind."),
    (
        "Maßnahmenummer",
        "",
        "Die Nummer eines nach AZAV zugelassenen Kurses. Die Arbeitsagentur fragt danach.",
    ),
    (
        "Qualifizierungschancengesetz",
        "§ 82 SGB III",
        "Die Arbeitsagentur beteiligt sich an Kurs und Lohn, wenn sich Arbeit stark ändert.",
    ),
    (
        "Sprechtag",
        "",
        "Ein Tag, an dem wir in einer Gemeinde ohne eigenes Büro beraten, meist im Rathaus.",
    ),
    (
        "Unterrichtseinheit",
        "UE, UStd.",
        "45 Minuten Unterricht. Ein Kurs von 8 Einheiten füllt etwa einen Tag.",
    ),
    (
        "Weiterbildungsfahrplan",
        "",
        "Der Plan, den die Beratung nach dem ersten Gespräch für Ihren Betrieb schreibt: wer lernt was, wann und wo.",
    ),
)
