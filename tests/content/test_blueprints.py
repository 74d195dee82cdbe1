"""Forms drawn from a blueprint: the counts hold, the seed decides, and parallel forms share nothing and are as hard."""

from __future__ import annotations

import math
import statistics
from random import Random

import pytest

from cps_training.content.blueprints import Blueprint, BlueprintRow, Drawn, TooFewItemsError, draw, mean_facility
from cps_training.items.base import ItemBase
from cps_training.items.multiple_choice import MultipleChoice

LEVELS = ("remember", "understand", "apply", "analyze")
DIFFICULTIES = ("easy", "medium", "hard")


def bank(n: int, seed: int = 1) -> dict[str, ItemBase]:
    """An invented bank of n items over twelve clauses, uneven in level and difficulty."""
    chance = Random(seed)
    plain = MultipleChoice.example().model_dump(mode="json")
    items = {}
    for number in range(n):
        clause = f"{chance.choice(['cps', 'km', 'docs', 'practice'])}.{chance.randint(1, 3)}"
        more = {"bloom": chance.choice(LEVELS), "difficulty": chance.choice(DIFFICULTIES), "clauses": [clause]}
        items[f"item-{number}"] = MultipleChoice.model_validate(plain | {"id": f"item-{number}"} | more)
    return items


BANK = bank(320)
BLUEPRINT = Blueprint(
    seed=1,
    rows=(
        BlueprintRow(clauses=("cps",), bloom=("apply", "analyze"), count=10),
        BlueprintRow(clauses=("cps.1", "cps.2"), bloom=("remember", "understand"), count=6),
        BlueprintRow(clauses=("km",), count=8),
        BlueprintRow(clauses=("docs",), difficulty=("medium", "hard"), count=6),
        BlueprintRow(clauses=("practice",), count=10),
    ),
)


def test_every_row_is_filled_with_what_it_asks_for() -> None:
    drawn = draw(BLUEPRINT, BANK, 7)
    assert len({one.item_id for one in drawn}) == len(drawn) == BLUEPRINT.n_items == 40
    for number, row in enumerate(BLUEPRINT.rows):
        own = [BANK[one.item_id] for one in drawn if one.row == number]
        assert len(own) == row.count
        assert all(row.fits(item) for item in own)


def test_the_seed_decides_and_nothing_else() -> None:
    assert draw(BLUEPRINT, BANK, 7) == draw(BLUEPRINT, dict(reversed(BANK.items())), 7)
    assert len({draw(BLUEPRINT, BANK, seed) for seed in range(20)}) == 20


def test_rows_that_share_items_leave_each_other_enough() -> None:
    small = {name: item for name, item in bank(200).items() if item.clauses[0].startswith("km")}
    n = sum("km.1" in item.clauses for item in small.values())
    greedy = Blueprint(seed=1, rows=(BlueprintRow(clauses=("km",), count=5), BlueprintRow(clauses=("km.1",), count=n)))
    for seed in range(30):
        assert len(draw(greedy, small, seed)) == 5 + n


def test_too_few_items_are_said_with_their_row() -> None:
    asked = Blueprint(seed=1, rows=(BlueprintRow(clauses=("km",), count=3), BlueprintRow(clauses=("skills",), count=1)))
    with pytest.raises(TooFewItemsError) as refused:
        draw(asked, BANK, 1)
    assert (refused.value.row, refused.value.n) == (1, 0)


def test_parallel_forms_share_no_item_and_the_learners_own_items_stay_out() -> None:
    for seed in range(50):
        before = draw(BLUEPRINT, BANK, seed)
        after = draw(BLUEPRINT, BANK, seed + 1000, before)
        assert not {one.item_id for one in before} & {one.item_id for one in after}
        seen = {one.item_id for one in after[::3]}
        third = draw(BLUEPRINT, BANK, 5, before, seen)
        assert not seen & {one.item_id for one in third}


@pytest.mark.parametrize("size", [180, 320])
def test_parallel_forms_are_as_hard_over_200_seeds(size: int) -> None:
    """Expected share of points on 40 items: the pair differs by at most two hundredths, and by nothing on average."""
    pool = bank(size)
    gaps = []
    for seed in range(200):
        before = draw(BLUEPRINT, pool, seed)
        after = draw(BLUEPRINT, pool, 10_000 + seed, before)
        gaps.append(mean_facility(after, pool) - mean_facility(before, pool))
    assert max(map(abs, gaps)) <= 0.02
    assert abs(statistics.mean(gaps)) <= 0.003


def test_what_one_pair_is_off_the_next_makes_up_for() -> None:
    """Two medium items before; three easy and one hard are left: one of each, not two easy ones."""
    plain = MultipleChoice.example().model_dump(mode="json") | {"clauses": ["km.1"]}
    levels = {"m-1": "medium", "m-2": "medium", "e-1": "easy", "e-2": "easy", "e-3": "easy", "h-1": "hard"}
    pool = {i: MultipleChoice.model_validate(plain | {"id": i, "difficulty": level}) for i, level in levels.items()}
    asked = Blueprint(seed=1, rows=(BlueprintRow(clauses=("km",), count=2),))
    twin = (Drawn("m-1", 0), Drawn("m-2", 0))
    for seed in range(10):
        assert {one.item_id[0] for one in draw(asked, pool, seed, twin)} == {"e", "h"}


def test_simulated_learners_do_as_well_before_as_after() -> None:
    """2,000 learners who learn nothing sit both forms (Rasch model, difficulty from the expected facility): their scores
    differ by less than the standard error of the mean allows. Two forms drawn without a care would differ by more."""
    pool, chance = bank(220, seed=4), Random(9)
    before = draw(BLUEPRINT, pool, 3)
    after = draw(BLUEPRINT, pool, 4, before)

    def score(form: list[float], ability: float) -> float:
        return sum(chance.random() < 1 / (1 + math.exp(hardness - ability)) for hardness in form) / len(form)

    def hardness(drawn: object) -> list[float]:
        shares = [pool[one.item_id].expected_facility for one in drawn]  # type: ignore[attr-defined]
        return [math.log((1 - share) / share) for share in shares]

    gains = []
    for _ in range(2000):
        ability = chance.gauss(0, 1)
        gains.append(score(hardness(after), ability) - score(hardness(before), ability))
    error = statistics.stdev(gains) / math.sqrt(len(gains))
    assert abs(statistics.mean(gains)) < 3 * error
    easy = sorted(pool, key=lambda name: -pool[name].expected_facility)[:40]
    careless = statistics.mean(pool[name].expected_facility for name in easy)
    assert careless - mean_facility(before, pool) > 0.1, "the bank could give an unfair pair"


def test_items_that_need_a_marker_or_have_no_key_are_drawn_only_when_asked_for() -> None:
    from cps_training.items.essay import Essay
    from cps_training.items.likert import Likert

    pool = {"essay": Essay.example(), "likert": Likert.example()}
    row = {"clauses": ("cps", "km"), "count": 1}
    with pytest.raises(TooFewItemsError):
        draw(Blueprint(seed=1, rows=(BlueprintRow.model_validate(row),)), pool, 1)
    asked = Blueprint(seed=1, rows=(BlueprintRow.model_validate(row | {"types": ("essay",)}),))
    assert [one.item_id for one in draw(asked, pool, 1)] == ["essay"]
