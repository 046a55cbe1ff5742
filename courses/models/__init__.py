from courses.models.catalogue import CourseCataloguePage
from courses.models.course import CoursePage
from courses.models.course_import import (
    ColumnMapping,
    CourseImport,
    ImportedCourse,
    ImportEntry,
    ImportFile,
    ImportFilePiece,
)
from courses.models.course_source import CourseSource
from courses.models.course_words import CourseWords
from courses.models.funding_kind import FundingKind
from courses.models.provider import Provider
from courses.models.provider_link import ProviderLink
from courses.models.quality_mark import ProviderMark, QualityMark
from courses.models.run import CourseRun
from courses.models.settings import CourseSettings
from courses.models.synonym import Synonym
from courses.models.target_group import TargetGroup
from courses.models.topic import Topic
from courses.models.vanished_course import VanishedCourse

__all__ = [
    "ColumnMapping",
    "CourseCataloguePage",
    "CourseImport",
    "CoursePage",
    "CourseRun",
    "CourseSettings",
    "CourseSource",
    "CourseWords",
    "FundingKind",
    "ImportEntry",
    "ImportFile",
    "ImportFilePiece",
    "ImportedCourse",
    "Provider",
    "ProviderLink",
    "ProviderMark",
    "QualityMark",
    "Synonym",
    "TargetGroup",
    "Topic",
    "VanishedCourse",
]
