"""What strangers send is worked on in a process that may die; ours goes on, and tells it nothing of the site."""

from __future__ import annotations

from importlib import import_module

import pytest

from foundation import apart
from foundation.apart import Limits, TooMuch, ask, listen

HOLDING = "from foundation.apart import Limits, answer; limits = Limits(1024**3, 1); "


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Lets a program stand for the module, any number of times."""
    python = apart.sys.executable

    def stand_in(program: str) -> None:
        interpreter = tmp_path / "python"
        interpreter.write_text(f'#!/bin/sh\nexec {python} -c "{program}" "$@"\n')
        interpreter.chmod(0o755)
        monkeypatch.setattr(apart.sys, "executable", str(interpreter))

    return stand_in


TELLING = "from foundation.apart import Limits, tell; limits = Limits(1024**3, 10); import sys; del sys.argv[1:3]; "


def heard(path, seconds: float = 60) -> list[dict[str, object]]:
    with path.open("rb") as file:
        file.read(1)
        with listen("any.module", file, seconds=seconds, told={"times": 3}) as said:
            found = list(said)
        file.seek(0)
        assert file.read() == path.read_bytes()
    return found


def asked(seconds: float = 60) -> dict[str, object]:
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
        asked(0.3 if "sleep" in program else 60)


@pytest.fixture
def path(tmp_path):
    """Longer than what is read ahead."""
    file = tmp_path / "file"
    file.write_bytes(b"line\n" * 20_000)
    return file


def test_process_tells_of_a_file_as_long_as_somebody_listens(child, path):
    child(TELLING + "tell(lambda told, file: ({'size': len(line)} for line in file), limits)")
    assert len(heard(path)) == 20_000
    with path.open("rb") as file, listen("any.module", file, seconds=60, told={}) as said:
        assert next(said) == {"size": 5}


@pytest.mark.parametrize(
    ("program", "why"),
    [
        pytest.param("import time; time.sleep(30)", "", id="hangs"),
        pytest.param("import os; os.abort()", "", id="dies"),
        pytest.param("print('{}')", "", id="has not told all"),
        pytest.param("print('no json'); print('null')", "", id="talks nonsense"),
        pytest.param(
            TELLING + "tell(lambda told, file: (int('secret') for line in file), limits)",
            "ValueError in <string>, line 1",
            id="fails",
        ),
        pytest.param(
            TELLING + "import socket; tell(lambda told, file: (socket.socket() for line in file), limits)",
            "PermissionError in apart.py, line [0-9]+",
            id="asks the network",
        ),
        pytest.param(
            TELLING + "import os; tell(lambda told, file: (os.system('true') for line in file), limits)",
            "PermissionError in apart.py, line [0-9]+",
            id="starts another",
        ),
    ],
)
def test_process_that_has_not_told_all_is_too_much(child, path, program, why):
    child(program)
    with pytest.raises(TooMuch, match=f"^{why}$"):
        heard(path, 0.3 if "sleep" in program else 60)


@pytest.mark.parametrize(
    ("module", "limits"),
    [
        ("booking.ical.busy.child", Limits(1024**3, 8)),
        ("courses.catalogue.child", Limits(512 * 1024**2, 20, nice=10)),
        ("courses.importing.child", Limits(1024**3, 300)),
        ("foundation.pdfs.child", Limits(512 * 1024**2, 5, nice=10)),
    ],
)
def test_each_process_has_its_limits(child, module, limits):
    assert limits == import_module(module).LIMITS
    child(f"from {module} import LIMITS; LIMITS.hold(); print('{{}}')")
    assert asked() == {}
    child(f"from {module} import LIMITS; LIMITS.hold(); bytearray(LIMITS.memory); print('{{}}')")
    with pytest.raises(TooMuch):
        asked()


def test_process_knows_no_secret_of_the_site(child, monkeypatch, path):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    child("import json, os; print(json.dumps(dict(os.environ))); print('null')")
    [seen] = heard(path)
    assert "SECRET_KEY" not in seen
    child("import json, os; print(json.dumps(dict(os.environ)))")
    assert asked().keys() - {"PWD", "_", "SHLVL", "OLDPWD"} == {"PATH", "PYTHONPATH", "LANG"}
