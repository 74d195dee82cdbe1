"""The refresher at the desk: the sheet of a visit, its five questions like any practice, each person their own."""

from __future__ import annotations

import json
import random
import secrets
from typing import Any

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.asker import NOBODY, SERVER, Asker
from cps_training.errors import AccessError, KitError
from cps_training.items.simulated import guess
from cps_training.records import accounts
from cps_training.records import attempts as stored

PLACE, WAY = "thung-sathit", "visit"
FORM = f"refresher:{PLACE}:{WAY}"


class Person:
    """Somebody at the desk, in the words of a page."""

    def __init__(self, desk: Any, code: str, *roles: str) -> None:
        self.desk = desk
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=roles, at=desk.clock(), entropy=desk.entropy
            )
        self.asker = Asker(person_id=person_id, roles=roles)

    def ask(self, message: Any) -> Any:
        with self.desk.records.write() as conn:
            return self.desk.handle(conn, self.asker, message)

    def sheet(self, place: str = PLACE, way: str = WAY) -> Any:
        return self.ask(p.Refresher(cooperative=place, method=way))["visit"]

    def open(self, *, fresh: bool = False, form: str = FORM) -> Any:
        return self.ask(p.OpenAttempt(form_id=form, fresh=fresh))

    def answer(self, view: Any, n: int, *, right: bool = True) -> Any:
        """Right, or nothing like it."""
        item = self.desk.library.items[view["items"][n]["item"]]
        with self.desk.records.read() as conn:
            attempt = stored.attempt_by_id(conn, view["attempt_id"])
        assert attempt
        disguise = attempt.disguise(item.id)
        response = item.show_response(item.correct_response(disguise), disguise)
        if not right:
            chance = random.Random(1)
            tries = (guess(view["items"][n]["presentation"], chance) for _ in range(500))
            response = next(raw for raw in tries if not item.score(item.read_response(raw, disguise)))
        return self.ask(
            p.Answer(attempt_id=view["attempt_id"], item_id=item.id, response=response, answer_id=secrets.token_hex(8))
        )

    def finish(self, view: Any) -> Any:
        return self.ask(p.Finish(attempt_id=view["attempt_id"], answer_id=secrets.token_hex(8)))

    def go_over(self, **more: Any) -> Any:
        view = self.open(**more)
        for n in range(len(view["items"])):
            self.answer(view, n)
        return self.finish(view)


@pytest.fixture
def officer(desk: Any) -> Person:
    return Person(desk, "A001", "learner")


def refused(code: str) -> Any:
    return pytest.raises(KitError, check=lambda error: error.code == code)


def clauses_of(desk: Any, view: Any) -> list[set[str]]:
    return [set(desk.library.items[item["item"]].clauses) for item in view["items"]]


# The sheet -----------------------------------------------------------------------------------------------------


def test_without_a_choice_it_tells_what_there_is_to_choose(officer: Person) -> None:
    said = officer.ask(p.Refresher())
    assert [one["id"] for one in said["methods"]] == [
        "board-meeting",
        "member-meeting",
        "visit",
        "training",
        "dialogue",
    ]
    assert len(said["cooperatives"]) == 6
    assert said["visit"] is None
    assert officer.sheet("nobody", WAY) is None
    assert officer.sheet(PLACE, "nothing") is None


def test_a_sheet_lists_the_clauses_of_method_cooperative_and_every_visit_each_with_its_reasons(officer: Person) -> None:
    sheet = officer.sheet()
    rows = {row["id"]: row for row in sheet["clauses"]}
    assert list(rows)[:4] == ["practice.6", "docs.5", "practice.16", "practice.18"], "the method's own, for a newcomer"
    assert {"practice.17", "docs.4", "cps.2.3"} <= set(rows)
    assert len(rows["practice.6"]["why"]) == 2, "the method's reason and the cooperative's"
    assert {row["state"] for row in rows.values()} == {"not_started"}
    assert [clause["id"] for clause in sheet["told"]] == list(rows)
    assert sheet["n_items"] == 5
    assert (sheet["open"], sheet["is_done"]) == (None, False)
    assert {"profile-form", "cps-form", "standard"} <= {row["id"] for row in sheet["documents"]}


def test_a_sheet_tells_no_key(officer: Person, library: Any) -> None:
    seen = json.dumps(officer.sheet(), ensure_ascii=False)
    texts = [
        text for item in library.items.values() if item.is_scored for text in (item.headline, item.explanation) if text
    ]
    assert [text for text in texts if text in seen] == []


# Its questions -------------------------------------------------------------------------------------------------


def test_five_questions_over_the_clauses_most_in_need_told_at_once(officer: Person) -> None:
    view = officer.open()
    assert (view["policy"], len(view["items"])) == ("practice", 5)
    listed = {row["id"] for row in officer.sheet()["clauses"]}
    assert all(about & listed for about in clauses_of(officer.desk, view))
    told = officer.answer(view, 0)
    assert told["item"]["judgement"]
    assert told["item"]["judgement"]["clauses"]
    again = officer.open()
    assert [bool(item["judgement"]) for item in again["items"]] == [True, False, False, False, False]


