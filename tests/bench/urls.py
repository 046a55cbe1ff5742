import resource
import time
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from booking.views import subscribed
from courses import views as course_views
from foundation.limits import Limit
from mehrwert.urls import urlpatterns as real

# Counted as ever, which is part of what a feed costs, and never refused.
subscribed.WHOLE_READS = Limit("feed", times=1_000_000, seconds=600)
course_views.WHOLE_TABLES = Limit("table", times=1_000_000, seconds=600)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def clock(request: HttpRequest) -> HttpResponse:
    """Nanoseconds of CPU that this process has used so far, all of its threads together."""
    return HttpResponse(str(time.process_time_ns()))


def memory(request: HttpRequest) -> HttpResponse:
    """Megabytes that this process holds now, and the most that it ever held."""
    held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    return HttpResponse(f"{held:.0f} {most:.0f}")


urlpatterns = [path("leer/", empty), path("uhr/", clock), path("speicher/", memory), *real]
