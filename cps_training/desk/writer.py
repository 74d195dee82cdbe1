"""The one writer: many messages, one COMMIT, then the receipts. Knows transactions and threads, not messages.

Measured reason: hundreds of processes each committing to SQLite wait seconds for one another; one writer that commits what
has gathered while the last COMMIT ran answers all of them within one fsync. A job that is refused is rolled back to its
own savepoint and never harms its neighbours. While the database is locked by someone else, jobs wait; none is dropped.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from cps_training.errors import KitError, StoreError
from cps_training.records.engine import Records
from cps_training.records.faults import translate

log = logging.getLogger(__name__)

LARGEST_BATCH = 256
PATIENCE_SECONDS = 20.0
"""How long a batch waits for a locked database before its senders are told that nothing was saved."""
PAUSE_SECONDS = 0.05

Work = Callable[[Connection], Any]


@dataclass(frozen=True)
class _Job:
    work: Work
    receipt: Future[Any] = field(default_factory=Future)


class Writer:
    """A thread that runs `work(conn)` jobs; `submit` gives a future that is done only after the COMMIT."""

    def __init__(self, records: Records, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._records = records
        self._monotonic = monotonic
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="desk-writer", daemon=True)
        self._is_closed = False

    def start(self) -> None:
        self._thread.start()

    def submit(self, work: Work) -> Future[Any]:
        """Queue a job. Its future gives the job's value or raises what the job raised; StoreError when nothing was saved."""
        if self._is_closed:
            raise StoreError("store-closed", "ระบบรับคำตอบกำลังปิด ยังไม่ได้บันทึก โปรดลองใหม่ในอีกสักครู่")
        job = _Job(work)
        self._jobs.put(job)
        return job.receipt

    def close(self) -> None:
        """Finish what is queued, then end."""
        self._is_closed = True
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            first = self._jobs.get()
            if first is None:
                return
            batch, is_last = self._gather(first)
            self._commit(batch)
            if is_last:
                return

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
        deadline = self._monotonic() + PATIENCE_SECONDS
        while True:
            try:
                outcomes = self._attempt(batch)
            except Exception as error:
                refusal = error if isinstance(error, KitError) else translate(error)
                if refusal is not None and refusal.code == "store-locked" and self._monotonic() < deadline:
                    time.sleep(PAUSE_SECONDS)
                    continue
                if refusal is None:
                    log.exception("a batch of %d writes failed", len(batch))
                    refusal = StoreError("not-saved", "ยังไม่ได้บันทึก เกิดข้อขัดข้องในที่เก็บข้อมูล โปรดลองใหม่")
                for job in batch:
                    job.receipt.set_exception(refusal)
                return
            for job, outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, Exception):
                    job.receipt.set_exception(outcome)
                else:
                    job.receipt.set_result(outcome)
            return

    def _attempt(self, batch: list[_Job]) -> list[Any]:
        """Run the whole batch in one transaction; a job's own refusal becomes its outcome, anything else fails the batch."""
        outcomes: list[Any] = []
        with self._records.write() as conn:
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
