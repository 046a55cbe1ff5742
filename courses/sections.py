"""A place on every course's page, beside the ways on, for what upper apps know of the course."""

from __future__ import annotations

from courses.models import CoursePage
from foundation.sections import Sections

course_sections: Sections[CoursePage] = Sections()
