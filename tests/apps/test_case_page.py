"""The case room as a page: every tab from the desk, every press kept, hand in, the story; in both languages."""

from __future__ import annotations

import json
import re
import secrets

import pytest

from cps_training.apps.case_page import TABS, case
from cps_training.views import CaseFollowUp, CaseList, CaseResult, Notice, ProblemBoard
from tests.apps.quizzing import Seat
from tests.casework.officers import good_findings

CASE = "thung-sathit"


class Page:
    """The page and its presses, as a browser sends them."""

    def __init__(self, session, query=""):
        self.box = case(session, query)

    @property
    def header(self):
        return self.box.children[0]

    @property
    def widget(self):
        return self.box.children[-1]

    def press(self, action):
        self.header._hear(None, {"kind": "action", "id": action}, None)

    def save(self, kind, **detail):
        send_id = secrets.token_hex(16)
        widget = self.widget
        widget._hear(None, {"kind": "save", "id": kind, "detail": detail, "send_id": send_id}, None)
        if self.widget is widget:
            assert widget.saved["send_id"] == send_id
        return getattr(widget, "saved", None)

    def put_all(self, case_of):
        """The board of an officer who finds everything, marked as they go."""
        self.press("tab:papers")
        for finding in good_findings(case_of):
            for reference in finding["evidence"]:
                if reference.startswith("figure:"):
                    continue
                self.widget._hear(None, {"kind": "action", "id": f"paper:{reference.partition(':')[0]}"}, None)
                self.save("mark", reference=reference, on=True)
        for reference in dict.fromkeys(one for finding in good_findings(case_of) for one in finding["evidence"]):
            if reference.startswith("figure:"):
                self.press("tab:ratios")
                if reference not in {one["reference"] for group in self.widget.groups for one in group["ratios"]}:
                    self.press("tab:tables")
                self.save("mark", reference=reference, on=True)
        self.press("tab:board")
        for finding in good_findings(case_of):
            put = {name: list(value) if isinstance(value, tuple) else value for name, value in finding.items()}
            put |= {"id": f"f{secrets.token_hex(4)}"}
            put.pop("rank")
            said = self.save("put", finding={"words": ""} | put)
            assert said["kind"] == "saved", said


def test_without_an_address_the_six_cases_are_listed_and_one_leads_on(seat):
    widget = Page(seat.session).widget
    assert isinstance(widget, CaseList)
    assert [row["letter"] for row in widget.rows] == ["A", "B", "C", "D", "E", "F"]
    assert [row["action"]["primary"] for row in widget.rows] == [True, False, False, False, False, False]
    assert widget.rows[0]["action"]["href"] == "/case?case=thung-sathit"
    assert all(row["tag"]["text"] == "องค์กรสมมติ" for row in widget.rows)


def test_an_unknown_case_is_said_with_a_way_back(seat):
    widget = Page(seat.session, "nowhere").widget
    assert isinstance(widget, Notice)
    assert "nowhere" in widget.text


def test_every_tab_opens_and_nothing_of_what_comes_after_does(seat):
    page = Page(seat.session, CASE)
    names = [tab["id"] for tab in page.header.tabs]
    assert names == [name for name in TABS if name not in ("result", "story")]
    for name in names:
        page.press(f"tab:{name}")
        assert page.header.current == name
    page.press("tab:result")
    assert page.header.current == "board"


@pytest.mark.parametrize("case_id", ["thung-sathit", "ban-chamlong", "wittayalai-tuayang", "doen-rot-sommut", "ban-baepfuek", "nong-sathok"])  # fmt: skip
def test_a_good_officer_passes_every_case_and_reads_its_story(place, seat, case_id):
    page = Page(seat.session, case_id)
    page.put_all(place.library.cases[case_id])
    assert all(not finding["missing"] for finding in page.widget.findings), page.widget.findings
    page.save("submit")
    assert isinstance(page.widget, CaseResult)
    assert page.widget.verdict["is_passed"] is True
    assert page.widget.score["share"] >= 0.9
    assert all(line["is_right"] is not False for row in page.widget.comparison for line in row["mine"])
    page.press("tab:story")
    assert isinstance(page.widget, CaseFollowUp)
    while page.widget.now:
        fork, branch = page.widget.now["id"], page.widget.now["branches"][0]["id"]
        assert page.save("choose", fork=fork, branch=branch)["kind"] == "saved"
    assert page.widget.end
    assert page.widget.past[-1]["paper"]["lines"]


