"""How somebody stands with a clause: what they answered, when it is due, where to practise; theirs alone, and nothing too early."""

from __future__ import annotations

from typing import Any

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.asker import NOBODY, SERVER
from cps_training.errors import AccessError
from tests.desk.test_refresher import Person

FORM = "cps-practice"


@pytest.fixture
def officer(desk):
    return Person(desk, "P001", "learner")


def standing(person: Person, *ids: str) -> dict[str, Any]:
    return person.ask(p.Standing(ids=ids))["clauses"]


def clauses_of(desk: Any, item_id: str) -> tuple[str, ...]:
    return desk.library.items[item_id].clauses


def test_before_any_answer_it_says_so_and_where_to_practise(officer):
    seen = standing(officer, "cps.2.1")["cps.2.1"]
    assert (seen["n_items"], seen["n_right"], seen["state"], seen["due_on"], seen["is_due"]) == (
        0,
        0,
        "not_started",
        None,
        False,
    )
    assert seen["practice"]["form_id"] == FORM
    assert seen["practice"]["title"]["en"]


def test_an_answer_counts_for_every_clause_of_its_item_and_for_no_other(desk, officer):
    view = officer.open(form=FORM)
    officer.answer(view, 0)
    own = clauses_of(desk, view["items"][0]["item"])
    everything = standing(officer, *desk.library.handbook.teachable_ids)
    assert {clause for clause, seen in everything.items() if seen["n_items"]} == set(own)
    assert all((everything[clause]["n_items"], everything[clause]["n_right"]) == (1, 1) for clause in own)
    assert all(everything[clause]["state"] == "in_progress" and everything[clause]["due_on"] for clause in own)


def test_a_wrong_answer_is_met_and_not_right(desk, officer):
    view = officer.open(form=FORM)
    officer.answer(view, 0, right=False)
    [clause, *_] = clauses_of(desk, view["items"][0]["item"])
    seen = standing(officer, clause)[clause]
    assert (seen["n_items"], seen["n_right"]) == (1, 0)


def test_what_is_due_leads_to_todays_review(desk, officer, clock):
    view = officer.open(form=FORM)
    officer.answer(view, 0, right=False)
    [clause, *_] = clauses_of(desk, view["items"][0]["item"])
    assert standing(officer, clause)[clause]["practice"] != {"form_id": "review:today", "title": None}
    clock.move(days=60)
    seen = standing(officer, clause)[clause]
    assert seen["is_due"]
    assert seen["practice"] == {"form_id": "review:today", "title": None}


def test_an_exam_that_is_open_says_nothing_here(desk, officer):
    view = officer.open(form="cps-exam")
    officer.answer(view, 0)
    own = clauses_of(desk, view["items"][0]["item"])
    assert all(seen["n_items"] == 0 and seen["due_on"] is None for seen in standing(officer, *own).values())


def test_everybody_sees_their_own(desk, officer):
    view = officer.open(form=FORM)
    officer.answer(view, 0)
    own = clauses_of(desk, view["items"][0]["item"])
    trainer = Person(desk, "T001", "trainer")
    assert all(seen["n_items"] == 0 for seen in standing(trainer, *own).values())


def test_headings_and_unknown_clauses_are_left_out(officer):
    assert standing(officer, "cps.1", "no.1") == {}


@pytest.mark.parametrize("asker", [NOBODY, SERVER])
def test_nobody_is_told_without_signing_in(desk, asker):
    with desk.records.read() as conn, pytest.raises(AccessError, match="ยังไม่ได้เข้าสู่ระบบ"):
        desk.handle(conn, asker, p.Standing(ids=("cps.2.1",)))


def test_it_is_a_question_and_writes_nothing(desk, officer):
    assert not p.is_write(p.Standing(ids=("cps.2.1",)))
    with desk.records.read() as conn:
        assert desk.handle(conn, officer.asker, p.Standing(ids=("cps.2.1",)))["clauses"]
