"""Fictional Thai states of the widgets one explores a case with: figures of a shipped case, papers as they look there."""

from __future__ import annotations

from typing import Any

YEARS = ("2562", "2563", "2564", "2565", "2566")
SAVING = {
    "saving": "กำลังบันทึก…",
    "silent": "ยังไม่บันทึก ระบบไม่ตอบกลับ ลองกดอีกครั้ง",
    "failed": "บันทึกไม่สำเร็จ ลองกดอีกครั้ง",
}


def points(*values: float | None, digits: int = 1) -> list[dict[str, Any]]:
    """Values of the years as a chart takes them."""
    return [
        {"year": year, "value": value, "text": "" if value is None else f"{value:,.{digits}f}"}
        for year, value in zip(YEARS, values, strict=True)
    ]


def _case(letter: str, case: str, name: str, about: str, tasks: str, **more: Any) -> dict[str, Any]:
    action = {"label": "เปิดกรณีนี้", "href": None, "id": f"case:{case}"}
    return {
        "id": case,
        "letter": letter,
        "name": name,
        "tag": {"text": "องค์กรสมมติ", "kind": "plain"},
        "about": about,
        "tasks": tasks,
        "status": {"text": "", "kind": ""},
        "action": action,
        **more,
    }


CASE_LIST: dict[str, Any] = {
    "heading": "กรณีศึกษา",
    "intro": "เปิดแฟ้มสหกรณ์สมมติ อ่านตัวเลขและเอกสาร แล้วบอกว่าพบเรื่องใด มีหลักฐานใด และควรทำอะไรก่อน",
    "rows": [
        _case(
            "A",
            "thung-sathit",
            "สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
            "ให้สินเชื่อ รับฝากเงิน จัดหาปัจจัยการผลิต รวบรวมข้าวเปลือก สมาชิก 1,196 คน",
            "เอกสาร 14 ฉบับ ใช้เวลาประมาณ 75 นาที",
            status={"text": "ทำค้างไว้ พบแล้ว 3 เรื่อง", "kind": "due"},
            action={"label": "ทำต่อ", "href": "/case?case=thung-sathit", "id": "", "primary": True},
        ),
        _case(
            "B",
            "nong-sathok",
            "สหกรณ์เครดิตยูเนี่ยนหนองสาธก จำกัด",
            "รับฝากเงินและให้กู้ในชุมชน สมาชิก 640 คน",
            "เอกสาร 12 ฉบับ ใช้เวลาประมาณ 60 นาที",
        ),
        _case(
            "C",
            "doen-rot-sommut",
            "สหกรณ์บริการเดินรถสมมุติ จำกัด",
            "เดินรถรับส่งในจังหวัด มีวันสิ้นปีทางบัญชีไม่ตรงกับสหกรณ์อื่น",
            "เอกสาร 13 ฉบับ ใช้เวลาประมาณ 60 นาที",
            status={"text": "ผ่านแล้ว 92 คะแนน", "kind": ""},
            action={"label": "ดูผล", "href": "/case?case=doen-rot-sommut", "id": ""},
        ),
    ],
    "note": "ชื่อคน สหกรณ์ และสถานที่ทั้งหมดสมมติขึ้น",
}

CASE_ROOM: dict[str, Any] = {
    "letter": "A",
    "name": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
    "tag": {"text": "องค์กรสมมติ", "kind": "plain"},
    "line": "สมาชิก 1,196 คน · ปิดบัญชี 31 มี.ค. · วันนี้ในเรื่อง 24 ก.ค. 2566",
    "back": {"label": "กรณีทั้งหมด", "href": "/case"},
    "tabs": [
        {"id": "profile", "label": "รู้จักสหกรณ์", "badge": ""},
        {"id": "tables", "label": "ตาราง", "badge": ""},
        {"id": "ratios", "label": "อัตราส่วน", "badge": ""},
        {"id": "papers", "label": "เอกสาร", "badge": "5 จาก 14"},
        {"id": "consult", "label": "ปรึกษา", "badge": ""},
        {"id": "board", "label": "กระดานปัญหา", "badge": "3"},
        {"id": "result", "label": "ผลและเรื่องต่อไป", "badge": ""},
    ],
    "current": "papers",
    "labels": {"tabs": "ขั้นตอนของกรณีศึกษา", "case": "กรณีศึกษา {letter}"},
}

