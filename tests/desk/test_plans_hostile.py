"""Plans at the desk against whoever means harm, and whatever breaks: forged messages, merged accounts, races, a power cut, a copy put back."""

from __future__ import annotations

import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from cps_training.desk import client as desk_client
from cps_training.desk import plan_messages as m
from cps_training.desk import protocol as p
from cps_training.desk.core import Desk
from cps_training.errors import AttemptError, KitError
from cps_training.places import DataFolder
from cps_training.records import copies, merges
from cps_training.records import plans as stored
from cps_training.records.engine import Records
from tests.desk.test_plans import Officer, done, new_id, record_and_report, refused, value
from tests.desk.test_service import NO_SIGKILL, DeskProcess, fill

ORG = {"name": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด", "kind": "agricultural"}
OBJECTIVE = ("visits", "V1", "objective")


@pytest.fixture
def officer(desk):
    made = Officer(desk, "K01")
    made.begin()
    return made


@pytest.fixture
def approver(desk):
    return Officer(desk, "A01", "approver")


def merge(desk: Any, kept: Officer, merged: Officer) -> None:
    with desk.records.write() as conn:
        merges.merge(conn, kept=kept.asker.person_id, merged_id=merged.asker.person_id, at=desk.clock(), by=None)


def asked_for(officer: Officer) -> Officer:
    officer.make_ready()
    officer.request()
    return officer


def allowed(officer: Officer, approver: Officer) -> None:
    asked_for(officer)
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="allow")
    officer.open()


def send(officer: Officer, *changes: dict[str, Any]) -> Any:
    """Changes as they are, whatever the document says."""
    return officer.ask(m.EditPlan(plan_id=officer.view["plan_id"], changes=changes, answer_id=new_id()))


# Nobody decides on their own, whatever account they use -----------------------------------------------------------


@pytest.mark.parametrize("keeps_approver", [True, False])
def test_two_accounts_of_one_person_decide_nothing_of_each_others_plans(desk, officer, approver, keeps_approver):
    asked_for(officer)
    merge(desk, *((approver, officer) if keeps_approver else (officer, approver)))
    assert approver.ask(m.PlanWaiting())["rows"] == []
    approver.view = officer.view
    with refused("own-work"):
        approver.say(m.Decide, visit="V2", kind="allow")
    assert officer.open()["states"]["V2"] == "requested"
    with desk.records.write() as conn:
        merged = approver if not keeps_approver else officer
        merges.unmerge(conn, merged_id=merged.asker.person_id, at=desk.clock(), by=None)
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="allow")
    assert officer.open()["states"]["V2"] == "approved"


def test_a_writer_merged_into_an_approver_keeps_them_from_deciding_too(desk, officer, approver):
    colleague = Officer(desk, "K02")
    officer.share_with(colleague)
    officer.share_with(colleague, on=False)
    merge(desk, approver, colleague)
    asked_for(officer)
    approver.view = officer.view
    with refused("own-work"):
        approver.say(m.Decide, visit="V2", kind="allow")


def test_a_trainer_rates_no_plan_of_another_account_of_theirs(desk, officer):
    trainer = Officer(desk, "T01", "trainer")
    asked_for(officer)
    merge(desk, trainer, officer)
    trainer.open(officer)
    with refused("own-work"):
        trainer.say(m.RatePlan, by="trainer", levels={"weight-of-evidence": 4})


def test_who_turns_out_to_have_allowed_their_own_visit_cannot_carry_it_out(desk, officer, approver, clock):
    allowed(officer, approver)
    clock.move(days=17)
    merge(desk, officer, approver)
    with refused("own-permission"):
        officer.say(m.MovePlan, kind="perform", visit="V2")


# Forged changes ----------------------------------------------------------------------------------------------------

BY_MOVES = {
    "requested_on": "2026-11-23",
    "decision": "approved",
    "decided_on": "2026-11-23",
    "approver_role": "provincial",
    "acting_order": "1/2569",
    "actual_date": "2026-11-24",
    "actual_org": "coop",
    "actual_method": "inspection",
    "changed_reason": "x",
    "informed_on": "2026-11-24",
}


