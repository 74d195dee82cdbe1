"""The page of item statistics: what needs attention first, n beside every figure, nothing from too few, every figure with its rows."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cps_training.analytics.frames import RESPONSES
from cps_training.analytics.withheld import MIN_CORRELATION, MIN_FACILITY, MIN_PAIRS, MIN_RELIABILITY
from cps_training.apps import items_page
from cps_training.apps.panels.item_table import ItemPanel
from cps_training.views import ItemTable, Notice
from tests.apps.office import Office, plain
from tests.views import trainer_samples as samples

BEGIN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CLAUSES = {
    name: {"id": name, "label": {"th": f"ข้อ {name}"}, "title": {"th": f"เรื่อง {name}"}}
    for name in ("cps.1", "cps.2", "cps.10")
}


def fact(item_id: str, *clauses: str, **more: Any) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "item_version": "v1",
        "is_current": True,
        "title": f"โจทย์ {item_id}",
        "type": "multiple_choice",
        "clauses": [CLAUSES[name] for name in clauses or ("cps.1",)],
        "is_scored": True,
        "guess": 0.25,
        "choices": ["a", "b", "c"],
        "words": {"a": "ตอบ ก", "b": "ตอบ ข", "c": "ตอบ ค"},
        **more,
    }


def form(name: str, **more: Any) -> dict[str, Any]:
    facts = {"policy": "exam", "is_practice": False, "is_fixed": True, "parallel_to": None}
    return {"form": name, "title": {"th": f"ชุด {name}"}, **facts, **more}


def answers(patterns: list[str], items: str, form: str = "exam", day: int = 0) -> list[dict[str, Any]]:
    """A person a pattern, an item a letter: 1 right, 0 wrong, - blank, w waiting."""
    return [
        dict(
            zip(
                RESPONSES,
                (
                    f"p{person}",
                    form,
                    1,
                    item,
                    "v1",
                    (BEGIN + timedelta(days=day, seconds=place)).isoformat(),
                    mark == "-",
                    {"1": 1.0, "0": 0.0, "-": 0.0, "w": None}[mark],
                    {"1": "a", "0": "b"}.get(mark, ""),
                    1.0,
                    None,
                ),
                strict=True,
            )
        )
        for person, pattern in enumerate(patterns)
        for place, (item, mark) in enumerate(zip(items.split(), pattern, strict=True))
    ]


def rendered(responses: list[Any], facts: list[Any], forms: list[Any]) -> dict[str, Any]:
    rows = {"responses": responses, "item_facts": facts, "form_facts": forms}
    panel = ItemPanel()
    return panel.render(samples.session(), panel.compute(rows))["table"]


def section(table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return next((one["entries"] for one in table["sections"] if one["id"] == name), [])


def cells(entry: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cell["text"], cell["note"]) for cell in entry["cells"]]


def figure(entry: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in entry["figures"] if one["id"] == name)


def texts(rows: list[list[Any]]) -> list[list[str]]:
    return [[plain([cell] if isinstance(cell, dict) else cell) for cell in row] for row in rows]


# Forty people: "good" is right whenever the rest is, "bad" the other way round, "guessed" at chance, "hard" seldom.
CROWD = ["11100"] * 10 + ["11000"] * 4 + ["10011"] * 3 + ["00010"] * 16 + ["00001"] * 7
ITEMS = "good fine hard bad guessed"
FACTS = [
    fact("good", "cps.1", "cps.2"),
    fact("fine", "cps.2"),
    fact("hard", "cps.10"),
    fact("bad", "cps.1"),
    fact("guessed", "cps.10"),
]


@pytest.fixture(scope="module")
def crowd() -> dict[str, Any]:
    return rendered(answers(CROWD, ITEMS), FACTS, [form("exam")])


def test_what_needs_attention_comes_first_and_says_why(crowd: Any) -> None:
    shown = section(crowd, "items")
    assert [(entry["id"], entry["tag"]["text"], entry["tag"]["kind"]) for entry in shown] == [
        ("guessed:v1", "คนที่ทำข้ออื่นได้ดีกลับทำข้อนี้ไม่ได้ โปรดตรวจเฉลย", "bad"),
        ("bad:v1", "คนที่ทำข้ออื่นได้ดีกลับทำข้อนี้ไม่ได้ โปรดตรวจเฉลย", "bad"),
        ("hard:v1", "ไม่ดีกว่าการเดา", "bad"),
        ("fine:v1", "ยาก", "due"),
        ("good:v1", "ยาก", "due"),
    ]


def test_n_stands_beside_every_figure(crowd: Any) -> None:
    good = next(entry for entry in section(crowd, "items") if entry["id"] == "good:v1")
    (facility, discrimination, guess) = cells(good)
    assert facility == ("ร้อยละ 43", "40 คน")  # 17 of 40
    assert discrimination[1] == "40 คน"
    assert guess == ("ร้อยละ 25", "")
    assert good["by"] == ["ข้อ cps.1", "ข้อ cps.2"]
    for entry in [entry for part in crowd["sections"] for entry in part["entries"]]:
        for one in entry["figures"]:
            assert re.search(r"\d+ คน", one["text"]) or one["id"] == "guess", one


def test_a_figure_opens_its_rows_and_its_rule(crowd: Any) -> None:
    good = next(entry for entry in section(crowd, "items") if entry["id"] == "good:v1")
    assert texts(figure(good, "facility")["rows"]) == [["ชุด exam", "40 คน", "ร้อยละ 43"]]
    groups = texts(figure(good, "discrimination")["rows"])
    assert sum(int(row[1].split()[0]) for row in groups) == 40
    assert texts(figure(good, "guess")["rows"])[2] == ["ส่วนที่เหนือการเดา", "ร้อยละ 23"]  # (17/40 − 1/4) / (3/4)
    chosen = texts(figure(good, "answers")["rows"])
    assert [row[:3] for row in chosen] == [
        ["ตอบ ข", "23 คน (ร้อยละ 58)", "ร้อยละ 0"],
        ["ตอบ ก", "17 คน (ร้อยละ 43)", "ร้อยละ 100"],
        ["ตอบ ค", "0 คน (ร้อยละ 0)", "–"],
    ]
    for part in crowd["sections"]:
        for entry in part["entries"]:
            for one in entry["figures"]:
                assert plain(crowd["rules"][one["rule"]])


@pytest.mark.parametrize("n", [MIN_FACILITY - 1, MIN_FACILITY])
def test_too_few_people_give_no_figure_but_how_many_are_needed(n: int) -> None:
    table = rendered(answers((["10", "01"] * n)[:n], "x y"), [fact("x"), fact("y")], [form("exam")])
    item = section(table, "items")[0]
    facility, discrimination, _ = item["cells"]
    few = n < MIN_FACILITY
    assert facility["is_few"] is few
    if few:
        assert (facility["text"], facility["note"]) == ("ข้อมูลยังไม่พอ", f"มี {n} จาก {MIN_FACILITY} คน")
        assert figure(item, "answers")["rows"] == []
    assert (discrimination["text"], discrimination["note"]) == ("ข้อมูลยังไม่พอ", f"มี {n} จาก {MIN_CORRELATION} คน")
    (clause,) = section(table, "clauses")
    assert clause["cells"][0]["is_few"] is few
    (whole,) = section(table, "forms")
    assert whole["cells"][0]["note"] == f"มี {n} จาก {MIN_RELIABILITY} คน"


def test_the_hardest_clause_comes_first_over_all_its_items(crowd: Any) -> None:
    shown = section(crowd, "clauses")
    assert [entry["id"] for entry in shown] == ["cps.10", "cps.2", "cps.1"]
    # hard: 10 right; guessed: 3 + 7 of 40 each
    assert cells(shown[0]) == [("ร้อยละ 25", "40 คน")]
    assert "80 คำตอบ จาก 40 คน" in shown[0]["figures"][0]["text"]
    assert sorted(row[0] for row in texts(shown[0]["figures"][0]["rows"])) == ["โจทย์ guessed", "โจทย์ hard"]


def test_the_filters_are_in_the_order_of_the_handbook(crowd: Any) -> None:
    (part,) = (one for one in crowd["sections"] if one["id"] == "items")
    assert [[option["id"] for option in one["options"]] for one in part["filters"]] == [
        ["exam"],
        ["cps.1", "cps.2", "cps.10"],
    ]
    assert all(entry["forms"] == ["exam"] for entry in part["entries"])


def test_a_blank_counts_in_an_exam_and_not_in_practice() -> None:
    patterns = ["1-"] * 10 + ["10"] * 10
    for is_practice, expected in ((False, "20 คน"), (True, "10 คน")):
        table = rendered(answers(patterns, "x y"), [fact("x"), fact("y")], [form("exam", is_practice=is_practice)])
        second = next(entry for entry in section(table, "items") if entry["id"] == "y:v1")
        assert second["cells"][0]["note"] == expected


def test_answers_of_one_person_each_are_one_row_where_answers_cannot_be_listed() -> None:
    rows = answers(["1"] * 6 + ["0"] * 5, "x")
    for n, row in enumerate(rows[6:]):
        row["response_class"] = f"typed-{n}"
    words = {"a": "๕ คน"} | {f"typed-{n}": f"พิมพ์ {n}" for n in range(5)}
    table = rendered(rows, [fact("x", type="short_text", choices=[], words=words)], [form("exam")])
    chosen = texts(figure(section(table, "items")[0], "answers")["rows"])
    assert [row[:3] for row in chosen] == [
        ["๕ คน", "6 คน (ร้อยละ 55)", "ร้อยละ 100"],
        ["คำตอบอื่นที่มีผู้ตอบเพียงคนเดียว", "5 คน (ร้อยละ 45)", "ร้อยละ 0"],
    ]


def test_what_waits_for_a_marker_is_told_and_not_counted() -> None:
    table = rendered(answers(["1"] * 10 + ["w"] * 3, "x"), [fact("x", type="essay", choices=[])], [form("exam")])
    item = section(table, "items")[0]
    assert cells(item)[0] == ("ร้อยละ 100", "10 คน")
    assert texts(figure(item, "facility")["rows"])[-1] == ["รอตรวจ ยังไม่นับ", "3 คน", "–"]
    assert figure(item, "answers")["rows"] == []


def test_reliability_stands_with_its_interval_and_error() -> None:
    patterns = ["111"] * 10 + ["110"] * 10 + ["100"] * 10 + ["000"] * 10
    table = rendered(answers(patterns, "x y z"), [fact(name) for name in "xyz"], [form("exam")])
    (whole,) = section(table, "forms")
    # The example of docs/reference/statistics.md, worked by hand there.
    assert cells(whole)[0] == ("0.75", "ช่วง 0.58 ถึง 0.86 · 40 คน")
    assert cells(whole)[1] == ("ร้อยละ 19", "40 คน")
    weights = texts(figure(whole, "alpha")["rows"])
    assert weights == [
        ["โจทย์ x", "ร้อยละ 33", "ร้อยละ 32"],
        ["โจทย์ y", "ร้อยละ 33", "ร้อยละ 37"],
        ["โจทย์ z", "ร้อยละ 33", "ร้อยละ 32"],
    ]


def test_forms_made_anew_for_each_person_have_no_reliability() -> None:
    table = rendered(answers(["10"] * 12, "x y"), [fact("x"), fact("y")], [form("exam", is_fixed=False)])
    assert section(table, "forms") == []


PARALLEL = [form("before"), form("after", parallel_to="before")]


def twice(n: int) -> list[dict[str, Any]]:
    before = answers((["0001", "0111"] * n)[:n], "a b c d", "before")
    return before + answers((["0111", "0011"] * n)[:n], "e f g h", "after", day=7)


def test_gain_and_effect_of_parallel_forms_with_the_people_behind_them_but_no_names() -> None:
    table = rendered(twice(12), [fact(name) for name in "abcdefgh"], PARALLEL)
    (pair,) = section(table, "gains")
    # mean before ½, after ⅝: (⅝ − ½) / ½
    assert cells(pair)[0] == ("ร้อยละ 25", "12 คน")
    # variances 12/11 · 1/16 and 12/11 · 1/64: ⅛ / √((0.06818 + 0.01705) / 2) · (1 − 3/87)
    assert cells(pair)[1] == ("0.58", "12 คน")
    rows = texts(figure(pair, "gain")["rows"])
    assert rows[0] == ["ร้อยละ 25", "ร้อยละ 75", "ร้อยละ 67"]
    assert rows[-1] == ["ร้อยละ 75", "ร้อยละ 50", "ร้อยละ −100"]
    assert len(rows) == 12
    assert not any(f"p{n}" in str(pair) for n in range(12))


def test_gain_of_too_few_people_is_not_told() -> None:
    table = rendered(twice(MIN_PAIRS - 1), [fact(name) for name in "abcdefgh"], PARALLEL)
    (pair,) = section(table, "gains")
    assert cells(pair) == [("ข้อมูลยังไม่พอ", f"มี {MIN_PAIRS - 1} จาก {MIN_PAIRS} คน")] * 2
    assert figure(pair, "gain")["rows"] == []


def test_two_parameters_are_told_when_there_are_enough_people() -> None:
    patterns = [f"{n % 32:05b}" for n in range(240)] + ["11111"] * 80 + ["00000"] * 80
    table = rendered(answers(patterns, "a b c d e"), [fact(name) for name in "abcde"], [form("exam")])
    item = section(table, "items")[0]
    assert [cell["label"] for cell in item["cells"]] == ["ได้คะแนน", "อำนาจจำแนก", "เดาล้วนได้", "ความยาก · ความชัน"]
    chances = [int(row[1].split()[-1]) for row in texts(figure(item, "model")["rows"])]
    assert chances[0] < 50 < chances[2]


def test_surveys_are_not_shown() -> None:
    rows = answers(["1"] * 12, "x") + answers(["1"] * 12, "liked")
    facts = [fact("x"), fact("liked", type="likert", is_scored=False)]
    table = rendered(rows, facts, [form("exam")])
    assert [entry["id"] for entry in section(table, "items")] == ["x:v1"]


# The page ---------------------------------------------------------------------------------------------------------


def test_an_office_without_answers_is_told_so(desk: Any, clock: Any, entropy: Any) -> None:
    shown = items_page.items(Office(desk, clock, entropy).session)
    assert isinstance(shown, ItemTable)
    assert shown.table["sections"] == []
    assert "ข้อมูลยังไม่พอ" in shown.table["empty"]


def test_a_learner_gets_words_and_no_rows(desk: Any, clock: Any, entropy: Any) -> None:
    shown = items_page.items(Office(desk, clock, entropy, roles=("learner",)).session)
    assert isinstance(shown, Notice)


def test_the_demo_office_has_something_to_look_at(desk: Any, clock: Any, entropy: Any, library: Any) -> None:
    from cps_training import demo

    office = Office(desk, clock, entropy)
    with desk.records.write() as conn:
        demo.fill(conn, library, now=clock())
    table = items_page.items(office.session).table
    shown = section(table, "items")
    assert len(shown) > 20
    assert [entry for entry in shown if not entry["cells"][0]["is_few"]]
    assert section(table, "gains")
