"""Plans at the desk: written together without overwriting, seen by their writers, tried, decided by others, carried to the end alone."""

from __future__ import annotations

import json
import secrets
from datetime import date, timedelta
from typing import Any

import pytest

from cps_training.desk import plan_messages as m
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.errors import AccessError, AttemptError, KitError
from cps_training.records import accounts, merges, roster
from cps_training.records import plans as stored

ORG = {"name": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด", "kind": "agricultural"}
OBJECTIVE = ("visits", "V1", "objective")


class Officer:
    """Somebody at work on plans, in the words of a page."""

    def __init__(self, desk: Any, code: str, *roles: str) -> None:
        self.desk, self.code = desk, code
        roles = roles or ("learner",)
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=roles, at=desk.clock(), entropy=desk.entropy
            )
        self.asker = Asker(person_id=person_id, roles=roles)
        self.view: Any = None

    def ask(self, message: Any) -> Any:
        with self.desk.records.write() as conn, self.desk.records.savepoint(conn):
            return self.desk.handle(conn, self.asker, message)

    def begin(self, kind: str = "template", source: str = "monthly-agricultural", **more: Any) -> Any:
        self.view = self.ask(m.BeginPlan(source_kind=kind, source_id=source, answer_id=new_id(), **more))
        return self.view

    def open(self, of: Officer | None = None) -> Any:
        self.view = self.ask(m.OpenPlan(plan_id=(of or self).view["plan_id"]))
        return self.view

    def say(self, message: type[Any], answer_id: str = "", **said: Any) -> Any:
        self.view = self.ask(message(plan_id=self.view["plan_id"], answer_id=answer_id or new_id(), **said))
        return self.view

    def edit(self, *changes: tuple[tuple[str, ...], Any], answer_id: str = "") -> Any:
        """Changes as (path, after), made in view of what this person sees."""
        made = [change(self.view["document"], at, after) for at, after in changes]
        return self.say(m.EditPlan, answer_id, changes=tuple(made))

    def share_with(self, other: Officer, *, on: bool = True) -> None:
        self.say(m.SharePlan, code=other.code, on=on)
        if on:
            other.open(self)

    def make_ready(self, visit: str = "V2") -> None:
        """What the rules ask for before a visit of the template may be asked for."""
        self.edit((("visits", visit, "recorded_plan_on"), self.view["today"]))

    def request(self, *visits: str, answer_id: str = "") -> Any:
        return self.say(m.TrySubmit, answer_id, gate="request", visits=visits or ("V2",))

    def explain_all(self) -> None:
        for one in self.view["findings"]:
            if one["severity"] == "warning":
                text = "ข้อมูลยังไม่ครบ จะตามให้ได้ก่อนวันเข้า"
                self.say(m.ExplainFinding, rule=one["rule"], at=".".join(one["at"]), text=text)

    def wait_for(self, state: str, visit: str = "V2") -> Any:
        """Days go by until the visit stands so."""
        for _ in range(10):
            day = date.fromisoformat(self.view["today"]) + timedelta(days=1)
            self.say(m.AdvanceDay, to=day)
            if self.view["states"][visit] == state:
                return self.view
        raise AssertionError(self.view["events"])


def new_id() -> str:
    return secrets.token_hex(8)


def change(document: Any, at: tuple[str, ...], after: Any) -> dict[str, Any]:
    found = value(document, at)
    said = {"at": list(at), "after": after} | ({} if found is None else {"before": found})
    return {name: said[name] for name in said if name != "after" or after is not None}


def value(document: Any, at: tuple[str, ...]) -> Any:
    """What stands in a document at a path; None for nothing."""
    here = document.get(at[0])
    if len(at) > 1:
        here = next((one for one in here or () if one["id"] == at[1]), None)
    return here if len(at) < 3 or here is None else here.get(at[2])


def refused(code: str) -> Any:
    return pytest.raises(KitError, check=lambda error: error.code == code)


@pytest.fixture
def officer(desk):
    made = Officer(desk, "K01")
    made.begin()
    return made


@pytest.fixture
def colleague(desk, officer):
    made = Officer(desk, "K02")
    officer.share_with(made)
    return made


