"""Thai words for the fields of items: asked by `new item`, above the columns of a workbook, in the schemas. Data only.

Keyed by `Model.field`, else by `field` for every model that has it. A field without words is shown by its own name, and a test says so.
"""

from __future__ import annotations

ITEM_WORDS: dict[str, str] = {
    "id": "รหัส ใช้ a–z 0–9 และขีดกลาง",
    "type": "ชนิดข้อ",
    "clauses": "ข้อของคู่มือที่วัด 1–4 ข้อ ข้อที่ตรงที่สุดอยู่แรก",
    "bloom": "ระดับการเรียนรู้ของ Bloom",
    "difficulty": "ความยากที่คาด เว้นว่างให้คิดจากระดับ Bloom",
    "evidence": "หลักฐาน H คู่มือ หรือ S แหล่งอื่นที่บอกชื่อ",
    "stem": "โจทย์",
    "headline": "หัวข้อเฉลย สั้น ๆ",
    "explanation": "คำอธิบายเฉลย",
    "hints": "คำใบ้ บอกทีละข้อหลังตอบผิด",
    "replaces": "ใช้แทนของที่มากับชุดฝึกซึ่งมีรหัสเดียวกัน (เฉพาะเนื้อหาของสำนักงาน)",
    "order": "ลำดับที่ในคลัง เว้นว่างคือต่อท้าย",
    "name": "ชื่อค่า อังกฤษตัวเล็ก เช่น n",
    "text": "ข้อความ",
    "rationale": "เหตุผลว่าถูกหรือผิดเพราะอะไร",
    "misconception": "ความเข้าใจผิดที่ตัวลวงนี้จับ เว้นว่างถ้าเป็นคำตอบที่ถูก",
    "critical": "เลือกแล้วเป็นข้อผิดพลาดร้ายแรง ทั้งข้อไม่ได้คะแนน",
    "choices": "ตัวเลือก",
    "key": "รหัสของคำตอบที่ถูก",
    "Ordering.key": "รหัสรายการ เรียงตามลำดับที่ถูก",
    "MultipleResponse.key": "รหัสของตัวเลือกที่ถูกทุกตัว",
    "deferral": "ทางออก “ไม่ทราบ จะตรวจสอบแล้วแจ้งกลับ”",
    "credit": "คะแนนของทางออกนี้ 0–1",
    "verdict": "ข้อความในโจทย์ถูกหรือไม่",
    "reasons": "เหตุผลให้เลือก",
    "entries": "รายการให้เรียง",
    "prompts": "รายการที่ต้องจับคู่",
    "answers": "สิ่งที่จับคู่ด้วย",
    "Prompt.answer": "รหัสของคู่ที่ถูก",
    "bins": "กลุ่ม",
    "cards": "บัตรที่ต้องจัดกลุ่ม",
    "bin": "รหัสของกลุ่มที่ถูก",
    "kind": "คำตอบเป็นตัวเลขหรือวันที่",
    "unit": "หน่วย เช่น คน บาท",
    "answer": "คำตอบที่ถูก ตัวเลข หรือวันที่แบบ 2023-08-13",
    "tolerance": "คลาดเคลื่อนได้เท่าใดจึงยังถูก",
    "absolute": "คลาดเคลื่อนได้ในหน่วยเดียวกับคำตอบ",
    "relative": "คลาดเคลื่อนได้เป็นสัดส่วน เช่น 0.01",
    "mistakes": "คำตอบผิดที่รู้ว่ามาจากความเข้าใจใด",
    "value": "ค่าที่ผิด",
    "formula": "สูตร เช่น ceil(n * 0.8)",
    "values": "ค่าที่สุ่มให้ผู้เรียนแต่ละคน",
    "low": "ต่ำสุด",
    "high": "สูงสุด",
    "step": "ห่างกันครั้งละ",
    "accepted": "คำตอบที่รับ รูปที่ดีที่สุดอยู่แรก",
    "misspelling": "สะกดผิดได้กี่ตัวอักษร 0–3",
    "KnownWrong.text": "คำตอบที่ผิด",
    "passage": "เนื้อความ เขียน [[รหัสช่อง]] ตรงที่เว้น",
    "gaps": "ช่องว่าง",
    "Gap.options": "ตัวเลือกของช่อง ถ้าไม่ให้พิมพ์เอง",
    "Gap.key": "รหัสตัวเลือกที่ถูกของช่อง",
    "Gap.accepted": "คำตอบที่รับของช่อง ถ้าให้พิมพ์เอง",
    "document": "ชื่อเอกสาร",
    "extract": "บรรทัดของเอกสาร",
    "is_faulty": "บรรทัดนี้บกพร่อง",
    "weight": "น้ำหนักของบรรทัดที่บกพร่อง 1–3",
    "marked_by": "ใครตรวจ",
    "rubric": "เกณฑ์ให้คะแนน",
    "levels": "ระดับ จากน้อยไปมาก ระดับแรก 0 คะแนน",
    "points": "คะแนน",
    "model_answer": "ตัวอย่างคำตอบที่ดี",
    "most": "พิมพ์ได้กี่ตัวอักษร",
    "scale": "ระดับความเห็น เว้นว่างคือเห็นด้วย 5 ระดับ",
    "bank": "รหัสคลังข้อ",
    "items": "ข้อคำถาม",
}

TYPE_WORDS: dict[str, str] = {
    "multiple_choice": "เลือกตอบข้อเดียว",
    "multiple_response": "เลือกได้หลายข้อ",
    "true_false": "ถูกหรือผิด พร้อมเหตุผล",
    "ordering": "เรียงลำดับ",
    "matching": "จับคู่",
    "categorise": "จัดกลุ่ม",
    "numeric": "ตอบเป็นตัวเลขหรือวันที่",
    "parametric": "คำนวณ ตัวเลขต่างกันทุกคน",
    "short_text": "พิมพ์คำตอบสั้น",
    "cloze": "เติมช่องว่าง",
    "evidence_marking": "หาที่บกพร่องในเอกสาร",
    "essay": "เขียนอธิบาย มีผู้ตรวจ",
    "likert": "ความเห็น ไม่มีคะแนน",
}

CHOICE_WORDS: dict[str, str] = {
    "remember": "จำ",
    "understand": "เข้าใจ",
    "apply": "นำไปใช้",
    "analyze": "วิเคราะห์",
    "evaluate": "ประเมินค่า",
    "create": "สร้างสรรค์",
    "easy": "ง่าย",
    "medium": "ปานกลาง",
    "hard": "ยาก",
    "H": "คู่มือ",
    "S": "แหล่งอื่น",
    "number": "ตัวเลข",
    "date": "วันที่",
    "trainer": "วิทยากร",
    "peer": "เพื่อนที่ทำชุดเดียวกันเสร็จแล้ว",
    "self": "ผู้เขียนเอง",
}

RARELY = frozenset(
    ("difficulty", "critical", "deferral", "tolerance", "misspelling", "step", "kind", "most", "scale", "weight")
)
"""Fields that most items leave to what is assumed; asked for only with --all."""


def words_for(model: str, field: str) -> str:
    """What a field of a model means, in a few Thai words; its name where nobody has written any."""
    return ITEM_WORDS.get(f"{model}.{field}") or ITEM_WORDS.get(field) or field
