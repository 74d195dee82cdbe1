"""Office days: the closed days of a fiscal year, what nobody knows, and the mistakes an author can make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cps_training import places
from cps_training.content.calendar import OfficeCalendar, bounds
from cps_training.content.library import check_library, load_library

Tree = dict[str, str]
Write = Callable[..., Path]
FILE = "data/calendar/fy2566.yaml"


@pytest.fixture(scope="module")
def calendar() -> OfficeCalendar:
    return load_library(places.shipped()).office_calendar


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_28_july_to_2_august_2566_are_six_closed_days_in_a_row(calendar: OfficeCalendar) -> None:
    closed = days(date(2023, 7, 28), date(2023, 8, 2))
    assert len(closed) == 6
    assert [calendar.is_office_day(day) for day in closed] == [False] * 6
    assert calendar.is_office_day(date(2023, 7, 27))
    assert calendar.is_office_day(date(2023, 8, 3))
    assert calendar.next_office_day(date(2023, 7, 27)) == date(2023, 8, 3)
    assert calendar.next_office_day(date(2023, 7, 30)) == date(2023, 8, 3)


def test_3_january_2566_is_an_office_day_after_one_substitute_day(calendar: OfficeCalendar) -> None:
    assert not calendar.is_office_day(date(2023, 1, 2))
    assert calendar.is_office_day(date(2023, 1, 3))
    assert calendar.next_office_day(date(2022, 12, 29)) == date(2023, 1, 3)


def test_labour_day_closes_no_office(calendar: OfficeCalendar) -> None:
    assert calendar.is_office_day(date(2023, 5, 1))


def test_ploughing_day_counts_as_closed_and_says_that_nobody_checked_it(calendar: OfficeCalendar) -> None:
    day = calendar.closed_day(date(2023, 5, 17))
    assert day is not None
    assert (day.status, day.verified_by) == ("unverified", None)
    assert not calendar.is_office_day(date(2023, 5, 17))


def test_the_year_of_the_handbook_has_its_days(calendar: OfficeCalendar) -> None:
    year = calendar.years[2566]
    assert [day.date.isoformat() for day in year.days] == [
        "2022-10-13", "2022-10-14", "2022-10-24", "2022-12-05", "2022-12-12", "2022-12-30", "2023-01-02", "2023-03-06",
        "2023-04-06", "2023-04-13", "2023-04-14", "2023-04-17", "2023-05-04", "2023-05-05", "2023-05-17", "2023-06-05",
        "2023-07-28", "2023-07-31", "2023-08-01", "2023-08-02", "2023-08-14",
    ]  # fmt: skip
    assert [day.date.isoformat() for day in year.days if day.status == "unverified"] == ["2023-05-17"]
    special = [day.date.isoformat() for day in year.days if day.kind == "special"]
    assert special == ["2022-10-14", "2022-12-30", "2023-05-05", "2023-07-31"]
    assert all(day.name.en and day.date.weekday() < 5 for day in year.days)
    assert sum(calendar.is_office_day(day) for day in days(*bounds(2566))) == 260 - len(year.days)


def test_the_year_of_today_counts_its_days_as_closed_though_nobody_has_checked_them(calendar: OfficeCalendar) -> None:
    year = calendar.years[2570]
    assert [day.date.isoformat() for day in year.days] == [
        "2026-10-13", "2026-10-23", "2026-12-07", "2026-12-10", "2026-12-31", "2027-01-01", "2027-02-22", "2027-04-06",
        "2027-04-13", "2027-04-14", "2027-04-15", "2027-05-04", "2027-05-20", "2027-06-03", "2027-07-19", "2027-07-20",
        "2027-07-28", "2027-08-12",
    ]  # fmt: skip
    assert {day.status for day in year.days} == {"unverified"}
    assert all(day.name.en and day.date.weekday() < 5 and "ประกาศ" in day.source for day in year.days)
    assert calendar.next_office_day(date(2026, 12, 4)) == date(2026, 12, 8)


def test_holidays_of_a_year_without_a_file_are_unknown_but_weekends_are_not(calendar: OfficeCalendar) -> None:
    assert not calendar.is_office_day(date(2023, 10, 1))
    with pytest.raises(LookupError, match="2567"):
        calendar.is_office_day(date(2023, 10, 2))
    with pytest.raises(LookupError, match="2567"):
        calendar.next_office_day(date(2023, 9, 29))
    assert not calendar.knows(date(2023, 10, 2))
    assert calendar.knows(date(2023, 9, 30))


# replaced, by, every finding
MISTAKES = [
    ("date: 2023-05-17", "date: 2566-05-17", [f"{FILE}:9:11: days.2.date: ปี 2566 น่าจะเป็น พ.ศ. ให้เขียนเป็น ค.ศ. คือ 2023-05-17"]),
    ("date: 2023-05-17", "date: 2023-10-01", [f"{FILE}:9:11: days.2.date: 1 ต.ค. 2566 ไม่อยู่ในปีงบประมาณ 2566 (1 ต.ค. 2565 – 30 ก.ย. 2566) ให้แก้วันที่ หรือย้ายไปไฟล์ fy2567.yaml"]),
    ("date: 2023-05-17", "date: 17 พ.ค. 2566", [f"{FILE}:9:11: days.2.date: ต้องเป็นวันที่แบบ ปี-เดือน-วัน (ค.ศ.) เช่น 2023-07-14 ให้แก้"]),
    ("date: 2023-05-17", "date: 2023-07-28", [f"{FILE}:9:11: days.2.date: days มีรหัสซ้ำ: 2023-07-28 ให้เหลือครั้งเดียว"]),
    ("    verified_by: ผู้จัดทำ\n", "", [f"{FILE}:3:5: days.1.verified_by: ขาด verified_by เพราะวันที่ตรวจแล้ว (status: verified) ต้องบอกว่าใครตรวจ หรือแก้ status เป็น unverified"]),
    ("status: unverified", "status: unverified\n    verified_by: ใครสักคน", [f"{FILE}:14:18: days.2.verified_by: verified_by ใช้กับวันที่ตรวจแล้วเท่านั้น ให้แก้ status เป็น verified หรือลบ verified_by ออก"]),
    ("fiscal_year: 2566", "fiscal_year: 2023", [f"{FILE}:1:14: fiscal_year: ต้องไม่น้อยกว่า 2500 แต่พบ 2023 ให้แก้"]),
    ("fiscal_year: 2566", "fiscal_year: 2566\nreplaces: true", [f"{FILE}:2:11: replaces: ใช้ได้เฉพาะเนื้อหาของสำนักงาน ให้ลบ replaces ออก"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[(new or old).strip() for old, new, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place(tree: Tree, write: Write, old: str, new: str, expected: list[str]) -> None:
    assert old in tree[FILE]
    tree[FILE] = tree[FILE].replace(old, new, 1)
    _, findings = check_library(write(tree), None)
    assert [str(finding) for finding in findings] == expected


def test_a_file_is_named_after_its_year(tree: Tree, write: Write) -> None:
    tree["data/calendar/holidays.yaml"] = tree.pop(FILE)
    _, findings = check_library(write(tree), None)
    assert [finding.message for finding in findings] == [
        "fiscal_year: ชื่อไฟล์ต้องเป็น fy2566.yaml ให้เปลี่ยนชื่อไฟล์ หรือแก้ fiscal_year"
    ]


class TestOffice:
    """An office's own files in `<data folder>/content/data/calendar`."""

    NEXT = """\
fiscal_year: 2567
days:
  - date: 2023-10-13
    name: {th: วันนวมินทรมหาราช}
    kind: holiday
    source: ประกาศ
    status: verified
    verified_by: ธุรการ
"""

    def test_a_new_year_is_added(self, tree: Tree, write: Write) -> None:
        office = write({"data/calendar/fy2567.yaml": self.NEXT}, "content")
        calendar = load_library(write(tree), office).office_calendar
        assert sorted(calendar.years) == [2566, 2567]
        assert calendar.next_office_day(date(2023, 9, 29)) == date(2023, 10, 2)
        assert not calendar.is_office_day(date(2023, 10, 13))

    def test_a_shipped_year_is_replaced_only_when_the_file_says_so(self, tree: Tree, write: Write) -> None:
        own = self.NEXT.replace("2567", "2566").replace("2023-10-13", "2023-06-01").replace("holiday", "local")
        _, findings = check_library(write(tree), write({FILE: own}, "content"))
        assert [str(finding) for finding in findings] == [
            (
                f"content/{FILE}:1:14: fiscal_year: รหัสปฏิทินปีงบประมาณ “2566” มีในเนื้อหาที่มากับชุดฝึกแล้ว ({FILE}:1:14) "
                "ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน"
            )
        ]
        office = write({FILE: own.replace("days:", "replaces: true\ndays:")}, "content")
        calendar = load_library(write(tree), office).office_calendar
        assert not calendar.is_office_day(date(2023, 6, 1))
        assert calendar.is_office_day(date(2023, 7, 28))