@pytest.fixture
def approver(desk):
    return Officer(desk, "A01", "approver")


# Two people on one plan -----------------------------------------------------------------------------------------


def test_two_people_write_different_fields_of_one_visit_and_both_texts_stay(officer, colleague):
    officer.edit((OBJECTIVE, "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดทุกเดือน"))
    colleague.edit((("visits", "V1", "officer"), "เจ้าหน้าที่ส่งเสริม ข"), (("issues", "I9"), issue("I9")))
    seen = officer.open()["document"]
    assert value(seen, OBJECTIVE) == "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดทุกเดือน"
    assert value(seen, ("visits", "V1", "officer")) == "เจ้าหน้าที่ส่งเสริม ข"
    assert value(seen, ("issues", "I9", "text")) == "ยังไม่มีทะเบียนคุมปุ๋ย"


def issue(issue_id: str) -> dict[str, Any]:
    return {"id": issue_id, "org": "coop", "text": "ยังไม่มีทะเบียนคุมปุ๋ย", "kind": "problem"}


def test_who_comes_second_to_a_field_is_told_both_texts_and_nothing_of_theirs_is_kept(officer, colleague):
    old = value(colleague.view["document"], OBJECTIVE)
    officer.edit((OBJECTIVE, "ของคนแรก"))
    with refused("plan-conflict") as told:
        colleague.edit((OBJECTIVE, "ของคนที่สอง"), (("title",), "ชื่อใหม่"))
    (conflict,) = told.value.details["conflicts"]
    assert conflict == {"at": list(OBJECTIVE), "before": old, "after": "ของคนแรก"}
    assert value(told.value.details["view"]["document"], OBJECTIVE) == "ของคนแรก"
    after = officer.open()
    assert value(after["document"], OBJECTIVE) == "ของคนแรก"
    assert after["title"] != "ชื่อใหม่"
    colleague.view = told.value.details["view"]
    colleague.edit((OBJECTIVE, "ของคนที่สอง"))  # knowing what stands there, it may be written over
    assert value(officer.open()["document"], OBJECTIVE) == "ของคนที่สอง"


def test_the_refusal_of_a_conflict_can_be_sent_as_a_message(officer, colleague):
    officer.edit((OBJECTIVE, "ของคนแรก"))
    with refused("plan-conflict") as told:
        colleague.edit((OBJECTIVE, "ของคนที่สอง"))
    assert json.loads(json.dumps(told.value.as_json()))["view"]["plan_id"] == officer.view["plan_id"]


def test_the_same_edit_twice_is_one_step(officer):
    seq = officer.edit((("title",), "แผนเดือนธันวาคม"), answer_id="aaaaaaaa")["seq"]
    officer.edit((("title",), "แผนอื่น"))
    again = officer.edit((("title",), "แผนเดือนธันวาคม"), answer_id="aaaaaaaa")
    assert (again["title"], again["seq"]) == ("แผนอื่น", seq + 1)


def test_beginning_twice_with_one_answer_id_is_one_plan_and_nobody_elses(desk, officer, clock):
    clock.move(minutes=1)
    asked = m.BeginPlan(org=ORG, answer_id="bbbbbbbb")
    first = officer.ask(asked)
    assert officer.ask(asked)["plan_id"] == first["plan_id"]
    assert first["document"]["orgs"][0]["name"] == ORG["name"]
    clock.move(minutes=1)
    begun = [officer.view, first, officer.begin("nothing", "", org=ORG)]
    listed = officer.ask(m.Plans())["mine"]
    assert [one["plan_id"] for one in listed] == [view["plan_id"] for view in reversed(begun)]
    with pytest.raises(AccessError):
        Officer(desk, "K09").ask(asked)


def test_an_answer_id_of_another_plan_is_refused(officer):
    officer.edit((("title",), "หนึ่ง"), answer_id="cccccccc")
    officer.begin()
    with refused("conflicting-answer"):
        officer.edit((("title",), "สอง"), answer_id="cccccccc")


# Who sees and writes --------------------------------------------------------------------------------------------


