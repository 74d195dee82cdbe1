"""The findings of a check as plain data, for `cps-training check --json` and for editors. Knows no printing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cps_training.content.library import Library
from cps_training.errors import Finding

_CODE = re.compile(r"\[(L\d\d)\] ")
_COUNTED = ("clauses", "items", "forms", "lessons", "cases", "rules")


def report(library: Library | None, findings: Iterable[Finding]) -> dict[str, Any]:
    """{"ok", "errors": [{"file", "line", "column", "message"}], "counts": {…}, "coverage": {clause: {…}}}.

    An error of the linter also has "code", the rule's, with which its message begins; a mistake with which nothing can be used
    has none.
    Files are relative to the content root; the office's begin with `content/`. Without a library the counts are 0.
    """
    errors = [
        {
            "file": finding.file,
            "line": finding.line,
            "column": finding.column,
            **_code_of(finding),
            "message": finding.message,
        }
        for finding in sorted(findings)
    ]
    return {
        "ok": library is not None and not errors,
        "errors": errors,
        "counts": library.counts() if library else dict.fromkeys(_COUNTED, 0),
        "coverage": library.coverage() if library else {},
    }


def _code_of(finding: Finding) -> dict[str, str]:
    found = _CODE.match(finding.message)
    return {"code": found[1]} if found else {}
