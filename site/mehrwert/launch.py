"""`make run` and `make dev`: look before the leap, prepare the site, then start web server and worker together.

Knows only the standard library, so that whatever is wrong with the machine is said in one line.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
LEAST_FREE_SPACE = 300 * 1024 * 1024


def refuse(reason: str) -> NoReturn:
    sys.exit(f"MehrWert startet nicht: {reason}")


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        refuse(f"PORT={text} ist keine Portnummer (1 bis 65535).")
    port = int(text)
    with socket.socket() as probe:
        # As gunicorn binds: a port whose last connection is just closing counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            refuse(f"Port {port} ist auf dieser Maschine geschützt; ein anderer: PORT=8000 make run")
        except OSError:
            refuse(f"Port {port} ist belegt; ein anderer: PORT={port % 65535 + 1} make run")
    return port


def prepared_folder() -> Path:
    """The folder for run-time data: writable, with room, and held by nobody else while we run."""
    folder = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "running.lock", os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        refuse(f"{folder} ist nicht beschreibbar ({error.strerror}); ein anderer Ort: VAR_DIR=… make run")
    if shutil.disk_usage(folder).free < LEAST_FREE_SPACE:
        refuse(f"auf dem Datenträger von {folder} sind weniger als 300 MB frei.")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        refuse(f"aus {folder} läuft die Website schon.")
    os.set_inheritable(lock, True)  # held until the last process that we become or start has ended
    return folder


def kept_secret(file: Path, length: int) -> str:
    """A random word, made once and readable by its owner alone."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(handle, "w") as opened:
        opened.write(secrets.token_urlsafe(length) + "\n")
    return file.read_text().strip()


def main(arguments: list[str]) -> NoReturn:
    # Started in the background by a shell, we would be deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    develops = arguments == ["--dev"]
    port = chosen_port()
    folder = prepared_folder()
    environment = {
        **os.environ,
        "DEBUG": str(develops),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "PORT": str(port),
        "VAR_DIR": str(folder),
    }
    environment.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    if not environment.get("SECRET_KEY") and not environment.get("SECRET_KEY_FILE"):
        kept_secret(folder / "secret_key", 48)
        environment["SECRET_KEY_FILE"] = str(folder / "secret_key")
    demo_password = os.environ.get("DEMO_PASSWORD") or kept_secret(folder / "demo_password", 9)

    options = ["--no-static"] if develops else []
    if os.environ.get("DEMO_PASSWORD"):
        options.append("--set-passwords")
    prepared = subprocess.run(
        [sys.executable, "manage.py", "prepare_site", "--demo", *options],
        cwd=ROOT,
        env={**environment, "DEMO_PASSWORD": demo_password},
        check=False,
    )
    if prepared.returncode:
        sys.exit(prepared.returncode)

    environment.pop("DEMO_PASSWORD", None)
    environment["ANNOUNCE"] = f"Bereit: {environment['BASE_URL']}/ – Ende mit Strg-C"
    os.chdir(ROOT)
    procfile = "Procfile.dev" if develops else "Procfile"
    honcho = [sys.executable, "-m", "honcho", "--env", os.devnull, "--no-prefix", "--procfile", procfile]
    os.execve(sys.executable, [*honcho, "start", "--port", str(port)], environment)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
