"""The offices, and what the home page in Leichte Sprache tells of the network."""

from __future__ import annotations

from home.demo.front_page import VoiceText
from home.demo.other_languages import CaptionText, OfficePageText

OFFICES = {
    "vechta": OfficePageText(
        title="Büro in Vechta",
        lead="Wir helfen Firmen in Vechta und in Cloppenburg.",
        search_description="Wo ist das Büro in Vechta? Wann ist es offen?",
        arrival="Gehen Sie vom Bahnhof 10 Minuten zu Fuß. Vor dem Haus sind Park-Plätze. Ein Platz ist breit. Die Tür "
        "geht mit einem Knopf auf.",
        text="<p>Ist Vechta zu weit weg?</p><p>Wir sind auch in Cloppenburg.</p><p>Dort sind wir alle 2 Wochen.</p>",
    ),
    "diepholz": OfficePageText(
        title="Büro in Diepholz",
        lead="Wir helfen Firmen in Diepholz.",
        search_description="Wo ist das Büro in Diepholz? Wann ist es offen?",
        arrival="Der Bus hält vor der Tür. Hinter dem Haus sind 12 Park-Plätze. Das Büro ist ganz unten im Haus. Es "
        "gibt keine Stufen.",
        text="<p>Ist Diepholz zu weit weg?</p><p>Rufen Sie uns an.</p><p>Wir sind auch in Syke.</p>",
    ),
    "nienburg": OfficePageText(
        title="Büro in Nienburg",
        lead="Wir helfen Firmen in Nienburg.",
        search_description="Wo ist das Büro in Nienburg? Wann ist es offen?",
        arrival="Gehen Sie vom Bahnhof 5 Minuten zu Fuß. An der Tür sind 3 Stufen. Können Sie keine Stufen gehen? Dann "
        "rufen Sie uns an. Daneben ist ein Raum. Dort gibt es keine Stufen.",
        text="<p>Geht bei Ihnen bald jemand in Rente?</p><p>Dieser Mensch weiß sehr viel.</p><p>Die neuen Leute wissen "
        "das noch nicht.</p><p>Wir helfen Ihnen dabei.</p>",
    ),
    "stadthagen": OfficePageText(
        title="Büro in Stadthagen",
        lead="Wir helfen Firmen in Schaumburg.",
        search_description="Wo ist das Büro in Stadthagen? Wann ist es offen?",
        arrival="Das Büro ist in der Fußgänger-Zone. Gehen Sie vom Bus-Bahnhof 2 Minuten zu Fuß. Am Markt ist ein "
        "Park-Haus. Dort gibt es einen Aufzug.",
        text="<p>Wir suchen Kurse für den Abend.</p><p>Wir suchen auch Kurse im Internet.</p><p>Einmal im Monat sind "
        "wir in Bückeburg.</p>",
    ),
    "hameln": OfficePageText(
        title="Büro in Hameln",
        lead="Wir helfen Firmen in Hameln und in Holzminden.",
        search_description="Wo ist das Büro in Hameln? Wann ist es offen?",
        arrival="Gehen Sie vom Bahnhof 15 Minuten zu Fuß. Oder fahren Sie mit dem Bus. Nach 3 Halte-Stellen steigen "
        "Sie aus. Das Büro ist im ersten Stock. Es gibt einen Aufzug.",
        text="<p>Ist Hameln zu weit weg?</p><p>Jeden Donnerstag sind wir in Holzminden.</p><p>Wir kommen auch zu "
        "Ihnen.</p>",
    ),
}

STORIES = (
    CaptionText(
        "advice", "Wir reden mit Ihnen. Dann machen wir einen Plan.", "beratung", "2 Menschen sitzen an einem Tisch."
    ),
    CaptionText("market", "7 Land-Kreise machen mit.", "ueber-uns", "Viele Menschen sind auf einem Markt."),
    CaptionText("weser", "Unsere Büros sind in Ihrer Nähe.", "bueros", "Ein Schiff fährt auf einem Fluss."),
)

VOICES = (
    VoiceText(
        quotation="Ich wollte einen Kurs. Nach dem Gespräch wusste ich: Ein anderer Kurs ist besser.",
        speaker="Maren Musterkamp",
        role="Chefin in einer Tischlerei. Die Person ist ein Beispiel.",
        face=34,
    ),
    VoiceText(
        quotation="Die Frau von MehrWert war bei uns. Alle haben gesagt: Das will ich lernen.",
        speaker="Jannis Beispielmeyer",
        role="Chef in einer Werkstatt. Die Person ist ein Beispiel.",
        face=30,
    ),
    VoiceText(
        quotation="Wir haben das Papier für das Amt zusammen geschrieben. Das ging schnell.",
        speaker="Olga Musterova",
        role="Sie arbeitet in einem Büro. Die Person ist ein Beispiel.",
        face=36,
    ),
)
