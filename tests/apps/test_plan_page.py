"""The plan page without a browser: begin, write, both gates, both clocks, two people, whoever decides; in both languages."""

from __future__ import annotations

import base64
import json
import re
import secrets
from datetime import date

import pytest

from cps_training.apps.plan_head import TABS
from cps_training.apps.plan_page import plan
from cps_training.desk import protocol
from cps_training.views import Notice, PlanForm, PlanInbox, PlanList
from tests.apps.quizzing import Place
from tests.conftest import StandingClock

TEMPLATE = "monthly-agricultural"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """One desk for all tests here, each with people of its own: reading the content takes longer than a test."""
    made = Place(tmp_path_factory.mktemp("plans"), StandingClock())
    yield made
    made.records.close()


@pytest.fixture
def session(place):
    return place.person(f"P-{secrets.token_hex(3)}")


class Page:
    """The page and its presses, as a browser sends them."""

    def __init__(self, session, plan_id=""):
        self.session = session
        self.box = plan(session, plan_id)

    @property
    def shown(self):
        return self.box.children

    @property
    def header(self):
        return self.box.children[0]

    def form(self, part):
        """The form, gate or other widget in view that holds a field, section or visit whose id begins so."""
        for widget in self.shown:
            if isinstance(widget, PlanForm):
                ids = [field["id"] for section in widget.sections for field in section["fields"]]
                ids += [section["id"] for section in widget.sections] + [add["id"] for add in widget.adds]
                if any(one.startswith(part) for one in ids):
                    return widget
        raise AssertionError(f"nothing of {part} in view")

    def kind(self, stem):
        return next(widget for widget in self.shown if widget.stem == stem)

    def press(self, action, widget=None):
        (widget or self.header)._hear(None, {"kind": "action", "id": action}, None)
        return self

    def save(self, widget, kind, **detail):
        send_id = secrets.token_hex(16)
        widget._hear(None, {"kind": "save", "id": kind, "detail": detail, "send_id": send_id}, None)
        assert widget.saved["send_id"] == send_id, (kind, detail)
        return widget.saved

    def type(self, **fields):
        """Fields typed, "__" for "/"; all of one form."""
        changes = [{"field": name.replace("__", "/"), "value": value} for name, value in fields.items()]
        return self.save(self.form(changes[0]["field"]), "edit", changes=changes)

    def field(self, name):
        form = self.form(name)
        return next(one for section in form.sections for one in section["fields"] if one["id"] == name)

    def begin(self, form, **values):
        widget = self.kind("plan_list")
        filled = {one["name"]: one["value"] for one in widget.forms[form]["fields"]} | values
        message = {"kind": "intent", "id": form, "values": filled, "send_id": secrets.token_hex(16)}
        widget._hear(None, message, None)
        return self

    @property
    def view(self):
        """What the page holds, for what no widget shows."""
        return self.header._on_action.__self__.view

    def visit(self, n=0):
        return self.view["document"]["visits"][n]


def open_template(session, mode="solo"):
    return Page(session).begin("template", source=TEMPLATE, mode=mode)


def test_without_an_address_one_is_offered_ways_to_begin(session):
    (widget,) = Page(session).shown
    assert isinstance(widget, PlanList)
    assert widget.rows == []
    assert list(widget.forms) == ["template", "nothing"]  # no board was handed in, no plan is done


def test_an_unknown_plan_is_said_with_a_way_back(session):
    (widget,) = Page(session, "nowhere").shown
    assert isinstance(widget, Notice)
    assert widget.action["href"] == "/plan"


def test_an_empty_plan_opens_every_part_and_stands_in_the_list(session):
    page = Page(session).begin("nothing", name="สหกรณ์การเกษตรลองดี จำกัด", kind="agricultural", title="แผนลองดี")
    for name in TABS:
        page.press(f"tab:{name}")
        assert page.header.current == name
    assert [stage["state"] for stage in page.header.stages] == ["now", "todo", "todo", "todo", "todo", "todo"]
    (row,) = Page(session).kind("plan_list").rows
    assert row["title"] == "แผนลองดี"
    assert row["action"]["href"].startswith("/plan?plan=")


