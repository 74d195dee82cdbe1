"""The desk at deep assessment: attempts that run out, retry pools, parallel forms, marking and regrading, each by its messages."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cps_training.content.library import Library, load_library
from cps_training.desk import protocol as p
from cps_training.desk.asker import COMMAND_LINE, Asker
from cps_training.desk.core import Desk
from cps_training.errors import KitError
from cps_training.items import ITEM_TYPES
from cps_training.items.simulated import guess
from cps_training.places import shipped
from cps_training.records import accounts
from cps_training.records import attempts as stored
from cps_training.records.engine import Records

CHOICE = next(kind for kind in ITEM_TYPES if kind.__name__ == "MultipleChoice").example().model_dump(mode="json")


def question(number: int, **more: Any) -> dict[str, Any]:
    said = {"id": f"own-{number}", "stem": f"โจทย์ข้อที่ {number}", "clauses": ["cps.3.3" if number % 2 else "cps.2.3"]}
    return CHOICE | said | {"difficulty": ("easy", "medium", "hard")[number % 3]} | more


def form(name: str, feedback: str, **more: Any) -> dict[str, Any]:
    texts = {"title": {"th": name}, "description": {"th": name}}
    return {"form": name, "feedback": feedback, **texts, **more}


OWN = [f"own-{n}" for n in range(12)]
FORMS = [
    form("once", "exam", items=OWN[:3], cut_score=0.6, attempts={"most": 2, "counts": "first"}),
    form("quick", "exam", items=OWN[:3], cut_score=0.6, time_limit={"minutes": 5, "grace_seconds": 10}),
    form(
        "parts",
        "exam",
        cut_score=0.4,
        sections=[
            {"section": "a", "title": {"th": "ก"}, "items": OWN[:2], "must_pass": 0.5},
            {
                "section": "b",
                "title": {"th": "ข"},
                "items": OWN[2:4],
                "must_pass": 1.0,
                "reading": ["cps.2.3"],
                "retry": OWN[4:7],
                "retry_count": 2,
            },
        ],
    ),
    form("before", "exam", cut_score=0.6, blueprint={"seed": 1, "rows": [{"clauses": ["cps"], "count": 4}]}),
    form("after", "exam", cut_score=0.6, parallel_to="before", seed=2),
    form(
        "last",
        "exam",
        cut_score=0.6,
        apart_from=["before"],
        blueprint={"seed": 9, "rows": [{"clauses": ["cps"], "count": 30}]},
    ),
    form("tries", "tries", items=OWN[:2]),
    form("sure", "certainty", items=OWN[:2]),
    form("written", "exam", items=["by-trainer", "by-peer", "by-self"], cut_score=0.6),
]
ESSAY = next(kind for kind in ITEM_TYPES if kind.__name__ == "Essay").example().model_dump(mode="json")
ESSAYS = [ESSAY | {"id": f"by-{who}", "marked_by": who} for who in ("trainer", "peer", "self")]


def write_content(root: Path, items: list[dict[str, Any]]) -> Library:
    """JSON is YAML too."""
    (root / "quizzes/banks").mkdir(parents=True, exist_ok=True)
    (root / "quizzes/forms").mkdir(parents=True, exist_ok=True)
    bank = {"bank": "own", "title": {"th": "ของสำนักงาน"}, "items": items}
    (root / "quizzes/banks/own.yaml").write_text(json.dumps(bank, ensure_ascii=False), "utf-8")
    for one in FORMS:
        (root / f"quizzes/forms/{one['form']}.yaml").write_text(json.dumps(one, ensure_ascii=False), "utf-8")
    return load_library(shipped(), root)


@pytest.fixture(scope="module")
def own_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return write_content(tmp_path_factory.mktemp("content"), [*map(question, range(12)), *ESSAYS])


@pytest.fixture
def own_desk(tmp_path: Path, own_library: Library, clock: Any, entropy: Callable[[int], bytes]) -> Iterator[Desk]:
    records = Records.open(tmp_path / "records.sqlite3")
    yield Desk(records, own_library, clock, entropy, "served")
    records.close()


class Person:
    """Somebody at the desk, in the words of a page."""

    def __init__(self, desk: Desk, code: str, *roles: str) -> None:
        self.desk = desk
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=roles, at=desk.clock(), entropy=desk.entropy
            )
        self.asker = Asker(person_id=person_id, roles=roles)

    def ask(self, message: Any) -> Any:
        with self.desk.records.write() as conn:
            return self.desk.handle(conn, self.asker, message)

    def open(self, name: str, *, fresh: bool = False) -> Any:
        return self.ask(p.OpenAttempt(form_id=name, fresh=fresh))

    def answer(self, view: Any, item: Any, *, right: bool, sure: int | None = None) -> Any:
        response = self.respond(item, right=right)
        message = p.Answer(
            attempt_id=view["attempt_id"],
            item_id=item["item"],
            response=response,
            answer_id=secrets.token_hex(8),
            certainty=sure,
        )
        return self.ask(message)

    def respond(self, item: Any, *, right: bool) -> Any:
        shown = item["presentation"]
        if not item["item"].startswith(("own-", "aa-new-")):
            return guess(shown, random.Random(1))
        return {"choice": next(o["id"] for o in shown["options"] if (o["text"] == "สหกรณ์จังหวัด") == right)}

    def sit(self, name: str, right: list[bool]) -> Any:
        """A whole attempt; right: by place in the attempt."""
        view = self.open(name, fresh=True)
        for item, is_right in zip(view["items"], right, strict=False):
            self.answer(view, item, right=is_right)
        return self.ask(p.Finish(attempt_id=view["attempt_id"], answer_id=secrets.token_hex(8)))


@pytest.fixture
def anna(own_desk: Desk) -> Person:
    return Person(own_desk, "A01", "learner")


def refused(code: str) -> pytest.RaisesExc[KitError]:
    return pytest.raises(KitError, check=lambda error: error.code == code)


def form_view(person: Person, name: str) -> Any:
    return next(one for one in person.ask(p.Forms())["forms"] if one["form_id"] == name)


# Attempts and time ------------------------------------------------------------------------------------------------


def test_no_more_attempts_than_the_form_gives_and_the_first_counts(anna: Person) -> None:
    anna.sit("once", [True, False, False])
    second = anna.sit("once", [True, True, True])
    assert second["attempts_left"] == 0
    with refused("no-attempts-left"):
        anna.open("once", fresh=True)
    assert anna.open("once")["attempt_id"] == second["attempt_id"], "the last one can still be looked at"
    view = form_view(anna, "once")
    assert (view["attempts_left"], view["counted"]["points"], view["best"]["points"]) == (0, 1, 3)


def test_an_attempt_that_runs_out_is_finished_with_what_was_stored(anna: Person, clock: Any) -> None:
    view = anna.open("quick")
    assert view["seconds_left"] == 300
    anna.answer(view, view["items"][0], right=True)
    clock.move(minutes=5, seconds=9)
    anna.answer(view, view["items"][1], right=True)  # it was on its way
    clock.move(seconds=2)
    with refused("time-is-up") as told:
        anna.answer(view, view["items"][2], right=True)
    assert told.value.details["attempt"]["is_finished"]
    seen = anna.open("quick")
    assert (seen["is_out_of_time"], seen["result"]["points"], seen["result"]["is_passed"]) == (True, 2, True)
    with anna.desk.records.read() as conn:
        kept = stored.attempt_by_id(conn, view["attempt_id"])
    assert kept is not None
    assert [step.kind for step in kept.steps] == ["answer", "answer", "finish"]
    assert form_view(anna, "quick")["last"]["points"] == 2


def test_what_ran_out_counts_as_finished_before_anybody_opens_it(anna: Person, clock: Any) -> None:
    view = anna.open("quick")
    anna.answer(view, view["items"][0], right=True)
    clock.move(hours=1)
    assert form_view(anna, "quick")["n_finished"] == 1


# Tries and certainty ----------------------------------------------------------------------------------------------


def test_a_try_tells_the_hint_and_not_the_key(anna: Person) -> None:
    view = anna.open("tries")
    receipt = anna.answer(view, view["items"][0], right=False)
    item = receipt["item"]
    assert item["judgement"] is None
    assert item["nudge"]["hint"] == CHOICE["hints"][0]
    assert receipt["clauses"] == []
    again = anna.open("tries")["items"][0]
    assert again["nudge"] == item["nudge"], "the page that is loaded again tells it again"
    told = anna.answer(view, again, right=True)["item"]["judgement"]
    assert told["fraction"] == pytest.approx(2 / 3)


def test_certainty_travels_with_the_answer(anna: Person) -> None:
    view = anna.open("sure")
    with refused("no-certainty"):
        anna.answer(view, view["items"][0], right=True)
    receipt = anna.answer(view, view["items"][0], right=True, sure=2)
    assert receipt["item"]["certainty"] == 2
    anna.answer(view, view["items"][1], right=False, sure=3)
    done = anna.ask(p.Finish(attempt_id=view["attempt_id"], answer_id="finish-1"))
    assert (done["result"]["points"], done["result"]["maximum"]) == (-1, 6)
    assert [one["n"] for one in done["result"]["certainty"]] == [0, 1, 1]


# Sections and retry pools -----------------------------------------------------------------------------------------


def test_a_failed_section_opens_its_reading_and_then_its_retry_pool(anna: Person) -> None:
    with refused("not-yet"):
        anna.open("retry:parts:b")
    failed = anna.sit("parts", [True, True, True, False])
    result = failed["result"]
    assert (result["points"], result["is_passed"]) == (3, False)
    part = result["sections"][1]
    assert (part["is_passed"], part["reading"], part["retry"]) == (False, ["cps.2.3"], "retry:parts:b")
    assert result["sections"][0]["retry"] is None
    with refused("not-yet"):
        anna.open("retry:parts:b", fresh=True)
    read = anna.ask(p.ReadAgain(attempt_id=failed["attempt_id"], section="b", answer_id="read-again-1"))
    assert read["result"]["sections"][1]["is_read"]
    retry = anna.open("retry:parts:b", fresh=True)
    assert len(retry["items"]) == 2
    assert {item["item"] for item in retry["items"]} <= set(OWN[4:7])
    anna.sit("retry:parts:b", [True, False])
    assert anna.open("parts")["result"]["is_passed"] is False
    anna.sit("retry:parts:b", [True, True])
    made_good = anna.open("parts")["result"]
    assert (made_good["sections"][1]["is_made_good"], made_good["is_passed"]) == (True, True)
    assert form_view(anna, "parts")["counted"]["is_passed"] is True
    assert {one["form_id"] for one in anna.ask(p.Forms())["forms"]}.isdisjoint({"retry:parts:b"})


def test_a_new_attempt_must_be_made_good_anew(anna: Person) -> None:
    for _ in range(2):
        failed = anna.sit("parts", [True, True, True, False])
        assert failed["result"]["is_passed"] is False
        with refused("not-yet"):
            anna.open("retry:parts:b", fresh=True)
        anna.ask(p.ReadAgain(attempt_id=failed["attempt_id"], section="b", answer_id=secrets.token_hex(8)))
        anna.sit("retry:parts:b", [True, True])
        assert anna.open("parts")["result"]["is_passed"] is True
        anna.desk.clock.move(minutes=1)


# Parallel forms ---------------------------------------------------------------------------------------------------


def test_a_form_apart_from_another_brings_none_of_its_items_again(anna: Person) -> None:
    before = {item["item"] for item in anna.open("before")["items"]}
    last = {item["item"] for item in anna.open("last")["items"]}
    assert len(last) == 30
    assert not before & last


def test_before_and_after_share_no_item_also_when_the_bank_has_grown(
    own_desk: Desk, tmp_path: Path, clock: Any, entropy: Callable[[int], bytes]
) -> None:
    for n_new in range(1, 9):  # another pool each time, and so another draw
        person = Person(own_desk, f"G{n_new}", "learner")
        before = {item["item"] for item in person.open("before")["items"]}
        grown = [question(n, id=f"aa-new-{n}") for n in range(n_new)]
        library = write_content(tmp_path / f"grown-{n_new}", [*map(question, range(12)), *grown, *ESSAYS])
        later = Desk(own_desk.records, library, clock, entropy, "served")
        with later.records.write() as conn:
            view = later.handle(conn, person.asker, p.OpenAttempt(form_id="after"))
        after = {item["item"] for item in view["items"]}
        assert len(after) == 4
        assert not before & after, n_new


# Editing and regrading --------------------------------------------------------------------------------------------


@pytest.fixture
def corrected(tmp_path: Path, clock: Any, entropy: Callable[[int], bytes], own_desk: Desk) -> Desk:
    """The same store with a bank in which own-0 has another key."""
    items = [question(0, key="a"), *map(question, range(1, 12)), *ESSAYS]
    return Desk(own_desk.records, write_content(tmp_path / "corrected", items), clock, entropy, "served")


def test_editing_a_bank_changes_no_open_and_no_finished_attempt(anna: Person, corrected: Desk) -> None:
    done = anna.sit("once", [True, True, True])
    begun = anna.open("quick")
    anna.desk = corrected
    assert anna.open("once")["result"] == done["result"]
    place = next(n for n, item in enumerate(begun["items"]) if item["item"] == "own-0")
    anna.answer(begun, begun["items"][place], right=True)
    finished = anna.ask(p.Finish(attempt_id=begun["attempt_id"], answer_id="finish-1"))
    assert finished["result"]["points"] == 1


def regrade(desk: Desk, name: str, *, apply: bool) -> Any:
    with desk.records.write() as conn:
        return desk.handle(conn, COMMAND_LINE, p.Regrade(form_id=name, is_dry_run=not apply))


def test_regrading_shows_first_and_keeps_when_asked(anna: Person, corrected: Desk) -> None:
    anna.sit("once", [True, True, True])
    boon = Person(anna.desk, "B02", "learner")
    view = boon.open("once")
    assert regrade(anna.desk, "once", apply=True)["rows"] == [], "nothing changed, nothing kept"
    shown = regrade(corrected, "once", apply=False)
    assert (shown["n_attempts"], shown["is_applied"]) == (2, False)
    [row] = [row for row in shown["rows"] if row["person_code"] == "A01"]
    assert (row["before"]["points"], row["after"]["points"], row["items"]) == (3, 2, ["own-0"])
    anna.desk = boon.desk = corrected
    assert anna.open("once")["result"]["points"] == 3, "showing changes nothing"
    assert regrade(corrected, "once", apply=True)["is_applied"]
    assert anna.open("once")["result"]["points"] == 2
    assert regrade(corrected, "once", apply=True)["rows"] == []
    own = next(item for item in view["items"] if item["item"] == "own-0")
    boon.answer(view, own, right=True)  # an open attempt goes on, scored under the new key
    done = boon.ask(p.Finish(attempt_id=view["attempt_id"], answer_id="finish-1"))
    assert done["result"]["points"] == 0


def test_regrading_is_for_admins(anna: Person) -> None:
    for person in (anna, Person(anna.desk, "T01", "trainer")):
        with refused("not-allowed"):
            person.ask(p.Regrade(form_id="once"))


# Marking ----------------------------------------------------------------------------------------------------------

FULL = {"clear": "full", "problem": "full"}


def mark(person: Person, one: Any, levels: dict[str, str], answer_id: str = "") -> Any:
    message = p.Mark(
        attempt_id=one["attempt_id"],
        item_id=one["item_id"],
        levels=levels,
        comment="ชัดเจนดี",
        answer_id=answer_id or secrets.token_hex(8),
    )
    return person.ask(message)


def offered(person: Person) -> dict[str, Any]:
    return {one["item_id"]: one for one in person.ask(p.Waiting())["waiting"]}


def test_who_may_mark_what(anna: Person) -> None:
    boon, trainer = Person(anna.desk, "B02", "learner"), Person(anna.desk, "T01", "trainer")
    view = anna.open("written")
    for item in view["items"]:
        anna.answer(view, item, right=True)
    assert offered(trainer) == {}, "nothing is marked before it is sent"
    anna.ask(p.Finish(attempt_id=view["attempt_id"], answer_id="finish-1"))
    assert set(offered(trainer)) == {"by-trainer", "by-peer"}
    assert set(offered(anna)) == {"by-self"}
    assert offered(boon) == {}, "a colleague marks after having written"
    boon.sit("written", [])
    assert offered(boon) == {}, "having sent it blank is not having written"
    boon.sit("written", [True, True, True])
    assert set(offered(boon)) == {"by-peer", "by-self"}
    seen = json.dumps(list(offered(boon).values()), ensure_ascii=False)
    assert "A01" not in seen
    assert "คน A01" not in seen
    for person, name in ((boon, "by-trainer"), (boon, "by-self"), (anna, "by-peer"), (trainer, "by-self")):
        with refused("not-yours"):
            mark(person, {"attempt_id": view["attempt_id"], "item_id": name}, FULL)


def test_a_mark_counts_once_and_decides(anna: Person) -> None:
    trainer, other = Person(anna.desk, "T01", "trainer"), Person(anna.desk, "T02", "trainer")
    done = anna.sit("written", [True, True, True])
    assert (done["result"]["n_waiting"], done["result"]["is_passed"]) == (3, None)
    waiting = offered(trainer)
    with refused("incomplete-mark"):
        mark(trainer, waiting["by-trainer"], {"clear": "full"})
    for _ in range(2):  # sent again after a silence
        assert mark(trainer, waiting["by-trainer"], FULL, "mark-mark-1") == {"is_marked": True}
    with refused("not-yours"):
        mark(other, waiting["by-trainer"], {"clear": "none", "problem": "none"})
    mark(other, waiting["by-peer"], FULL)
    mark(anna, offered(anna)["by-self"], {"clear": "none", "problem": "none"})
    seen = anna.open("written")
    assert (seen["result"]["n_waiting"], seen["result"]["is_passed"]) == (0, True)
    told = next(item["judgement"] for item in seen["items"] if item["item"] == "by-trainer")
    assert (told["verdict"], told["mark"]["comment"], told["mark"]["role"]) == ("right", "ชัดเจนดี", "trainer")
    with anna.desk.records.read() as conn:
        kept = stored.attempt_by_id(conn, seen["attempt_id"])
    assert kept is not None
    assert [step.kind for step in kept.steps].count("mark") == 3


def test_after_a_regrading_an_open_practice_tells_by_the_new_key(anna: Person, corrected: Desk) -> None:
    view = anna.open("tries")
    regrade(corrected, "tries", apply=True)
    anna.desk = corrected
    own = next(item for item in view["items"] if item["item"] == "own-0")
    receipt = anna.answer(view, own, right=True)  # right under the old key
    assert receipt["item"]["judgement"] is None
    assert receipt["item"]["nudge"]["verdict"] == "wrong"
    assert (
        next(item for item in anna.open("tries")["items"] if item["item"] == "own-0")["nudge"]
        == receipt["item"]["nudge"]
    )


# Today's review ---------------------------------------------------------------------------------------------------


def test_what_was_answered_comes_back_when_it_is_due_and_goes_when_it_was_reviewed(anna: Person, clock: Any) -> None:
    with refused("nothing-due"):
        anna.open("review:today")
    anna.sit("tries", [True, False])
    assert anna.ask(p.Progress())["n_due"] == 0
    clock.move(days=3)
    n_due = anna.ask(p.Progress())["n_due"]
    review = anna.open("review:today")
    assert len(review["items"]) == n_due >= 1
    library = anna.desk.library
    assert {clause for item in review["items"] for clause in library.items[item["item"]].clauses} >= {
        "cps.2.3",
        "cps.3.3",
    }
    assert review["policy"] == "practice"
    anna.answer(review, review["items"][0], right=True)
    assert anna.open("review:today", fresh=True)["attempt_id"] == review["attempt_id"], "one at a time"
    for item in review["items"][1:]:
        anna.answer(review, item, right=True)
    anna.ask(p.Finish(attempt_id=review["attempt_id"], answer_id="finish-1"))
    assert anna.ask(p.Progress())["n_due"] == 0
    with refused("nothing-due"):
        anna.open("review:today", fresh=True)


def test_a_review_shows_no_item_of_an_exam(anna: Person, clock: Any, own_library: Library) -> None:
    held_back = set(own_library.pools.held_back)
    exams = {i for form in own_library.forms.values() if form.feedback == "exam" for i, _ in form.named_items}
    told = {i for form in own_library.forms.values() if form.feedback == "tries" for i, _ in form.named_items}
    assert not set(own_library.review_pool) & held_back
    assert not (set(own_library.review_pool) & exams) - told - set(OWN[4:7])


def test_a_text_that_waits_for_its_marker_is_written_once_also_among_tries(
    tmp_path: Path, anna: Person, clock: Any, entropy: Callable[[int], bytes]
) -> None:
    root = tmp_path / "office"
    write_content(root, [*map(question, range(12)), *[one | {"hints": ["คิดอีกที"]} for one in ESSAYS]])
    said = form("written-tries", "tries", items=["by-trainer"])
    (root / "quizzes/forms/written-tries.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    anna.desk = Desk(anna.desk.records, load_library(shipped(), root), clock, entropy, "served")
    view = anna.open("written-tries")
    told = anna.answer(view, view["items"][0], right=True)["item"]
    assert told["nudge"] is None
    assert told["judgement"]["verdict"] == "waiting"


def test_marking_is_no_way_round_what_a_review_holds_back(
    tmp_path: Path, anna: Person, clock: Any, entropy: Callable[[int], bytes]
) -> None:
    root = tmp_path / "office"
    write_content(root, [*map(question, range(12)), *ESSAYS])
    held = {"items": ["by-peer", "by-self"], "cut_score": 0.6, "review": {"show": "score"}}
    for one in (form("held", "exam", **held), form("open", "exam", **held | {"review": {"show": "keys"}})):
        (root / f"quizzes/forms/{one['form']}.yaml").write_text(json.dumps(one, ensure_ascii=False), "utf-8")
    anna.desk = Desk(anna.desk.records, load_library(shipped(), root), clock, entropy, "served")
    boon, trainer = Person(anna.desk, "B02", "learner"), Person(anna.desk, "T01", "trainer")
    for name, told in (("held", ""), ("open", ESSAY["model_answer"])):
        anna.sit(name, [True, True])
        boon.sit(name, [True, True])
        title = {"th": name, "en": name}
        for person in (anna, boon):
            texts = [one for one in person.ask(p.Waiting())["waiting"] if one["form"] == title]
            assert {one["role"] for one in texts} == {"peer", "self"}
            assert {one["model_answer"] for one in texts} == {told}
        seen = [one for one in trainer.ask(p.Waiting())["waiting"] if one["form"] == title]
        assert {one["model_answer"] for one in seen} == {ESSAY["model_answer"]}
