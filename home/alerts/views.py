"""Mails about new courses: ordered on a page of the list, confirmed, changed and ended behind links in mails.

A GET changes nothing, however often a mail scanner opens it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from booking.links import LinkInvalid
from courses.selectors import way_to_courses
from foundation.networks import network_of
from foundation.origin import from_own_pages, sealed
from home.alerts.forms import AlertForm, RhythmForm
from home.alerts.links import LinkGone, Purpose, alert_of, path_to, subscriber_of
from home.alerts.order import Order, change_rhythm, confirm_alert, end_alert, end_all, order_alert
from home.alerts.searches import EVERYTHING, canonical, kept_search
from home.models import AlertSubscriber
from home.refusals import told_of
from home.sent_forms import FormRefused
from home.stamps import new_stamp, read_stamp

_METHODS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def _behind_a_link(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except LinkInvalid:
            response = render(request, "home/alerts/invalid.html", status=404)
        except LinkGone:
            response = render(request, "home/alerts/gone.html", status=410)
        return sealed(response)

    return answered


@require_http_methods(_METHODS)
@from_own_pages
def order(request: HttpRequest) -> HttpResponse:
    """Takes an address for the search that the address of the page, or the sent form, names."""
    asked = QueryDict(request.POST.get("suche", "")) if request.method == "POST" else request.GET
    query, words = canonical(asked, timezone.localdate())
    shown: dict[str, object] = {"query": query, "words": words or EVERYTHING, "breadcrumbs": way_to_courses(request)}
    if request.method != "POST":
        return _order_page(request, shown, AlertForm())
    form = AlertForm(request.POST)
    stamp = read_stamp(request.POST.get("stempel", ""))
    if not form.is_valid():
        return _order_page(request, shown, form, stamp=request.POST["stempel"] if stamp else "", status=422)
    wanted = Order(form.cleaned_data["email"], query, words)
    try:
        order_alert(wanted, stamp=stamp, network=network_of(request), now=timezone.now())
    except FormRefused as refusal:
        told = told_of(refusal)
        form.add_error(None, told.sentence)
        kept = request.POST["stempel"] if told.keeps_stamp else ""
        return _order_page(request, shown, form, stamp=kept, status=told.status)
    return redirect("home:alert_ordered")


def _order_page(
    request: HttpRequest, shown: dict[str, object], form: AlertForm, *, stamp: str = "", status: int = 200
) -> HttpResponse:
    context = shown | {"form": form, "stamp": stamp or new_stamp(now=timezone.now())}
    return sealed(render(request, "home/alerts/order.html", context, status=status))


@require_safe
def ordered(request: HttpRequest) -> HttpResponse:
    """Says the same to everybody."""
    return render(request, "home/alerts/ordered.html", {"breadcrumbs": way_to_courses(request)})


@require_http_methods(_METHODS)
@from_own_pages
@_behind_a_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the search and asks how often; only the button begins the mails."""
    alert = alert_of(token)
    form = RhythmForm(request.POST if request.method == "POST" else None, initial={"rhythmus": alert.subscriber.rhythm})
    if request.method == "POST" and form.is_valid():
        confirm_alert(alert, rhythm=form.cleaned_data["rhythmus"], now=timezone.now())
        return redirect(path_to(alert.subscriber, Purpose.MANAGE) + "?neu=1")
    if alert.confirmed_at and request.method != "POST":
        return redirect(path_to(alert.subscriber, Purpose.MANAGE))
    search = kept_search(alert.query, timezone.localdate())
    context = {"form": form, "words": search.words, "number": search.found.number, "query": alert.query}
    return render(request, "home/alerts/confirm.html", context, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
@from_own_pages
@_behind_a_link
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """„Meine Suchaufträge“: all of one address, how often, and an end for each."""
    subscriber = subscriber_of(token, Purpose.MANAGE)
    form = RhythmForm(request.POST if "rhythmus" in request.POST else None, initial={"rhythmus": subscriber.rhythm})
    if request.method == "POST":
        if "beenden" in request.POST:
            end_alert(subscriber, _uid(request.POST["beenden"]), now=timezone.now())
            return _after_an_end(subscriber)
        if form.is_valid():
            change_rhythm(subscriber, rhythm=form.cleaned_data["rhythmus"], now=timezone.now())
            return redirect(path_to(subscriber, Purpose.MANAGE) + "?geaendert=1")
    today = timezone.localdate()
    context = {
        "form": form,
        "subscriber": subscriber,
        "alerts": [(alert, kept_search(alert.query, today)) for alert in subscriber.alerts.confirmed().order_by("pk")],
        "end_url": path_to(subscriber, Purpose.END),
        "is_new": "neu" in request.GET,
        "is_changed": "geaendert" in request.GET,
    }
    return render(request, "home/alerts/manage.html", context, status=422 if form.errors else 200)


@require_http_methods(_METHODS)
@from_own_pages
@_behind_a_link
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Ends all orders of an address: the button of the page, or a mail program's one click (RFC 8058)."""
    subscriber = subscriber_of(token, Purpose.END)
    if request.method == "POST":
        end_all(subscriber, now=timezone.now())
        return redirect("home:alerts_ended")
    context = {"number": subscriber.alerts.count(), "manage_url": path_to(subscriber, Purpose.MANAGE)}
    return render(request, "home/alerts/end.html", context)


@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    return render(request, "home/alerts/ended.html")


def _after_an_end(subscriber: AlertSubscriber) -> HttpResponse:
    if AlertSubscriber.objects.filter(pk=subscriber.pk).exists():
        return redirect(path_to(subscriber, Purpose.MANAGE) + "?geaendert=1")
    return redirect("home:alerts_ended")


def _uid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise Http404 from error
