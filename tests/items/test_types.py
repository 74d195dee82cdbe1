"""Each item type worked by hand: what a response earns, what is read from it, what its author is told."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from cps_training.errors import ResponseError
from cps_training.items import item_from_json
from cps_training.items.arithmetic import FormulaError, evaluate, plain
from cps_training.items.base import ItemBase
from cps_training.items.cloze import Cloze
from cps_training.items.disguise import Disguise
from cps_training.items.essay import Essay
from cps_training.items.evidence_marking import EvidenceMarking
from cps_training.items.matching import Matching
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.numeric import Numeric
from cps_training.items.ordering import Ordering
from cps_training.items.parametric import Parametric
from cps_training.items.short_text import ShortTextItem
from cps_training.items.true_false import TrueFalse

HERE = Disguise(b"an attempt", "item")


def changed(item: ItemBase, **fields: object) -> Any:
    return item_from_json({**item.model_dump(mode="json"), **fields})


def mistake(item: ItemBase, **fields: object) -> str:
    with pytest.raises(ValidationError) as refused:
        changed(item, **fields)
    return str(refused.value)


def choices(n: int, **more: dict[str, object]) -> list[dict[str, object]]:
    return [{"id": i, "text": f"ข้อความ {i}", "rationale": "เพราะ"} | more.get(i, {}) for i in "abcdefgh"[:n]]


@pytest.mark.parametrize(
    ("key", "taken", "score"),
    [
        (["a", "b"], ["a", "b"], 1),
        (["a", "b"], ["a"], 1 / 2),  # one of two
        (["a", "b"], ["a", "b", "c"], 1 / 2),  # (2 − 1) / 2
        (["a", "b"], ["a", "c"], 0),  # (1 − 1) / 2
        (["a", "b"], ["a", "b", "c", "d"], 0),  # everything: (2 − 2) / 2
        (["a", "b"], ["c", "d"], 0),  # (0 − 2) / 2 is below 0
        (["a", "c", "d"], ["c"], 1 / 3),
        (["a", "c", "d"], ["a", "b", "c", "d"], 2 / 3),  # (3 − 1) / 3
        (["b"], ["b"], 1),
        (["b"], ["a", "b"], 0),
    ],
)
def test_multiple_response_by_hand(key: list[str], taken: list[str], score: float) -> None:
    item = changed(MultipleResponse.example(), choices=choices(4), key=key)
    assert item.score({"choices": taken}) == pytest.approx(score)


@pytest.mark.parametrize(
    ("given_order", "score"),
    [
        ("abcde", 1),
        ("bcdea", 3 / 4),  # bc cd de stand
        ("eabcd", 3 / 4),  # ab bc cd stand
        ("bacde", 2 / 4),  # cd de stand
        ("abdce", 1 / 4),  # ab stands
        ("deabc", 3 / 4),  # de ab bc: two blocks exchanged break one pair
        ("acebd", 0),
        ("edcba", 0),  # all neighbours, in the wrong direction
    ],
)
def test_ordering_by_hand(given_order: str, score: float) -> None:
    item = changed(Ordering.example(), entries=choices(5), key=list("abcde"))
    assert item.score({"order": list(given_order)}) == pytest.approx(score)


def test_an_order_that_leaves_an_entry_out_is_refused() -> None:
    item = Ordering.example()
    names = [option.id for option in item.present(HERE).options]
    with pytest.raises(ResponseError):
        item.read_response({"order": names[:-1]}, HERE)


def test_true_false_pays_half_for_the_verdict_and_nothing_for_the_reason_alone() -> None:
    item = TrueFalse.example()  # it is false, because of a
    scores = {(c, r): item.score({"choice": c, "reason": r}) for c in ("true", "false") for r in "abc"}
    assert scores == {
        ("false", "a"): 1.0,
        ("false", "b"): 0.5,
        ("false", "c"): 0.5,
        ("true", "a"): 0.0,
        ("true", "b"): 0.0,
        ("true", "c"): 0.0,
    }
    shown = item.present(HERE)
    assert [option.text for option in shown.options] == ["ถูก", "ผิด"]
    assert item.read_response({"choice": shown.options[0].id, "reason": None}, HERE) is None


def test_saying_that_one_will_check_and_answer_later_is_worth_what_the_author_says() -> None:
    deferral = {"credit": 0.5, "rationale": "ดีกว่าเดา"}
    item = changed(MultipleChoice.example(), deferral=deferral)
    shown = item.present(HERE).options
    assert shown[-1].text == "ไม่ทราบ จะตรวจสอบแล้วแจ้งกลับ"
    response = item.read_response({"choice": shown[-1].id}, HERE)
    assert item.score(response) == 0.5
    assert {line.mark for line in item.explain(response, HERE) if line.taken} == {""}, "honest, not wrong"
    best = changed(MultipleChoice.example(), deferral=deferral | {"credit": 1}, key="defer")
    assert best.score({"choice": "defer"}) == 1
    assert "credit" in mistake(MultipleChoice.example(), deferral=deferral | {"credit": 1})


def test_a_critical_error_leaves_nothing_of_the_item() -> None:
    one = changed(MultipleChoice.example(), choices=choices(3, a={"critical": True}))
    assert one.critical_errors({"choice": "a"}) == ("ข้อความ a",)
    assert one.critical_errors({"choice": "c"}) == ()
    many = changed(MultipleResponse.example(), choices=choices(4, c={"critical": True}), key=["a", "b"])
    assert many.score({"choices": ["a", "b"]}) == 1
    assert many.score({"choices": ["a", "b", "c"]}) == 0
    assert many.score({"choices": ["a", "b", "d"]}) == 0.5
    assert "critical" in mistake(MultipleChoice.example(), choices=choices(3, b={"critical": True}))


def test_matching_counts_rows_and_lets_a_target_serve_many() -> None:
    item = Matching.example()  # ask, goal → before; report → after
    assert item.score({"pairs": {"ask": "before", "goal": "before", "report": "after"}}) == 1
    assert item.score({"pairs": {"ask": "before", "goal": "during", "report": "after"}}) == pytest.approx(2 / 3)
    assert item.score({"pairs": {"ask": "before"}}) == pytest.approx(1 / 3)
    [wrong] = [line for line in item.explain({"pairs": {"goal": "during"}}, HERE) if line.mark == "wrong"]
    assert (wrong.right, wrong.tells_key) == ("ก่อนไป", True)
    assert "ไม่มีใน" in mistake(
        item, prompts=[{"id": "x", "text": "ก", "answer": "nowhere", "rationale": "ข"}, item.prompts[0].model_dump()]
    )


@pytest.mark.parametrize(
    ("marked", "score"),
    [
        (["cash", "copy"], 1),
        (["cash"], 2 / 3),  # the heavy one
        (["copy"], 1 / 3),
        (["cash", "copy", "open"], 2 / 3),  # (3 − 1) / 3
        (["cash", "price", "open"], 0),  # (2 − 2) / 3
        (["open", "price", "cash", "copy"], 1 / 3),  # everything: (3 − 2) / 3
        (["price"], 0),
    ],
)
def test_evidence_marking_weighs_hits_and_false_alarms(marked: list[str], score: float) -> None:
    assert EvidenceMarking.example().score({"choices": marked}) == pytest.approx(score)


def test_a_document_keeps_the_order_of_its_lines() -> None:
    item = EvidenceMarking.example()
    assert [option.text for option in item.present(HERE).options] == [line.text for line in item.extract]


# Numbers and days -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["36", "๓๖", " 36 ", "36 คน", "๓๖คน", "36.0", "\u200b36"])
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    response = Numeric.example().read_response({"number": typed}, HERE)
    assert response is not None
    assert Numeric.example().score(response) == 1
    assert response["typed"] == typed.strip(), "what was typed is kept"


def test_thousands_and_tolerances() -> None:
    item = changed(Numeric.example(), answer=1250, unit="บาท", tolerance={"absolute": 0.5}, mistakes=[])
    near = {"1,250": 1, "๑,๒๕๐.๕๐ บาท": 1, "1250.51": 0, "1,249.5": 1, "1249.49": 0, "12,50": None}
    for typed, score in near.items():
        if score is None:
            with pytest.raises(ResponseError):
                item.read_response({"number": typed}, HERE)
        else:
            assert item.score(item.read_response({"number": typed}, HERE)) == score, typed
    share = changed(Numeric.example(), answer=0.3, unit="", tolerance={"relative": 0.1}, mistakes=[])
    assert share.score({"number": 0.33, "typed": "0.33"}) == 1, "0.3 × 1.1 reaches 0.33 exactly, whatever floats say"
    assert share.score({"number": 0.331, "typed": "0.331"}) == 0


@pytest.mark.parametrize("typed", ["สามสิบหก", "36 บาท", "3 6 7x", "=1+1", "1e3", "--3", "∞"])
def test_what_is_no_number_is_refused_with_words_and_never_wrong(typed: str) -> None:
    with pytest.raises(ResponseError) as refused:
        Numeric.example().read_response({"number": typed}, HERE)
    assert refused.value.code == "not-a-number"
    assert "ตัวเลข" in refused.value.message


@pytest.mark.parametrize("typed", ["13 ส.ค. 2566", "๑๓/๘/๒๕๖๖", "13 สิงหาคม พ.ศ. 2566", "2023-08-13", "13 Aug 2023"])
def test_a_day_is_understood_in_the_forms_offices_use(typed: str) -> None:
    item = changed(Numeric.example(), kind="date", answer="2023-08-13", unit="", mistakes=[])
    assert item.score(item.read_response({"number": typed}, HERE)) == 1
    assert item.summary(item.correct_response(HERE)) == "13 ส.ค. 2566"


def test_a_day_that_cannot_be_read_is_refused() -> None:
    item = changed(Numeric.example(), kind="date", answer="2023-08-13", unit="", mistakes=[])
    for typed in ("13/8/66", "วันอาทิตย์", "31 ก.พ. 2566"):
        with pytest.raises(ResponseError) as refused:
            item.read_response({"number": typed}, HERE)
        assert refused.value.code == "not-a-date"
    days = changed(item, tolerance={"absolute": 1})
    assert [days.score({"number": f"2023-08-{d}", "typed": ""}) for d in (11, 12, 13, 14, 15)] == [0, 1, 1, 1, 0]


def test_a_known_slip_is_named() -> None:
    item = Numeric.example()
    [told] = item.explain({"number": 35, "typed": "35"}, HERE)
    assert (told.mark, told.rationale, told.right) == ("wrong", "35 คนคิดเป็นร้อยละ 77.8 ยังไม่ถึง", "36 คน")
    assert "อยู่ในช่วงที่ถือว่าถูก" in mistake(item, mistakes=[{"value": 36, "rationale": "ไม่"}])
    assert "ต้องเป็นตัวเลข" in mistake(item, answer="หลายคน")


# Formulas ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "values", "value"),
    [
        ("ceil(n * 0.8)", {"n": 47}, 38),
        ("ceil(n * 0.8)", {"n": 45}, 36),  # exactly: with floats 45 × 0.8 is 36 too, 35 × 0.6 would not be 21
        ("ceil(n * 0.6)", {"n": 35}, 21),
        ("round(a / b * 100, 1)", {"a": 2, "b": 3}, 66.7),
        ("round(a, 0)", {"a": 0.5}, 1),  # half away from zero
        ("round(0 - a, 0)", {"a": 2.5}, -3),
        ("7 // 2 + 7 % 2", {}, 4),
        ("max(1, min(a, 5), abs(0 - 3))", {"a": 9}, 5),
        ("-a + 2 * (3 - 1)", {"a": 1}, 3),
    ],
)
def test_formulas_are_exact(formula: str, values: dict[str, float], value: float) -> None:
    exact = {name: Fraction(str(number)) for name, number in values.items()}
    assert plain(evaluate(formula, exact)) == value


def test_formulas_know_days() -> None:
    day = {"day": date(2023, 5, 15), "end": date(2023, 8, 13)}
    assert evaluate("day + 90", day) == date(2023, 8, 13)
    assert evaluate("end - day", day) == 90
    for wrong in ("day * 2", "day + 0.5", "day + end"):
        with pytest.raises(FormulaError):
            evaluate(wrong, day)


@pytest.mark.parametrize(
    "formula",
    [
        "__import__('os').system('true')",
        "n.__class__",
        "[n][0]",
        "(lambda: n)()",
        "n ** 9999",
        "9**9**9",
        "open('x')",
        "n if n else 1",
        "f'{n}'",
        "n := 3",
        "True",
        "'a' * 9",
        "1 / 0",
        "m + 1",
        "999999999 * 999999999",
        "(" * 500,
        "ceil(n, 2)",
        "ceil(n=2)",
        "n + " * 60 + "n",
        "",
    ],
)
def test_a_formula_can_do_nothing_but_count(formula: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(formula, {"n": Fraction(3)})


def test_a_parametric_item_asks_each_attempt_for_its_own_numbers() -> None:
    item = Parametric.example()
    stems, answers = set(), set()
    for number in range(40):
        disguise = Disguise(b"attempt %d" % number, item.id)
        stem = item.present(disguise).stem
        right = item.correct_response(disguise)
        n = right["values"]["n"]
        assert str(n) in stem
        assert 21 <= n <= 59
        assert n % 2 == 1
        assert right["number"] == -(-n * 8 // 10)  # ceiling in whole numbers
        assert item.present(disguise).stem == stem, "the same attempt asks the same"
        stems.add(stem)
        answers.add(right["number"])
    assert len(stems) > 10
    assert len(answers) > 5


def test_a_parametric_response_is_scored_by_the_numbers_it_saw() -> None:
    item = Parametric.example()
    kept = {"number": 38, "typed": "38", "values": {"n": 47}}
    assert item.score(kept) == 1
    assert item.score(kept | {"number": 37, "typed": "37"}) == 0
    assert item.classify(kept | {"number": 37}) == "mistake-1"
    assert item.summary(kept) == "38 คน (n = 47)"
    [told] = item.explain(kept | {"number": 37}, HERE)
    assert (told.rationale, told.right) == ("ปัดลงแล้วจะยังไม่ถึงร้อยละ 80 ของ 47 คน", "38 คน")
    assert item.said(item.explanation, kept, HERE) == "47 × 0.8 แล้วปัดขึ้นเป็น 38 คน"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"formula": "ceil(m)"}, "ไม่มีค่าชื่อ “m”"),
        ({"formula": "n / (n - 21)"}, "หารด้วยศูนย์"),  # only one draw in twenty fails
        ({"stem": "โจทย์ที่ไม่มีตัวเลข"}, "ไม่ปรากฏในโจทย์"),
        ({"stem": "โจทย์ {n} {m}"}, "ไม่มีใน values"),
        ({"values": {"n": {"low": 5, "high": 5}}}, "low ต้องน้อยกว่า high"),
        ({"kind": "date"}, "ไม่ตรงกับ kind"),
        ({"explanation": "{z}"}, "ไม่มีใน values"),
    ],
)
def test_an_author_is_told_what_is_wrong_with_a_formula(fields: dict[str, Any], said: str) -> None:
    assert said in mistake(Parametric.example(), **fields)


# Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("สหกรณ์จังหวัด", 1),
        (" สหกรณ์ จังหวัด. ", 1),  # spaces and a full stop
        ("สหกรณ์จังหวัดด", 1),  # one letter too many
        ("สหกรจังหวัด", 0),  # two letters short
        ("สหกรณจังหวัด", 1),
        ("ท่านสหกรณ์จังหวัด", 1),
        ("ผู้ว่าราชการจังหวัด", 0),
        ("จังหวัด", 0),
        ("...", 0),
    ],
)
def test_short_text_forgives_spelling_not_meaning(typed: str, score: float) -> None:
    assert ShortTextItem.example().score({"text": typed}) == score


def test_a_known_mistake_is_never_forgiven_as_a_misspelling() -> None:
    item = changed(
        ShortTextItem.example(),
        accepted=["ทุนสำรอง"],
        misspelling=3,
        mistakes=[{"text": "เงินสำรอง", "rationale": "คนละอย่าง"}],
    )
    assert item.score({"text": "ทุนสํารอง"}) == 1, "ำ in two letters is the same"
    assert item.score({"text": "เงินสำรอง"}) == 0
    [told] = item.explain({"text": "เงินสํารอง"}, HERE)
    assert told.rationale == "คนละอย่าง"
    near = [{"text": "คณะกรรมการดำเนินงาน", "rationale": "คนละคณะ"}]
    board = changed(item, accepted=["คณะกรรมการดำเนินการ"], mistakes=near)
    assert board.score({"text": "คณะกรรมการดำเนินกาน"}) == 1, "two letters off"
    assert board.score({"text": "คณะกรรมการดำเนินงาน"}) == 0, "two letters off too, but another thing"
    short = changed(item, accepted=["80"], mistakes=[])
    assert short.score({"text": "๘๐"}) == 1
    assert short.score({"text": "81"}) == 0, "in a short word one letter more is another word"
    assert "ทั้งใน accepted และ mistakes" in mistake(item, accepted=["เงินสำรอง"])


def test_cloze_counts_gaps() -> None:
    item = Cloze.example()
    assert item.score({"gaps": {"cycle": "week", "who": "สหกรณ์ จังหวัด"}}) == 1
    assert item.score({"gaps": {"cycle": "year", "who": "สหกรณ์จังหวัด"}}) == 0.5
    assert item.score({"gaps": {"cycle": "week"}}) == 0.5
    shown = item.present(HERE).parts["segments"]
    assert [("gap" if "gap" in part else part["text"]) for part in shown] == [
        "จัดทำปฏิทินการปฏิบัติงานราย",
        "gap",
        "และรายเดือน แล้วขออนุญาต",
        "gap",
        "เป็นรายแห่งก่อนไป",
    ]
    assert item.summary({"gaps": {"who": "ใครสักคน"}}) == "… · ใครสักคน"
    assert "[[who]]" in mistake(item, passage="ไม่มีช่องที่สอง [[cycle]]")


def test_an_essay_waits_for_a_marker_and_a_blank_does_not() -> None:
    item = Essay.example()
    assert item.score({"text": "…"}) is None
    assert item.score(None) == 0
    assert item.fraction_of({"clear": "full", "problem": "full"}) == 1
    assert item.fraction_of({"clear": "some", "problem": "full"}) == pytest.approx(2 / 3)
    assert item.fraction_of({"clear": "none", "problem": "none"}) == 0
    for wrong in ({"clear": "full"}, {"clear": "full", "problem": "half"}, {}):
        with pytest.raises(ValueError, match="เกณฑ์"):
            item.fraction_of(wrong)
    with pytest.raises(ResponseError) as refused:
        item.read_response({"text": "ก" * 1501}, HERE)
    assert refused.value.code == "too-long"