def test_no_field_of_a_visit_that_moves_set_is_written_alone_in_a_whole_visit_or_in_a_new_one(officer):
    seen = officer.view["document"]
    visit = value(seen, ("visits", "V2"))
    for field, forged in BY_MOVES.items():
        for change in (
            {"at": ["visits", "V2", field], "after": forged},
            {"at": ["visits", "V2"], "before": visit, "after": visit | {field: forged}},
            {"at": ["visits", "V8"], "after": visit | {"id": "V8", field: forged}},
        ):
            with refused("frozen-field"):
                send(officer, change)
    assert officer.open()["document"] == seen


def test_what_was_decided_is_neither_replaced_nor_removed_and_put_back(officer, approver):
    allowed(officer, approver)
    visit = value(officer.view["document"], ("visits", "V2"))
    fresh = {name: one for name, one in visit.items() if name not in BY_MOVES}
    gone = {"at": ["visits", "V2"], "before": visit}
    other = {"name": "สหกรณ์อีกแห่ง จำกัด", "kind": "agricultural", "id": "coop"}
    org = value(officer.view["document"], ("orgs", "coop"))
    forged: list[tuple[dict[str, Any], ...]] = [
        (gone,),
        ({**gone, "after": fresh},),
        (gone, {"at": ["visits", "V2"], "before": visit, "after": fresh}),
        ({"at": ["orgs", "coop"], "before": org, "after": other},),  # allowed for one, not for another of the same id
        ({"at": ["orgs", "coop", "name"], "before": org["name"], "after": "สหกรณ์อีกแห่ง จำกัด"},),
        (
            {"at": ["orgs", "other"], "after": other | {"id": "other"}},
            {"at": ["issues", "I2", "org"], "before": "coop", "after": "other"},
        ),
    ]
    for changes in forged:
        with refused("frozen-field"):
            send(officer, *changes)
    for at in (["plan"], ["visits", "V2", "id"], ["visits"], ["visits", "V2", "agenda", "0"], []):
        with refused("bad-change"):
            send(officer, {"at": at, "after": "V7"})
    assert value(officer.open()["document"], ("visits", "V2")) == visit


def test_a_report_that_waits_or_was_sent_back_keeps_what_was_decided_on_it(officer, approver, clock):
    allowed(officer, approver)
    clock.move(days=17)
    told = {"reason": "สหกรณ์ขอเลื่อนหนึ่งวัน", "informed_on": date(2026, 12, 8)}
    officer.say(m.MovePlan, kind="perform", visit="V2", line=done("2026-12-10"), **told)
    record_and_report(officer, "V2")
    officer.say(m.TrySubmit, gate="report", visits=("V2",))
    for state in ("reported", "report-returned"):
        document = officer.open()["document"]
        assert officer.view["states"]["V2"] == state
        for name, thing_id in (("reports", "P1"), ("records", "R1")):
            thing = value(document, (name, thing_id))
            clean = {key: one for key, one in thing.items() if key in ("id", "visit", "orgs", "summary")}
            for change in ({"before": thing}, {"before": thing, "after": clean}):
                with refused("frozen-field"):
                    send(officer, {"at": [name, thing_id], **change})
        assert officer.open()["document"] == document
        if state == "reported":
            approver.view = officer.view
            approver.say(m.Decide, visit="V2", kind="return-report", comment="ขอให้แนบใบตรวจนับ")


def test_the_day_of_who_works_alone_does_not_follow_what_is_written_in_the_plan(officer):
    officer.begin(mode="solo")
    today = officer.view["today"]
    officer.edit((("written_on",), "2027-06-01"))
    assert officer.view["today"] == today
    with refused("backwards"):
        officer.say(m.AdvanceDay, to=date.fromisoformat(today))


def test_a_plan_worked_on_alone_never_comes_to_an_approver(officer, approver):
    officer.begin(mode="solo")
    asked_for(officer)
    assert approver.ask(m.PlanWaiting())["rows"] == []
    approver.view = officer.view
    with refused("wrong-mode"):
        approver.say(m.Decide, visit="V2", kind="allow")
    with pytest.raises(KitError):
        approver.open(officer)


