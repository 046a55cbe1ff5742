"""What strangers send is worked on in a process that may die; ours goes on, and tells it nothing of the site."""

from __future__ import annotations

from importlib import import_module

import pytest

from foundation import apart
from foundation.apart import Limits, TooMuch, ask

HOLDING = "from foundation.apart import Limits, answer; limits = Limits(1024**3, 1); "


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Lets a program stand for the module."""

    def stand_in(program: str) -> None:
        interpreter = tmp_path / "python"
        interpreter.write_text(f'#!/bin/sh\nexec {apart.sys.executable} -c "{program}"\n')
        interpreter.chmod(0o755)
        monkeypatch.setattr(apart.sys, "executable", str(interpreter))

    return stand_in


def asked(seconds: float = 20) -> dict[str, object]:
    return ask("any.module", b"a line\nand another", seconds=seconds, told={"day": "2026-11-26"})


def test_process_hears_what_it_is_told_and_the_content_whole(child):
    child(HOLDING + "answer(lambda told, raw: {**told, 'size': len(raw)}, limits)")
    assert asked() == {"day": "2026-11-26", "size": 18}


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import time; time.sleep(30)", id="hangs"),
        pytest.param("import os; os.abort()", id="dies"),
        pytest.param("print('no json')", id="talks nonsense"),
        pytest.param(HOLDING + "limits.hold(); any(iter(int, 1))", id="burns"),
        pytest.param(HOLDING + "limits.hold(); bytearray(2 * 1024**3)", id="eats"),
    ],
)
def test_process_that_runs_wild_is_too_much(child, program):
    child(program)
    with pytest.raises(TooMuch):
        asked(0.3 if "sleep" in program else 20)


@pytest.mark.parametrize(
    ("module", "limits"),
    [
        ("booking.ical.busy.child", Limits(1024**3, 8)),
        ("courses.catalogue.child", Limits(512 * 1024**2, 20, nice=10)),
    ],
)
def test_each_process_has_its_limits(child, module, limits):
    assert limits == import_module(module).LIMITS
    child(f"from {module} import LIMITS; LIMITS.hold(); print('{{}}')")
    assert asked() == {}
    child(f"from {module} import LIMITS; LIMITS.hold(); bytearray(LIMITS.memory); print('{{}}')")
    with pytest.raises(TooMuch):
        asked()


def test_process_knows_no_secret_of_the_site(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise apart.subprocess.SubprocessError

    monkeypatch.setenv("SECRET_KEY", "geheim")
    monkeypatch.setattr(apart.subprocess, "run", run)
    with pytest.raises(TooMuch):
        asked()
    assert set(seen) == {"PATH", "PYTHONPATH", "LANG"}