_CHARTS = [
    ("arrears_to_loans_pct", "หนี้ค้างต่อเงินกู้", "ร้อยละ", points(18.0, 20.5, 25.0, 30.5, 37.0)),
    ("net_profit", "กำไรสุทธิ", "ล้านบาท", points(1.62, 1.48, 1.21, 0.94, 0.58, digits=2)),
    ("participation_pct", "สมาชิกร่วมธุรกิจ", "ร้อยละ", points(65.1, 62.5, 59.8, 57.2, 54.8)),
    ("de_ratio", "หนี้สินต่อทุน", "เท่า", points(1.55, 1.59, 1.67, 1.78, 1.91, digits=2)),
    ("reserve", "ทุนสำรอง", "ล้านบาท", points(6.40, 6.59, 6.77, 6.92, 7.03, digits=2)),
    ("borrow_to_limit_pct", "กู้ต่อวงเงินที่เห็นชอบ", "ร้อยละ", points(82.1, 85.7, 89.7, 95.0, 104.0)),
]
CASE_PROFILE: dict[str, Any] = {
    "task": {
        "title": "งานของคุณ",
        "text": "คุณเพิ่งรับผิดชอบสหกรณ์แห่งนี้ และจะเข้าประชุมคณะกรรมการในวันพรุ่งนี้ ให้อ่านงบการเงินห้าปี ตาราง และเอกสาร "
        "แล้วบอกว่าพบเรื่องใดบ้าง มีหลักฐานใด และควรทำเรื่องใดก่อน",
    },
    "start": {"label": "เริ่มอ่านเอกสาร", "href": None, "id": "tab:papers"},
    "facts": [
        {"label": "สมาชิก", "value": "1,196 คน สมาชิกสมทบ 47 คน"},
        {"label": "ร่วมทำธุรกิจในปี", "value": "655 คน"},
        {"label": "กลุ่มสมาชิก", "value": "14 กลุ่ม ใน 3 ตำบล"},
        {"label": "คณะกรรมการดำเนินการ", "value": "15 คน ประชุมเดือนละครั้ง"},
    ],
    "org": [
        {"label": "ที่ตั้ง", "value": "อำเภอฝึกหัด จังหวัดสมมติ"},
        {"label": "จดทะเบียน", "value": "11 มิ.ย. 2530"},
        {"label": "ผลประเมินมาตรฐาน", "value": "ดี"},
    ],
    "picture": {
        "title": "ห้าปีในภาพเดียว",
        "note": "ปีในภาพคือปีบัญชีที่สิ้นสุด 31 มี.ค. ของปีนั้น",
        "charts": [{"name": n, "label": label, "unit": unit, "points": p} for n, label, unit, p in _CHARTS],
    },
    "labels": {"facts": "ข้อมูลทั่วไป", "org": "ทะเบียนและผลประเมิน", "table": "ดูเป็นตาราง", "figure": "รายการ"},
}

_BALANCE = [
    ("cash_and_bank", "เงินสดและเงินฝากธนาคาร", (7250000, 6881600, 5878000, 4665800, 3395000)),
    ("loans_gross", "ลูกหนี้เงินกู้", (42150000, 45300000, 49000000, 53100000, 57400000)),
    ("allowance", "หัก ค่าเผื่อหนี้สงสัยจะสูญ", (1900000, 2050000, 2200000, 2300000, 2400000)),
    ("accrued_interest", "ดอกเบี้ยค้างรับ", (1100000, 1400000, 1900000, 2600000, 3400000)),
    ("borrowings", "เงินกู้ยืม", (23000000, 24000000, 26000000, 28500000, 31200000)),
]


