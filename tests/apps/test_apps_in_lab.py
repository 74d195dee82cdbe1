"""The notebook's functions in JupyterLab's way: local person, in-process desk, recorded as practice."""

from __future__ import annotations

import secrets

import pytest

from cps_training import apps
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.places import DataFolder
from cps_training.records import accounts
from cps_training.records.engine import Records


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path))
    for name in ("CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING"):
        monkeypatch.delenv(name, raising=False)
    opened = apps.open_session(lesson="cps-cycle")
    yield opened
    opened.desk.close()


def respond(card, which=0):
    """Send what a browser would send; gives the card."""
    shown = card.presentation
    options = [option["id"] for option in shown["options"]]
    options = options[which:] + options[:which]
    raw = {"choose_one": {"choice": options[0]}, "choose_many": {"choices": options[:1]}, "order": {"order": options}}
    message = {
        "kind": "answer",
        "item": shown["item"],
        "response": raw[shown["interaction"]],
        "answer_id": secrets.token_hex(16),
    }
    card._handle_custom_msg(message, [])
    return card


def act(widget, action):
    widget._handle_custom_msg({"kind": "action", "id": action}, [])


def test_checkpoints_tell_at_once_and_the_end_knows(session, tmp_path):
    end = apps.lesson_end(session)
    assert end.step["action"] is None
    for item in session.sitting.items:
        card = respond(apps.checkpoint(session, item["item"]))
        assert card.status["kind"] == "saved"
        assert card.feedback["clauses"][0]["summary"]
    assert "10" in end.step["heading"]
    assert end.step["title"] == "จบบทเรียนแล้ว"
    again = apps.open_session(lesson="cps-cycle")
    assert again.sitting.view["is_complete"]
    again.desk.close()
    with Records.open(DataFolder(tmp_path).database) as records, records.read() as conn:
        places = {place for (place,) in conn.exec_driver_sql("SELECT DISTINCT place FROM attempt")}
        assert places == {"lab"}
        assert accounts.person_by_code(conn, "local").has_password is False


def test_a_practice_runs_from_menu_to_result_and_back_to_an_item(session):
    stack = apps.quiz(session)
    menu = stack.children[0]
    ids = [form["id"] for group in menu.groups for form in group["forms"]]
    # the lessons' own in the order of the lessons, then what stands beside the course
    assert ids.index("cps-practice") < ids.index("office-practice")
    assert not {"cps-exam", "field-readiness", "onboarding-before"} & set(ids)  # exams are not for the lab
    act(menu, "open:cps-practice")
    card = stack.children[0]
    for n in range(1, 13):
        assert card.progress["label"].startswith(f"ข้อ {n} จาก 12")
        assert respond(card, n % 3).status["text"] == f"บันทึกแล้ว ข้อ {n}"
        act(card, card.actions[0]["id"])
    result = stack.children[0]
    assert len(result.rows) == 12
    assert result.score_text.endswith("จาก 12")
    act(result, "review:3")
    card = stack.children[0]
    assert card.mode == "review"
    assert card.feedback["explanation"]
    act(card, "result")
    act(stack.children[0], "again")
    assert stack.children[0].progress["label"].startswith("ข้อ 1 จาก 12")


@pytest.mark.parametrize("action", ["review:0", "review:99", "review:x", "open:", "open:no-such-form", "nonsense", ""])
def test_made_up_actions_harm_nothing(session, action):
    stack = apps.quiz(session)
    act(stack.children[0], "open:cps-practice")
    card = stack.children[0]
    act(card, action)
    assert respond(stack.children[0]).status["kind"] == "saved"


def test_an_answer_that_cannot_be_saved_says_so_and_the_same_answer_can_be_sent_again(session, monkeypatch):
    item = session.sitting.items[0]["item"]
    card = apps.checkpoint(session, item)
    ask = type(session.desk).ask

    def away(*_):
        raise KitError("desk-unreachable", "ยังไม่ได้บันทึก")

    monkeypatch.setattr(type(session.desk), "ask", away)
    option = card.presentation["options"][0]["id"]
    message = {"kind": "answer", "item": item, "response": {"choice": option}, "answer_id": "f" * 32}
    card._handle_custom_msg(message, [])
    assert (card.status["kind"], card.feedback) == ("error", None)
    monkeypatch.setattr(type(session.desk), "ask", ask)
    card._handle_custom_msg(message, [])
    assert card.status["kind"] == "saved"