def messages(plan_id: str) -> list[Any]:
    said: dict[str, Any] = {"plan_id": plan_id, "answer_id": "dddddddd"}
    return [
        m.OpenPlan(plan_id=plan_id),
        m.PlanHistory(plan_id=plan_id),
        m.EditPlan(**said, changes=({"at": ["title"], "after": "x"},)),
        m.TrySubmit(**said, gate="request", visits=("V1",)),
        m.MovePlan(**said, kind="perform", visit="V1"),
        m.AdvanceDay(**said, to=date(2027, 1, 1)),
        m.ExplainFinding(**said, rule="R06", at="issues.I1.consulted_on", text="x"),
        m.RatePlan(**said, by="self", levels={"weight-of-evidence": 2}),
        m.SharePlan(**said, code="K02"),
    ]


def test_nobody_else_reads_or_writes_a_draft(desk, officer):
    plan_id = officer.view["plan_id"]
    for role in ("learner", "trainer", "approver", "admin"):
        other = Officer(desk, f"X-{role}", role)
        with pytest.raises(AccessError):
            other.ask(m.Decide(plan_id=plan_id, visit="V1", kind="allow", order="x", answer_id=new_id()))
        for message in messages(plan_id):
            with pytest.raises(AccessError, match="ไม่พบแผนนี้"):
                other.ask(message)
        assert other.ask(m.Plans())["mine"] == []
    assert officer.open()["seq"] == 1


def test_what_was_handed_in_is_read_by_a_trainer_and_an_approver_but_not_written(desk, officer, approver):
    trainer, learner = Officer(desk, "T01", "trainer"), Officer(desk, "K02")
    officer.make_ready()
    officer.request("V2")
    for reader in (trainer, approver):
        view = reader.open(officer)
        assert (view["can_write"], view["is_mine"]) == (False, False)
        for message in messages(view["plan_id"])[2:]:
            with pytest.raises(AccessError):
                reader.ask(message)
    with pytest.raises(AccessError):
        learner.open(officer)


def test_sharing_ends_when_the_owner_ends_it_and_only_the_owner_shares(desk, officer, colleague):
    third = Officer(desk, "K03")
    with refused("not-a-writer"):
        colleague.say(m.SharePlan, code=third.code)
    assert [one["plan_id"] for one in colleague.ask(m.Plans())["mine"]] == [officer.view["plan_id"]]
    officer.share_with(colleague, on=False)
    with pytest.raises(AccessError):
        colleague.edit((("title",), "x"))
    assert colleague.ask(m.Plans())["mine"] == []
    for code, why in (("nobody", "unknown-person"), (officer.code, "yourself")):
        with refused(why):
            officer.say(m.SharePlan, code=code)


# The gates ------------------------------------------------------------------------------------------------------


def test_what_has_errors_stays_what_has_none_moves_and_the_try_is_kept(officer):
    officer.make_ready("V2")
    view = officer.request("V1", "V2", answer_id="eeeeeeee")
    assert view["moved"] == ["V2"]
    assert view["states"] == {"V1": "draft", "V2": "requested", "V3": "draft"}
    assert {visit: {one["rule"] for one in found} for visit, found in view["refused"].items()} == {"V1": {"R15"}}
    assert view["refused"]["V1"][0]["at"] == ["visits", "V1", "recorded_plan_on"]
    again = officer.request("V1", "V2", answer_id="eeeeeeee")
    assert (again["seq"], again["moved"], set(again["refused"])) == (view["seq"], ["V2"], {"V1"})
    officer.make_ready("V1")
    assert (
        officer.request("V1", "V2", answer_id="eeeeeeee")["states"]["V1"] == "draft"
    )  # asked for when it was not ready


def test_a_refused_try_is_kept_and_counts(desk, officer):
    officer.request("V1", "V3")
    with desk.records.read() as conn:
        (tried,) = stored.tries(conn)
    assert (tried.rules["R15"], tried.rules["R46"]) == (2, 1)  # R46 is about their one cooperative
    assert officer.open()["seq"] == 2


def test_a_refusal_of_the_workflow_is_told_beside_its_visit(officer):
    officer.make_ready("V2")
    officer.request("V2")
    view = officer.request("V2")
    (told,) = view["refused"]["V2"]
    assert (told["code"], told["at"], view["moved"]) == ("illegal-transition", ["visits", "V2"], [])