def test_a_board_that_was_handed_in_becomes_the_issues_of_a_plan(session):
    work = session.ask(protocol.OpenCase(case_id="thung-sathit"))["work"]
    finding = {"id": "f00000001", "kind": "borrowing-over-limit", "words": "", "evidence": [], "clauses": [], "cause": None, "severity": None, "partner": None, "step": None}  # fmt: skip
    for kind, detail in (("put", {"finding": finding}), ("submit", {})):
        step = protocol.TakeCaseStep(work_id=work["work_id"], kind=kind, detail=detail, answer_id=secrets.token_hex(16))
        session.ask(step)
    page = Page(session)
    form = page.kind("plan_list").forms["case"]
    assert [one["value"] for one in form["fields"][0]["options"]] == [work["work_id"]]
    page.begin("case")
    (section,) = [one for one in page.form("issues/").sections if one["id"].startswith("issues/")]
    assert section["title"] == "กู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ"
    _, capstone = Page(session).kind("plan_list").rows  # the board did not pass: that comes first
    assert [one["kind"] for one in capstone["status"]] == ["plain", "done", "plain", "plain"]
    assert capstone["action"]["href"] == "/case?case=thung-sathit"


def test_a_plan_without_a_name_of_a_place_is_asked_for_it(session):
    page = Page(session).begin("nothing", name=" ")
    widget = page.kind("plan_list")
    assert (widget.status["kind"], widget.status["field"]) == ("error", "name")


def test_findings_stand_under_the_field_they_are_about_and_go_when_it_is_mended(session):
    page = open_template(session)
    page.press("tab:visits")
    visit = page.visit()["id"]
    page.type(**{f"visits__{visit}__objective": "ตรวจเยี่ยมทั่วไป"})
    found = [one for one in page.form("visits").findings if one["field"] == f"visits/{visit}/objective"]
    assert [one["id"] for one in found] == [f"R01:visits.{visit}.objective"]
    assert found[0]["clause"]["id"] == "cps.1.2.3"
    assert "อ้างอิง" not in found[0]["text"]
    assert next(tab for tab in page.header.tabs if tab["id"] == "visits")["kind"] == "bad"
    page.type(**{f"visits__{visit}__objective": "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดและผู้ลงนามสองคน"})
    assert not [one for one in page.form("visits").findings if one["field"].endswith("/objective")]


def test_what_is_typed_in_every_kind_of_field_comes_back_as_it_was_typed(session):
    page = open_template(session)
    org, issue, visit = (page.view["document"][name][0]["id"] for name in ("orgs", "issues", "visits"))
    evidence = {
        "text": "งบการเงิน",
        "kind": "document",
        "dated": "2026-05-01",
        "members": False,
        "board": True,
        "management": False,
    }
    typed = {
        "issues": {
            f"issues/{issue}/evidence": [evidence],
            f"issues/{issue}/topic": "project",
            f"issues/{issue}/priority": 2,
        },
        "orgs": {
            f"orgs/{org}/data_gaps/looked": True,
            f"orgs/{org}/open_orders": [{"issued_on": "2026-02-06", "items": "เรียกเงินคืน; แบ่งหน้าที่"}],
            f"orgs/{org}/state_credit": [
                {"fund": "cdf", "due_on": "2027-09-29", "remind_1": "2027-08-30", "remind_2": None, "remind_3": None}
            ],
            f"orgs/{org}/balances": ["debts", "shares"],
        },
        "visits": {
            f"visits/{visit}/study/profile": "2026-11-23",
            f"visits/{visit}/start": "09:30",
            f"visits/{visit}/travel_minutes": 45,
            f"visits/{visit}/doc_refs": ["ประกาศ", "ทะเบียนหนี้"],
            f"visits/{visit}/counts_cash": True,
        },
    }
    for name, fields in typed.items():
        page.press("tab:issues" if name == "orgs" else f"tab:{name}")
        said = page.save(
            page.form(f"{name}/"), "edit", changes=[{"field": one, "value": value} for one, value in fields.items()]
        )
        assert said["kind"] == "saved", said
    again = Page(session, page.view["plan_id"])
    for name, fields in typed.items():
        again.press("tab:issues" if name == "orgs" else f"tab:{name}")
        for one, value in fields.items():
            there = again.field(one)["value"]
            if isinstance(value, list) and isinstance(value[0], dict):
                there = [{key: cell for key, cell in row.items() if key != "id"} for row in there]
            assert there == value, one
    again.press("tab:issues")
    again.type(**{f"issues__{issue}__feasibility__invest": 900000})
    assert again.field(f"issues/{issue}/feasibility/invest")["value"] == 900000
    again.type(**{f"orgs__{org}__data_gaps__looked": False})
    assert "data_gaps" not in again.view["document"]["orgs"][0]


