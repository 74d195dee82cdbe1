"""Which content files there are. Knows folders and names only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cps_training.errors import Finding


def yaml_files(root: Path, folder: str, shown_prefix: str, findings: list[Finding]) -> Iterator[tuple[Path, str]]:
    """(path, shown_as) of `root/folder/*.yaml` by name; a `.yml` or an unreadable folder becomes a finding."""
    for path, shown_as in _entries(root, folder, shown_prefix, findings):
        if path.suffix == ".yaml":
            yield path, shown_as
        elif path.suffix.lower() in (".yml", ".yaml"):
            findings.append(Finding(shown_as, 1, 1, f"ไฟล์นี้ไม่ถูกอ่าน ให้เปลี่ยนชื่อเป็น {path.stem}.yaml"))


def notebook_files(root: Path, folder: str, shown_prefix: str, findings: list[Finding]) -> Iterator[tuple[Path, str]]:
    """(path, shown_as) of `root/folder/*.ipynb` by name."""
    for path, shown_as in _entries(root, folder, shown_prefix, findings):
        if path.suffix == ".ipynb":
            yield path, shown_as


def stray_files(
    root: Path, read: set[Path], shown_prefix: str, folders: tuple[str, ...], findings: list[Finding]
) -> None:
    """Report content files under an office's folder that nothing reads: a misplaced file must not fail silently."""
    reported = {finding.file for finding in findings}
    where = ", ".join(folders)
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        shown_as = shown_prefix + relative.as_posix()
        is_hidden = any(part.startswith(".") for part in relative.parts)
        is_content = path.suffix.lower() in (".yaml", ".yml", ".ipynb")
        if is_content and not is_hidden and path not in read and shown_as not in reported:
            message = f"ไฟล์นี้ไม่ถูกอ่าน ชุดฝึกอ่านเฉพาะ .yaml และ .ipynb ใน {where} ให้ย้ายไปไว้ในโฟลเดอร์ที่ตรงกับเนื้อหา"
            findings.append(Finding(shown_as, 1, 1, message))


def _entries(root: Path, folder: str, shown_prefix: str, findings: list[Finding]) -> list[tuple[Path, str]]:
    place = root / folder
    try:
        paths = sorted(path for path in place.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.append(Finding(f"{shown_prefix}{folder}", 1, 1, f"เปิดโฟลเดอร์ไม่ได้ ({reason}) ให้ตรวจสิทธิ์การอ่าน"))
        return []
    return [(path, f"{shown_prefix}{folder}/{path.name}") for path in paths]
