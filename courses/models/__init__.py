from courses.models.pages import CourseCataloguePage, CoursePage
from courses.models.provider import Provider
from courses.models.run import CourseRun
from courses.models.topic import Topic

__all__ = ["CourseCataloguePage", "CoursePage", "CourseRun", "Provider", "Topic"]
