"""Five offices and four series of Sprechtage; together they serve all seven districts."""

from __future__ import annotations

from dataclasses import dataclass

from home.demo.dates import FR, MO, TH, TU, WE, Rhythm, every_second_week, monthly, weekly


@dataclass(frozen=True, slots=True)
class OfficeText:
    slug: str
    name: str
    districts: tuple[str, ...]
    street: str
    postcode: str
    town: str
    latitude: float
    longitude: float
    phone: str
    step_free: bool
    arrival: str
    hours: tuple[tuple[int, str, str], ...]
    lead: str
    body: str
    scene: str
    holidays_by_custom: bool = False


@dataclass(frozen=True, slots=True)
class OfficeDayText:
    title: str
    office: str
    advisors: tuple[str, ...]
    venue: str
    street: str
    postcode: str
    town: str
    step_free: bool
    arrival: str
    days: Rhythm
    start: str
    end: str


def _mornings(opens: str, closes: str) -> tuple[tuple[int, str, str], ...]:
    return tuple((day, opens, closes) for day in (MO, TU, WE, TH, FR))


OFFICES = (
    OfficeText(
        slug="vechta",
        name="MehrWert-Büro Vechta",
        districts=("vechta", "cloppenburg"),
        street="Musterweg 12",
        postcode="49377",
        town="Vechta",
        latitude=52.7263,
        longitude=8.2860,
        phone="04441 000-100",
        step_free=True,
        arrival=(
            "Vom Bahnhof gehen Sie zehn Minuten zu Fuß. Parken können Sie vor dem Haus, ein breiter Platz liegt direkt "
            "neben dem Eingang. Die Tür öffnet auf Knopfdruck."
        ),
        hours=(*_mornings("08:30", "12:30"), (TU, "13:30", "17:00")),
        lead="Für Betriebe in den Landkreisen Vechta und Cloppenburg: vom Schlachthof bis zum Landmaschinenbau.",
        body=(
            "<p>Im Oldenburger Münsterland wird geschraubt, gespritzt, verpackt und geliefert. Viele Betriebe hier "
            "sind in wenigen Jahren groß geworden, und das Team ist mitgewachsen: Menschen aus vielen Ländern, jede "
            "Schicht mit eigenem Wissen.</p><p>Wir helfen Ihnen, dieses Wissen zu ordnen. Fragen Sie uns nach "
            "Deutsch am Arbeitsplatz, nach dem Staplerschein oder nach dem Weg vom Helfer zur Fachkraft.</p><p>Nach "
            "Vechta ist es Ihnen zu weit? In Cloppenburg halten wir jede zweite Woche einen Sprechtag.</p>"
        ),
        scene="rape_field",
        holidays_by_custom=True,
    ),
    OfficeText(
        slug="diepholz",
        name="MehrWert-Büro Diepholz",
        districts=("diepholz",),
        street="Beispielstraße 3",
        postcode="49356",
        town="Diepholz",
        latitude=52.6078,
        longitude=8.3701,
        phone="05441 000-200",
        step_free=True,
        arrival=(
            "Der Bus hält vor der Tür. Hinter dem Haus stehen zwölf Parkplätze. Unser Büro liegt im Erdgeschoss, ohne "
            "Stufen und ohne Schwelle."
        ),
        hours=(*_mornings("09:00", "13:00"), (TH, "14:00", "18:00")),
        lead="Für Betriebe zwischen Dümmer und Bremer Umland: Fahrzeugteile, Maschinen, Handwerk.",
        body=(
            "<p>Der Landkreis ist lang: Von Lemförde bis Stuhr fährt man eine gute Stunde. Deshalb beraten wir viel am "
            "Telefon und per Video, und zweimal im Monat sitzen wir in Syke.</p><p>Unser Schwerpunkt sind Zulieferer, "
            "die ihre Fertigung umstellen. Wir kennen die Kurse zu Elektrik, Steuerung und Qualitätssicherung, und wir "
            "kennen die Menschen, die sie geben.</p>"
        ),
        scene="moor_morning",
    ),
    OfficeText(
        slug="nienburg",
        name="MehrWert-Büro Nienburg",
        districts=("nienburg",),
        street="Musterwall 8",
        postcode="31582",
        town="Nienburg",
        latitude=52.6493,
        longitude=9.2365,
        phone="05021 000-300",
        step_free=False,
        arrival=(
            "Vom Bahnhof sind es fünf Minuten. Zum Eingang führen drei Stufen; rufen Sie kurz an, dann treffen wir uns "
            "im stufenlosen Besprechungsraum nebenan."
        ),
        hours=(*_mornings("08:30", "12:30"), (MO, "14:00", "17:00")),
        lead="Für Betriebe an der Mittelweser: Glas, Chemie und alles, was Autos innen schön macht.",
        body=(
            "<p>Glasmacher, Chemikantinnen, Näherinnen: An der Mittelweser arbeiten viele Menschen seit Jahrzehnten "
            "im selben Betrieb. Geht jemand in Rente, geht Wissen mit. Wir zeigen Ihnen, wie es "
            "bleibt.</p><p>Beliebt sind unsere Gespräche mit zwei Generationen am Tisch: Wer bald geht und wer "
            "gerade kommt, planen zusammen.</p>"
        ),
        scene="weser",
    ),
    OfficeText(
        slug="stadthagen",
        name="MehrWert-Büro Stadthagen",
        districts=("schaumburg",),
        street="Am Beispielmarkt 5",
        postcode="31655",
        town="Stadthagen",
        latitude=52.3233,
        longitude=9.2031,
        phone="05721 000-400",
        step_free=True,
        arrival=(
            "Sie finden uns in der Fußgängerzone, zwei Minuten vom Busbahnhof. Parken können Sie in der Tiefgarage am "
            "Markt; von dort fährt ein Aufzug."
        ),
        hours=(*_mornings("09:00", "13:00"),),
        lead="Für Betriebe im Schaumburger Land: Glashütten, Pflege, Kliniken und Handwerk.",
        body=(
            "<p>Zwischen Steinhuder Meer und Weserbergland pflegen viele Betriebe Menschen oder machen Glas. Beides "
            "geht rund um die Uhr, und beides braucht Kurse, die in Schichtpläne passen.</p><p>Wir suchen für Sie "
            "Angebote in Häppchen: abends, online oder bei Ihnen im Haus. Einmal im Monat beraten wir in Bückeburg.</p>"
        ),
        scene="brick_town",
    ),
    OfficeText(
        slug="hameln",
        name="MehrWert-Büro Hameln",
        districts=("hameln-pyrmont", "holzminden"),
        street="Musterufer 21",
        postcode="31785",
        town="Hameln",
        latitude=52.1037,
        longitude=9.3676,
        phone="05151 000-500",
        step_free=True,
        arrival=(
            "Vom Bahnhof fahren Sie mit dem Bus drei Haltestellen oder gehen eine Viertelstunde. Im Hof gibt es "
            "Stellplätze für Fahrräder und zwei Ladesäulen. Ein Aufzug bringt Sie in den ersten Stock."
        ),
        hours=(*_mornings("09:00", "12:30"), (TU, "14:00", "17:00")),
        lead="Für Betriebe in den Landkreisen Hameln-Pyrmont und Holzminden, von der Klinik bis zur Duftfabrik.",
        body=(
            "<p>Elektrische Antriebe, Heizungen, Aromen, Kuren: Im Weserbergland sitzen Betriebe, die ihr Fach seit "
            "Generationen können und es gerade neu lernen. Wärmepumpe statt Ölbrenner, Tablet statt Kurvenblatt.</p>"
            "<p>Wir beraten Sie in Hameln, jeden Donnerstag in Holzminden und gern bei Ihnen im Betrieb.</p>"
        ),
        scene="hills",
    ),
)

