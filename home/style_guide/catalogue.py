"""All groups in the order of the page."""

from __future__ import annotations

from home.style_guide.booking import BOOKING
from home.style_guide.courses import COURSES
from home.style_guide.forms import FORMS
from home.style_guide.frame import FRAME
from home.style_guide.teasers import TEASERS

GROUPS = (FRAME, FORMS, COURSES, TEASERS, BOOKING)
COMPONENTS = {component.name: component for group in GROUPS for component in group.components}
