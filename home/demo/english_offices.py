"""The offices, and what the English home page tells of the network."""

from __future__ import annotations

from home.demo.front_page import VoiceText
from home.demo.other_languages import CaptionText, OfficePageText

OFFICES = {
    "vechta": OfficePageText(
        title="Vechta office",
        lead="For companies in the districts of Vechta and Cloppenburg, from meat processing to farm machinery.",
        search_description="Advice in Vechta: address, opening hours and the next free times, also for Cloppenburg.",
        arrival="It is a ten-minute walk from the station. You can park in front of the building; there is a wide "
        "space right beside the entrance. The door opens at the push of a button.",
        text="<p>Is Vechta too far? Every other week we hold an office day in Cloppenburg.</p>",
    ),
    "diepholz": OfficePageText(
        title="Diepholz office",
        lead="For companies between Lake Dümmer and Bremen: vehicle parts, machinery, skilled trades.",
        search_description="Advice in Diepholz: address, opening hours and the next free times.",
        arrival="The bus stops outside the door. There are twelve parking spaces behind the building. Our office is on "
        "the ground floor, without steps or thresholds.",
        text="<p>The district is large, so we often advise by phone and by video call. Twice a month you find us in "
        "Syke.</p>",
    ),
    "nienburg": OfficePageText(
        title="Nienburg office",
        lead="For companies along the middle Weser: glass, chemicals and car interiors.",
        search_description="Advice in Nienburg: address, opening hours and the next free times.",
        arrival="It is five minutes from the station. Three steps lead up to the entrance. Give us a quick call, and "
        "we will meet you in the step-free meeting room next door.",
        text="<p>When somebody retires, knowledge leaves with them. We help two generations plan together how it can "
        "stay.</p>",
    ),
    "stadthagen": OfficePageText(
        title="Stadthagen office",
        lead="For companies in the district of Schaumburg: glass, care, hospitals and skilled trades.",
        search_description="Advice in Stadthagen: address, opening hours and the next free times.",
        arrival="You find us in the pedestrian zone, two minutes from the bus station. You can park in the underground "
        "car park at the market place; a lift takes you up.",
        text="<p>We look for courses that fit into shift work: in the evening, online or at your company. Once a month "
        "we are in Bückeburg.</p>",
    ),
    "hameln": OfficePageText(
        title="Hameln office",
        lead="For companies in the districts of Hameln-Pyrmont and Holzminden, from hospitals to fragrance makers.",
        search_description="Advice in Hameln: address, opening hours and the next free times, also for Holzminden.",
        arrival="From the station it is three stops by bus or a fifteen-minute walk. In the courtyard there are "
        "bicycle stands and two charging points for cars. A lift takes you to the first floor.",
        text="<p>We advise you in Hameln, every Thursday in Holzminden, and gladly at your company.</p>",
    ),
}

STORIES = (
    CaptionText(
        "advice",
        "Talk first, plan later: after one hour you know where to start.",
        "beratung",
        "Two people sit at a table and plan on a sheet of paper",
    ),
    CaptionText(
        "market",
        "Seven districts, one network: who we are.",
        "ueber-uns",
        "People of all ages at the weekly market of a small town",
    ),
    CaptionText(
        "weser",
        "Every Thursday by the Weser: our office day in Holzminden.",
        "bueros",
        "A boat on the Weser, on the bank poplars and a house in the evening light",
    ),
)

VOICES = (
    VoiceText(
        quotation="I wanted to book a course. After the talk I knew that we needed a different one.",
        speaker="Maren Musterkamp",
        role="Owner of a joinery (example, invented)",
        face=34,
    ),
    VoiceText(
        quotation="The adviser came to us on the shop floor. So everybody could say what they were missing.",
        speaker="Jannis Beispielmeyer",
        role="Production manager in metalworking (example, invented)",
        face=30,
    ),
    VoiceText(
        quotation="We filled in the application for funding together. Half an hour, and it was done.",
        speaker="Olga Musterova",
        role="Office manager of a care service (example, invented)",
        face=36,
    ),
)
