"""The pages with a form of their own: contact, and the statement on accessibility."""

from __future__ import annotations

from home.demo.dates import LoadDay
from home.demo.tree import stream
from home.models import AccessibilityPage, ContactPage


def contact_page() -> ContactPage:
    return ContactPage(
        title="Kontakt",
        slug="kontakt",
        lead="Eine Frage, ein Lob, ein Hinweis? Schreiben Sie uns. Für ein Gespräch buchen Sie am besten gleich einen "
        "Termin: Dann ist die Zeit für Sie reserviert.",
        search_description="Schreiben Sie MehrWert: Fragen, Lob und Hinweise, mit Antwort in den nächsten Werktagen.",
        in_footer=True,
        body=stream(
            (
                ("heading", "Lieber anrufen?"),
                (
                    "contact",
                    {
                        "name": "Kim Musterfeld (Beispiel)",
                        "role": "Empfang MehrWert, montags bis donnerstags von 9 bis 15 Uhr",
                        "phone": "0511 000-4000",
                        "mobile": "",
                        "email": "kontakt@mehrwert.example",
                    },
                ),
                (
                    "paragraph",
                    "<p>Telefon, Adresse und Öffnungszeiten Ihres Büros stehen auf der Seite „Büros“.</p>",
                ),
            )
        ),
    )


_GAPS = (
    (
        "Leichte Sprache",
        "Nur die wichtigsten Seiten gibt es in Leichter Sprache. Geprüft hat sie noch niemand aus der Zielgruppe.",
        "Rufen Sie uns an: Wir erklären alles in einfachen Worten.",
    ),
    (
        "Gebärdensprache",
        "Videos fehlen. Sie sind geplant, sobald die Inhalte feststehen. [Bitte ergänzen: Zeitpunkt]",
        "Für ein Gespräch bestellen wir eine Dolmetschung. Schreiben Sie uns vorher.",
    ),
    (
        "Kurse fremder Anbieter",
        "Deren Seiten und Dateien können Hürden haben. Darauf haben wir keinen Einfluss.",
        "Wir lesen Ihnen am Telefon vor, was Sie wissen möchten.",
    ),
    (
        "Bilder der Redaktion",
        "Wir prüfen Beschreibungen, bevor wir veröffentlichen. Manchmal rutscht uns etwas durch.",
        "Sagen Sie es uns, dann ergänzen wir den Text.",
    ),
)


def accessibility_page(clock: LoadDay) -> AccessibilityPage:
    return AccessibilityPage(
        title="Erklärung zur Barrierefreiheit",
        slug="barrierefreiheit",
        lead="Diese Website soll für alle gehen. Hier steht, wie weit wir sind und wem Sie Hürden melden.",
        search_description=(
            "Stand der Barrierefreiheit, bekannte Lücken, Rückmeldung und Schlichtungsstelle nach dem NBGG."
        ),
        in_footer=True,
        scope="<p>Sie gilt für die Website von MehrWert. Grundlage sind die §§ 9 bis 9e des Niedersächsischen "
        "Behindertengleichstellungsgesetzes (NBGG), die Verordnung BITV 2.0 und die Norm EN 301 549, die auf den "
        "Richtlinien WCAG aufbaut.</p>",
        method="<p>Wir haben sie beim Bauen selbst geprüft: mit automatischen Werkzeugen, nur mit der Tastatur, ohne "
        "JavaScript, stark vergrößert und in hellen wie dunklen Farben. Eine Prüfung durch eine unabhängige Stelle "
        "steht noch aus. [Bitte ergänzen: Datum und Ergebnis]</p>",
        gaps=stream(("gap", {"what": what, "why": why, "instead": instead}) for what, why, instead in _GAPS),
        body=stream(
            (
                ("heading", "Orte der Beratung"),
                (
                    "paragraph",
                    "<p>Auf der Seite jedes Büros steht, ob Sie ohne Stufen hineinkommen. Wo das nicht geht, treffen "
                    "wir uns anderswo, kommen zu Ihnen oder sprechen per Video.</p>",
                ),
            )
        ),
        thanks="Ihre Meldung ist bei der Redaktion. Wir antworten so schnell wie möglich, spätestens nach einem Monat.",
        arbitration="<p>Hilft unsere Antwort nicht, können Sie die Schlichtungsstelle nach § 9d NBGG anrufen. Sie "
        "sitzt bei der Landesbeauftragten für Menschen mit Behinderungen, vermittelt und kostet nichts. Einen Anwalt "
        'brauchen Sie nicht. Mehr dazu beim <a href="https://www.ms.niedersachsen.de/">Niedersächsischen Ministerium '
        "für Soziales, Arbeit, Gesundheit und Gleichstellung</a>. [Bitte ergänzen: Verweis auf das Formular der "
        "Schlichtungsstelle]</p>",
        made_on=clock.ago(30),
        checked_on=clock.ago(30),
    )
