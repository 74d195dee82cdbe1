"""Every command in the operator's pages that can be run is run, in the order of the page, as a stranger would type it."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import typer.main

from cps_training.cli.app import app
from tests.docs.pages import blocks, script

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
HOW_TO = ROOT / "docs" / "how-to"
OPERATORS = (
    "install-in-an-office.md",
    "install-on-linux.md",
    "install-on-macos.md",
    "install-on-windows.md",
    "lan-with-tls.md",
    "upgrade.md",
    "backup-and-restore.md",
    "own-content.md",
)
ALWAYS = (
    "install-in-an-office.md",
    "own-content.md",
    "make-a-form.md",
    "items-in-a-spreadsheet.md",
)
"""Run every time; the other pages before a release: each starts the kit anew, which costs more than all else of a test run."""
RUN = sorted(page for page in ROOT.glob("docs/**/*.md") if any(one.is_run for one in blocks(page.read_text("utf-8"))))


@pytest.mark.skipif(
    os.name == "nt", reason="2026-11-23: the pages' shell is POSIX; Windows' own blocks are not run anywhere"
)
@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=page.name, marks=[] if page.name in ALWAYS else [pytest.mark.thorough]) for page in RUN],
)
def test_the_commands_of_a_page_work_in_its_order(page: Path, tmp_path: Path) -> None:
    home, here = tmp_path / "home", tmp_path / "here"
    for folder in (home, here):
        folder.mkdir()
    (here / "deploy").symlink_to(DEPLOY)
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("CPS_", "XDG_", "PIP_", "VIRTUAL"))
    }
    environment = keep | {
        "HOME": str(home),
        "CPS_DATA_DIR": str(tmp_path / "data"),
        "CHECKOUT": str(ROOT),
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(Path.home() / ".cache" / "uv")),
    }
    done = subprocess.run(
        ["bash", "-c", script(page.read_text("utf-8"))],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{page.name}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"


@pytest.mark.parametrize("page", OPERATORS)
def test_every_shell_block_is_run_or_says_why_not(page: str) -> None:
    shell = [block for block in blocks((HOW_TO / page).read_text("utf-8")) if block.language in ("sh", "bash", "")]
    unsaid = [block.line for block in shell if not block.is_run and not block.words.startswith("by-hand: ")]
    assert unsaid == []


def test_the_index_leads_to_every_page() -> None:
    index = (HOW_TO / OPERATORS[0]).read_text("utf-8")
    assert [page for page in OPERATORS[1:] if f"]({page})" not in index] == []


@pytest.mark.parametrize("page", OPERATORS)
def test_links_to_a_heading_find_it(page: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", (HOW_TO / page).read_text("utf-8")):
        headings = re.findall(r"^#+ (.+)$", (HOW_TO / (target or page)).read_text("utf-8"), re.MULTILINE)
        assert anchor in [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


# What starts the kit at boot ------------------------------------------------------------------------------------


def started_at_boot() -> dict[str, list[str]]:
    """{file: the words of the command it starts}."""
    unit = (DEPLOY / "linux" / "cps-training.service").read_text("utf-8")
    (systemd,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    with (DEPLOY / "macos" / "lan.office.cps-training.plist").open("rb") as handle:
        launchd = plistlib.load(handle)["ProgramArguments"]
    task = ElementTree.parse(DEPLOY / "windows" / "cps-training.xml").getroot()
    words = {element.tag.partition("}")[2]: element.text or "" for element in task.iter()}
    return {
        "systemd": shlex.split(systemd),
        "launchd": launchd,
        "task": [words["Command"], *words["Arguments"].split()],
    }


@pytest.mark.parametrize("system", ["systemd", "launchd", "task"])
def test_what_starts_at_boot_is_a_command_of_the_kit(system: str) -> None:
    program, command, *options = started_at_boot()[system]
    assert re.split(r"[/\\]", program)[-1].removesuffix(".exe") == "cps-training"
    context = typer.main.get_command(app).commands[command].make_context(command, options)  # type: ignore[attr-defined]
    assert context.params["no_browser"] is True


@pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="2026-11-23: only systems with systemd can check its units"
)
def test_systemd_understands_its_units(tmp_path: Path) -> None:
    units = []
    for unit in (DEPLOY / "linux").iterdir():
        # The program must exist for the check; whether it does in /opt is not the point here.
        text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", unit.read_text("utf-8"), flags=re.MULTILINE)
        units.append(tmp_path / unit.name)
        units[-1].write_text(text, "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_file_of_deploy_is_missing_from_the_pages() -> None:
    pages = "".join((HOW_TO / page).read_text("utf-8") for page in OPERATORS).replace("\\", "/")
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    stems = {path: str(path.relative_to(ROOT)).rpartition(".")[0] for path in files}
    assert [path.name for path, stem in stems.items() if stem not in pages] == []
