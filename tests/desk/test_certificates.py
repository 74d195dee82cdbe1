"""The certificate: earned by every lesson and a passed final exam, checked by its code, and by nobody's made-up one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest

from cps_training.content.forms import AuthoredForm
from cps_training.desk import protocol as p
from cps_training.errors import AccessError
from tests.desk.test_refresher import Person

FINAL = AuthoredForm(
    form="last",
    title={"th": "สอบปลายหลักสูตร", "en": "Final exam"},
    description={"th": "สอบ", "en": "Exam"},
    feedback="exam",
    cut_score=0.6,
    stage="final",
    items=("cps-skip-strategy-seminar", "cps-plan-line-to-hand-over"),
)


@pytest.fixture
def small(desk):
    """The desk with one lesson and a final exam of two items."""
    library = desk.library
    lessons = MappingProxyType({"cps-cycle": library.lessons["cps-cycle"]})
    return replace(desk, library=replace(library, lessons=lessons, forms=MappingProxyType({"last": FINAL})))


@pytest.fixture
def officer(small):
    return Person(small, "P001", "learner")


def sit(person: Person, form: str, *, right: bool = True, send: bool = False) -> None:
    view = person.open(form=form)
    for n in range(len(view["items"])):
        person.answer(view, n, right=right)
    if send:
        person.ask(p.Finish(attempt_id=view["attempt_id"], answer_id=f"finish-{view['attempt_id']}"[:60]))


def told(person: Person) -> Any:
    return person.ask(p.Certificate())


def test_it_takes_every_lesson_and_a_passed_exam(officer):
    assert (told(officer)["n_done"], told(officer)["n_lessons"]) == (0, 1)
    sit(officer, "last", send=True)
    assert told(officer)["exam"] == {
        "form_id": "last",
        "title": {"th": "สอบปลายหลักสูตร", "en": "Final exam"},
        "is_passed": True,
    }
    assert told(officer)["certificate"] is None, "the lesson is missing"
    sit(officer, "lesson:cps-cycle", right=False)
    found = told(officer)["certificate"]
    assert found["name"]
    assert len(found["code"].replace("-", "")) == 16


def test_a_failed_exam_earns_none_and_a_later_failure_takes_none_away(officer):
    sit(officer, "lesson:cps-cycle")
    sit(officer, "last", right=False, send=True)
    assert told(officer)["certificate"] is None
    view = officer.open(form="last", fresh=True)
    for n in range(2):
        officer.answer(view, n)
    assert told(officer)["certificate"] is None, "not sent yet"
    officer.ask(p.Finish(attempt_id=view["attempt_id"], answer_id="finish-two"))
    earned = told(officer)["certificate"]
    again = officer.open(form="last", fresh=True)
    officer.ask(p.Finish(attempt_id=again["attempt_id"], answer_id="finish-three"))
    assert told(officer)["certificate"] == earned


def test_its_day_is_that_of_the_last_thing_needed_and_does_not_move(small, officer, clock):
    sit(officer, "last", send=True)
    clock.move(days=3)
    sit(officer, "lesson:cps-cycle")
    earned = told(officer)["certificate"]
    assert earned["earned_on"] == (clock() + timedelta(hours=7)).date().isoformat()
    clock.move(days=40)
    assert told(officer)["certificate"] == earned


def test_a_code_is_found_however_it_was_copied_and_no_other_is(small, officer):
    sit(officer, "last", send=True)
    sit(officer, "lesson:cps-cycle")
    code = told(officer)["certificate"]["code"]
    trainer = Person(small, "T001", "trainer")
    for copied in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '')} "):
        assert trainer.ask(p.VerifyCertificate(code=copied))["certificate"]["person_code"] == "P001"
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert trainer.ask(p.VerifyCertificate(code=wrong))["certificate"] is None


def test_two_people_have_two_codes_and_a_code_without_its_certificate_is_none(small, officer):
    other = Person(small, "P002", "learner")
    sit(officer, "last", send=True)
    sit(officer, "lesson:cps-cycle")
    sit(other, "last", send=True)  # the lesson is missing
    assert told(other)["certificate"] is None
    trainer = Person(small, "T001", "trainer")
    assert (
        trainer.ask(p.VerifyCertificate(code=told(officer)["certificate"]["code"]))["certificate"]["person_code"]
        == "P001"
    )


def test_only_staff_check_codes_and_nobody_sees_anothers_certificate(officer):
    with pytest.raises(AccessError):
        officer.ask(p.VerifyCertificate(code="ABCD-EFGH-IJKL-MNOP"))
    assert "P002" not in json.dumps(told(officer))


def test_without_a_final_exam_there_is_none(desk, small):
    bare = replace(small, library=replace(small.library, forms=MappingProxyType({})))
    person = Person(bare, "P009", "learner")
    assert told(person)["exam"] is None
    assert told(person)["certificate"] is None
