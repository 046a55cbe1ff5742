"""Places for what upper apps know: beside a course, and where the list finds none."""

from __future__ import annotations

from courses.models import CoursePage
from foundation.sections import Sections

course_sections: Sections[CoursePage] = Sections()
"""On its page, beside the ways on."""
nothing_found_sections: Sections[None] = Sections()
"""Where nothing is found and no place is asked for: when one can talk to somebody."""
