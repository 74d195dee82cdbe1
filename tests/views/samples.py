"""Fictional Thai states of every widget, as the apps will give them."""

from __future__ import annotations

from typing import Any

from tests.views import trainer_samples

LABELS = {
    "submit": "ส่งคำตอบ",
    "saving": "กำลังบันทึก…",
    "not_saved": "ยังไม่บันทึก ระบบไม่ตอบกลับ คำตอบยังอยู่ตรงนี้",
    "retry": "ลองส่งอีกครั้ง",
    "move_up": "เลื่อนขึ้น",
    "move_down": "เลื่อนลง",
    "your_answer": "คำตอบของคุณ",
    "right_answer": "คำตอบที่ถูก",
    "read_clause": "อ่านข้อนี้",
    "why": "เหตุผล:",
    "position": "อันดับ {n} จาก {total}",
    "choose_first": "เลือกคำตอบก่อน แล้วจึงกดส่ง",
    "moved": "{text} ย้ายไปอันดับ {n}",
    "right_order": "ลำดับที่ถูก",
}
ONE = {
    "item": "q-permission",
    "interaction": "choose_one",
    "stem": "คุณนัดร่วมประชุมคณะกรรมการของสหกรณ์แห่งหนึ่งวันที่ 14 ก.ค. เช้าวันนั้นคำขออนุญาตยังอยู่ในแฟ้มรอลงนาม ควรทำอย่างไร",
    "instruction": "เลือกคำตอบเดียว",
    "scoring_note": "",
    "options": [
        {"id": "o1", "text": "ไปตามนัดก่อน แล้วบันทึกขออนุญาตย้อนหลังในวันรุ่งขึ้น"},
        {"id": "o2", "text": "ให้หัวหน้ากลุ่มโทรแจ้งสหกรณ์ว่าอนุญาตแล้ว"},
        {"id": "o3", "text": "ประสานให้พิจารณาก่อนเวลานัด หากยังไม่ได้รับอนุญาตให้เลื่อนและแจ้งสหกรณ์"},
        {"id": "o4", "text": "ส่งเอกสารให้สหกรณ์อ่านแทน แล้วลงผลว่าเข้าปฏิบัติงาน"},
    ],
}
MANY = {
    "item": "q-before-visit",
    "interaction": "choose_many",
    "stem": "ก่อนขออนุญาตเข้าสหกรณ์ที่รับผิดชอบ งานใดต้องทำให้เสร็จก่อน",
    "instruction": "เลือกได้หลายคำตอบ",
    "scoring_note": "ได้คะแนนตามส่วนที่เลือกถูก หักเมื่อเลือกผิด",
    "options": [
        {"id": "m1", "text": "อ่านรายงานครั้งก่อนและปัญหาที่ยังค้าง"},
        {"id": "m2", "text": "กำหนดวัตถุประสงค์ของการเข้าครั้งนี้"},
        {"id": "m3", "text": "บันทึกแนวทางรวมของทุกสหกรณ์ไว้ในใบเดียว"},
        {"id": "m4", "text": "บันทึกแนวทางในระบบ CPS แยกรายแห่ง"},
    ],
}
ORDER = {
    "item": "q-order",
    "interaction": "order",
    "stem": "เรียงงานของการเข้าปฏิบัติงานหนึ่งครั้ง ตั้งแต่ต้นจนจบ",
    "instruction": "กดปุ่มลูกศรเพื่อเลื่อน หรือจับที่ตัวเลขแล้วลาก",
    "scoring_note": "ได้คะแนนตามจำนวนที่อยู่ถูกลำดับ",
    "options": [
        {"id": "r1", "text": "ขออนุญาตสหกรณ์จังหวัดเป็นรายแห่ง"},
        {"id": "r2", "text": "ศึกษาข้อมูลสหกรณ์และกำหนดวัตถุประสงค์"},
        {"id": "r3", "text": "เสนอรายงานให้สหกรณ์จังหวัดอนุมัติ"},
        {"id": "r4", "text": "ปฏิบัติงานตามแผนที่ได้รับอนุญาต"},
        {"id": "r5", "text": "สรุปผลและรายงานในระบบ CPS"},
    ],
}
CLAUSE = {
    "id": "cps.2.3",
    "label": "ข้อ 2.3 ของระบบ CPS",
    "title": "ขออนุญาตสหกรณ์จังหวัดเป็นรายแห่งก่อนไปปฏิบัติงาน",
    "summary": "ก่อนออกไปพบสหกรณ์แต่ละแห่ง ต้องมีคำอนุญาตของสหกรณ์จังหวัดสำหรับแห่งนั้นแล้ว ด่านนี้ทำให้หัวหน้าหน่วยรู้ว่าใครไปที่ใด เรื่องใด และพร้อมเพียงใด",
    "other": {"text": "Permission before going, per cooperative", "lang": "en"},
    "kind_note": "",
    "objective": "เรียงลำดับการขอ การอนุมัติ และการเข้าปฏิบัติงานได้",
    "level": "ขั้นวิเคราะห์",
    "facts": [
        {
            "text": "ประชุมใหญ่ ภายใน 150 วัน",
            "tag": {"text": "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน", "kind": "due"},
            "note": "แหล่งรอง",
        }
    ],
    "related": [
        {"id": "cps.3.1", "label": "ข้อ 3.1 ของระบบ CPS", "title": "ปฏิบัติตามแผนที่ได้รับอนุมัติ"},
        {"id": "cps.3.3", "label": "ข้อ 3.3 ของระบบ CPS", "title": "สหกรณ์จังหวัดเป็นผู้อนุมัติ"},
    ],
    "lessons": [{"label": "บทที่ 5 · ระบบ CPS", "href": "/lessons/cps-cycle"}],
    "notes": ["คู่มือไม่ได้กำหนดจำนวนวันล่วงหน้า เป็นเรื่องที่สำนักงานกำหนดเอง"],
    "page": "คู่มือหน้า 7–10 (ช่วงหน้าโดยประมาณ)",
    "href": "/handbook?clause=cps.2.3",
}
CLAUSE_LABELS = {
    "objective": "เรียนแล้วทำอะไรได้",
    "facts": "ตัวเลขที่เกี่ยวข้อง",
    "lessons": "เรียนข้อนี้ได้ใน",
    "related": "ข้อที่เกี่ยวข้อง",
    "notes": "หมายเหตุบรรณาธิการ",
    "close": "ปิด",
    "back": "ย้อนกลับ",
    "opening": "กำลังเปิดข้อนี้…",
    "missing": "ชุดฝึกไม่มีข้อนี้",
    "failed": "ยังเปิดข้อนี้ไม่ได้",
    "retry": "ลองอีกครั้ง",
    "open_page": "เปิดข้อนี้ในหน้าคู่มือ",
}
CITING = {"clause_cards": {}, "clause_labels": CLAUSE_LABELS}
PROGRESS = {
    "index": 4,
    "total": 10,
    "marks": ["right", "wrong", "partly", "now", "", "", "", "", "", ""],
    "label": "ข้อ 4 จาก 10 · ตอบแล้วรู้ผลทันที",
}
NEXT = [{"id": "next", "label": "ข้อต่อไป", "primary": True, "disabled": False}]
SAVED = {"kind": "saved", "text": "บันทึกแล้ว ข้อ 4", "answer_id": ""}


