"""Marks of what the list of courses is made of (foundation.caching.marks)."""

from __future__ import annotations

from wagtail.models import Page, PageViewRestriction, Site

from courses import models
from foundation.caching.marks import Mark
from foundation.caching.writes import renews
from offices.models import District, Postcode

COURSES = Mark("courses.courses")
PAGES = Mark("courses.pages")
"""Of the tree of pages, in which every page of the site is written, and of who may see which part of it."""


def connect() -> None:
    links = (models.CoursePage.topics, models.CoursePage.funding_kinds, models.CoursePage.target_groups)
    renews(COURSES, models.CoursePage, models.CourseRun, models.CourseWords, *(link.through for link in links))
    renews(COURSES, models.Provider, models.Topic, models.FundingKind, models.TargetGroup, models.Synonym)
    renews(COURSES, models.ProviderMark, models.QualityMark)
    renews(COURSES, District, Postcode, Site)
    renews(PAGES, Page, PageViewRestriction)