def test_the_same_room_in_english_holds_no_thai(place, monkeypatch):
    seat = Seat(place, place.person("A002", locale="en"), monkeypatch)
    page = Page(seat.session, CASE)
    assert page.header.line == "1,196 members · Year ends 31 Mar · Today in the story: 24 Jul 2023 (B.E. 2566)"
    for name in ("profile", "papers", "tables", "ratios", "consult", "board"):
        page.press(f"tab:{name}")
        said = json.dumps(
            page.widget.get_state([key for key in page.widget.keys if key[0] != "_"]), ensure_ascii=False, default=str
        )
        assert not re.findall("[ก-๙]+", said), name


def test_a_table_of_what_a_cooperative_has_not_is_not_shown(seat):
    page = Page(seat.session, "doen-rot-sommut")
    page.press("tab:tables")
    assert "ageing" not in [table["id"] for table in page.widget.tables]
    page = Page(seat.session, CASE)
    page.press("tab:tables")
    assert "ageing" in [table["id"] for table in page.widget.tables]


def test_nothing_handed_in_is_said_kindly_and_one_may_begin_again(seat):
    page = Page(seat.session, CASE)
    page.press("tab:board")
    page.save("submit")
    assert page.widget.score is None
    assert page.widget.verdict["is_passed"] is None
    assert "เริ่ม" in page.widget.verdict["text"]
    page.widget._hear(None, {"kind": "action", "id": "again"}, None)
    assert page.header.current == "profile"
    assert "result" not in [tab["id"] for tab in page.header.tabs]


def test_what_was_begun_is_where_one_comes_back_to(seat):
    page = Page(seat.session, CASE)
    page.press("tab:tables")
    page.save("mark", reference="figure:borrowings", on=True)
    page.press("tab:board")
    page.save("put", finding={"id": "f00000001", "kind": "borrowing-over-limit", "words": "", "evidence": ["figure:borrowings"], "clauses": [], "cause": None, "severity": None, "partner": None, "step": None})  # fmt: skip
    again = Page(seat.session, CASE)
    assert isinstance(again.widget, ProblemBoard)
    (card,) = again.widget.findings
    assert card["title"] == "กู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ"
    assert card["evidence"][0]["text"].startswith("เงินกู้ยืม")
    assert "ยังไม่ได้เลือกข้อของคู่มือ" in card["missing"]
    assert next(row["status"]["text"] for row in Page(seat.session).widget.rows) == "ทำค้างไว้ มี 1 ข้อบนกระดาน"


def test_what_somebody_says_is_no_document(place, seat):
    case_of = place.library.cases[CASE]
    heard = next(reference for reference in case_of.line_of if not case_of.is_document(reference))
    page = Page(seat.session, CASE)
    page.press("tab:papers")
    page.press(f"paper:{heard.partition(':')[0]}")
    page.save("mark", reference=heard, on=True)
    page.press("tab:board")
    page.save("put", finding={"id": "f00000001", "kind": "participation-falling", "words": "", "evidence": [heard], "clauses": [], "cause": None, "severity": None, "partner": None, "step": None})  # fmt: skip
    assert "ยังไม่มีเอกสารยืนยัน" in page.widget.findings[0]["missing"]


def test_own_words_are_matched_only_when_they_are_confirmed(seat):
    page = Page(seat.session, CASE)
    page.press("tab:board")
    page.save("match", text="สหกรณ์กู้เงินเกินวงเงินกู้ยืมที่ได้รับความเห็นชอบ")
    matches = page.widget.matches
    assert matches["rows"][0]["kind"] == "borrowing-over-limit"
    assert matches["rows"][0]["words"]
    assert page.widget.findings == []


def test_a_second_window_is_shown_what_the_first_one_did(seat):
    first, second = Page(seat.session, CASE), Page(seat.session, CASE)
    for page in (first, second):
        page.press("tab:tables")
    first.save("mark", reference="figure:arrears", on=True)
    said = second.save("mark", reference="figure:borrowings", on=True)
    assert said["kind"] == "error"
    assert "หน้าต่างอื่น" in said["text"]
    marked = {row["reference"] for table in second.widget.tables for row in table["rows"] if row["is_marked"]}
    assert marked == {"figure:arrears"}
    assert second.save("mark", reference="figure:borrowings", on=True)["kind"] == "saved"
