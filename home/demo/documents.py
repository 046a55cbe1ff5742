"""Files of the demo to load from its pages: plain text, written when first needed."""

from __future__ import annotations

from django.core.files.base import ContentFile

from foundation.models import SiteDocument

DOCUMENTS = {
    "fahrplan-zum-ausfuellen.csv": (
        "Fahrplan zum Ausfüllen",
        "Person;Ziel;Kurs;Beginn;Ort;Kosten in Euro;Förderung;Vertretung\r\n"
        "Beispiel;Stapler fahren;Fahrausweis für Gabelstapler;im Frühjahr;Nienburg;;;Kollegin\r\n",
    ),
    "zehn-fragen.txt": (
        "Zehn Fragen vor dem ersten Gespräch",
        "Zehn Fragen vor dem ersten Gespräch\r\n\r\n"
        "1. Was ändert sich in Ihrem Betrieb in den nächsten zwei Jahren?\r\n"
        "2. Welche Arbeit bleibt liegen, weil niemand sie kann?\r\n"
        "3. Wer geht bald in Rente, und was weiß nur diese Person?\r\n"
        "4. Welche Maschine, welches Programm kommt neu dazu?\r\n"
        "5. Wer möchte mehr Verantwortung?\r\n"
        "6. Wer lernt gern allein, wer lieber in der Gruppe?\r\n"
        "7. An welchen Tagen kann jemand fehlen?\r\n"
        "8. Wer springt dann ein?\r\n"
        "9. Was darf es kosten?\r\n"
        "10. Woran merken Sie nach einem Jahr, dass es sich gelohnt hat?\r\n",
    ),
}
"""File, title in the library, text. The table is as Excel reads it in Germany: semicolons, with a mark of UTF-8."""


def document(name: str) -> SiteDocument:
    title, text = DOCUMENTS[name]
    known = SiteDocument.objects.filter(title=title).first()
    if known:
        return known
    content = text.encode("utf-8-sig")
    return SiteDocument.objects.create(title=title, file=ContentFile(content, name=name), file_size=len(content))
