"""What visitors write to the network beside a booking."""

from __future__ import annotations

from django import forms

from foundation.public_forms import Line, Paragraphs, PublicForm, ReplyAddress


class ContactForm(PublicForm):
    """Asks only what an answer needs (Art. 5 DSGVO)."""

    name = Line(
        label="Ihr Name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Bitte nennen Sie Ihren Namen."},
    )
    email = ReplyAddress(
        label="E-Mail",
        max_length=200,
        help_text="Dorthin schicken wir die Antwort.",
    )
    phone = Line(
        label="Telefon",
        max_length=40,
        required=False,
        help_text="Wenn wir lieber anrufen sollen.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    message = Paragraphs(
        label="Ihre Nachricht",
        max_length=3000,
        help_text="Bitte keine Gesundheitsdaten und keine Namen von Beschäftigten.",
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "Bitte schreiben Sie, worum es geht."},
    )


class BarrierForm(PublicForm):
    """Only the barrier itself must be told: who reports it may stay unnamed."""

    message = Paragraphs(
        label="Was geht nicht?",
        max_length=3000,
        help_text="Zum Beispiel: Der Knopf lässt sich mit der Tastatur nicht drücken.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Bitte schreiben Sie, was nicht geht."},
    )
    page = Line(
        label="Auf welcher Seite?",
        max_length=300,
        required=False,
        help_text="Die Adresse oder die Überschrift genügt.",
    )
    name = Line(
        label="Ihr Name",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = ReplyAddress(
        label="E-Mail",
        max_length=200,
        required=False,
        help_text="Nur, wenn Sie eine Antwort möchten.",
    )
