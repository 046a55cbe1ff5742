"""The folders stay what they say they are."""

from __future__ import annotations

import site
import subprocess
import sys
import sysconfig
from pathlib import Path

from mehrwert.settings import ROOT


def test_site_stays_a_plain_folder() -> None:
    assert not (ROOT / "site" / "__init__.py").exists()
    assert Path(site.__file__).is_relative_to(sysconfig.get_path("stdlib"))


def test_imports_run_downwards() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout
