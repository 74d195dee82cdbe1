"""Fictional Thai states of the widgets a plan is written in: the list, the head of a plan, its form."""

from __future__ import annotations

from typing import Any

SAVING = {
    "saving": "กำลังบันทึก…",
    "silent": "ยังไม่ได้บันทึก ระบบไม่ตอบกลับ ข้อความที่พิมพ์ยังอยู่ และจะลองบันทึกให้อีก",
    "failed": "ยังไม่ได้บันทึก เกิดข้อขัดข้องในระบบ ข้อความที่พิมพ์ยังอยู่",
}
FORM_LABELS: dict[str, Any] = {
    **SAVING,
    "why": "ทำไม",
    "go": "ไปแก้",
    "reason": "เหตุผลที่ให้ไว้:",
    "findings": "สิ่งที่ต้องแก้",
    "count_errors": "ต้องแก้ {n}",
    "count_warnings": "ควรแก้ {n}",
    "count_hints": "แนะนำ {n}",
    "choose": "ยังไม่เลือก",
    "letters": "{n} จาก {most} ตัวอักษร",
    "bad_date": "อ่านวันที่ไม่ออก พิมพ์เช่น 14 ก.ค. 2566 หรือ 14/7/2566",
    "bad_time": "อ่านเวลาไม่ออก พิมพ์เช่น 9.30 หรือ 13:00",
    "bad_number": "พิมพ์เป็นตัวเลข เช่น 1,200",
    "yes": "ใช่",
    "no": "ไม่ใช่",
    "months": ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."],
    "months_long": [
        *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
        *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
    ],
    "weekdays": ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"],
    "date": "{day} {month} {be}",
    "date_long": "วัน{weekday}ที่ {day} {month} {be}",
    "row": "รายการที่ {n}",
    "add_row": "เพิ่มรายการ",
    "drop_row": "ลบ",
    "undo_drop": "เอารายการที่ลบกลับมา",
    "retry": "ลองบันทึกอีกครั้ง",
    "in_plan": "ในแผนตอนนี้",
    "clash": "มีคนแก้ช่องนี้ไปแล้วระหว่างที่คุณพิมพ์ เลือกว่าจะใช้ข้อความใด",
    "keep_mine": "ใช้ที่ฉันพิมพ์",
    "use_theirs": "ใช้ข้อความในแผน",
    "unsent": "ช่องนี้ถูกลบออกจากแผนแล้ว ข้อความที่คุณพิมพ์ค้างไว้คือ",
    "forget": "ไม่ใช้ข้อความนี้แล้ว",
}
CLAUSE = {"id": "cps.1.2.3", "label": "ระบบ CPS ข้อ 1.2.3", "title": "กำหนดวัตถุประสงค์ของการเข้าแนะนำ"}

