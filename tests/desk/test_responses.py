"""The rows behind the statistics of items: what counts of each policy, who is one person, and what never leaves the desk."""

from __future__ import annotations

import json
import random
import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cps_training.analytics.firsts import first_responses
from cps_training.analytics.frames import RESPONSES, frame
from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt, Placed
from cps_training.content.library import load_library
from cps_training.content.rules import Rules
from cps_training.desk import office as o
from cps_training.desk import protocol as p
from cps_training.desk import responses
from cps_training.desk.core import Desk
from cps_training.items import ITEM_TYPES
from cps_training.items.simulated import guess
from cps_training.places import shipped
from cps_training.records import attempts as stored
from tests.desk.test_assessing import (
    Person,
    own_desk,  # noqa: F401
    own_library,  # noqa: F401
    question,
    refused,
    write_content,
)
from tests.server.canary_bank import RUBRIC, SEEN, planted
from tests.server.canary_watch import words_in

LIKERT = next(kind for kind in ITEM_TYPES if kind.__name__ == "Likert").example()


@pytest.fixture
def anna(own_desk: Desk) -> Person:  # noqa: F811
    return Person(own_desk, "A01", "learner")


@pytest.fixture
def trainer(own_desk: Desk) -> Person:  # noqa: F811
    return Person(own_desk, "T01", "trainer")


def told(trainer: Person, name: str = "responses") -> list[Any]:
    return list(trainer.ask(p.Frames(names=(name,)))[name])


def by_item(rows: list[Any]) -> dict[str, Any]:
    return {row["item_id"]: row for row in rows}


def keep(person: Person, form: str, items: list[Any], answers: list[Any], **more: Any) -> Attempt:
    """An attempt as it may lie in the store: its items are answered in order, None leaves one out. more: of Attempt."""
    desk = person.desk
    feedback = more.pop("feedback", "practice")
    is_finished, at = more.pop("is_finished", True), more.pop("at", desk.clock())
    attempt = Attempt(
        secrets.token_hex(16),
        person.asker.person_id or "",
        form,
        more.pop("number", 1),
        Rules(feedback=feedback),
        tuple(Placed(item.id, item.version) for item in items),
        secrets.token_bytes(32),
        at,
    )
    for n, (item, response) in enumerate(zip(items, answers, strict=True), 1):
        if response is not None:
            when = at + timedelta(seconds=n)
            attempt, _ = core.answer(attempt, item, response, answer_id=secrets.token_hex(8), at=when)
    if is_finished:
        attempt, _ = core.finish(attempt, answer_id=secrets.token_hex(8), at=at + timedelta(minutes=1))
    with desk.records.write() as conn:
        stored.put_item_versions(conn, items)
        stored.insert_attempt(conn, attempt, place="served")
    return attempt


# What counts ------------------------------------------------------------------------------------------------------


def test_rows_are_what_the_statistics_read(anna: Person, trainer: Person) -> None:
    anna.sit("once", [True, False, True])
    rows = told(trainer)
    assert list(rows[0]) == list(RESPONSES)
    firsts = first_responses(frame(rows, RESPONSES))
    assert sorted(firsts.fraction.tolist()) == [0.0, 1.0, 1.0]
    assert not firsts.is_waiting.any()


def test_an_open_exam_says_nothing_and_a_sent_one_what_stood_at_the_end(
    anna: Person, trainer: Person, clock: Any
) -> None:
    view = anna.open("once")
    first, second, third = view["items"]
    anna.answer(view, first, right=True)
    anna.answer(view, second, right=True)
    assert told(trainer) == [], "an answer in an open exam may still be changed"
    clock.move(minutes=1)
    anna.answer(view, second, right=False)
    clock.move(minutes=1)
    anna.ask(p.Finish(attempt_id=view["attempt_id"], answer_id=secrets.token_hex(8)))
    rows = by_item(told(trainer))
    assert [rows[one["item"]]["fraction"] for one in (first, second, third)] == [1.0, 0.0, 0.0]
    assert [rows[one["item"]]["is_blank"] for one in (first, second, third)] == [False, False, True]
    assert rows[third["item"]]["response_class"] == ""
    assert rows[first["item"]]["response_class"] != rows[second["item"]]["response_class"]
    assert rows[second["item"]]["at"] > rows[first["item"]]["at"]


def test_an_exam_whose_time_ran_out_counts(anna: Person, trainer: Person, clock: Any) -> None:
    view = anna.open("quick")
    anna.answer(view, view["items"][0], right=True)
    clock.move(hours=1)
    rows = told(trainer)
    assert sorted(row["is_blank"] for row in rows) == [False, True, True]


