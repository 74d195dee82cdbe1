"""What Python makes of messages from a browser: intents become callbacks, everything else is refused and logged."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import Any

import pytest

from cps_training import views
from cps_training.views import Answer, ItemCard, Notice, QuizMenu, ResultCard

ID = "0123456789abcdef" * 2
GOOD = {"kind": "answer", "item": "q1", "response": {"choice": "o1"}, "answer_id": ID}


def tell(widget: Any, content: Any) -> None:
    """A message as the kernel delivers it."""
    widget._handle_custom_msg(content, [])


@pytest.mark.parametrize(
    "response",
    [
        {"choice": "o1"},
        {"choices": ["o1", "o2"]},
        {"choices": []},
        {"order": ["o2", "o1"]},
        {"choice": "t", "reason": "y1"},
        {"pairs": {"p1": "u1", "p2": "u1"}},
        {"number": "๑,๒๓๔.๕ " + "0" * 31},
        {"text": "ก" * 5000},
        {"text": "สอบทานหนี้\n🙂"},
        {"gaps": {"g1": "c1", "g2": "ก" * 200}},
        None,
    ],
)
def test_an_answer_reaches_the_callback(response: Any) -> None:
    got: list[Answer] = []
    tell(ItemCard(on_answer=got.append), {**GOOD, "response": response})
    assert got == [Answer("q1", response, ID)]


@pytest.mark.parametrize(
    "content",
    [
        None,
        "answer",
        [],
        {},
        {"kind": "answer"},
        {**GOOD, "kind": "grade"},
        {**GOOD, "kind": ["answer"]},
        {**GOOD, "score": 1},
        {**GOOD, "item": ""},
        {**GOOD, "item": 7},
        {**GOOD, "item": "q" * 201},
        {**GOOD, "answer_id": ID[:-1]},
        {**GOOD, "answer_id": ID.upper()},
        {**GOOD, "answer_id": ID + "\n"},
        {**GOOD, "answer_id": None},
        {**GOOD, "response": "o1"},
        {**GOOD, "response": {}},
        {**GOOD, "response": {"choice": 1}},
        {**GOOD, "response": {"choice": "o1", "score": 1}},
        {**GOOD, "response": {"choices": "o1"}},
        {**GOOD, "response": {"choices": ["o1", {}]}},
        {**GOOD, "response": {"choices": ["o1"] * 101}},
        {**GOOD, "response": {"key": "o1"}},
        {**GOOD, "response": {"reason": "y1"}},
        {**GOOD, "response": {"choice": "t", "reason": None}},
        {**GOOD, "response": {"choice": "t", "reason": "y" * 201}},
        {**GOOD, "response": {"choice": "t", "choices": ["t"]}},
        {**GOOD, "response": {"pairs": [["p1", "u1"]]}},
        {**GOOD, "response": {"pairs": {"p1": ""}}},
        {**GOOD, "response": {"pairs": {"p1": ["u1"]}}},
        {**GOOD, "response": {"pairs": {"": "u1"}}},
        {**GOOD, "response": {"pairs": {"p" * 201: "u1"}}},
        {**GOOD, "response": {"pairs": {f"p{n}": "u1" for n in range(101)}}},
        {**GOOD, "response": {"number": 38}},
        {**GOOD, "response": {"number": "1" * 41}},
        {**GOOD, "response": {"text": ["a"]}},
        {**GOOD, "response": {"text": "ก" * 5001}},
        {**GOOD, "response": {"text": "\ud83d"}},
        {**GOOD, "response": {"text": "a", "number": "1"}},
        {**GOOD, "response": {"gaps": {"g1": None}}},
        {**GOOD, "response": {"gaps": {"g1": "ก" * 201}}},
        {**GOOD, "response": {"gaps": {f"g{n}": "a" for n in range(101)}}},
        {**GOOD, "certainty": 0},
        {**GOOD, "certainty": 10},
        {**GOOD, "certainty": True},
        {**GOOD, "certainty": 2.0},
        {**GOOD, "certainty": "2"},
        {**GOOD, "certainty": None},
        {"kind": "action", "id": ""},
        {"kind": "action", "id": "next page"},
        {"kind": "action", "id": "x" * 121},
        {"kind": "action", "id": ["next"]},
        {"kind": "action", "id": "next", "role": "trainer"},
    ],
)
def test_a_malformed_message_is_ignored_and_logged(content: Any, caplog: pytest.LogCaptureFixture) -> None:
    got: list[Any] = []
    card = ItemCard(on_answer=got.append, on_action=got.append)
    before = dict(card.status)
    with caplog.at_level(logging.WARNING, "cps_training.views"):
        tell(card, content)
    assert got == []
    assert card.status == before
    assert "ItemCard: ignored a malformed message" in caplog.text


@pytest.mark.parametrize("certainty", [1, 9])
def test_how_sure_one_is_comes_with_the_answer(certainty: int) -> None:
    got: list[Answer] = []
    tell(ItemCard(on_answer=got.append), {**GOOD, "certainty": certainty})
    assert got == [Answer("q1", {"choice": "o1"}, ID, certainty)]


def test_without_being_asked_nobody_is_sure_of_anything() -> None:
    got: list[Answer] = []
    tell(ItemCard(on_answer=got.append), GOOD)
    assert got[0].certainty is None


def test_a_refusal_said_twice_is_two_changes() -> None:
    """Otherwise the browser would wait in vain for the same words after a second try."""
    card = ItemCard(
        labels={"saving": "…"},
        on_answer=lambda a: setattr(card, "status", {"kind": "error", "text": "full", "answer_id": a.answer_id}),
    )
    seen: list[str] = []
    card.observe(lambda change: seen.append(change.new["kind"]), "status")
    tell(card, GOOD)
    tell(card, GOOD)
    assert seen == ["saving", "error", "saving", "error"]


@pytest.mark.parametrize("widget", [ItemCard, QuizMenu, ResultCard])
def test_an_action_reaches_the_callback(widget: Any) -> None:
    got: list[str] = []
    tell(widget(on_action=got.append), {"kind": "action", "id": "review:10"})
    assert got == ["review:10"]


@pytest.mark.parametrize("name", [name for name in views.__all__ if name != "Answer"])
def test_what_a_browser_writes_changes_nothing(name: str) -> None:
    widget = getattr(views, name)()
    before = {key: getattr(widget, key) for key in widget.keys if key != "layout"}
    widget.set_state(
        dict.fromkeys(before, "changed") | {"locale": "en", "feedback": {"verdict": "right"}, "_esm": "alert(1)"}
    )
    assert {key: getattr(widget, key) for key in before} == before


@pytest.mark.parametrize("name", [name for name in views.__all__ if name != "Answer"])
def test_every_widget_brings_its_module_and_css(name: str) -> None:
    widget = getattr(views, name)()
    assert "export default" in widget._esm
    assert ".cps-root" in widget._css


def test_show_sets_several_traits_and_names_an_unknown_one() -> None:
    card = ItemCard()
    card.show(mode="review", presentation={"item": "q2"})
    assert (card.mode, card.presentation) == ("review", {"item": "q2"})
    with pytest.raises(AttributeError, match="no synced trait 'key'"):
        card.show(key="o1")
    with pytest.raises(TypeError, match=r"no trait .'key'."):
        ItemCard(key="o1")


def test_notice_takes_its_words_first() -> None:
    assert (Notice("ยังไม่มี", "due").text, Notice("ยังไม่มี").kind) == ("ยังไม่มี", "plain")


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(AttributeError, match="ItemCard"):
        _ = views.NoSuchCard


def test_views_import_neither_heavy_packages_nor_the_layers_that_know() -> None:
    code = (
        "import sys; from cps_training import views; assert 'anywidget' not in sys.modules, 'names load lazily';"
        "[getattr(views, n) for n in views.__all__];"
        "bad = [m for m in sys.modules if m.split('.')[0] in ('pandas','numpy','sqlalchemy','matplotlib') or "
        "m.startswith(tuple('cps_training.' + n for n in ('records','desk','content','assessment','items','analytics','apps')))];"
        "assert not bad, bad"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
