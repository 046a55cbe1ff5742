"""The main pages in plain English."""

from __future__ import annotations

from home.demo.english_offices import OFFICES, STORIES, VOICES
from home.demo.front_page import StepText
from home.demo.other_languages import Branch
from home.demo.pages import PageText

ENGLISH = Branch(
    code="en",
    headline="Rural areas can do it too!",
    lead="MehrWert advises companies in seven districts of Lower Saxony on training: free of charge, independent and "
    "close to you. You tell us what is changing. We find who can teach it to your team.",
    search_description="Free, independent training advice for companies in seven districts between Cloppenburg and "
    "Holzminden.",
    next_steps_heading="What happens when you book",
    next_steps=(
        StepText("Today", "Choose a time", "Two minutes, no account. You get a confirmation for your calendar."),
        StepText("At the appointment", "Talk", "In our office, at your company, by video or by phone."),
        StepText("Two weeks later", "Plan", "You get your training plan: who, what, when, where and who pays."),
        StepText("In the months after", "Learn", "Your team takes the courses. If something gets stuck, call us."),
        StepText("After one year", "Look back", "We ask what it has brought and update the plan with you."),
    ),
    voices_heading="What companies say",
    voices=VOICES,
    stories=STORIES,
    offices=OFFICES,
    pages={
        "beratung": PageText(
            slug="advice",
            title="Advice",
            lead="Nothing to prepare, nothing to pay, nothing to sign. You only choose a time.",
            search_description="How our advice works: topics, length, place, and what happens afterwards.",
            in_menu=True,
            body=(
                ("heading", "Five kinds of appointment"),
                (
                    "paragraph",
                    "<ul><li><b>First consultation</b> (Erstberatung, 60 minutes): you talk, we sort things out.</li>"
                    "<li><b>Funding advice</b> (Förderberatung, 45 minutes): we work out who pays for what.</li>"
                    "<li><b>Training plan</b> (Weiterbildungsfahrplan, 90 minutes): we plan your next twelve "
                    "months.</li><li><b>Advice at your company</b> (Beratung im Betrieb, 120 minutes): we come and "
                    "have a look.</li><li><b>Short call</b> (Kurzanruf, 15 minutes): one question, one "
                    "answer.</li></ul>",
                ),
                ("heading", "How to book"),
                (
                    "paragraph",
                    "<ol><li>Press “Book a consultation”. The pages that follow are in German.</li><li>Type in the "
                    "postcode of your company.</li><li>Choose a kind of appointment, a day and a time.</li><li>Give "
                    "the name of your company, your own name and your email address.</li><li>Open our email and "
                    "confirm.</li></ol><p>You need an interpreter, or want to speak English? Write it in the field "
                    "“Nachricht”, and we will see what we can arrange.</p>",
                ),
                ("heading", "Independent and confidential"),
                (
                    "paragraph",
                    "<p>We do not sell courses. What you tell us stays with us. We ask only for what we need and "
                    "delete it after fixed periods.</p>",
                ),
            ),
        ),
        "bueros": PageText(
            slug="offices",
            title="Offices",
            lead="Five offices and four places with regular office days: none of the seven districts is far away.",
            search_description="Where we are: five offices between Vechta and Hameln, and four towns with office days.",
            in_menu=True,
            body=(
                ("heading", "Our offices"),
                (
                    "paragraph",
                    '<ul><li><a href="/en/offices/vechta/">Vechta</a>, also for Cloppenburg</li><li><a '
                    'href="/en/offices/diepholz/">Diepholz</a></li><li><a '
                    'href="/en/offices/nienburg/">Nienburg</a></li><li><a '
                    'href="/en/offices/stadthagen/">Stadthagen</a>, for Schaumburg</li><li><a '
                    'href="/en/offices/hameln/">Hameln</a>, also for Holzminden</li></ul><p>Each page shows the '
                    "address, the opening hours, how to get there and the next free time. The advisers, courses and "
                    'news of each office are on our <a href="/bueros/">pages in German</a>.</p>',
                ),
                ("heading", "Office days"),
                ("paragraph", "<p>On certain days we are also in Cloppenburg, Holzminden, Syke and Bückeburg.</p>"),
            ),
        ),
        "foerderung": PageText(
            slug="funding",
            title="Funding",
            lead="Who pays for training? Often more bodies than you think. Six ways worth knowing.",
            search_description="Six ways to pay for training in Germany, explained in a few sentences.",
            in_menu=True,
            body=(
                ("heading", "For employees whose work is changing"),
                (
                    "paragraph",
                    "<p><b>Qualifizierungschancengesetz</b> (§ 82 SGB III): the employment agency shares the cost of "
                    "the course and of wages. <b>Qualifizierungsgeld</b> (§ 82a SGB III): it replaces part of the "
                    "wages when many jobs in a company change.</p>",
                ),
                ("heading", "For individuals"),
                (
                    "paragraph",
                    "<p><b>Bildungsgutschein</b>: a voucher for training that leads to work or secures it. "
                    "<b>Aufstiegs-BAföG</b>: money for the way to a master craftsman’s or similar qualification. "
                    "<b>Bildungszeit</b>: paid leave for recognised courses.</p>",
                ),
                ("heading", "For companies and the self-employed"),
                (
                    "paragraph",
                    "<p><b>WiN – Weiterbildung in Niedersachsen</b>: grants towards single courses. Ask us whether "
                    "applications are open. Programmes change; what the responsible body writes to you is binding.</p>",
                ),
            ),
        ),
        "ueber-uns": PageText(
            slug="about-us",
            title="About us",
            lead="Seven districts that touch each other like the links of a chain. Together we are MehrWert.",
            search_description="MehrWert is the training network of seven rural districts in Lower Saxony.",
            in_menu=True,
            body=(
                (
                    "paragraph",
                    "<p>“Mehrwert” is German for added value; it also says “more worth”. Since autumn 2021 the "
                    "districts of Cloppenburg, Vechta, Diepholz, Nienburg (Weser), Schaumburg, Hameln-Pyrmont and "
                    "Holzminden have worked together so that small and medium-sized companies find good courses.</p>",
                ),
                ("heading", "What we do"),
                (
                    "paragraph",
                    "<ul><li>We ask what people in the companies must be able to do tomorrow.</li><li>We advise: in "
                    "our offices, at companies, by video and by phone.</li><li>We collect the courses of the region "
                    "in one place.</li><li>Where a course is missing, we build it with providers nearby.</li></ul>",
                ),
            ),
        ),
        "kontakt": PageText(
            slug="contact",
            title="Contact",
            lead="Call us or write to us, in English if you like.",
            search_description="Phone and email of MehrWert, and the way to the contact form.",
            in_footer=True,
            body=(
                ("heading", "Talk to us"),
                (
                    "contact",
                    {
                        "name": "Kim Musterfeld (Beispiel)",
                        "role": "Reception of MehrWert, Monday to Thursday, 9 am to 3 pm",
                        "phone": "0511 000-4000",
                        "mobile": "",
                        "email": "kontakt@mehrwert.example",
                    },
                ),
                (
                    "paragraph",
                    '<p>There is also a <a href="/kontakt/">contact form</a>. The page is in German; its fields ask '
                    "for your name, your email address, your phone number if you like, and your message.</p>",
                ),
            ),
        ),
        "impressum": PageText(
            slug="legal-notice",
            title="Legal notice",
            lead="Who is responsible for this website.",
            search_description="Who publishes this website.",
            in_footer=True,
            body=(
                (
                    "paragraph",
                    "<p>This website is published by Handwerkskammer Hannover Projekt- und Servicegesellschaft mbH on "
                    'behalf of the network MehrWert. The binding details are in the <a href="/impressum/">legal '
                    "notice in German</a>.</p>",
                ),
            ),
        ),
        "datenschutz": PageText(
            slug="privacy",
            title="Privacy",
            lead="What we store about you, and what we do not.",
            search_description="No cookies for readers, no third parties, fixed periods for deletion.",
            in_footer=True,
            body=(
                (
                    "paragraph",
                    "<ul><li>Whoever only reads gets no cookie and is not counted.</li><li>We load nothing from other "
                    "servers.</li><li>For an appointment we ask only for what we need.</li><li>Your details are "
                    "deleted or made anonymous after fixed periods.</li><li>You may ask at any time what we have "
                    'stored about you.</li></ul><p>The binding text is the <a href="/datenschutz/">privacy notice in '
                    "German</a>.</p>",
                ),
            ),
        ),
        "barrierefreiheit": PageText(
            slug="accessibility",
            title="Accessibility",
            lead="This website is meant to work for everybody. Tell us where it does not.",
            search_description="How far this website is accessible, and how to report a barrier.",
            in_footer=True,
            body=(
                (
                    "paragraph",
                    "<p>We have tested the website ourselves: with automatic tools, with the keyboard alone, without "
                    "scripts, strongly enlarged and in light and dark colours. An independent test has not been made "
                    "yet.</p>",
                ),
                ("heading", "What is missing"),
                (
                    "paragraph",
                    "<ul><li>Only the main pages exist in English. Booking, courses and news are in German.</li><li>"
                    "There are no videos in sign language.</li><li>Pages of course providers may have barriers that we "
                    "cannot remove.</li></ul>",
                ),
                ("heading", "Report a barrier"),
                (
                    "paragraph",
                    "<p>Call 0511 000-4000, write to kontakt@mehrwert.example or use the form on the "
                    '<a href="/barrierefreiheit/">full statement in German</a>. It also names the arbitration '
                    "body.</p>",
                ),
            ),
        ),
    },
)
