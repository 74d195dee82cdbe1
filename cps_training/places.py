"""Where things are: what ships (checkout or installed package), the data folder, the office's own content. A leaf.

Knows no format of any file. Paths are asked for, never stored in modules, so that tests can move them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped() -> Path:
    """The folder that holds notebooks/, quizzes/ and data/: the checkout's root, else the installed copy."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "notebooks").is_dir():
        return checkout
    return PACKAGE / "_shipped"


def data_dir(given: str | Path | None = None) -> Path:
    """The data folder: as given, else CPS_DATA_DIR, else the platform's folder for user data. Not created here."""
    chosen = given or os.environ.get("CPS_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser().resolve()
    from platformdirs import user_data_path

    return user_data_path("cps-training", appauthor=False)


@dataclass(frozen=True)
class DataFolder:
    """The files of one data folder. Everything the kit writes is under `root`."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "records.sqlite3"

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def content(self) -> Path:
        """The office's own banks, forms and lessons; an upgrade never touches it."""
        return self.root / "content"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Sockets and files of running processes; may be emptied when nothing runs."""
        return self.root / "run"

    @property
    def locales(self) -> Path:
        return self.root / "locales"

    @property
    def lab(self) -> Path:
        """The copy of the notebooks that JupyterLab opens."""
        return self.root / "lab"

    @property
    def jupyter(self) -> Path:
        """Our own kernelspec and Jupyter configuration, apart from the user's."""
        return self.root / "jupyter"
