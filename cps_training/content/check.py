"""The findings of a check as plain data, for `cps-training check --json` and for editors. Knows no printing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cps_training.content.library import Library
from cps_training.errors import Finding

_COUNTED = ("clauses", "items", "forms", "lessons", "cases", "rules")


def report(library: Library | None, findings: Iterable[Finding]) -> dict[str, Any]:
    """{"ok", "errors": [{"file", "line", "column", "message"}], "counts": {…}, "coverage": {clause: {…}}}.

    Files are relative to the content root; the office's begin with `content/`. Without a library the counts are 0.
    """
    errors = [
        {"file": finding.file, "line": finding.line, "column": finding.column, "message": finding.message}
        for finding in sorted(findings)
    ]
    return {
        "ok": library is not None and not errors,
        "errors": errors,
        "counts": library.counts() if library else dict.fromkeys(_COUNTED, 0),
        "coverage": library.coverage() if library else {},
    }
