"""Attempts come back as they went in; steps are only ever added, each answer once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt, Placed
from cps_training.content.rules import Rules
from cps_training.errors import AttemptError
from cps_training.items import ITEM_TYPES, ItemBase
from cps_training.records import attempts as stored
from cps_training.records.engine import Records

ITEMS: tuple[ItemBase, ...] = tuple(item_type.example() for item_type in ITEM_TYPES)
ITEM = ITEMS[0]
EXAM = Rules.model_validate(
    {"feedback": "exam", "cut_score": 0.8, "time_limit": {"minutes": 90}, "attempts": {"most": 3, "counts": "last"}}
)
PRACTICE = Rules(feedback="practice")


def _attempt(person_id: str, at: datetime, *, name: str = "a1", number: int = 1, form: str = "quiz-1") -> Attempt:
    placed = tuple(Placed(item.id, item.version, "part-1", 1 + len(item.hints)) for item in ITEMS)
    return Attempt(name, person_id, form, number, EXAM, placed, bytes(range(32)), at)


def _answered(attempt: Attempt, at: datetime, *, answer_id: str) -> tuple[Attempt, core.Step]:
    return core.answer(attempt, ITEM, ITEM.correct_response(attempt.disguise(ITEM.id)), answer_id=answer_id, at=at)


@pytest.fixture
def attempt(records: Records, anna: str, now: datetime) -> Attempt:
    """An open attempt of Anna's, stored."""
    made = _attempt(anna, now)
    with records.write() as conn:
        stored.put_item_versions(conn, ITEMS)
        stored.insert_attempt(conn, made, place="served")
    return made


def test_an_attempt_comes_back_as_it_went_in(records: Records, path: Path, attempt: Attempt, now: datetime) -> None:
    after, answered = _answered(attempt, now + timedelta(microseconds=1), answer_id="answer-1")
    after, blank = core.answer(after, ITEMS[1], None, answer_id="answer-2", at=now + timedelta(seconds=9))
    after, finished = core.finish(after, answer_id="answer-3", at=now + timedelta(minutes=1))
    for step in (answered, blank, finished):
        with records.write() as conn:
            stored.append_step(conn, attempt.attempt_id, step)
    records.close()
    with Records.open(path) as again, again.read() as conn:
        assert stored.attempt_by_id(conn, attempt.attempt_id) == after
        assert stored.latest_attempt(conn, attempt.person_id, "quiz-1") == after
        assert stored.attempts_of(conn, attempt.person_id) == [after]
        assert stored.all_attempts(conn) == [("A01", after)]
        assert stored.attempt_by_id(conn, "unknown") is None


def test_a_blank_is_stored_as_nothing(records: Records, attempt: Attempt, now: datetime) -> None:
    _, blank = core.answer(attempt, ITEM, None, answer_id="answer-1", at=now)
    with records.write() as conn:
        stored.append_step(conn, attempt.attempt_id, blank)
        assert conn.exec_driver_sql("SELECT count(*) FROM step WHERE response IS NULL").scalar() == 1


def test_attempts_are_ordered_and_belong_to_their_person(
    records: Records, anna: str, add: Callable[..., str], attempt: Attempt, now: datetime
) -> None:
    with records.write() as conn:
        boon = add(conn, "B02")
        later = [
            _attempt(anna, now + timedelta(days=2), name="a3", number=3),
            _attempt(anna, now + timedelta(days=1), name="a2", number=2),
            _attempt(anna, now + timedelta(days=3), name="other", form="quiz-2"),
            _attempt(boon, now, name="b1"),
        ]
        for one in later:
            stored.insert_attempt(conn, one, place="lab")
    with records.read() as conn:
        names = [one.attempt_id for one in stored.attempts_of(conn, anna)]
        assert names == ["a1", "a2", "a3", "other"]
        assert [one.attempt_id for one in stored.attempts_of(conn, anna, "quiz-1")] == ["a1", "a2", "a3"]
        latest = stored.latest_attempt(conn, anna, "quiz-1")
        assert latest is not None
        assert latest.attempt_id == "a3"
        assert stored.latest_attempt(conn, boon, "quiz-2") is None
        assert [code for code, _ in stored.all_attempts(conn)].count("B02") == 1


def test_steps_stay_with_their_attempt(records: Records, anna: str, attempt: Attempt, now: datetime) -> None:
    second = _attempt(anna, now + timedelta(hours=1), name="a2", number=2)
    with records.write() as conn:
        stored.insert_attempt(conn, second, place="served")
        stored.append_step(conn, "a1", _answered(attempt, now, answer_id="answer-1")[1])
        stored.append_step(conn, "a2", _answered(second, now, answer_id="answer-2")[1])
        found = stored.attempts_of(conn, anna)
    assert [[step.answer_id for step in one.steps] for one in found] == [["answer-1"], ["answer-2"]]


def test_one_number_of_a_form_is_one_attempt(records: Records, anna: str, attempt: Attempt, now: datetime) -> None:
    def twice() -> None:
        with records.write() as conn:
            stored.insert_attempt(conn, _attempt(anna, now, name="a2"), place="served")

    with pytest.raises(IntegrityError):
        twice()


