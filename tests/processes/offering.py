"""One process that closes an office in one go, among others that do the same.

python -m tests.processes.offering '{"closure": 1, "appointments": [3, 1, 2], "actor": 1}'
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def main(order: dict[str, Any]) -> None:
    django.setup()
    from django.utils import timezone  # noqa: PLC0415  # after django.setup()

    from booking.models import Closure  # noqa: PLC0415
    from booking.services.offer_for_closure import offer_for_closure  # noqa: PLC0415
    from foundation.models import User  # noqa: PLC0415

    offer_for_closure(
        Closure.objects.get(pk=order["closure"]),
        order["appointments"],
        actor=User.objects.get(pk=order["actor"]),
        now=timezone.now(),
    )


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
