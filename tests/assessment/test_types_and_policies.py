"""Every item type under every feedback policy, read as sittings: what a learner is told after each step."""

from __future__ import annotations

import pytest

from cps_training.errors import AttemptError
from cps_training.items import ItemBase
from tests.assessment.sittings import ITEMS, Sitting, rules

SCORED = {name: item for name, item in ITEMS.items() if item.is_scored and not item.needs_rubric}
every_scored = pytest.mark.parametrize("item", SCORED.values(), ids=SCORED)
every_type = pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)


def refused(code: str) -> pytest.RaisesExc[AttemptError]:
    return pytest.raises(AttemptError, check=lambda error: error.code == code)


@every_scored
def test_practice_tells_at_once_and_takes_each_item_once(item: ItemBase) -> None:
    sitting = Sitting.of([item], rules("practice"))
    assert sitting.told(item) is None
    sitting.answer(item, sitting.wrong(item))
    told = sitting.told(item)
    assert told is not None
    assert (told["verdict"], told["fraction"]) == ("wrong", 0)
    assert told["explanation"]
    with refused("already-answered"):
        sitting.answer(item, sitting.right(item))
    with refused("blank-answer"):
        Sitting.of([item], rules("practice")).answer(item, None)
    praised = Sitting.of([item], rules("practice"))
    told = praised.answer(item, praised.right(item)).told(item)
    assert told is not None
    assert told["verdict"] == "right"
    assert {line["mark"] for line in told["options"].values()} <= {"right", ""}


@every_scored
def test_exam_tells_nothing_until_it_is_finished_and_the_last_answer_stands(item: ItemBase) -> None:
    sitting = Sitting.of([item], rules("exam", cut_score=0.6))
    sitting.answer(item, sitting.wrong(item)).answer(item, sitting.right(item)).answer(item, None)
    sitting.answer(item, sitting.right(item))
    assert sitting.told(item) is None
    assert sitting.hinted(item) is None
    assert len(sitting.attempt.steps) == 4
    sitting.finish()
    told = sitting.told(item)
    assert told is not None
    assert told["verdict"] == "right"
    assert (sitting.result.points, sitting.result.maximum, sitting.result.is_passed) == (1, 1, True)
    with refused("attempt-finished"):
        sitting.answer(item, sitting.wrong(item))


@every_scored
def test_an_exam_left_blank_is_blank_and_not_wrong(item: ItemBase) -> None:
    told = Sitting.of([item], rules("exam", cut_score=0.6)).finish().told(item)
    assert told is not None
    assert (told["verdict"], told["fraction"], told["points"]) == ("blank", 0, 0)
    assert not [line for line in told["options"].values() if line["mark"] == "wrong"]


@every_scored
def test_tries_hint_after_each_wrong_one_and_tell_all_after_the_last(item: ItemBase) -> None:
    sitting = Sitting.of([item], rules("tries", penalty=0.25))
    n_tries = len(item.hints) + 1
    for used in range(1, n_tries):
        sitting.answer(item, sitting.wrong(item, seed=used))
        hinted = sitting.hinted(item)
        assert sitting.told(item) is None, "the key is told after the last try only"
        assert hinted is not None
        assert hinted["hint"] == item.said(item.hints[used - 1], None, sitting.attempt.disguise(item.id))
        assert (hinted["n_left"], hinted["most"]) == (n_tries - used, 1 - 0.25 * used)
    sitting.answer(item, sitting.right(item))
    told = sitting.told(item)
    assert told is not None
    assert sitting.hinted(item) is None
    assert told["fraction"] == pytest.approx(1 - 0.25 * (n_tries - 1))
    with refused("already-answered"):
        sitting.answer(item, sitting.wrong(item))


def test_the_same_wrong_answer_uses_up_no_try_and_a_right_one_ends_them() -> None:
    item = ITEMS["multiple_choice"]
    sitting = Sitting.of([item], rules("tries"))
    sitting.answer(item, {"choice": "a"})
    with refused("same-answer"):
        sitting.answer(item, {"choice": "a"})
    with refused("blank-answer"):
        sitting.answer(item, None)
    sitting.answer(item, {"choice": "c"})
    told = sitting.told(item)
    assert told is not None
    assert (told["verdict"], told["fraction"]) == ("wrong", 0), "two tries: one hint"


def test_another_try_never_loses_what_one_had() -> None:
    item = ITEMS["evidence_marking"]  # cash weighs 2, copy 1
    sitting = Sitting.of([item], rules("tries", penalty=0.5)).answer(item, {"choices": ["cash"]})
    assert sitting.result.points == pytest.approx(2 / 3)
    hinted = sitting.hinted(item)
    assert hinted is not None
    assert hinted["verdict"] == "partly"
    sitting.answer(item, {"choices": ["cash", "copy"]})  # all of it, for half
    assert sitting.result.points == pytest.approx(2 / 3)


@every_scored
@pytest.mark.parametrize(("sure", "right", "wrong"), [(1, 1, 0), (2, 2, -1), (3, 3, -3)])
def test_certainty_pays_by_how_sure_one_was(item: ItemBase, sure: int, right: float, wrong: float) -> None:
    how = rules("certainty")
    good, bad = Sitting.of([item], how), Sitting.of([item], how)
    with refused("no-certainty"):
        good.answer(item, good.right(item))
    good.answer(item, good.right(item), sure=sure)
    bad.answer(item, bad.wrong(item), sure=sure)
    assert (good.result.points, bad.result.points) == (right, wrong)
    assert good.result.maximum == 3
    assert good.told(item) is not None, "told at once, as in practice"
    with refused("already-answered"):
        bad.answer(item, bad.right(item), sure=3)


