"""A place on every office's page for what upper apps know of the office."""

from __future__ import annotations

from foundation.sections import Sections
from offices.models import Office

office_sections: Sections[Office] = Sections()
