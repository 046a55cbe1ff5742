from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Kurse"

    def ready(self) -> None:
        # Models are loaded now.
        from courses import freshness, signals, word_index
        from courses.models import (
            ColumnMapping,
            CourseImport,
            CourseSource,
            ImportedCourse,
            ImportEntry,
            ImportFile,
            ImportFilePiece,
            ProviderLink,
        )
        from courses.near import near_office
        from foundation.caching.writes import never_shown
        from offices.sections import office_neighbourhood

        freshness.connect()
        signals.connect()
        never_shown(ColumnMapping, CourseImport, CourseSource, ImportedCourse, ImportEntry, ImportFile, ImportFilePiece)
        never_shown(ProviderLink)
        word_index.connect()
        office_neighbourhood.register("courses/near_office.html", near_office)