def test_an_approver_sees_what_waits_and_decides(officer, approver):
    officer.make_ready()
    officer.request()
    officer.say(m.ExplainFinding, rule="R13", at="visits.V2.study", text="ศึกษาแล้วแต่ยังไม่ได้ลงวันที่")
    officer.say(m.ExplainFinding, rule="R13", at="visits.V1.study", text="ของการเข้าครั้งอื่น")
    (row,) = approver.ask(m.PlanWaiting())["rows"]
    assert (row["visit"], row["gate"], row["officer"], row["late"]) == ("V2", "request", "คน K01", False)
    assert row["line"]["orgs"] == [officer.view["document"]["orgs"][0]["name"]]
    assert [one["id"] for one in row["document"]["visits"]] == ["V2"]
    assert row["reasons"] == [{"rule": "R13", "at": "visits.V2.study", "text": "ศึกษาแล้วแต่ยังไม่ได้ลงวันที่"}]
    assert "R13" in {one["rule"] for one in row["findings"]}
    assert approver.ask(m.Plans())["n_waiting"] == 1
    approver.view = officer.view
    with refused("no-comment"):
        approver.say(m.Decide, visit="V2", kind="return-request")
    approver.view = officer.view
    assert approver.say(m.Decide, visit="V2", kind="allow")["rows"] == []
    seen = officer.open()
    assert seen["states"]["V2"] == "approved"
    assert value(seen["document"], ("visits", "V2", "approver_role")) == "provincial"
    assert seen["events"][-1]["by"] == "คน A01"


def test_an_officer_and_an_approver_carry_a_visit_through_both_gates(officer, approver, clock):
    officer.make_ready()
    officer.request()
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="allow")
    clock.move(days=17)  # the day after the visit was planned
    officer.open()
    with refused("silent-deviation"):
        officer.say(m.MovePlan, kind="perform", visit="V2", line=done("2026-12-10"))
    told = {"reason": "สหกรณ์ขอเลื่อนหนึ่งวัน", "informed_on": date(2026, 12, 8)}
    officer.say(m.MovePlan, kind="perform", visit="V2", line=done("2026-12-10"), **told)
    record_and_report(officer, "V2")
    assert officer.say(m.TrySubmit, gate="report", visits=("V2",))["moved"] == ["V2"]
    (row,) = approver.ask(m.PlanWaiting())["rows"]
    assert (row["gate"], row["line"]["on"], row["asked_on"]) == ("report", "2026-12-10", "2026-12-10")
    assert [one["id"] for one in (*row["document"]["records"], *row["document"]["reports"])] == ["R1", "P1"]
    assert [one["kind"] for one in row["events"]] == ["request", "allow", "perform", "record", "report"]
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="return-report", comment="ขอให้แนบใบตรวจนับ")
    seen = officer.open()
    assert value(seen["document"], ("reports", "P1", "returned_comment")) == "ขอให้แนบใบตรวจนับ"
    assert (seen["standing"]["V2"]["state"], seen["standing"]["V2"]["recorded"]) == ("report-returned", ["coop"])
    officer.edit((("reports", "P1", "answered_comment"), "แนบใบตรวจนับหกเดือนแล้ว"))
    officer.say(m.TrySubmit, gate="report", visits=("V2",))
    approver.view = officer.view
    approver.say(m.Decide, visit="V2", kind="approve-report")
    seen = officer.open()
    assert seen["states"]["V2"] == "report-approved"
    row = next(one for one in seen["reconciled"] if one["visit"] == "V2")
    assert [row[name]["state"] for name in ("planned", "approved", "performed", "reported")] == ["done"] * 4


def done(on: str) -> dict[str, Any]:
    """What was done of the template's second visit, on a day."""
    return {"orgs": ["coop"], "on": on, "method": "inspection", "issues": ["I2"]}


def test_a_request_that_waits_too_long_is_told_as_late(officer, approver, clock):
    officer.make_ready()
    officer.request()
    clock.move(days=3)  # Thursday: the third working day
    assert not approver.ask(m.PlanWaiting())["rows"][0]["late"]
    clock.move(days=1)
    assert approver.ask(m.PlanWaiting())["rows"][0]["late"]