def test_only_items_that_practice_tells_anyway(officer: Person, library: Any) -> None:
    for place in library.refresher.cooperatives:
        for way in library.refresher.methods:
            view = officer.open(form=f"refresher:{place}:{way}")
            assert len(view["items"]) == 5, (place, way)
            assert {item["item"] for item in view["items"]} <= set(library.review_pool), (place, way)


def test_it_goes_on_where_it_was_left_also_on_another_day(officer: Person, clock: Any) -> None:
    view = officer.open()
    officer.answer(view, 0)
    clock.move(days=3)
    again = officer.open()
    assert again["attempt_id"] == view["attempt_id"]
    assert again["items"][0]["response"]
    assert officer.sheet()["open"] == {"n_answered": 1, "n_items": 5}


def test_finished_today_it_shows_its_result_and_begins_anew_when_asked_or_on_another_day(
    officer: Person, clock: Any
) -> None:
    first = officer.go_over()
    assert officer.sheet()["is_done"]
    assert officer.open()["attempt_id"] == first["attempt_id"]
    anew = officer.open(fresh=True)
    assert (anew["number"], anew["is_finished"]) == (2, False)
    officer.finish(anew)
    clock.move(days=1)
    assert not officer.sheet()["is_done"]
    assert officer.open()["number"] == 3


def test_what_was_just_met_gives_way_to_what_was_not(officer: Person, library: Any) -> None:
    met = {item["item"] for item in officer.go_over()["items"]}
    view = officer.open(fresh=True)
    for item in view["items"]:
        if item["item"] in met:
            shared = set(library.items[item["item"]].clauses)
            listed = [row["id"] for row in officer.sheet()["clauses"] if row["id"] in shared]
            others = {i for i, about in library.review_pool.items() if set(about) & set(listed)} - met
            assert others <= {one["item"] for one in view["items"]}, "an item again, while another was never met"


def test_a_forgotten_clause_comes_first_and_is_asked_about(officer: Person, clock: Any, library: Any) -> None:
    view = officer.open()
    for n in range(5):
        officer.answer(view, n, right=n != 4)
    officer.finish(view)
    slipped = clauses_of(officer.desk, view)[4]
    clock.move(days=1)
    first = officer.sheet()["clauses"][0]
    assert first["id"] in slipped
    assert first["is_forgotten"]
    assert first["id"] in clauses_of(officer.desk, officer.open())[0]


def test_its_answers_count_for_mastery_and_for_the_review(officer: Person, clock: Any) -> None:
    def states() -> dict[str, tuple[str, int]]:
        sections = officer.ask(p.Progress())["sections"]
        return {c["id"]: (c["state"], c["n"]) for section in sections for c in section["clauses"]}

    assert {state for state, _ in states().values()} == {"not_started"}
    asked = set().union(*clauses_of(officer.desk, officer.go_over()))
    assert {clause for clause, (state, n) in states().items() if state != "not_started" and n} == asked
    assert officer.ask(p.Progress())["n_due"] == 0
    clock.move(days=5)
    assert officer.ask(p.Progress())["n_due"] > 0


# Whose it is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["learner", "trainer", "approver", "admin"])
def test_it_is_open_to_every_role_for_their_own_records(desk: Any, role: str) -> None:
    me = Person(desk, "R001", role)
    assert me.sheet()["form_id"] == FORM
    assert me.go_over()["is_finished"]


def test_nobody_without_a_sign_in_and_no_server_asks_for_a_sheet(desk: Any) -> None:
    for asker in (NOBODY, SERVER):
        with desk.records.read() as conn, pytest.raises(AccessError):
            desk.handle(conn, asker, p.Refresher(cooperative=PLACE, method=WAY))


def test_nobody_elses_answers_show_and_nobody_elses_attempt_opens(desk: Any, officer: Person) -> None:
    view = officer.open()
    officer.answer(view, 0)
    other = Person(desk, "B001", "trainer", "admin")
    assert {row["state"] for row in other.sheet()["clauses"]} == {"not_started"}
    assert other.sheet()["open"] is None
    assert other.open()["attempt_id"] != view["attempt_id"]
    with refused("not-yours"):
        other.finish(view)


@pytest.mark.parametrize(
    "form", ["refresher:nobody:visit", "refresher:thung-sathit:", "refresher:thung-sathit:party", "refresher:"]
)
def test_an_unknown_visit_is_no_form(officer: Person, form: str) -> None:
    with refused("unknown-form"):
        officer.open(form=form)


def test_it_stands_in_no_menu_and_asks_only_to_read(officer: Person) -> None:
    officer.go_over()
    assert [
        form["form_id"] for form in officer.ask(p.Forms())["forms"] if form["form_id"].startswith("refresher")
    ] == []
    assert not p.is_write(p.Refresher())
