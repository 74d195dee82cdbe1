"""Whole copies of an SQLite database: backing up while it is written, restoring without ever leaving half a file.

Knows files and the backup interface of SQLite; knows no table but Alembic's. A plain copy of the file would miss what
still stands in the write-ahead log.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from cps_training.clock import require_aware
from cps_training.records import location
from cps_training.records.faults import fault, translate

_BESIDE = ("-wal", "-shm", "-journal")


def copy(source: Path, target: Path, *, overwrite: bool = False) -> None:
    """A complete, checked, self-contained copy; appears under its name whole or not at all.

    Raises StoreError: backup-exists, store-damaged, store-full, store-read-only, store-locked, store-io.
    """
    if target.exists() and (not overwrite or target.samefile(source)):
        raise fault("backup-exists", target)
    partial = target.with_name(target.name + ".partial")
    try:
        _copy_checked(source, partial)
        os.replace(partial, target)
        _sync_folder(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise (translate(error, target) or fault("store-io", target, str(error))) from error
    finally:
        for name in (partial, *(_beside(partial))):
            with suppress(OSError):
                name.unlink(missing_ok=True)


def restore(source: Path, target: Path, at: datetime, known: tuple[str, ...]) -> Path | None:
    """See Records.restore. known: the revisions this kit can open."""
    stamp = require_aware(at).strftime("%Y%m%dT%H%M%SZ")
    if not source.is_file():
        raise fault("backup-missing", source)
    if target.exists() and target.samefile(source):
        raise fault("backup-is-store", target)
    if location.is_on_network_share(target.parent):
        raise fault("store-on-network-share", target)
    incoming = target.with_name(f"{target.name}.incoming-{stamp}")
    try:
        _copy_checked(source, incoming, damaged="backup-damaged")
        _require_known(incoming, source, known)
        aside = _set_aside(target, stamp) if target.exists() else None
        for name in _beside(target):  # an old log would be played into the new file
            name.unlink(missing_ok=True)
        os.replace(incoming, target)
        _sync_folder(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise (translate(error, target) or fault("store-io", target, str(error))) from error
    finally:
        for name in (incoming, *_beside(incoming)):
            with suppress(OSError):
                name.unlink(missing_ok=True)
    return aside


def require_alone(path: Path) -> None:
    """Fold the log into the database, which works only when nobody else has it open. Raises sqlite3.OperationalError."""
    with closing(_open(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in _BESIDE)


def _copy_checked(source: Path, target: Path, *, damaged: str = "store-damaged") -> None:
    """Copy through the backup interface (one consistent moment), check the copy, bring it to the disk.

    damaged: the code to refuse a spoiled source with.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(_open(source)) as reading, closing(sqlite3.connect(target, isolation_level=None)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode=DELETE")  # a backup is one file
            verdict = [str(row[0]) for row in writing.execute("PRAGMA integrity_check(1)")]
    except sqlite3.DatabaseError as error:
        refusal = translate(error, source)
        if refusal is not None and refusal.code == "store-damaged":
            raise fault(damaged, source) from error
        raise
    if verdict != ["ok"]:
        raise fault(damaged, source, verdict[0])
    with target.open("rb+") as handle:
        os.fsync(handle.fileno())


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=1, isolation_level=None)


def _require_known(copied: Path, source: Path, known: tuple[str, ...]) -> None:
    with closing(_open(copied)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise fault("store-foreign", source)
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is not None and row[0] not in known:
        raise fault("store-newer", source, f"revision {row[0]}")


def _set_aside(target: Path, stamp: str) -> Path:
    """Keep the present database under another name as well; `target` itself stands until it is replaced."""
    aside = target.with_name(f"{target.name}.replaced-{stamp}")
    if aside.exists():
        raise fault("backup-exists", aside)
    _fold_log(target)
    for suffix in ("", "-wal"):
        present = target.with_name(target.name + suffix)
        if present.exists():
            _also_named(present, aside.with_name(aside.name + suffix))
    _sync_folder(target.parent)
    return aside


def _fold_log(target: Path) -> None:
    """Bring the log into the file and prove that nobody has it open; a damaged file is kept as it is, log and all."""
    try:
        require_alone(target)
    except sqlite3.DatabaseError as error:
        refusal = translate(error, target)
        if refusal is None or refusal.code != "store-damaged":
            raise


def _also_named(present: Path, name: Path) -> None:
    try:
        os.link(present, name)
    except OSError:  # a file system without hard links
        shutil.copy2(present, name)
        with name.open("rb+") as handle:
            os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there; NTFS journals names itself
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
