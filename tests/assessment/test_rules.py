"""The rules of a form at work: deductions and floors, sections, critical errors, time, what a review waits for, calibration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from cps_training.assessment import attempt as core
from cps_training.assessment.calibration import calibration, ranges
from cps_training.assessment.regrading import regraded
from cps_training.assessment.scoring import result_of
from cps_training.content.rules import CertaintyScale, Rules
from cps_training.errors import AttemptError
from cps_training.items import item_from_json
from cps_training.items.multiple_choice import MultipleChoice
from tests.assessment.sittings import ITEMS, NINE, Sitting, rules

RIGHT, WRONG = {"choice": "b"}, {"choice": "a"}


def choice(name: str, **more: Any) -> MultipleChoice:
    """A multiple choice item of another id; b is right."""
    item = item_from_json(ITEMS["multiple_choice"].model_dump(mode="json") | {"id": name} | more)
    assert isinstance(item, MultipleChoice)
    return item


FIVE = [choice(f"item-{n}") for n in range(5)]


def answered(how: Rules, responses: list[dict[str, str] | None], **more: Any) -> Sitting:
    sitting = Sitting.of([*FIVE[: len(responses)]], how, **more)
    for item, response in zip(FIVE, responses, strict=False):
        if response is not None:
            sitting.answer(item, response)
    return sitting.finish()


# Points -----------------------------------------------------------------------------------------------------------


def test_a_wrong_choice_costs_and_a_blank_does_not() -> None:
    how = rules("exam", cut_score=0.5, deduction=0.5)
    assert answered(how, [RIGHT, RIGHT, WRONG, None]).result.points == 1.5
    assert answered(how, [RIGHT, RIGHT, None, None]).result.points == 2


def test_a_deduction_is_for_guesses_and_not_for_typed_answers() -> None:
    number = ITEMS["numeric"]
    sitting = Sitting.of([number, FIVE[0]], rules("exam", cut_score=0.5, deduction=0.5, floor=None))
    sitting.answer(number, {"number": 1, "typed": "1"}).answer(FIVE[0], WRONG).finish()
    assert sitting.result.points == -0.5


def test_an_honest_deferral_is_not_a_wrong_choice() -> None:
    item = choice("with-deferral", deferral={"credit": 0.25, "rationale": "ดีกว่าเดา"})
    sitting = Sitting.of([item], rules("exam", cut_score=0.5, deduction=0.5)).answer(item, {"choice": "defer"}).finish()
    assert sitting.result.points == 0.25


@pytest.mark.parametrize(("floor", "points"), [(0.0, 0), (-0.25, -1), (None, -2)])
def test_an_attempt_never_ends_below_its_floor(floor: float | None, points: float) -> None:
    how = rules("exam", cut_score=0.5, deduction=0.5, floor=floor)
    assert answered(how, [WRONG, WRONG, WRONG, WRONG]).result.points == points


def test_certainty_may_end_below_zero_unless_its_author_sets_a_floor() -> None:
    sitting = Sitting.of(FIVE[:2], rules("certainty"))
    sitting.answer(FIVE[0], WRONG, sure=3).answer(FIVE[1], WRONG, sure=2).finish()
    assert (sitting.result.points, sitting.result.maximum) == (-4, 6)
    floored = replace(sitting.attempt, rules=rules("certainty", floor=0))
    assert result_of(floored, sitting.items).points == 0


# Passing ----------------------------------------------------------------------------------------------------------

PARTS = {f"item-{n}": "one" if n < 3 else "two" for n in range(5)}
GATES = [
    {"section": "one", "title": {"th": "หนึ่ง"}, "must_pass": 0.6},
    {"section": "two", "title": {"th": "สอง"}, "must_pass": 1.0, "reading": ["cps.2.3"], "retry": ["x"]},
]


def test_a_section_that_must_be_passed_fails_the_whole() -> None:
    how = rules("exam", cut_score=0.6, sections=GATES)
    good = answered(how, [RIGHT, RIGHT, WRONG, RIGHT, RIGHT], sections=PARTS).result
    assert [(part.section, part.points, part.maximum, part.is_passed) for part in good.sections] == [
        ("one", 2, 3, True),
        ("two", 2, 2, True),
    ]
    assert good.is_passed is True
    sitting = answered(how, [RIGHT, RIGHT, WRONG, RIGHT, RIGHT], sections=PARTS)
    again = result_of(sitting.attempt, sitting.items, frozenset({"one"}))
    assert not any(part.is_made_good for part in again.sections), "what was passed needed nothing"
    bad = answered(how, [RIGHT, RIGHT, RIGHT, RIGHT, WRONG], sections=PARTS)
    assert bad.result.fraction == 0.8
    assert bad.result.is_passed is False, "four of five, but the second part is not whole"
    made_good = result_of(bad.attempt, bad.items, frozenset({"two"}))
    assert made_good.is_passed is True
    assert [part.is_made_good for part in made_good.sections] == [False, True]


def test_a_retry_makes_no_cut_score_good() -> None:
    low = answered(rules("exam", cut_score=0.8, sections=GATES), [RIGHT, RIGHT, WRONG, WRONG, WRONG], sections=PARTS)
    assert result_of(low.attempt, low.items, frozenset({"two"})).is_passed is False


def test_a_critical_error_fails_the_task_whatever_the_points() -> None:
    choices = [one | {"critical": one["id"] == "a"} for one in FIVE[0].model_dump(mode="json")["choices"]]
    grave = choice("grave", choices=choices)
    sitting = Sitting.of([*FIVE[:4], grave], rules("exam", cut_score=0.5))
    for item in FIVE[:4]:
        sitting.answer(item, RIGHT)
    assert sitting.result.is_passed is True
    sitting.answer(grave, {"choice": "a"})
    assert sitting.result.points == 4
    assert sitting.result.critical == ("ผู้สอบบัญชี",)
    assert sitting.result.is_passed is False
    sitting.answer(grave, {"choice": "c"})  # merely wrong, before the finish
    assert sitting.result.is_passed is True


def test_waiting_items_leave_it_open_only_where_they_can_change_it() -> None:
    essay = ITEMS["essay"]
    for n_right, is_passed in ((4, True), (3, None), (1, False)):
        sitting = Sitting.of([*FIVE[:4], essay], rules("exam", cut_score=0.75))
        for item in FIVE[:n_right]:
            sitting.answer(item, RIGHT)
        sitting.answer(essay, {"text": "…"}).finish()
        assert sitting.result.is_passed is is_passed, n_right


# Time -------------------------------------------------------------------------------------------------------------

TIMED = rules("exam", cut_score=0.5, time_limit={"minutes": 10, "grace_seconds": 30})


def refused(code: str) -> pytest.RaisesExc[AttemptError]:
    return pytest.raises(AttemptError, check=lambda error: error.code == code)


def test_time_is_decided_by_the_desk_with_a_grace_for_what_is_on_its_way() -> None:
    sitting = Sitting.of(FIVE, TIMED).wait(minutes=10, seconds=30).answer(FIVE[0], RIGHT)
    assert not sitting.attempt.as_of(sitting.now).is_finished
    sitting.wait(seconds=1)
    with refused("time-is-up"):
        sitting.answer(FIVE[1], RIGHT)
    over = sitting.attempt.as_of(sitting.now)
    assert over.finished_at == NINE + timedelta(minutes=10), "finished when the time was up, not when somebody looked"
    assert result_of(over, sitting.items).points == 1
    assert over.as_of(sitting.now) is over


def test_finishing_too_late_counts_what_was_stored_in_time() -> None:
    sitting = Sitting.of(FIVE, TIMED).answer(FIVE[0], RIGHT).wait(hours=3).finish()
    assert sitting.attempt.finished_at == NINE + timedelta(minutes=10)


def test_a_clock_set_back_gives_no_time() -> None:
    sitting = Sitting.of(FIVE, TIMED).wait(minutes=9).answer(FIVE[0], RIGHT)
    sitting.now = NINE - timedelta(days=1)
    sitting.answer(FIVE[1], RIGHT)  # nothing shows that the time is up
    sitting.now = NINE + timedelta(minutes=10, seconds=20)
    sitting.answer(FIVE[2], RIGHT)
    sitting.now = NINE + timedelta(minutes=10, seconds=31)
    assert sitting.attempt.is_over(sitting.now)
    late = replace(sitting.attempt, steps=(*sitting.attempt.steps, core.out_of_time(sitting.attempt)))
    assert late.as_of(NINE).is_finished
    sitting.attempt = replace(
        sitting.attempt, steps=(*sitting.attempt.steps, replace(sitting.attempt.steps[-1], seq=4, at=sitting.now))
    )
    assert sitting.attempt.is_over(NINE), "a step stored after the end shows that it had come"


# What a review waits for ------------------------------------------------------------------------------------------


def test_a_review_may_wait_for_passing() -> None:
    how = rules("exam", cut_score=0.8, review={"when": "passed"})
    assert answered(how, [WRONG] * 5).review == "score"
    assert answered(how, [RIGHT] * 5).review == "keys"


def test_a_review_may_wait_for_the_last_attempt() -> None:
    how = rules("exam", cut_score=0.8, review={"when": "last_attempt", "show": "reasons"}, attempts={"most": 2})
    assert answered(how, [WRONG] * 5, number=1).review == "score"
    assert answered(how, [WRONG] * 5, number=2).review == "reasons"
    assert answered(how, [RIGHT] * 5, number=1).review == "reasons", "nothing is left to try once it is passed"


def test_a_review_may_wait_for_a_day_of_office_time() -> None:
    how = rules("exam", cut_score=0.8, review={"since": date(2026, 11, 25)})
    sitting = answered(how, [WRONG] * 5)
    sitting.now = NINE.replace(day=24, hour=16, minute=59)  # 23:59 in Bangkok
    assert sitting.review == "score"
    sitting.wait(minutes=1)
    assert sitting.review == "keys"


# Certainty --------------------------------------------------------------------------------------------------------


def test_the_gentle_scale_pays_for_saying_what_one_believes() -> None:
    """1/2/3 and 0/−1/−3: 1 is best below a half, 2 up to two thirds, 3 above."""
    assert [high for _, high in ranges(CertaintyScale())] == pytest.approx([1 / 2, 2 / 3, 1])
    gardner_medwin = CertaintyScale(right=(1, 2, 3), wrong=(0, -2, -6))
    assert [high for _, high in ranges(gardner_medwin)] == pytest.approx([2 / 3, 4 / 5, 1]), "as he published it"


def test_calibration_says_who_was_too_sure_and_nothing_of_few_answers() -> None:
    items = [choice(f"c-{n}") for n in range(16)]
    sitting = Sitting.of(items, rules("certainty"))
    plan = [(3, RIGHT)] * 2 + [(3, WRONG)] * 4 + [(1, RIGHT)] * 6 + [(2, RIGHT), (2, WRONG), (2, RIGHT)] + [(2, WRONG)]
    for item, (sure, response) in zip(items, plan, strict=True):
        sitting.answer(item, response, sure=sure)
    table = {one.level: one for one in calibration(sitting.attempt, sitting.result)}
    assert [(one.n, one.n_right) for one in table.values()] == [(6, 6), (4, 2), (6, 2)]
    assert {level: one.finding for level, one in table.items()} == {1: "could_dare", 2: "fitting", 3: "too_sure"}
    few = Sitting.of(items[:2], rules("certainty")).answer(items[0], WRONG, sure=3).answer(items[1], WRONG, sure=3)
    assert {one.finding for one in calibration(few.attempt, few.result)} == {"too_few"}


# Regrading --------------------------------------------------------------------------------------------------------


def test_regrading_replays_what_was_answered_and_changes_nothing_by_itself() -> None:
    sitting = answered(rules("exam", cut_score=0.5), [WRONG, RIGHT, RIGHT, None, None])
    today = {item.id: item for item in FIVE} | {"item-0": choice("item-0", key="a")}
    again = regraded(sitting.attempt, sitting.items, today)
    assert again.versions == {"item-0": today["item-0"].version}
    assert (again.before.points, again.after.points) == (2, 3)
    assert (again.before.is_passed, again.after.is_passed) == (False, True)
    assert again.unreadable == ()
    kept, step = core.note(sitting.attempt, "regrade", {"versions": again.versions}, answer_id="regrade-1", at=NINE)
    assert (step.seq, kept.steps[:-1]) == (5, sitting.attempt.steps), "appended; every earlier step stays"
    assert kept.scored_version("item-0") == today["item-0"].version
    assert result_of(kept, today).points == 3
    assert not regraded(kept, today, today).is_change


def test_a_response_that_means_nothing_any_more_keeps_its_old_score() -> None:
    sitting = answered(rules("exam", cut_score=0.5), [RIGHT, RIGHT])
    choices = [one | {"id": one["id"].replace("b", "z")} for one in FIVE[0].model_dump(mode="json")["choices"]]
    today = {"item-0": choice("item-0", choices=choices, key="z"), "item-1": FIVE[1]}
    again = regraded(sitting.attempt, sitting.items, today)
    assert (again.unreadable, again.versions, again.after.points) == (("item-0",), {}, 2)


def test_what_left_the_bank_is_left_alone() -> None:
    sitting = answered(rules("exam", cut_score=0.5), [RIGHT, RIGHT])
    assert not regraded(sitting.attempt, sitting.items, {}).is_change


# What an author may not write -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"feedback": "practice", "penalty": 0.5}, "penalty"),
        ({"feedback": "tries", "deduction": 0.5}, "deduction"),
        ({"feedback": "survey", "cut_score": 0.5}, "survey"),
        ({"feedback": "practice", "review": {"show": "score"}}, "review"),
        ({"feedback": "exam", "review": {"when": "last_attempt"}, "cut_score": 0.5}, "attempts.most"),
        ({"feedback": "exam", "review": {"when": "passed"}}, "cut_score"),
        ({"feedback": "certainty", "certainty": {"wrong": [0, 0, -3]}}, "wrong"),
        ({"feedback": "certainty", "certainty": {"right": [3, 2, 1]}}, "right"),
        ({"feedback": "exam", "sections": [{"section": "a", "title": {"th": "ก"}, "reading": ["cps.1"]}]}, "must_pass"),
    ],
)
def test_rules_that_contradict_each_other_are_refused(said: dict[str, Any], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        Rules.model_validate(said)


def test_rules_are_kept_as_they_were_written() -> None:
    how = rules("exam", cut_score=0.6, time_limit={"minutes": 20}, attempts={"most": 2}, sections=GATES)
    assert Rules.model_validate(how.as_json()) == how
    assert Rules.model_validate(rules("certainty").as_json()).lowest is None
    assert Rules.model_validate(rules("certainty", floor=0).as_json()).lowest == 0
