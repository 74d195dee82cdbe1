"""The kit as a newcomer starts it: the shipped command in a process of its own, and a browser that visits it.

Used by the browser tests, the screenshots script and the benchmark.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psutil

HOST = "kit.test"
CARD = "main .cps-root:has(fieldset)"
PATIENCE_MS = 90_000
"""Of a browser for a page: on a machine that many share, everything may stand still for half a minute."""


def is_kernel(process: psutil.Process) -> bool:
    """Whether a process is the kernel of a page: forked from a warm parent and named so, or started as an ordinary one."""
    try:
        return process.name() == "cps-kernel" or any("ipykernel" in part for part in process.cmdline())
    except psutil.Error:
        return False


START = (sys.executable, "-m", "cps_training.cli")


@cache
def demo_store() -> bytes:
    """The store of the fictional office as `serve --demo` fills it, made once for all kits of a run: filling takes longer than starting."""
    from cps_training import demo
    from cps_training.desk.opening import open_desk
    from cps_training.places import DataFolder

    with tempfile.TemporaryDirectory(prefix="k-") as name:
        folder = DataFolder(Path(name))
        desk = open_desk(folder, place="served")
        try:
            with desk.records.write() as conn:
                demo.fill(conn, desk.library, now=desk.clock())
        finally:
            desk.records.close()
        return folder.database.read_bytes()


class Kit:
    """`cps-training serve` on a free port. url: by a host name that is not localhost, as on an office's network.

    A demo begins with a store that was filled before; one by another command, as of an installed wheel, fills its own.
    """

    def __init__(
        self,
        root: Path,
        *options: str,
        command: tuple[str, ...] = START,
        cwd: Path | None = None,
    ) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        config = root / "config.toml"
        if not config.exists():
            config.write_text(f'allowed_hosts = ["{HOST}"]\n', "utf-8")
        if "--demo" in options and command == START and not (root / "demo").exists():
            (root / "demo").mkdir(mode=0o700)
            (root / "demo" / "records.sqlite3").write_bytes(demo_store())
        self.errors = root / "stderr.txt"
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen(
                [*command, "serve", "--data-dir", str(root), "--port", "0", "--no-browser", "--json", *options],
                stdout=subprocess.PIPE,
                stderr=errors,
                env={k: v for k, v in os.environ.items() if not k.startswith("CPS_")},
                start_new_session=True,
                cwd=cwd,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.errors.read_text("utf-8")
        self.said: dict[str, Any] = json.loads(line)
        self.port = int(self.said["url"].rstrip("/").rpartition(":")[2])
        self.url = f"http://{HOST}:{self.port}"

    def person(self, role: str) -> str:
        """The name of the demo person with that main role."""
        return next(person["name"] for person in self.said["people"] if person["role_label"] == role)

    def stop(self) -> int:
        """Ctrl-C; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


class Visit:
    """One person at one browser window."""

    def __init__(self, kit: Kit, page: Any) -> None:
        self.kit, self.page = kit, page
        page.set_default_timeout(PATIENCE_MS)
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def enter_as(self, role: str) -> Visit:
        """Sign in as a demo person with one click."""
        self.page.goto(self.kit.url + "/sign-in")
        self.page.get_by_role("button", name=self.kit.person(role)).click()
        self.page.wait_for_url("**/home" if role != "trainer" else "**/trainer")
        return self

    def open(self, path: str) -> Visit:
        self.page.goto(self.kit.url + path)
        return self

    def wait_for_card(self) -> Any:
        """The item card, answerable or answered."""
        card = self.page.locator(CARD).first
        card.wait_for()
        return card

    def choose(self, card: Any, which: int = 0) -> None:
        """Make a choice in a card whatever its interaction, with real clicks."""
        options = card.locator("input[type=radio], input[type=checkbox]")
        if options.count():
            options.nth(which).check()
        else:
            card.locator("ol button:not([aria-disabled=true])").nth(which).click()

    def answer(self, card: Any, which: int = 0) -> None:
        """Choose and submit; returns when the feedback is there."""
        self.choose(card, which)
        card.get_by_role("button", name="ส่งคำตอบ").click()
        card.locator("h3").wait_for()


@contextmanager
def visiting(kit: Kit, browser: Any, *, width: int = 1280, height: int = 900, **options: Any) -> Any:
    """A fresh browser profile: another device. Its page complains about nothing by the end."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="th-TH", **options)
    try:
        visit = Visit(kit, context.new_page())
        yield visit
        assert visit.complaints == []
    finally:
        context.close()
