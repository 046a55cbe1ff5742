"""S11. Signed links: one purpose each, nothing to guess, mended where mail programs break them."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest

from booking.links import (
    LinkExpired,
    LinkInvalid,
    Purpose,
    appointment_of,
    feed_address,
    feed_of,
    feed_token,
    link_to,
    token_for,
)
from foundation.mailed_links import mended
from tests.factories.booking import AdvisorFeedFactory, AppointmentFactory
from tests.stopwatch import processor_seconds

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def appointment():
    return AppointmentFactory(starts_at=datetime(2026, 12, 1, 8, tzinfo=UTC))


@pytest.mark.parametrize("purpose", Purpose)
def test_a_token_opens_its_purpose_and_no_other(appointment, purpose):
    token = token_for(appointment, purpose)
    assert appointment_of(token, purpose, now=NOW) == appointment
    for other in set(Purpose) - {purpose}:
        with pytest.raises(LinkInvalid):
            appointment_of(token, other, now=NOW)


def test_tokens_carry_no_personal_data_and_only_safe_signs(appointment):
    token = token_for(appointment, Purpose.CANCEL)
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")
    assert len(token) < 90
    signed, _, nonce = token.partition("~")[0].partition(".")
    assert urlsafe_b64decode(signed + "==") == appointment.uid.bytes
    assert nonce == appointment.link_nonce


def test_the_host_is_the_sites_own(appointment, settings):
    settings.BASE_URL = "https://www.mehrwert.example"
    assert link_to(appointment, Purpose.VIEW).startswith("https://www.mehrwert.example/termin/ansehen/")


def test_every_damaged_token_is_refused(appointment):
    token = token_for(appointment, Purpose.VIEW)
    other = token_for(AppointmentFactory(), Purpose.VIEW)
    damaged = ["", "x", token[:-1], token[1:], token.upper(), "~".join((token.split("~")[0], other.split("~")[1]))]
    damaged += [f"{token[:i]}{'A' if token[i] != 'A' else 'B'}{token[i + 1 :]}" for i in range(len(token) - 1)]
    for wrong in damaged:
        with pytest.raises(LinkInvalid):
            appointment_of(wrong, Purpose.VIEW, now=NOW)


@pytest.mark.parametrize(
    "mangle", ["{}.", "{}>", "{})", "{}&amp;x", "{}%20", "{},", " {}", "{}=", "{a}=\r\n{b}", "{a} {b}"]
)
def test_what_mail_programs_add_is_taken_off(appointment, mangle):
    token = token_for(appointment, Purpose.VIEW)
    wrapped = mangle.format(token, a=token[:30], b=token[30:])
    assert appointment_of(wrapped, Purpose.VIEW, now=NOW) == appointment


def test_a_link_lives_until_a_day_after_the_end(appointment):
    token = token_for(appointment, Purpose.VIEW)
    end = appointment.ends_at + timedelta(days=1)
    assert appointment_of(token, Purpose.VIEW, now=end - timedelta(seconds=1)) == appointment
    with pytest.raises(LinkExpired):
        appointment_of(token, Purpose.VIEW, now=end)


def test_a_new_nonce_ends_all_older_links(appointment):
    token = token_for(appointment, Purpose.VIEW)
    appointment.link_nonce = "another"
    appointment.save()
    with pytest.raises(LinkInvalid):
        appointment_of(token, Purpose.VIEW, now=NOW)


def test_links_survive_a_change_of_the_key(appointment, settings):
    feed = AdvisorFeedFactory()
    token, address = token_for(appointment, Purpose.VIEW), feed_token(feed)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-" * 6
    assert appointment_of(token, Purpose.VIEW, now=NOW) == appointment
    assert feed_of(address) == feed
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(LinkInvalid):
        feed_of(address)


def test_feed_tokens_are_long_stable_and_rotate_at_once():
    feed = AdvisorFeedFactory()
    token = feed_token(feed)
    assert (len(token), feed_of(token)) == (54, feed)
    assert feed_address(feed) == f"http://127.0.0.1:8000/kalender/{token}.ics"
    feed.version += 1
    feed.save()
    with pytest.raises(LinkInvalid):
        feed_of(token)
    assert feed_of(feed_token(feed)) == feed


@pytest.mark.parametrize("change", ["revoked", "inactive", "foreign"])
def test_feeds_switched_off_or_foreign_are_refused(change):
    feed = AdvisorFeedFactory()
    token = feed_token(feed)
    if change == "revoked":
        feed.revoked_at = NOW
        feed.save()
    elif change == "inactive":
        feed.advisor.is_active = False
        feed.advisor.save()
    else:
        token = feed_token(AdvisorFeedFactory())[:22] + token[22:]
    with pytest.raises(LinkInvalid):
        feed_of(token)


@pytest.mark.parametrize("wrong", ["", "a", "ä" * 54, "A" * 54, "\0" * 54, "=" * 54, "A" * 5000])
def test_what_is_no_feed_token_is_refused(wrong):
    with pytest.raises(LinkInvalid):
        feed_of(wrong)


@pytest.mark.parametrize(
    "evil", ["=" * 100_000, " " * 100_000, "=3" * 50_000, "." * 100_000, "%20%0" * 20_000, "." * 99_999 + "x"]
)
def test_s8_the_mending_of_links_takes_no_time_of_its_own(evil):
    assert processor_seconds(lambda: mended(evil)) < 1