def test_nobody_decides_on_a_plan_they_write_or_once_wrote(desk, officer):
    chief = Officer(desk, "A02", "approver")
    chief.begin()
    chief.make_ready()
    chief.request()
    officer.share_with(chief)
    officer.share_with(chief, on=False)
    officer.make_ready()
    officer.request()
    assert chief.ask(m.PlanWaiting())["rows"] == []
    for view in (chief.view, officer.view):
        chief.view = view
        with refused("own-work"):
            chief.say(m.Decide, visit="V2", kind="allow")


def test_a_trainer_decides_only_by_an_order_and_a_learner_never(desk, officer, colleague):
    trainer = Officer(desk, "T01", "trainer")
    officer.make_ready()
    officer.request()
    trainer.view = officer.view
    assert trainer.ask(m.PlanWaiting())["needs_order"]
    with refused("not-the-approver"):
        trainer.say(m.Decide, visit="V2", kind="allow")
    trainer.view = officer.view
    trainer.say(m.Decide, visit="V2", kind="allow", order="คำสั่งจังหวัดสมมติ ที่ 12/2569")
    seen = officer.open()["document"]
    assert value(seen, ("visits", "V2", "approver_role")) == "acting"
    assert value(seen, ("visits", "V2", "acting_order")) == "คำสั่งจังหวัดสมมติ ที่ 12/2569"
    for message in (m.PlanWaiting(), m.Decide(plan_id="x", visit="V2", kind="allow", answer_id=new_id())):
        with refused("not-allowed"):
            Officer(desk, f"L{new_id()}").ask(message)


def test_only_a_trainer_rates_as_one_and_never_their_own(desk, officer):
    trainer = Officer(desk, "T01", "trainer")
    officer.say(m.RatePlan, by="self", levels={"weight-of-evidence": 2})
    trainer.open(officer)
    assert trainer.say(m.RatePlan, by="trainer", levels={"weight-of-evidence": 3})["ratings"] == {
        "self": {"weight-of-evidence": 2},
        "trainer": {"weight-of-evidence": 3},
    }
    with refused("not-allowed"):
        officer.say(m.RatePlan, by="trainer", levels={"weight-of-evidence": 4})
    with refused("bad-step"):
        officer.say(m.RatePlan, by="self", levels={"kindness": 4})
    trainer.begin()
    with refused("own-work"):
        trainer.say(m.RatePlan, by="trainer", levels={"weight-of-evidence": 4})


# Alone ----------------------------------------------------------------------------------------------------------


def record_and_report(officer: Officer, visit: str) -> None:
    plan = officer.view["document"]
    day = officer.view["today"]
    record = {
        "id": "R1",
        "visit": visit,
        "orgs": [plan["orgs"][0]["id"]],
        "facts": ["ตรวจนับเงินสดวันนี้ได้ 12,400 บาท ตรงกับบัญชี และใบตรวจนับเดือนก่อนลงชื่อคนเดียว"],
        "advice": ["แนะนำให้กำหนดผู้ลงนามสองคนในใบตรวจนับเงินสดทุกครั้ง"],
        "actions": [
            {"what": "เสนอชื่อผู้ลงนามต่อคณะกรรมการ", "who": "เหรัญญิก", "by": str(date.fromisoformat(day) + timedelta(20))}
        ],
    }
    officer.edit((("records", "R1"), record))
    officer.say(m.MovePlan, kind="record", visit=visit, org=plan["orgs"][0]["id"])
    report = {
        "id": "P1",
        "visit": visit,
        "summary": "ตรวจนับเงินสดตรงบัญชี และคณะกรรมการรับเรื่องผู้ลงนามสองคน",
        "result_vs_target": "มีใบตรวจนับ 5 จาก 6 เดือน เป้าหมายคือครบทุกเดือน",
        "next_step": "ติดตามมติผู้ลงนามในการประชุมเดือนหน้า",
        "recipient": "provincial",
    }
    officer.edit((("reports", "P1"), report))


