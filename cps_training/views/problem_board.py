"""The board of findings: name a problem, attach what proves it, say clause, cause, severity, partner and next step, put them in order.

Must not know which findings are right, nor how words are matched: what is offered arrives ready, what is done goes out as a Save.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import CATALOGUE_ID, REFERENCE, Saving, Shape, distinct, is_text, like, maybe

LONGEST_WORDS = 300
MOST_FINDINGS = 80
MOST_EVIDENCE = 200
MOST_CLAUSES = 3

_FINDING = like(r"[a-z0-9-]{1,40}")
_NEW = like(r"f[0-9a-f]{8}")
_CLAUSE = like(r"[a-z]{1,20}(?:\.[0-9]{1,3}){1,3}")
_WORDS = is_text(LONGEST_WORDS)

_PARTS: Shape = {
    "id": _FINDING,
    "kind": maybe(CATALOGUE_ID),
    "words": _WORDS,
    "evidence": distinct(REFERENCE, MOST_EVIDENCE),
    "clauses": distinct(_CLAUSE, MOST_CLAUSES),
    "cause": maybe(CATALOGUE_ID),
    "severity": maybe(lambda value: type(value) is int and 1 <= value <= 5),
    "partner": maybe(CATALOGUE_ID),
    "step": maybe(CATALOGUE_ID),
}


def _is_finding(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) == set(_PARTS)
        and all(fits(value[name]) for name, fits in _PARTS.items())
        and (value["kind"] is not None or value["words"].strip() != "")
    )


class ProblemBoard(Saving):
    """findings, in their order: [{id, kind, title, words, evidence: [{reference, text, source, is_document}], clauses: [{id, label,
    title}], cause, severity, partner, step: {value, label} | None each, missing: [str]}]. title: of its kind, or its own words.
    marked: [{reference, text, source, is_document}]: what may be attached.
    options: {themes: [{label, options: [{value, label}]}], causes, partners, steps, severities: [{value, label}], clauses: [{label,
    options: [{value, label}]}]}.
    matches: the answer to a `match`: {send_id, text, rows: [{kind, title, words: [str]}], none: what is said above the rows when there are none}.
    submit: {label, note, confirm: {text, yes, no}, disabled} | None: it was handed in, the board is only looked at.
    editing: what is open at first: "" | "new" | a finding's id. store: under this name the browser keeps, until its tab is closed, what
    is being written: one may go and mark a line meanwhile.
    labels: see static/problem_board.js and static/_board_form.js.
    Saves: match {text}, put {finding}, order {findings: [ids]}, drop {finding: id}, submit {}.
    """

    stem: ClassVar[str] = "problem_board"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_board_fields", "_board_form")
    saves: ClassVar[Mapping[str, Shape]] = {
        "match": {"text": _WORDS},
        "put": {"finding": _is_finding},
        "order": {"findings": distinct(_FINDING, MOST_FINDINGS)},
        "drop": {"finding": _FINDING},
        "submit": {},
    }

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    findings = t.List().tag(sync=True)
    marked = t.List().tag(sync=True)
    options = t.Dict().tag(sync=True)
    matches = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    submit = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    editing = t.Unicode().tag(sync=True)
    store = t.Unicode().tag(sync=True)

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:
        if self.submit is None:
            return False
        ids = [finding["id"] for finding in self.findings]
        if kind == "put":
            return self._may_put(detail["finding"])
        if kind == "order":
            return sorted(detail["findings"]) == sorted(ids)
        if kind == "drop":
            return detail["finding"] in ids
        if kind == "submit":
            return not self.submit["disabled"]
        return detail["text"].strip() != ""

    def _may_put(self, finding: Mapping[str, Any]) -> bool:
        """Whether every choice was offered: by the options and the marks, or by what the finding holds already."""
        old = next((one for one in self.findings if one["id"] == finding["id"]), None)
        if old is None and (not _NEW(finding["id"]) or len(self.findings) >= MOST_FINDINGS):
            return False
        others = {one["kind"] for one in self.findings if one is not old and one["kind"]}
        if finding["kind"] in others:
            return False
        offered = {
            "kind": _grouped(self.options.get("themes", ())),
            "cause": _values(self.options.get("causes", ())),
            "severity": _values(self.options.get("severities", ())),
            "partner": _values(self.options.get("partners", ())),
            "step": _values(self.options.get("steps", ())),
        }
        clauses, evidence = _grouped(self.options.get("clauses", ())), {mark["reference"] for mark in self.marked}
        if old is not None:
            clauses |= {clause["id"] for clause in old["clauses"]}
            evidence |= {mark["reference"] for mark in old["evidence"]}
        return (
            all(finding[name] is None or finding[name] in values for name, values in offered.items())
            and clauses.issuperset(finding["clauses"])
            and evidence.issuperset(finding["evidence"])
        )


def _values(options: Iterable[Mapping[str, Any]]) -> set[Any]:
    return {option["value"] for option in options}


def _grouped(groups: Iterable[Mapping[str, Any]]) -> set[Any]:
    return {value for group in groups for value in _values(group["options"])}
