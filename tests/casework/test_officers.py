"""Officers over every case that ships: the good one passes, the accuser, the credulous, the silent and the reckless do not."""

from __future__ import annotations

import pytest

from cps_training.casework.comparing import comparison
from cps_training.casework.scoring import score
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from tests.casework.officers import accuser_of_everything, critical_step, good, response, taker_of_red_herrings


@pytest.fixture
def catalogue(library) -> Catalogue:
    return library.catalogue


@pytest.fixture(params=list("ABCDEF"))
def case(library, request) -> Case:
    """Each case that ships, by its letter."""
    return next(one for one in library.cases.values() if one.said.letter == request.param)


def test_the_good_officer_passes_with_at_least_nine_tenths(case, catalogue):
    result = score(case, catalogue, good(case))
    assert result.score >= 0.9
    assert result.passed, result.why_not_passed
    assert result.missed == ()


def test_who_accuses_of_everything_keeps_at_most_two_fifths(case, catalogue):
    result = score(case, catalogue, accuser_of_everything(case, catalogue))
    assert result.missed == ()
    assert result.score <= 0.4
    assert not result.passed


def test_who_takes_every_red_herring_fails_with_everything_found(case, catalogue):
    result = score(case, catalogue, taker_of_red_herrings(case))
    assert result.missed == ()
    assert "red-herrings-taken" in [why.code for why in result.why_not_passed]
    assert not result.passed


def test_who_submits_nothing_has_nothing(case, catalogue):
    result = score(case, catalogue, response(case))
    assert (result.score, [why.code for why in result.why_not_passed]) == (0, ["nothing-handed-in"])


def test_one_critical_step_fails_the_good_officer(case, catalogue):
    result = score(case, catalogue, critical_step(case, catalogue))
    assert result.score >= 0.9
    assert [why.code for why in result.why_not_passed] == ["critical-error"]


def test_one_ordinary_slip_costs_a_few_points_only(case, catalogue):
    planted = {*case.problem_of, *(red.kind for red in case.said.red_herrings), *case.said.tolerated}
    wrong = next(kind for kind in catalogue.ids("findings") if kind not in planted)
    slipped = response(case, *(one.model_dump() for one in good(case).findings), {"id": "slip", "kind": wrong})
    assert 0.03 < score(case, catalogue, good(case)).score - score(case, catalogue, slipped).score < 0.08


def test_every_problem_can_be_proved_and_the_comparison_shows_it(case, catalogue):
    given = good(case)
    told = comparison(case, catalogue, given, score(case, catalogue, given))
    assert [one["kind"] for one in told["problems"]] == [finding.kind for finding in given.findings]
    for problem in told["problems"]:
        assert sum(one["is_mine"] for one in problem["evidence"]) == min(3, len(problem["evidence"]))
        assert any(one["is_document"] for one in problem["evidence"])
        assert problem["mine"]["beside_the_point"] == []