def item(presentation: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The traits of an item card; unanswered, one submit."""
    return {
        "presentation": presentation,
        "response": None,
        "feedback": None,
        "mode": "submit",
        "status": {"kind": "idle", "text": "", "answer_id": ""},
        "progress": PROGRESS,
        "actions": [],
        "labels": LABELS,
        **CITING,
        "locale": "th",
        **more,
    }


WRONG = {
    "verdict": "wrong",
    "verdict_label": "ยังไม่ถูก",
    "headline": "ด่านแรกต้องผ่านก่อนลงพื้นที่",
    "explanation": "การขอย้อนหลังทำให้การเข้าปฏิบัติงานครั้งนั้นอยู่นอกแผนที่ได้รับอนุญาต และรายงานผลจะไม่มีแผนให้อ้างถึง",
    "score_label": "0 จาก 1 คะแนน",
    "options": {
        "o1": {"mark": "wrong", "label": "คำตอบของคุณ", "rationale": "เลขที่อนุญาตออกทีหลังวันเข้า แผนจึงยังไม่ผ่านด่านแรกในวันที่ไป"},
        "o2": {"mark": "", "label": "", "rationale": "ผู้อนุญาตคือสหกรณ์จังหวัด ไม่ใช่หัวหน้ากลุ่ม"},
        "o3": {"mark": "right", "label": "คำตอบที่ถูก", "rationale": "รักษาลำดับ ขอ อนุญาต แล้วจึงเข้า และให้เกียรติสหกรณ์ที่รออยู่"},
        "o4": {"mark": "", "label": "", "rationale": "ไม่ได้เข้าปฏิบัติงานจริง จึงลงผลว่าเข้าไม่ได้"},
    },
    "order": None,
    "clauses": [CLAUSE],
}
RIGHT = {
    **WRONG,
    "verdict": "right",
    "verdict_label": "ถูกต้อง",
    "explanation": "คุณรักษาลำดับของด่านแรกไว้ได้ และบอกสหกรณ์ให้รู้ล่วงหน้า",
    "score_label": "1 จาก 1 คะแนน",
    "options": {
        **WRONG["options"],
        "o1": {**WRONG["options"]["o1"], "mark": "", "label": ""},
        "o3": {**WRONG["options"]["o3"], "label": "คำตอบของคุณ ถูกต้อง"},
    },
}
PARTLY = {
    "verdict": "partly",
    "verdict_label": "ถูกบางส่วน",
    "headline": "เตรียมรายแห่ง บันทึกรายแห่ง",
    "explanation": "ก่อนขออนุญาตต้องรู้เรื่องเดิม มีวัตถุประสงค์ และบันทึกแนวทางแยกของแต่ละสหกรณ์",
    "score_label": "0.33 จาก 1 คะแนน",
    "options": {
        "m1": {"mark": "right", "label": "เลือกถูก", "rationale": "เรื่องที่ค้างจากครั้งก่อนต้องตามต่อในแผนใหม่"},
        "m2": {"mark": "missed", "label": "ถูก แต่ไม่ได้เลือก", "rationale": "ทุกครั้งที่เข้าต้องบอกได้ว่าไปเพื่ออะไร"},
        "m3": {"mark": "wrong", "label": "เลือกผิด", "rationale": "ใบเดียวหลายแห่งทำให้ตามผลของแต่ละสหกรณ์ไม่ได้"},
        "m4": {"mark": "right", "label": "เลือกถูก", "rationale": "บันทึกก่อนเข้าและแยกแห่ง"},
    },
    "order": None,
    "clauses": [
        {**CLAUSE, "id": "cps.1.2.3", "label": "ข้อ 1.2.3 ของระบบ CPS", "title": "กำหนดประเด็นและวัตถุประสงค์ทุกครั้งที่เข้า"},
        {
            **CLAUSE,
            "id": "cps.1.2.4",
            "label": "ข้อ 1.2.4 ของระบบ CPS",
            "title": "บันทึกแนวทางในระบบ CPS เป็นรายแห่ง",
            "notes": [],
        },
    ],
}
ORDER_PARTLY = {
    "verdict": "partly",
    "verdict_label": "ถูกบางส่วน",
    "headline": "สองด่าน หนึ่งลำดับ",
    "explanation": "ด่านแรกอยู่ก่อนเข้า ด่านที่สองอยู่หลังรายงาน",
    "score_label": "0.6 จาก 1 คะแนน",
    "options": {
        "r2": {"mark": "wrong", "label": "", "rationale": "ต้องรู้เรื่องและวัตถุประสงค์ก่อน จึงมีสิ่งที่จะขออนุญาต"},
        "r1": {"mark": "wrong", "label": "", "rationale": "ขออนุญาตเมื่อเตรียมพร้อมแล้ว"},
        "r4": {"mark": "right", "label": "", "rationale": ""},
        "r5": {"mark": "right", "label": "", "rationale": ""},
        "r3": {"mark": "right", "label": "", "rationale": "ด่านที่สองปิดรอบ"},
    },
    "order": ["r2", "r1", "r4", "r5", "r3"],
    "clauses": [CLAUSE],
}

_UNITS = (
    ("กลุ่มส่งเสริมสหกรณ์ 1", 6, 7, 0),
    ("กลุ่มส่งเสริมสหกรณ์ 2", 6, 6, 0),
    ("กลุ่มส่งเสริมสหกรณ์ 3", 4, 6, 0),
    ("กลุ่มจัดตั้งฯ", 4, 5, 0),
    ("กลุ่มพัฒนาธุรกิจฯ", 3, 5, 0),
    ("กลุ่มบริหารการจัดการฯ", 5, 5, 0),
    ("ฝ่ายบริหารทั่วไป", 4, 6, 0),
    ("นิคมสหกรณ์ (สองแห่ง)", 4, 7, 3),
)
METER = {
    "title": "การมีส่วนร่วม",
    "subtitle": "เรื่อง แนวทางการส่งเสริมสหกรณ์ · นับถึง 10 ก.ค. 2566 · เหลือ 4 วันก่อนส่งรายงาน",
    "n": 36,
    "n_unit": 47,
    "count_text": "จาก 47 คน",
    "rate_text": "ร้อยละ 76.5",
    "tag": {"text": "อีก 2 คนจึงถึงร้อยละ 80", "kind": "due"},
    "goal": {"people": 38, "label": "เป้าหมาย 38 คน"},
    "caption": "นับคนไม่ซ้ำตามทะเบียน ณ วันนับ ไม่รวมแขก 3 คน",
    "empty": None,
    "units": {"title": "ตามกลุ่มงาน", "rows": [{"name": a, "n": b, "n_unit": c, "guests": d} for a, b, c, d in _UNITS]},
    "missing": {
        "title": "ยังไม่เข้าร่วม 11 คน",
        "columns": ["ชื่อ (สมมติ)", "กลุ่มงาน", "สถานะ"],
        "rows": [
            {"name": "ธนา ตัวอย่าง", "unit": "พัฒนาธุรกิจฯ", "status": "ลา", "kind": "plain"},
            {"name": "มาลี ตัวอย่าง", "unit": "ส่งเสริม 3", "status": "เรียนถึงบทที่ 4", "kind": "due"},
            {"name": "วิชัย ตัวอย่าง", "unit": "นิคมสหกรณ์", "status": "ยังไม่เริ่ม", "kind": "plain"},
        ],
    },
    "rule": {
        "title": "ดูเกณฑ์ที่ใช้นับ",
        "rows": [
            {"label": "วันนับ", "value": "10 ก.ค. 2566"},
            {"label": "ฐาน", "value": "คนในทะเบียน ณ วันนับ รวมผู้ลา 1 คน"},
            {"label": "ถือว่าเข้าร่วม", "value": "ลงชื่อในการประชุม หรือทำแบบทดสอบหลังเรียนครบ"},
        ],
    },
    "rows": {
        "title": "ดูรายชื่อ 47 คน",
        "columns": ["ชื่อ (สมมติ)", "กลุ่มงาน", "หลักฐาน"],
        "rows": [["กานดา ตัวอย่าง", "ส่งเสริม 1", "ลงชื่อ 3 ก.ค."], ["สมหมาย ตัวอย่าง", "ส่งเสริม 2", "แบบทดสอบ 5 ก.ค."]],
    },
}
_STATES = {"mastered": "แม่นแล้ว", "in_progress": "กำลังเรียน", "fading": "ควรทบทวน", "not_started": "ยังไม่เริ่ม"}
_LETTER = {"m": "mastered", "p": "in_progress", "f": "fading", ".": "not_started"}
_SECTIONS = (
    ("role", "บทบาทหน้าที่", "mmmmm", ""),
    ("practice", "แนวทางปฏิบัติงาน", "mmmmmmmpmmmppfmm..p...........", ""),
    ("prep", "ความพร้อมและเอกสาร", "mmfmp.mm...", ""),
    ("skills", "ทักษะ", "mm...", ""),
    ("cps", "ระบบ CPS", "mmmmpp.......", "ขออนุญาตสหกรณ์จังหวัดเป็นรายแห่งก่อนไปปฏิบัติงาน"),
    ("km", "การจัดการความรู้", ".......", ""),
)
MAP: dict[str, Any] = {
    **CITING,
    "title": "แผนที่ความรู้ 70 ข้อ",
    "legend": _STATES,
    "labels": {"details": "ดูรายข้อ"},
    "sections": [
        {
            "id": key,
            "title": title,
            "summary": f"{cells.count('m')} จาก {len(cells)} ข้อ",
            "cells": [
                {
                    "id": f"{key}.{i}",
                    "label": f"{key}.{i}",
                    "title": long or "ทำความเข้าใจข้อมูลและปัญหาของสหกรณ์ที่รับผิดชอบ",
                    "state": _LETTER[c],
                    "state_label": _STATES[_LETTER[c]],
                }
                for i, c in enumerate(cells, 1)
            ],
        }
        for key, title, cells, long in _SECTIONS
    ],
}
HOME = {
    "greeting": "สวัสดีค่ะ คุณกานดา",
    "summary": "เรียนไปแล้ว 31 จาก 70 ข้อ · เหลือเวลาเรียนประมาณ 3 ชั่วโมง 20 นาที",
    "step": {
        "title": "ขั้นต่อไปของคุณ",
        "heading": "บทที่ 5 · ระบบ CPS: สองระดับแผน สองด่านอนุมัติ",
        "detail": "ค้างไว้ที่เรื่อง “ขออนุญาตก่อนลงพื้นที่” ใช้เวลาอีกราว 8 นาที",
        "action": {"label": "เรียนต่อ", "href": "lessons/05"},
    },
    "cards": [
        {
            "title": "ทบทวนวันนี้",
            "text": "เรื่องที่เริ่มเลือน: สอบทานหนี้ หุ้น เงินฝาก · กำหนด 90 วัน · วาระประชุมประจำเดือน",
            "tag": "6 ข้อ",
            "action": {"label": "ทบทวน 4 นาที", "href": "review"},
        }
    ],
}
MENU_FORMS = [
    {
        "id": "cps-practice",
        "title": "ฝึกระบบ CPS",
        "description": "ตอบแล้วรู้ผลทันที พร้อมเหตุผลและข้อในคู่มือ",
        "facts": ["10 ข้อ", "ราว 12 นาที", "ทำซ้ำได้"],
        "state": "ทำถึงข้อ 4 จาก 10",
        "action": {"id": "open:cps-practice", "label": "ทำต่อ", "primary": True},
        "tag": "ค้างไว้",
    },
    {
        "id": "cps-exam",
        "title": "สอบหลังเรียน ระบบ CPS",
        "description": "รู้ผลเมื่อส่งครบทั้งชุด",
        "facts": ["20 ข้อ", "30 นาที", "ผ่านที่ร้อยละ 80"],
        "state": "ยังไม่ได้ทำ",
        "action": {"id": "open:cps-exam", "label": "เริ่มสอบ", "primary": False},
        "tag": "",
    },
]
MENU = {
    "heading": "แบบทดสอบ",
    "intro": "เลือกชุดที่อยากทำ หยุดเมื่อไรก็กลับมาทำต่อที่เดิมได้",
    "groups": [{"id": "cps-cycle", "title": "บทที่ 5 · ระบบ CPS", "note": "2 ชุด", "is_open": True, "forms": MENU_FORMS}],
}
MENU_GROUPS = {
    **MENU,
    "groups": [
        *MENU["groups"],
        {"id": "more", "title": "ชุดอื่น", "note": "1 ชุด", "is_open": False, "forms": MENU_FORMS[:1]},
    ],
}
COURSE = {
    "title": "เส้นทางการเรียน",
    "states": {"done": "เสร็จแล้ว", "begun": "กำลังเรียน", "waiting": "ยังไม่เริ่ม"},
    "labels": {"next": "ขั้นต่อไป", "done": "เสร็จแล้ว"},
    "more": {"label": "แบบทดสอบอื่น 6 ชุด", "href": "/quiz"},
    "rows": [
        {
            "id": "before",
            "title": "แบบทดสอบก่อนเรียน",
            "note": "ครั้งล่าสุดได้ร้อยละ 40",
            "state": "done",
            "is_next": False,
            "links": [{"label": "ดูผล", "name": "ดูผล: แบบทดสอบก่อนเรียน", "href": "/quiz?form=before", "is_done": True}],
        },
        {
            "id": "cps-cycle",
            "title": "บทที่ 5 · ระบบ CPS: สองระดับแผน สองด่านอนุมัติ",
            "note": "ตอบแล้ว 4 จาก 10 ข้อ ใช้เวลาอีกราว 15 นาที",
            "state": "begun",
            "is_next": True,
            "links": [
                {"label": "บทเรียน", "name": "บทเรียน: บทที่ 5", "href": "/lessons/cps-cycle", "is_done": False},
                {"label": "แบบฝึก", "name": "แบบฝึก: บทที่ 5", "href": "/quiz?form=cps-practice", "is_done": True},
                {"label": "สอบ", "name": "สอบ: บทที่ 5", "href": "/quiz?form=cps-exam", "is_done": False},
            ],
        },
    ],
}
RECAP = {
    "title": "บัตรสรุป: ระบบ CPS",
    "points": [
        {
            "text": "ขออนุญาตสหกรณ์จังหวัดก่อนไป แยกเป็นรายแห่ง",
            "cited": {"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ขออนุญาตก่อนลงพื้นที่"},
        },
        {
            "text": "รายงานผลในระบบ CPS แล้วเสนออนุมัติ",
            "cited": {"id": "cps.3.2", "label": "ข้อ 3.2 ของระบบ CPS", "title": "รายงานผล"},
        },
    ],
    "this_week": ["เปิดรายงานครั้งก่อนของสหกรณ์หนึ่งแห่ง", "เขียนวัตถุประสงค์ที่ตรวจผลได้หนึ่งข้อ"],
    "labels": {"this_week": "สัปดาห์นี้ลองทำ", "print": "พิมพ์บัตรสรุปหน้านี้"},
    **CITING,
}
RESULT = {
    "heading": "ผลของชุดฝึกระบบ CPS",
    "score_text": "ถูก 7 จาก 10 ข้อ",
    "tag": {"text": "อีก 1 ข้อจึงถึงเกณฑ์", "kind": "due"},
    "rows": [
        {
            "n": 1,
            "title": "เช้าวันนัดคำขออนุญาตยังไม่ลงนาม",
            "verdict": "wrong",
            "verdict_label": "ยังไม่ถูก",
            "cited": {"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ข้อหนึ่งของคู่มือ"},
        },
        {
            "n": 2,
            "title": "งานที่ต้องเสร็จก่อนขออนุญาต",
            "verdict": "partly",
            "verdict_label": "ถูกบางส่วน",
            "cited": {"id": "cps.1.2.3", "label": "ข้อ 1.2.3", "title": "ข้อหนึ่งของคู่มือ"},
        },
        {
            "n": 3,
            "title": "ลำดับของการเข้าปฏิบัติงานหนึ่งครั้ง",
            "verdict": "right",
            "verdict_label": "ถูกต้อง",
            "cited": {"id": "cps.2.3", "label": "ข้อ 2.3", "title": "ข้อหนึ่งของคู่มือ"},
        },
        {
            "n": 10,
            "title": "ผู้อนุมัติรายงานผล",
            "verdict": "blank",
            "verdict_label": "ไม่ได้ตอบ",
            "cited": {"id": "cps.3.3", "label": "ข้อ 3.3", "title": "ข้อหนึ่งของคู่มือ"},
        },
    ],
    "actions": [
        {"id": "again", "label": "ฝึกข้อที่พลาด", "primary": True, "disabled": False},
        {"id": "menu", "label": "กลับไปหน้าแบบทดสอบ", "primary": False, "disabled": False},
    ],
}
_PHASE_CLAUSES = [
    {"id": "cps.2.1", "label": "ข้อ 2.1", "title": "ปฏิทินรายสัปดาห์และรายเดือน"},
    {"id": "cps.2.3", "label": "ข้อ 2.3", "title": "ขออนุญาตก่อนไปเป็นรายแห่ง"},
]
CYCLE: dict[str, Any] = {
    **CITING,
    "title": "วงจร CPS",
    "note": "ภาพในคู่มือมีชื่อสี่ช่วง ส่วนการจัดข้อเข้าช่วงเป็นการตีความของชุดฝึก",
    "phases": [
        {
            "id": "plan",
            "label": "วางแผน",
            "en": "Planning",
            "text": "รู้จักสหกรณ์เป้าหมาย กำหนดประเด็น ทำปฏิทิน และขออนุญาตเป็นรายแห่ง",
            "clauses": _PHASE_CLAUSES,
        },
        {
            "id": "promote",
            "label": "ส่งเสริม",
            "en": "Promotion",
            "text": "ปฏิบัติงานตามแผนที่ได้รับอนุญาต",
            "clauses": _PHASE_CLAUSES[:1],
        },
        {
            "id": "check",
            "label": "ตรวจสอบและรายงาน",
            "en": "Checking and reporting",
            "text": "สรุปผล รายงาน และติดตามข้อที่ตกลงกัน",
            "clauses": _PHASE_CLAUSES,
        },
        {
            "id": "develop",
            "label": "พัฒนา",
            "en": "Development",
            "text": "นำปัญหาที่พบกลับเข้าแผนรอบใหม่ และแลกเปลี่ยนความรู้กัน",
            "clauses": [],
        },
    ],
}
TIMELINE: dict[str, Any] = {
    **CITING,
    "title": "หกขั้น สองด่าน",
    "intro": "กดแต่ละขั้นเพื่ออ่านว่าต้องทำอะไร ใครเป็นผู้ทำ",
    "steps": [
        {
            "id": "draft",
            "label": "ร่าง",
            "clause": "",
            "gate": False,
            "text": "เขียนว่าจะไปแห่งใด เรื่องใด อยากได้ผลอะไร",
            "who": "เจ้าหน้าที่ผู้รับผิดชอบ",
        },
        {
            "id": "permit",
            "label": "ขออนุญาต",
            "clause": "ข้อ 2.3",
            "cited": {"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ขออนุญาตก่อนไปเป็นรายแห่ง"},
            "gate": True,
            "text": "เสนอเป็นรายแห่งก่อนวันเข้า และรอคำอนุญาตก่อนออกเดินทาง",
            "who": "สหกรณ์จังหวัดเป็นผู้อนุญาต",
        },
        {
            "id": "visit",
            "label": "ปฏิบัติงาน",
            "clause": "ข้อ 3.1",
            "gate": False,
            "text": "ทำตามแผนที่ได้รับอนุญาต หากต้องเปลี่ยนให้จดเหตุผลไว้",
            "who": "เจ้าหน้าที่ผู้รับผิดชอบ",
        },
        {
            "id": "report",
            "label": "สรุปรายงาน",
            "clause": "ข้อ 3.2",
            "gate": False,
            "text": "สรุปผลและรายงานในระบบ CPS",
            "who": "เจ้าหน้าที่ผู้รับผิดชอบ",
        },
        {
            "id": "approve",
            "label": "อนุมัติรายงาน",
            "clause": "ข้อ 3.3",
            "gate": True,
            "text": "ด่านที่สองปิดรอบการเข้าปฏิบัติงาน",
            "who": "สหกรณ์จังหวัดเป็นผู้อนุมัติ",
        },
        {
            "id": "develop",
            "label": "พัฒนาต่อ",
            "clause": "",
            "gate": False,
            "text": "เรื่องที่ค้างไปอยู่ในแผนรอบหน้า",
            "who": "ทั้งกลุ่มงาน",
        },
    ],
    "labels": {
        "gate": "ด่าน",
        "who": "ผู้ทำ:",
        "day": "{n} ก.ค. 2566",
        "in_order": "ลำดับนี้ผ่านทั้งสองด่าน",
        "not_scored": "ลองเล่นได้ ไม่คิดคะแนน",
        "earlier": "เร็วขึ้นหนึ่งวัน",
        "later": "ช้าลงหนึ่งวัน",
        "reset": "เริ่มใหม่",
    },
    "scenario": {
        "title": "ลองเลื่อนวัน แล้วดูว่าลำดับใดเสีย",
        "note": "เดือนและสหกรณ์เป็นเรื่องสมมติ",
        "fields": [
            {"id": "requested", "label": "วันที่ขออนุญาต", "value": 10, "min": 1, "max": 28},
            {"id": "permitted", "label": "วันที่ได้รับอนุญาต", "value": 12, "min": 1, "max": 28},
            {"id": "visit", "label": "วันที่เข้าปฏิบัติงาน", "value": 14, "min": 1, "max": 28},
            {"id": "submitted", "label": "วันที่ส่งรายงาน", "value": 18, "min": 1, "max": 28},
            {"id": "approved", "label": "วันที่อนุมัติรายงาน", "value": 20, "min": 1, "max": 28},
        ],
    },
    "rules": [
        {"id": "r26", "if_after": ["requested", "visit"], "or_equal": True, "text": "ต้องขออนุญาตก่อนวันเข้า (ข้อ 2.3)"},
        {"id": "r27", "if_after": ["permitted", "visit"], "text": "เข้าปฏิบัติงานก่อนได้รับอนุญาต (ข้อ 2.3)"},
        {"id": "order", "if_after": ["visit", "submitted"], "text": "รายงานผลก่อนเข้าปฏิบัติงานไม่ได้ (ข้อ 3.2)"},
    ],
}
HANDBOOK = {
    "title": "คู่มือ",
    "intro": "สรุปเป็นถ้อยคำของชุดฝึก 70 ข้อ กดที่ข้อเพื่ออ่าน",
    "is_below": False,
    "labels": {
        "search": "ค้นหาในคู่มือและอภิธานศัพท์",
        "hint": "พิมพ์คำ หรือเลขข้อ",
        "clauses": "ข้อในคู่มือ",
        "glossary": "อภิธานศัพท์",
        "notes": "หมายเหตุบรรณาธิการ",
        "searching": "กำลังค้นหา…",
        "failed": "ยังค้นหาไม่ได้",
    },
    "context": [
        {"id": "preface.0", "title": "เหตุที่เลือกเรื่องนี้", "summary": "เพื่อนร่วมงานใหม่ยังขาดประสบการณ์", "notes": ["อ่านว่าสหกรณ์"]}
    ],
    "sections": [
        {
            "id": "cps",
            "title": "ระบบการส่งเสริมสหกรณ์ (CPS)",
            "count": "13 ข้อ",
            "page": "คู่มือหน้า 7–10 (ช่วงหน้าโดยประมาณ)",
            "context": [
                {"id": "cps.0", "title": "ระบบ CPS คืออะไร", "summary": "วิธีทำงานกับสหกรณ์แบบมีส่วนร่วม", "notes": []}
            ],
            "clauses": [
                {
                    "id": "cps.2",
                    "label": "ข้อ 2 ของระบบ CPS",
                    "number": "2",
                    "title": "แผนเข้าปฏิบัติงาน",
                    "is_heading": True,
                },
                {
                    "id": "cps.2.3",
                    "label": "ข้อ 2.3 ของระบบ CPS",
                    "number": "2.3",
                    "title": "ขออนุญาตสหกรณ์จังหวัดก่อนไปปฏิบัติงานเป็นรายแห่ง",
                    "is_heading": False,
                },
            ],
        }
    ],
    "terms": [
        {
            "id": "provincial-officer",
            "th": "สหกรณ์จังหวัด",
            "en": "Provincial Cooperative Officer",
            "note": "หมายถึงตัวบุคคล",
            "tag": {"text": "ควรตรวจสอบกับกฎหมายฉบับปัจจุบัน", "kind": "due"},
            "see": [{"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS"}, {"id": "cps.3.3", "label": "ข้อ 3.3 ของระบบ CPS"}],
        },
        {"id": "board", "th": "คณะกรรมการดำเนินการ", "en": "board of directors", "note": "", "tag": None, "see": []},
    ],
    "found": None,
    **CITING,
}

RECORD_EMPTY = {
    "heading": "บันทึกการเรียน",
    "who": {
        "name": "กานดา ตัวอย่าง",
        "facts": [
            {"label": "รหัสเจ้าหน้าที่", "text": "A001", "is_own": True},
            {"label": "กลุ่มงาน", "text": "กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์", "is_own": True},
            {"label": "ข้อมูล ณ วันที่", "text": "10 ก.ค. 2566", "is_own": False},
        ],
    },
    "empty": "ข้อมูลยังไม่พอ บันทึกจะเริ่มเมื่อคุณตอบคำถามแรก",
    "action": {"label": "เริ่มเรียน", "href": "/home"},
}
RECORD = {
    **RECORD_EMPTY,
    "empty": "",
    "action": None,
    "labels": {"print": "พิมพ์หน้านี้"},
    "clauses": {
        "title": "ความรู้ตามคู่มือ",
        "summary": "แม่นแล้ว 4 · กำลังเรียน 2 · ยังไม่เริ่ม 12 จากทั้งหมด 18 ข้อ",
        "rule": {"title": "“แม่นแล้ว” นับอย่างไร", "text": "ตอบถูกเต็มคะแนนในสองคำถามที่ต่างกัน"},
        "sections": [
            {
                "id": "cps",
                "title": "ระบบการส่งเสริมสหกรณ์ (CPS)",
                "n": {"mastered": 4, "in_progress": 2, "not_started": 7},
                "counts": "แม่นแล้ว 4 · กำลังเรียน 2 · ยังไม่เริ่ม 7 จากทั้งหมด 13 ข้อ",
                "details": "ดูรายข้อ",
                "lists": [
                    {
                        "label": "แม่นแล้ว",
                        "cited": [
                            {"id": "cps.1.1.1", "label": "ข้อ 1.1.1 ของระบบ CPS", "title": "สัมมนา"},
                            {"id": "cps.2.3", "label": "ข้อ 2.3 ของระบบ CPS", "title": "ขออนุญาต"},
                        ],
                    }
                ],
            },
            {
                "id": "role",
                "title": "บทบาทหน้าที่",
                "n": {"mastered": 0, "in_progress": 0, "not_started": 5},
                "counts": "ข้อมูลยังไม่พอ ยังไม่เริ่มทั้ง 5 ข้อ",
                "details": "ดูรายข้อ",
                "lists": [],
            },
        ],
    },
    "blocks": [
        {
            "id": "lessons",
            "title": "บทเรียน",
            "empty": "",
            "rows": [
                {
                    "title": "บทที่ 5 · ระบบ CPS: สองระดับแผน สองด่านอนุมัติ",
                    "facts": ["ตอบแล้ว 10 จาก 10 ข้อ", "เรียนจบเมื่อ 9 ก.ค. 2566"],
                    "tag": {"text": "เสร็จแล้ว", "kind": "good"},
                }
            ],
        },
        {"id": "quizzes", "title": "แบบทดสอบ", "empty": "ยังไม่มีแบบทดสอบในชุดฝึกนี้", "rows": []},
    ],
}

CERTIFICATE = {
    "office": "สำนักงานสหกรณ์จังหวัดสมมติ",
    "heading": "เกียรติบัตรผ่านหลักสูตร",
    "name": "กานดา สมมติ",
    "lines": ["เรียนครบ 8 บทของชุดฝึกอบรมระบบส่งเสริมสหกรณ์ และผ่านสอบปลายหลักสูตร", "เมื่อวันที่ 9 ก.ค. 2566"],
    "code": "ABCD-EFGH-IJKL-MNOP",
    "code_label": "รหัสตรวจสอบ",
    "note": "ตรวจสอบได้ที่สำนักงานที่ออกให้ โดยไม่ต้องใช้อินเทอร์เน็ต",
}
NEEDS = {
    "heading": "เกียรติบัตรผ่านหลักสูตร",
    "intro": "จะได้เมื่อครบสองอย่างนี้",
    "rows": [
        {"text": "เรียนให้ครบทุกบท", "is_done": True, "state": "จบแล้ว 8 จาก 8 บท"},
        {"text": "ผ่านสอบปลายหลักสูตร", "is_done": False, "state": "ยังไม่ผ่าน"},
    ],
    "action": {"label": "ไปสอบ", "href": "/quiz?form=final-exam"},
}

WIDGETS: list[tuple[str, str, dict[str, Any], str | None]] = [
    ("clause", "clause_card", {"clause": CLAUSE, "empty": "", **CITING}, None),
    ("clause-none", "clause_card", {"clause": None, "empty": "ชุดฝึกไม่มีข้อนี้ในคู่มือ", **CITING}, None),
    ("handbook", "handbook_view", HANDBOOK, "[data-key='section:cps'] > summary"),
    ("handbook-glossary", "handbook_view", HANDBOOK, "[data-key='tab:glossary']"),
    ("meter", "participation_meter", {"meter": METER}, "[data-key=rule] summary"),
    (
        "meter-reached",
        "participation_meter",
        {
            "meter": {
                **METER,
                "n": 47,
                "n_unit": 47,
                "count_text": "จาก 47 คน",
                "rate_text": "ร้อยละ 100",
                "tag": {"text": "ถึงเป้าหมายแล้ว", "kind": "good"},
                "goal": {"people": 45, "label": "เป้าหมาย 45 คน"},
            }
        },
        None,
    ),
    (
        "meter-empty",
        "participation_meter",
        {"meter": {**METER, "n": 0, "n_unit": 0, "empty": "ยังไม่มีทะเบียนบุคลากร นำเข้าทะเบียนก่อน แล้วระบบจะเริ่มนับให้"}},
        None,
    ),
    ("map", "progress_map", MAP, None),
    ("map-open", "progress_map", MAP, "details > summary"),
    ("home", "next_step", HOME, None),
    ("home-done", "next_step", {**HOME, "step": None}, None),
    ("menu", "quiz_menu", MENU, None),
    ("menu-groups", "quiz_menu", MENU_GROUPS, "[data-key='group:more'] > summary"),
    ("course", "course_path", COURSE, None),
    ("certificate", "certificate_card", {"certificate": CERTIFICATE, "labels": {"print": "พิมพ์เกียรติบัตร"}}, None),
    ("certificate-needs", "certificate_card", {"missing": NEEDS, "labels": {}}, None),
    ("recap", "recap_card", RECAP, None),
    ("result", "result_card", RESULT, None),
    ("notice", "notice", {"text": "ยังไม่มีข้อที่ต้องทบทวนวันนี้", "kind": "plain"}, None),
    ("notice-bad", "notice", {"text": "เปิดแบบทดสอบนี้ไม่ได้\nแจ้งผู้ดูแลระบบให้ตรวจชุดข้อสอบ แล้วลองอีกครั้ง", "kind": "bad"}, None),
    (
        "notice-with-a-way-on",
        "notice",
        {"text": "หมดเวลาการเข้าสู่ระบบ", "kind": "due", "action": {"label": "เข้าสู่ระบบอีกครั้ง", "href": "/sign-in"}},
        None,
    ),
    ("record", "record_card", RECORD, "[data-key='section:cps'] > summary"),
    ("record-empty", "record_card", RECORD_EMPTY, None),
    ("cycle", "cycle_diagram", CYCLE, None),
    ("cycle-third", "cycle_diagram", CYCLE, ".cps-q3"),
    ("timeline", "gate_timeline", TIMELINE, ".cps-gates li:nth-child(2) button"),
    (
        "timeline-broken",
        "gate_timeline",
        {
            **TIMELINE,
            "scenario": {
                **TIMELINE["scenario"],
                "fields": [
                    {**f, "value": 17} if f["id"] in ("requested", "permitted") else f
                    for f in TIMELINE["scenario"]["fields"]
                ],
            },
        },
        None,
    ),
]
WIDGETS += trainer_samples.WIDGETS
