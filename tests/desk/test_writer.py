"""The one writer: receipts only after COMMIT, refusals harm no neighbour, a lock makes it wait and a full disk makes it say so."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest

from cps_training.desk.writer import Writer
from cps_training.errors import AttemptError, StoreError
from cps_training.records import engine, roster


@pytest.fixture
def writer(desk):
    writer = Writer(desk.records)
    writer.start()
    yield writer
    writer.close()


def stored(desk):
    """What another process would find on the disk."""
    with sqlite3.connect(desk.records.path) as conn:
        found = {key for (key,) in conn.execute("SELECT key FROM setting")}
    conn.close()
    return found


def test_a_receipt_means_that_it_is_stored(desk, writer):
    receipts = [writer.submit(lambda conn, n=n: roster.put_setting(conn, f"k{n}", n) or n) for n in range(300)]
    for n, receipt in enumerate(receipts):
        assert receipt.result(10) == n
        assert f"k{n}" in stored(desk) or n % 50  # looking every time would be slow; every fiftieth is enough
    assert {f"k{n}" for n in range(300)} <= stored(desk)


def test_what_gathers_meanwhile_shares_one_commit(desk, writer, monkeypatch):
    begun, go = threading.Event(), threading.Event()
    commits = []
    write = desk.records.write

    def counting():
        commits.append(1)
        return write()

    monkeypatch.setattr(desk.records, "write", counting)
    first = writer.submit(lambda conn: (begun.set(), go.wait(10)))
    assert begun.wait(10)
    rest = [writer.submit(lambda conn, n=n: roster.put_setting(conn, f"k{n}", n)) for n in range(100)]
    go.set()
    for receipt in [first, *rest]:
        receipt.result(10)
    assert len(commits) == 2


def test_a_refused_job_leaves_nothing_and_its_neighbours_stand(desk, writer):
    def refuse(conn):
        roster.put_setting(conn, "half", 1)
        raise AttemptError("attempt-finished", "ส่งไปแล้ว")

    before, refused, after = (
        writer.submit(lambda conn: roster.put_setting(conn, "before", 1)),
        writer.submit(refuse),
        writer.submit(lambda conn: roster.put_setting(conn, "after", 1)),
    )
    before.result(10)
    after.result(10)
    with pytest.raises(AttemptError):
        refused.result(10)
    assert {"before", "after"} <= stored(desk)
    assert "half" not in stored(desk)


def test_a_broken_job_is_refused_in_thai_without_its_reason(desk, writer, caplog):
    with pytest.raises(Exception, match="ยังไม่ได้บันทึก") as told:
        writer.submit(lambda conn: 1 / 0).result(10)
    assert "division" not in str(told.value)
    assert "ZeroDivisionError" in caplog.text


def test_while_another_program_holds_the_database_jobs_wait_and_none_is_dropped(desk, writer):
    other = sqlite3.connect(desk.records.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    receipts = [writer.submit(lambda conn, n=n: roster.put_setting(conn, f"k{n}", n)) for n in range(5)]
    time.sleep(0.6)  # longer than the busy timeout: the writer has met the lock
    assert not any(receipt.done() for receipt in receipts)
    other.execute("ROLLBACK")
    other.close()
    for receipt in receipts:
        receipt.result(10)
    assert {f"k{n}" for n in range(5)} <= stored(desk)


def test_a_lock_that_never_ends_is_told_and_nothing_is_half_stored(desk, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE_SECONDS", 0.0)
    writer = Writer(desk.records)
    writer.start()
    other = sqlite3.connect(desk.records.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    receipt = writer.submit(lambda conn: roster.put_setting(conn, "late", 1))
    with pytest.raises(StoreError, check=lambda error: error.code == "store-locked"):
        receipt.result(10)
    other.execute("ROLLBACK")
    other.close()
    assert "late" not in stored(desk)
    writer.submit(lambda conn: roster.put_setting(conn, "works-again", 1)).result(10)
    writer.close()


def test_a_full_disk_is_told_and_works_again_when_there_is_room(desk, writer):
    def limit(pages):
        def set_limit(conn):
            conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

        return set_limit

    with desk.records.write() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()

    def too_much(conn):
        conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        roster.put_setting(conn, "big", "x" * 1_000_000)

    with pytest.raises(StoreError, check=lambda error: error.code == "store-full"):
        writer.submit(too_much).result(10)
    assert "big" not in stored(desk)
    writer.submit(limit(1_000_000)).result(10)
    writer.submit(lambda conn: roster.put_setting(conn, "big", "x" * 1_000_000)).result(10)
    assert "big" in stored(desk)


class Broken(BaseException):
    """What no code foresees: not an Exception."""


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_when_the_thread_dies_nobody_waits_for_ever_and_the_supervisor_hears_of_it(desk):
    died = threading.Event()
    writer = Writer(desk.records, on_death=died.set)
    begun, go = threading.Event(), threading.Event()

    def die(conn):
        begun.set()
        go.wait(10)
        raise Broken

    writer.start()
    first = writer.submit(die)
    assert begun.wait(10)
    second = writer.submit(lambda conn: roster.put_setting(conn, "queued", 1))
    go.set()
    with pytest.raises(StoreError, match="ยังไม่ได้บันทึก"):
        first.result(10)
    with pytest.raises(StoreError, match="ยังไม่ได้บันทึก"):
        second.result(10)
    assert died.wait(10)
    with pytest.raises(StoreError):
        writer.submit(lambda conn: None)
    assert "queued" not in stored(desk)
    writer.close()


def test_an_orderly_end_is_no_death(desk):
    died = threading.Event()
    writer = Writer(desk.records, on_death=died.set)
    writer.start()
    receipt = writer.submit(lambda conn: roster.put_setting(conn, "last", 1))
    writer.close()
    assert receipt.done()
    assert not died.is_set()


def test_the_desk_of_this_process_waits_for_a_lock_too(desk):
    from cps_training.desk import protocol as p
    from cps_training.desk.local import open_local

    local = open_local(desk)
    other = sqlite3.connect(desk.records.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(0.6, lambda: other.execute("ROLLBACK"))  # longer than the busy timeout
    timer.start()
    view = local.ask(p.OpenAttempt(form_id="cps-practice"))
    timer.join()
    other.close()
    assert view["items"]