def test_an_order_whose_day_is_not_yet_typed_stays_in_the_form(session):
    page = open_template(session)
    org = page.view["document"]["orgs"][0]["id"]
    half = {"issued_on": None, "items": "เรียกเงินคืน"}
    page.type(**{f"orgs__{org}__open_orders": [half]})
    assert page.field(f"orgs/{org}/open_orders")["value"] == [half]
    assert "open_orders" not in page.view["document"]["orgs"][0]


def test_things_are_added_and_taken_away(session):
    page = open_template(session)
    page.press("tab:actions")
    n = len(page.view["document"]["actions"])
    page.save(page.form("actions"), "add", to="actions")
    new = page.view["document"]["actions"][-1]["id"]
    assert len(page.view["document"]["actions"]) == n + 1
    assert page.save(page.form("actions"), "remove", section=f"actions/{new}")["kind"] == "saved"
    assert len(page.view["document"]["actions"]) == n
    page.press("tab:issues")
    issue = page.visit()["issues"][0]
    said = page.save(page.form("issues/"), "remove", section=f"issues/{issue}")
    assert said["kind"] == "error"  # a visit is about it
    assert "อ้างถึง" in said["text"]


def test_a_visit_put_on_another_day_stands_there_in_month_and_week(session):
    page = open_template(session)
    page.press("tab:calendar")
    calendar = page.kind("plan_calendar")
    assert {date.fromisoformat(one["date"]).weekday() for one in calendar.days[::7]} == {0}  # whole weeks, Monday first
    visit = page.visit()["id"]
    free = next(
        one["date"]
        for one in calendar.days
        if not one["is_closed"] and not one["is_out"] and not one["visits"] and one["date"] > page.view["today"]
    )
    assert page.save(calendar, "place", visit=visit, on=free)["kind"] == "saved"
    assert [one["id"] for day in calendar.days if day["date"] == free for one in day["visits"]] == [visit]
    assert {"visit": visit, "on": free} in page.view["document"]["month"]["entries"]
    page.press("view:week", calendar).press("turn:1", calendar)
    assert len(calendar.days) == 7
    assert [one["rule"] for one in page.view["findings"] if one["rule"] in ("R17", "R18")] == []


def test_a_finding_leads_to_its_field(session):
    page = open_template(session)
    page.press("tab:visits")
    visit = page.visit()["id"]
    page.type(**{f"visits__{visit}__objective": ""})
    page.press("tab:request")
    gate = page.kind("plan_gate")
    row = next(one for one in gate.visits if one["id"] == visit)
    page.press(next(one["go"] for one in row["errors"] if one["id"].startswith("R01")), gate)
    assert page.header.current == "visits"
    assert page.form("visits").at == f"visits/{visit}/objective"


# Gates --------------------------------------------------------------------------------------------------------------


def make_ready(page):
    """Everything an approver could ask of the first visit's request."""
    page.press("tab:issues")
    org, today = page.view["document"]["orgs"][0]["id"], page.view["today"]
    month = [one["value"] for one in page.field(f"orgs/{org}/minutes_copies")["options"]]
    page.type(**{f"orgs__{org}__minutes_copies": month, f"orgs__{org}__data_gaps__looked": True})
    for issue in page.view["document"]["issues"]:
        here = f"issues__{issue['id']}"
        page.type(**{f"{here}__consulted_on": today, f"{here}__returned_to_board_on": today})
    page.press("tab:visits")
    visit = page.visit()["id"]
    study = {f"visits__{visit}__study__{item}": today for item in ("profile", "audit-note", "last-record", "minutes")}
    page.type(**study, **{f"visits__{visit}__recorded_plan_on": today})
    page.press("tab:request")
    return visit


def explain_all(page, visit):
    """A reason for every warning that is left."""
    gate = page.kind("plan_gate")
    for one in next(row for row in gate.visits if row["id"] == visit)["warnings"]:
        said = page.save(gate, "reason", finding=one["id"], text="ได้หารือและตรวจสอบกับสหกรณ์แล้ว จะแก้ในรอบถัดไป")
        assert said["kind"] == "saved", said


def days_until(page, iso):
    return (date.fromisoformat(iso) - date.fromisoformat(page.view["today"])).days