def test_an_unsaved_answer_keeps_the_page_on_its_item_until_it_is_saved(session, monkeypatch):
    stack = apps.quiz(session)
    act(stack.children[0], "open:cps-practice")
    card = stack.children[0]
    respond(card)
    act(card, "next")
    ask = type(session.desk).ask

    def away(*_):
        raise KitError("store-locked", "ยังไม่ได้บันทึก")

    monkeypatch.setattr(type(session.desk), "ask", away)
    respond(card)
    assert card.status["kind"] == "error"
    act(card, "back")
    assert card.progress["index"] == 1
    assert card.status["kind"] == "error"
    monkeypatch.setattr(type(session.desk), "ask", ask)
    respond(card)
    act(card, "back")
    assert card.progress["index"] == 0


@pytest.mark.parametrize("action", ["review:²", "open:cps-practice"])
def test_a_press_that_fails_inside_leaves_the_other_buttons_alive(session, monkeypatch, action):
    stack = apps.quiz(session)
    menu = stack.children[0]
    ask = type(session.desk).ask
    monkeypatch.setattr(type(session.desk), "ask", lambda *_: 1 / 0)
    act(menu, action)  # raises nothing into the kernel
    monkeypatch.setattr(type(session.desk), "ask", ask)
    act(stack.children[0], "open:cps-practice")
    assert respond(stack.children[0]).status["kind"] == "saved"


def test_a_second_window_is_told_and_shown_what_the_first_one_saved(session):
    other = apps.open_session(lesson="cps-cycle")
    item = session.sitting.items[0]["item"]
    first, second = apps.checkpoint(session, item), apps.checkpoint(other, item)
    respond(first, 0)
    respond(second, 1)
    assert second.status["kind"] == "notice"
    assert second.response == first.response
    assert second.feedback == first.feedback
    other.desk.close()


def test_home_leads_to_the_first_lesson_first(session):
    top, course, progress = apps.home(session).children
    assert top.step["action"]["href"] == "/lessons/orientation"
    assert [row["id"] for row in course.rows if row["is_next"]] == ["orientation"]
    lessons = session.ask(protocol.Progress())["lessons"]
    assert [row["id"] for row in course.rows] == [lesson["lesson_id"] for lesson in lessons]
    [cycle] = [row for row in course.rows if row["id"] == "cps-cycle"]
    assert [link["href"] for link in cycle["links"]] == ["/lessons/cps-cycle", "/quiz?form=cps-practice"]
    assert [len(section["cells"]) for section in progress.sections] == [5, 29, 5, 6, 5, 13, 7]


def test_pictures_speak_both_languages(session):
    from dataclasses import replace

    english = replace(session, locale="en")
    assert apps.cycle_diagram(session).phases[0]["label"] == "วางแผน"
    assert apps.cycle_diagram(english).phases[0]["label"] == "Planning"
    timeline = apps.gate_timeline(english)
    fields = {field["id"]: field["value"] for field in timeline.scenario["fields"]}
    broken = [rule["id"] for rule in timeline.rules if fields[rule["if_after"][0]] > fields[rule["if_after"][1]]]
    assert broken == ["permitted-before-visit"]  # the example starts with one thing to find


def test_a_function_stays_a_function_however_often_it_is_called(session):
    for name in apps.__all__:
        assert callable(getattr(apps, name)), name
        assert getattr(apps, name) is getattr(apps, name)


def test_without_a_lesson_a_checkpoint_says_how_to_open_one(session):
    from dataclasses import replace

    with pytest.raises(KitError, match="open_session"):
        apps.checkpoint(replace(session, sitting=None), "cps-check-both-gates")
