"""Changes to a plan's document: found, applied, held against what others have done; paths of findings."""

from __future__ import annotations

import random

import pytest

from cps_training.errors import AttemptError
from cps_training.planning.editing import (
    ABSENT,
    Change,
    apply,
    canonical,
    conflicts,
    difference,
    path_of_at,
    require_years,
    value_at,
    written,
)


@pytest.fixture(scope="module")
def document(base_plan):
    return written(base_plan)


def change(*at, before=ABSENT, after=ABSENT):
    return Change(at, before, after)


def test_a_document_is_the_plan_without_what_stands_at_its_default(base_plan, document):
    assert type(base_plan).model_validate(document) == base_plan
    assert value_at(document, ("visits", "V4", "counts_cash")) is ABSENT
    assert value_at(document, ("visits", "V1", "start")) == "09:30:00"
    assert canonical({**document, "title": "  ก  ", "policy_refs": []}) == {
        name: "ก" if name == "title" else value for name, value in document.items() if name != "policy_refs"
    }


def test_what_stands_at_a_path(document):
    assert value_at(document, ("visits", "V3", "method")) == "member-meeting"
    assert value_at(document, ("visits", "V1", "agenda", "1", "title")) == "รายงานหนี้ค้างชำระ"
    assert value_at(document, ("issues", "I4", "feasibility", "invest")) == 900000
    for gone in (("visits", "V9"), ("visits", "V9", "method"), ("visits", "V1", "agenda", "9"), ("target",)):
        assert value_at(document, gone) is ABSENT


def test_changes_are_made_without_touching_what_was_given(document):
    before = canonical(document)
    new = {"id": "V5", "orgs": ["ban-chamlong"]}
    made = apply(
        document,
        [
            change("title", after="แผนใหม่"),
            change("visits", "V2", "objective", after="ข"),
            change("visits", "V3", "start"),
            change("visits", "V4"),
            change("visits", "V5", after=new),
            change("policy_refs"),
        ],
    )
    assert document == before
    assert [one["id"] for one in made["visits"]] == ["V1", "V2", "V3", "V5"]
    assert (made["title"], made["visits"][1]["objective"], made["visits"][3]) == ("แผนใหม่", "ข", new)
    assert "start" not in made["visits"][2]
    assert "policy_refs" not in made


@pytest.mark.parametrize(
    "wrong",
    [
        change("colour", after="red"),
        change("plan", after="other"),
        change("visits", after=[]),
        change("visits", "V1", "id", after="V8"),
        change("visits", "V1", "colour", after="red"),
        change("visits", "V9", "method", after="training"),
        change("visits", "V1", "agenda", "0", after={}),
        change("visits", "V7", after={"id": "V8", "orgs": ["ban-chamlong"]}),
        change("visits", "V7", after="V7"),
        change(after=1),
    ],
)
def test_a_path_nobody_has_is_refused(document, wrong):
    with pytest.raises(AttemptError) as refused:
        apply(document, [wrong])
    assert refused.value.code == "bad-change"


@pytest.mark.parametrize(
    "given", [{}, {"at": "title"}, {"at": ["title"], "then": 1}, {"at": [1]}, None, [], {"at": ["colour"]}]
)
def test_what_is_no_change_is_refused(given):
    with pytest.raises(AttemptError) as refused:
        Change.from_json(given)
    assert refused.value.code == "bad-change"


def test_changes_go_through_json_and_what_is_not_there_is_left_out():
    for one, keys in (
        (change("title", before=None, after=""), {"at", "before", "after"}),
        (change("visits", "V1", before={"id": "V1"}), {"at", "before"}),
        (change("title", after="ก"), {"at", "after"}),
    ):
        assert set(one.as_json()) == keys
        assert Change.from_json(one.as_json()) == one


def test_a_difference_makes_the_new_of_the_old(document):
    chance = random.Random(9)
    for _ in range(60):
        old, new = (some_version(document, chance) for _ in range(2))
        found = difference(old, new)
        assert in_any_order(apply(old, found)) == in_any_order(new)
        assert all(one.before == value_at(old, one.at) != value_at(new, one.at) == one.after for one in found)
        assert conflicts(old, found) == ()
        assert difference(new, new) == ()


