"""Processor time, memory, descriptors and kernels of a server's processes, and what machine it is. Linux only; knows no page.

Processor time is read from each process's own clock (nanoseconds, ended threads included) plus what its ended children left it
(hundredths of a second): kernels end during a visit, and their time goes to the process that started them.
"""

from __future__ import annotations

import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from tests.kit import is_kernel

TICKS = os.sysconf("SC_CLK_TCK")
MB = 1024
"""Kilobytes, as /proc counts them, in a megabyte."""
VERSIONS = (
    "voila",
    "jupyterquiz",
    "jupyter-server",
    "ipykernel",
    "ipywidgets",
    "anywidget",
    "tornado",
    "pyzmq",
    "playwright",
)
FSYNCS = 60


class Memory(NamedTuple):
    """Of one process or summed, in megabytes: proportional share, what is its own alone, and what it holds beside files.

    The last does not change when others begin or end to share it, so it is what may not grow.
    """

    pss: float
    uss: float
    anonymous: float


def parse_smaps(text: str) -> Memory:
    """The sums of `/proc/<pid>/smaps_rollup`. Raises KeyError when it is none."""
    found = {}
    for line in text.splitlines()[1:]:
        name, _, rest = line.partition(":")
        found[name] = int(rest.split()[0])
    own = found["Private_Clean"] + found["Private_Dirty"]
    return Memory(found["Pss"] / MB, own / MB, found["Anonymous"] / MB)


def memory_of(pid: int) -> Memory | None:
    """None when it has ended."""
    try:
        return parse_smaps(Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"))
    except (OSError, IndexError, KeyError, ValueError):
        return None  # a process that has just ended reads as empty


def parse_children_ticks(stat: str) -> int:
    """Ticks of the ended children (user and system) in a `/proc/<pid>/stat`; the name in it may hold anything."""
    fields = stat.rpartition(")")[2].split()
    return int(fields[13]) + int(fields[14])


def cpu_of(pid: int) -> float:
    """Processor seconds of a process and of its children that have ended; 0 when it is gone."""
    try:
        own = time.clock_gettime((~pid << 3) | 2)  # the clock clock_getcpuclockid(3) names
        return own + parse_children_ticks(Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")) / TICKS
    except OSError:
        return 0.0


def descriptors_of(pid: int) -> int:
    try:
        return len(os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return 0


class Tree:
    """The processes of one server: itself, its desk, the warm parents, the kernels."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def processes(self) -> dict[str, list[int]]:
        """Process ids by part: server, desk, parent, kernel, other."""
        parts: dict[str, list[int]] = {"server": [self.pid], "desk": [], "parent": [], "kernel": [], "other": []}
        for process in psutil.Process(self.pid).children(recursive=True):
            parts[_part(process)].append(process.pid)
        return parts

    def cpu(self) -> dict[str, float]:
        """Processor seconds so far by part; kernels that have ended are counted with their parent, or with the server."""
        return {part: sum(map(cpu_of, pids)) for part, pids in self.processes().items()}

    def memory(self) -> dict[str, Memory]:
        return {part: _sum(map(memory_of, pids)) for part, pids in self.processes().items()}

    def pss(self) -> float:
        """Megabytes of all processes together."""
        return sum(memory.pss for memory in self.memory().values())

    def n_kernels(self) -> int:
        return len(self.processes()["kernel"])

    def state(self) -> dict[str, Any]:
        """What a long run watches: memory and descriptors of the lasting processes, and how many kernels there are."""
        parts = self.processes()
        lasting = {part: parts[part] for part in ("server", "desk", "parent")}
        return {
            "own_mb": {part: round(_sum(map(memory_of, pids)).anonymous, 1) for part, pids in lasting.items()},
            "descriptors": {part: sum(map(descriptors_of, pids)) for part, pids in lasting.items()},
            "kernels": len(parts["kernel"]),
        }

    def wait_for_kernels(self, n: int, seconds: float) -> float:
        """Wait until at most n kernels are left; gives how long that took, and stops waiting after `seconds`."""
        start = time.monotonic()
        while (waited := time.monotonic() - start) < seconds and self.n_kernels() > n:
            time.sleep(0.1)
        return waited


def _part(process: psutil.Process) -> str:
    if is_kernel(process):
        return "kernel"
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return "other"
    if "cps_training.desk.service" in command:
        return "desk"
    return "parent" if "kernel_parent" in command else "other"


def _sum(memories: Iterable[Memory | None]) -> Memory:
    known = [memory for memory in memories if memory is not None]
    return Memory(*(sum(getattr(memory, kind) for memory in known) for kind in Memory._fields))


def total(parts: dict[str, float]) -> float:
    return sum(parts.values())


def spent(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Processor seconds by part between two readings, and their sum."""
    by_part = {part: round(after[part] - before[part], 4) for part in after}
    return by_part | {"total": round(total(after) - total(before), 4)}


# The machine ---------------------------------------------------------------------------------------------------


def facts(folder: Path) -> dict[str, Any]:
    """What to quote beside a figure. folder: where the store will lie."""
    return {
        "processors": len(os.sched_getaffinity(0)),
        "model": _cpu_model(),
        "memory_gb": round(psutil.virtual_memory().total / 1024**3, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
        "store_on": _filesystem(folder),
        "fsync_ms": round(fsync_seconds(folder) * 1000, 2),
        "versions": {name: version(name) for name in VERSIONS},
    }


def fsync_seconds(folder: Path) -> float:
    """The median of what one small write and its fsync take where the store lies: the floor of an acknowledged answer."""
    with tempfile.TemporaryFile(dir=folder) as file:
        taken = []
        for _ in range(FSYNCS):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _filesystem(folder: Path) -> str:
    """The kind of file system under a folder: the one mounted nearest above it."""
    resolved = folder.resolve()
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    above = [(len(where), kind) for where, kind in mounts if resolved.is_relative_to(where)]
    return max(above)[1] if above else "?"
