"""The one writer: many messages, one COMMIT, then the receipts. Knows transactions and threads, not messages.

Measured reason: hundreds of processes each committing to SQLite wait seconds for one another; one writer that commits what
has gathered while the last COMMIT ran answers all of them within one fsync. A job that is refused never harms its neighbours:
the batch is taken back and run once more with a savepoint around each job (which costs a quarter of a job, so not at first). While the database is locked by someone else, jobs wait; none is dropped.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from cps_training.errors import KitError, StoreError
from cps_training.records.engine import Records
from cps_training.records.faults import translate

log = logging.getLogger(__name__)

LARGEST_BATCH = 256

Work = Callable[[Connection], Any]


@dataclass(frozen=True)
class _Job:
    work: Work
    receipt: Future[Any] = field(default_factory=Future)


class Writer:
    """A thread that runs `work(conn)` jobs; `submit` gives a future that is done only after the COMMIT."""

    def __init__(self, records: Records, *, on_death: Callable[[], None] = lambda: None) -> None:
        """on_death: called in the thread when it ends otherwise than by `close`; from then on every job is refused."""
        self._records = records
        self._on_death = on_death
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="desk-writer", daemon=True)
        self._door = threading.Lock()
        self._is_closed = False

    def start(self) -> None:
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        """Queue a job. Its future gives the job's value or raises what the job raised; StoreError when nothing was saved."""
        job = _Job(work)
        with self._door:
            if self._is_closed:
                raise _closed()
            self._jobs.put(job)
        return job.receipt

    def close(self) -> None:
        """Finish what is queued, then end."""
        with self._door:
            self._is_closed = True
            self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_asked_to_end = False
        try:
            while not is_asked_to_end:
                first = self._jobs.get()
                if first is None:
                    is_asked_to_end = True
                else:
                    batch, is_asked_to_end = self._gather(first)
                    self._commit(batch)
        finally:
            if not is_asked_to_end:
                self._die()

    def _die(self) -> None:
        """Nobody will work on what is queued: say so instead of letting the senders wait for ever."""
        log.critical("the writer's thread died")
        with self._door:
            self._is_closed = True
            with suppress(queue.Empty):
                while True:
                    job = self._jobs.get_nowait()
                    if job is not None and job.receipt.set_running_or_notify_cancel():
                        job.receipt.set_exception(_closed())
        self._on_death()

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < LARGEST_BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return batch, False
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        batch = [job for job in batch if job.receipt.set_running_or_notify_cancel()]
        if not batch:
            return
        try:
            outcomes = self._run_all(batch)
        except BaseException as error:
            refusal = error
            if not isinstance(error, KitError):
                log.exception("a batch of %d writes failed", len(batch))
                refusal = StoreError("not-saved", "ยังไม่ได้บันทึก เกิดข้อขัดข้องในที่เก็บข้อมูล โปรดลองใหม่")
            for job in batch:
                job.receipt.set_exception(refusal)
            if not isinstance(error, Exception):
                raise
            return
        for job, outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                job.receipt.set_exception(outcome)
            else:
                job.receipt.set_result(outcome)

    def _run_all(self, batch: list[_Job]) -> list[Any]:
        """What became of each job, after the COMMIT. A job may be run twice; what it did the first time is taken back."""
        try:
            return self._records.write_patiently(lambda conn: [job.work(conn) for job in batch])
        except Exception as error:
            if len(batch) == 1 and isinstance(error, KitError) and not isinstance(error, StoreError):
                return [error]
            if isinstance(error, StoreError) or translate(error) is not None:
                raise
        return self._records.write_patiently(lambda conn: self._attempt(conn, batch))

    def _attempt(self, conn: Connection, batch: list[_Job]) -> list[Any]:
        """What became of each job of the batch; a job's own refusal is its outcome, anything else fails the batch."""
        outcomes: list[Any] = []
        for job in batch:
            try:
                with self._records.savepoint(conn):
                    outcomes.append(job.work(conn))
            except KitError as refusal:
                if isinstance(refusal, StoreError):
                    raise
                outcomes.append(refusal)
            except Exception as error:
                if translate(error) is not None:
                    raise
                log.exception("a message failed")
                outcomes.append(KitError("internal", "เกิดข้อขัดข้องภายใน ยังไม่ได้บันทึก โปรดลองใหม่"))
        return outcomes


def _closed() -> StoreError:
    return StoreError("store-closed", "ระบบรับคำตอบกำลังปิด ยังไม่ได้บันทึก โปรดลองใหม่ในอีกสักครู่")
