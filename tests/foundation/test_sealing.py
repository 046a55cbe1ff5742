from __future__ import annotations

import pytest

from foundation.sealing import Unsealable, seal, unseal

OLD, NEW = "old" * 20, "new" * 20


def test_a_secret_comes_back_and_does_not_show(settings):
    sealed = seal("https://calendar.example/größer", purpose="calendar")
    assert unseal(sealed, purpose="calendar") == "https://calendar.example/größer"
    assert "calendar.example" not in sealed
    assert seal("a", purpose="calendar") != seal("a", purpose="calendar")


def test_a_changed_key_opens_while_it_is_a_fallback(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    sealed = seal("a", purpose="calendar")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert unseal(sealed, purpose="calendar") == "a"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unsealable):
        unseal(sealed, purpose="calendar")


@pytest.mark.parametrize("broken", ["", "a", "ä", "gAAAAA"])
def test_what_was_not_sealed_here_is_refused(broken):
    with pytest.raises(Unsealable):
        unseal(broken, purpose="calendar")


def test_a_secret_is_for_one_purpose():
    with pytest.raises(Unsealable):
        unseal(seal("a", purpose="calendar"), purpose="other")
