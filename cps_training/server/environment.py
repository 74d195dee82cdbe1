"""What a learner's kernel may know of the machine: an allow-list of variables, and nothing a visitor could have sent.

Pure; knows no kernel manager.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cps_training.places import PACKAGE, DataFolder

PASSED_ON = frozenset(
    [
        "PATH",
        "HOME",
        "LANG",
        "LANGUAGE",
        "TZ",
        "TMPDIR",
        "TMP",
        "TEMP",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "PYTHONUTF8",
        "PYTHONDONTWRITEBYTECODE",
        "VIRTUAL_ENV",
        # Windows programs do not start without these
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "COMSPEC",
        "PATHEXT",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "NUMBER_OF_PROCESSORS",
    ]
)
"""Variables copied from the server, by whole name (LC_* besides)."""

FAMILY = "CPS_FAMILY"
"""Which family of pages a kernel belongs to, and so which warm parent it is forked from: "learner" or "staff"."""

OWN = frozenset(
    [
        FAMILY,
        "CPS_TICKET",
        "CPS_DESK",
        "CPS_DATA_DIR",
        "CPS_LOCALE",
        "CPS_NOTEBOOK",
        "QUERY_STRING",
        "JUPYTER_WIDGETS_ECHO",
        "PYTHONPATH",
        "IPYTHONDIR",
        "JUPYTER_RUNTIME_DIR",
    ]
)
"""Variables the server sets itself."""

ADDED_BY_JUPYTER = frozenset(("JPY_PARENT_PID", "JPY_INTERRUPT_EVENT", "IPY_INTERRUPT_EVENT", "VOILA_KERNEL_ID"))


@dataclass(frozen=True)
class KernelCall:
    """What differs from kernel to kernel."""

    ticket: str
    locale: str
    query: str
    notebook: Path
    family: str


def kernel_environment(base: Mapping[str, str], folder: DataFolder, desk: str, call: KernelCall) -> dict[str, str]:
    """The whole environment of one kernel. base: the server's own; desk: the address the ticket is redeemed at."""
    return _passed_on(base) | {
        FAMILY: call.family,
        "CPS_TICKET": call.ticket,
        "CPS_DESK": desk,
        "CPS_DATA_DIR": str(folder.root),
        "CPS_LOCALE": call.locale,
        "CPS_NOTEBOOK": str(call.notebook),
        "QUERY_STRING": call.query,
        "PYTHONPATH": str(PACKAGE.parent),  # the same kit as the server's, whatever is installed elsewhere
        "IPYTHONDIR": str(folder.jupyter / "ipython"),  # never the start-up files of whoever started the server
        "JUPYTER_RUNTIME_DIR": str(folder.run),
        "JUPYTER_WIDGETS_ECHO": "0",  # a widget's state comes from Python alone, so nothing is to be said back
    }


def parent_environment(base: Mapping[str, str], folder: DataFolder) -> dict[str, str]:
    """The environment of the warm parent of kernels: nothing of anybody, and the settings that keep its children small.

    The seed of hashes is the parent's for all of them anyway: fixed, so that what is imported lies alike every time.
    """
    return _passed_on(base) | {
        "CPS_DATA_DIR": str(folder.root),
        "PYTHONPATH": str(PACKAGE.parent),
        "IPYTHONDIR": str(folder.jupyter / "ipython"),
        "JUPYTER_WIDGETS_ECHO": "0",
        "PYTHONHASHSEED": "0",
        "MALLOC_ARENA_MAX": "1",
        # numpy's libraries start a thread a core when they are imported, and a process with threads cannot be forked safely
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _passed_on(base: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in base.items() if name.upper() in PASSED_ON or name.startswith("LC_")}


def write_ipython_profile(folder: DataFolder) -> None:
    """IPython's settings for our kernels: no history file that forty kernels would share."""
    profile = folder.jupyter / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    path = profile / "ipython_kernel_config.py"
    text = "c.HistoryManager.enabled = False\n"
    if not path.exists() or path.read_text("utf-8") != text:
        partial = path.with_suffix(".partial")
        partial.write_text(text, "utf-8")
        os.replace(partial, path)


def longest_socket(connection_dir: str) -> Path:
    """A path as long as any that zmq will make for a kernel in this folder."""
    return Path(connection_dir, f"kernel-{'0' * 36}-ipc-00")


def fits_a_socket(path: Path) -> bool:
    """Whether a Unix socket may have this path (the shortest limit among systems is 104 bytes)."""
    return len(os.fsencode(path)) < 100