def test_alone_a_plan_goes_to_its_end_through_the_simulated_approver(officer):
    officer.begin(mode="solo")
    officer.make_ready()
    officer.request()
    assert officer.wait_for("request-returned")["events"][-1]["by"] is None  # warnings without a reason
    assert "เหตุผล" in officer.view["events"][-1]["comment"]
    officer.explain_all()
    officer.request()
    officer.wait_for("approved")
    visit_day = date.fromisoformat(value(officer.view["document"], ("visits", "V2", "planned_date")))
    officer.say(m.AdvanceDay, to=visit_day)
    officer.say(m.MovePlan, kind="perform", visit="V2")
    record_and_report(officer, "V2")
    view = officer.say(m.TrySubmit, gate="report", visits=("V2",))
    assert view["refused"] == {}
    officer.explain_all()
    officer.wait_for("report-approved")
    assert value(officer.view["document"], ("reports", "P1", "decision")) == "approved"
    assert officer.view["today"] > visit_day.isoformat()
    kinds = [event["kind"] for event in officer.view["events"]]
    assert kinds == ["request", "return-request", "request", "allow", "perform", "record", "report", "approve-report"]


def test_simulated_days_go_forwards_only_and_in_an_office_not_at_all(officer):
    with refused("wrong-mode"):
        officer.say(m.AdvanceDay, to=date(2026, 12, 1))
    officer.begin(mode="solo")
    before = officer.say(m.AdvanceDay, "ffffffff", to=date(2026, 12, 1))
    assert officer.say(m.AdvanceDay, "ffffffff", to=date(2026, 12, 1))["seq"] == before["seq"]
    with refused("backwards") as told:
        officer.say(m.AdvanceDay, to=date(2026, 12, 1))
    assert told.value.details["view"]["today"] == "2026-12-01"


def test_people_decide_nothing_of_a_plan_that_is_worked_on_alone(officer, approver):
    officer.begin(mode="solo")
    officer.make_ready()
    officer.request()
    assert approver.ask(m.PlanWaiting())["rows"] == []
    approver.view = officer.view
    with refused("wrong-mode"):
        approver.say(m.Decide, visit="V2", kind="allow")


# What a plan begins from ------------------------------------------------------------------------------------------


@pytest.fixture
def board(officer):
    """Work on a case with two findings, not handed in."""
    work = officer.ask(p.OpenCase(case_id="thung-sathit"))["work"]

    def take(kind: str, **detail: Any) -> None:
        officer.ask(p.TakeCaseStep(work_id=work["work_id"], kind=kind, detail=detail, answer_id=new_id()))

    take("put", finding={"id": "f1", "kind": "stock-short", "evidence": ["figure:inventory"], "partner": "management"})
    take("put", finding={"id": "f2", "words": "สมาชิกไม่มาประชุมกลุ่ม"})
    return lambda: take("submit"), work["work_id"]


def test_a_board_is_offered_once_it_was_handed_in_and_its_plan_begins_on_the_cases_day(desk, officer, board, library):
    submit, work_id = board
    assert officer.ask(m.Plans())["cases"] == []
    with refused("not-handed-in"):
        officer.begin("case", work_id, mode="solo")
    submit()
    (row,) = officer.ask(m.Plans())["cases"]
    assert (row["work_id"], row["n_findings"]) == (work_id, 2)
    view = officer.begin("case", work_id, mode="solo")
    assert view["today"] == "2023-07-24"
    assert [one["text"] for one in view["document"]["issues"]] == ["สินค้าในคลังขาดจากบัญชี", "สมาชิกไม่มาประชุมกลุ่ม"]
    said = json.dumps([view, officer.ask(m.Plans())], ensure_ascii=False)
    case = library.cases["thung-sathit"].said
    assert not [one.kind for one in case.problems if one.why.th in said or one.title.th in said]
    assert (
        officer.begin("case", work_id)["document"]["written_on"] == "2026-11-23"
    )  # a plan of the office is of its own days
    with pytest.raises(AccessError):
        Officer(desk, "K07").begin("case", work_id, mode="solo")


def test_the_next_plan_takes_over_where_the_last_one_stands_and_only_for_its_writers(desk, officer):
    officer.begin(mode="solo")
    officer.say(m.AdvanceDay, to=date(2026, 12, 21))
    last, title = officer.view["plan_id"], officer.view["title"]
    view = officer.begin("plan", last, mode="solo")
    assert (view["today"], view["title"], view["document"].get("visits")) == ("2026-12-21", title, None)
    assert view["document"]["orgs"][0]["name"] == "สหกรณ์การเกษตรบ้านแผนสาธิต จำกัด"
    with pytest.raises(AccessError):
        Officer(desk, "K08").begin("plan", last, mode="solo")