def test_an_answer_id_used_elsewhere_is_refused_and_harms_nobody(
    records: Records, anna: str, attempt: Attempt, now: datetime
) -> None:
    second = _attempt(anna, now, name="a2", number=2)
    with records.write() as conn:
        stored.insert_attempt(conn, second, place="served")
        stored.append_step(conn, "a1", _answered(attempt, now, answer_id="answer-1")[1])
        with pytest.raises(AttemptError) as caught:
            stored.append_step(conn, "a2", _answered(second, now, answer_id="answer-1")[1])
        assert caught.value.code == "conflicting-answer"
        stored.append_step(conn, "a2", _answered(second, now, answer_id="answer-2")[1])
    with records.read() as conn:
        assert stored.owner_of_answer(conn, "answer-1") == "a1"
        assert stored.owner_of_answer(conn, "answer-2") == "a2"
        assert stored.owner_of_answer(conn, "answer-3") is None


def test_a_number_is_given_to_one_step_only(records: Records, attempt: Attempt, now: datetime) -> None:
    with records.write() as conn:
        stored.append_step(conn, "a1", _answered(attempt, now, answer_id="answer-1")[1])
        with pytest.raises(AttemptError) as caught:
            stored.append_step(conn, "a1", _answered(attempt, now, answer_id="answer-2")[1])
    assert caught.value.code == "out-of-sequence"


def test_a_step_of_no_attempt_is_refused(records: Records, attempt: Attempt, now: datetime) -> None:
    with records.write() as conn, pytest.raises(AttemptError) as caught:
        stored.append_step(conn, "nowhere", _answered(attempt, now, answer_id="answer-1")[1])
    assert caught.value.code == "unknown-attempt"


def test_no_answer_without_the_item_as_it_was(records: Records, attempt: Attempt, now: datetime) -> None:
    _, step = _answered(attempt, now, answer_id="answer-1")
    with records.write() as conn, pytest.raises(IntegrityError):
        stored.append_step(conn, "a1", dataclasses.replace(step, item_version="never-kept"))


@pytest.mark.parametrize("table", ["step", "attempt", "item_version"])
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}"])
def test_what_was_answered_cannot_be_changed_even_by_hand(
    records: Records, attempt: Attempt, now: datetime, table: str, change: str
) -> None:
    with records.write() as conn:
        stored.append_step(conn, "a1", _answered(attempt, now, answer_id="answer-1")[1])
    column = {"step": "kind", "attempt": "policy", "item_version": "content"}[table]

    def by_hand() -> None:
        with records.write() as conn:
            conn.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            conn.exec_driver_sql(change.format(table, column))

    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        by_hand()


def test_items_come_back_in_the_version_that_was_seen(records: Records, path: Path) -> None:
    edited = ITEM.model_copy(update={"stem": "โจทย์ที่แก้แล้ว"})
    with records.write() as conn:
        stored.put_item_versions(conn, ITEMS)
        stored.put_item_versions(conn, [edited, *ITEMS])
    pairs = [(item.id, item.version) for item in (*ITEMS, edited)]
    records.close()
    with Records.open(path) as again, again.read() as conn:
        found = stored.items_of(conn, [*pairs, ("unknown", "1")])
        assert found == dict(zip(pairs, (*ITEMS, edited), strict=True))
        assert stored.items_of(conn, pairs) == found
        assert stored.items_of(conn, []) == {}


def test_many_items_come_back_at_once(records: Records) -> None:
    many = [ITEM.model_copy(update={"id": f"item-{n}"}) for n in range(1000)]
    with records.write() as conn:
        stored.put_item_versions(conn, many)
    with records.read() as conn:
        assert set(stored.items_of(conn, [(item.id, item.version) for item in many]).values()) == set(many)


def test_items_put_in_a_transaction_that_failed_are_put_again(records: Records) -> None:
    pair = (ITEM.id, ITEM.version)

    def undone() -> None:
        with records.write() as conn:
            stored.put_item_versions(conn, [ITEM])
            assert stored.items_of(conn, [pair])
            raise RuntimeError("the answer was refused")

    with pytest.raises(RuntimeError):
        undone()
    with records.write() as conn:
        stored.put_item_versions(conn, [ITEM])
    with records.read() as conn:
        assert stored.items_of(conn, [pair]) == {pair: ITEM}


def test_each_store_gives_its_own_texts(records: Records, tmp_path: Path) -> None:
    """A corrected explanation keeps the version; what another store in the same process has read must not show."""
    pair = (ITEM.id, ITEM.version)
    corrected = ITEM.model_copy(update={"explanation": "คำอธิบายที่แก้แล้ว"})
    assert corrected.version == ITEM.version
    with Records.open(tmp_path / "other.sqlite3") as other:
        for store, item in ((records, ITEM), (other, corrected)):
            with store.write() as conn:
                stored.put_item_versions(conn, [item])
            with store.read() as conn:
                assert stored.items_of(conn, [pair]) == {pair: item}


def test_a_simulated_attempt_brings_its_steps(records: Records, anna: str, now: datetime) -> None:
    made = dataclasses.replace(_attempt(anna, now), rules=PRACTICE)
    made, _ = _answered(made, now, answer_id="answer-1")
    made, _ = core.finish(made, answer_id="answer-2", at=now)
    with records.write() as conn:
        stored.put_item_versions(conn, ITEMS)
        stored.insert_attempt(conn, made, place="simulated")
    with records.read() as conn:
        assert stored.attempt_by_id(conn, "a1") == made


def test_a_moment_without_time_zone_is_refused(records: Records, anna: str, now: datetime) -> None:
    made = _attempt(anna, now.replace(tzinfo=None))
    with records.write() as conn, pytest.raises(Exception, match="naive datetime"):
        stored.insert_attempt(conn, made, place="served")
