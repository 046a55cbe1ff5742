"""Work on what strangers send, in a process of its own, which may hang, run out of memory or die: a few kilobytes can
be made to need hours, and a thread of ours cannot be ended.

The process is a module that calls `answer`: it reads a line of JSON with what it is told, then the content, and writes
JSON.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]
_MODULES = os.pathsep.join((str(_ROOT), str(_ROOT / "site")))


class TooMuch(Exception):
    """The process had no answer within its time, its memory and its wits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory and seconds of processor time; what goes beyond is ended by the kernel. `nice` lets others go
    first."""

    memory: int
    cpu_seconds: int
    nice: int = 0

    def hold(self) -> None:
        """From now on, for this process."""
        resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds))
        os.nice(self.nice)


def ask(module: str, content: bytes, *, seconds: float, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the module answers to it within `seconds`; it knows no secret of the site. Raises TooMuch."""
    try:
        done = subprocess.run(  # noqa: S603  # a module of ours
            [sys.executable, "-m", module],
            input=json.dumps(told).encode() + b"\n" + content,
            capture_output=True,
            timeout=seconds,
            check=True,
            cwd=_ROOT,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": _MODULES, "LANG": "C.UTF-8"},
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise TooMuch from error
    return said


def answer(
    work: Callable[[Mapping[str, Any], bytes], Mapping[str, Any]],
    limits: Limits,
    *,
    plain: Callable[[Any], Any] | None = None,
) -> None:
    """The whole of the process. `work` imports its libraries itself, behind the limits: they are what may run wild.
    `plain` makes JSON of what has none."""
    limits.hold()
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(work(json.loads(head), content), default=plain))