# Input no page sends -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", -86400 * 231_481, str(-86400 * 231_481), 86400 * 231_481])
def test_a_day_nobody_can_count_with_is_refused_however_it_is_told(officer, day):
    with refused("bad-change"):
        send(officer, {"at": ["visits", "V8"], "after": {"id": "V8", "orgs": ["coop"], "planned_date": day}})
    assert officer.open()["seq"] == 1


def test_simulated_days_end_before_days_do(officer, clock):
    clock.move(days=(date(2200, 12, 1) - clock().date()).days)
    officer.begin("nothing", "", org=ORG, mode="solo")
    for day in (date(9999, 12, 31), date(2201, 1, 1)):
        with refused("bad-step"):
            officer.ask(m.AdvanceDay(plan_id=officer.view["plan_id"], to=day, answer_id=new_id()))
    assert officer.say(m.AdvanceDay, to=date(2200, 12, 31))["today"] == "2200-12-31"


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"orgs": [{}], "on": "2026-12-09", "method": "inspection"},
        {"orgs": ["coop"], "on": "2026-12-09", "method": []},
        {"orgs": ["coop"], "on": "2026-12-09", "method": "inspection", "issues": [[1]]},
        {"orgs": ["coop"], "on": 5, "method": "inspection"},
        {"orgs": None, "on": "2026-12-09", "method": "inspection"},
        {"orgs": ["coop"], "on": "0001-01-01", "method": "inspection"},
    ],
)
def test_a_line_of_the_wrong_form_is_refused_in_words(officer, approver, clock, line):
    allowed(officer, approver)
    clock.move(days=17)
    with pytest.raises(AttemptError):
        officer.say(m.MovePlan, kind="perform", visit="V2", line=line, reason="x", informed_on=date(2026, 12, 8))


def test_a_plan_has_a_largest_size_and_is_answered_soon_just_below_it(officer):
    text = "คณะกรรมการตรวจนับเงินสดทุกเดือนและรายงานผลให้ที่ประชุมทราบ " * 33
    visits = [
        {"id": f"B{n}", "orgs": ["coop"], "objective": text[:1990], "holiday_reason": text[:1000]} for n in range(297)
    ]
    begun = time.process_time()
    view = send(officer, *({"at": ["visits", one["id"]], "after": one} for one in visits))
    assert time.process_time() - begun < 5
    with refused("too-large") as told:
        send(officer, {"at": ["target_areas"], "after": [text[:190]] * 1000})
    assert "แยกเป็นอีกแผน" in told.value.message
    assert officer.open()["seq"] == view["seq"]


def test_a_history_of_large_texts_is_told_in_parts_and_whole_in_the_end(officer):
    text, was = "ก" * 180, {}
    for n in range(4):
        after = [f"{n} {text}"] * 3000
        send(officer, {"at": ["target_areas"], "after": after, **was})
        was = {"before": after}
        officer.say(m.ExplainFinding, rule="R13", at="visits.V1.study", text=f"คั่น {n}")
    told, before, asked = [], None, 0
    while before is None or before > 1:
        page = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"], before=before))["rows"]
        told, before, asked = [*told, *page], page[-1]["seq"], asked + 1
    assert [one["seq"] for one in told] == list(range(9, 0, -1))
    assert 2 <= asked <= 4


def test_what_is_left_over_cannot_be_named_without_end(officer):
    lost = [f"J{n}" for n in range(300)]
    record = {"visit": "V1", "orgs": ["coop"], "unresolved": lost}
    with refused("too-large"):
        send(officer, *({"at": ["previous", f"B{n}"], "after": record | {"id": f"B{n}"}} for n in range(20)))


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "1e300", "9" * 4000])
def test_a_figure_no_browser_can_read_is_refused(officer, figure):
    change = '{"at":["issues","I1","feasibility"],"after":{"%s":%s}}'
    for field in ("payback_years", "invest"):
        said = '{"op":"edit_plan","plan_id":"%s","answer_id":"%s","changes":[%s]}'
        line = said % (officer.view["plan_id"], new_id(), change % (field, figure))
        with pytest.raises((ValidationError, AttemptError)):
            officer.ask(p.read_request.validate_json(line))
    assert officer.open()["seq"] == 1


