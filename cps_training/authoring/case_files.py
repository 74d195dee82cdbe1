"""A case as files of a folder: YAML as its author would have written it, tables, and notes for the trainer. Pure; writes nothing.

What is read back from these files is the same case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cps_training.authoring.yaml_block import scalar
from cps_training.content.cases.case import Case, CaseSource, ready
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.cases.model import CASE_FILE, EVIDENCE_FILE, NOTES_FILE, TABLES_FOLDER
from cps_training.content.cases.tables import SPEC_OF, write_table
from cps_training.content.texts import Bilingual

WIDEST = 110
"""What fits into one line of so many letters stands in one; a text in both languages always does."""
_IN_ONE_LINE = frozenset(("th", "en", "supports", "head", "given", "unless"))


def case_files(source: CaseSource, catalogue: Catalogue) -> dict[str, str]:
    """{path below the case's folder: text} of all its files. The tables begin with the byte order mark that Excel wants."""
    case = ready(source)
    return {
        CASE_FILE: _document(source.said.model_dump(exclude_unset=True), _heading(case)),
        EVIDENCE_FILE: _document(source.evidence.model_dump(exclude_unset=True), _heading(case)),
        NOTES_FILE: notes(case, catalogue),
        **{f"{TABLES_FOLDER}/{name}.csv": write_table(rows, SPEC_OF[name]) for name, rows in source.tables.items()},
    }


def notes(case: Case, catalogue: Catalogue) -> str:
    """Notes for the trainer from the case's keys alone, in Markdown: Thai, then the same in English."""
    said = case.said
    from_th = f" (แปรจาก {said.varied_from} ด้วยเลข {said.seed})" if said.varied_from else ""
    from_en = f" (varied from {said.varied_from} by seed {said.seed})" if said.varied_from else ""
    lines = [f"# {said.name.th}{from_th}", ""]
    if said.is_fictional:
        lines += ["เรื่องสมมติทั้งหมด ชื่อ สถานที่ และตัวเลขไม่ใช่ของจริง เกณฑ์ที่ใช้เป็นเกณฑ์จำลองเพื่อการฝึก", ""]
    if said.varied_from:
        lines += [f"วิธีใช้และคำถามชวนคุยอยู่ในบันทึกของ {said.varied_from}", ""]
    lines += ["## ปัญหาที่วางไว้ เรียงตามลำดับของผู้เชี่ยวชาญ", "", *_problems(case, catalogue, "th")]
    lines += ["", "## ข้อสรุปที่ชวนให้หลงทาง", "", *_herrings(case, catalogue, "th"), ""]
    lines += ["## In English", "", f"{said.name.text('en')}{from_en}", ""]
    if said.is_fictional:
        lines += ["All of it is fictional; thresholds are made up for training.", ""]
    lines += ["Planted problems in the expert's order:", "", *_problems(case, catalogue, "en")]
    lines += ["", "Tempting conclusions:", "", *_herrings(case, catalogue, "en"), ""]
    return "\n".join(lines)


def _problems(case: Case, catalogue: Catalogue, language: str) -> list[str]:
    found = []
    for problem in sorted(case.said.problems, key=lambda one: one.rank):
        proof = ", ".join(f"`{reference}`" for reference in case.evidence_for.get(problem.kind, ()))
        steps = ", ".join(_title(catalogue.steps, step, language) for step in problem.steps)
        words = ("หลักฐาน", "ขั้นต่อไป") if language == "th" else ("Proof", "Next")
        found += [f"{problem.rank}. **{problem.title.text(language)}** {problem.why.text(language)}"]
        found += [f"   - {words[0]}: {proof}", f"   - {words[1]}: {steps}"]
    return found


def _herrings(case: Case, catalogue: Catalogue, language: str) -> list[str]:
    return [
        f"- **{_title(catalogue.findings, red.kind, language)}** {red.why.text(language)}"
        for red in case.said.red_herrings
    ]


def _title(entries: Sequence[Any], entry_id: str, language: str) -> str:
    title: Bilingual | None = next((entry.title for entry in entries if entry.id == entry_id), None)
    return title.text(language) if title else entry_id


def _heading(case: Case) -> str:
    if case.said.varied_from is None:
        return ""
    return (
        f"# กรณีแปรจาก {case.said.varied_from} ด้วยเลข {case.said.seed} สร้างโดย cps-training case vary แก้ต่อได้ตามต้องการ\n"
    )


def _document(data: Mapping[str, Any], heading: str) -> str:
    return heading + "\n".join(_block(data)) + "\n"


def _block(data: Mapping[str, Any]) -> list[str]:
    """The lines of a mapping, without margin."""
    lines: list[str] = []
    for key, value in data.items():
        if value is None:
            continue
        name = scalar(key)
        if _is_short(value, len(name) + 2):
            lines.append(f"{name}: {_flow(value)}")
        elif isinstance(value, Mapping):
            lines += [f"{name}:", *(f"  {line}" for line in _block(value))]
        else:
            lines += [f"{name}:", *(f"  {line}" for entry in value for line in _entry(entry))]
    return lines


def _entry(value: Any) -> list[str]:
    if not isinstance(value, Mapping) or _is_short(value, 2):
        return [f"- {_flow(value)}"]
    first, *rest = _block(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _is_short(value: Any, before: int) -> bool:
    if isinstance(value, Mapping):
        if value and _IN_ONE_LINE.issuperset(value):
            return True
        if any(isinstance(one, Mapping) and not _IN_ONE_LINE.issuperset(one) for one in value.values()):
            return False
        return not value or before + len(_flow(value)) <= WIDEST
    if isinstance(value, list | tuple):
        return not any(isinstance(one, Mapping) for one in value) and (
            not value or before + len(_flow(value)) <= WIDEST
        )
    return True


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{scalar(key)}: {_flow(one)}" for key, one in value.items() if one is not None)
        return "{" + inner + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return value.isoformat() if isinstance(value, date) else scalar(value)
