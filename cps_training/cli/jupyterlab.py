"""JupyterLab on a copy of the lessons and case notebooks in the data folder, with our own kernelspec and the in-process desk."""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from cps_training import i18n, places
from cps_training.errors import KitError
from cps_training.kernelspec import write_kernelspec
from cps_training.places import DataFolder

HANDBOOK = "apps/handbook.ipynb"
CITATION = re.compile(r"\(/handbook\?clause=[\w.]+\)")
"""A citation in prose leads to a page of the server; in JupyterLab to the handbook's notebook beside the lessons."""
CASES = "cases"
"""The folder of the case notebooks: what they are called says nothing beside the lessons."""


def prepare_lab(folder: DataFolder) -> dict[str, str]:
    """Copy the lessons, the handbook and the case notebooks (into cases/), write the kernelspec, compile the catalogues; gives the
    environment JupyterLab needs.

    A notebook the person has changed is kept: only untouched copies follow a newer kit.
    """
    shipped = places.shipped() / "notebooks"
    sources = {path.name: path for path in (*sorted((shipped / "lessons").glob("*.ipynb")), shipped / HANDBOOK)}
    sources |= {f"{CASES}/{path.name}": path for path in sorted((shipped / CASES).glob("*.ipynb"))}
    _copy_notebooks(sources, folder.lab)
    write_kernelspec(folder.jupyter)
    i18n.compile_catalogues(folder.locales)
    path = os.pathsep.join(filter(None, (str(folder.jupyter), os.environ.get("JUPYTER_PATH", ""))))
    return {"JUPYTER_PATH": path, "CPS_DATA_DIR": str(folder.root), "CPS_LAB": "1"}


def run_lab(folder: DataFolder, *, port: int | None, open_browser: bool) -> int:
    """Run JupyterLab until it ends; gives its exit code. Raises KitError port-in-use before anything is started."""
    if port:
        _require_free(port)
    environment = os.environ | prepare_lab(folder)
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.lab}"]
    command += ["--MultiKernelManager.default_kernel_name=cps-training", "--ServerApp.ip=127.0.0.1"]
    # An office network reaches no news and no updates.
    command += ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not open_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return process.wait()  # Ctrl-C reached JupyterLab too; it asks and ends by itself


def _require_free(port: int) -> None:
    """JupyterLab would say it in English and in its own words."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there it would mean that two may share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise KitError(
                "port-in-use",
                f"พอร์ต {port} ถูกใช้อยู่หรือไม่อนุญาตให้ใช้ เลือกพอร์ตอื่นด้วย --port หรือตัด --port ออกให้หาพอร์ตว่างให้",
            ) from error


def _copy_notebooks(sources: Mapping[str, Path], target: Path) -> None:
    """sources: by the place of the copy in the target, with "/"."""
    target.mkdir(parents=True, exist_ok=True)
    ledger_path = target / ".copied.json"
    ledger: dict[str, str] = json.loads(ledger_path.read_text("utf-8")) if ledger_path.exists() else {}
    for place, notebook in sources.items():
        copy = target / place
        if copy.exists() and _digest(copy) != ledger.get(place):
            continue  # changed by the person, or theirs from the beginning
        up = "../" * place.count("/")
        text = CITATION.sub(f"({up}{Path(HANDBOOK).name})", notebook.read_text("utf-8"))
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text, "utf-8", newline="\n")
        ledger[place] = _digest(copy)
    ledger_path.write_text(json.dumps(ledger, indent=1), "utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
