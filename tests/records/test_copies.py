"""Backups hold everything that was acknowledged; restoring never leaves half a store."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from cps_training.errors import StoreError
from cps_training.records import roster
from cps_training.records.engine import Records


def put(records: Records, key: str, value: object) -> None:
    with records.write() as conn:
        roster.put_setting(conn, key, value)


def office(path: Path) -> object:
    with Records.open(path, create=False) as records, records.read() as conn:
        return roster.get_setting(conn, "office")


def test_a_backup_taken_while_answers_come_in_holds_every_acknowledged_one(records: Records, tmp_path: Path) -> None:
    acknowledged: list[int] = []
    enough, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            put(records, f"n{len(acknowledged)}", len(acknowledged))
            acknowledged.append(len(acknowledged))
            if len(acknowledged) >= 25:
                enough.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert enough.wait(30)
        promised = list(acknowledged)
        records.backup(tmp_path / "backup.sqlite3")
    finally:
        stop.set()
        writer.join()
    with Records.open(tmp_path / "backup.sqlite3") as copy, copy.read() as conn:
        assert [n for n in promised if roster.get_setting(conn, f"n{n}") != n] == []
        assert copy.integrity() == []


def test_a_backup_is_one_file_and_never_overwrites_unasked(records: Records, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "backups" / "monday.sqlite3"
    put(records, "office", "เก่า")
    records.backup(target)
    put(records, "office", "ใหม่")
    with pytest.raises(StoreError) as caught:
        records.backup(target)
    assert caught.value.code == "backup-exists"
    assert [name.name for name in target.parent.iterdir()] == ["monday.sqlite3"]
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert office(target) == "เก่า"
    records.backup(target, overwrite=True)
    assert office(target) == "ใหม่"
    with pytest.raises(StoreError):
        records.backup(path, overwrite=True)


def test_a_backup_that_cannot_be_finished_leaves_the_earlier_one(
    records: Records, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "monday.sqlite3"
    put(records, "office", "เก่า")
    records.backup(target)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fails)
        with pytest.raises(StoreError) as caught:
            records.backup(target, overwrite=True)
    assert caught.value.code == "store-full"
    assert office(target) == "เก่า"
    assert not list(tmp_path.glob("*.partial*"))


def test_restoring_brings_back_the_backup_and_keeps_what_was_there(
    records: Records, path: Path, tmp_path: Path, now: datetime
) -> None:
    backup = tmp_path / "b.sqlite3"
    put(records, "office", "วันจันทร์")
    records.backup(backup)
    put(records, "office", "วันอังคาร")
    records.close()
    kept = Records.restore(backup, path, at=now)
    assert kept == path.with_name("records.sqlite3.replaced-20260302T050000Z")
    assert office(path) == "วันจันทร์"
    assert kept is not None
    assert office(kept) == "วันอังคาร"
    assert office(backup) == "วันจันทร์"


def test_restoring_where_nothing_is_makes_the_store(records: Records, tmp_path: Path, now: datetime) -> None:
    put(records, "office", "แพร่")
    records.backup(tmp_path / "b.sqlite3")
    target = tmp_path / "new" / "records.sqlite3"
    assert Records.restore(tmp_path / "b.sqlite3", target, at=now) is None
    assert office(target) == "แพร่"


def test_a_store_in_use_is_not_replaced(records: Records, path: Path, tmp_path: Path, now: datetime) -> None:
    records.backup(tmp_path / "b.sqlite3")
    put(records, "office", "ใช้อยู่")
    with pytest.raises(StoreError) as caught:
        Records.restore(tmp_path / "b.sqlite3", path, at=now)
    assert caught.value.code == "store-locked"
    put(records, "demo", True)
    records.close()
    assert office(path) == "ใช้อยู่"
    assert [name.name for name in path.parent.iterdir()] == [path.name]


def _spoil(path: Path) -> None:
    with path.open("r+b") as handle:
        handle.seek(4096 * 2)
        handle.write(b"\xff" * 4096 * 3)


def test_a_spoiled_backup_is_refused_and_nothing_changes(
    records: Records, path: Path, tmp_path: Path, now: datetime
) -> None:
    backup = tmp_path / "b.sqlite3"
    put(records, "office", "อยู่ดี")
    records.backup(backup)
    records.close()
    _spoil(backup)
    with pytest.raises(StoreError) as caught:
        Records.restore(backup, path, at=now)
    assert caught.value.code == "backup-damaged"
    assert str(backup) in caught.value.message
    assert "cps-training restore" not in caught.value.message  # that is what was just tried
    assert office(path) == "อยู่ดี"
    assert [name.name for name in path.parent.iterdir()] == [path.name]


def test_what_is_no_backup_file_is_refused_with_its_name(
    records: Records, path: Path, tmp_path: Path, now: datetime
) -> None:
    put(records, "office", "อยู่ดี")
    records.close()
    for source, code in ((tmp_path / "gone.sqlite3", "backup-missing"), (path, "backup-is-store")):
        with pytest.raises(StoreError) as caught:
            Records.restore(source, path, at=now)
        assert caught.value.code == code
        assert str(source) in caught.value.message
    assert office(path) == "อยู่ดี"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "store-newer"),
        ("DROP TABLE alembic_version", "store-foreign"),
    ],
)
def test_a_backup_this_kit_does_not_know_is_refused(
    records: Records, path: Path, tmp_path: Path, now: datetime, statement: str, code: str
) -> None:
    backup = tmp_path / "b.sqlite3"
    records.backup(backup)
    records.close()
    with closing(sqlite3.connect(backup)) as later, later:
        later.execute(statement)
    with pytest.raises(StoreError) as caught:
        Records.restore(backup, path, at=now)
    assert caught.value.code == code
    assert [name.name for name in path.parent.iterdir()] == [path.name]


def test_a_damaged_store_can_be_replaced_log_and_all(
    records: Records, path: Path, tmp_path: Path, now: datetime
) -> None:
    backup = tmp_path / "b.sqlite3"
    put(records, "office", "สำรองไว้")
    records.backup(backup)
    records.close()
    log = path.with_name(path.name + "-wal")
    with Records.open(path) as again:
        put(again, "office", "ในบันทึกค้าง")
        left_over = log.read_bytes()
    path.write_bytes(b"not a database" * 1000)
    log.write_bytes(left_over)  # as after a crash: a valid log, which would be played into whatever lies beside it
    kept = Records.restore(backup, path, at=now)
    assert kept is not None
    assert kept.read_bytes() == b"not a database" * 1000
    assert kept.with_name(kept.name + "-wal").read_bytes() == left_over
    assert office(path) == "สำรองไว้"


def test_a_restore_cut_off_at_the_last_moment_leaves_the_present_store(
    records: Records, path: Path, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "b.sqlite3"
    records.backup(backup)
    put(records, "office", "ปัจจุบัน")
    records.close()

    def fails(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fails)
        with pytest.raises(StoreError) as caught:
            Records.restore(backup, path, at=now)
    assert caught.value.code == "store-io"
    assert office(path) == "ปัจจุบัน"
