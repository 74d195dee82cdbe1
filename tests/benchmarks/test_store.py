"""The check behind every acknowledged answer finds each way in which one may be wrong, on a real store too."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from benchmarks import office, store
from benchmarks.learner import Receipt, Said
from benchmarks.store import Stored, compare
from cps_training.clock import utc_now
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.desk.opening import open_desk
from cps_training.places import DataFolder
from cps_training.records import accounts

ONE, TWO, THREE = (Receipt(name * 32, "item", {"choice": "x"}) for name in "abc")
TOLD = {"B1": Said((ONE,), (TWO,)), "B2": Said((THREE,))}


def test_all_is_well() -> None:
    found = compare(TOLD, [Stored("B1", ONE), Stored("B2", THREE)])
    assert (found["wrong"], found["acknowledged"], found["in_doubt_and_stored"]) == (0, 2, 0)


def test_an_answer_nobody_acknowledged_may_be_there() -> None:
    found = compare(TOLD, [Stored("B1", ONE), Stored("B1", TWO), Stored("B2", THREE)])
    assert (found["wrong"], found["in_doubt_and_stored"]) == (0, 1)


def test_a_missing_answer_is_found() -> None:
    found = compare(TOLD, [Stored("B2", THREE)])
    assert (found["missing"], found["wrong"]) == (1, 1)


def test_an_answer_that_is_there_twice_is_found() -> None:
    found = compare(TOLD, [Stored("B1", ONE), Stored("B1", ONE), Stored("B2", THREE)])
    assert (found["twice"], found["wrong"]) == (1, 1)


def test_an_answer_of_another_person_or_another_choice_is_found() -> None:
    changed = replace(THREE, response={"choice": "y"})
    found = compare(TOLD, [Stored("B2", ONE), Stored("B2", changed)])
    assert (found["altered"], found["wrong"]) == (2, 2)


def test_several_choices_have_no_order() -> None:
    sent, kept = (replace(ONE, response={"choices": names}) for names in (["x", "y"], ["y", "x"]))
    assert compare({"B1": Said((sent,))}, [Stored("B1", kept)])["wrong"] == 0
    ordered = [replace(ONE, response={"order": names}) for names in (["x", "y"], ["y", "x"])]
    assert compare({"B1": Said((ordered[0],))}, [Stored("B1", ordered[1])])["altered"] == 1


def test_an_answer_nobody_sent_is_found_and_a_browsers_are_counted() -> None:
    rows = [Stored("B1", ONE), Stored("B2", THREE), Stored("GUEST", TWO)]
    assert compare({"B1": Said((ONE,)), "B2": Said((THREE,))}, rows)["uncounted"] == 1
    assert compare({"B1": Said((ONE,)), "B2": Said((THREE,))}, rows, {"GUEST": 1})["wrong"] == 0
    assert compare({"B1": Said((ONE,)), "B2": Said((THREE,))}, rows, {"GUEST": 2})["uncounted"] == 1
    assert compare({"B1": Said((ONE,)), "B2": Said((THREE,))}, rows, {"GUEST": None})["wrong"] == 0


def test_a_real_store_speaks_the_words_of_the_page(tmp_path: Path) -> None:
    made = office.build(tmp_path / "kit", 1)
    desk = open_desk(DataFolder(made.folder), place="served")
    with desk.records.write() as conn:
        person = accounts.person_by_code(conn, made.codes[0])
        assert person is not None
        token, _ = accounts.open_session(conn, person.person_id, "own", utc_now(), secrets.token_bytes)
        asker = Asker(session_hash=accounts.token_hash(token))
        view = desk.handle(conn, asker, p.OpenAttempt(form_id=office.FORM))
        assert isinstance(view, dict)
        assert len(view["items"]) == office.N_QUESTIONS
        item = view["items"][0]
        response = {"choice": item["presentation"]["options"][1]["id"]}
        receipt = Receipt(secrets.token_hex(16), item["item"], response)
        sent = p.Answer(
            attempt_id=view["attempt_id"],
            item_id=receipt.item,
            response=response,
            answer_id=receipt.answer_id,
            expect_seq=0,
        )
        desk.handle(conn, asker, sent)
    desk.records.close()
    found = store.check(made.folder, {made.codes[0]: Said((receipt,))})
    assert (found["wrong"], found["stored"], found["rows"]["attempt"], found["unsound"]) == (0, 1, 1, [])
    other = replace(receipt, response={"choice": item["presentation"]["options"][0]["id"]})
    assert store.check(made.folder, {made.codes[0]: Said((other,))})["altered"] == 1