def test_letters_no_store_can_hold_and_values_of_no_form_are_refused_whole(officer):
    deep: Any = "x"
    for _ in range(400):
        deep = [deep]
    for after in (deep, {"a": 1}, 7, True, None, [1]):
        with refused("bad-change"):
            send(officer, {"at": ["visits", "V8"], "after": {"id": "V8", "orgs": ["coop"], "objective": after}})
    for change in (7, {"at": "title"}, {"at": [1]}, {"at": ["title"], "x": 1}, {"at": [["title"]]}):
        with pytest.raises((ValidationError, AttemptError)):
            send(officer, change)  # type: ignore[arg-type]  # what a forged message holds
    line = '{"op":"edit_plan","plan_id":"x","answer_id":"aaaaaaaa","changes":[{"at":["title"],"after":%s}]}'
    for forged in ('"\\ud800"', "[" * 5000 + "]" * 5000):
        with pytest.raises(ValidationError):
            p.read_request.validate_json(line % forged)
    assert officer.open()["seq"] == 1


def test_an_unseen_control_character_is_left_out_of_what_is_kept(officer):
    view = send(officer, {"at": ["visits", "V8"], "after": {"id": "V8", "orgs": ["coop"], "objective": "ก\x00ข\x1bค\udc80\nง"}})  # fmt: skip
    assert value(view["document"], ("visits", "V8", "objective")) == "กขค\nง"
    officer.open()
    officer.say(m.ExplainFinding, rule="R13", at="visits.V1.study", text="มี\x00เหตุผล")
    assert [one["text"] for one in officer.view["reasons"]] == ["มีเหตุผล"]


# The same answer twice ---------------------------------------------------------------------------------------------


def test_an_answer_id_taken_by_somebody_else_or_for_something_else_is_no_receipt(desk, officer):
    colleague = Officer(desk, "K02")
    officer.share_with(colleague)
    officer.edit((("title",), "ของคนแรก"), answer_id="aaaaaaaa")
    colleague.open(officer)
    with refused("conflicting-answer"):
        colleague.edit((("title",), "ของคนที่สอง"), answer_id="aaaaaaaa")
    with refused("conflicting-answer"):
        officer.say(m.ExplainFinding, "aaaaaaaa", rule="R13", at="visits.V2.study", text="x")
    with refused("conflicting-answer"):
        officer.say(m.TrySubmit, "aaaaaaaa", gate="request", visits=("V1",))
    with refused("conflicting-answer"):
        officer.ask(m.BeginPlan(org=ORG, answer_id="aaaaaaaa"))
    assert officer.open()["title"] == "ของคนแรก"
    assert len(officer.ask(m.Plans())["mine"]) == 1


def test_a_day_that_ends_in_a_decision_is_told_twice_and_passes_once(officer):
    officer.begin(mode="solo")
    asked_for(officer)
    officer.explain_all()
    for _ in range(4):
        day, answer_id = date.fromisoformat(officer.view["today"]) + timedelta(days=1), new_id()
        first = officer.say(m.AdvanceDay, answer_id, to=day)
        assert officer.say(m.AdvanceDay, answer_id, to=day)["seq"] == first["seq"]
    assert officer.view["states"]["V2"] in ("approved", "request-returned")


# Faults ------------------------------------------------------------------------------------------------------------