OFFICE_DAYS = (
    OfficeDayText(
        title="Sprechtag Cloppenburg",
        office="vechta",
        advisors=("ayla-musterfeld",),
        venue="Rathaus, Besprechungsraum 2",
        street="Musterplatz 1",
        postcode="49661",
        town="Cloppenburg",
        step_free=True,
        arrival="Der Eingang liegt an der Marktseite. Melden Sie sich am Empfang, wir holen Sie ab.",
        days=every_second_week(WE),
        start="09:00",
        end="15:00",
    ),
    OfficeDayText(
        title="Sprechtag Holzminden",
        office="hameln",
        advisors=("imke-beispielau",),
        venue="Gründerhaus, Zimmer 4",
        street="Beispielhafen 9",
        postcode="37603",
        town="Holzminden",
        step_free=True,
        arrival="Parken können Sie am Weserufer. Zimmer 4 liegt im Erdgeschoss, gleich rechts.",
        days=weekly(TH, skipped=((4, TH),)),
        start="10:00",
        end="15:00",
    ),
    OfficeDayText(
        title="Sprechtag Syke",
        office="diepholz",
        advisors=("carla-beispielbach",),
        venue="Bürgerhaus, Kleiner Saal",
        street="Musterallee 40",
        postcode="28857",
        town="Syke",
        step_free=True,
        arrival="Vom Bahnhof sind es acht Minuten zu Fuß. Vor dem Bürgerhaus darf man zwei Stunden parken.",
        days=monthly(FR, 1, 3),
        start="09:30",
        end="14:30",
    ),
    OfficeDayText(
        title="Sprechtag Bückeburg",
        office="stadthagen",
        advisors=("hanne-mustersee",),
        venue="Stadthaus, Raum 1.07",
        street="Am Mustertor 2",
        postcode="31675",
        town="Bückeburg",
        step_free=False,
        arrival="Raum 1.07 liegt im ersten Stock ohne Aufzug. Sagen Sie Bescheid, dann beraten wir Sie im Erdgeschoss.",
        days=monthly(TH, -1),
        start="09:00",
        end="13:00",
    ),
)