def write_up(page, visit):
    """Say that the visit took place, write the record and the report."""
    page.press("tab:records")
    page.save(page.form(f"perform/{visit}"), "press", button=f"perform:{visit}")
    org = page.visit()["orgs"][0]
    record = next(one["id"] for one in page.form("records/").sections if one["id"].startswith("records/"))
    form = page.form(record)
    buttons = next(one for one in form.sections if one["id"] == record)["buttons"]
    assert buttons[0]["disabled"]  # there is nothing yet to enter
    agreed = {"what": "ส่งใบตรวจนับเงินสด", "who": "เหรัญญิก", "by": "2026-12-25"}
    values = {
        "facts": ["ตรวจนับเงินสดแล้ว ยอดตรงกับบัญชี 15,200 บาท"],
        "advice": ["ให้แต่งตั้งกรรมการสองคนลงนามทุกเดือน"],
        "actions": [agreed],
    }
    said = page.save(
        form, "edit", changes=[{"field": f"{record}/{name}", "value": value} for name, value in values.items()]
    )
    assert said["kind"] == "saved", said
    said = page.save(page.form(record), "press", button=f"record:{visit}:{org}")
    assert said["kind"] == "saved", said
    page.press("tab:report")
    report = page.form("reports/").sections[0]["id"]
    values = {
        "summary": "คณะกรรมการกำหนดวันตรวจนับเงินสดและผู้ลงนามแล้ว",
        "result_vs_target": "ตรวจนับแล้ว 1 จาก 1 ครั้ง",
        "next_step": "ติดตามใบตรวจนับเดือนหน้า",
    }
    page.save(
        page.form(report),
        "edit",
        changes=[{"field": f"{report}/{name}", "value": value} for name, value in values.items()],
    )


def test_alone_one_goes_through_both_gates_in_simulated_days(session):
    page = open_template(session)
    visit = make_ready(page)
    gate = page.kind("plan_gate")
    (row,) = [one for one in gate.visits if one["id"] == visit]
    assert row["errors"] == []
    explain_all(page, visit)
    said = page.save(gate, "send", visits=[visit])
    assert said == said | {"kind": "saved"}
    assert "ส่งแล้ว 1 ครั้ง" in said["text"]
    assert next(one for one in gate.visits if one["id"] == visit)["can"] == ""
    assert "1 รายการ" in page.header.clock["note"]
    page.press("day:5")
    assert "อนุญาตให้เข้า" in page.header.notice["text"], page.header.notice
    page.press(page.header.notice["action"]["id"])
    row = next(one for one in page.kind("plan_gate").visits if one["id"] == visit)
    assert row["history"][0]["who"] == "ผู้อนุมัติจำลอง"
    assert row["state"]["text"] == "ได้รับอนุญาตแล้ว"
    page.press("tab:records")
    (button,) = next(one for one in page.form("perform/").sections)["buttons"]
    assert "2 ธ.ค. 2569" in button["disabled"]
    page.press(f"day:{days_until(page, page.visit()['planned_date'])}")
    write_up(page, visit)
    assert page.save(page.kind("plan_gate"), "send", visits=[visit])["kind"] == "saved"
    page.press("day:6")
    assert page.view["states"][visit] == "report-approved", page.header.notice
    page.press("tab:review")
    row = next(one for one in page.kind("plan_table").rows if one["id"] == visit)
    assert [row["cells"][name]["kind"] for name in ("planned", "approved", "performed", "reported")] == ["done"] * 4
    assert page.kind("plan_history").rows[0]["who"] == "ผู้อนุมัติจำลอง"
    again = Page(session).begin("plan", source=page.view["plan_id"])
    assert again.view["document"]["orgs"] == page.view["document"]["orgs"]
    assert again.view["plan_id"] != page.view["plan_id"]


def test_a_visit_with_errors_stays_and_says_what_to_mend(session):
    page = open_template(session)
    page.press("tab:request")
    gate = page.kind("plan_gate")
    visit = page.visit()["id"]
    said = page.save(gate, "send", visits=[visit])
    assert said["kind"] == "error"
    assert page.view["states"][visit] == "draft"
    page.press("tab:review")
    assert page.kind("plan_history").rows[0]["what"].startswith("กดส่งขออนุญาต")  # the attempt is kept for whoever trains