def row(key: str, cells: list[str], sort: list[Any], **more: Any) -> dict[str, Any]:
    """A row of a table; more: reference, is_total, is_marked."""
    return {
        "key": key,
        "cells": cells,
        "sort": sort,
        "reference": None,
        "is_total": False,
        "is_marked": False,
        **more,
    }


def _figures(name: str, label: str, values: tuple[int, ...], **more: Any) -> dict[str, Any]:
    return row(name, [label, *(f"{value:,}" for value in values)], [label, *values], **more)


ATTACHING = {"attach": "แนบเป็นหลักฐาน", "attached": "แนบแล้ว", **SAVING}
CASE_TABLES: dict[str, Any] = {
    "tables": [
        {
            "id": "balance",
            "title": "งบแสดงฐานะการเงิน",
            "note": "หน่วยเป็นบาท ณ วันสิ้นปีทางบัญชี",
            "columns": [
                {"name": "field", "label": "รายการ", "is_number": False},
                *({"name": year, "label": year, "is_number": True} for year in YEARS),
            ],
            "rows": [
                *(
                    _figures(name, label, values, reference=f"figure:{name}", is_marked=name == "borrowings")
                    for name, label, values in _BALANCE
                ),
                _figures(
                    "total_assets",
                    "รวมสินทรัพย์",
                    (62620000, 64841600, 67328000, 70495800, 73455000),
                    reference="figure:total_assets",
                    is_total=True,
                ),
            ],
            "total": None,
        },
        {
            "id": "borrowing",
            "title": "เงินกู้ยืมรายผู้ให้กู้",
            "note": "",
            "columns": [
                {"name": "lender", "label": "ผู้ให้กู้", "is_number": False},
                {"name": "outstanding", "label": "คงเหลือ", "is_number": True},
                {"name": "due_on", "label": "ครบกำหนด", "is_number": False},
                {"name": "purpose", "label": "ใช้เพื่อ", "is_number": False},
            ],
            "rows": [
                row(
                    "fund",
                    ["กองทุนพัฒนาสหกรณ์ (กพส.)", "5,500,000", "31 มี.ค. 2566", "ให้สมาชิกกู้ระยะปานกลาง"],
                    ["กองทุนพัฒนาสหกรณ์ (กพส.)", 5500000, "2023-03-31", "ให้สมาชิกกู้ระยะปานกลาง"],
                ),
                row(
                    "bank",
                    ["ธนาคารผู้ให้กู้ (สมมติ)", "19,200,000", "31 มี.ค. 2567", "ให้สมาชิกกู้ระยะสั้นและหมุนเวียน"],
                    ["ธนาคารผู้ให้กู้ (สมมติ)", 19200000, "2024-03-31", "ให้สมาชิกกู้ระยะสั้นและหมุนเวียน"],
                ),
                row(
                    "coop",
                    ["สหกรณ์ผู้ให้กู้ (สมมติ)", "2,500,000", "", "ให้สมาชิกกู้และใช้หมุนเวียน"],
                    ["สหกรณ์ผู้ให้กู้ (สมมติ)", 2500000, None, "ให้สมาชิกกู้และใช้หมุนเวียน"],
                ),
            ],
            "total": ["รวม", "27,200,000", "", ""],
        },
        *(
            {"id": name, "title": title, "note": "", "columns": [], "rows": [], "total": None}
            for name, title in (
                ("income", "งบกำไรขาดทุน"),
                ("members", "สมาชิก"),
                ("ageing", "อายุหนี้ค้างชำระ"),
                ("business", "ปริมาณธุรกิจ"),
                ("meetings", "การประชุม"),
                ("cash_counts", "การตรวจนับเงินสด"),
                ("orders", "คำสั่งและหนังสือแจ้ง"),
            )
        ),
    ],
    "current": "balance",
    "saved": {"send_id": "", "kind": "", "text": ""},
    "labels": {
        "choose": "เลือกตาราง",
        "hint": "แถวใดยืนยันสิ่งที่คุณพบ กดเครื่องหมาย + เพื่อแนบเป็นหลักฐาน",
        "sort": "เรียงตาม {column}",
        "ascending": "จากน้อยไปมาก",
        "descending": "จากมากไปน้อย",
        "original": "กลับไปลำดับเดิม",
        "empty": "ไม่มีรายการ",
        **ATTACHING,
    },
}


