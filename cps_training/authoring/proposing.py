"""Changes of bank files before they are made: checked as if they stood there, then written whole or not at all.

Works on files, as the rest of this package does not: `Banks` reads those of one content root, `check` looks at a copy of that root
with the changes in it, `write` puts every file in its place in one step each. Knows no spreadsheet and no terminal.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cps_training.content import banks
from cps_training.content.banks import Bank
from cps_training.content.gathering import OFFICE_PREFIX
from cps_training.content.library import check_library
from cps_training.content.loading import read_model
from cps_training.content.yaml_source import Location, parse
from cps_training.errors import Finding, KitError

CONTENT = ("data", "quizzes", "notebooks")


@dataclass(frozen=True)
class Root:
    """Where an author writes: what ships, or the office's own folder beside it."""

    shipped: Path
    office: Path | None
    is_office: bool

    @property
    def path(self) -> Path:
        path = self.office if self.is_office else self.shipped
        assert path is not None
        return path

    @property
    def prefix(self) -> str:
        """Stands before the names of files in findings."""
        return OFFICE_PREFIX if self.is_office else ""


@dataclass(frozen=True)
class BankFile:
    """A bank as it is now. text: to the byte, line ends too; bank: None where the file has mistakes."""

    path: Path
    shown_as: str
    text: str
    bank: Bank | None
    is_editable: bool


@dataclass(frozen=True)
class Change:
    """before: the text that was read, None for a new file; shown_as: the file's name in findings."""

    path: Path
    shown_as: str
    before: str | None
    after: str


def bank_files(root: Root) -> dict[str, BankFile]:
    """Every readable bank by its id, of both roots; only those of `root` may be edited. The office's win."""
    found: dict[str, BankFile] = {}
    roots = [(root.shipped, False), *([(root.office, True)] if root.office else [])]
    for path, is_office in roots:
        for file in sorted((path / banks.FOLDER).glob("*.yaml")):
            shown_as = f"{OFFICE_PREFIX if is_office else ''}{banks.FOLDER}/{file.name}"
            read = read_model(file, Bank, shown_as=shown_as)
            data = read.source.data
            name = data.get("bank") if isinstance(data, dict) else None
            if isinstance(name, str):
                text = file.read_bytes().decode("utf-8")
                found[name] = BankFile(file, shown_as, text, read.value, is_office == root.is_office)
    return found


def new_file(root: Root, bank: str) -> tuple[Path, str]:
    """Path and shown name of a new bank. Raises KitError when the file is there already."""
    path = root.path / banks.FOLDER / f"{bank}.yaml"
    if path.exists():
        raise KitError("file-exists", f"มีไฟล์ {path} อยู่แล้ว แต่ไม่ใช่คลัง {bank} โปรดใช้รหัสคลังอื่น", place=str(path))
    return path, f"{root.prefix}{banks.FOLDER}/{path.name}"


def check(root: Root, changes: Sequence[Change]) -> list[Finding]:
    """What the checks and the linter find once the changes are made and did not find before. Nothing of the root is touched."""
    with tempfile.TemporaryDirectory(prefix="cps-draft-") as folder:
        draft = Path(folder) / "content"
        for name in CONTENT:
            if (root.path / name).is_dir():
                shutil.copytree(root.path / name, draft / name)
        draft.mkdir(exist_ok=True)
        for change in changes:
            path = draft / change.path.relative_to(root.path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(change.after.encode("utf-8"))
        shipped, office = (root.shipped, draft) if root.is_office else (draft, root.office)
        after = check_library(shipped, office, is_linted=True)[1]
    if not after:
        return []
    before = [(one.file, one.message) for one in check_library(root.shipped, root.office, is_linted=True)[1]]
    fresh = []
    for finding in after:
        if (finding.file, finding.message) in before:
            before.remove((finding.file, finding.message))
        else:
            fresh.append(finding)
    return fresh


def location_of(change: Change, finding: Finding) -> Location:
    """What in the changed file a finding speaks of; () for the file as a whole."""
    source = parse(change.after.removeprefix("\ufeff"))
    place = (finding.line, finding.column)
    for places in (source.keys, source.values):
        found = [location for location, where in places.items() if where == place]
        if found:
            return max(found, key=len)
    return ()


def holds(change: Change, name: str) -> Bank:
    """The bank a changed file holds, read as any other. Raises KitError bank-not-written where it is not sound."""
    source = parse(change.after.removeprefix("\ufeff"))
    try:
        if source.problems:
            raise ValueError(source.problems[0].message)
        return Bank.model_validate(source.data)
    except ValueError as error:
        text = f"เขียน {name} ให้ตรงทุกตัวอักษรไม่ได้ จึงไม่เขียน ({error}) โปรดแก้ไฟล์นั้นเอง"
        raise KitError("bank-not-written", text, place=name) from error


def write(changes: Iterable[Change]) -> None:
    """Put every file in its place, all or none. Raises KitError file-changed when somebody else wrote one meanwhile."""
    done: list[Change] = []
    changes = list(changes)
    for change in changes:
        if _present(change.path) != change.before:
            text = f"ไฟล์ {change.path} ถูกแก้ระหว่างนี้ จึงยังไม่เขียน โปรดลองใหม่"
            raise KitError("file-changed", text, place=str(change.path))
    try:
        for change in changes:
            _replace(change.path, change.after)
            done.append(change)
    except BaseException:
        for change in done:
            if change.before is None:
                change.path.unlink()
            else:
                _replace(change.path, change.before)
        raise


def _present(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8") if path.exists() else None


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".partial", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(partial, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
