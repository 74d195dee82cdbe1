"""The refresher's page: choose, see the sheet, answer its five on the quiz page, come back; an entry on the home page."""

from __future__ import annotations

import pytest

from cps_training.apps.home_page import home
from cps_training.apps.refresher_page import refresher

PLACE, WAY = "wittayalai-tuayang", "board-meeting"
FORM = f"refresher:{PLACE}:{WAY}"
ADDRESS = f"/refresher?cooperative={PLACE}&method={WAY}"


@pytest.fixture
def page(monkeypatch):
    def open_page(session, query=""):
        monkeypatch.setenv("QUERY_STRING", query)
        return refresher(session)

    return open_page


def shown(box):
    return box.children[0]


QUERY = ADDRESS.partition("?")[2]


def test_first_one_chooses_where_to_go_and_how(seat, page):
    view = shown(page(seat.session))
    assert view.sheet is None
    assert view.choice["address"] == "/refresher"
    labels = [option["label"] for option in view.choice["places"]["options"]]
    assert len(labels) == 6
    assert all(label.endswith("(สมมติ)") for label in labels)
    assert [option["value"] for option in view.choice["ways"]["options"]] == [
        "board-meeting", "member-meeting", "visit", "training", "dialogue",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "cooperative=nobody&method=visit",
        f"cooperative={PLACE}",
        f"method={WAY}",
        "cooperative=%00&method=%3Cb%3E",
        "x=" + "y" * 5000,
    ],
)
def test_an_address_that_names_no_visit_asks_again_and_keeps_what_was_right(seat, page, query):
    view = shown(page(seat.session, query))
    assert view.sheet is None
    if query == f"cooperative={PLACE}":
        assert view.choice["places"]["chosen"] == PLACE


def test_a_sheet_holds_clauses_with_reasons_and_summaries_and_documents_with_theirs(seat, page):
    sheet = shown(page(seat.session, QUERY)).sheet
    assert sheet["name"] == "สหกรณ์ออมทรัพย์บุคลากรวิทยาลัยตัวอย่าง จำกัด"
    assert sheet["tag"]["text"] == "สมมติ"
    assert sheet["kind"] == "สหกรณ์ออมทรัพย์"
    rows = {row["id"]: row for row in sheet["clauses"]["rows"]}
    assert rows["docs.4"]["why"] == ["ก่อนประชุมใหญ่ต้องมีประกาศที่เกี่ยวข้องติดตัว", "มีทั้งวงเงินกู้ยืมและอัตราดอกเบี้ยเงินรับฝาก"]
    assert all(row["summary"] and row["why"] and row["tag"]["text"] == "ยังไม่เริ่ม" for row in rows.values())
    papers = {row["id"]: row for row in sheet["documents"]["rows"]}
    assert papers["agenda"]["when"] == "ประชุมประจำเดือน"
    assert papers["agenda"]["clause"]["id"] == "docs.6"
    assert [row["id"] for row in papers.values() if row["tag"]] == ["follow-up"], "what is advice says so"
    assert sheet["now"]["action"]["href"] == f"/quiz?form={FORM}"


def test_ticks_are_kept_apart_by_person_place_and_method(place, seat, page):
    stores = {shown(page(seat.session, QUERY.replace(WAY, way))).sheet["store"] for way in (WAY, "visit")}
    stores.add(shown(page(place.person("B001"), QUERY)).sheet["store"])
    assert len(stores) == 3


def test_the_five_open_on_the_quiz_page_and_their_result_leads_back(seat, page):
    seat.quiz(FORM)
    assert seat.shown.stem == "item_card"
    seat.answer("right")
    now = shown(page(seat.session, QUERY)).sheet["now"]
    assert (now["action"]["label"], now["text"]) == ("ทำต่อ", "ทำไปแล้ว 1 จาก 5 ข้อ")
    seat.quiz(FORM)
    assert seat.shown.progress["index"] == 1, "it goes on where it was left"
    seat.answer_all()
    assert seat.shown.stem == "result_card"
    back = seat.shown.actions[0]
    assert (back["href"], back["primary"]) == (ADDRESS, True)
    assert shown(page(seat.session, QUERY)).sheet["now"]["action"]["label"] == "ดูผลหรือทำอีกครั้ง"
    seat.quiz(FORM)
    assert seat.shown.stem == "result_card", "loaded again, the result is still there"
    seat.press("again")
    assert seat.shown.stem == "item_card"


def test_what_was_answered_shows_on_the_sheet_and_on_the_map(seat, page, clock):
    seat.quiz(FORM).answer_all()
    tags = {row["tag"]["text"] for row in shown(page(seat.session, QUERY)).sheet["clauses"]["rows"]}
    assert tags & {"ยังไม่แม่น", "แม่นแล้ว"}
    clock.move(days=40)
    rows = shown(page(seat.session, QUERY)).sheet["clauses"]["rows"]
    due = [row["tag"]["text"] == "ควรทบทวน" for row in rows]
    assert due[0]
    assert due == sorted(due, reverse=True), "what was forgotten stands first"


def test_an_unknown_visit_on_the_quiz_page_is_told_in_words(seat):
    seat.quiz("refresher:nobody:visit")
    assert seat.shown.stem == "notice"
    assert "ไม่พบชุดข้อสอบ" in seat.shown.text


def test_home_has_its_card_but_never_makes_it_the_next_step(seat):
    top = home(seat.session).children[0]
    assert [card["action"]["href"] for card in top.cards] == ["/refresher"]
    assert top.step["action"]["href"] != "/refresher"


def test_in_jupyterlab_which_has_no_addresses_the_choice_comes_as_an_action(seat, page):
    import dataclasses

    lab = dataclasses.replace(seat.session, is_lab=True)
    box = page(lab)
    assert shown(box).choice["address"] == ""
    shown(box)._handle_custom_msg({"kind": "action", "id": f"visit:{PLACE}:{WAY}"}, [])
    sheet = shown(box).sheet
    assert sheet["way"] == "ร่วมประชุมกรรมการ"
    assert sheet["now"] is None
    shown(box)._handle_custom_msg({"kind": "action", "id": "choose"}, [])
    assert shown(box).choice is not None


def test_english_has_all_of_it(place, page):
    sheet = shown(page(place.person("E001", locale="en"), QUERY)).sheet
    texts = [sheet["name"], sheet["kind"], sheet["now"]["text"], sheet["documents"]["kept"]]
    texts += [why for row in sheet["clauses"]["rows"] for why in row["why"]]
    texts += [row[part] for row in sheet["documents"]["rows"] for part in ("title", "why", "when")]
    assert [text for text in texts if any("\u0e01" <= letter <= "\u0e5b" for letter in text)] == []