def test_a_plan_from_nothing_needs_its_first_organisation(officer):
    with refused("org-missing"):
        officer.begin("nothing", "")


def test_a_template_that_is_not_there_is_refused(officer):
    with refused("unknown-source"):
        officer.begin("template", "no-such")
    assert {one["id"] for one in officer.ask(m.Plans())["templates"]} >= {"monthly-agricultural"}


# Reading back ---------------------------------------------------------------------------------------------------


def test_history_tells_who_changed_what_newest_first_with_edits_close_in_time_together(officer, colleague, clock):
    was = officer.view["title"]
    officer.edit((("title",), "ก"))
    clock.move(minutes=9)
    officer.edit((("title",), "ข"), (OBJECTIVE, "ชั่วคราว"))
    officer.edit((OBJECTIVE, value(colleague.view["document"], OBJECTIVE)))
    colleague.open()
    colleague.edit((("policy_refs",), ["ลดหนี้"]))
    clock.move(minutes=11)
    officer.open()
    officer.edit((("title",), "ค"))
    officer.request("V1")
    rows = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"]))["rows"]
    assert [(row["kind"], row["by"]) for row in rows] == [
        ("try", "คน K01"),
        ("edit", "คน K01"),
        ("edit", "คน K02"),
        ("edit", "คน K01"),
        ("share", "คน K01"),
        ("begin", "คน K01"),
    ]
    assert rows[3]["lines"] == [{"at": ["title"], "before": was, "after": "ข"}]
    assert rows[4]["detail"] == {"name": "คน K02", "on": True}
    assert rows[5]["detail"] == {"source": {"kind": "template", "id": "monthly-agricultural"}}


def test_history_comes_thirty_rows_at_a_time_and_goes_on_where_it_ended(officer, clock):
    for n in range(33):
        clock.move(minutes=11)
        officer.edit((("title",), f"แผนที่ {n}"))
    first = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"]))
    rest = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"], before=first["rows"][-1]["seq"]))
    assert (len(first["rows"]), first["more"], len(rest["rows"]), rest["more"]) == (30, True, 4, False)
    assert [row["lines"][0]["after"] for row in first["rows"][:2]] == ["แผนที่ 32", "แผนที่ 31"]
    assert rest["rows"][0]["lines"][0]["after"] == "แผนที่ 2"


def test_the_history_of_a_plan_worked_on_alone_tells_its_own_days(officer):
    officer.begin(mode="solo")
    officer.say(m.AdvanceDay, to=date(2026, 12, 21))
    officer.edit((("title",), "ก"))
    rows = officer.ask(m.PlanHistory(plan_id=officer.view["plan_id"]))["rows"]
    assert [row["day"] for row in rows] == ["2026-12-21", "2026-12-21", "2026-11-23"]


def test_errors_are_counted_by_person_week_and_rule_and_warnings_are_not(desk, officer, colleague, clock):
    trainer = Officer(desk, "T01", "trainer")
    officer.request("V1", "V2")
    clock.move(days=8)  # a Tuesday
    officer.make_ready("V2")
    officer.request("V1", "V2")
    colleague.request("V3")
    told = trainer.ask(m.PlanErrors())
    first, second = told["people"]
    assert first["name"] == "คน K01"
    assert first["weeks"] == [
        {"week": "2026-11-23", "tries": 1, "errors": 2},
        {"week": "2026-11-30", "tries": 1, "errors": 1},
    ]
    assert (first["rules"], second["rules"]) == ({"R15": 3}, {"R15": 1})
    assert [(row["rule"], row["n"]) for row in told["rules"]] == [("R15", 4)]
    with refused("not-allowed"):
        officer.ask(m.PlanErrors())


