"""Deciding a case in a real browser and in Python: asking, the board, its form, the result, what came of it; what is sent and what is refused."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest

from cps_training.views import CaseConsult, CaseFollowUp, ProblemBoard
from cps_training.views._saving import Save, Saving
from tests.axe import violations
from tests.views import case_samples_decide as samples
from tests.views.harness import mount, receive, sent

if TYPE_CHECKING:
    from playwright.sync_api import Page

ID = "0123456789abcdef" * 2
PUT: dict[str, Any] = {
    "id": "f0123abcd",
    "kind": "no-confirmation",
    "words": "",
    "evidence": ["minutes-march:4", "figure:borrow_to_limit_pct"],
    "clauses": ["practice.6", "docs.4"],
    "cause": "board-not-watching",
    "severity": 4,
    "partner": "auditor",
    "step": None,
}


# --- in Python ----------------------------------------------------------------------------------------------------------


def widget(name: str, got: list[Save]) -> Saving:
    kinds: dict[str, type[Saving]] = {"board": ProblemBoard, "consult": CaseConsult, "follow": CaseFollowUp}
    state = {"board": samples.BOARD, "consult": samples.CONSULT, "follow": samples.FOLLOW_UP}[name]
    return kinds[name](on_save=got.append, **state)


def told(name: str, kind: Any, detail: Any, **more: Any) -> list[Save]:
    """What reaches Python of a message."""
    got: list[Save] = []
    message = {"kind": "save", "id": kind, "detail": detail, "send_id": ID, **more}
    widget(name, got)._handle_custom_msg(message, [])
    return got


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("consult", "consult", {"question": "next-limit", "group": "management"}),
        ("follow", "choose", {"fork": "renewals", "branch": "restructure"}),
        ("board", "match", {"text": "ต่อสัญญา🙂"}),
        ("board", "put", {"finding": PUT}),
        ("board", "put", {"finding": {**PUT, "kind": None, "words": "อื่น ๆ", "evidence": [], "severity": None}}),
        ("board", "put", {"finding": {**PUT, "id": "f0000000a", "kind": "same-day-renewal"}}),
        ("board", "order", {"findings": ["f0000000c", "f0000000a", "f0000000b"]}),
        ("board", "drop", {"finding": "f0000000b"}),
        ("board", "submit", {}),
    ],
)
def test_what_is_done_reaches_the_callback(name: str, kind: str, detail: dict[str, Any]) -> None:
    assert told(name, kind, detail) == [Save(kind, detail, ID)]


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("consult", "consult", {"question": "next-limit", "group": "business"}),  # asked already
        ("consult", "consult", {"question": "credit-training", "group": "management"}),  # done already
        ("consult", "consult", {"question": "next-limit", "group": "auditor"}),
        ("consult", "consult", {"question": ["next-limit"], "group": "management"}),
        ("consult", "consult", {"question": "next-limit", "group": "management", "is_right": True}),
        ("consult", "put", {"finding": PUT}),
        ("follow", "choose", {"fork": "renewals", "branch": "stop-only"}),
        ("follow", "choose", {"fork": "meeting", "branch": "restructure"}),
        ("follow", "choose", {"fork": "renewals"}),
        ("follow", "choose", None),
        ("board", "match", {"text": "  "}),
        ("board", "match", {"text": "ก" * 301}),
        ("board", "match", {"text": "\ud83d"}),
        ("board", "order", {"findings": ["f0000000a", "f0000000b"]}),
        ("board", "order", {"findings": ["f0000000a", "f0000000b", "f0000000b"]}),
        ("board", "order", {"findings": "f0000000a"}),
        ("board", "order", {"findings": [{}, [], 7]}),
        ("board", "drop", {"finding": "f00000009"}),
        ("board", "submit", {"score": 100}),
        ("board", "grade", {}),
        ("board", ["put"], {"finding": PUT}),
        *(
            ("board", "put", {"finding": {**PUT, **change}})
            for change in (
                {"id": "g0123abcd"},
                {"id": "f0123abcd\n"},
                {"id": "F0123ABCD"},
                {"kind": "same-day-renewal"},  # on the board already
                {"kind": "no-such-kind"},
                {"kind": None},
                {"kind": None, "words": "  "},
                {"kind": ["no-confirmation"]},
                {"words": "ก" * 301},
                {"words": None},
                {"evidence": ["minutes-march:5"]},
                {"evidence": ["minutes-march:4", "minutes-march:4"]},
                {"evidence": [["minutes-march:4"]]},
                {"evidence": {"minutes-march:4": True}},
                {"clauses": ["practice.9"]},
                {"clauses": ["practice.2", "practice.6", "practice.7", "docs.4"]},
                {"cause": "bad-luck"},
                {"severity": 0},
                {"severity": 6},
                {"severity": True},
                {"severity": "4"},
                {"severity": 4.0},
                {"partner": "legal"},
                {"step": "report-up"},
                {"rank": 1},
            )
        ),
    ],
)
def test_what_was_not_offered_is_ignored_and_logged(
    name: str, kind: Any, detail: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "cps_training.views"):
        assert told(name, kind, detail) == []
    assert "ignored a malformed message" in caplog.text


def test_only_a_whole_message_with_its_word_is_heard() -> None:
    assert told("board", "submit", {}, send_id="1") == []
    assert told("board", "submit", {}, role="trainer") == []


def test_a_board_that_is_not_ready_is_not_handed_in_and_one_that_was_stays_as_it_is() -> None:
    got: list[Save] = []
    not_ready = {**samples.BOARD["submit"], "disabled": True}
    for submit, kind, detail in (
        (not_ready, "submit", {}),
        (None, "submit", {}),
        (None, "put", {"finding": PUT}),
        (None, "drop", {"finding": "f0000000b"}),
    ):
        board = ProblemBoard(on_save=got.append, **{**samples.BOARD, "submit": submit})
        board._handle_custom_msg({"kind": "save", "id": kind, "detail": detail, "send_id": ID}, [])
    assert got == []


def test_saving_that_fails_unforeseen_is_answered_and_what_is_handed_on_is_a_copy(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(save: Save) -> None:
        save.detail["finding"]["evidence"].clear()
        raise RuntimeError("unforeseen")

    board = ProblemBoard(on_save=fail, **samples.BOARD)
    message = {"kind": "save", "id": "put", "detail": {"finding": PUT}, "send_id": ID}
    board._handle_custom_msg(message, [])
    assert board.saved == {"send_id": ID, "kind": "error", "text": "บันทึกไม่สำเร็จ โปรดลองอีกครั้ง"}
    assert "unforeseen" in caplog.text
    assert PUT["evidence"] == ["minutes-march:4", "figure:borrow_to_limit_pct"]


# --- in the browser -----------------------------------------------------------------------------------------------------


def show(page: Page, name: str, **more: Any) -> None:
    stem, state = samples.EVERY[name]
    mount(page, stem, {**state, **more})


def last_save(page: Page) -> dict[str, Any]:
    return [message for message in sent(page) if message["kind"] == "save"][-1]


def done(page: Page) -> list[tuple[str, Any]]:
    """What was done so far."""
    return [(message["id"], message["detail"]) for message in sent(page) if message["kind"] == "save"]


def answer(page: Page, text: str = "บันทึกแล้ว", kind: str = "saved", **state: Any) -> None:
    receive(page, **state, saved={"send_id": last_save(page)["send_id"], "kind": kind, "text": text})
    page.evaluate("() => new Promise(requestAnimationFrame)")


def focused(page: Page) -> str:
    """What has the focus says; "" when nothing has it."""
    return page.evaluate("document.activeElement === document.body ? '' : document.activeElement.textContent").strip()


def titles(page: Page) -> list[str]:
    return page.locator(".cps-finding h3").all_inner_texts()


CLIPPED = """() => [...document.querySelectorAll('.cps-root :is(button, a, label, h2, h3, p, li, td, th, summary)')]
  .filter((e) => e.offsetParent && !e.closest('.cps-hidden') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')
  .map((e) => e.outerHTML.slice(0, 120))"""
RECTS = "(all) => all.map((e) => e.getBoundingClientRect().toJSON())"
SMALL = """() => [...document.querySelectorAll('.cps-root :is(button, a, select, textarea, summary, label.cps-check)')]
  .filter((e) => e.offsetParent && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("name", samples.EVERY)
def test_everything_fits_a_phone_and_a_screen_and_can_be_heard(page: Page, name: str) -> None:
    page.evaluate("document.querySelector('main').classList.add('wide')")
    show(page, name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(CLIPPED) == []
        assert page.evaluate(SMALL) == []
        found = violations(page, context=".cps-root")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.locator(".cps-primary:visible:not([aria-disabled=true])").count() <= 1


def test_a_finding_is_written_by_keyboard_and_stands_on_the_board_once_saved(page: Page) -> None:
    show(page, "board", findings=[samples.SECOND])
    page.get_by_role("button", name="เพิ่มข้อค้นพบ").press("Enter")
    assert focused(page) == "ข้อค้นพบใหม่"
    page.get_by_label("พิมพ์คำเพื่อย่อรายการ").press_sequentially("หนี้")
    kinds = page.get_by_label("เรื่อง", exact=True)
    assert kinds.locator("option").all_inner_texts() == [
        "เลือก",
        "ทำสัญญาใหม่กลบหนี้ค้าง",
        "ไม่ได้สอบทานหนี้กับสมาชิก",
        "ค้างชำระหนี้เงินกู้กองทุนของรัฐ",
    ]
    kinds.select_option("no-confirmation")
    page.get_by_label("ที่ประชุมเห็นชอบ").press("Space")
    page.get_by_label("เลือกข้อ").select_option("practice.7")
    page.get_by_role("button", name="เพิ่ม", exact=True).press("Enter")
    page.get_by_label("4 ร้ายแรง").press("Space")
    page.get_by_label("สาเหตุ").locator("visible=true").last.select_option("board-not-watching")
    save = page.get_by_role("button", name="บันทึกข้อค้นพบ")
    save.press("Enter")
    save.press("Enter")
    [(kind, detail)] = done(page)
    finding = detail["finding"]
    assert kind == "put"
    assert finding == {
        "id": finding["id"],
        "kind": "no-confirmation",
        "words": "",
        "evidence": ["minutes-march:4"],
        "clauses": ["practice.7"],
        "cause": "board-not-watching",
        "severity": 4,
        "partner": None,
        "step": None,
    }
    got: list[Save] = []
    message = last_save(page)
    ProblemBoard(**{**samples.BOARD, "findings": [samples.SECOND]}, on_save=got.append)._handle_custom_msg(message, [])
    assert [one.kind for one in got] == ["put"]

    new = {**samples.FIRST, "id": finding["id"], "kind": "no-confirmation", "title": "ไม่ได้สอบทานหนี้กับสมาชิก"}
    answer(page, findings=[samples.SECOND, new])
    assert titles(page)[-1] == focused(page) == "ไม่ได้สอบทานหนี้กับสมาชิก"
    assert page.locator(".cps-announce").inner_text() == "บันทึกแล้ว"


def test_own_words_become_a_kind_only_when_somebody_says_so(page: Page) -> None:
    show(page, "board", findings=[samples.FIRST])
    page.get_by_role("button", name="เพิ่มข้อค้นพบ").click()
    page.get_by_label("เขียนเอง").check()
    page.get_by_label("เขียนสั้น ๆ ว่าพบอะไร").fill("ไม่สอบทานกับสมาชิก")
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    assert done(page) == []
    assert page.locator(".cps-wrong-text").inner_text().startswith("กดหาเรื่องที่ตรงกัน")
    assert focused(page) == "หาเรื่องที่ตรงกัน"
    page.keyboard.press("Enter")
    assert done(page) == [("match", {"text": "ไม่สอบทานกับสมาชิก"})]
    matches = {"text": "ไม่สอบทานกับสมาชิก", "rows": samples.ROWS, "none": ""}
    receive(page, matches={**matches, "send_id": last_save(page)["send_id"]})
    rows = page.locator(".cps-matches li")
    assert "ตรงกันที่คำว่า สอบทาน สมาชิก" in rows.first.inner_text()
    assert "อยู่บนกระดานแล้ว" in rows.nth(1).inner_text()
    assert rows.nth(1).get_by_role("button").count() == 0

    rows.first.get_by_role("button", name="ใช้เรื่องนี้").click()
    assert "ไม่ได้สอบทานหนี้กับสมาชิก" in focused(page)
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    finding = done(page)[-1][1]["finding"]
    assert (finding["kind"], finding["words"]) == ("no-confirmation", "ไม่สอบทานกับสมาชิก")
    answer(page, "เต็มแล้ว", "error")
    assert page.get_by_text("เต็มแล้ว").first.is_visible()

    page.get_by_label("เขียนสั้น ๆ ว่าพบอะไร").fill(
        "ไม่สอบทานกับสมาชิก "
    )  # other words: what was said of the first is forgotten
    page.get_by_role("button", name="ไม่ตรงกับเรื่องใด").click()
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    finding = done(page)[-1][1]["finding"]
    assert (finding["kind"], finding["words"]) == (None, "ไม่สอบทานกับสมาชิก")


def test_what_is_being_written_survives_a_change_and_going_to_mark_a_line(page: Page) -> None:
    show(page, "form-new", store="p1:thung-sathit")
    page.get_by_label("เขียนเอง").check()
    page.get_by_label("เขียนสั้น ๆ ว่าพบอะไร").fill("กุญแจฉางอยู่กับคนเดียว")
    page.get_by_label("3 ต้องแก้ในสามเดือน").check()
    page.get_by_role("button", name="ไปที่เอกสาร").click()
    assert sent(page) == [{"kind": "action", "id": "tab:papers"}]
    page.evaluate("stop()")
    show(page, "board", store="p1:thung-sathit")
    assert page.get_by_label("เขียนสั้น ๆ ว่าพบอะไร").input_value() == "กุญแจฉางอยู่กับคนเดียว"
    assert page.get_by_label("3 ต้องแก้ในสามเดือน").is_checked()
    page.get_by_label("พนักงานฉางบอกว่ากุญแจมีดอกเดียว").check()
    receive(page, marked=[samples.HEARSAY], intro="เปลี่ยน")
    assert page.get_by_label("พนักงานฉางบอกว่ากุญแจมีดอกเดียว").is_checked()
    assert page.get_by_label("เขียนสั้น ๆ ว่าพบอะไร").input_value() == "กุญแจฉางอยู่กับคนเดียว"
    page.get_by_role("button", name="กลับไปที่กระดาน").click()
    page.evaluate("stop()")
    show(page, "board", store="p1:thung-sathit")
    assert titles(page)[0] == "ทำสัญญาใหม่กลบหนี้ค้าง"  # put away by its writer: not opened again


def test_findings_move_at_once_and_go_back_when_that_is_not_saved(page: Page) -> None:
    show(page, "board")
    first, second, third = titles(page)
    down = page.get_by_role("button", name=f"เลื่อนลง {first}")
    down.press("Enter")
    page.keyboard.press("Enter")
    assert titles(page) == [second, third, first]
    assert focused(page) == f"เลื่อนขึ้น {first}"  # no further down: the other way is at hand
    assert done(page) == [
        ("order", {"findings": ["f0000000b", "f0000000a", "f0000000c"]}),
        ("order", {"findings": ["f0000000b", "f0000000c", "f0000000a"]}),
    ]
    early = next(message for message in sent(page) if message["id"] == "order")
    receive(page, saved={"send_id": early["send_id"], "kind": "saved", "text": "บันทึกแล้ว"})
    assert titles(page) == [second, third, first]
    answer(page, "บันทึกไม่สำเร็จ", "error")
    assert titles(page) == [first, second, third]
    assert page.get_by_text("บันทึกไม่สำเร็จ").first.is_visible()


def test_taking_off_and_handing_in_are_asked_once(page: Page) -> None:
    show(page, "board")
    page.get_by_role("button", name="ลบ ฉางปุ๋ยมีคนถือกุญแจคนเดียว").click()
    page.get_by_role("button", name="เก็บไว้").click()
    assert focused(page) == "ลบ ฉางปุ๋ยมีคนถือกุญแจคนเดียว"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="ลบข้อนี้").click()
    assert done(page) == [("drop", {"finding": "f0000000c"})]
    answer(page, findings=[samples.FIRST, samples.SECOND])
    assert len(titles(page)) == 2
    page.get_by_role("button", name="ส่งกระดาน").click()
    page.get_by_role("button", name="ยังก่อน").click()
    page.get_by_role("button", name="ส่งกระดาน").click()
    assert len(done(page)) == 1
    page.get_by_role("button", name="ส่งเลย").dblclick()
    assert done(page)[1:] == [("submit", {})]
    receive(page, submit={**samples.BOARD["submit"], "disabled": True})
    page.get_by_role("button", name="ส่งกระดาน").click(force=True)
    assert len(done(page)) == 2


def test_a_board_that_was_handed_in_is_only_looked_at(page: Page) -> None:
    show(page, "board", submit=None, editing="new")
    assert len(titles(page)) == 3
    assert page.get_by_role("button").all_inner_texts() == ["แนวทาง ข้อ 6", "เอกสาร ข้อ 4"]


def test_without_a_connection_nothing_written_is_lost(page: Page) -> None:
    show(page, "form")
    page.evaluate("model.broken = true")
    page.get_by_label("1 เล็กน้อย").check()
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    assert page.locator(".cps-form-foot .cps-is-error").all_inner_texts() == [samples.SAVING["silent"]]
    page.evaluate("model.broken = false")
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    [(_, detail)] = done(page)
    assert detail["finding"]["severity"] == 1
    assert detail["finding"]["evidence"] == ["minutes-march:4", "figure:borrow_to_limit_pct"]


def test_silence_is_said_and_a_late_answer_still_counts(page: Page) -> None:
    page.clock.install()
    show(page, "form")
    page.get_by_role("button", name="บันทึกข้อค้นพบ").click()
    assert page.locator(".cps-form-foot .cps-note").inner_text() == "กำลังบันทึก…"
    page.clock.run_for(20_000)
    assert page.locator(".cps-form-foot .cps-is-error").inner_text() == samples.SAVING["silent"]
    receive(page, saved={"send_id": last_save(page)["send_id"], "kind": "saved", "text": "บันทึกแล้ว"})
    assert titles(page)[0] == "ทำสัญญาใหม่กลบหนี้ค้าง"


def test_a_group_is_asked_and_its_answer_has_the_focus(page: Page) -> None:
    show(page, "consult")
    page.get_by_role("button", name="ถามกลุ่มนี้").click()
    assert page.get_by_text("เลือกกลุ่มก่อน").first.is_visible()
    assert page.get_by_role("radio").count() == 3  # the one that was asked is asked no more
    page.get_by_label("กลุ่มจัดตั้งและส่งเสริมสหกรณ์").press("Space")
    page.keyboard.press("Enter")
    assert done(page) == [("consult", {"question": "next-limit", "group": "formation"})]
    said = {
        "group": "formation",
        "label": "กลุ่มจัดตั้งและส่งเสริมสหกรณ์",
        "is_right": False,
        "answer": "เรื่องนี้ไม่ใช่งานจัดตั้ง",
    }
    asked = {**samples.OPEN, "asked": [samples.ELSEWHERE, said]}
    answer(page, questions=[asked])
    assert "เรื่องนี้ไม่ใช่งานจัดตั้ง" in focused(page)
    assert page.get_by_role("radio").count() == 2


def test_a_decision_grows_the_story_and_its_outcome_has_the_focus(page: Page) -> None:
    show(page, "follow-up")
    page.get_by_role("button", name="ตัดสินใจ").click()
    assert done(page) == []
    assert page.get_by_text("เลือกทางก่อน").first.is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert done(page) == [("choose", {"fork": "renewals", "branch": "renew-again"})]
    later = {**samples.PAST, "chosen": "ให้ทำต่อไปก่อน", "figures": [], "paper": None}
    answer(page, past=[samples.PAST, later], now=None, end="จบเรื่องแล้ว")
    assert focused(page).endswith("ให้ทำต่อไปก่อน")
    assert page.get_by_text("จบเรื่องแล้ว").is_visible()


def test_the_experts_way_stands_beside_ones_own_and_evidence_says_whose_it_is(page: Page) -> None:
    page.evaluate("document.querySelector('main').classList.add('wide')")
    show(page, "result")
    row = page.locator(".cps-problem").first
    row.locator("summary").press("Enter")
    mine, expert = (row.locator(".cps-sides > div").nth(n) for n in (0, 1))
    box = [one.bounding_box() or {} for one in (mine, expert)]
    assert box[1]["y"] > box[0]["y"] + box[0]["height"] - 1
    page.set_viewport_size({"width": 1280, "height": 800})
    box = [one.bounding_box() or {} for one in (mine, expert)]
    assert box[0]["y"] == box[1]["y"]
    tops = [[line["y"] for line in side.locator("dt").evaluate_all(RECTS)] for side in (mine, expert)]
    assert tops[0] == tops[1]
    assert mine.locator("dd").all_text_contents() == [
        "ตั้งใจปิดบังหรือทำตัวเลขให้ดูดี ถูก",
        "ผู้ดูแลกองทุนของรัฐที่ให้กู้ ไม่ตรง",
        "ยังไม่ระบุ",
    ]
    assert row.locator(".cps-whose").all_inner_texts() == ["ใช้ทั้งสองฝ่าย", "คุณใช้ แต่ไม่ได้พิสูจน์เรื่องนี้", "ผู้เชี่ยวชาญใช้"]
    page.get_by_role("button", name="ดูว่าสามเดือนต่อมาเป็นอย่างไร").click()
    assert sent(page) == [{"kind": "action", "id": "follow"}]
