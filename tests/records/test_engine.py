"""Transactions are what they say: whole or nothing, a snapshot to readers, durable when COMMIT returned."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from cps_training.errors import AttemptError
from cps_training.records import engine, roster
from cps_training.records.engine import Records, translate


def _pragmas(conn: Connection) -> dict[str, object]:
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    return {name: conn.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}


def test_every_connection_is_durable_and_guards_references(records: Records) -> None:
    durable = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 250}
    with records.read() as one, records.read() as another, records.write() as writing:
        assert [_pragmas(conn) for conn in (one, another, writing)] == [durable] * 3


def test_a_write_that_raises_leaves_nothing(records: Records) -> None:
    def half_done() -> None:
        with records.write() as conn:
            roster.put_setting(conn, "office", "สุรินทร์")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        half_done()
    with records.read() as conn:
        assert roster.get_setting(conn, "office") is None


def test_a_savepoint_takes_back_only_its_own_part(records: Records) -> None:
    def refused(conn: Connection) -> None:
        with records.savepoint(conn):
            roster.put_setting(conn, "demo", True)
            raise ValueError("refused")

    with records.write() as conn:
        roster.put_setting(conn, "office", "น่าน")
        with pytest.raises(ValueError, match="refused"):
            refused(conn)
        with records.savepoint(conn):
            roster.put_setting(conn, "participation", {"half_day": 180})
    with records.read() as conn:
        kept = [roster.get_setting(conn, key) for key in ("office", "demo", "participation")]
    assert kept == ["น่าน", None, {"half_day": 180}]


def test_a_reader_sees_one_moment(records: Records) -> None:
    with records.read() as before:
        assert roster.get_setting(before, "office") is None
        with records.write() as conn:
            roster.put_setting(conn, "office", "ตาก")
        assert roster.get_setting(before, "office") is None
    with records.read() as after:
        assert roster.get_setting(after, "office") == "ตาก"


def test_reading_cannot_write(records: Records) -> None:
    with records.read() as conn, pytest.raises(OperationalError) as caught:
        roster.put_setting(conn, "office", "x")
    refusal = translate(caught.value)
    assert refusal is not None
    assert refusal.code == "store-read-only"


def test_threads_of_one_process_take_turns(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 0)  # not by waiting for the lock of the database
    records = Records.open(path)
    failures: list[Exception] = []
    with records.write() as conn:
        roster.put_setting(conn, "n", 0)

    def count_up() -> None:
        try:
            for _ in range(20):
                with records.write() as conn:
                    roster.put_setting(conn, "n", roster.get_setting(conn, "n") + 1)
        except OperationalError as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with records.read() as conn:
        assert (roster.get_setting(conn, "n"), failures) == (120, [])
    records.close()


def test_closing_leaves_one_complete_file(records: Records, path: Path) -> None:
    with records.write() as conn:
        roster.put_setting(conn, "office", "เลย")
    records.close()
    assert [name.name for name in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT value FROM setting").fetchall() == [('"\\u0e40\\u0e25\\u0e22"',)]


def test_closing_folds_the_log_even_when_others_look_on(records: Records, path: Path) -> None:
    with records.write() as conn:
        roster.put_setting(conn, "office", "พะเยา")
    log = path.with_name(path.name + "-wal")
    with closing(sqlite3.connect(path)) as onlooker:
        onlooker.execute("SELECT * FROM setting").fetchall()
        assert log.stat().st_size > 0
        records.close()
        assert log.stat().st_size == 0


@pytest.mark.skipif(os.name == "nt", reason="file modes of Unix")
@pytest.mark.usefixtures("records")
def test_the_database_belongs_to_the_account_that_runs_it(path: Path) -> None:
    modes = {name.name: stat.S_IMODE(name.stat().st_mode) for name in path.parent.iterdir()}
    assert set(modes.values()) == {0o600}, modes


def test_values_never_stand_in_a_message_of_the_database(records: Records) -> None:
    with pytest.raises(OperationalError) as caught, records.read() as conn:
        roster.put_setting(conn, "setup_code_hash", "secret-canary")
    assert "secret-canary" not in str(caught.value)


def test_integrity_names_what_is_wrong(records: Records, path: Path) -> None:
    assert records.integrity() == []
    with closing(sqlite3.connect(path)) as careless, careless:  # foreign keys are off by default
        careless.execute("INSERT INTO person_role VALUES ('nobody', 'trainer')")
        careless.execute(
            "INSERT INTO step VALUES ('a1', 2, 'finish', 'answer-1', '2026-01-01', NULL, NULL, NULL, NULL)"
        )
    found = "\n".join(records.integrity())
    assert "person_role" in found
    assert "attempt a1: 1 steps, the last has seq 2" in found


def test_a_url_and_a_path_open_the_same_store(records: Records, path: Path) -> None:
    with records.write() as conn:
        roster.put_setting(conn, "office", "ยโสธร")
    with Records.open(f"sqlite:///{path}") as again, again.read() as conn:
        assert roster.get_setting(conn, "office") == "ยโสธร"


WRITER = """
import sys
from cps_training.records import roster
from cps_training.records.engine import Records
records = Records.open(sys.argv[1])
for n in range(1000000):
    with records.write() as conn:
        roster.put_setting(conn, f"n{n}", n)
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_a_kill(path: Path) -> None:
    for after in (1, 17, 60):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged = [int(writer.stdout.readline()) for _ in range(after)]
            writer.kill()
            acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        with Records.open(path) as records, records.read() as conn:
            assert [n for n in acknowledged if roster.get_setting(conn, f"n{n}") != n] == []
            assert records.integrity() == []


def test_a_patient_write_waits_for_a_lock_and_begins_anew(records: Records, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.6, lambda: other.execute("ROLLBACK"))  # longer than the busy timeout
    timer.start()
    assert records.write_patiently(lambda conn: roster.put_setting(conn, "office", "แพร่") or "ok") == "ok"
    timer.join()
    other.close()
    with records.read() as conn:
        assert roster.get_setting(conn, "office") == "แพร่"


def test_patience_is_for_locks_only(records: Records) -> None:
    tries: list[int] = []

    def work(conn: Connection) -> None:
        tries.append(1)
        raise AttemptError("attempt-finished", "ส่งไปแล้ว")

    with pytest.raises(AttemptError):
        records.write_patiently(work)
    with pytest.raises(ZeroDivisionError):
        records.write_patiently(lambda conn: 1 / 0)
    assert len(tries) == 1