NO_OBJECTIVE: dict[str, Any] = {
    "id": "R05:V1",
    "field": "visits.V1.objective",
    "severity": "error",
    "sign": "ต้องแก้",
    "text": "ยังไม่บอกว่าจะไปทำเรื่องใดและอยากได้ผลอะไร",
    "clause": CLAUSE,
    "why": "ถ้าไม่รู้ว่าอยากได้ผลอะไร เมื่อกลับมาก็บอกไม่ได้ว่าการไปครั้งนั้นได้ผลหรือไม่",
    "place": "4 ส.ค. · สหกรณ์เครดิตยูเนี่ยนบ้านไผ่งาม จำกัด",
    "reason": None,
    "go": "",
}
NO_PREPARATION: dict[str, Any] = {
    **NO_OBJECTIVE,
    "id": "R24:V1:2",
    "field": "visits.V1.agenda[2].prep_note",
    "severity": "warning",
    "sign": "ควรแก้",
    "text": "วาระที่ 2 ยังไม่บอกว่าเตรียมอะไรไป",
    "clause": {"id": "practice.4", "label": "แนวทาง ข้อ 4", "title": "เตรียมตัวก่อนเข้าประชุม"},
    "reason": "ฝ่ายจัดการจะส่งเอกสารให้ก่อนวันประชุม",
}
HINT: dict[str, Any] = {
    **NO_OBJECTIVE,
    "id": "R44:V1",
    "field": "visits.V1.travel",
    "severity": "hint",
    "sign": "แนะนำ",
    "text": "วันเดียวกันมีอีกแห่งที่อยู่อำเภอเดียวกัน ไปพร้อมกันได้",
    "clause": None,
    "why": "",
}
NO_PROJECTS: dict[str, Any] = {
    **NO_OBJECTIVE,
    "id": "R14",
    "field": "",
    "text": "ยังไม่ได้พิจารณาโครงการของกรมฯ และของจังหวัด",
    "place": "ทั้งแผน",
}
ORGS = [
    {"value": "O1", "label": "สหกรณ์เครดิตยูเนี่ยนบ้านไผ่งาม จำกัด", "own": True},
    {"value": "O2", "label": "กลุ่มเกษตรกรทำนาหนองปลาซิว", "own": True},
]
LOCKED = "ขออนุญาตไปแล้ว แก้ไม่ได้จนกว่าจะได้รับคืน"
OBJECTIVE: dict[str, Any] = {
    "id": "visits.V1.objective",
    "type": "area",
    "label": "วัตถุประสงค์",
    "hint": "จะไปทำเรื่องใด และอยากให้เกิดผลอะไร",
    "value": "",
    "most": 2000,
}
ON: dict[str, Any] = {"id": "visits.V1.planned_date", "type": "date", "label": "วันที่จะไป", "hint": "เช่น 14 ก.ค. 2566 หรือ 14/7/2566", "value": "2023-08-04"}  # fmt: skip
START: dict[str, Any] = {"id": "visits.V1.start", "type": "time", "label": "เริ่ม", "value": "09:30"}
AGENDA: dict[str, Any] = {
    "id": "visits.V1.agenda",
    "type": "rows",
    "label": "ระเบียบวาระและสิ่งที่เตรียม",
    "hint": "",
    "value": [
        {"title": "รับรองรายงานการประชุมครั้งก่อน", "prep_note": "อ่านรายงานครั้งก่อนแล้ว มีเรื่องค้างสองเรื่อง"},
        {"title": "พิจารณาเงินกู้สมาชิก 12 ราย", "prep_note": ""},
    ],
    "columns": [
        {"name": "title", "type": "text", "label": "วาระ", "most": 200},
        {"name": "prep_note", "type": "area", "label": "เตรียมอะไรไป", "most": 2000},
    ],
    "most": 20,
}
EVIDENCE: dict[str, Any] = {
    "id": "issues.I1.evidence",
    "type": "rows",
    "label": "หลักฐาน",
    "value": [
        {"id": "E1", "text": "ลูกหนี้ค้างเกิน 90 วัน 46 ราย ตามรายงานสิ้นเดือน มิ.ย.", "kind": "document", "dated": "2023-06-30"}
    ],
    "columns": [
        {"name": "text", "type": "area", "label": "ข้อความ", "most": 2000},
        {
            "name": "kind",
            "type": "select",
            "label": "เป็นอะไร",
            "options": [
                {"value": "document", "label": "เอกสาร"},
                {"value": "dialogue", "label": "บันทึกการพูดคุย"},
                {"value": "hearsay", "label": "คำบอกเล่า"},
            ],
        },
        {"name": "dated", "type": "date", "label": "ลงวันที่"},
    ],
}
VISIT: dict[str, Any] = {
    "id": "visits.V1",
    "title": "4 ส.ค. 2566 · สหกรณ์เครดิตยูเนี่ยนบ้านไผ่งาม จำกัด",
    "intro": "",
    "tags": [{"text": "ร่าง", "kind": "plain"}, {"text": "ต้องแก้ 1", "kind": "bad"}],
    "is_open": True,
    "summary": "เข้าประชุมคณะกรรมการดำเนินการประจำเดือน",
    "fields": [
        {
            "id": "visits.V1.orgs",
            "type": "checks",
            "label": "ไปที่ใด",
            "hint": "",
            "value": ["O1"],
            "options": ORGS,
        },
        OBJECTIVE,
        ON,
        START,
        {"id": "visits.V1.travel", "type": "number", "label": "เดินทาง", "value": 45, "unit": "นาที"},
        {
            "id": "visits.V1.method",
            "type": "select",
            "label": "ไปแบบใด",
            "value": "board-meeting",
            "options": [
                {"value": "board-meeting", "label": "เข้าประชุมคณะกรรมการ"},
                {"value": "inspection", "label": "ตรวจการ"},
                {"value": "training", "label": "อบรมให้ความรู้"},
            ],
        },
        AGENDA,
        {
            "id": "visits.V1.doc_refs",
            "type": "lines",
            "label": "เอกสารที่จะนำไป",
            "value": ["ระเบียบว่าด้วยการให้เงินกู้ พ.ศ. 2563"],
            "most": 200,
        },
        {"id": "visits.V1.counts_cash", "type": "flag", "label": "จะตรวจนับเงินสดด้วย", "value": False},
    ],
    "buttons": [{"id": "copy:V1", "label": "ทำสำเนาการเยี่ยมนี้", "kind": "", "confirm": None, "disabled": ""}],
    "remove": {
        "label": "ลบการเยี่ยมนี้",
        "confirm": {"text": "ลบการเยี่ยมนี้ออกจากแผนหรือไม่", "yes": "ลบออก", "no": "เก็บไว้"},
    },
    "note": "",
}
APPROVED: dict[str, Any] = {
    "id": "visits.V2",
    "title": "27 ก.ค. 2566 · กลุ่มเกษตรกรทำนาหนองปลาซิว",
    "intro": "",
    "tags": [{"text": "อนุญาตแล้ว", "kind": ""}],
    "is_open": False,
    "summary": "ตรวจนับปุ๋ยคงเหลือ",
    "fields": [
        {
            **OBJECTIVE,
            "id": "visits.V2.objective",
            "value": "ตรวจนับปุ๋ยคงเหลือเทียบทะเบียนคุม\nให้คณะกรรมการเห็นยอดเดียวกัน",
            "disabled": LOCKED,
        },
        {**ON, "id": "visits.V2.planned_date", "value": "2023-07-27", "disabled": LOCKED},
        {
            "id": "visits.V2.study",
            "type": "radio",
            "label": "ศึกษาข้อมูลก่อนไปแล้วหรือยัง",
            "value": None,
            "options": [{"value": "yes", "label": "ศึกษาแล้ว"}, {"value": "no", "label": "ยังไม่ได้ศึกษา"}],
        },
    ],
    "buttons": [
        {
            "id": "perform:V2",
            "label": "บันทึกว่าไปปฏิบัติแล้ว",
            "kind": "primary",
            "confirm": {"text": "ไปปฏิบัติตามที่ได้รับอนุญาตแล้วใช่หรือไม่", "yes": "ใช่ ไปแล้ว", "no": "ยังก่อน"},
            "disabled": "",
        },
        {"id": "record:V2", "label": "บันทึกผลการแนะนำ", "kind": "", "confirm": None, "disabled": "ต้องไปปฏิบัติก่อน"},
    ],
    "remove": None,
    "note": "อนุญาตเมื่อ 24 ก.ค. 2566 โดยสหกรณ์จังหวัด",
}
ISSUE: dict[str, Any] = {
    "id": "issues.I1",
    "title": "ลูกหนี้ค้างชำระเกิน 90 วันเพิ่มขึ้น",
    "intro": "เขียนจากหลักฐาน แล้วจึงหาสาเหตุ",
    "tags": [],
    "is_open": False,
    "summary": "",
    "fields": [EVIDENCE],
    "buttons": [],
    "remove": None,
    "note": "",
}
HEAD: dict[str, Any] = {
    "id": "plan",
    "title": "",
    "intro": "",
    "tags": [],
    "is_open": True,
    "summary": "",
    "fields": [
        {"id": "title", "type": "text", "label": "ชื่อแผน", "value": "แผนปฏิบัติงาน 24 ก.ค. – 4 ส.ค. 2566", "most": 200},
        {"id": "written_on", "type": "date", "label": "เขียนเมื่อ", "value": "2023-07-21"},
    ],
    "buttons": [],
    "remove": None,
    "note": "",
}
FORM: dict[str, Any] = {
    "heading": "การเยี่ยม",
    "intro": "พิมพ์ไปได้เลย ระบบบันทึกให้เองเมื่อหยุดพิมพ์",
    "sections": [HEAD, VISIT, APPROVED, ISSUE],
    "findings": [NO_PROJECTS, NO_OBJECTIVE, NO_PREPARATION, HINT],
    "adds": [{"id": "visit", "label": "เพิ่มการเยี่ยม"}],
    "at": "",
    "labels": FORM_LABELS,
}

