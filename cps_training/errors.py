"""Every refusal of the kit: where, what was found, what was expected, how to mend it. A leaf; imports nothing of ours.

`code` is stable and meant for scripts; `message` is Thai and meant for people (`%(name)s` values already filled in).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class KitError(Exception):
    """Base of all refusals. code: stable kebab-case word; message: Thai, with place, cause and remedy."""

    def __init__(self, code: str, message: str, *, place: str = "", details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.details = details or {}

    def as_json(self) -> dict[str, Any]:
        """{"code", "message", "place", …details} for --json outputs and messages of the desk."""
        return {"code": self.code, "message": self.message, "place": self.place, **self.details}


class ResponseError(KitError):
    """A response that does not have the form its item type expects (never shown as a wrong answer)."""


class AttemptError(KitError):
    """A step the attempt cannot take: finished, out of sequence, item not in it."""


class AccessError(KitError):
    """Not signed in, or not allowed to do this."""


class StoreError(KitError):
    """The records cannot be opened or written: read-only, full, newer, locked, on a network share."""


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake in a content file, sorted by place. line and column count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class ContentError(KitError):
    """Content that cannot be used; carries every finding at once."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("content", "\n".join(str(finding) for finding in findings))
