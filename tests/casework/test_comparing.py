"""The expert's path beside the learner's: what is told after handing in."""

from __future__ import annotations

import json

from cps_training.casework.comparing import comparison
from cps_training.casework.scoring import score
from tests.casework.officers import finding_of, response
from tests.casework.small_case import shipped_catalogue, small_case

CASE, CATALOGUE = small_case(), shipped_catalogue()


def compared(*findings):
    given = response(CASE, *findings)
    return comparison(CASE, CATALOGUE, given, score(CASE, CATALOGUE, given))


def test_every_planted_problem_is_told_in_the_experts_order_missed_ones_too():
    told = compared(finding_of(CASE, CASE.problem_of["no-cash-counts"]))
    assert [one["kind"] for one in told["problems"]] == ["borrowing-over-limit", "no-cash-counts", "minutes-not-sent"]
    assert [one["mine"] is None for one in told["problems"]] == [True, False, True]
    first = told["problems"][0]
    assert (first["severity"], first["rank"], first["clauses"]) == (5, 1, ["docs.4"])
    assert first["steps"] == ["stop-new-borrowing", "agenda-and-letter"]
    assert first["title"] == {"th": "กู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ", "en": "Borrowing above the approved limit"}


def test_evidence_lies_side_by_side():
    told = compared(
        finding_of(CASE, CASE.problem_of["no-cash-counts"])
        | {"evidence": ("count-sheet:1", "minutes-june:6", "figure:cash_and_bank")}
    )
    problem = told["problems"][1]
    assert {one["reference"]: one["is_mine"] for one in problem["evidence"]} == {
        "minutes-june:4": False,
        "count-sheet:1": True,
        "talk-with-members:1": False,
    }
    assert problem["evidence"][2]["is_document"] is False
    assert problem["evidence"][1]["line"]["th"] == "วันที่ตรวจนับ 31 มี.ค. 2565"
    assert problem["evidence"][1]["paper"]["en"] == "The latest cash-count sheet"
    assert [one["reference"] for one in problem["mine"]["beside_the_point"]] == [
        "minutes-june:6",
        "figure:cash_and_bank",
    ]
    assert problem["mine"]["marks"]["precision"] == 0.3333
    assert told["problems"][0]["evidence"][-1] == {
        "reference": "figure:borrow_to_limit_pct",
        "is_document": True,
        "paper": None,
        "line": None,
        "is_mine": False,
    }


def test_a_wrong_accusation_is_told_with_its_why():
    told = compared(
        {"id": "a", "kind": "profitable-so-sound"},
        {"id": "b", "kind": "stock-short"},
        {"id": "c", "kind": "arrears-rising"},
        {"id": "d", "words": "อย่างอื่น", "step": "hold-the-cash"},
    )
    red, other = told["false_alarms"]
    assert (red["finding"]["id"], red["is_red_herring"]) == ("a", True)
    assert red["why"]["en"] == "The profit did grow, but that mends no limit."
    assert (other["finding"]["id"], other["is_red_herring"]) == ("b", False)
    assert "ยังไม่พอที่จะสรุปเช่นนั้น" in other["why"]["th"]
    assert other["why"]["en"]
    assert [one["finding"]["id"] for one in told["tolerated"]] == ["c"]
    assert [one["id"] for one in told["unmatched"]] == ["d"]
    assert [one["choice"] for one in told["critical_errors"]] == ["hold-the-cash"]


def test_evidence_that_is_gone_does_not_break_an_old_board_and_all_of_it_is_json():
    told = compared(finding_of(CASE, CASE.said.problems[0]) | {"evidence": ("lost-paper:3", "limit-letter:2")})
    assert told["problems"][0]["mine"]["beside_the_point"] == []
    assert json.loads(json.dumps(told)) == told
