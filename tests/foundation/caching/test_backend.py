"""A cache that fails holds nothing, says so once, and lets everything else go on."""

from __future__ import annotations

import logging

import pytest
from django.core.cache import cache, caches

from foundation.caching.backend import ForgivingCache
from foundation.caching.marks import Mark
from foundation.caching.shelf import kept


@pytest.fixture
def broken(monkeypatch):
    """As a Redis that is gone: every call fails."""

    def fail(*_, **__):
        raise ConnectionError("gone")

    backend = type(caches["shared"])
    names = ("get", "set", "add", "delete", "touch", "has_key", "clear", "get_many", "set_many", "delete_many", "close")
    for name in names:
        monkeypatch.setattr(backend, name, fail)
    monkeypatch.setattr(ForgivingCache, "_quiet_until", 0.0)


def test_what_works_is_handed_on():
    cache.clear()
    cache.set("a", 1, 60)
    assert (cache.get("a"), cache.get("b", 2), cache.get_many(["a", "b"])) == (1, 2, {"a": 1})
    assert (cache.add("a", 3), cache.add("c", 3), cache.has_key("c"), cache.touch("c")) == (False, True, True, True)
    assert (cache.set_many({"d": 4}), cache.get_or_set("e", 5), cache.incr("a")) == ([], 5, 2)
    assert (cache.delete("a"), cache.delete("a")) == (True, False)
    cache.delete_many(["c", "d"])
    assert cache.get_many(["a", "c", "d", "e"]) == {"e": 5}
    cache.clear()
    assert cache.get("e") is None


@pytest.mark.usefixtures("broken")
def test_what_fails_holds_nothing():
    assert (cache.get("a"), cache.get("a", 2), cache.get_many(["a"]), cache.has_key("a")) == (None, 2, {}, False)
    assert (cache.set("a", 1), cache.set_many({"a": 1}), cache.add("a", 1)) == (None, ["a"], False)
    assert (cache.touch("a"), cache.delete("a"), cache.delete_many(["a"]), cache.clear()) == (False, False, None, None)
    assert cache.get_or_set("a", 7) == 7
    cache.close()


@pytest.mark.usefixtures("broken")
def test_without_a_cache_nothing_is_kept_and_no_two_marks_are_alike():
    made = iter(range(9))
    assert [kept("x", lambda: next(made)), kept("x", lambda: next(made))] == [0, 1]
    mark = Mark("tests.broken")
    assert mark.value() != mark.value()


@pytest.mark.usefixtures("broken")
def test_the_log_hears_of_it_once(caplog):
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            cache.get("a")
    assert [record.getMessage() for record in caplog.records] == [
        "The cache fails; what it would hold is made anew each time."
    ]