def test_of_two_who_write_one_field_at_once_one_is_told_and_other_fields_all_stay(desk, officer):
    """A store on disk, two threads, no order between them."""
    colleague = Officer(desk, "K02")
    officer.share_with(colleague)
    told: list[str] = []

    def write(who: Officer, field: str) -> None:
        seen = who.view["document"]
        for n in range(10):
            said = {"at": ["visits", "V1", field], "after": f"{who.code} {n}"}
            send(who, said | ({"before": f"{who.code} {n - 1}"} if n else before(seen, ("visits", "V1", field))))
        try:
            send(who, {"at": ["title"], "before": seen["title"], "after": f"ของ {who.code}"})
        except AttemptError as error:
            told.append(error.code)

    pair = [threading.Thread(target=write, args=one) for one in ((officer, "objective"), (colleague, "method_note"))]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    seen = officer.open()
    assert told == ["plan-conflict"]
    assert value(seen["document"], OBJECTIVE) == "K01 9"
    assert value(seen["document"], ("visits", "V1", "method_note")) == "K02 9"
    assert seen["seq"] == 1 + 1 + 20 + 1


def before(document: Any, at: tuple[str, ...]) -> dict[str, Any]:
    found = value(document, at)
    return {} if found is None else {"before": found}


def test_a_clock_that_goes_back_stops_nobody_and_turns_no_order_around(officer, approver, clock):
    officer.make_ready()
    clock.move(days=1)
    officer.request()
    clock.move(days=-3)
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="allow")
    officer.edit((("title",), "หลังนาฬิกาถอย"))
    events = officer.view["events"]
    assert [one["day"] for one in events] == ["2026-11-24", "2026-11-24"]
    history = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"]))["rows"]
    assert [one["seq"] for one in history] == sorted((one["seq"] for one in history), reverse=True)


def test_what_the_simulated_approver_decided_is_read_again_the_same_from_a_copy(desk, officer, tmp_path):
    officer.begin(mode="solo")
    asked_for(officer)
    officer.explain_all()
    officer.say(m.AdvanceDay, to=date.fromisoformat(officer.view["today"]) + timedelta(days=8))
    assert officer.view["states"]["V2"] in ("approved", "request-returned")
    desk_copy = tmp_path / "copy.sqlite3"
    copies.copy(tmp_path / "records.sqlite3", desk_copy)
    records = Records.open(desk_copy)
    try:
        again = Desk(records, desk.library, desk.clock, desk.entropy, "served")
        with records.read() as conn:
            seen = again.handle(conn, officer.asker, m.OpenPlan(plan_id=officer.view["plan_id"]))
    finally:
        records.close()
    assert seen == officer.open()


@pytest.mark.skipif(NO_SIGKILL, reason="no kill -9 here")
def test_killed_in_the_middle_of_saving_a_desk_has_every_change_it_acknowledged(tmp_path, monkeypatch):
    monkeypatch.setattr(desk_client, "PATIENCE_SECONDS", 0)  # this desk does not come back
    folder = DataFolder(tmp_path / "d")
    fill(folder, 1)
    service = DeskProcess(folder, "tcp:127.0.0.1:0")
    client = service.kernel("A0")
    view = client.ask(m.BeginPlan(org=ORG, answer_id=new_id()))
    kept: dict[str, str] = {}

    def save() -> None:
        text: dict[str, str] = {"before": view["document"]["title"]} if "title" in view["document"] else {}
        for n in range(2000):
            said, answer_id = f"ชื่อที่ {n}", new_id()
            change = {"at": ["title"], "after": said, **text}
            try:
                client.ask(m.EditPlan(plan_id=view["plan_id"], changes=(change,), answer_id=answer_id))
            except (KitError, OSError):
                return
            kept[answer_id], text = said, {"before": said}

    writer = threading.Thread(target=save)
    writer.start()
    while len(kept) < 40 and writer.is_alive():
        writer.join(0.01)
    service.kill()
    client.close()
    writer.join(20)
    with Records.open(folder.database) as records, records.read() as conn:
        work = stored.plan_by_id(conn, view["plan_id"])
        assert records.integrity() == []
    found = {step.answer_id: step.detail["changes"][0]["after"] for step in work.steps[1:]}
    assert len(kept) >= 40
    assert kept.items() <= found.items()
    assert len(found) - len(kept) <= 1  # one may have been kept of which nobody was told
    assert [step.seq for step in work.steps] == list(range(1, len(work.steps) + 1))
