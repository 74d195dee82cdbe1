"""Fictional Thai items of every interaction beyond the first three, with feedback and a given response for each."""

from __future__ import annotations

from typing import Any

from tests.views.samples import CLAUSE, LABELS

LABELS |= {
    "choose_both": "โปรดเลือกทั้งคำตอบและเหตุผล",
    "choose_certainty": "โปรดเลือกว่ามั่นใจแค่ไหนก่อนส่ง",
    "try_again": "ลองอีกครั้ง",
    "date_hint": "พิมพ์เช่น 14 ก.ค. 2566 หรือ 14/7/2566",
    "letters_left": "เหลืออีก {n} ตัวอักษร",
    "gap": "ช่องที่ {n}",
    "choose_target": "เลือกคำตอบ",
    "marked": "ทำเครื่องหมายแล้ว",
}


def _options(**texts: str) -> list[dict[str, str]]:
    return [{"id": name, "text": text} for name, text in texts.items()]


REASON = {
    "item": "q-reason",
    "interaction": "choose_reason",
    "stem": "หัวหน้ากลุ่มอนุญาตทางโทรศัพท์แล้ว เจ้าหน้าที่จึงเข้าสหกรณ์ได้โดยไม่ต้องรอคำขออนุญาต",
    "instruction": "เลือกว่าจริงหรือไม่ แล้วเลือกเหตุผล",
    "scoring_note": "ได้คะแนนเต็มเมื่อคำตอบและเหตุผลถูกทั้งคู่",
    "options": _options(t="จริง", f="ไม่จริง"),
    "reason_label": "เพราะ",
    "reasons": _options(
        y1="ผู้อนุญาตคือสหกรณ์จังหวัด และต้องได้รับเป็นรายแห่งก่อนวันเข้า",
        y2="หัวหน้ากลุ่มรับผิดชอบแผนของกลุ่มอยู่แล้ว",
        y3="โทรศัพท์ไม่มีหลักฐาน จึงต้องส่งอีเมลแทน",
    ),
}
MATCH = {
    "item": "q-match",
    "interaction": "match",
    "stem": "เรื่องต่อไปนี้ควรประสานหน่วยใด",
    "instruction": "เลือกหน่วยให้ครบทุกแถว หน่วยหนึ่งใช้ได้หลายครั้ง",
    "scoring_note": "ได้คะแนนตามจำนวนแถวที่ถูก",
    "prompts": _options(
        p1="สมาชิกร้องเรียนว่ายอดหุ้นในสมุดไม่ตรงกับทะเบียนของสหกรณ์",
        p2="ปิดบัญชีไม่ได้มาแล้วสองปี",
        p3="แหล่งน้ำของนิคมตื้นเขิน",
    ),
    "options": _options(
        u1="สำนักงานตรวจบัญชีสหกรณ์จังหวัด",
        u2="กลุ่มตรวจการสหกรณ์",
        u3="นิคมสหกรณ์ร่วมกับองค์กรปกครองส่วนท้องถิ่นในพื้นที่",
    ),
}
SORT = {
    "item": "q-sort",
    "interaction": "sort",
    "stem": "งานใดทำก่อนเข้า งานใดทำวันเข้า งานใดทำหลังเข้าสหกรณ์",
    "instruction": "เลือกช่วงของแต่ละงาน",
    "scoring_note": "",
    "prompts": _options(
        s1="อ่านรายงานประชุมครั้งก่อน",
        s2="สรุปผลและรายงานในระบบ CPS",
        s3="สอบทานหนี้กับสมาชิกที่มาประชุม",
        s4="ขออนุญาตสหกรณ์จังหวัดเป็นรายแห่ง",
    ),
    "options": _options(b1="ก่อนเข้า", b2="วันเข้าปฏิบัติงาน", b3="หลังเข้า"),
}
NUMBER = {
    "item": "q-number",
    "interaction": "number",
    "stem": "ทะเบียนบุคลากรมี 47 คน ต้องมีผู้เข้าร่วมอย่างน้อยกี่คนจึงถึงร้อยละ 80",
    "instruction": "พิมพ์ตัวเลข",
    "scoring_note": "",
    "unit": "คน",
    "kind": "number",
}
DATE = {
    "item": "q-date",
    "interaction": "number",
    "stem": "สหกรณ์ปิดบัญชีวันที่ 31 มี.ค. 2566 ต้องประชุมใหญ่สามัญภายในวันใด (150 วัน)",
    "instruction": "พิมพ์วันที่",
    "scoring_note": "",
    "unit": "",
    "kind": "date",
}
LINE = {
    "item": "q-line",
    "interaction": "text",
    "stem": "ผู้อนุญาตให้เข้าปฏิบัติงานในสหกรณ์แต่ละแห่งคือใคร",
    "instruction": "พิมพ์คำตอบสั้น ๆ",
    "scoring_note": "",
    "rows": 1,
    "most": 60,
}
ESSAY = {
    "item": "q-essay",
    "interaction": "text",
    "stem": "เขียนวัตถุประสงค์ของการเข้าสหกรณ์การเกษตรทุ่งสาธิต จำกัด (สมมติ) ครั้งหน้า พร้อมเหตุผล",
    "instruction": "3–5 บรรทัด",
    "scoring_note": "ผู้สอนเป็นผู้ตรวจ",
    "rows": 6,
    "most": 1200,
}
CLOZE = {
    "item": "q-cloze",
    "interaction": "cloze",
    "stem": "เติมบันทึกให้ครบ",
    "instruction": "เลือกหรือพิมพ์ในช่องว่าง",
    "scoring_note": "",
    "segments": [
        {"text": "ก่อนออกปฏิบัติงาน ต้องขออนุญาตจาก "},
        {
            "gap": "g1",
            "label": "",
            "options": _options(
                c1="สหกรณ์จังหวัด", c2="ประธานกรรมการ", c3="ผู้อำนวยการกลุ่มส่งเสริมและพัฒนาการบริหารการจัดการสหกรณ์"
            ),
        },
        {"text": " เป็นราย"},
        {"gap": "g2", "label": "", "most": 20},
        {"text": " และหลังปฏิบัติงานต้องรายงานผลในระบบ "},
        {"gap": "g3", "label": "", "most": 20},
        {"text": " ทุกครั้ง"},
    ],
}
LINES = {
    "item": "q-lines",
    "interaction": "mark_lines",
    "stem": "ทำเครื่องหมายบรรทัดที่มีปัญหาในรายงานการประชุมนี้",
    "instruction": "กดบรรทัดที่มีปัญหา กดอีกครั้งเพื่อยกเลิก",
    "scoring_note": "ทำเครื่องหมายเกินจะถูกหัก",
    "document": "รายงานการประชุมคณะกรรมการ สหกรณ์การเกษตรทุ่งสาธิต จำกัด (สมมติ) ครั้งที่ 4/2566",
    "options": _options(
        l1="ผู้มาประชุม 5 คน จากกรรมการทั้งหมด 11 คน",
        l2="ประธานเปิดประชุมเวลา 09.30 น. แจ้งวาระให้ทราบ",
        l3="ที่ประชุมมีมติให้สมาชิกกู้เงินเกินวงเงินกู้ยืมที่นายทะเบียนเห็นชอบ เพราะสมาชิกเดือดร้อนและต้องการใช้เงินโดยเร็ว",
        l4="เลขานุการอ่านรายงานการประชุมครั้งก่อน",
        l5="ปิดประชุมเวลา 12.00 น.",
    ),
}
SCALE = {
    "item": "q-scale",
    "interaction": "scale",
    "stem": "ฉันมั่นใจว่าขออนุญาตเข้าสหกรณ์ได้ถูกขั้นตอน",
    "instruction": "เลือกข้อที่ตรงกับคุณที่สุด ไม่มีถูกผิด",
    "scoring_note": "",
    "options": _options(k1="ไม่เห็นด้วยอย่างยิ่ง", k2="ไม่เห็นด้วย", k3="เฉย ๆ", k4="เห็นด้วย", k5="เห็นด้วยอย่างยิ่ง"),
}


