"""Takes the forms of pages: contact, and reports of barriers."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from foundation.networks import network_of
from foundation.origin import from_own_pages
from home.messages import Message, send_message
from home.models import MessagePage
from home.refusals import told_of
from home.selectors import message_page
from home.sent_forms import FormRefused
from home.stamps import read_stamp


@require_http_methods(["GET", "HEAD", "POST"])
@from_own_pages
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Takes the form of a page; wrong answers come back to be corrected, with all that was typed."""
    page = message_page(number)
    if page is None:
        raise Http404
    if request.method != "POST":
        return redirect(page.url)
    form = page.new_form(request.POST)
    stamp = read_stamp(request.POST.get("stempel", ""))
    if not form.is_valid():
        return page.answer(request, form, stamp=request.POST["stempel"] if stamp else "", status=422)
    try:
        send_message(_message(page, form), stamp=stamp, network=network_of(request), now=timezone.now())
    except FormRefused as refusal:
        told = told_of(refusal)
        form.add_error(None, told.sentence)
        return page.answer(request, form, stamp=request.POST["stempel"] if told.keeps_stamp else "", status=told.status)
    return redirect(page.url + page.reverse_subpage("sent"))


def _message(page: MessagePage, form: forms.Form) -> Message:
    answers = [(form.fields[name].label, text) for name, text in form.cleaned_data.items() if text]
    return Message(
        kind=page.mail_kind,
        subject=page.mail_subject,
        to=page.mailbox,
        reply_to=form.cleaned_data.get("email", ""),
        answers=[(str(label), text) for label, text in answers],
    )
