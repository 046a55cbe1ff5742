"""First texts of the legal pages. What only the client knows stands in square brackets: [Bitte ergänzen: …]."""

from __future__ import annotations

from home.demo.pages import PageText

LEGAL_PAGES = (
    PageText(
        slug="impressum",
        title="Impressum",
        lead="Wer für diese Website verantwortlich ist.",
        search_description="Anbieter, Vertretung, Aufsicht und Verantwortung für den Inhalt.",
        in_footer=True,
        body=(
            ("heading", "Anbieter nach § 5 DDG"),
            (
                "paragraph",
                "<p>Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH<br/>[Bitte ergänzen: Straße, "
                "Postleitzahl, Ort]</p><p>Vertreten durch: [Bitte ergänzen: Geschäftsführung]</p><p>Telefon: [Bitte "
                "ergänzen]<br/>E-Mail: [Bitte ergänzen]</p><p>Registergericht und Nummer: [Bitte "
                "ergänzen]<br/>Umsatzsteuer-ID nach § 27a UStG: [Bitte ergänzen]</p>",
            ),
            ("heading", "Der Verbund"),
            (
                "paragraph",
                "<p>MehrWert ist ein gemeinsames Vorhaben der Landkreise Cloppenburg, Vechta, Diepholz, Nienburg "
                "(Weser), Schaumburg, Hameln-Pyrmont und Holzminden.</p>",
            ),
            ("heading", "Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV"),
            ("paragraph", "<p>[Bitte ergänzen: Vorname, Name und Anschrift der verantwortlichen Person]</p>"),
            ("heading", "Bilder"),
            (
                "paragraph",
                "<p>Der Bildnachweis steht direkt am Bild. Die Landschaften und Porträts dieser Beispielseiten hat "
                "das Projekt selbst gezeichnet. Sie zeigen keine wirklichen Personen.</p>",
            ),
            ("heading", "Daten aus anderen Quellen"),
            (
                "paragraph",
                "<p>Postleitzahlen der Landkreise: GeoNames, Lizenz CC BY 4.0. Lage der Postleitzahlen: "
                "OpenStreetMap-Mitwirkende, Lizenz ODbL.</p>",
            ),
            ("heading", "Verweise auf andere Websites"),
            (
                "paragraph",
                "<p>Für fremde Seiten sind deren Betreiber verantwortlich. Als wir die Verweise gesetzt haben, war "
                "dort nichts Rechtswidriges zu sehen. Fällt Ihnen etwas auf, schreiben Sie uns; wir nehmen den "
                "Verweis heraus.</p>",
            ),
            ("heading", "Streitbeilegung"),
            (
                "paragraph",
                "<p>An Verfahren vor einer Verbraucherschlichtungsstelle nehmen wir nicht teil und sind dazu auch "
                "nicht verpflichtet.</p>",
            ),
        ),
    ),
    PageText(
        slug="datenschutz",
        title="Datenschutz",
        lead="Welche Daten wir verarbeiten, wozu, wie lange, und was Sie verlangen können (Art. 13 DSGVO).",
        search_description=(
            "Was MehrWert über Sie speichert, warum und wie lange. Keine Cookies beim Lesen, keine Dritten."
        ),
        in_footer=True,
        body=(
            ("heading", "Das Wichtigste in fünf Sätzen"),
            (
                "paragraph",
                "<ul><li>Wer hier nur liest, bekommt kein Cookie und wird nicht gezählt.</li>"
                "<li>Wir laden nichts von fremden Servern: keine Schriften, keine Karten, keine Videos. Den Weg zu "
                "einem Büro sucht OpenStreetMap erst, wenn Sie auf den Link klicken, der das sagt.</li>"
                "<li>Für einen Termin fragen wir nur, was wir dafür brauchen.</li>"
                "<li>Ihre Angaben löschen oder anonymisieren wir nach festen Fristen, und zwar automatisch.</li>"
                "<li>Sie können jederzeit erfahren, was wir über Sie gespeichert haben.</li></ul>",
            ),
            ("heading", "Wer verantwortlich ist"),
            (
                "paragraph",
                "<p>Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH, [Bitte ergänzen: Anschrift, "
                "Telefon, E-Mail]</p><p>Datenschutzbeauftragte Stelle: [Bitte ergänzen: Name oder Funktion, "
                "Anschrift, E-Mail]</p><p>[Bitte klären: Sind die sieben Landkreise mitverantwortlich? Dann gehört "
                "der Kern der Vereinbarung nach Art. 26 DSGVO hierher.]</p>",
            ),
            ("heading", "Wenn Sie die Website lesen"),
            (
                "paragraph",
                "<p>Unser Server muss Ihre Adresse im Netz kennen, um Ihnen die Seite zu schicken. Sie steht nicht "
                "dauerhaft in unseren Protokollen. Ein Profil entsteht nicht. Rechtsgrundlage ist Art. 6 Abs. 1 "
                "Buchst. e oder f DSGVO: Ohne diesen Schritt gäbe es die Seite nicht. [Bitte prüfen "
                "lassen]</p><p>Beim Lesen setzen wir kein Cookie. Merken Sie sich Kurse, liegen deren Nummern nur in "
                "Ihrem Browser, bis Sie die Liste leeren. Erst wenn Sie ein Formular öffnen, kann ein "
                "technisch nötiges Cookie dazukommen. Es schützt das Formular vor Missbrauch und verfällt von selbst "
                "(§ 25 Abs. 2 Nr. 2 TDDDG).</p>",
            ),
            ("heading", "Wenn Sie einen Termin buchen"),
            (
                "paragraph",
                "<p>Wir fragen nach Betrieb, Name, E-Mail, Postleitzahl, Größe des Betriebs, Thema und, wenn Sie "
                "mögen, Telefon und Nachricht. Kommen wir zu Ihnen, brauchen wir auch Ihre Straße. Bitte schreiben "
                "Sie nichts über Gesundheit und keine Namen von Beschäftigten in die Nachricht.</p><p>Wir nutzen die "
                "Angaben, um den Termin zu planen, zu bestätigen, daran zu erinnern und ihn vorzubereiten. "
                "Rechtsgrundlage ist Ihre Anfrage selbst (Art. 6 Abs. 1 Buchst. b DSGVO). Eine Einwilligung brauchen "
                "wir dafür nicht, deshalb gibt es auch kein Kästchen zum Ankreuzen.</p><p>Ohne E-Mail-Adresse können "
                "wir den Termin nicht bestätigen. Wenn Sie keine angeben möchten, rufen Sie uns an.</p>",
            ),
            ("heading", "Wenn Sie uns schreiben"),
            (
                "paragraph",
                "<p>Im Kontaktformular fragen wir nach Name, E-Mail, Nachricht und, wenn Sie mögen, Telefon. Wer eine "
                "Hürde meldet, muss keinen Namen nennen. Ihre Nachricht geht als E-Mail an das Team, das antwortet. "
                "Rechtsgrundlage ist Ihre Anfrage (Art. 6 Abs. 1 Buchst. b DSGVO) oder unser Interesse, Ihnen zu "
                "antworten (Buchst. f). Gegen Missbrauch merken wir uns kurz, dass ein Formular kam, und als "
                "Prüfsumme, aus welchem Netz; nie Ihre Adresse.</p>",
            ),
            ("heading", "Wie lange wir Daten behalten"),
            ("retention", None),
            ("heading", "Wer Daten bekommt"),
            (
                "paragraph",
                "<p>Ihre Angaben sieht die Person, die Sie berät, und wer die Termine des Büros betreut. Dazu kommen "
                "die Firmen, die für uns den Server und den Versand der E-Mails betreiben: [Bitte ergänzen: Namen, "
                "Sitz, Vertrag nach Art. 28 DSGVO]. Beratende dürfen ihre Termine in ihren eigenen Kalender "
                "übernehmen; dort steht nur das Nötigste. In Länder außerhalb der EU geben wir nichts weiter. [Bitte "
                "prüfen]</p>",
            ),
            ("heading", "Ihre Rechte"),
            (
                "paragraph",
                "<p>Sie können Auskunft verlangen (Art. 15 DSGVO), Fehler berichtigen lassen (Art. 16), Daten "
                "löschen lassen (Art. 17), die Verarbeitung einschränken lassen (Art. 18), Ihre Daten mitnehmen "
                "(Art. 20) und widersprechen (Art. 21). Eine E-Mail genügt.</p><p>Sie können sich auch beschweren, "
                "zum Beispiel beim "
                '<a href="https://www.lfd.niedersachsen.de/">Landesbeauftragten für den Datenschutz '
                "Niedersachsen</a>.</p>"
                "<p>Automatische Entscheidungen über Sie treffen wir nicht.</p>",
            ),
            ("heading", "Stand"),
            ("paragraph", "<p>[Bitte ergänzen: Datum der letzten Prüfung durch die datenschutzbeauftragte Stelle]</p>"),
        ),
    ),
)
