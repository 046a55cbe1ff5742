"""What people press and fill in, and what answers them."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from home.message_forms import ContactForm
from home.partners import Partner
from home.style_guide.registry import Context, Group, component


class SampleForm(forms.Form):
    """One field of each kind; the errors are those of an empty form."""

    name = forms.CharField(label="Ihr Name", help_text="Vor- und Nachname")
    postcode = forms.CharField(
        label="Postleitzahl", initial="31785", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    size = forms.ChoiceField(
        label="Wie groß ist Ihr Betrieb?",
        choices=[("1", "1 bis 9 Beschäftigte"), ("2", "10 bis 49 Beschäftigte")],
        widget=forms.RadioSelect,
    )
    topic = forms.ChoiceField(label="Thema", choices=[("", "Bitte wählen"), ("d", "Digitalisierung")], required=False)
    message = forms.CharField(label="Nachricht", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    reminder = forms.BooleanField(label="Erinnern Sie mich einen Tag vorher", required=False)


def _field(name: str, *, prefix: str, sent: bool = False, disabled: bool = False) -> Callable[[], Context]:
    def context() -> Context:
        form = SampleForm({} if sent else None, prefix=prefix)
        form.fields[name].disabled = disabled
        return {"field": form[name]}

    return context


def _logo() -> SafeString:
    return format_html('<img src="{}" width="160" height="90" alt="">', static("img/favicon.svg"))


FORMS = Group(
    "Knöpfe, Felder, Meldungen",
    (
        component(
            "button",
            {
                "Hauptknopf": {"label": "Beratung buchen", "url": "/termin/"},
                "Groß": {"label": "Beratung buchen", "url": "/termin/", "size": "large"},
                "Klein": {"label": "Weiter", "url": "/termin/", "size": "small"},
                "Zweitrangig": {"label": "Andere Zeit", "url": "/termin/", "kind": "secondary"},
                "Leise": {"label": "Zurück", "url": "/termin/", "kind": "quiet"},
                "Gefährlich": {"label": "Termin absagen", "kind": "danger"},
                "Sendet ein Formular": {"label": "Absenden", "name": "antwort", "value": "ja"},
            },
        ),
        component(
            "field",
            {
                "Mit Hinweis": _field("name", prefix="hinweis"),
                "Mit Fehler": _field("name", prefix="fehler", sent=True),
                "Kurz": _field("postcode", prefix="kurz"),
                "Gesperrt": _field("postcode", prefix="gesperrt", disabled=True),
                "Auswahl als Zeilen": _field("size", prefix="zeilen"),
                "Auswahl mit Fehler": _field("size", prefix="zeilen-fehler", sent=True),
                "Auswahl als Liste": _field("topic", prefix="liste"),
                "Mehrere Zeilen": _field("message", prefix="mehrere"),
                "Häkchen": _field("reminder", prefix="haken"),
            },
        ),
        component(
            "error_summary",
            {
                "Mit Fehlern": lambda: {"form": SampleForm({}, prefix="zeilen-fehler")},
                "Ohne Fehler zeigt nichts": lambda: {"form": SampleForm(prefix="ohne")},
            },
        ),
        component(
            "message_form",
            {
                "Leer": lambda: {
                    "form": ContactForm(auto_id="kontakt_%s"),
                    "page": 0,
                    "label": "Nachricht senden",
                    "decoy_id": "verborgen",
                },
                "Mit Fehlern": lambda: {
                    "form": ContactForm({"name": "Kim Muster"}, auto_id="kontakt-fehler_%s"),
                    "page": 0,
                    "label": "Nachricht senden",
                    "id": "formular-fehler",
                    "errors_id": "formular-fehler-titel",
                    "decoy_id": "verborgen-fehler",
                },
            },
        ),
        component(
            "partner",
            {
                "Mit Verweis": {
                    "partner": {
                        "name": "Landkreis Vechta",
                        "role": "Kreisstadt Vechta",
                        "text": "Lebensmittel, Kunststoff, Landtechnik",
                        "url": "/bueros/",
                        "link_label": "MehrWert-Büro Vechta",
                    },
                },
                "Erfundenes Beispiel": {"partner": {"name": "Akademie am Moor", "role": "Vechta", "is_example": True}},
            },
        ),
        component(
            "partner_band",
            {
                "Namen, mit Weg zu allen": {
                    "partners": [
                        Partner("Landkreis Vechta", role="Projektpartner"),
                        Partner("Handwerkskammer (Beispiel)"),
                    ],
                    "index_url": "/partner/",
                },
                "Mit Logo": lambda: {
                    "partners": [Partner("MehrWert", role="Förderer", logo=_logo(), credit="Illustration: MehrWert")],
                    "id": "partner-mit-logo",
                },
            },
        ),
        component(
            "text_search",
            {
                "Mit Ergebnis": {
                    "action": "/fragen/",
                    "name": "Fragen und Antworten",
                    "label": "Wonach suchen Sie?",
                    "value": "Kosten",
                    "number": 2,
                    "unit": "Fragen",
                },
            },
        ),
        component(
            "question",
            {
                "Zugeklappt": {"question": "Was kostet die Beratung?", "answer": "Nichts."},
                "Offen": {"question": "Muss ich etwas vorbereiten?", "answer": "Nein.", "open": True},
            },
        ),
        component("decoy", {"Für Menschen unsichtbar": {}}),
        component(
            "notice",
            {
                "Hinweis": {"title": "Gut zu wissen", "text": "Die Beratung kostet nichts.", "level": 3},
                "Erfolg": {"kind": "success", "text": "Ihr Termin steht."},
                "Warnung": {"kind": "warning", "text": "Diese Zeit ist nur noch zehn Minuten für Sie frei."},
                "Fehler": {"kind": "error", "text": "Das hat nicht geklappt.", "url": "/", "link_label": "Noch einmal"},
            },
        ),
        component(
            "postcode_search",
            {
                "Leer": {"id": "plz-1", "hint": "Wir zeigen Ihnen das nächste Büro."},
                "Mit Fehler": {"id": "plz-2", "value": "317", "error": "Bitte geben Sie fünf Ziffern ein."},
            },
        ),
        component(
            "place_search",
            {
                "Leer": {"url": "/bueros/", "id": "ort-1"},
                "Mit Fehler": {
                    "url": "/bueros/",
                    "id": "ort-2",
                    "value": "Vecta",
                    "error": "„Vecta“ kennen wir nicht.",
                    "choices": [{"line": "49377 Vechta", "district": "Vechta"}],
                },
                "Mehrere Orte": {
                    "url": "/bueros/",
                    "id": "ort-3",
                    "value": "Neuenkirchen",
                    "choices": [
                        {"line": "27251 Neuenkirchen", "district": "Diepholz"},
                        {"line": "49434 Neuenkirchen", "district": "Vechta"},
                    ],
                },
            },
        ),
        component(
            "copy_button",
            {
                "Adresse": {"id": "kopie-1", "text": "https://www.mehrwert.example/termin/"},
            },
        ),
        component(
            "easy_words",
            {
                "Zugeklappt": {"first": "Hier wählen Sie eine Zeit.", "second": "Drücken Sie auf eine Zeit."},
            },
        ),
        component(
            "phone_link",
            {
                "Deutsch": {"number": "05151 000-000"},
                "International": {"number": "+49 (0)5151 000"},
            },
        ),
        component(
            "email_link",
            {
                "Adresse": {"address": "kontakt@mehrwert.example"},
                "Mit eigenem Text": {"address": "kontakt@mehrwert.example", "label": "Schreiben Sie uns"},
            },
        ),
    ),
)
