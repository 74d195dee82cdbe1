"""The trainer's panel of plan errors: errors an attempt and not a mark, week by week, those who struggle now first."""

from __future__ import annotations

from typing import Any

from cps_training.apps.panels.plan_errors import MOST_WEEKS, table
from tests.views import trainer_samples as samples

RULES = [
    {"rule": "R01", "title": {"th": "วัตถุประสงค์ของการเข้า", "en": "Objective of a visit"}, "n": 5},
    {"rule": "R26", "title": {"th": "ขอก่อนวันเข้า", "en": "Ask before the visit"}, "n": 2},
]


def person(name: str, *weeks: tuple[str, int, int], **rules: int) -> dict[str, Any]:
    told = [{"week": week, "tries": tries, "errors": errors} for week, tries, errors in weeks]
    return {"person_id": name, "name": name, "unit": "กลุ่ม 1", "weeks": told, "rules": rules, "plans": ["p"]}


def shown(*people: dict[str, Any], rules: list[dict[str, Any]] = RULES) -> dict[str, Any]:
    return table(samples.session(), {"people": list(people), "rules": rules, "units": []})


def test_who_has_most_to_mend_an_attempt_now_stands_first() -> None:
    often = person("ก ส่งบ่อย", ("2026-11-02", 1, 9), ("2026-11-09", 6, 6), R01=15)
    seldom = person("ส่งน้อย", ("2026-11-09", 1, 3), R01=2, R26=1)
    good = person("กก ส่งผ่าน", ("2026-11-09", 2, 0))
    assert [row["id"] for row in shown(often, good, seldom)["rows"]] == ["ส่งน้อย", "ก ส่งบ่อย", "กก ส่งผ่าน"]


def test_each_week_tells_errors_and_attempts_and_a_week_without_any_says_so() -> None:
    rows = {row["id"]: row for row in shown(
        person("ก", ("2026-11-02", 2, 5), ("2026-11-09", 1, 0), R01=4, R26=1), person("ข", ("2026-11-02", 1, 1), R26=1)
    )["rows"]}  # fmt: skip
    first, second = (rows["ก"]["cells"][week] for week in ("2026-11-02", "2026-11-09"))
    assert (first["kind"], second["kind"]) == ("wait", "done")
    assert first["text"] == "ต้องแก้ 5 ข้อ จาก 2 ครั้ง"
    assert rows["ข"]["cells"]["2026-11-09"] == {"text": "ไม่ได้ส่ง", "kind": "none"}
    assert rows["ก"]["action"]["href"] == "/plan?plan=p"  # to read it, and to rate it
    assert rows["ก"]["cells"]["often"]["text"] == "วัตถุประสงค์ของการเข้า (4) · ขอก่อนวันเข้า (1)"


def test_only_a_worse_week_is_pointed_out() -> None:
    worse = person("แย่ลง", ("2026-11-02", 2, 2), ("2026-11-09", 1, 3), R01=5)
    same = person("เท่าเดิม", ("2026-11-02", 2, 4), ("2026-11-09", 1, 2), R01=6)
    gaps = {row["id"]: row["gap"] for row in shown(worse, same)["rows"]}
    assert "มากกว่าสัปดาห์ก่อน" in gaps["แย่ลง"]
    assert gaps["เท่าเดิม"] is None


def test_the_last_weeks_are_shown_in_order_and_the_most_frequent_rules_named_with_n() -> None:
    told = shown(person("ก", *((f"2026-0{month}-05", 1, 1) for month in range(1, 8)), R01=7))
    names = [column["name"] for column in told["columns"]]
    assert names == [f"2026-0{month}-05" for month in range(8 - MOST_WEEKS, 8)] + ["often"]
    assert told["columns"][-2]["label"] == "สัปดาห์ 5 ก.ค. 2569"
    assert "ส่งทั้งหมด 7 ครั้ง" in told["summary"]
    assert "วัตถุประสงค์ของการเข้า (5) · ขอก่อนวันเข้า (2)" in told["summary"]


def test_where_nobody_handed_in_nothing_is_summed_up() -> None:
    told = shown(rules=[])
    assert (told["rows"], told["summary"]) == ([], "")
    assert "ยังไม่มีใครส่งแผน" in told["empty"]
