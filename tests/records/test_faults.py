"""A store that cannot be opened or written says where, what and how to mend it, and nothing is half done."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError, ProgrammingError

from cps_training.errors import StoreError
from cps_training.records import location, roster
from cps_training.records.engine import Records, translate
from cps_training.records.faults import _MESSAGES


def refused(path: Path | str, code: str, **options: bool) -> StoreError:
    with pytest.raises(StoreError) as caught:
        Records.open(path, **options).close()
    assert caught.value.code == code
    assert str(path) in caught.value.message
    return caught.value


def test_every_message_is_thai_and_names_a_remedy() -> None:
    for code, message in _MESSAGES.items():
        assert any("ก" <= letter <= "๛" for letter in message), code
        assert len(message) > 40, code


def test_a_newer_database_is_refused_and_untouched(records: Records, path: Path) -> None:
    records.close()
    with closing(sqlite3.connect(path)) as later, later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    refused(path, "store-newer")
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE photos (name TEXT)")
    refused(path, "store-foreign")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


def test_a_file_that_is_no_database_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite3"
    path.write_bytes(b"minutes of the meeting\n" * 100)
    refused(path, "store-damaged")
    assert path.read_bytes() == b"minutes of the meeting\n" * 100


def test_a_missing_database_is_made_only_when_asked(path: Path) -> None:
    refused(path, "store-missing", create=False)
    assert not path.parent.exists()


@contextmanager
def _without_privileges() -> Iterator[None]:
    """As root nothing is read-only: act as somebody else meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="folder permissions of Unix")
@pytest.mark.parametrize("has_database", [True, False])
def test_a_read_only_folder_is_refused(has_database: bool) -> None:
    with tempfile.TemporaryDirectory() as name:  # not tmp_path: only its owner may enter that
        folder = Path(name)
        if has_database:
            Records.open(folder / "records.sqlite3").close()
        folder.chmod(0o555)
        try:
            with _without_privileges():
                refused(folder / "records.sqlite3", "store-read-only")
        finally:
            folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="folder permissions of Unix")
def test_a_database_that_may_not_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "records.sqlite3"
        Records.open(path).close()
        path.parent.chmod(0o777)
        path.chmod(0o444)
        with _without_privileges():
            refused(path, "store-read-only")


def test_a_full_disk_at_the_start_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(location, "prove_writable", full)
    refused(path, "store-full")


def test_a_full_disk_while_writing_saves_nothing_and_works_again_with_space(records: Records) -> None:
    with records.write() as conn:
        roster.put_setting(conn, "office", "เดิม")
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
        conn.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    def fill() -> None:
        with records.write() as conn:
            roster.put_setting(conn, "office", "ใหม่")
            with records.savepoint(conn):
                roster.put_setting(conn, "participation", "ก" * 500_000)

    with pytest.raises(OperationalError) as caught:
        fill()
    refusal = translate(caught.value, records.place)
    assert refusal is not None
    assert (refusal.code, refusal.place) == ("store-full", records.place)
    with records.read() as conn:
        assert roster.get_setting(conn, "office") == "เดิม"
    with records.write() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count=100000")
    fill()
    with records.read() as conn:
        assert roster.get_setting(conn, "office") == "ใหม่"


def test_the_reason_is_found_behind_a_failed_rollback() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    hiding = sqlite3.OperationalError("no such savepoint: sa_savepoint_1")
    hiding.sqlite_errorcode = sqlite3.SQLITE_ERROR
    hiding.__context__ = full
    refusal = translate(hiding)
    assert refusal is not None
    assert refusal.code == "store-full"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_CORRUPT, "store-damaged"),
        (sqlite3.SQLITE_IOERR_FSYNC, "store-io"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "store-read-only"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "store-locked"),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
    ],
)
def test_numbers_of_sqlite_are_named(number: int, code: str | None) -> None:
    error = sqlite3.OperationalError("as SQLite says")
    error.sqlite_errorcode = number
    refusal = translate(OperationalError("SELECT 1", {}, error))
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("kind", "state", "code"),
    [
        (OperationalError, None, "store-unreachable"),
        (OperationalError, "57P01", "store-unreachable"),
        (OperationalError, "53100", "store-full"),
        (OperationalError, "40001", "store-locked"),
        (InternalError, "25006", "store-read-only"),
        (IntegrityError, "23505", None),
        (ProgrammingError, "42P01", None),
    ],
)
def test_states_of_a_server_are_named(kind: type[DBAPIError], state: str | None, code: str | None) -> None:
    class ServerError(Exception):
        sqlstate = state

    refusal = translate(kind("SELECT 1", {}, ServerError()))
    assert (refusal.code if refusal else None) == code


def test_mistakes_in_the_code_are_not_faults_of_the_store(records: Records) -> None:
    assert translate(ValueError("mistake")) is None
    with records.read() as conn, pytest.raises(OperationalError) as caught:
        conn.exec_driver_sql("SELECT nothing FROM nowhere")
    assert translate(caught.value) is None


def test_a_locked_database_is_named_and_works_after_the_lock(records: Records, path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError) as caught, records.write():
            pass
        refusal = translate(caught.value)
        assert refusal is not None
        assert refusal.code == "store-locked"
        other.execute("ROLLBACK")
    with records.write() as conn:
        roster.put_setting(conn, "office", "ระนอง")


def test_opening_a_locked_database_is_refused(records: Records, path: Path) -> None:
    records.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        refused(path, "store-locked")


MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
server:/export/office /mnt/office nfs4 rw,vers=4.2 0 0
//nas/share /mnt/ไฟล์\\040กลาง cifs rw 0 0
/dev/sdb1 /mnt/office/local xfs rw 0 0
me@host:/home /home/me/remote fuse.sshfs rw 0 0
/dev/sdc1 /mnt/hidden ext4 rw 0 0
nas:/late /mnt/hidden nfs rw 0 0
nas:/deep /srv/office/deep nfs rw 0 0
/dev/sdd1 /srv/office ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "is_network"),
    [
        ("/home/me/data", False),
        ("/mnt/office", True),
        ("/mnt/office/cps/data", True),
        ("/mnt/office/local/data", False),
        ("/mnt/officer/data", False),
        ("/mnt/ไฟล์ กลาง/cps", True),
        ("/home/me/remote/x", True),
        ("/mnt/hidden/x", True),
        ("/srv/office/deep/x", True),
        ("/srv/office/x", False),
    ],
)
def test_network_shares_are_known_by_their_mount(folder: str, is_network: bool) -> None:
    assert location.is_network_type(location.mount_type(PurePosixPath(folder), MOUNTS)) is is_network


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="mounts table of Linux")
def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(location, "_MOUNTS", table)
    path = tmp_path / "data" / "records.sqlite3"
    refused(path, "store-on-network-share")
    assert not path.parent.exists()
