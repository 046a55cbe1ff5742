"""A cache in files that stays near its bound without listing its folder at each write."""

from __future__ import annotations

from itertools import count

from foundation.caching.files import LOOKS_EVERY, FileCache


def test_the_folder_is_listed_once_in_fifty_writes_and_stays_near_its_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(FileCache, "_writes", count(1))
    cache = FileCache(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 100}})
    looks, listed = [], cache._list_cache_files
    monkeypatch.setattr(cache, "_list_cache_files", lambda: looks.append(1) or listed())
    held = []
    for number in range(300):
        cache.set(f"page-{number}", "text")
        held.append(len(list(tmp_path.iterdir())))
    assert (LOOKS_EVERY, len(looks)) == (50, 6)
    assert 100 < max(held) <= 100 + LOOKS_EVERY
    assert cache.get("page-299") == "text"