def test_of_several_tries_the_first_one_counts(anna: Person, trainer: Person) -> None:
    view = anna.open("tries")
    anna.answer(view, view["items"][0], right=False)
    anna.answer(view, view["items"][0], right=True)
    (row,) = told(trainer)
    assert (row["fraction"], row["most"], row["item_id"]) == (0.0, 1.0, view["items"][0]["item"])
    key = anna.desk.library.items[row["item_id"]].key  # type: ignore[attr-defined]
    assert row["response_class"] != key


def test_under_certainty_an_item_is_worth_what_the_surest_right_answer_earns(anna: Person, trainer: Person) -> None:
    view = anna.open("sure")
    anna.answer(view, view["items"][0], right=True, sure=1)
    (row,) = told(trainer)
    assert (row["fraction"], row["most"]) == (1.0, 3.0)


def test_checkpoints_of_a_lesson_count_as_they_are_answered(anna: Person, trainer: Person) -> None:
    view = anna.open("lesson:cps-cycle")
    for item in view["items"][:2]:
        anna.answer(view, item, right=True)
    assert [row["item_id"] for row in told(trainer)] == [item["item"] for item in view["items"][:2]]
    (form,) = told(trainer, "form_facts")
    assert (form["form"], form["is_practice"], form["is_fixed"]) == ("lesson:cps-cycle", True, True)


def test_a_second_sitting_is_told_and_the_first_one_counts(anna: Person, trainer: Person, clock: Any) -> None:
    anna.sit("once", [False, False, False])
    clock.move(days=1)
    anna.sit("once", [True, True, True])
    rows = told(trainer)
    assert sorted(row["attempt_number"] for row in rows) == [1, 1, 1, 2, 2, 2]
    assert first_responses(frame(rows, RESPONSES)).fraction.tolist() == [0.0, 0.0, 0.0]


def test_a_review_counts_only_for_what_one_had_not_met(anna: Person, trainer: Person, clock: Any) -> None:
    items = [anna.desk.library.items[f"own-{n}"] for n in range(2)]
    right = [item.correct_response(core_disguise()) for item in items]
    keep(anna, "own-practice", items[:1], right[:1])
    clock.move(days=3)
    keep(anna, "review:today", items, right)
    assert [(row["form"], row["item_id"]) for row in told(trainer)] == [
        ("own-practice", "own-0"),
        ("review:today", "own-1"),
    ]
    facts = {row["form"]: row["is_fixed"] for row in told(trainer, "form_facts")}
    assert facts == {"own-practice": True, "review:today": False}


def core_disguise() -> Any:
    from cps_training.items import Disguise

    return Disguise(b"0" * 32, "x")


def test_essays_wait_without_a_class_and_are_worth_their_mark(anna: Person, trainer: Person) -> None:
    view = anna.open("written")
    essay = next(item for item in view["items"] if item["item"] == "by-trainer")
    text = "ข้อความที่คนหนึ่งเขียนไว้"
    message = p.Answer(
        attempt_id=view["attempt_id"], item_id="by-trainer", response={"text": text}, answer_id=secrets.token_hex(8)
    )
    assert essay
    anna.ask(message)
    anna.ask(p.Finish(attempt_id=view["attempt_id"], answer_id=secrets.token_hex(8)))
    rows = by_item(told(trainer))
    waiting, blank = rows["by-trainer"], rows["by-peer"]
    assert (waiting["fraction"], waiting["is_blank"], waiting["response_class"], waiting["most"]) == (
        None,
        False,
        "",
        1,
    )
    assert (blank["fraction"], blank["is_blank"]) == (0.0, True)
    assert text not in json.dumps(trainer.ask(p.Frames(names=responses.FRAMES)), ensure_ascii=False)
    rubric = anna.desk.library.items["by-trainer"].rubric  # type: ignore[attr-defined]
    levels = {one.id: max(one.levels, key=lambda level: level.points).id for one in rubric}
    trainer.ask(p.Mark(attempt_id=view["attempt_id"], item_id="by-trainer", levels=levels, answer_id="mark-mark-1"))
    assert by_item(told(trainer))["by-trainer"]["fraction"] == 1.0


def test_a_survey_is_never_worth_anything_and_has_no_class(anna: Person, trainer: Person) -> None:
    scored = anna.desk.library.items["own-1"]
    answers = [{"choice": LIKERT.line_ids[0]}, scored.correct_response(core_disguise())]
    keep(anna, "own-survey", [LIKERT, scored], answers, feedback="survey")
    assert [(row["most"], row["fraction"], row["response_class"]) for row in told(trainer)] == [(0.0, None, "")] * 2


