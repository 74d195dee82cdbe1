"""What a board is worth: every rule of docs/reference/case-scoring.md on a small case, figures worked out by hand."""

from __future__ import annotations

import math

import pytest

from cps_training.casework.marking import is_related
from cps_training.casework.scoring import CaseScore, score
from tests.casework.officers import (
    accuser_of_everything,
    critical_step,
    finding_of,
    good,
    good_findings,
    response,
    taker_of_red_herrings,
)
from tests.casework.small_case import shipped_catalogue, small_case

CASE, CATALOGUE = small_case(), shipped_catalogue()
LIMIT, COUNTS, MINUTES = "borrowing-over-limit", "no-cash-counts", "minutes-not-sent"  # severities 5, 3, 2


def scored(*findings: dict) -> CaseScore:
    return score(CASE, CATALOGUE, response(CASE, *findings))


def only(kind: str, **changed) -> CaseScore:
    """A good board on which one finding is changed."""
    return scored(*(one | changed if one["kind"] == kind else one for one in good_findings(CASE)))


def codes(result: CaseScore) -> list[str]:
    return [why.code for why in result.why_not_passed]


# The officers ---------------------------------------------------------------------------------------------------------


def test_everything_found_proved_and_ordered_is_worth_all():
    result = score(CASE, CATALOGUE, good(CASE))
    assert result.score == pytest.approx(1)
    assert result.passed
    assert result.found == (LIMIT, COUNTS, MINUTES)
    assert (result.precision, result.recall, result.documentary, result.clauses, result.ranking_tau) == (1, 1, 1, 1, 1)
    assert (result.missed, result.false_alarms, result.why_not_passed) == ((), (), ())


def test_accusing_of_everything_is_worth_little_however_right_the_rest_is():
    result = score(CASE, CATALOGUE, accuser_of_everything(CASE, CATALOGUE))
    assert result.missed == ()
    assert result.score <= 0.4
    assert not result.passed


def test_finding_everything_does_not_make_good_for_every_red_herring():
    result = score(CASE, CATALOGUE, taker_of_red_herrings(CASE))
    assert result.score == pytest.approx(math.sqrt(10 / 18))
    assert result.red_herring_score == 0
    assert result.red_herrings_taken == result.false_alarms == ("profitable-so-sound", "drought-explains-arrears")
    assert codes(result) == ["red-herrings-taken"]


def test_nothing_handed_in_is_worth_nothing_and_said_kindly():
    result = scored()
    assert (result.score, result.passed, result.missed) == (0, False, (LIMIT, COUNTS, MINUTES))
    assert codes(result) == ["nothing-handed-in"]
    assert "เริ่มจากเอกสารเพียงหนึ่งฉบับ" in result.why_not_passed[0].said
    assert result.as_json()["evidence"] == {"precision": None, "recall": None}


def test_one_critical_step_fails_and_leaves_the_score_as_it_is():
    result = score(CASE, CATALOGUE, critical_step(CASE, CATALOGUE))
    assert result.score == score(CASE, CATALOGUE, good(CASE)).score
    assert not result.passed
    assert codes(result) == ["critical-error"]
    [error] = result.critical_errors
    assert (error.finding, error.choice_in, error.choice) == ("note", "step", "settle-quietly")
    assert "เจ้าหน้าที่ไม่มีอำนาจปิดเรื่อง" in error.why.th


def test_a_critical_step_on_a_planted_problem_costs_the_step_too():
    assert only(MINUTES, step="backdate-papers").score == pytest.approx(1 - 0.08 * 2 / 10)
    assert not only(MINUTES, step="backdate-papers").passed


# Found, missed, wrongly accused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("missed", "worth"), [(LIMIT, 0.5), (COUNTS, 0.7), (MINUTES, 0.8)])
def test_what_is_missed_costs_by_its_severity(missed, worth):
    result = scored(*(one for one in good_findings(CASE) if one["kind"] != missed))
    assert result.missed == (missed,)
    assert result.score == pytest.approx(worth)


def test_less_than_half_of_the_severity_found_is_not_passed():
    result = scored(finding_of(CASE, CASE.problem_of[COUNTS]))
    assert codes(result) == ["too-little-found", "score-too-low"]
    assert codes(scored(finding_of(CASE, CASE.problem_of[LIMIT]))) == ["score-too-low"]  # 5 of 10: half is enough


def test_naming_alone_is_worth_two_fifths():
    # found 0.40; nothing attached and nothing chosen; the order of the list is the expert's: 0.05
    assert scored(*({"id": kind, "kind": kind} for kind in (LIMIT, COUNTS, MINUTES))).score == pytest.approx(0.45)


@pytest.mark.parametrize(("kind", "weight"), [("stock-short", 3), ("profitable-so-sound", 4)])
def test_a_false_alarm_costs_little_and_a_red_herring_a_little_more(kind, weight):
    result = scored(*good_findings(CASE), {"id": "extra", "kind": kind})
    assert result.false_alarms == (kind,)
    assert result.score == pytest.approx(math.sqrt(10 / (10 + weight)))


def test_half_of_the_red_herrings_may_be_taken():
    result = scored(*good_findings(CASE), {"id": "extra", "kind": "profitable-so-sound"})
    assert result.red_herring_score == 0.5
    assert result.passed


def test_what_is_tolerated_and_what_is_unmatched_counts_neither_way():
    result = scored(
        *good_findings(CASE),
        {"id": "defended", "kind": "arrears-rising"},
        {"id": "own", "words": "น้ำท่วมห้องประชุม"},
        {"id": "gone", "kind": "no-longer-in-the-catalogue"},
    )
    assert result.score == pytest.approx(1)
    assert (result.tolerated, result.unmatched, result.false_alarms) == (("arrears-rising",), ("own", "gone"), ())


