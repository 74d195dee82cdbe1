"""A response file (YAML or JSON) → a response that fits its case, or every mistake at its place. Knows no score.

What one field may hold the model says; here: whether what it names is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cps_training.casework.response import BoardFinding, CaseResponse
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.loading import read_model
from cps_training.content.yaml_source import Location
from cps_training.errors import ContentError
from cps_training.thai_text import nearest

_LISTED = (("kind", "findings"), ("cause", "causes"), ("partner", "partners"), ("step", "steps"))


def read_response(path: Path, case: Case, catalogue: Catalogue, knows_clause: Callable[[str], bool]) -> CaseResponse:
    """The response to this case in a file. Raises ContentError with every mistake, each at its line and column."""
    read = read_model(path, CaseResponse, shown_as=str(path))
    if read.value is not None:
        if read.value.case != case.id:
            read.report(("case",), f"ไฟล์นี้ตอบกรณี {read.value.case} แต่กำลังตรวจกรณี {case.id} ให้แก้ case หรือเลือกกรณีให้ตรง")
        else:
            for number, finding in enumerate(read.value.findings):
                for at, message in _unknown(finding, case, catalogue, knows_clause):
                    read.report(("findings", number, *at), message)
    if read.findings or read.value is None:
        raise ContentError(tuple(sorted(read.findings)))
    return read.value


def _unknown(
    finding: BoardFinding, case: Case, catalogue: Catalogue, knows_clause: Callable[[str], bool]
) -> Iterator[tuple[Location, str]]:
    for field, listed in _LISTED:
        value, ids = getattr(finding, field), catalogue.ids(listed)
        if value is not None and value not in ids:
            near = nearest(value, ids)
            hint = f"ใกล้ที่สุดคือ {near}" if near else f"รหัสที่ใช้ได้อยู่ในหัวข้อ {listed} ของ catalogue.yaml"
            yield (field,), f"ไม่รู้จัก “{value}” {hint}"
    for index, reference in enumerate(finding.evidence):
        if not case.knows(reference):
            yield ("evidence", index), _no_such_evidence(reference, case)
    for index, clause in enumerate(finding.clauses):
        if not knows_clause(clause):
            yield ("clauses", index), f"คู่มือไม่มีข้อ {clause} ให้แก้เลขข้อ"


def _no_such_evidence(reference: str, case: Case) -> str:
    known = (*case.line_of, *(f"figure:{name}" for name in case.figure_names))
    near = nearest(reference, known)
    hint = f" ใกล้ที่สุดคือ {near}" if near else ""
    return f"กรณีนี้ไม่มีหลักฐาน “{reference}”{hint} ให้อ้างเป็น เอกสาร:บรรทัด (ไม่ใช่บรรทัดหัวเรื่อง) หรือ figure:ชื่อตัวเลข"
