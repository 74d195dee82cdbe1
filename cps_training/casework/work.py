"""Somebody's work on a case as a frozen list of steps; board, marks and story are derived from it. Pure: time and ids are passed in.

Value in, value and step out: `take(work, case, kind, detail, …) -> (Work, CaseStep)`. A step is never changed or removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import ValidationError

from cps_training.casework.response import MOST_EVIDENCE, MOST_FINDINGS, BoardFinding, CaseResponse, unknown_in
from cps_training.clock import require_aware
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.model import Branch, Consultation, Fork
from cps_training.errors import AttemptError

CaseStepKind = Literal["mark", "put", "drop", "order", "consult", "submit", "choose"]
KINDS: tuple[str, ...] = get_args(CaseStepKind)
MOST_STEPS = 3000
"""Far more than anybody needs; a page gone wild ends here."""

Detail = Mapping[str, Any]


@dataclass(frozen=True)
class CaseStep:
    """One thing that was done. seq counts from 1 without gaps; answer_id is the intent's own id, unique everywhere. at: UTC.

    mark: {"reference", "on"}. put: {"finding": BoardFinding}. drop: {"finding": id}. order: {"findings": [id]}. consult: {"question",
    "group"}. submit: {}. choose: {"fork", "branch"}.
    """

    seq: int
    kind: CaseStepKind
    answer_id: str
    at: datetime
    detail: dict[str, Any]


@dataclass(frozen=True)
class Work:
    """One person's work on one version of a case. number counts how often they have begun it."""

    work_id: str
    person_id: str
    case_id: str
    version: str
    number: int
    started_at: datetime
    steps: tuple[CaseStep, ...] = ()

    @property
    def seq(self) -> int:
        return self.steps[-1].seq if self.steps else 0

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """References of what is marked as evidence, in the order of marking."""
        found: dict[str, None] = {}
        for step in self._of("mark"):
            found.pop(step.detail["reference"], None)
            if step.detail["on"]:
                found[step.detail["reference"]] = None
        return tuple(found)

    @cached_property
    def findings(self) -> tuple[BoardFinding, ...]:
        """The board, in its order."""
        board: dict[str, BoardFinding] = {}
        for step in self.steps:
            if step.kind == "put":
                finding = BoardFinding.model_validate_json(step.detail["finding"])
                board[finding.id] = finding
            elif step.kind == "drop":
                board.pop(step.detail["finding"], None)
            elif step.kind == "order":
                board = {key: board[key] for key in step.detail["findings"]}
        return tuple(board.values())

    @property
    def response(self) -> CaseResponse:
        """What is handed in, or would be now."""
        return CaseResponse(case=self.case_id, version=self.version, findings=self.findings)

    @cached_property
    def submitted_at(self) -> datetime | None:
        return next((step.at for step in self._of("submit")), None)

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @cached_property
    def consulted(self) -> dict[str, tuple[str, ...]]:
        """Groups asked so far, by question."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self._of("consult"):
            question = step.detail["question"]
            found[question] = (*found.get(question, ()), step.detail["group"])
        return found

    @cached_property
    def chosen(self) -> tuple[tuple[str, str], ...]:
        """(fork, branch) in the order of the story."""
        return tuple((step.detail["fork"], step.detail["branch"]) for step in self._of("choose"))

    def _of(self, kind: str) -> tuple[CaseStep, ...]:
        return tuple(step for step in self.steps if step.kind == kind)


def next_fork(work: Work, case: Case) -> Fork | None:
    """The decision the story waits for; None before submission and at its end."""
    story = case.said.follow_up
    if story is None or not work.is_submitted:
        return None
    if not work.chosen:
        return story.forks[0]
    wanted = branch_of(case, *work.chosen[-1]).next
    return next((fork for fork in story.forks if fork.id == wanted), None)


def branch_of(case: Case, fork_id: str, branch_id: str) -> Branch:
    """A branch of the follow-up. Raises KeyError for one that is not there."""
    for fork in case.said.follow_up.forks if case.said.follow_up else ():
        for branch in fork.branches:
            if (fork.id, branch.id) == (fork_id, branch_id):
                return branch
    raise KeyError(f"{fork_id}.{branch_id}")


def take(
    work: Work,
    case: Case,
    catalogue: Catalogue,
    kind: str,
    detail: Detail,
    *,
    answer_id: str,
    at: datetime,
    expect_seq: int | None = None,
) -> tuple[Work, CaseStep]:
    """The work after one more step. The same answer_id again gives what it gave before.

    Raises AttemptError: out-of-sequence (somebody went on elsewhere), already-submitted, not-yet, bad-step, too-many-steps.
    """
    known = next((step for step in work.steps if step.answer_id == answer_id), None)
    if known is not None:
        return work, known
    if expect_seq is not None and expect_seq != work.seq:
        raise AttemptError("out-of-sequence", "มีการทำต่อจากหน้าต่างอื่นแล้ว แสดงงานที่บันทึกไว้ล่าสุด")
    if work.seq >= MOST_STEPS:
        raise AttemptError("too-many-steps", "งานนี้มีการแก้ไขมากเกินกว่าที่เก็บได้ โปรดส่งงาน แล้วเริ่มทำใหม่อีกครั้ง")
    reader = _READERS.get(kind)
    if reader is None:
        raise _bad(f"kind {kind!r}")
    if work.is_submitted != (kind == "choose"):
        if work.is_submitted:
            raise AttemptError("already-submitted", "งานนี้ส่งแล้ว แก้ไขไม่ได้ เริ่มทำใหม่ได้จากหน้าผล")
        raise AttemptError("not-yet", "ดูเรื่องต่อจากนี้ได้หลังส่งงาน")
    kept = reader(work, case, catalogue, detail)
    step = CaseStep(work.seq + 1, kind, answer_id, require_aware(at), kept)  # type: ignore[arg-type]  # a reader's name
    return replace(work, steps=(*work.steps, step)), step


# What each kind of step keeps ----------------------------------------------------------------------------------


def _mark(work: Work, case: Case, _: Catalogue, detail: Detail) -> dict[str, Any]:
    reference, is_on = detail.get("reference"), detail.get("on")
    if not isinstance(reference, str) or not isinstance(is_on, bool) or not case.knows(reference):
        raise _bad("mark")
    if is_on and len(work.marks) >= MOST_EVIDENCE:
        raise AttemptError("too-many-marks", "แนบหลักฐานไว้มากเกินกว่าที่เก็บได้ โปรดเอาบางแห่งออกก่อน")
    return {"reference": reference, "on": is_on}


def _put(work: Work, case: Case, catalogue: Catalogue, detail: Detail) -> dict[str, Any]:
    try:
        finding = BoardFinding.model_validate(detail.get("finding"))
    except ValidationError as error:
        raise _bad(f"finding: {error.errors()[0]['msg']}") from error
    if lost := unknown_in(finding, case, catalogue):
        raise _bad(lost)
    others = [one for one in work.findings if one.id != finding.id]
    if finding.kind is not None and any(one.kind == finding.kind for one in others):
        raise AttemptError("twice-on-board", "ข้อค้นพบนี้อยู่บนกระดานแล้ว โปรดแก้ไขข้อเดิม")
    if len(others) >= MOST_FINDINGS:
        raise AttemptError("board-full", "กระดานเต็มแล้ว โปรดเอาบางข้อออกก่อน")
    return {"finding": finding.model_dump_json(exclude_defaults=True)}


def _drop(work: Work, _case: Case, _catalogue: Catalogue, detail: Detail) -> dict[str, Any]:
    if detail.get("finding") not in {one.id for one in work.findings}:
        raise _bad("drop")
    return {"finding": detail["finding"]}


def _order(work: Work, _case: Case, _catalogue: Catalogue, detail: Detail) -> dict[str, Any]:
    wanted = detail.get("findings")
    if not isinstance(wanted, list | tuple) or sorted(map(str, wanted)) != sorted(one.id for one in work.findings):
        raise _bad("order")
    return {"findings": [str(one) for one in wanted]}


def _consult(work: Work, case: Case, catalogue: Catalogue, detail: Detail) -> dict[str, Any]:
    asked = consultation_of(case, str(detail.get("question")))
    group = str(detail.get("group"))
    if asked is None or group not in {one.id for one in catalogue.partners if one.sends_on}:
        raise _bad("consult")
    if group in work.consulted.get(asked.id, ()) or asked.right in work.consulted.get(asked.id, ()):
        raise AttemptError("asked-already", "ถามกลุ่มนี้ หรือได้คำตอบของเรื่องนี้แล้ว")
    return {"question": asked.id, "group": group}


def _submit(_work: Work, _case: Case, _catalogue: Catalogue, _detail: Detail) -> dict[str, Any]:
    return {}


def _choose(work: Work, case: Case, _: Catalogue, detail: Detail) -> dict[str, Any]:
    fork = next_fork(work, case)
    if fork is None or detail.get("fork") != fork.id:
        raise AttemptError("out-of-sequence", "ทางแยกนี้เลือกไปแล้ว แสดงเรื่องที่บันทึกไว้ล่าสุด")
    if detail.get("branch") not in {branch.id for branch in fork.branches}:
        raise _bad("choose")
    return {"fork": fork.id, "branch": detail["branch"]}


_READERS = {
    "mark": _mark,
    "put": _put,
    "drop": _drop,
    "order": _order,
    "consult": _consult,
    "submit": _submit,
    "choose": _choose,
}


def consultation_of(case: Case, question_id: str) -> Consultation | None:
    """A question of the consultation drill."""
    return next((one for one in case.said.consultations if one.id == question_id), None)


def _bad(what: str) -> AttemptError:
    return AttemptError("bad-step", f"ข้อมูลที่ส่งมาไม่ตรงกับกรณีนี้ ({what}) โปรดโหลดหน้านี้ใหม่")
