"""A small sound content tree in memory, written out with one thing changed at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SECTIONS = """\
sections:
  - id: cps
    title: {th: ระบบ CPS, en: CPS}
    label: {th: "ข้อ {n} ของระบบ CPS", en: "CPS {n}"}
    page_start: 7
    page_end: 10
    teachable: 2
  - id: km
    title: {th: การจัดการความรู้, en: Knowledge}
    page_start: 10
    teachable: 7
"""

CPS = """\
section: cps
clauses:
  - id: cps.2
    kind: heading
    title: {th: ปฏิทิน, en: Calendar}
    summary: สรุปของหัวข้อ
  - id: cps.2.10
    kind: clause
    title: {th: ขออนุญาต, en: Permission}
    summary: สรุปของข้อสิบ
    objective: {th: ทำได้, en: Can do}
    bloom: apply
    related: [cps.2.3, km.4]
  - id: cps.2.3
    kind: clause
    title: {th: ปฏิทินสองแบบ, en: Both calendars}
    summary: สรุปของข้อสาม
    objective: {th: บอกได้, en: Can say}
    bloom: remember
    notes: [หมายเหตุหนึ่ง]
"""

BANK = """\
bank: cps
title: {th: คลังข้อ, en: Bank}
items:
  - id: first-item
    type: multiple_choice
    clauses: [cps.2.3]
    bloom: apply
    evidence: H
    stem: โจทย์ข้อหนึ่ง
    choices:
      - {id: a, text: ก, rationale: เพราะ ก}
      - {id: b, text: ข, rationale: เพราะ ข}
      - {id: c, text: ค, rationale: เพราะ ค}
    key: b
    headline: หัวข้อ
    explanation: อธิบาย
  - id: second-item
    type: ordering
    clauses: [cps.2.10]
    bloom: analyze
    evidence: S
    stem: โจทย์ข้อสอง
    entries:
      - {id: visit, text: ไป, rationale: กลาง}
      - {id: ask, text: ขอ, rationale: แรก}
      - {id: report, text: รายงาน, rationale: ท้าย}
    key: [ask, visit, report]
    headline: หัวข้อ
    explanation: อธิบาย
"""

FORM = """\
form: practice
title: {th: ชุดฝึก, en: Practice}
description: {th: ลองทำ, en: Try}
feedback: practice
shuffle: true
minutes: 10
items: [first-item, second-item]
"""

CONTEXT = """\
units:
  - id: preface.0
    title: {th: คำนำ, en: Preface}
    summary: ทำไมจึงมีคู่มือนี้
  - id: cps.0
    section: cps
    title: {th: รู้จักระบบ}
    summary: ระบบนี้คืออะไร
    notes: [อ่านได้สองทาง]
"""

GLOSSARY = """\
terms:
  - id: cooperative
    th: สหกรณ์
    en: cooperative
    variants: [สภรณ์, สทกรณ์]
    see: [cps.2.3, cps.2]
  - id: auditor
    th: ผู้สอบบัญชี
    en: auditor
    note: {th: ได้รับแต่งตั้ง, en: appointed}
    note_status: unverified
spellings:
  - {word: ร่วมวางแผน, variants: [รวมวางแผน]}
"""

CALENDAR = """\
fiscal_year: 2566
days:
  - date: 2023-07-28
    name: {th: วันเฉลิมฯ, en: Birthday}
    kind: holiday
    source: ประกาศ
    status: verified
    verified_by: ผู้จัดทำ
  - date: 2023-05-17
    name: {th: วันพืชมงคล, en: Ploughing Day}
    kind: holiday
    source: ข่าว
    status: unverified
"""

PARAMETERS = """\
parameters:
  - id: meeting-days
    value: 90
    unit: {th: วัน, en: days}
    title: {th: ประชุมครั้งแรกภายใน, en: First meeting within}
    source: {th: คู่มือ, en: Handbook}
    status: verified
    clauses: [cps.2.3]
  - id: deadline
    value: 2023-07-14
    title: {th: ส่งรายงาน, en: Send the report}
    source: {th: คู่มือ, en: Handbook}
    status: unverified
"""


def notebook_text(metadata: object, *sources: object) -> str:
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": ["# บทเรียน"]}]
    cells += [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    notebook = {"cells": cells, "metadata": {"cps": metadata}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


LESSON_METADATA: dict[str, Any] = {
    "lesson": "cycle",
    "number": 5,
    "title": {"th": "วงจร", "en": "Cycle"},
    "minutes": 25,
    "clauses": ["cps.2", "cps.2.3"],
    "checkpoints": ["first-item"],
}
LESSON = notebook_text(
    LESSON_METADATA,
    ["from cps_training import apps\n", 'session = apps.open_session(lesson="cycle")'],
    'apps.checkpoint(session, "first-item")',
)

TREE: dict[str, str] = {
    "data/handbook/sections.yaml": SECTIONS,
    "data/handbook/cps.yaml": CPS,
    "data/handbook/context.yaml": CONTEXT,
    "data/handbook/glossary.yaml": GLOSSARY,
    "data/calendar/fy2566.yaml": CALENDAR,
    "data/parameters.yaml": PARAMETERS,
    "quizzes/banks/cps.yaml": BANK,
    "quizzes/forms/practice.yaml": FORM,
    "notebooks/lessons/05_cycle.ipynb": LESSON,
}

Write = Callable[..., Path]


@pytest.fixture
def tree() -> dict[str, str]:
    """The sound tree: file → text."""
    return dict(TREE)


@pytest.fixture
def lesson_text() -> Callable[..., str]:
    """A lesson notebook: metadata fields to change (None removes one), then the sources of its code cells."""

    def make(changes: dict[str, object], *sources: object) -> str:
        metadata = {name: value for name, value in {**LESSON_METADATA, **changes}.items() if value is not None}
        return notebook_text(metadata, *sources)

    return make


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a tree (file → text or bytes) under a new folder of tmp_path and return the folder."""

    def write_tree(files: dict[str, str | bytes], name: str = "shipped") -> Path:
        root = tmp_path / name
        root.mkdir(exist_ok=True)
        for relative, text in files.items():
            path = root / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        return root

    return write_tree
