"""Work on what strangers send, in a process of its own, which may hang, run out of memory or die: a few kilobytes can
be made to need hours, and a thread of ours cannot be ended.

The process is a module that calls `answer`: it reads a line of JSON with what it is told, then the content, and writes
JSON. One that calls `tell` reads a file that is open already, and writes a line of JSON for each thing it finds there.
"""

from __future__ import annotations

import json
import os
import resource
import select
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

_ROOT = Path(__file__).resolve().parents[2]
_MODULES = os.pathsep.join((str(_ROOT), str(_ROOT / "site")))
_PIECE, _LONGEST_LINE = 64 * 1024, 64 * 1024 * 1024
_END = b"null"
"""The last line of whoever has told all."""
_WAYS_OUT = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
"""How the events begin by which Python announces that a process reaches beyond itself (PEP 578)."""


class TooMuch(Exception):
    """The process had no answer within its time, its memory and its wits."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory and seconds of processor time; what goes beyond is ended by the kernel. `nice` lets others go
    first. Nothing is asked of the network and no process started."""

    memory: int
    cpu_seconds: int
    nice: int = 0

    def hold(self) -> None:
        """From now on, for this process."""
        resource.setrlimit(resource.RLIMIT_AS, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu_seconds, self.cpu_seconds))
        os.nice(self.nice)
        sys.addaudithook(_stay_inside)


def _stay_inside(event: str, _: tuple[object, ...]) -> None:
    if event.startswith(_WAYS_OUT):
        raise PermissionError(event)


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
            env=_environment(),
        )
        said: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise TooMuch from error
    return said


@contextmanager
def listen(
    module: str, file: BinaryIO, *, seconds: float, told: Mapping[str, Any]
) -> Iterator[Iterator[dict[str, Any]]]:
    """What the module tells of a file with a descriptor, one by one: it waits for whoever listens, so that neither
    holds much of it. It ends with the block. Raises TooMuch while it is listened to, where it falls silent for
    `seconds` or ends before it has told all."""
    file.flush()
    with TemporaryFile() as said:
        said.write(json.dumps(told).encode())
        said.seek(0)
        process = subprocess.Popen(  # noqa: S603  # a module of ours
            [sys.executable, "-m", module, str(file.fileno())],
            stdin=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(file.fileno(),),
            cwd=_ROOT,
            env=_environment(),
        )
    with process:
        try:
            yield _lines(process.stdout, seconds)  # type: ignore[arg-type]  # there is one
        finally:
            process.kill()
            file.seek(0, os.SEEK_END)  # only from there our reader looks anew where the other one has left it


def _lines(pipe: IO[bytes], seconds: float) -> Iterator[dict[str, Any]]:
    ready = select.poll()
    ready.register(pipe, select.POLLIN)
    kept: list[bytes] = []
    while ready.poll(seconds * 1000) and (piece := os.read(pipe.fileno(), _PIECE)):
        kept.append(piece)
        if b"\n" in piece:
            *lines, rest = b"".join(kept).split(b"\n")
            kept = [rest]
            for line in lines:
                if line == _END:
                    return
                yield _said(line)
        elif len(kept) * _PIECE > _LONGEST_LINE:
            break
    raise TooMuch


def _said(line: bytes) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise TooMuch from error
    if "failed" in said:
        raise TooMuch(said["failed"])
    return said


def _environment() -> dict[str, str]:
    """No secret of the site."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": _MODULES, "LANG": "C.UTF-8"}


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


def tell(work: Callable[[Mapping[str, Any], BinaryIO], Iterable[Mapping[str, Any]]], limits: Limits) -> None:
    """As `answer`, for a process that is listened to."""
    limits.hold()
    told = json.load(sys.stdin)
    with open(int(sys.argv[1]), "rb") as file:  # noqa: PTH123  # a descriptor
        file.seek(0)
        try:
            for each in work(told, file):
                sys.stdout.write(json.dumps(each) + "\n")
        except Exception as error:  # noqa: BLE001  # where it failed is for the log, what it said may be the stranger's
            place = traceback.extract_tb(error.__traceback__)[-1]
            failed = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
            sys.stdout.write(json.dumps({"failed": failed}) + "\n")
            return
    sys.stdout.write(f"{_END.decode()}\n")
