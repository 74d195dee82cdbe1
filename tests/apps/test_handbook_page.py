"""The handbook page as a person gets it: the whole book, one clause by its address, a search that finds what is meant."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from cps_training import apps
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.handbook_search import Finder
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.places import shipped
from tests.apps.quizzing import Place, Seat


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPS_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        for name in ("CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING"):
            patch.delenv(name, raising=False)
        session = apps.open_session()
        yield session
        session.desk.close()


@pytest.fixture
def session(opened):
    """As a served page has it; JupyterLab is the exception."""
    return replace(opened, is_lab=False)


@pytest.fixture
def find(session):
    return Finder(session, session.ask(protocol.Handbook())).find


def press(widget, message):
    widget._handle_custom_msg(message, [])
    return widget


def test_the_book_has_seven_sections_their_clauses_and_the_glossary(session):
    view = apps.handbook(session)
    assert [len(section["clauses"]) for section in view.sections] == [5, 29, 5, 6, 5, 18, 7]
    assert [clause["id"] for clause in view.sections[5]["clauses"] if clause["is_heading"]] == [
        "cps.1",
        "cps.1.1",
        "cps.1.2",
        "cps.2",
        "cps.3",
    ]
    assert [len(section["context"]) for section in view.sections] == [0, 0, 1, 0, 0, 2, 1]
    assert len(view.context) == 1
    assert len(view.terms) == 60


def test_a_clause_in_the_address_comes_first_and_the_book_below(session, monkeypatch):
    monkeypatch.setenv("QUERY_STRING", "clause=cps.2.3")
    card, view = apps.handbook(session).children
    assert card.clause["label"] == "ข้อ 2.3 ของระบบ CPS"
    assert card.clause["other"]["lang"] == "en"
    assert card.clause["lessons"][0]["href"] == "/lessons/cps-cycle"
    assert view.is_below


@pytest.mark.parametrize("query", ["clause=cps.9.9", "clause=../../etc", "clause=" + "x" * 5000])
def test_an_unknown_clause_in_the_address_says_so_and_keeps_the_book(session, monkeypatch, query):
    monkeypatch.setenv("QUERY_STRING", query)
    card, view = apps.handbook(session).children
    assert card.clause is None
    assert card.empty
    assert view.sections


def test_every_citation_of_every_clause_opens(session):
    view = apps.handbook(session)
    for section in view.sections:
        for clause in section["clauses"]:
            card = press(view, {"kind": "clause", "id": clause["id"]}).clause_cards[clause["id"]]
            assert card["summary"]
            for ref in card["related"]:
                assert press(view, {"kind": "clause", "id": ref["id"]}).clause_cards[ref["id"]]["summary"]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ขออนุญาตสหกรณ์จังหวัด", "cps.2.3"),
        ("2.3", "cps.2.3"),
        ("๒.๓", "cps.2.3"),
        ("cps.2.3", "cps.2.3"),
        ("permission", "cps.2.3"),
        ("เรียงลําดับการขอ", "cps.2.3"),
        ("km.7", "km.7"),
    ],
)
def test_a_search_finds_the_clause_first(find, query, first):
    assert find(query)["clauses"][0] == first


def test_a_search_finds_terms_by_what_people_type(find):
    assert find("สภรณ์จังหวัด")["terms"][:2] == find("สหกรณ์จังหวัด")["terms"][:2] != []
    assert find("AGM")["terms"] == ["agm"]
    assert find("ปฏิทีน")["terms"] == ["work-calendar"]


def test_not_every_word_must_be_there_but_one_that_names_something(find):
    found = find("ขออนุญาต ภาษาอังกฤษ")["clauses"]
    assert {"cps.2.3", "skills.5"} <= set(found[:3])
    assert find("อะไร ยังไง ที่ไหน")["clauses"] == find("กขฃค ซฌญฎ")["clauses"] == []


def test_how_many_were_found_is_said(find):
    found = find("AGM")
    assert found["say"] == f"พบ {len(found['clauses'])} ข้อในคู่มือ และ 1 คำในอภิธานศัพท์"
    assert find("ไม่มีคำนี้แน่นอน")["say"].startswith("ไม่พบ")


def test_the_page_searches_when_asked(session):
    view = press(apps.handbook(session), {"kind": "search", "text": "๒.๓"})
    assert view.found["text"] == "๒.๓"
    assert view.found["clauses"][0] == "cps.2.3"


def test_english_readers_get_english_where_there_is_some_and_thai_text_where_there_is_none(session):
    card = ClauseCards(replace(session, locale="en")).open("cps.2.3")
    assert card["label"] == "CPS 2.3"
    assert card["title"].isascii()
    assert card["other"]["lang"] == "th"
    assert not card["summary"].isascii()


def test_an_uncertain_value_says_so_at_its_clause(session):
    facts = {fact["text"]: fact["tag"] for fact in ClauseCards(session).open("docs.4")["facts"]}
    [(text, tag)] = facts.items()
    assert "150 วัน" in text
    assert tag["text"] == "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน"
    sure = ClauseCards(session).open("practice.19.1")["facts"]
    assert next(fact["tag"] for fact in sure if "90 วัน" in fact["text"]) is None


def test_in_jupyterlab_a_card_links_to_no_page(opened):
    card = ClauseCards(opened).open("cps.2.3")
    assert (card["href"], card["lessons"]) == ("", [])


def test_a_desk_that_is_away_is_said_in_the_card_and_asked_again(session, monkeypatch):
    clauses = ClauseCards(session)
    ask = type(session.desk).ask

    def away(*_):
        raise KitError("desk-unreachable", "ยังไม่ได้บันทึก")

    monkeypatch.setattr(type(session.desk), "ask", away)
    assert clauses.open("cps.2.3") == {"failed": "ยังไม่ได้บันทึก"}
    monkeypatch.setattr(type(session.desk), "ask", ask)
    assert clauses.open("cps.2.3")["summary"]


def test_a_page_without_a_desk_says_so(session, monkeypatch):
    def away(*_):
        raise KitError("desk-unreachable", "ระบบไม่ตอบ")

    monkeypatch.setattr(type(session.desk), "ask", away)
    assert apps.handbook(session).text == "ระบบไม่ตอบ"


def test_the_pictures_of_the_lessons_cite_and_open(session):
    diagram, timeline = apps.cycle_diagram(session), apps.gate_timeline(session)
    cited = {ref["id"] for phase in diagram.phases for ref in phase["clauses"]}
    assert "cps.2.3" in cited
    assert [step["cited"]["id"] for step in timeline.steps if step["gate"]] == ["cps.2.3", "cps.3.3"]
    assert all(rule["cited"]["id"] for rule in timeline.rules)
    assert press(diagram, {"kind": "clause", "id": "cps.2.3"}).clause_cards["cps.2.3"]["summary"]
    assert press(timeline, {"kind": "clause", "id": "cps.3.3"}).clause_cards["cps.3.3"]["summary"]


def test_the_map_opens_a_clause(session):
    progress = apps.home(session).children[-1]
    assert press(progress, {"kind": "clause", "id": "km.4"}).clause_cards["km.4"]["summary"]


def test_the_clause_of_a_feedback_opens_its_related_clauses(opened):
    from secrets import token_hex

    lesson = apps.open_session(lesson="cps-cycle")
    card = apps.checkpoint(lesson, lesson.sitting.items[0]["item"])
    choice = {"choice": card.presentation["options"][0]["id"]}
    press(card, {"kind": "answer", "item": card.presentation["item"], "response": choice, "answer_id": token_hex(16)})
    [related, *_] = card.feedback["clauses"][0]["related"]
    assert press(card, {"kind": "clause", "id": related["id"]}).clause_cards[related["id"]]["summary"]
    lesson.desk.close()


# How the reader stands ------------------------------------------------------------------------------------------------


@pytest.fixture
def seat(tmp_path, clock, monkeypatch):
    place = Place(tmp_path, clock)
    yield Seat(place, place.person(), monkeypatch)
    place.records.close()


def seen(session, clause_id):
    view = press(apps.handbook(session), {"kind": "seen", "id": clause_id})
    return view.clause_seen[clause_id]


def test_an_opened_clause_says_what_was_answered_and_where_to_practise(seat):
    session = seat.session
    before = seen(session, "cps.2.1")
    assert before["text"] == "คุณยังไม่เคยตอบคำถามของข้อนี้"
    assert before["action"]["href"] == "/quiz?form=cps-practice"
    seat.quiz("cps-practice")
    item = session.ask(protocol.OpenAttempt(form_id="cps-practice"))["items"][0]["item"]
    seat.answer("right")
    clause_id = seat.place.desk.library.items[item].clauses[0]
    after = seen(session, clause_id)
    assert after["text"] == "คุณตอบคำถามของข้อนี้แล้ว 1 ข้อ ครั้งล่าสุดถูก 1 ข้อ"
    assert after["tag"] == {"text": "กำลังเรียน", "kind": "plain"}
    assert after["due"].startswith("ควรทบทวนอีกครั้ง ")


def test_what_is_due_says_since_when_and_leads_to_todays_review(seat, clock):
    seat.quiz("cps-practice")
    item = seat.session.ask(protocol.OpenAttempt(form_id="cps-practice"))["items"][0]["item"]
    seat.answer("wrong")
    clock.move(days=60)
    told = seen(seat.session, seat.place.desk.library.items[item].clauses[0])
    assert told["due"].startswith("ถึงกำหนดทบทวนแล้ว ตั้งแต่ ")
    assert told["action"]["href"] == "/quiz?form=review:today"


def test_the_page_of_one_clause_says_it_at_once(seat, monkeypatch):
    monkeypatch.setenv("QUERY_STRING", "clause=cps.2.1")
    card, _ = apps.handbook(seat.session).children
    assert card.clause["seen"]["text"] == "คุณยังไม่เคยตอบคำถามของข้อนี้"


def test_of_a_heading_nothing_is_said(session):
    assert set(seen(session, "cps.1")) == {"asked"}


def test_in_jupyterlab_it_links_to_no_quiz(opened):
    assert seen(opened, "cps.2.1")["action"] is None


def test_english_readers_read_it_in_english(session):
    told = seen(replace(session, locale="en"), "cps.2.1")
    assert told["text"].isascii()
    assert told["action"]["label"].isascii()


def test_without_the_desk_a_clause_known_already_is_still_read(session, monkeypatch):
    clauses = ClauseCards(session)
    assert clauses.open("cps.2.1")["summary"]

    def away(*_):
        raise KitError("desk-unreachable", "ระบบไม่ตอบ")

    monkeypatch.setattr(type(session.desk), "ask", away)
    assert clauses.open("cps.2.1")["summary"]
    assert clauses.seen("cps.2.1") is None


# Every citation opens ----------------------------------------------------------------------------------------------


def opens(view, ref):
    return press(view, {"kind": "clause", "id": ref["id"]}).clause_cards[ref["id"]]["summary"]


def test_the_result_of_a_quiz_and_the_record_cite_clauses_that_open(seat):
    seat.quiz("cps-practice")
    while seat.shown.stem == "item_card":
        seat.answer("wrong")
        seat.press("next" if "next" in seat.offers else "finish")
    cited = [row["cited"] for row in seat.shown.rows]
    assert len(cited) == 12
    assert all(opens(seat.shown, ref) for ref in cited)
    record, _certificate = apps.record(seat.session).children
    in_record = [ref for part in record.clauses["sections"] for line in part["lists"] for ref in line["cited"]]
    assert {ref["id"] for ref in in_record} >= {ref["id"] for ref in cited}
    assert all(opens(record, ref) for ref in in_record)


@pytest.mark.parametrize("page", ["notebooks/lessons/*.ipynb", "notebooks/apps/*.ipynb"])
def test_links_in_prose_name_clauses_of_the_handbook(session, page):
    known = {clause["id"] for clause in session.ask(protocol.Handbook())["clauses"]}
    cited = {
        found
        for path in shipped().glob(page)
        for found in re.findall(r"/handbook\?clause=([\w.]*\w)", path.read_text("utf-8"))
    }
    assert cited <= known