STAGES = [
    {"id": "draft", "label": "ร่าง", "clause": "", "state": "done", "is_gate": False},
    {"id": "request", "label": "ขออนุญาต", "clause": "ข้อ 2.3", "state": "now", "is_gate": True},
    {"id": "perform", "label": "ปฏิบัติงาน", "clause": "ข้อ 3.1", "state": "todo", "is_gate": False},
    {"id": "record", "label": "สรุปรายงาน", "clause": "ข้อ 3.2", "state": "todo", "is_gate": False},
    {"id": "report", "label": "อนุมัติรายงาน", "clause": "ข้อ 3.3", "state": "todo", "is_gate": True},
    {"id": "next", "label": "พัฒนาต่อ", "clause": "", "state": "todo", "is_gate": False},
]
ROOM: dict[str, Any] = {
    "title": "แผนปฏิบัติงาน 24 ก.ค. – 4 ส.ค. 2566",
    "line": "กานดา ใจดี (สมมติ) · สหกรณ์ 2 แห่ง · เยี่ยม 5 ครั้ง",
    "tag": {"text": "ฝึกคนเดียว", "kind": "plain"},
    "back": {"label": "แผนทั้งหมด", "href": "/plans"},
    "stages": STAGES,
    "tabs": [
        {"id": "issues", "label": "ประเด็น", "badge": "", "kind": ""},
        {"id": "visits", "label": "การเยี่ยม", "badge": "2", "kind": "bad"},
        {"id": "calendar", "label": "ปฏิทิน", "badge": "", "kind": ""},
        {"id": "request", "label": "ขออนุญาต", "badge": "1", "kind": "due"},
        {"id": "reports", "label": "รายงาน", "badge": "", "kind": ""},
        {"id": "score", "label": "ประเมิน", "badge": "", "kind": ""},
        {"id": "history", "label": "ประวัติการแก้ไข", "badge": "", "kind": ""},
    ],
    "current": "visits",
    "clock": {
        "today": "วันศุกร์ที่ 21 ก.ค. 2566",
        "note": "เลื่อนวันไปข้างหน้าเพื่อรอผลการขออนุญาต เลื่อนกลับไม่ได้",
        "steps": [{"id": "1", "label": "วันถัดไป"}, {"id": "day:7", "label": "อีกหนึ่งสัปดาห์"}],
    },
    "state": {"text": "บันทึกแล้ว 10:42 น.", "kind": "saved"},
    "notice": {
        "text": "ได้รับคืน 1 ครั้ง: ขอให้ระบุเอกสารที่จะใช้แนะนำ",
        "kind": "due",
        "action": {"id": "go:V1", "label": "ไปแก้"},
    },
    "labels": {
        "stages": "ขั้นตอนของแผน",
        "tabs": "ส่วนของแผน",
        "clock": "วันนี้ในแผน",
        "done": "ผ่านแล้ว",
        "now": "อยู่ขั้นนี้",
        "todo": "ยังไม่ถึง",
        "step": "ขั้นที่ {n} จาก {total}",
    },
}
LIST: dict[str, Any] = {
    "heading": "แผนงาน",
    "intro": "เขียนแผนเข้าแนะนำ ขออนุญาต ไปปฏิบัติ แล้วรายงาน",
    "rows": [
        {
            "id": "p1",
            "title": "แผนปฏิบัติงาน 24 ก.ค. – 4 ส.ค. 2566",
            "about": "เยี่ยม 5 ครั้ง · แก้ล่าสุด 21 ก.ค. 2566",
            "status": [{"text": "รออนุญาต 2", "kind": ""}, {"text": "ต้องแก้ 1", "kind": "bad"}],
            "action": {"id": "open:p1", "label": "เขียนต่อ", "primary": True},
        },
        {
            "id": "p2",
            "title": "แผนฝึกจากกรณีสหกรณ์การเกษตรทุ่งสาธิต จำกัด",
            "about": "เยี่ยม 2 ครั้ง · มานะ ขยัน (สมมติ) แบ่งให้เขียนด้วยกัน",
            "status": {"text": "ปิดรอบแล้ว", "kind": "plain"},
            "action": {"href": "/plans?plan=p2", "label": "เปิดดู"},
        },
    ],
    "empty": "ยังไม่มีแผน เริ่มแผนแรกได้ข้างล่างนี้",
    "note": "แผนที่ฝึกคนเดียวไม่มีใครเห็น นอกจากคุณกับวิทยากร",
    "forms": {
        "nothing": {
            "title": "เริ่มจากหน้าว่าง",
            "intro": "",
            "submit": "เริ่มเขียน",
            "kind": "primary",
            "fields": [
                {"name": "title", "type": "text", "label": "ชื่อแผน", "value": "", "most": 200},
                {"name": "org", "type": "text", "label": "สหกรณ์หรือกลุ่มเกษตรกรแห่งแรก", "value": "", "most": 200},
            ],
        },
        "case": {
            "title": "เริ่มจากกระดานปัญหาของกรณีศึกษา",
            "intro": "ข้อค้นพบจะมาเป็นประเด็นในแผน",
            "submit": "เริ่มจากกรณีนี้",
            "kind": "",
            "fields": [
                {
                    "name": "case",
                    "type": "radio",
                    "label": "กรณีใด",
                    "value": "w1",
                    "options": [
                        {"value": "w1", "label": "สหกรณ์การเกษตรทุ่งสาธิต จำกัด", "own": True, "note": "ข้อค้นพบ 6 ข้อ"}
                    ],
                }
            ],
        },
    },
    "labels": {**SAVING, "begin": "เริ่มแผนใหม่", "close": "ปิด", "optional": "ไม่บังคับ"},
}

EVERY: dict[str, tuple[str, dict[str, Any]]] = {
    "form": ("plan_form", FORM),
    "room": ("plan_room", ROOM),
    "list": ("plan_list", LIST),
    "list-empty": ("plan_list", {**LIST, "rows": []}),
}
