"""What firms can book: five services of different lengths."""

from __future__ import annotations

from dataclasses import dataclass

from booking.enums import Kind


@dataclass(frozen=True, slots=True)
class QuestionText:
    label: str
    type: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class ServiceText:
    slug: str
    name: str
    summary: str
    what_to_bring: str
    duration: int
    step: int
    kinds: tuple[Kind, ...]
    notice_hours: int = 24
    horizon_days: int = 60
    buffer_before: int = 0
    buffer_after: int = 15
    further_durations: tuple[int, ...] = ()
    confirmation_text: str = ""
    questions: tuple[QuestionText, ...] = ()
    confirm_email_first: bool = False


SERVICES = (
    ServiceText(
        slug="erstberatung",
        name="Erstberatung",
        summary="Sie erzählen, was sich in Ihrem Betrieb ändert. Wir klären, welches Wissen Ihrem Team dafür fehlt.",
        what_to_bring=(
            "Nichts als Ihre Fragen. Wenn Sie mögen: eine Liste der Aufgaben, für die Ihnen gerade Leute fehlen."
        ),
        confirmation_text=(
            "Sie müssen nichts vorbereiten. Parkplätze gibt es am Haus.\n\n"
            "Sind Sie spät dran? Rufen Sie kurz an, wir warten."
        ),
        duration=60,
        further_durations=(30, 90),
        step=30,
        kinds=(Kind.OFFICE, Kind.OFFICE_DAY, Kind.VIDEO, Kind.PHONE),
    ),
    ServiceText(
        slug="foerderberatung",
        name="Förderberatung",
        summary="Wer zahlt den Kurs und wer den Lohn? Wir rechnen mit Ihnen durch, welche Förderung passt.",
        what_to_bring="Das Angebot des Kurses, falls Sie schon eines haben, und die Zahl Ihrer Beschäftigten.",
        questions=(
            QuestionText(
                "Für wie viele Menschen suchen Sie eine Förderung?",
                "number",
                "Eine Schätzung genügt.",
                is_required=True,
            ),
            QuestionText(
                "Wann soll der Kurs beginnen?",
                "choice",
                choices=("in den nächsten vier Wochen", "in diesem Jahr", "später", "noch offen"),
            ),
            QuestionText("Haben Sie schon einmal eine Förderung beantragt?", "yes_no"),
        ),
        duration=45,
        step=15,
        kinds=(Kind.OFFICE, Kind.OFFICE_DAY, Kind.VIDEO, Kind.PHONE),
    ),
    ServiceText(
        slug="weiterbildungsfahrplan",
        name="Weiterbildungsfahrplan",
        summary="Ihr Plan für die nächsten zwölf Monate: wer lernt was, wann, wo und mit welchem Geld.",
        what_to_bring=(
            "Einen Überblick über Ihr Team und Ihre Schichten. Die Erstberatung sollte schon stattgefunden haben."
        ),
        duration=90,
        step=30,
        kinds=(Kind.OFFICE, Kind.VIDEO, Kind.FIRM),
        notice_hours=48,
        confirm_email_first=True,
    ),
    ServiceText(
        slug="beratung-im-betrieb",
        name="Beratung im Betrieb",
        summary=(
            "Wir kommen zu Ihnen, gehen mit Ihnen durch die Werkstatt und sprechen mit den Menschen, die dort arbeiten."
        ),
        what_to_bring="Einen ruhigen Tisch und zwei Stunden Zeit. Laden Sie dazu, wer mitreden soll.",
        duration=120,
        step=30,
        kinds=(Kind.FIRM,),
        notice_hours=72,
        buffer_before=15,
        buffer_after=15,
    ),
    ServiceText(
        slug="kurzanruf",
        name="Kurzanruf",
        summary="Eine Frage, eine Viertelstunde. Wir rufen Sie zur gewählten Zeit an.",
        what_to_bring="Stift und Papier.",
        duration=15,
        step=15,
        kinds=(Kind.PHONE,),
        notice_hours=4,
        horizon_days=30,
        buffer_after=5,
    ),
)
