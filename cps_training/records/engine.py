"""Opens the records, gives read and write transactions, backs up and restores. Knows no rule of attempts or accounts.

SQLite with write-ahead log and synchronous=FULL: what COMMIT returned for survives a power cut (NORMAL would lose it).
pysqlite's own transaction handling is switched off, so that BEGIN IMMEDIATE and SAVEPOINT are what they say.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from cps_training.errors import KitError
from cps_training.records import copies, location, migrating
from cps_training.records.faults import fault, translate
from cps_training.records.migrating import Migration

__all__ = ["Records", "translate"]

T = TypeVar("T")

BUSY_MILLISECONDS = 250
"""How long SQLite itself waits for a lock; short, because write_patiently tries again."""

PATIENCE_SECONDS, PAUSE_SECONDS = 20.0, 0.05
"""How long write_patiently waits for a lock in all, and between two tries."""

_WRITER_LOCK = 0x637073  # any number of our own: PostgreSQL writers take turns on it, as SQLite's do by themselves


class Records:
    """An open store. One process writes (the desk); any thread may read. Close it, or use it as a context manager."""

    def __init__(self, reader: Engine, writer: Engine, place: str, path: Path | None) -> None:
        """Not for callers: use Records.open."""
        self._reader = reader
        self._writer = writer
        self._turn = threading.RLock()
        self.place = place
        self.path = path

    @classmethod
    def open(cls, url_or_path: str | Path, *, create: bool = True, migrate: bool = True) -> Records:
        """The store at an SQLite path, `sqlite:///…` or `postgresql://…` URL, created or migrated to the newest schema.

        Before an older SQLite database is migrated it is copied beside itself as `<name>.before-<revision>.sqlite3`;
        somebody else who has it open (an older kit that still serves) makes it refuse (store-locked).
        create=False: a missing database is refused (store-missing). migrate=False: an older one stays as it is, good for
        `revision`, `integrity` and `backup` only.
        Raises StoreError: store-newer, store-foreign, store-read-only, store-on-network-share, store-damaged,
        store-full, store-locked, store-missing, store-io, store-unreachable.
        """
        url = make_url(url_or_path) if isinstance(url_or_path, str) and "://" in url_or_path else None
        if url is not None and url.get_backend_name() != "sqlite":
            records = _postgresql(cls, url)
        else:
            path = Path(url.database or "") if url is not None else Path(url_or_path)
            records = _sqlite(cls, path.expanduser().absolute(), create)
        try:
            records._bring_up_to_date(migrate)
        except BaseException as error:
            records._dispose()
            refusal = translate(error, records.place)
            if refusal is None or refusal is error:
                raise
            raise refusal from error
        return records

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the database and let go of every connection."""
        if self.path is not None:
            with suppress(SQLAlchemyError, sqlite3.Error), self._writer.connect() as conn:
                _driver_of(conn).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._dispose()

    def _dispose(self) -> None:
        self._reader.dispose()
        self._writer.dispose()

    # Transactions ----------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot: everything read inside belongs to one moment. Writing inside it is refused by the database."""
        with self._reader.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The one write transaction: COMMIT when the block ends, ROLLBACK of everything when it raises.

        Threads of this process take turns; another process holding the lock gives sqlalchemy's OperationalError, which
        `translate` names store-locked. Nothing may be called saved before the block has been left.
        """
        with self._turn, self._writer.connect() as conn, conn.begin():
            if self.path is None:
                conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITER_LOCK})
            yield conn

    def write_patiently(self, work: Callable[[Connection], T]) -> T:
        """The value of `work(conn)` after its COMMIT; while somebody else holds the database it is begun anew.

        work may run several times, each time on a clean slate. After PATIENCE_SECONDS the lock is told (store-locked);
        everything else is raised at once: StoreError for what `translate` knows, otherwise what work raised.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with self.write() as conn:
                    return work(conn)
            except Exception as error:
                refusal = error if isinstance(error, KitError) else translate(error)
                if refusal is None or refusal.code != "store-locked" or time.monotonic() >= deadline:
                    if refusal is None or refusal is error:
                        raise
                    raise refusal from error
            time.sleep(PAUSE_SECONDS)

    @contextmanager
    def savepoint(self, conn: Connection) -> Iterator[None]:
        """Part of a write transaction: when the block raises, only what it did is undone."""
        with conn.begin_nested():
            yield

    # Schema ----------------------------------------------------------------------------------------------------

    @property
    def revision(self) -> str:
        """The revision of the schema in the database."""
        with self.read() as conn:
            return migrating.revision_of(conn) or migrating.BASE

    @classmethod
    def migrate(cls, path: Path) -> Migration:
        """Bring the SQLite database at `path` to the newest schema and say what was done. Raises as `open` does."""
        with cls.open(path, create=False, migrate=False) as records:
            before = records.revision
        with cls.open(path, create=False) as records:
            after = records.revision
        return Migration(before, after, _copy_before(path, after) if before != after else None)

    def _bring_up_to_date(self, migrate: bool) -> None:
        known = migrating.known_revisions()
        with self.read() as conn:
            present, is_new = migrating.revision_of(conn), migrating.is_empty(conn)
        if present == known[0]:
            return
        if present is None and not is_new:
            raise fault("store-foreign", self.place)
        if present not in (None, migrating.BASE, *known):
            raise fault("store-newer", self.place, f"revision {present}")
        if not migrate and not is_new:
            return
        if self.path is None:
            with self.write() as conn:
                migrating.upgrade(conn)
            return
        if not is_new:
            self._reader.dispose()  # our own connections would count as somebody else's
            copies.require_alone(self.path)
            copies.copy(self.path, _copy_before(self.path, known[0]), overwrite=True)
        self._migrate_sqlite()

    def _migrate_sqlite(self) -> None:
        # Foreign keys are off meanwhile: SQLite alters a table by copying and dropping it, which would count as
        # deleting what others point at. They cannot be switched inside a transaction; checked before the COMMIT.
        with self._turn, self._writer.connect() as conn:
            driver = _driver_of(conn)
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with conn.begin():
                    migrating.upgrade(conn)
                    if conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                        raise fault("store-damaged", self.place, "foreign_key_check")
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    # Copies and checks -----------------------------------------------------------------------------------------

    def backup(self, target: Path, *, overwrite: bool = False) -> None:
        """A complete, checked copy at `target`, also while answers are being written; appears whole or not at all.

        Raises StoreError: backup-exists (unless overwrite), backup-by-server (PostgreSQL), store-full, store-read-only.
        """
        if self.path is None:
            raise fault("backup-by-server", self.place)
        copies.copy(self.path, Path(target), overwrite=overwrite)

    @staticmethod
    def restore(source: Path, target: Path, *, at: datetime) -> Path | None:
        """Put the backup `source` in the place of `target`, whose present file is kept; gives where it is kept now.

        The backup is checked first (integrity, a revision this kit knows) and nothing changes when it fails. The desk
        must be stopped. at: names the file kept (`….replaced-20260131T235959Z`).
        Raises StoreError: backup-missing, backup-damaged, backup-is-store, store-foreign, store-newer, store-locked
        (somebody has the target open), store-full, store-read-only, store-on-network-share.
        """
        return copies.restore(Path(source), Path(target), at, (migrating.BASE, *migrating.known_revisions()))

    def integrity(self) -> list[str]:
        """What is wrong with the stored data, one English line each; [] when all is sound."""
        with self.read() as conn:
            found: list[str] = []
            if self.path is not None:
                found += [str(row[0]) for row in conn.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
                orphans = conn.exec_driver_sql("PRAGMA foreign_key_check")
                found += [f"{row[0]} row {row[1]}: its {row[2]} is missing" for row in orphans]
            gaps = text(
                "SELECT attempt_id, count(*), max(seq) FROM step GROUP BY attempt_id HAVING count(*) <> max(seq)"
            )
            found += [f"attempt {row[0]}: {row[1]} steps, the last has seq {row[2]}" for row in conn.execute(gaps)]
            return found


def _copy_before(path: Path, revision: str) -> Path:
    """Where the database is kept as it was before it was migrated to `revision`."""
    return path.with_name(f"{path.stem}.before-{revision}.sqlite3")


def _driver_of(conn: Connection) -> sqlite3.Connection:
    driver = conn.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _postgresql(cls: type[Records], url: URL) -> Records:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    place = url.render_as_string(hide_password=True)
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return cls(reader, engine, place, None)


def _sqlite(cls: type[Records], path: Path, create: bool) -> Records:
    try:
        _prepare_file(path, create)
    except OSError as error:
        raise (translate(error, path) or fault("store-io", path, str(error))) from error
    reader = _sqlite_engine(path, begin="BEGIN", settings=("query_only=ON",))
    return cls(reader, _sqlite_engine(path, begin="BEGIN IMMEDIATE"), str(path), path)


def _prepare_file(path: Path, create: bool) -> None:
    if location.is_on_network_share(path.parent):
        raise fault("store-on-network-share", path)
    if not path.exists():
        if not create:
            raise fault("store-missing", path)
        path.parent.mkdir(parents=True, exist_ok=True)
    location.prove_writable(path.parent)
    # Names and password hashes are for this account only; SQLite gives the log beside it the same mode.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _sqlite_engine(path: Path, *, begin: str, settings: tuple[str, ...] = ()) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
            if mode != "wal":
                raise fault("store-io", path, f"journal_mode {mode}")
            for setting in ("synchronous=FULL", "fullfsync=ON", "foreign_keys=ON", *settings):
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,  # no answer, code or hash in a log or traceback
    )
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin))
    return engine
