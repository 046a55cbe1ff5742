"""What a search finds as Atom: the courses that were published or changed last."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from courses.finder import found_by
from courses.models import CourseCataloguePage, CoursePage
from courses.seats import seats_in_words
from courses.selectors import newest_courses
from courses.wording import in_words
from foundation.feeds import NEVER, Entry, Feed, atom
from foundation.models import BrandSettings

ENTRIES = 50
_MOST_DATES = 5


def feed_of_courses(request: HttpRequest, today: date) -> bytes | None:
    """None on a site without a list of courses. Six queries beside those of the stock, whatever is found.

    Not kept: there are as many searches as people, and the programs of each ask with an ETag.
    """
    catalogue = CourseCataloguePage.objects.live().first()
    if catalogue is None:
        return None
    found = found_by(request.GET, today)
    query = f"?{found.selection.query}" if found.selection.query else ""
    keys = {found.stock.keys[course] for course in found.ordered()}
    wordmark = BrandSettings.in_force().wordmark
    entries = [_entry(course, wordmark, today, request) for course in newest_courses(keys, today, most=ENTRIES)]
    address = f"{settings.BASE_URL}{reverse('courses:feed')}{query}"
    feed = Feed(
        id=address if query else f"urn:uuid:{catalogue.translation_key}",
        title=": ".join(part for part in (f"{catalogue.title} von {wordmark}", in_words(found)) if part),
        subtitle="Neue und geänderte Kurse zuerst.",
        author=wordmark,
        page=f"{catalogue.get_full_url(request)}{query}",
        url=address,
        changed=max((entry.changed for entry in entries), default=NEVER),
        entries=entries,
    )
    return atom(feed)


def _entry(course: CoursePage, wordmark: str, today: date, request: HttpRequest) -> Entry:
    url = course.get_full_url(request) or ""
    published = course.first_published_at or NEVER
    runs = [(run, seats_in_words(run, today).in_one_line) for run in course.runs_ahead[:_MOST_DATES]]
    facts = {"course": course, "runs": runs, "url": url}
    return Entry(
        id=f"urn:uuid:{course.translation_key}",
        url=url,
        title=course.title,
        lead=course.summary,
        content=render_to_string("courses/feed_entry.html", facts).strip(),
        published=published,
        changed=max(published, course.last_published_at or published),
        author=wordmark,
        tags=[topic.name for topic in course.topics.all()],
    )
