"""Free times: of one office as a page, of the whole network, and the rules alone."""

from __future__ import annotations

from collections.abc import Iterator

from booking.models import Service
from offices.models import Advisor
from tests.bench.figures import Figure
from tests.bench.loads import busy_network, rules_alone
from tests.bench.meters import ServerMeter, cpu_milliseconds, queries_of

BUSY = {"advisors": 20, "offices": 3, "days": 56, "appointments": 2000}


def free_time_pages(meter: ServerMeter) -> Iterator[Figure]:
    """The demo's, then a network of three offices with twenty advisors and 2,000 appointments in eight weeks."""
    path = "/termin/hameln/"
    taken, ratio = meter.ratio(path)
    yield Figure("times page of a demo office", taken, ratio, queries_of(path), wanted={"ratio": 40, "queries": 8})
    service = Service.objects.filter(is_active=True).first()
    Advisor.objects.update(is_active=False)
    path = f"/termin/{busy_network(**BUSY, service=service)[0].office.slug}/"
    taken, ratio = meter.ratio(path)
    yield Figure(
        "times page of an office of 7 advisors", taken, ratio, queries_of(path), wanted={"ratio": 40, "queries": 8}
    )

    taken, ratio = meter.ratio("/termin/tage/")
    yield Figure(
        "days of the whole network, 20 advisors",
        taken,
        ratio,
        queries_of("/termin/tage/"),
        wanted={"ratio": 40, "queries": 8},
    )
    taken = cpu_milliseconds(rules_alone(advisors=20, weeks=8, appointments=2000))
    yield Figure("rules alone, 20 advisors × 8 weeks", taken, wanted={"milliseconds": 15})
