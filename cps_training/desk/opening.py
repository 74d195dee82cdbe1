"""Opens a desk on a data folder: content, records, and the code for the first trainer. Side effects live here.

Used by the service, by JupyterLab's in-process desk and by the CLI; reads the clock and the system's randomness once.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from pathlib import Path

from cps_training.clock import utc_now
from cps_training.content.library import check_library, load_library
from cps_training.desk.asker import SERVER
from cps_training.desk.core import Desk
from cps_training.desk.protocol import Situation
from cps_training.places import DataFolder, shipped
from cps_training.records import roster
from cps_training.records.engine import Records

SETUP_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def open_desk(folder: DataFolder, *, place: str) -> Desk:
    """The desk of a data folder, its store created or migrated. Raises ContentError, StoreError."""
    library = load_library(shipped(), folder.content)
    records = Records.open(folder.database)
    return Desk(records, library, utc_now, secrets.token_bytes, place)


def open_office(folder: DataFolder) -> Desk:
    """A desk for the office's people and roster: a mistake in the office's content does not stand in its way."""
    library, _ = check_library(shipped(), folder.content)
    if library is None:  # the kit itself is broken; say so as everywhere
        library = load_library(shipped())
    return Desk(Records.open(folder.database), library, utc_now, secrets.token_bytes, "served")


def setup_code_file(folder: DataFolder) -> Path:
    """Where the first trainer's code is kept, mode 0600, until it is used."""
    return folder.secrets / "first-trainer-code"


def offer_first_trainer(desk: Desk, folder: DataFolder) -> None:
    """Make the one-time code for the first trainer when there is no staff account yet; keep it 0600 until used."""
    path = setup_code_file(folder)
    with desk.records.read() as conn:
        situation = desk.handle(conn, SERVER, Situation())
    assert isinstance(situation, dict)
    if not situation["needs_setup"] or situation["demo"]:
        path.unlink(missing_ok=True)
        return
    with desk.records.read() as conn:
        expected = roster.get_setting(conn, "setup_code_hash")
    if path.exists() and sha256(path.read_text("ascii").strip().encode()).hexdigest() == expected:
        return  # the code that was printed stays good when the desk starts again
    code = "-".join("".join(secrets.choice(SETUP_ALPHABET) for _ in range(4)) for _ in range(3))
    folder.secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    with open(path, "x", encoding="ascii", opener=_private) as handle:
        handle.write(code + "\n")
    with desk.records.write() as conn:
        roster.put_setting(conn, "setup_code_hash", sha256(code.encode()).hexdigest())


def _private(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
