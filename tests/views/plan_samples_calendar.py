"""Fictional Thai states of the widgets that show a plan over time: its days, what was done of it, who changed what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

SAVING = {
    "saving": "กำลังบันทึก…",
    "silent": "ยังไม่ได้บันทึก ระบบไม่ตอบกลับ โปรดลองอีกครั้ง",
    "failed": "บันทึกไม่สำเร็จ โปรดลองอีกครั้ง",
}
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
SHORT = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
MONTHS = {6: "มิถุนายน", 7: "กรกฎาคม", 8: "สิงหาคม", 9: "กันยายน"}
CLOSED = {
    "2023-07-28": "วันเฉลิมพระชนมพรรษา",
    "2023-07-31": "วันหยุดพิเศษ",
    "2023-08-01": "วันอาสาฬหบูชา",
    "2023-08-02": "วันเข้าพรรษา",
}


def visit(visit_id: str, title: str, line: str, **more: Any) -> dict[str, Any]:
    return {"id": visit_id, "title": title, "line": line, "kind": "ok", "clash": "", "is_fixed": False, **more}


FIXED = visit("V1", "สก.การเดินรถชุมชน", "ประชุมคณะผู้จัดตั้ง", is_fixed=True)
DUE = visit("V2", "สก.การเกษตรทุ่งสาธิต", "ยังไม่ระบุเอกสาร", kind="due")
MEETING = visit("V3", "สก.ออมทรัพย์ตัวอย่าง", "ประชุมประจำเดือน")
TRAINING = visit("V4", "กลุ่มเกษตรกรบ้านสมมติ", "อบรมคณะกรรมการ")
WRONG = visit("V5", "สก.เครดิตยูเนี่ยนสาธิต", "ไม่มีวัตถุประสงค์", kind="wrong", clash="เวลาทับกับกลุ่มเกษตรกรบ้านสมมติ")
WAITING = visit("V6", "สก.บริการตัวอย่าง", "ติดตามการแก้ข้อสังเกต")
PLANNED = {
    "2023-07-25": [FIXED],
    "2023-07-26": [DUE],
    "2023-07-27": [MEETING],
    "2023-08-04": [TRAINING, WRONG],
}


def days(first: str, n: int, month: int = 0, planned: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """So many days from a Monday. month: days outside of it stand out, 0 = none does."""
    found = []
    for day in (date.fromisoformat(first) + timedelta(n) for n in range(n)):
        named = f"{day.day} {MONTHS[day.month]} {day.year + 543}"
        closed = CLOSED.get(day.isoformat(), f"วัน{WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else "")
        found.append(
            {
                "date": day.isoformat(),
                "label": f"{SHORT[day.weekday()]} {day.day}",
                "long": f"วัน{WEEKDAYS[day.weekday()]}ที่ {named}",
                "is_closed": closed != "",
                "closed": closed,
                "is_out": month not in (0, day.month),
                "is_today": day.isoformat() == "2023-07-24",
                "visits": (PLANNED if planned is None else planned).get(day.isoformat(), []),
            }
        )
    return found


WEEKS = days("2023-07-24", 14)
JULY = days("2023-06-26", 42, month=7)
CALENDAR: dict[str, Any] = {
    "heading": "ปฏิทินแผน",
    "intro": "",
    "view": "week",
    "title": "24 ก.ค. – 6 ส.ค. 2566",
    "days": WEEKS,
    "waiting": [WAITING],
    "labels": {
        **SAVING,
        "views": "ดูเป็น",
        "month": "เดือน",
        "week": "สัปดาห์",
        "previous": "ช่วงก่อน",
        "next": "ช่วงถัดไป",
        "hint": "ลากรายการไปวางวันอื่น หรือกดที่รายการแล้วเลือกวัน",
        "days": "วันในปฏิทิน",
        "today": "วันนี้",
        "closed": "วันหยุด",
        "waiting": "ยังไม่มีวัน",
        "none_waiting": "ทุกรายการมีวันแล้ว",
        "due": "ควรแก้",
        "wrong": "ต้องแก้",
        "fixed": "ย้ายวันไม่ได้แล้ว",
        "taken": "หยิบ {title} แล้ว ใช้ปุ่มลูกศรเลือกวัน กด Enter เพื่อวาง กด Esc เพื่อยกเลิก",
        "over": "{day}",
        "beside": "มีอยู่แล้ว {n} รายการ",
        "edge": "สุดช่วงที่แสดงแล้ว",
        "placed": "ย้าย {title} ไป{day} แล้ว",
        "taken_off": "เอา {title} ออกจากวันแล้ว",
        "let_go": "วาง {title} ไว้ที่เดิม",
        "moving": "ย้าย {title}",
        "choose": "ย้ายไปวันไหน",
        "choose_day": "เลือกวัน",
        "choose_first": "เลือกวันก่อน",
        "put": "ย้าย",
        "take_off": "ยังไม่กำหนดวัน",
        "open": "เปิดรายการนี้",
        "cancel": "ยกเลิก",
        "keys": "ใช้ปุ่มลูกศรเลือกวัน กด Enter เพื่อวาง กด Esc เพื่อยกเลิก",
        "all_days": "แสดงทุกวัน",
        "only_visits": "แสดงเฉพาะวันที่มีรายการ",
    },
}
MONTH: dict[str, Any] = {**CALENDAR, "view": "month", "title": "กรกฎาคม 2566", "days": JULY, "waiting": []}

COLUMNS = [
    {"name": "planned", "label": "วางแผน"},
    {"name": "approved", "label": "อนุญาต"},
    {"name": "performed", "label": "ปฏิบัติ"},
    {"name": "reported", "label": "รายงาน"},
    {"name": "followed", "label": "ติดตามต่อ"},
]


def cells(*told: tuple[str, str]) -> dict[str, Any]:
    return {column["name"]: {"text": text, "kind": kind} for column, (text, kind) in zip(COLUMNS, told, strict=True)}


TABLE: dict[str, Any] = {
    "heading": "แผนกับผลจริง",
    "intro": "แต่ละรายการต้องไปให้สุดทาง ตั้งแต่วางแผนถึงติดตามเรื่องที่ยังค้าง",
    "columns": COLUMNS,
    "summary": "ไปสุดทางแล้ว 1 จาก 3 รายการ มี 1 รายการที่ขาดตอน",
    "rows": [
        {
            "id": "V2",
            "title": "สก.การเกษตรทุ่งสาธิต",
            "line": "26 ก.ค. 2566 · สอบทานหนี้",
            "cells": cells(
                ("26 ก.ค.", "done"), ("21 ก.ค.", "done"), ("26 ก.ค.", "done"), ("ยังไม่ส่ง", "gap"), ("ยังไม่ถึง", "none")
            ),
            "gap": "ปฏิบัติงานแล้ว 9 วัน ยังไม่ได้ส่งรายงาน",
            "action": {"id": "visit:V2", "label": "ไปเขียนรายงาน"},
        },
        {
            "id": "V1",
            "title": "สก.การเดินรถชุมชน",
            "line": "25 ก.ค. 2566 · ประชุมคณะผู้จัดตั้ง",
            "cells": cells(
                ("25 ก.ค.", "done"),
                ("20 ก.ค.", "done"),
                ("25 ก.ค.", "done"),
                ("27 ก.ค.", "done"),
                ("ครบ 2 เรื่อง", "done"),
            ),
            "gap": None,
            "action": None,
        },
        {
            "id": "V4",
            "title": "กลุ่มเกษตรกรบ้านสมมติ",
            "line": "4 ส.ค. 2566 · อบรมคณะกรรมการ",
            "cells": cells(
                ("4 ส.ค.", "done"),
                ("รออนุญาต", "wait"),
                ("ยังไม่ถึง", "none"),
                ("ยังไม่ถึง", "none"),
                ("ยังไม่ถึง", "none"),
            ),
            "gap": None,
            "action": None,
        },
    ],
    "empty": "ยังไม่มีรายการในแผน",
}

BEFORE = "ให้คณะกรรมการเข้าใจการสอบทานหนี้ และลงมือทำได้เอง"
AFTER = "ให้คณะกรรมการสอบทานหนี้ได้ครบ 30 ราย และลงมือทำได้เอง"
LINES = [
    {"where": "รายการ 26 ก.ค. · วัตถุประสงค์", "before": BEFORE, "after": AFTER},
    {"where": "รายการ 26 ก.ค. · วันที่", "before": "25 กรกฎาคม 2566", "after": "26 กรกฎาคม 2566"},
    {"where": "รายการ 26 ก.ค. · เอกสาร", "before": None, "after": "งบทดลองเดือนมิถุนายน"},
    {"where": "เรื่องที่ 2 · หลักฐาน", "before": "คำบอกเล่าของพนักงานฉาง", "after": ""},
    {"where": "รายการ 4 ส.ค. · สถานที่", "before": "ห้องประชุม", "after": "ศาลาหมู่บ้าน"},
]
HISTORY: dict[str, Any] = {
    "heading": "ประวัติการแก้ไข",
    "intro": "ใหม่สุดอยู่บน",
    "rows": [
        {"id": "12", "who": "มาลี (สมมติ)", "when": "24 ก.ค. 2566 10:42 น.", "what": "แก้ไข 5 แห่ง", "lines": LINES},
        {"id": "9", "who": "กานดา (สมมติ)", "when": "23 ก.ค. 2566 15:05 น.", "what": "ส่งขออนุญาต 2 รายการ", "lines": []},
    ],
    "more": {"id": "history:9", "label": "ดูที่เก่ากว่านี้"},
    "conflict": None,
    "labels": {
        **SAVING,
        "gone": "เอาออก",
        "come": "เพิ่ม",
        "nothing": "ไม่มีข้อความ",
        "lines_n": "อีก {n} แห่ง",
        "empty": "ยังไม่มีใครแก้ไขแผนนี้",
        "conflict": "แก้ที่เดียวกันสองคน",
        "mine": "ของคุณ",
        "theirs": "ของอีกคน",
        "all_mine": "ใช้ของคุณทั้งหมด",
        "all_theirs": "ใช้ของอีกคนทั้งหมด",
        "settle": "ใช้ตามที่เลือก",
        "pick_one": "เลือกข้อความที่จะใช้ก่อน",
        "empty_text": "ไม่มีข้อความ",
    },
}
CONFLICT: dict[str, Any] = {
    "text": "ระหว่างที่คุณพิมพ์ มาลี (สมมติ) แก้ที่เดียวกันไว้แล้ว ข้อความของทั้งสองคนยังอยู่ เลือกว่าจะใช้ของใคร",
    "rows": [
        {"field": "visits/V2/objective", "where": "รายการ 26 ก.ค. · วัตถุประสงค์", "mine": BEFORE, "theirs": AFTER},
        {"field": "visits/V2/place", "where": "รายการ 26 ก.ค. · สถานที่", "mine": "ศาลาหมู่บ้าน", "theirs": ""},
    ],
}

EVERY: dict[str, tuple[str, dict[str, Any]]] = {
    "weeks": ("plan_calendar", CALENDAR),
    "month": ("plan_calendar", MONTH),
    "table": ("plan_table", TABLE),
    "history": ("plan_history", HISTORY),
    "conflict": ("plan_history", {**HISTORY, "conflict": CONFLICT}),
}
"""State by name, as (stem, traits)."""