def _feedback(verdict: str, options: dict[str, tuple[str, str, str]], **more: Any) -> dict[str, Any]:
    labels = {"right": "ถูกต้อง", "wrong": "ยังไม่ถูก", "partly": "ถูกบางส่วน", "waiting": "รอตรวจ", "noted": "บันทึกไว้แล้ว"}
    return {
        "verdict": verdict,
        "verdict_label": labels[verdict],
        "critical_label": "",
        "headline": "รักษาลำดับของสองด่าน",
        "correct_text": "",
        "explanation": "ด่านแรกอยู่ก่อนเข้า ด่านที่สองอยู่หลังรายงาน ทุกขั้นมีวันที่ให้ตรวจย้อนหลังได้",
        "score_label": "",
        "options": {
            name: {"mark": mark, "label": label, "rationale": why} for name, (mark, label, why) in options.items()
        },
        "order": None,
        "clauses": [CLAUSE],
        **more,
    }


ITEMS = {
    "choose_reason": REASON,
    "match": MATCH,
    "sort": SORT,
    "number": NUMBER,
    "date": DATE,
    "line": LINE,
    "essay": ESSAY,
    "cloze": CLOZE,
    "mark_lines": LINES,
    "scale": SCALE,
}
FEEDBACK = {
    "choose_reason": _feedback(
        "partly",
        {
            "f": ("right", "คำตอบของคุณ ถูกต้อง", ""),
            "y1": ("right", "เหตุผลที่ถูก", "สหกรณ์จังหวัดอนุญาตเป็นรายแห่ง"),
            "y3": ("wrong", "เหตุผลของคุณ", "ช่องทางที่ส่งไม่ใช่ประเด็น"),
        },
        score_label="ได้ร้อยละ 50 ของคะแนนข้อนี้",
    ),
    "match": _feedback(
        "partly",
        {
            "p1": ("right", "ถูก", ""),
            "p2": ("wrong", "ที่ถูกคือ สำนักงานตรวจบัญชีสหกรณ์จังหวัด", "การปิดบัญชีเป็นงานที่ผู้สอบบัญชีให้คำแนะนำ"),
            "p3": ("missed", "ไม่ได้เลือก ที่ถูกคือ นิคมสหกรณ์ร่วมกับองค์กรปกครองส่วนท้องถิ่นในพื้นที่", ""),
        },
        score_label="ได้ร้อยละ 33 ของคะแนนข้อนี้",
    ),
    "sort": _feedback(
        "partly",
        {
            "s1": ("right", "ถูก", ""),
            "s2": ("wrong", "ที่ถูกคือ หลังเข้า", "รายงานได้เมื่อมีผลแล้ว"),
            "s3": ("right", "ถูก", ""),
            "s4": ("missed", "ไม่ได้เลือก ที่ถูกคือ ก่อนเข้า", ""),
        },
    ),
    "number": _feedback(
        "wrong",
        {"answer": ("wrong", "คำตอบของคุณ", "ร้อยละ 80 ของ 47 คือ 37.6 คน ต้องปัดขึ้น")},
        correct_text="38 คน",
        critical_label="ข้อผิดพลาดร้ายแรง ข้อนี้ทำให้ไม่ผ่านทั้งชุด",
    ),
    "date": _feedback("right", {"answer": ("right", "คำตอบของคุณ ถูกต้อง", "")}, correct_text="28 ส.ค. 2566"),
    "line": _feedback("wrong", {"answer": ("wrong", "คำตอบของคุณ", "")}, correct_text="สหกรณ์จังหวัด"),
    "essay": _feedback("waiting", {}, headline="", explanation="ผู้สอนจะตรวจและแจ้งผลในหน้าผลของฉัน", clauses=[]),
    "cloze": _feedback(
        "partly",
        {
            "g1": ("wrong", "ที่ถูกคือ สหกรณ์จังหวัด", "กลุ่มไม่มีอำนาจอนุญาต"),
            "g2": ("right", "ถูก", ""),
            "g3": ("missed", "ไม่ได้ตอบ ที่ถูกคือ CPS", ""),
        },
    ),
    "mark_lines": _feedback(
        "partly",
        {
            "l1": ("missed", "มีปัญหา แต่ไม่ได้ทำเครื่องหมาย", "ไม่ครบองค์ประชุม"),
            "l2": ("wrong", "บรรทัดนี้ไม่มีปัญหา", ""),
            "l3": ("right", "พบปัญหา", "กู้เกินวงเงินที่นายทะเบียนเห็นชอบไม่ได้"),
        },
        critical_label="ข้อผิดพลาดร้ายแรง",
        score_label="ได้ร้อยละ 40 ของคะแนนข้อนี้",
    ),
    "scale": _feedback("noted", {}, headline="", explanation="ขอบคุณ คำตอบนี้ไม่มีคะแนน", clauses=[]),
}
GIVEN: dict[str, Any] = {
    "choose_reason": {"choice": "f", "reason": "y3"},
    "match": {"pairs": {"p1": "u2", "p2": "u2"}},
    "sort": {"pairs": {"s1": "b1", "s2": "b2", "s3": "b2"}},
    "number": {"number": "๓๗"},
    "date": {"number": "28 ส.ค. 2566"},
    "line": {"text": "หัวหน้ากลุ่มส่งเสริมสหกรณ์ที่รับผิดชอบ"},
    "essay": {"text": "เพื่อสอบทานหนี้ค้างชำระกับสมาชิก 20 ราย เพราะงบเดือนก่อนหนี้ค้างเพิ่มขึ้น\nและติดตามมติที่ให้แต่งตั้งผู้ตรวจสอบกิจการ"},
    "cloze": {"gaps": {"g1": "c3", "g2": "แห่ง"}},
    "mark_lines": {"choices": ["l2", "l3"]},
    "scale": {"choice": "k4"},
}
NUDGE = {
    "verdict": "wrong",
    "title": "ยังไม่ถูก",
    "text": "ลองนึกว่าใครเป็นผู้ลงนามอนุญาตก่อนวันเข้า",
    "note": "ลองได้อีก 1 ครั้ง คะแนนข้อนี้เหลือไม่เกินร้อยละ 67",
}
CERTAINTY = {
    "legend": "คุณมั่นใจในคำตอบนี้แค่ไหน",
    "levels": [
        {"value": 1, "label": "ไม่มั่นใจ", "note": "ถูกได้ 1 ผิดไม่เสีย"},
        {"value": 2, "label": "ค่อนข้างมั่นใจ", "note": "ถูกได้ 2 ผิดเสีย 1"},
        {"value": 3, "label": "มั่นใจมาก", "note": "ถูกได้ 3 ผิดเสีย 3"},
    ],
    "chosen": None,
}
CLOCK = {
    "seconds": 754,
    "label": "เหลือเวลา {time}",
    "warn_label": "เหลือเวลาอีก {n} นาที",
    "over_label": "หมดเวลาแล้ว ระบบกำลังส่งคำตอบที่บันทึกไว้",
}