def _ratio(name: str, title: str, unit: str, values: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "title": title,
        "unit": unit,
        "points": values,
        "formula": "หนี้ค้างชำระ ÷ ลูกหนี้เงินกู้ × 100",
        "definition": "หนี้ที่พ้นกำหนดแล้วยังไม่ชำระ เทียบกับเงินกู้ทั้งหมดที่สมาชิกเป็นหนี้อยู่",
        "warning": "ควรถามต่อเมื่อเพิ่มขึ้นหลายปีติดกัน",
        "reference": f"figure:{name}",
        "is_marked": False,
        **more,
    }


CASE_RATIOS: dict[str, Any] = {
    "groups": [
        {
            "title": "คุณภาพสินทรัพย์",
            "ratios": [
                _ratio("arrears_to_loans_pct", "หนี้ค้างต่อเงินกู้", "ร้อยละ", points(18.0, 20.5, 25.0, 30.5, 37.0)),
                _ratio("allowance_to_arrears_pct", "ค่าเผื่อต่อหนี้ค้าง", "ร้อยละ", points(25.0, 22.1, 18.0, 14.2, 11.3)),
            ],
        },
        {
            "title": "ความเพียงพอของเงินทุน",
            "ratios": [
                _ratio(
                    "borrow_to_limit_pct",
                    "กู้ต่อวงเงินที่เห็นชอบ",
                    "ร้อยละ",
                    points(82.1, 85.7, 89.7, 95.0, 104.0),
                    is_marked=True,
                ),
                _ratio("equity_growth_pct", "ทุนเพิ่มจากปีก่อน", "ร้อยละ", points(None, 1.9, 0.9, 0.5, -0.4)),
                _ratio(
                    "reserve_to_assets", "ทุนสำรองต่อสินทรัพย์", "เท่า", points(0.102, 0.102, None, 0.102, None, digits=3)
                ),
            ],
        },
    ],
    "note": "ถ้ามีเกณฑ์เทียบในหน้านี้ เป็นเกณฑ์จำลองเพื่อการฝึก อัตราส่วนบอกว่าควรถามเรื่องใด ไม่ได้ตัดสินแทนคุณ",
    "saved": {"send_id": "", "kind": "", "text": ""},
    "labels": {
        "more": "สูตรและค่ารายปี",
        "formula": "สูตร",
        "definition": "ความหมาย",
        "warning": "เมื่อใดควรถามต่อ",
        "year": "ปี",
        "value": "ค่า",
        **ATTACHING,
    },
}


def _paper(name: str, title: str, kind: str, date: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "kind": kind,
        "date": date,
        "issuer": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
        "tag": None,
        "n_marked": 0,
        "is_read": False,
        **more,
    }


def line(key: str, text: str, **more: Any) -> dict[str, Any]:
    """A line of the minutes that can be marked; more: reference, is_head, is_marked."""
    return {
        "key": key,
        "reference": f"minutes-mar:{key}",
        "text": text,
        "is_head": False,
        "is_marked": False,
        **more,
    }


