"""Values with their sources: what is certain, what is not, what the office decides, and mistakes with their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from cps_training import places
from cps_training.content.library import check_library, load_library
from cps_training.content.parameters import Parameter

Tree = dict[str, str]
Write = Callable[..., Path]
FILE = "data/parameters.yaml"


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Parameter]:
    return load_library(places.shipped()).parameters


@pytest.mark.parametrize(
    ("parameter", "value", "status", "clause"),
    [
        ("first-meeting-days", 90, "verified", "practice.19.1"),
        ("participation-percent", 80, "verified", "km.4"),
        ("confirmations-per-year", 1, "verified", "practice.6"),
        ("km-report-deadline", date(2023, 7, 14), "verified", "km.7"),
        ("online-share-percent", 60, "unverified", "km.4"),
        ("agm-days", 150, "unverified", "docs.4"),
        ("reserve-min-percent", 10, "unverified", "practice.2"),
        ("founders-min", 10, "verified", "practice.3"),
        ("farmer-group-members-min", 30, "verified", "role.1"),
    ],
)
def test_a_shipped_value(
    shipped: Mapping[str, Parameter], parameter: str, value: object, status: str, clause: str
) -> None:
    one = shipped[parameter]
    assert (one.value, one.status) == (value, status)
    assert clause in one.clauses
    assert one.source.en
    assert one.title.en


def test_only_what_the_handbook_leaves_open_is_a_setting_of_the_office(shipped: Mapping[str, Parameter]) -> None:
    settings = [one for one in shipped.values() if one.is_office_setting]
    assert {one.id for one in settings} == {
        "online-share-percent",
        "travel-minutes",
        "approval-working-days",
        "reply-working-days",
        "report-working-days",
        "credit-first-reminder-days",
        "credit-last-reminder-days",
        "minutes-months",
    }
    assert [one.id for one in settings if one.is_verified or "คู่มือ" not in one.source.th] == []


def test_no_law_known_from_secondary_sources_alone_is_called_certain(shipped: Mapping[str, Parameter]) -> None:
    unsure = [one for one in shipped.values() if "ยังไม่ได้เทียบตัวบท" in one.source.th or "จากความจำ" in one.source.th]
    assert len(unsure) >= 15
    assert [one.id for one in unsure if one.is_verified] == []


@pytest.mark.parametrize(
    ("parameter", "thai", "english"),
    [
        ("first-meeting-days", "90 วัน", "90 days"),
        ("km-report-deadline", "14 ก.ค. 2566", "14 Jul 2023 (B.E. 2566)"),
        ("league-fee-max-baht", "ไม่เกิน 30,000 บาท", "at most 30,000 baht"),
        ("cdf-rate-max-percent", "ร้อยละ 5.5 ต่อปี", "5.5 % a year"),
    ],
)
def test_a_value_for_people(shipped: Mapping[str, Parameter], parameter: str, thai: str, english: str) -> None:
    assert (shipped[parameter].text(), shipped[parameter].text("en")) == (thai, english)


# replaced, by, every finding
MISTAKES = [
    ("value: 90", "value: เก้าสิบ", [f"{FILE}:3:12: parameters.1.value: ต้องเป็นตัวเลข เช่น 90 หรือวันที่แบบ ปี-เดือน-วัน (ค.ศ.) เช่น 2023-07-14 ให้แก้"]),
    ("value: 90", "value: true", [f"{FILE}:3:12: parameters.1.value: ต้องเป็นตัวเลข เช่น 90 หรือวันที่แบบ ปี-เดือน-วัน (ค.ศ.) เช่น 2023-07-14 ให้แก้"]),
    ("value: 2023-07-14", "value: 2566-07-14", [f"{FILE}:10:12: parameters.2.value: ปี 2566 น่าจะเป็น พ.ศ. ให้เขียนเป็น ค.ศ. คือ 2023-07-14"]),
    ("    unit: {th: วัน, en: days}\n", "", [f"{FILE}:2:5: parameters.1.unit: ขาด unit เพราะตัวเลขต้องมีหน่วย เช่น unit: {{th: วัน, en: days}}"]),
    ("value: 2023-07-14", "value: 2023-07-14\n    unit: {th: วัน}", [f"{FILE}:11:11: parameters.2.unit: unit ใช้กับตัวเลขเท่านั้น ค่านี้เป็นวันที่ ให้ลบ unit ออก"]),
    ("status: verified", "status: sure", [f"{FILE}:7:13: parameters.1.status: ไม่รู้จัก “sure” ใช้ได้: verified, unverified"]),
    ("clauses: [cps.2.3]", "clauses: [cps.9]", [f"{FILE}:8:15: parameters.1.clauses.1: ชุดฝึกไม่มีข้อ “cps.9” ของคู่มือ ใกล้ที่สุดคือ cps.2 ให้แก้รหัสข้อ"]),
    ("id: deadline", "id: meeting-days", [f"{FILE}:9:9: parameters.2.id: parameters มีรหัสซ้ำ: meeting-days ให้เหลือครั้งเดียว"]),
    ("    source: {th: คู่มือ, en: Handbook}\n    status: verified", "    status: verified", [f"{FILE}:2:5: parameters.1.source: ขาดช่องนี้ ให้เติม source: ในส่วนนี้"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[(new or old).strip() for old, new, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place(tree: Tree, write: Write, old: str, new: str, expected: list[str]) -> None:
    assert old in tree[FILE]
    tree[FILE] = tree[FILE].replace(old, new, 1)
    _, findings = check_library(write(tree), None)
    assert [str(finding) for finding in findings] == expected


class TestOffice:
    """An office's own file, `<data folder>/content/data/parameters.yaml`."""

    OWN = """\
parameters:
  - id: meeting-days
    value: 60
    unit: {th: วัน}
    title: {th: ประชุมครั้งแรกภายใน}
    source: {th: คำสั่งของสำนักงาน}
    status: verified
"""

    def test_a_shipped_value_is_refused_without_replaces(self, tree: Tree, write: Write) -> None:
        _, findings = check_library(write(tree), write({FILE: self.OWN}, "content"))
        assert [str(finding) for finding in findings] == [
            (
                f"content/{FILE}:2:9: parameters.1.id: รหัสค่าที่ใช้ “meeting-days” มีในเนื้อหาที่มากับชุดฝึกแล้ว ({FILE}:2:9) "
                "ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน"
            )
        ]

    def test_a_shipped_value_is_replaced_by_id(self, tree: Tree, write: Write) -> None:
        library = load_library(write(tree), write({FILE: self.OWN + "    replaces: true\n"}, "content"))
        assert library.parameters["meeting-days"].text() == "60 วัน"
        assert list(library.parameters) == ["meeting-days", "deadline"]

    def test_its_own_values_are_added(self, tree: Tree, write: Write) -> None:
        own = self.OWN.replace("meeting-days", "permission-days")
        library = load_library(write(tree), write({FILE: own}, "content"))
        assert list(library.parameters) == ["meeting-days", "deadline", "permission-days"]

    def test_nothing_to_replace_is_a_mistake(self, tree: Tree, write: Write) -> None:
        own = self.OWN.replace("meeting-days", "meeting-dayz") + "    replaces: true\n"
        _, findings = check_library(write(tree), write({FILE: own}, "content"))
        assert [finding.message for finding in findings] == [
            (
                "parameters.1.replaces: บอกว่าใช้แทน แต่ชุดฝึกไม่มีค่าที่ใช้ “meeting-dayz” ใกล้ที่สุดคือ meeting-days "
                "ให้แก้รหัส หรือลบ replaces ออก"
            )
        ]
