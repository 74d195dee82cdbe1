"""Messages about case studies: the list, opening one, each step of work, words looked up. Knows no store, key or widget."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from cps_training.desk.wire import AnswerId, Message, Word


class Cases(Message):
    """The cases there are, and where the asker stands with each. Value: see cases.cases."""

    op: Literal["cases"] = "cases"


class OpenCase(Message):
    """The asker's work on a case, begun when there is none. Value: {"case": CaseView, "work": WorkView}.

    fresh: begin again when the last one was handed in. Errors: unknown-case."""

    op: Literal["open_case"] = "open_case"
    case_id: Word
    fresh: bool = False


class TakeCaseStep(Message):
    """One step of work, see casework.work.CaseStep. Value: WorkView; sent only after COMMIT.

    Errors: those of casework.work.take; a refused out-of-sequence or already-submitted carries "work": WorkView in the error."""

    op: Literal["take_case_step"] = "take_case_step"
    work_id: Word
    kind: Word
    detail: dict[str, Any]
    answer_id: AnswerId
    expect_seq: int | None = None


class MatchFinding(Message):
    """Which findings of the catalogue a finding in one's own words may be. Value: {"rows": [{"kind", "words", "share"}]}."""

    op: Literal["match_finding"] = "match_finding"
    text: Annotated[str, Field(max_length=300)]


CaseRequest = Cases | OpenCase | TakeCaseStep | MatchFinding
CASE_WRITES = ("open_case", "take_case_step")
