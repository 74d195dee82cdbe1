"""One list of pins: constraints.txt says what pyproject.toml says, names and versions only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_constraints_follow_pyproject():
    command = [sys.executable, str(ROOT / "docs" / "tools" / "constraints.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pins_are_names_and_versions_only():
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) > 100
    assert not [line for line in lines if "/" in line or "@" in line or line.count("==") != 1]
