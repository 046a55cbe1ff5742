"""Steps before the site is served; what real processes show of them is in tests/processes/test_launch.py."""

from __future__ import annotations

from mehrwert import preparation


def test_pages_are_entered_anew_only_where_the_rules_of_the_search_changed(tmp_path, settings, monkeypatch) -> None:
    settings.VAR_DIR = tmp_path
    calls: list[str] = []
    monkeypatch.setattr(preparation, "call_command", lambda name, **_: calls.append(name))

    assert preparation.index_pages_if_rules_changed()
    assert not preparation.index_pages_if_rules_changed()
    monkeypatch.setattr(preparation, "version", lambda name: "another")
    assert preparation.index_pages_if_rules_changed()
    assert calls == ["update_index", "index_courses"] * 2
