"""Blocks of home page, news and standard pages; each named for what it means, each with a template of its own."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from foundation.documents import any_document
from foundation.pictures import any_picture
from home.office_block import OfficeBlock
from home.picture_block import ImageBlock
from home.table_block import TableBlock

_PLAIN = ["bold", "italic", "link", "document-link"]


class StoryBlock(blocks.StructBlock):
    """A story of the slider: picture, caption, where to read on. The credit comes from the image itself."""

    picture = ImageBlock(label="Bild")
    caption = blocks.CharBlock(label="Bildtext", max_length=200)
    page = blocks.PageChooserBlock(label="Weiterlesen auf", required=False)

    class Meta:
        icon = "image"
        label = "Geschichte"
        group = "Start"
        description = "Bild mit einem Satz und einem Verweis"
        template = "blocks/story.html"

    def get_preview_value(self) -> Any:
        return self.normalize({"picture": any_picture(), "caption": "Erst reden, dann planen."})


class RelatedNewsBlock(blocks.PageChooserBlock):
    class Meta:
        icon = "doc-full"
        group = "Nachrichten"
        description = "Eine Nachricht, die zu dieser passt; am Ende der Seite steht sie mit Datum, Bild und Anreißer"

    def deconstruct(self) -> Any:
        """To migrations it is Wagtail's own: what differs is how editors see it."""
        _, *arguments = super().deconstruct()
        return ("wagtail.blocks.PageChooserBlock", *arguments)

    def get_preview_value(self) -> Any:
        return self.model_class.objects.live().order_by("-pk").first()


class NextStepBlock(blocks.StructBlock):
    """One step of the timeline."""

    when = blocks.CharBlock(label="Wann", max_length=60)
    title = blocks.CharBlock(label="Was", max_length=100)
    text = blocks.TextBlock(label="Erklärung", max_length=300, required=False)

    class Meta:
        icon = "arrow-right"
        label = "Schritt"
        group = "Start"
        description = "Ein Punkt auf dem Zeitstrahl der nächsten Schritte"
        template = "blocks/next_step.html"
        preview_value = {"when": "Heute", "title": "Zeit wählen", "text": "Zwei Minuten, ohne Konto."}


class VoiceBlock(blocks.StructBlock):
    """What somebody from a firm says of the advice; the credit comes from the image itself."""

    quotation = blocks.TextBlock(label="Zitat", max_length=300, help_text="Ohne Anführungszeichen.")
    speaker = blocks.CharBlock(label="Wer sagt das", max_length=80)
    role = blocks.CharBlock(label="Aufgabe und Betrieb", max_length=120, required=False)
    portrait = ImageBlock(label="Porträt", required=False)

    class Meta:
        icon = "openquote"
        label = "Stimme"
        group = "Start"
        description = "Was jemand aus einem Betrieb sagt, mit Namen und, wenn vorhanden, Porträt"
        template = "blocks/voice.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "quotation": "Nach einer Stunde wussten wir, wo wir anfangen.",
                "speaker": "Kim Muster",
                "role": "Metallbau Beispiel, Vechta",
                "portrait": any_picture(),
            }
        )


class SliderPictureBlock(blocks.StructBlock):
    picture = ImageBlock(label="Bild")
    caption = blocks.CharBlock(label="Bildunterschrift", max_length=200, required=False)

    class Meta:
        icon = "image"
        label = "Bild"
        group = "Bilder"
        description = "Bild mit Unterschrift; der Bildnachweis kommt aus dem Bild"
        template = "blocks/slider_picture.html"

    def get_preview_value(self) -> Any:
        return self.normalize({"picture": any_picture(), "caption": "Was auf dem Bild zu sehen ist."})


class GalleryBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", max_length=80, default="Bilder")
    pictures = blocks.ListBlock(SliderPictureBlock(), label="Bilder", min_num=2, max_num=24)

    class Meta:
        icon = "image"
        label = "Bildergalerie"
        group = "Bilder"
        description = "Mehrere Bilder nebeneinander, jedes mit Unterschrift und Bildnachweis"
        template = "blocks/gallery.html"

    def get_preview_value(self) -> Any:
        picture = {"picture": any_picture(), "caption": "Was auf dem Bild zu sehen ist."}
        return self.normalize({"heading": "Bilder vom Tag", "pictures": [picture, picture, picture]})


class TimelineBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", max_length=80, default="So geht es weiter")
    steps = blocks.ListBlock(NextStepBlock(), label="Schritte", min_num=2, max_num=12)

    class Meta:
        icon = "history"
        label = "Zeitstrahl"
        group = "Text"
        description = "Was nacheinander geschieht, mit Zeitangaben"
        template = "blocks/timeline.html"
        preview_value = {
            "heading": "So geht es weiter",
            "steps": [
                {"when": "Im Frühjahr", "title": "Fragen", "text": "Wir besuchen die ersten Betriebe."},
                {"when": "Im Sommer", "title": "Anbieten", "text": "Die ersten Kurse beginnen."},
            ],
        }


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Datei")
    label = blocks.CharBlock(
        label="Name", max_length=120, required=False, help_text="Leer lassen: der Titel der Datei."
    )

    class Meta:
        icon = "doc-full"
        label = "Datei"


class DownloadsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Überschrift", max_length=80, default="Zum Herunterladen")
    files = blocks.ListBlock(DownloadBlock(), label="Dateien", min_num=1, max_num=20)

    class Meta:
        icon = "download"
        label = "Dateien zum Herunterladen"
        group = "Dateien"
        description = "Liste von Dateien; Art und Größe stehen von selbst dabei"
        template = "blocks/downloads.html"

    def get_preview_value(self) -> Any:
        return self.normalize({"heading": "Zum Herunterladen", "files": [{"document": any_document(), "label": ""}]})


class ContactPersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="Name", max_length=80)
    role = blocks.CharBlock(label="Aufgabe", max_length=120)
    phone = blocks.CharBlock(label="Telefon", max_length=40, required=False)
    mobile = blocks.CharBlock(label="Mobil", max_length=40, required=False)
    email = blocks.EmailBlock(label="E-Mail", required=False)

    class Meta:
        icon = "user"
        label = "Ansprechperson"
        group = "Menschen"
        description = "Name, Aufgabe und wie man die Person erreicht"
        template = "blocks/contact_person.html"
        preview_value = {
            "name": "Kim Muster",
            "role": "Weiterbildungsberatung",
            "phone": "05151 000-000",
            "mobile": "0171 0000000",
            "email": "kim.muster@mehrwert.example",
        }


class QuotationBlock(blocks.StructBlock):
    quotation = blocks.TextBlock(label="Zitat", max_length=500)
    speaker = blocks.CharBlock(label="Wer sagt das", max_length=120)

    class Meta:
        icon = "openquote"
        label = "Zitat"
        group = "Text"
        description = "Wörtliche Rede, mit Namen und Aufgabe"
        template = "blocks/quotation.html"
        preview_value = {"quotation": "Jetzt haben wir vier Termine.", "speaker": "Inhaberin einer Tischlerei"}


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="Frage", max_length=160)
    answer = blocks.RichTextBlock(label="Antwort", features=[*_PLAIN, "ul", "ol"])

    class Meta:
        icon = "help"
        label = "Frage"


class QuestionsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label="Thema", max_length=80)
    questions = blocks.ListBlock(QuestionBlock(), label="Fragen", min_num=1, max_num=30)

    class Meta:
        icon = "help"
        label = "Fragen zu einem Thema"
        group = "Fragen"
        description = "Ein Thema mit seinen Fragen; jede klappt zu ihrer Antwort auf"
        template = "blocks/questions.html"
        preview_value = {
            "heading": "Rund um den Termin",
            "questions": [{"question": "Was kostet die Beratung?", "answer": "<p>Nichts.</p>"}],
        }


class TermBlock(blocks.StructBlock):
    term = blocks.CharBlock(label="Wort", max_length=80)
    synonyms = blocks.CharBlock(label="Andere Wörter dafür", max_length=160, required=False)
    explanation = blocks.RichTextBlock(label="Erklärung", features=_PLAIN)

    class Meta:
        icon = "openquote"
        label = "Begriff"
        group = "Glossar"
        description = "Ein Wort, andere Wörter dafür und was es heißt"
        template = "blocks/term.html"
        preview_value = {
            "term": "AdA",
            "synonyms": "AEVO, Ausbildereignung",
            "explanation": "<p>Der Nachweis, dass jemand ausbilden darf.</p>",
        }


class GapBlock(blocks.StructBlock):
    """What a visitor cannot use yet; the law wants a reason, people want another way."""

    what = blocks.CharBlock(label="Was noch nicht geht", max_length=120)
    why = blocks.TextBlock(label="Warum", max_length=600)
    instead = blocks.TextBlock(label="Was stattdessen geht", max_length=400, required=False)

    class Meta:
        icon = "warning"
        label = "Lücke"
        group = "Barrierefreiheit"
        description = "Ein Inhalt mit Hürde, der Grund und ein anderer Weg"
        template = "blocks/gap.html"
        preview_value = {
            "what": "Gebärdensprache",
            "why": "Videos sind geplant, sobald die Inhalte feststehen.",
            "instead": "Rufen Sie uns an, wir organisieren eine Dolmetschung.",
        }


class TextBody(blocks.StreamBlock):
    """The body of a text page."""

    heading = blocks.CharBlock(
        label="Zwischenüberschrift",
        icon="title",
        max_length=120,
        group="Text",
        description="Gliedert den Text",
        template="blocks/heading.html",
        preview_value="Erst fragen, dann anbieten",
    )
    paragraph = blocks.RichTextBlock(
        label="Absatz",
        icon="pilcrow",
        features=[*_PLAIN, "h3", "ul", "ol"],
        group="Text",
        description="Fließtext, Listen, Verweise",
        template="blocks/paragraph.html",
        preview_value="<p>Kurze Sätze, klare Wörter. <b>Wichtiges</b> steht vorn.</p><ul><li>Punkt für Punkt</li></ul>",
    )
    quotation = QuotationBlock()
    table = TableBlock()
    picture = SliderPictureBlock()
    gallery = GalleryBlock()
    timeline = TimelineBlock()
    downloads = DownloadsBlock()
    contact = ContactPersonBlock()
    office = OfficeBlock()
    retention = blocks.StaticBlock(
        label="Aufbewahrungsfristen",
        icon="lock",
        group="Datenschutz",
        description="Zeigt die Fristen, nach denen die Website Termindaten wirklich löscht",
        admin_text="Die Fristen kommen aus „Einstellungen › Aufbewahrungsfristen“.",
        template="blocks/retention.html",
        preview_value=None,
    )