def test_whoever_decides_finds_the_request_first_and_the_officer_reads_the_comment(place, session):
    page = open_template(session, mode="office")
    visit = make_ready(page)
    explain_all(page, visit)
    page.save(page.kind("plan_gate"), "send", visits=[visit])
    desk = Page(place.person(f"P-{secrets.token_hex(3)}", roles=("approver",)))
    inbox = desk.shown[0]
    assert isinstance(inbox, PlanInbox)
    row = next(one for one in inbox.rows if one["id"].startswith(page.view["plan_id"]))
    assert row["officer"] == session.person["name"]
    assert row["reasons"][0]["text"].startswith("ได้หารือ")
    assert "วัตถุประสงค์" in [part["label"] for part in row["parts"]]
    said = desk.save(inbox, "decide", id=row["id"], decision="no", comment="ขอเลื่อนเป็นสัปดาห์ถัดไป", order="")
    assert said["kind"] == "saved"
    assert page.view["plan_id"] not in [one["id"].split("/")[0] for one in inbox.rows]
    back = Page(session, page.view["plan_id"])
    assert back.header.current == "request"
    assert back.header.clock is None
    assert back.kind("plan_gate").visits[0]["history"][0]["comment"] == "ขอเลื่อนเป็นสัปดาห์ถัดไป"


def test_two_people_do_not_overwrite_each_other(place, session):
    colleague = place.person(f"P-{secrets.token_hex(3)}")
    mine = open_template(session, mode="office")
    mine.press("tab:review")
    mine.type(share__code=colleague.person["code"])
    assert mine.save(mine.form("share"), "press", button="share:on")["kind"] == "saved"
    theirs = Page(colleague, mine.view["plan_id"])
    for page in (mine, theirs):
        page.press("tab:visits")
    here = f"visits__{mine.visit()['id']}"
    theirs.type(**{f"{here}__objective": "ให้คณะกรรมการกำหนดผู้ลงนามในใบตรวจนับเงินสด", f"{here}__officer": "คนที่สอง"})
    assert mine.type(**{f"{here}__travel_minutes": 60})["kind"] == "saved"  # another field: both are kept
    assert mine.visit()["officer"] == "คนที่สอง"
    theirs.type(**{f"{here}__objective": "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดทุกสิ้นเดือน"})
    said = mine.type(**{f"{here}__objective": "ให้คณะกรรมการแต่งตั้งผู้ตรวจนับเงินสดสองคน"})
    assert said["kind"] == "error"
    assert mine.header.notice["action"]["id"] == "tab:review"
    mine.press("tab:review")
    history = mine.kind("plan_history")
    (row,) = history.conflict["rows"]
    assert row["theirs"].endswith("ทุกสิ้นเดือน")
    assert row["mine"].endswith("สองคน")
    mine.save(history, "settle", picks={row["field"]: "mine"})
    assert history.conflict is None
    assert mine.visit()["objective"].endswith("สองคน")
    assert Page(colleague, mine.view["plan_id"]).visit()["objective"].endswith("สองคน")


def test_the_same_room_in_english_holds_no_thai_but_what_was_written(place):
    page = open_template(place.person(f"P-{secrets.token_hex(3)}", locale="en"))
    written = re.findall("[ก-๙]+", json.dumps(page.view["document"], ensure_ascii=False))
    for name in TABS:
        page.press(f"tab:{name}")
        for widget in page.shown:
            state = widget.get_state([key for key in widget.keys if key[0] != "_"])
            state.get("labels", {}).pop("months_long", None)  # what may be typed, in either language
            said = set(re.findall("[ก-๙]+", json.dumps(state, ensure_ascii=False, default=str)))
            assert said <= {*written, "คน", "ก", "ฮ"}, (name, widget.stem, said - set(written))


def test_a_file_is_made_on_the_press_and_gone_with_its_part(session):
    page = open_template(session)
    page.press("tab:request")
    gate, file = page.kind("plan_gate"), page.kind("plan_file")
    assert "visits.ics" in [one["id"] for one in gate.downloads]
    assert file.file is None
    page.press("download:visits.ics", gate)
    assert file.file["name"].endswith(".ics")
    assert base64.b64decode(file.file["body"]).startswith(b"BEGIN:VCALENDAR")
    page.press("download:nothing.docx", gate)
    assert page.header.notice["kind"] == "bad"
    assert file.file["name"].endswith(".ics")
    page.press("tab:visits").press("tab:request")
    assert page.kind("plan_file").file is None