# The parts of a finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("evidence", "precision", "recall", "is_documented"),
    [
        ((), 0, 0, False),
        (("minutes-june:4",), 1, 1 / 3, True),
        (("talk-with-members:1",), 1, 1 / 3, False),
        (("minutes-june:4", "minutes-june:6"), 1 / 2, 1 / 3, True),
        (("minutes-june:6", "figure:cash_and_bank"), 0, 0, False),
        (("minutes-june:4", "count-sheet:1", "talk-with-members:1"), 1, 1, True),
    ],
)
def test_evidence_is_precise_complete_and_on_paper(evidence, precision, recall, is_documented):
    result = only(COUNTS, evidence=evidence)
    marks = result.marks[COUNTS]
    assert (marks.precision, marks.recall, marks.is_documented) == (precision, pytest.approx(recall), is_documented)
    f1 = 2 * precision * recall / (precision + recall) if precision else 0
    assert result.score == pytest.approx(1 - 3 / 10 * (0.15 * (1 - f1) + 0.05 * (not is_documented)))
    assert result.precision == pytest.approx((7 + 3 * precision) / 10)
    assert result.recall == pytest.approx((7 + 3 * recall) / 10)
    assert result.documentary == (1 if is_documented else 0.7)


def test_three_pieces_are_enough_and_more_cost_nothing():
    every = CASE.evidence_for[LIMIT]
    assert len(every) == 6
    assert only(LIMIT, evidence=every).score == only(LIMIT, evidence=every[:3]).score == pytest.approx(1)
    assert only(LIMIT, evidence=every[:2]).marks[LIMIT].recall == pytest.approx(2 / 3)


def test_a_figure_of_the_accounts_is_evidence_and_a_document():
    marks = only(LIMIT, evidence=("figure:borrow_to_limit_pct", "figure:net_profit")).marks[LIMIT]
    assert (marks.supporting, marks.precision, marks.is_documented) == (("figure:borrow_to_limit_pct",), 0.5, True)


@pytest.mark.parametrize(
    ("chosen", "counts", "share"),
    [
        (("practice.6",), "practice.6", 1),
        (("practice.12",), "practice.12", 1),
        (("km.1", "docs.1", "practice.5"), "practice.5", 1),
        (("practice.6.1",), "practice.6.1", 0.5),
        (("practice.6.1", "practice.6"), "practice.6", 1),
        (("practice.60",), None, 0),
        ((), None, 0),
    ],
)
def test_any_accepted_clause_is_right_and_one_above_or_below_half_right(chosen, counts, share):
    result = only(COUNTS, clauses=chosen)
    assert (result.marks[COUNTS].clause, result.marks[COUNTS].clause_share) == (counts, share)
    assert result.clauses == pytest.approx((7 + 3 * share) / 10)
    assert result.score == pytest.approx(1 - 0.12 * (1 - share) * 3 / 10)


def test_two_clauses_beside_one_another_are_not_related():
    assert is_related("practice.19", "practice.19.4")
    assert is_related("practice.8.1", "practice.8")
    assert not is_related("practice.19.1", "practice.19.3")
    assert not is_related("docs.2", "prep.2")


@pytest.mark.parametrize(
    ("changed", "cost"),
    [
        ({"cause": "bad-luck"}, 0.06),
        ({"cause": "rules-not-followed"}, 0),  # accepted, though not the expert's best
        ({"partner": "centre"}, 0.06),
        ({"step": "watch-only"}, 0.08),
        ({"step": None}, 0.08),
        ({"severity": 4}, 0.03 / 4),
        ({"severity": 1}, 0.03),
        ({"severity": None}, 0.03),
    ],
)
def test_cause_partner_step_and_severity_cost_their_weight(changed, cost):
    assert only(LIMIT, **changed).score == pytest.approx(1 - cost * 5 / 10)


# Order ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranks", "tau", "order"),
    [((1, 2, 3), 1, 1), ((3, 2, 1), -1, 0), ((2, 1, 3), 1 / 3, 2 / 3), ((1, 1, 1), None, 0.5)],
)
def test_the_order_is_worth_a_twentieth(ranks, tau, order):
    findings = [one | {"rank": rank} for one, rank in zip(good_findings(CASE), ranks, strict=True)]
    result = scored(*findings)
    assert result.ranking_tau == (tau if tau is None else pytest.approx(tau))
    assert result.score == pytest.approx(0.95 + 0.05 * order)


def test_without_ranks_the_place_in_the_list_is_the_order():
    assert scored(*(one | {"rank": None} for one in reversed(good_findings(CASE)))).ranking_tau == pytest.approx(-1)


def test_one_problem_alone_cannot_be_ordered_wrongly():
    result = scored(finding_of(CASE, CASE.problem_of[LIMIT]))
    assert result.ranking_tau is None
    assert result.score == pytest.approx(0.5)


# What scripts get -----------------------------------------------------------------------------------------------------


def test_the_json_has_the_promised_keys_and_no_endless_fractions():
    said = only(COUNTS, evidence=("minutes-june:4",), clauses=("practice.6.1",)).as_json()
    promised = [
        "score",
        "found",
        "missed",
        "false_alarms",
        "evidence",
        "clauses",
        "ranking_tau",
        "critical_errors",
        "passed",
    ]
    assert list(said)[: len(promised)] == promised
    assert said["evidence"] == {"precision": 1.0, "recall": 0.8}
    assert (said["clauses"], said["passed"]) == (0.85, True)
    assert said["score"] == round(said["score"], 4)
