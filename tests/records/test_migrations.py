"""The schema grows by migrations only: whole or not at all, with a copy of what was before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import DBAPIError

from cps_training.errors import StoreError
from cps_training.records import accounts, migrating
from cps_training.records.engine import Records
from cps_training.records.tables import metadata

NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "T1", "0005", None, None
def upgrade():
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("nickname", sa.String(40), nullable=True))
        table.alter_column("name", existing_type=sa.String(200), type_=sa.String(300))
"""
BROKEN = """
from alembic import op
revision, down_revision, branch_labels, depends_on = "T2", "T1", None, None
def upgrade():
    op.execute("DROP TABLE attendance")
    op.execute("INSERT INTO nowhere VALUES (1)")
"""


@pytest.fixture
def later_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """later_kit(script, …): from now on this process is a later version of the kit, with these migrations as well."""

    def become(*scripts: str) -> None:
        folder = tmp_path / "100% later"
        folder.mkdir(exist_ok=True)
        for number, script in enumerate(scripts, 2):
            (folder / f"{number:04}_later.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(migrating, "VERSIONS", (migrating.SCRIPTS / "versions", folder))

    return become


def test_the_migrated_schema_is_the_one_in_tables(records: Records) -> None:
    with records.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_the_migrated_checks_are_those_in_tables(records: Records) -> None:
    fresh = create_engine("sqlite://")
    with fresh.connect() as wanted, records.read() as conn:
        metadata.create_all(wanted)
        for table in metadata.tables:
            asked = [inspect(one).get_check_constraints(table) for one in (conn, wanted)]
            assert asked[0] == asked[1], table
    fresh.dispose()


def test_an_older_database_is_migrated_and_copied_first(
    records: Records, path: Path, add: Callable[..., str], later_kit: Callable[..., None]
) -> None:
    with records.write() as conn:
        person_id = add(conn, "A01")
    records.close()
    later_kit(NEXT)
    with Records.open(path) as later, later.read() as conn:
        assert later.revision == "T1"
        assert accounts.person_by_code(conn, "A01") is not None
        assert conn.exec_driver_sql("SELECT person_id, nickname FROM person").all() == [(person_id, None)]
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert later.integrity() == []
    with closing(sqlite3.connect(path.with_name("records.before-T1.sqlite3"))) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [("0005",)]
        assert before.execute("SELECT code FROM person").fetchall() == [("A01",)]


def test_a_migrated_database_still_guards_references(
    records: Records, path: Path, later_kit: Callable[..., None]
) -> None:
    records.close()
    later_kit(NEXT)
    with Records.open(path) as later:

        def orphan() -> None:
            with later.write() as conn:
                conn.exec_driver_sql("INSERT INTO person_role VALUES ('nobody', 'trainer')")

        with pytest.raises(DBAPIError):
            orphan()


def test_a_failing_migration_leaves_the_database_as_it_was(
    records: Records,
    path: Path,
    add: Callable[..., str],
    later_kit: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with records.write() as conn:
        add(conn, "A01")
    records.close()
    with monkeypatch.context() as patched:
        later_kit(NEXT, BROKEN)
        with pytest.raises(DBAPIError, match="nowhere"):
            Records.open(path)
        patched.setattr(migrating, "VERSIONS", (migrating.SCRIPTS / "versions",))
        with Records.open(path) as again, again.read() as conn:
            assert again.revision == "0005"
            assert [person.code for person in accounts.people(conn)] == ["A01"]
            assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_a_locked_older_database_is_refused_and_stays(
    records: Records, path: Path, later_kit: Callable[..., None]
) -> None:
    records.close()
    later_kit(NEXT)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            Records.open(path)
        assert caught.value.code == "store-locked"
        assert other.execute("SELECT version_num FROM alembic_version").fetchall() == [("0005",)]


def test_asked_not_to_migrate_it_reads_checks_and_copies_the_older_database_as_it_is(
    records: Records, path: Path, tmp_path: Path, later_kit: Callable[..., None]
) -> None:
    older = records.revision
    records.close()
    later_kit(NEXT)
    with Records.open(path, migrate=False) as opened:
        assert (opened.revision, opened.integrity()) == (older, [])
        opened.backup(tmp_path / "b.sqlite3")
    with closing(sqlite3.connect(tmp_path / "b.sqlite3")) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(older,)]
    assert [name.name for name in path.parent.iterdir()] == [path.name]


def test_migrating_says_what_it_did_and_the_second_time_that_nothing_was_to_do(
    records: Records, path: Path, later_kit: Callable[..., None]
) -> None:
    older = records.revision
    records.close()
    later_kit(NEXT)
    done = Records.migrate(path)
    assert (done.before, done.after) == (older, "T1")
    assert done.copy is not None
    with closing(sqlite3.connect(done.copy)) as before:
        assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [(older,)]
    again = Records.migrate(path)
    assert (again.before, again.after, again.copy) == ("T1", "T1", None)


def test_a_database_that_an_older_kit_still_uses_is_not_migrated_under_it(
    records: Records, path: Path, add: Callable[..., str], later_kit: Callable[..., None]
) -> None:
    older = records.revision  # `records` stays open, and idle
    later_kit(NEXT)
    with pytest.raises(StoreError) as caught:
        Records.open(path)
    assert caught.value.code == "store-locked"
    with records.write() as conn:
        add(conn, "A01")
    records.close()
    assert [name.name for name in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as still:
        assert still.execute("SELECT version_num FROM alembic_version").fetchall() == [(older,)]
    Records.open(path).close()


def test_a_store_stamped_before_the_first_migration_gets_it(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    with Records.open(path) as records:
        assert records.revision == "0005"
    assert path.with_name("records.before-0005.sqlite3").exists()


def test_opening_again_changes_nothing(records: Records, path: Path) -> None:
    records.close()
    before = path.read_bytes()
    Records.open(path).close()
    assert path.read_bytes() == before
    assert [name.name for name in path.parent.iterdir()] == [path.name]
