"""Answers that no page of the tree gives."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from foundation.public_files import public_file
from home.feed_links import FORMATS
from home.news_archive import Selection
from home.news_feeds import news_feed as written_feed


@csrf_exempt
@require_safe
def news_feed(request: HttpRequest, form: str, topic: str = "", district: str = "") -> HttpResponseBase:
    body, changed = written_feed(form, Selection(topic, district), request)
    content_type = f"{FORMATS[form][1]}; charset=utf-8"
    return public_file(request, body, content_type=content_type, name=f"nachrichten-{form}", changed=changed)