def some_version(document, chance):
    """The document with things and fields left out and texts changed."""
    made = {}
    for name, value in document.items():
        if name in ("visits", "issues", "records"):
            made[name] = [
                {field: f"{one[field]} ใหม่" if field == "objective" and chance.random() < 0.5 else one[field] for field in one if field == "id" or chance.random() < 0.8}
                for one in value
                if chance.random() < 0.7
            ]  # fmt: skip
        elif name == "plan" or chance.random() < 0.7:
            made[name] = value
    return {name: value for name, value in made.items() if value != []}


def in_any_order(document):
    return {
        name: {one["id"]: one for one in value} if name in ("visits", "issues", "records", "orgs", "actions", "reports", "previous") else value
        for name, value in document.items()
    }  # fmt: skip


def test_who_saw_something_else_is_in_conflict(document):
    objective = value_at(document, ("visits", "V3", "objective"))
    mine = change("visits", "V3", "objective", before="ที่เห็นก่อนหน้านี้", after="ของฉัน")
    assert conflicts(document, [mine]) == (mine,)
    removed = change("visits", "V3", before={"id": "V3", "orgs": ["thung-sathit"]})
    assert conflicts(document, [removed]) == (removed,)
    added = change("visits", "V3", after={"id": "V3", "orgs": ["thung-sathit"]})
    assert conflicts(document, [added]) == (added,)
    gone = change("visits", "V9", "objective", before="เดิม", after="ใหม่")
    assert conflicts(document, [gone]) == (gone,)
    for fine in (
        change("visits", "V3", "objective", before=objective, after="ของฉัน"),
        change("visits", "V3", "objective", before=f"{objective} ", after="ของฉัน"),
        change("visits", "V3", "objective", before="ที่เห็นก่อนหน้านี้", after=objective),
        change("visits", "V3", "holiday_reason", before="", after="นัดไว้แล้ว"),
        change("visits", "V3", "counts_cash", before=False, after=True),
        change("visits", "V3", "agenda", before=[], after=[{"title": "ก"}]),
        change("visits", "V3", "actual_org", before=None, after="thung-sathit"),
    ):
        assert conflicts(document, [fine]) == (), fine


def test_nothing_looked_at_and_looked_and_nothing_found_are_two_things(document):
    without = apply(document, [change("projects_considered")])
    looked = change("projects_considered", before=[], after=[{"name": "ก"}])
    assert conflicts(without, [looked]) == (looked,)


def test_mistakes_are_told_for_what_they_are(document):
    for wrong, words in (
        (change("issues", "I1"), "อ้างถึง"),
        (change("visits", "V1", "objective", after="ก" * 2001), "ยาว"),
        (change("visits", "V1", "travel_minutes", after=900), "ช่วง"),
        (change("visits", "V1", "method", after="flying"), "โหลดหน้านี้ใหม่"),
    ):
        with pytest.raises(AttemptError, match=words) as refused:
            canonical(apply(document, [wrong]))
        assert refused.value.code == "bad-change"
        assert refused.value.place


def test_years_that_cannot_be_meant_are_refused():
    require_years({"planned_date": "2023-07-11", "objective": "9999-12-31 เป็นวันที่ในข้อความ", "facts": ["ก", 3, None]})
    for day in ("2566-07-11", "9999-12-31", "0001-01-01"):
        with pytest.raises(AttemptError, match=r"ปี พ\.ศ\."):
            require_years([{"study": [{"done_on": day}]}])


@pytest.mark.parametrize(
    ("at", "path"),
    [
        ("visits[2].objective", ("visits", "V3", "objective")),
        ("visits[0].agenda[3].prep_note", ("visits", "V1", "agenda", "3", "prep_note")),
        ("orgs[1].open_orders[0]", ("orgs", "ban-chamlong", "open_orders", "0")),
        ("previous[0].unresolved[1]", ("previous", "P1", "unresolved", "1")),
        ("issues[3]", ("issues", "I4")),
        ("week.entries[0].visit", ("week", "entries", "0", "visit")),
        ("projects_considered[1].why", ("projects_considered", "1", "why")),
        ("policy_refs", ("policy_refs",)),
        ("visits[99].objective", ("visits", "99", "objective")),
    ],
)
def test_findings_have_paths(base_plan, document, at, path):
    assert path_of_at(base_plan, at) == path_of_at(document, at) == path
