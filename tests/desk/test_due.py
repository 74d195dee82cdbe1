"""Today's review is ten answers at most, however much is due and however often it is opened."""

from __future__ import annotations

from typing import Any

import pytest

from cps_training.desk import protocol as p
from cps_training.errors import AttemptError
from tests.desk.test_refresher import Person


def n_due(person: Person) -> int:
    return int(person.ask(p.Progress())["n_due"])


def sit(person: Person, view: Any) -> None:
    for n in range(len(view["items"])):
        person.answer(view, n)


def test_ten_a_day_and_the_rest_tomorrow(desk, clock):
    officer = Person(desk, "P001", "learner")
    for lesson in ("cps-cycle", "field-preparation", "joint-planning"):
        sit(officer, officer.open(form=f"lesson:{lesson}"))
    clock.move(days=10)
    assert n_due(officer) == 10
    review = officer.open(form="review:today")
    for n in range(4):
        officer.answer(review, n)
    assert n_due(officer) == 6, "what is left of the one under way"
    for n in range(4, 10):
        officer.answer(review, n)
    officer.finish(review)
    assert n_due(officer) == 0
    with pytest.raises(AttemptError, match="ถึงกำหนดทบทวน"):
        officer.open(form="review:today", fresh=True)
    clock.move(days=1)
    assert n_due(officer) > 0
    assert officer.open(form="review:today", fresh=True)["attempt_id"] != review["attempt_id"]
