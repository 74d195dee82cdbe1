"""A browser for tests: finds an installed one, gets one where that is possible, and otherwise fails saying how to get one.

Never skips: a test of a page that did not run is not a test that passed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# kit.test is a name that is not localhost: over http it is no secure context, as on an office's network.
HOST = "kit.test"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
)

_NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "microsoft-edge",
    "microsoft-edge-stable",
)
_HOW = (
    "No Chrome, Chromium or Edge was found. Install one (Debian/Ubuntu: apt-get install chromium; elsewhere: "
    "`playwright install chromium`), or name one: CPS_BROWSER=/path/to/chrome. {tried}"
)


def find_browser() -> Path | None:
    """Give the installed browser to use: CPS_BROWSER first, then the usual names and places; None where there is none.

    Fails the test where CPS_BROWSER names no file.
    """
    named = os.environ.get("CPS_BROWSER")
    if named:
        found = shutil.which(named)
        if found is None:
            pytest.fail(
                f"CPS_BROWSER={named}: no such program; give the full path of Chrome, Chromium or Edge", pytrace=False
            )
        return Path(found)
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> list[Path]:
    places = [
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
        Path("/snap/bin/chromium"),
    ]
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if root := os.environ.get(variable):
            places += [
                Path(root) / "Google/Chrome/Application/chrome.exe",
                Path(root) / "Microsoft/Edge/Application/msedge.exe",
            ]
    return places


def get_browser() -> Path | None:
    """Give a browser to launch, installing one if need be; None = playwright's own, just installed."""
    if found := find_browser():
        return found
    if os.environ.get("CPS_NO_INSTALL") == "1":
        pytest.fail(_HOW.format(tried="Installing is forbidden by CPS_NO_INSTALL=1."), pytrace=False)
    print("tests: no browser found, trying `playwright install chromium`", file=sys.stderr, flush=True)
    if _run([sys.executable, "-m", "playwright", "install", "chromium"]):
        return None
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("tests: installing Chromium with apt-get (CPS_NO_INSTALL=1 forbids this)", file=sys.stderr, flush=True)
        _run(["apt-get", "update", "-qq"])
        _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
        if found := find_browser():
            return found
    pytest.fail(_HOW.format(tried="Installing one here did not work."), pytrace=False)


def _run(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=900).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run; a test opens its own context."""
    from playwright.sync_api import sync_playwright

    path = get_browser()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(path) if path else None, args=list(ARGUMENTS))
        yield running
        running.close()
