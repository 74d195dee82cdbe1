"""What somebody hands in: what the model refuses, what a file may name, and its JSON Schema."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from cps_training.casework.response import BoardFinding, CaseResponse, unknown_in
from cps_training.casework.response_file import read_response
from cps_training.errors import ContentError
from tests.casework.officers import finding_of, good, response
from tests.casework.small_case import shipped_catalogue, small_case

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "docs" / "tools"))
import case_response  # noqa: E402

CASE, CATALOGUE = small_case(), shipped_catalogue()
CLAUSES = ("docs.4", "docs.6", "practice.5", "practice.6")


def test_a_finding_needs_a_kind_or_words():
    with pytest.raises(ValidationError, match="ต้องมี kind หรือ words"):
        BoardFinding(id="a", words="   ")
    assert BoardFinding(id="a", words=" หนี้ค้าง ").words == "หนี้ค้าง"


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        (({"id": "a", "kind": "stock-short"}, {"id": "a", "words": "อีกเรื่อง"}), "findings มีรหัสซ้ำ: a"),
        (({"id": "a", "kind": "stock-short"}, {"id": "b", "kind": "stock-short"}), "kind ของ findings มีรหัสซ้ำ"),
        (({"id": "a", "words": "x", "evidence": ("p:1", "p:1")},), "evidence มีรหัสซ้ำ"),
        (({"id": "a", "words": "x", "clauses": ("docs.1", "docs.2", "docs.3", "docs.4")},), "at most 3"),
        (({"id": "a", "words": "x", "severity": 6},), "less than or equal to 5"),
    ],
)
def test_what_cannot_be_meant_is_refused(findings, message):
    with pytest.raises(ValidationError, match=message):
        CaseResponse(case="suan-lek", findings=findings)


def test_a_rank_is_as_stated_else_the_place_and_ties_may_be():
    given = response(
        CASE,
        {"id": "a", "kind": "stock-short", "rank": 2},
        {"id": "b", "kind": "no-cash-counts"},
        {"id": "c", "words": "อื่น", "rank": 1},
    )
    assert given.ranks == {"a": 2, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, None),
        ({"kind": "no-such-kind"}, "kind: no-such-kind"),
        ({"partner": "stop-new-borrowing"}, "partner: stop-new-borrowing"),
        ({"evidence": ("minutes-june:2", "minutes-june:1")}, "evidence: minutes-june:1"),  # a heading
        ({"evidence": ("minutes-june:99",)}, "evidence: minutes-june:99"),
        ({"evidence": ("figure:happiness",)}, "evidence: figure:happiness"),
    ],
)
def test_what_is_not_there_is_named(changed, said):
    finding = BoardFinding(**finding_of(CASE, CASE.said.problems[0]) | changed)
    assert unknown_in(finding, CASE, CATALOGUE) == said


# A file ---------------------------------------------------------------------------------------------------------------

GOOD = """\
case: suan-lek
findings:
  - id: limit
    kind: borrowing-over-limit
    evidence: [limit-letter:2, figure:borrow_to_limit_pct]
    clauses: [docs.4]
    step: stop-new-borrowing
"""


def read(tmp_path, text):
    path = tmp_path / "response.yaml"
    path.write_text(text, "utf-8")
    return read_response(path, CASE, CATALOGUE, CLAUSES.__contains__)


def test_a_file_gives_what_it_says(tmp_path):
    [finding] = read(tmp_path, GOOD).findings
    assert finding.evidence == ("limit-letter:2", "figure:borrow_to_limit_pct")
    assert (finding.clauses, finding.cause, finding.severity) == (("docs.4",), None, None)


def test_json_is_a_response_file_too(tmp_path):
    assert read(tmp_path, good(CASE).model_dump_json(indent=1)) == good(CASE)


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("suan-lek", "thung-sathit", "1:7", "ไฟล์นี้ตอบกรณี thung-sathit แต่กำลังตรวจกรณี suan-lek"),
        ("borrowing-over-limit", "borrowing-over-limits", "4:11", "ใกล้ที่สุดคือ borrowing-over-limit"),
        ("limit-letter:2", "limit-leter:2", "5:16", "ใกล้ที่สุดคือ limit-letter:2"),
        ("docs.4", "docs.44", "6:15", "คู่มือไม่มีข้อ docs.44"),
        ("stop-new-borrowing", "stop-borrowing", "7:11", "ใกล้ที่สุดคือ stop-new-borrowing"),
        ("    step:", "    stepp:", "7:5", "stepp"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path, old, new, place, message):
    with pytest.raises(ContentError) as refused:
        read(tmp_path, GOOD.replace(old, new))
    [finding] = refused.value.findings
    assert f"{finding.line}:{finding.column}" == place
    assert message in finding.message


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path):
    with pytest.raises(ContentError) as refused:
        read(tmp_path, GOOD.replace("docs.4", "docs.44").replace("limit-letter:2", "x:1").replace("stop-new", "stop"))
    assert [finding.line for finding in refused.value.findings] == [5, 6, 7]


# The schema -----------------------------------------------------------------------------------------------------------


def test_the_schema_in_the_reference_is_that_of_the_model():
    assert (ROOT / case_response.FILE).read_text("utf-8") == case_response.text(), (
        "write it with docs/tools/case_response.py"
    )


def test_the_schema_accepts_a_response_and_refuses_a_broken_one():
    schema = Draft202012Validator(case_response.schema())
    fine = json.loads(good(CASE).model_dump_json(exclude_defaults=True))
    assert list(schema.iter_errors(fine)) == []
    for broken in (
        fine | {"case": "Not An Id"},
        fine | {"finding": []},
        fine | {"findings": [{"id": "a", "kind": "x", "severity": 9}]},
        fine | {"findings": [{"id": "a", "kind": "x", "evidence": ["no colon"]}]},
    ):
        assert not schema.is_valid(broken), broken