def test_what_was_scored_again_belongs_to_the_version_it_was_scored_by(
    anna: Person, trainer: Person, tmp_path: Any
) -> None:
    before = anna.sit("once", [True, True, True])["items"]
    old = {row["item_id"]: row for row in told(trainer)}
    items = [question(n) for n in range(12)]
    wrong = next(choice["id"] for choice in items[0]["choices"] if choice["id"] != items[0]["key"])
    items[0]["key"] = wrong
    essays = [anna.desk.library.items[f"by-{who}"].model_dump(mode="json") for who in ("trainer", "peer", "self")]
    desk = replace(anna.desk, library=write_content(tmp_path / "content", [*items, *essays]))
    anna.desk = trainer.desk = desk
    admin = Person(desk, "ADM", "admin")
    assert {row["item_version"] for row in told(trainer)} == {row["item_version"] for row in old.values()}
    admin.ask(p.Regrade(form_id="once", is_dry_run=False))
    new = {row["item_id"]: row for row in told(trainer)}
    assert (old["own-0"]["fraction"], new["own-0"]["fraction"]) == (1.0, 0.0)
    assert new["own-0"]["item_version"] == desk.library.item_versions["own-0"] != old["own-0"]["item_version"]
    assert new["own-1"]["item_version"] == old["own-1"]["item_version"]
    assert len(before) == len(new)
    facts = {row["item_id"]: row["is_current"] for row in told(trainer, "item_facts")}
    assert facts == dict.fromkeys(new, True)


def test_a_version_nobody_answers_any_more_is_told_as_such(anna: Person, trainer: Person) -> None:
    now = anna.desk.library.items["own-0"]
    then = now.model_copy(update={"stem": "โจทย์เดิม"})
    keep(anna, "own-practice", [then], [then.correct_response(core_disguise())])
    (fact,) = told(trainer, "item_facts")
    assert (fact["title"], fact["is_current"], fact["item_version"]) == ("โจทย์เดิม", False, then.version)
    assert fact["guess"] == now.guess
    assert fact["choices"] == sorted(now.line_ids)  # type: ignore[attr-defined]


# Who may ask, and what nobody is told -----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["learner", "approver"])
@pytest.mark.parametrize("name", responses.FRAMES)
def test_rows_are_for_staff(own_desk: Desk, role: str, name: str) -> None:  # noqa: F811
    with refused("not-allowed"):
        Person(own_desk, "X01", role).ask(p.Frames(names=(name,)))
    for staff in ("trainer", "admin"):
        assert Person(own_desk, f"S-{staff}", staff).ask(p.Frames(names=(name,))) == {name: []}


def test_nobody_learns_who_answered(anna: Person, trainer: Person) -> None:
    boon = Person(anna.desk, "B02", "learner")
    for person in (anna, boon):
        person.sit("once", [True, True, True])
    first, again = told(trainer), told(trainer)
    assert len({row["person_code"] for row in first}) == 2
    known = {anna.asker.person_id, boon.asker.person_id, "A01", "B02"}
    assert known.isdisjoint(row["person_code"] for row in first)
    assert {row["person_code"] for row in first}.isdisjoint(row["person_code"] for row in again)


def test_merged_accounts_are_one_person(anna: Person, trainer: Person, clock: Any) -> None:
    twin = Person(anna.desk, "A01x", "learner")
    anna.sit("once", [False, False, False])
    clock.move(days=1)
    twin.sit("once", [True, True, True])
    assert len({row["person_code"] for row in told(trainer)}) == 2
    trainer.ask(o.Merge(kept_id=anna.asker.person_id or "", merged_id=twin.asker.person_id or ""))
    rows = told(trainer)
    assert len({row["person_code"] for row in rows}) == 1
    assert first_responses(frame(rows, RESPONSES)).fraction.tolist() == [0.0, 0.0, 0.0]


def test_no_key_leaves_with_the_rows(anna: Person, trainer: Person) -> None:
    """Every item type, answered wrongly, from a bank in which everything that is no question holds a word of its own."""
    bank, chance = planted(), random.Random(3)
    library = replace(load_library(shipped()), items=bank.items)
    anna.desk = trainer.desk = replace(anna.desk, library=library)
    items, answers = [], []
    for item in bank.items.values():
        disguise = core_disguise()
        tries = (item.read_response(guess(item.present(disguise).as_json(), chance), disguise) for _ in range(50))
        items.append(item)
        answers.append(next(one for one in tries if one is not None and (item.score(one) or 0) < 1))
    keep(anna, "big", items, answers, feedback="exam")
    value = trainer.ask(p.Frames(names=responses.FRAMES))
    assert len(value["responses"]) == len(bank.items)
    found = {bank.canaries[word].kind for word in words_in(json.dumps(value, ensure_ascii=False).encode())}
    assert SEEN in found, "the words of the options are there, or the test proves nothing"
    assert RUBRIC not in found
    assert found <= {SEEN, "id"}
