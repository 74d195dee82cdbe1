"""What each move writes into the plan, and what it takes away."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cps_training.errors import AttemptError
from cps_training.planning.editing import ABSENT, canonical, value_at, written
from cps_training.planning.effects import BY_MOVES, after, changes, without_moves
from cps_training.planning.model import Plan
from cps_training.planning.workflow_table import Detail, Event, Line

EVENING = datetime(2023, 7, 24, 17, 30, tzinfo=UTC)  # 25 July, half past midnight in Thailand
PERMISSION = ("requested_on", "decision", "decided_on", "approver_role", "acting_order")


@pytest.fixture(scope="module")
def document(base_plan):
    return written(base_plan)


def event(kind, visit, role="officer", **detail):
    return Event(1, kind, visit, "x", role, EVENING, Detail(**detail))


def fields(document, at, names):
    return {name: value for name in names if (value := value_at(document, (*at, name))) is not ABSENT}


def test_a_request_is_dated_and_the_old_decision_gone(document):
    made = after(document, event("request", "V1"))
    assert fields(made, ("visits", "V1"), PERMISSION) == {"requested_on": "2023-07-25"}


@pytest.mark.parametrize(("kind", "decision"), [("allow", "approved"), ("return-request", "returned")])
def test_a_decision_says_who_when_and_by_which_order(document, kind, decision):
    made = after(document, event(kind, "V3", "acting", comment="ก", order=" 12/2566 "))
    said = {"decision": decision, "decided_on": "2023-07-25", "approver_role": "acting", "acting_order": "12/2566"}
    assert fields(made, ("visits", "V3"), PERMISSION) == {"requested_on": "2023-07-18", **said}
    made = after(made, event(kind, "V3", "provincial", order="12/2566"))
    assert "acting_order" not in fields(made, ("visits", "V3"), PERMISSION)


def test_what_was_done_stands_beside_what_was_asked(document):
    line = Line(("ban-chamlong",), date(2023, 7, 24), "training")
    made = after(document, event("perform", "V4", line=line, reason=" ฝนท่วม ", informed_on=date(2023, 7, 24)))
    names = ("actual_date", "actual_org", "actual_method", "changed_reason", "informed_on", "orgs")
    assert fields(made, ("visits", "V4"), names) == {
        "actual_date": "2023-07-24",
        "actual_org": "ban-chamlong",
        "actual_method": "training",
        "changed_reason": "ฝนท่วม",
        "informed_on": "2023-07-24",
        "orgs": ["thung-sathit"],
    }
    more = Line(("thung-sathit", "ban-chamlong"), date(2023, 7, 24), "dialogue")
    assert (
        value_at(after(document, event("perform", "V4", line=more)), ("visits", "V4", "actual_org")) == "ban-chamlong"
    )
    same = Line(("thung-sathit",), date(2023, 7, 26), "dialogue")
    assert {change.at[-1] for change in changes(document, event("perform", "V4", line=same))} == {
        "actual_date",
        "actual_org",
        "actual_method",
    }


def test_a_record_is_dated_for_its_cooperative(document):
    made = after(document, event("record", "V2", org="ban-chamlong"))
    assert [record["recorded_on"] for record in made["records"]] == ["2023-07-12", "2023-07-25"]
    for visit, org in (("V2", "thung-sathit"), ("V3", "thung-sathit")):
        with pytest.raises(AttemptError) as refused:
            after(document, event("record", visit, org=org))
        assert refused.value.code == "no-record"


def test_a_report_returned_wants_a_new_answer_and_one_sent_again_is_undecided(document):
    answered = {**document, "reports": [document["reports"][0] | {"answered_comment": "แก้แล้ว"}]}
    made = after(answered, event("return-report", "V1", "provincial", comment=" เทียบเป้าหมาย "))
    report = made["reports"][0]
    assert (report["decision"], report["returned_comment"], report["decided_on"]) == (
        "returned",
        "เทียบเป้าหมาย",
        "2023-07-25",
    )
    assert "answered_comment" not in report
    again = after(made, event("report", "V1"))["reports"][0]
    assert "decision" not in again
    assert (again["submitted_on"], again["returned_comment"]) == ("2023-07-25", "เทียบเป้าหมาย")
    approved = after(made, event("approve-report", "V1", "provincial"))["reports"][0]
    assert (approved["decision"], approved["returned_comment"]) == ("approved", "เทียบเป้าหมาย")
    with pytest.raises(AttemptError) as refused:
        after(document, event("report", "V3"))
    assert refused.value.code == "no-report"


def test_before_any_move_nothing_is_decided_done_or_written(document):
    made = without_moves(document)
    assert "records" not in made
    assert "reports" not in made
    assert all(fields(made, ("visits", visit), BY_MOVES["visits"]) == {} for visit in ("V1", "V2", "V3", "V4"))
    assert value_at(made, ("visits", "V1", "objective")) == value_at(document, ("visits", "V1", "objective"))
    assert canonical(made) == made


def test_what_moves_write_are_fields_of_the_plan():
    for name, written_by_moves in BY_MOVES.items():
        (thing,) = Plan.model_fields[name].annotation.__args__[:1]
        assert set(written_by_moves) <= set(thing.model_fields)
