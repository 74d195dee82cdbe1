"""Brings a database to the newest schema, all in the caller's transaction. Knows Alembic; knows no file and no account.

Works from the installed package: no alembic.ini, the scripts lie beside this module in `migrations/`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

if TYPE_CHECKING:
    from alembic.config import Config  # imported where it is used: most commands never migrate, and it takes a while

VERSION_TABLE = "alembic_version"
BASE = "base"
SCRIPTS = Path(__file__).parent / "migrations"
VERSIONS: tuple[Path, ...] = (SCRIPTS / "versions",)
"""Folders of migrations; tests add their own to rehearse an upgrade."""

_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps the running environment in a module


@dataclass(frozen=True)
class Migration:
    """What bringing a database up to date did. copy: the database as it was before; None when nothing had to be done."""

    before: str
    after: str
    copy: Path | None


def _config(connection: Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _escaped(SCRIPTS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(_escaped(folder) for folder in VERSIONS))
    config.attributes["connection"] = connection
    return config


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")  # the option is read with %-interpolation


def known_revisions() -> tuple[str, ...]:
    """Every revision this kit knows, newest first; the first is the one it needs."""
    from alembic.script import ScriptDirectory

    return tuple(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def revision_of(conn: Connection) -> str | None:
    """The revision of the database: BASE when stamped before the first one, None when never stamped."""
    from alembic.runtime.migration import MigrationContext

    if not inspect(conn).has_table(VERSION_TABLE):
        return None
    return MigrationContext.configure(conn).get_current_revision() or BASE


def is_empty(conn: Connection) -> bool:
    """Whether the database holds no table at all: a new one."""
    return not inspect(conn).get_table_names()


def upgrade(conn: Connection) -> None:
    """Run what is missing up to the newest revision inside the transaction of `conn`; nothing is committed here."""
    from alembic import command

    with _ONE_AT_A_TIME:
        command.upgrade(_config(conn), "head")
