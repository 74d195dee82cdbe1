"""One serving process a data folder: a lock the operating system lets go of when its holder dies. A leaf.

Two desks on one store would each think they are the only writer, and a restore under a running desk would lose answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from cps_training.errors import StoreError
from cps_training.places import DataFolder


@contextmanager
def claim(folder: DataFolder) -> Iterator[None]:
    """Hold the folder for this process. Raises StoreError data-folder-in-use when another process holds it."""
    folder.run.mkdir(parents=True, exist_ok=True)
    path = folder.run / "in-use"
    with path.open("a+b") as handle:
        if not _lock(handle):
            raise StoreError(
                "data-folder-in-use",
                f"โฟลเดอร์ข้อมูล {folder.root} กำลังถูกใช้โดยชุดฝึกที่เปิดอยู่ ปิดตัวนั้นก่อน หรือเลือกโฟลเดอร์อื่นด้วย --data-dir",
                place=str(folder.root),
            )
        try:
            yield
        finally:
            _unlock(handle)


def is_claimed(folder: DataFolder) -> bool:
    """Whether a process holds the folder now."""
    path: Path = folder.run / "in-use"
    if not path.exists():
        return False
    with path.open("a+b") as handle:
        if not _lock(handle):
            return True
        _unlock(handle)
    return False


def _lock(handle: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(handle: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle.fileno(), fcntl.LOCK_UN)