def test_errors_of_a_merged_account_count_for_the_one_kept_and_a_unit_can_be_asked_for(desk, officer, colleague):
    trainer, kept = Officer(desk, "T01", "trainer"), Officer(desk, "K05")
    officer.request("V1")
    colleague.request("V1")
    with desk.records.write() as conn:
        merges.merge(conn, kept=kept.asker.person_id, merged_id=officer.asker.person_id, at=desk.clock(), by=None)
        roster.add_entry(
            conn,
            person_id=kept.asker.person_id,
            unit="กลุ่มส่งเสริมสหกรณ์ 1",
            employment="civil_servant",
            is_guest=False,
            active_from=date(2026, 1, 1),
            active_to=None,
            left_out_because=None,
            entropy=desk.entropy,
        )
    assert {one["name"] for one in trainer.ask(m.PlanErrors())["people"]} == {"คน K05", "คน K02"}
    told = trainer.ask(m.PlanErrors(unit="กลุ่มส่งเสริมสหกรณ์ 1"))
    assert [one["name"] for one in told["people"]] == ["คน K05"]
    assert told["units"] == ["กลุ่มส่งเสริมสหกรณ์ 1"]


def test_what_changes_something_goes_through_the_writer_and_reads_back_as_it_was_sent():
    changing = {one.model_fields["op"].default for one in m.PlanRequest.__args__ if "answer_id" in one.model_fields}
    assert changing == set(m.PLAN_WRITES) <= p.WRITES
    for message in messages("x"):
        assert p.read_request.validate_json(message.model_dump_json()) == message


# What a page is told ------------------------------------------------------------------------------------------------


def test_findings_come_with_their_field_both_languages_and_why(officer):
    told = next(one for one in officer.view["findings"] if one["rule"] == "R15")
    assert told["at"] == ["visits", "V1", "recorded_plan_on"]
    assert told["text"]["th"].endswith("(อ้างอิง cps.1.2.4)")
    assert told["text"]["en"].endswith("(see cps.1.2.4)")
    assert "%" not in json.dumps([one["text"] for one in officer.view["findings"]])
    assert all(one["why"]["th"] and one["why"]["en"] for one in officer.view["findings"])


def test_the_closed_days_of_the_plans_months_and_the_next_two_are_told(officer, library):
    known = {one.date.isoformat() for year in library.calendars.values() for one in year.days}
    assert set(officer.view["closed_days"]) == {day for day in known if "2026-11" <= day[:7] <= "2027-02"}
    officer.begin("nothing", "", org=ORG, mode="solo")
    told = officer.say(m.AdvanceDay, to=date(2026, 12, 21))["closed_days"]
    assert set(told) == {day for day in known if "2026-12" <= day[:7] <= "2027-02"} >= {"2026-12-10"}


def test_a_write_that_fails_halfway_keeps_nothing_of_it(desk, officer, monkeypatch):
    """A try and the moves it brings are one: a desk that dies between them has kept neither."""
    officer.make_ready("V2")
    seq = officer.view["seq"]
    insert = stored.append_steps

    def dies_after_the_first(conn: Any, plan_id: str, steps: Any) -> None:
        insert(conn, plan_id, steps[:1])
        raise OSError("power cut")

    monkeypatch.setattr(stored, "append_steps", dies_after_the_first)
    with pytest.raises(OSError, match="power cut"):
        officer.request("V2")
    monkeypatch.undo()
    seen = officer.open()
    assert (seen["seq"], seen["states"]["V2"]) == (seq, "draft")
    assert officer.request("V2")["moved"] == ["V2"]


def test_steps_once_kept_can_be_neither_changed_nor_removed(desk, officer):
    for words in (
        "UPDATE plan_step SET seq = 9",
        "DELETE FROM plan_step",
        "UPDATE plan SET mode = 'solo'",
        "DELETE FROM plan",
    ):
        with pytest.raises(Exception, match="append-only"), desk.records.write() as conn:
            conn.exec_driver_sql(words)
    assert officer.open()["mode"] == "office"


def test_what_an_edit_may_not_touch_is_refused_with_the_plan_as_it_stands(officer):
    with refused("frozen-field") as told:
        officer.edit((("visits", "V1", "decision"), "approved"))
    assert told.value.details["view"]["states"]["V1"] == "draft"
    with pytest.raises(AttemptError):
        officer.edit((("visits", "V9", "objective"), "x"))
    assert officer.open()["seq"] == 1