PAPER: dict[str, Any] = {
    "id": "minutes-mar",
    "title": "รายงานการประชุมคณะกรรมการดำเนินการ ชุดที่ 36 ครั้งที่ 3/2566",
    "kind": "รายงานการประชุม",
    "date": "28 มี.ค. 2566",
    "issuer": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
    "reliability": {"text": "ต้นฉบับมีลายมือชื่อครบ", "kind": "plain"},
    "lines": [
        line("head", "ระเบียบวาระที่ 4 เรื่องเพื่อพิจารณา", reference=None, is_head=True),
        line("l1", "4.1 ผู้จัดการรายงานเงินสดคงเหลือ และขอความเห็นชอบรายจ่ายประจำเดือน ที่ประชุมรับทราบ"),
        line(
            "l2",
            "4.2 ฝ่ายจัดการเสนอทำสัญญาเงินกู้ฉบับใหม่ให้สมาชิก 46 ราย ในวันเดียวกับที่ปิดสัญญาเดิม รวม 6.9 ล้านบาท ที่ประชุมเห็นชอบ",
            is_marked=True,
        ),
        line("l3", "4.3 ที่ประชุมให้รอรายได้จากการขายปุ๋ยก่อนชำระหนี้ กพส."),
        line("sign", "ลงชื่อ สมหญิง ตัวอย่าง เลขานุการ", reference=None),
    ],
    "previous": "letter-fund",
    "next": "count-sheet",
}
CASE_PAPERS: dict[str, Any] = {
    "papers": [
        _paper(
            "letter-fund",
            "แจ้งให้ชำระหนี้เงินกู้ กพส. งวดวันที่ 31 มี.ค. 2566",
            "หนังสือ",
            "18 เม.ย. 2566",
            issuer="ผู้ดูแลกองทุนพัฒนาสหกรณ์ จังหวัดสมมติ",
            is_read=True,
        ),
        _paper("minutes-mar", PAPER["title"], PAPER["kind"], PAPER["date"], n_marked=1, is_read=True),
        _paper("count-sheet", "ใบตรวจนับสินค้าคงเหลือวันสิ้นปี", "ใบตรวจนับ", "31 มี.ค. 2566"),
        _paper(
            "talk-barn",
            "บันทึกการพูดคุยกับพนักงานฉาง",
            "คำบอกเล่า",
            "20 ก.ค. 2566",
            tag={"text": "ไม่ใช่เอกสาร", "kind": "plain"},
        ),
    ],
    "paper": PAPER,
    "saved": {"send_id": "", "kind": "", "text": ""},
    "labels": {
        "list": "เอกสารในแฟ้ม",
        "mark": "แตะบรรทัดที่ใช้เป็นหลักฐาน แล้วนำไปใช้บนกระดานปัญหา",
        "marked": "แนบแล้ว",
        "unmark": "แตะอีกครั้งเพื่อเอาออก",
        "count": "แนบแล้ว {n} บรรทัด",
        "read": "อ่านแล้ว",
        "unread": "ยังไม่อ่าน",
        "back": "กลับไปรายการเอกสาร",
        "next": "ฉบับถัดไป",
        "previous": "ฉบับก่อนหน้า",
        "choose": "เลือกเอกสารจากรายการ แล้วอ่านที่นี่",
        "issuer": "จาก",
        **SAVING,
    },
}

WIDGETS: list[tuple[str, str, dict[str, Any]]] = [
    ("case-list", "CaseList", CASE_LIST),
    ("case-room", "CaseRoom", CASE_ROOM),
    ("case-profile", "CaseProfile", CASE_PROFILE),
    ("case-tables", "CaseTables", CASE_TABLES),
    ("case-tables-words", "CaseTables", {**CASE_TABLES, "current": "borrowing"}),
    ("case-ratios", "CaseRatios", CASE_RATIOS),
    ("case-papers-list", "CasePapers", {**CASE_PAPERS, "paper": None}),
    ("case-papers", "CasePapers", CASE_PAPERS),
]
"""Name, class and traits of each state, the fullest ones."""