@every_type
def test_a_survey_never_judges_and_may_change_until_it_is_sent(item: ItemBase) -> None:
    sitting = Sitting.of([item], rules("survey"))
    some = sitting.right(item)
    sitting.answer(item, some).answer(item, None).answer(item, some)
    assert sitting.told(item) is None
    sitting.finish()
    assert sitting.told(item) is None
    assert (sitting.result.maximum, sitting.result.n_answered, sitting.result.is_passed) == (0, 1, None)
    assert sitting.result.n_waiting == 0


@pytest.mark.parametrize("feedback", ["practice", "exam", "tries", "certainty"])
def test_an_essay_waits_and_then_counts_as_it_was_marked(feedback: str) -> None:
    item, other = ITEMS["essay"], ITEMS["multiple_choice"]
    sitting = Sitting.of([item, other], rules(feedback, cut_score=0.75))
    sure = 1 if feedback == "certainty" else None
    sitting.answer(item, {"text": "ให้นับเงินสดทุกสิ้นเดือน"}, sure=sure)
    sitting.answer(other, {"choice": "b"}, sure=3 if sure else None).finish()
    told = sitting.told(item)
    assert told is not None
    assert (told["verdict"], told["fraction"], told["mark"]) == ("waiting", None, None)
    assert sitting.result.n_waiting == 1
    assert sitting.result.is_passed is None
    sitting.mark(item, {"clear": "some", "problem": "full"})
    told = sitting.told(item)
    assert told is not None
    assert told["verdict"] == "partly"
    assert told["mark"]["comment"] == "อ่านแล้ว"
    assert [level["points"] for level in told["mark"]["levels"]] == [1, 1]
    assert sitting.result.n_waiting == 0
    if feedback != "certainty":
        assert sitting.result.points == pytest.approx(1 + 2 / 3)
        assert sitting.result.is_passed is True
    sitting.mark(item, {"clear": "none", "problem": "none"})  # a second opinion replaces the first
    assert sitting.result.is_passed is False


@pytest.mark.parametrize("feedback", ["practice", "exam", "tries", "certainty"])
def test_an_opinion_never_counts_for_or_against(feedback: str) -> None:
    likert, choice = ITEMS["likert"], ITEMS["multiple_choice"]
    sitting = Sitting.of([likert, choice], rules(feedback, cut_score=1.0))
    sure = 3 if feedback == "certainty" else None
    sitting.answer(likert, {"choice": "1"}, sure=sure).answer(choice, {"choice": "b"}, sure=sure).finish()
    assert sitting.result.is_passed is True
    told = sitting.told(likert)
    assert told is not None
    assert (told["verdict"], told["options"]) == ("noted", {})


@every_scored
def test_only_released_items_are_told_of(item: ItemBase) -> None:
    other = ITEMS["ordering" if item.type != "ordering" else "numeric"]
    sitting = Sitting.of([item, other], rules("practice"))
    sitting.answer(item, sitting.wrong(item))
    assert sitting.told(other) is None


REVIEWS = {
    "score": None,
    "verdicts": {"verdict"},
    "reasons": {"verdict", "own"},
    "keys": {"verdict", "own", "key"},
}


@every_scored
@pytest.mark.parametrize("level", REVIEWS)
def test_a_review_shows_as_much_as_the_form_says(item: ItemBase, level: str) -> None:
    sitting = Sitting.of([item], rules("exam", cut_score=0.6, review={"show": level}))
    sitting.answer(item, sitting.wrong(item)).finish()
    told = sitting.told(item)
    if level == "score":
        assert told is None
        assert sitting.result.points == 0
        return
    assert told is not None
    assert told["verdict"] == "wrong"
    key = item.summary(sitting.right(item))
    if level == "keys":
        assert told["explanation"]
        assert told["correct"] is not None
        return
    assert not told["explanation"]
    assert not told["headline"]
    assert told["correct"] is None
    assert told["correct_text"] == ""
    assert all(line["taken"] and not line["right"] for line in told["options"].values())
    assert "missed" not in {line["mark"] for line in told["options"].values()}
    if level == "verdicts":
        assert told["options"] == {}
    assert key not in str(told)


def test_a_right_first_try_ends_the_tries() -> None:
    item = ITEMS["multiple_choice"]
    sitting = Sitting.of([item], rules("tries")).answer(item, {"choice": "b"})
    assert sitting.hinted(item) is None
    told = sitting.told(item)
    assert told is not None
    assert (told["verdict"], told["fraction"]) == ("right", 1)
    with refused("already-answered"):
        sitting.answer(item, {"choice": "a"})


@pytest.mark.parametrize("kind", ["matching", "categorise", "ordering", "cloze"])
def test_reasons_that_would_tell_the_place_stay_back_with_the_key(kind: str) -> None:
    item = ITEMS[kind]
    sitting = Sitting.of([item], rules("exam", cut_score=0.6, review={"show": "reasons"}))
    told = sitting.answer(item, sitting.wrong(item)).finish().told(item)
    assert told is not None
    assert told["options"]
    assert {line["rationale"] for line in told["options"].values() if line["mark"] == "wrong"} == {""}
    all_told = Sitting.of([item], rules("exam", cut_score=0.6))
    everything = all_told.answer(item, sitting.wrong(item)).finish().told(item)
    assert everything is not None
    assert all(line["rationale"] for line in everything["options"].values())
