"""Every kind of mistake an author can make in one file: reported at its line and column, in words that mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.banks import Bank
from cps_training.content.clauses_file import ClausesFile, SectionsFile
from cps_training.content.forms import AuthoredForm
from cps_training.content.loading import read_yaml
from cps_training.items import ITEM_TYPES

BANK, FORM = "quizzes/banks/cps.yaml", "quizzes/forms/practice.yaml"
CLAUSES, SECTIONS = "data/handbook/cps.yaml", "data/handbook/sections.yaml"
MODELS = {BANK: Bank, FORM: AuthoredForm, CLAUSES: ClausesFile, SECTIONS: SectionsFile}

TYPES = ", ".join(kind.model_fields["type"].annotation.__args__[0] for kind in ITEM_TYPES)

Read = Callable[[str, str | bytes], list[str]]


@pytest.fixture
def findings_of(tmp_path: Path) -> Read:
    def read(file: str, text: str | bytes) -> list[str]:
        path = tmp_path / "file.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        value, findings = read_yaml(path, MODELS[file], shown_as="x.yaml")
        assert (value is None) == bool(findings), "a model comes exactly when nothing is wrong"
        return [str(finding).removeprefix("x.yaml:") for finding in findings]

    return read


# file, what is replaced (first occurrence), by what, every finding
VALUES: list[tuple[str, str, str, list[str]]] = [
    (BANK, "key: b", "key: z", ["14:10: items.1.key: key “z” ไม่อยู่ในตัวเลือก (a, b, c) ให้แก้ key หรือเพิ่มตัวเลือก"]),
    (BANK, "    key: b\n", "", ["4:5: items.1.key: ขาดช่องนี้ ให้เติม key: ในส่วนนี้"]),
    (BANK, "key: b", "key:", ["14:9: items.1.key: ช่องนี้ว่าง ให้เติมข้อความ"]),
    (
        BANK,
        "key: b",
        "key: B",
        ["14:10: items.1.key: “B” ไม่ถูกรูปแบบ ใช้ตัวพิมพ์เล็ก a–z ตัวเลข 0–9 และขีดกลาง เช่น cps-two-gates"],
    ),
    (
        BANK,
        "key: b",
        "key: [b]",
        ["14:10: items.1.key: ต้องเป็นข้อความ แต่พบรายการ ถ้าข้อความมี “: ” หรือขึ้นต้นด้วย - [ { ให้ครอบด้วยเครื่องหมายคำพูด"],
    ),
    (
        BANK,
        "key: b",
        "key: 5",
        ['14:10: items.1.key: ต้องเป็นข้อความ แต่พบตัวเลข 5 ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "5"'],
    ),
    (
        BANK,
        "key: b",
        "kye: b",
        [
            "4:5: items.1.key: ขาดช่องนี้ ให้เติม key: ในส่วนนี้",
            "14:5: items.1.kye: ไม่รู้จักช่องนี้ หมายถึง key หรือไม่ ให้แก้ชื่อ หรือลบออก",
        ],
    ),
    (
        BANK,
        "rationale: เพราะ ค",
        "rationale: เพราะ ค, colour: แดง",
        [
            "13:46: items.1.choices.3.colour: ไม่รู้จักช่องนี้ ช่องที่ใช้ได้คือ id, text, rationale, misconception, critical ให้แก้ชื่อ หรือลบออก"
        ],
    ),
    (
        BANK,
        "type: multiple_choice",
        "type: multi_choice",
        [(f"5:11: items.1.type: ไม่รู้จัก “multi_choice” หมายถึง multiple_choice หรือไม่ ใช้ได้: {TYPES}")],
    ),
    (
        BANK,
        "    type: ordering\n",
        "",
        [f"17:5: items.2.type: ขาดช่องนี้ ให้เติม type: เป็นอย่างใดอย่างหนึ่งใน {TYPES}"],
    ),
    (
        BANK,
        "type: ordering",
        "type:",
        [f"18:10: items.2.type: ช่องนี้ว่าง ให้เติมอย่างใดอย่างหนึ่งใน {TYPES}"],
    ),
    (
        BANK,
        "bloom: apply",
        "bloom: applied",
        [
            (
                "7:12: items.1.bloom: ไม่รู้จัก “applied” หมายถึง apply หรือไม่ "
                "ใช้ได้: remember, understand, apply, analyze, evaluate, create"
            )
        ],
    ),
    (BANK, "evidence: H", "evidence: M", ["8:15: items.1.evidence: ไม่รู้จัก “M” ใช้ได้: H, S"]),
    (
        BANK,
        "{id: c,",
        "{id: a,",
        ["13:14: items.1.choices.3.id: รหัสตัวเลือกซ้ำกัน: a ให้ตั้งรหัสไม่ซ้ำภายในข้อเดียวกัน"],
    ),
    (
        BANK,
        "      - {id: c, text: ค, rationale: เพราะ ค}\n",
        "",
        ["11:7: items.1.choices: มี 2 รายการ ต้องมีอย่างน้อย 3 ให้เพิ่ม"],
    ),
    (
        BANK,
        "{id: c, text: ค, rationale: เพราะ ค}",
        "{id: c, text: ค}",
        ["13:9: items.1.choices.3.rationale: ขาดช่องนี้ ให้เติม rationale: ในส่วนนี้"],
    ),
    (BANK, "clauses: [cps.2.3]", "clauses: []", ["6:14: items.1.clauses: ว่างเปล่า ต้องมีอย่างน้อย 1 รายการ ให้เติม"]),
    (
        BANK,
        "clauses: [cps.2.3]",
        "clauses: cps.2.3",
        ["6:14: items.1.clauses: ต้องเป็นรายการ (ขึ้นต้นแต่ละบรรทัดด้วย - หรือเขียนใน [ ]) แต่พบ “cps.2.3” ให้แก้"],
    ),
    (
        BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps-2]",
        ["6:15: items.1.clauses.1: “cps-2” ไม่ถูกรูปแบบ ใช้ชื่อหมวดตามด้วยเลขข้อ คั่นด้วยจุด เช่น cps.2.3"],
    ),
    (
        BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps.2.3, cps.2.10, cps.2.1, cps.2.2, cps.1.1]",
        ["6:14: items.1.clauses: มี 5 รายการ ใส่ได้ไม่เกิน 4 ให้ตัดออก"],
    ),
    (BANK, "stem: โจทย์ข้อหนึ่ง", 'stem: "  "', ["9:11: items.1.stem: ช่องนี้ว่าง ให้เติมข้อความ"]),
    (
        BANK,
        "stem: โจทย์ข้อหนึ่ง",
        "stem: " + "ก" * 2001,
        ["9:11: items.1.stem: ข้อความยาว 2,001 ตัวอักษร เกิน 2,000 ให้ตัดให้สั้นลง"],
    ),
    (
        BANK,
        "stem: โจทย์ข้อหนึ่ง",
        "stem: 2566-10-01",
        ['9:11: items.1.stem: ต้องเป็นข้อความ แต่พบวันที่ “2566-10-01” ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "2566-10-01"'],
    ),
    (
        BANK,
        "stem: โจทย์ข้อหนึ่ง",
        "stem: true",
        ['9:11: items.1.stem: ต้องเป็นข้อความ แต่พบค่าใช่/ไม่ใช่ true ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "true"'],
    ),
    (
        BANK,
        "title: {th: คลังข้อ, en: Bank}",
        "title: คลังข้อ",
        ["2:8: title: ต้องเป็นกลุ่มช่อง (ชื่อ: ค่า) แต่พบ “คลังข้อ” ให้แก้"],
    ),
    (BANK, "title: {th: คลังข้อ, en: Bank}", "title:\n  en: Bank", ["2:1: title.th: ขาดช่องนี้ ให้เติม th: ในส่วนนี้"]),
    (
        BANK,
        "title: {th: คลังข้อ, en: Bank}",
        "title:",
        ["2:7: title: ต้องเป็นกลุ่มช่อง (ชื่อ: ค่า) แต่พบช่องว่าง ให้แก้"],
    ),
    (BANK, "bank: cps\n", "", ["1:1: bank: ขาดช่องนี้ ให้เติม bank: ในส่วนนี้"]),
    (
        BANK,
        "evidence: H",
        "evidence: H\n    replaces: 1",
        ["9:5: items.1.replaces: ต้องเป็น true หรือ false และใช้ได้เฉพาะกับข้อคำถาม ชุดข้อสอบ บทเรียน ปฏิทิน ค่าที่ใช้ และสหกรณ์"],
    ),
    (
        BANK,
        "items:",
        "replacing: [0]\nitems:",
        ["3:1: replacing: ไม่รู้จักช่องนี้ ช่องที่ใช้ได้คือ bank, title, items ให้แก้ชื่อ หรือลบออก"],
    ),
    (
        BANK,
        "key: [ask, visit, report]",
        "key: [ask, visit]",
        ["27:10: items.2.key: key ต้องเรียงครบทุกรายการ รายการละหนึ่งครั้ง: visit, ask, report"],
    ),
    (
        BANK,
        "entries:",
        "entrys:",
        [
            "17:5: items.2.entries: ขาดช่องนี้ ให้เติม entries: ในส่วนนี้",
            "23:5: items.2.entrys: ไม่รู้จักช่องนี้ หมายถึง entries หรือไม่ ให้แก้ชื่อ หรือลบออก",
        ],
    ),
    (FORM, "shuffle: true", 'shuffle: "yes"', ["5:10: shuffle: ต้องเป็น true หรือ false แต่พบ “yes” ให้แก้"]),
    (FORM, "minutes: 10", "minutes: 10.5", ["6:10: minutes: ต้องเป็นจำนวนเต็ม เช่น 10 แต่พบ 10.5 ให้แก้"]),
    (FORM, "minutes: 10", "minutes: true", ["6:10: minutes: ต้องเป็นจำนวนเต็ม เช่น 10 แต่พบ true ให้แก้"]),
    (FORM, "minutes: 10", "minutes: 0", ["6:10: minutes: ต้องไม่น้อยกว่า 1 แต่พบ 0 ให้แก้"]),
    (FORM, "minutes: 10", "cut_score: 60", ["6:12: cut_score: ต้องไม่เกิน 1 แต่พบ 60 ให้แก้"]),
    (FORM, "minutes: 10", "cut_score: 0", ["6:12: cut_score: ต้องมากกว่า 0 แต่พบ 0 ให้แก้"]),
    (FORM, "minutes: 10", 'cut_score: "0.6"', ["6:12: cut_score: ต้องเป็นตัวเลข เช่น 0.6 แต่พบ “0.6” ให้แก้"]),
    (
        FORM,
        "feedback: practice",
        "feedback: practise",
        ["4:11: feedback: ไม่รู้จัก “practise” หมายถึง practice หรือไม่ ใช้ได้: practice, exam, tries, certainty, survey"],
    ),
    (
        FORM,
        "feedback: practice",
        "feedback: exam",
        ["1:1: cut_score: ขาด cut_score เพราะชุดสอบ (feedback: exam) ต้องมีเกณฑ์ผ่าน เช่น cut_score: 0.6"],
    ),
    (FORM, "second-item", "first-item", ["7:21: items.2: items มีรหัสซ้ำ: first-item ให้เหลือครั้งเดียว"]),
    (
        FORM,
        "form: practice",
        "form: lesson:practice",
        ["1:7: form: “lesson:practice” ไม่ถูกรูปแบบ ใช้ตัวพิมพ์เล็ก a–z ตัวเลข 0–9 และขีดกลาง เช่น cps-two-gates"],
    ),
    (
        CLAUSES,
        "    bloom: apply\n",
        "",
        ["7:5: clauses.2.bloom: ขาด bloom เพราะข้อที่สอบได้ต้องมี objective และ bloom ให้เติม หรือแก้ kind เป็น heading"],
    ),
    (
        CLAUSES,
        "summary: สรุปของหัวข้อ",
        "summary: สรุป\n    bloom: apply",
        ["7:12: clauses.1.bloom: bloom ใช้กับข้อที่สอบได้เท่านั้น ข้อนี้เป็นหัวข้อ (kind: heading) ให้ลบออก หรือแก้ kind เป็น clause"],
    ),
    (
        CLAUSES,
        "related: [cps.2.3, km.4]",
        "related: [cps.2.10]",
        ["13:14: clauses.2.related: related อ้างข้อของตัวเอง ให้ลบออก"],
    ),
    (SECTIONS, "page_end: 10", "page_end: 6", ["6:15: sections.1.page_end: page_end 6 อยู่ก่อน page_start 7 ให้แก้เลขหน้า"]),
    (SECTIONS, '"CPS {n}"', '"CPS"', ["4:12: sections.1.label: label ต้องมี {n} ตรงที่จะแสดงเลขข้อ ทั้ง th และ en"]),
    (SECTIONS, "id: km", "id: cps", ["8:9: sections.2.id: sections มีรหัสซ้ำ: cps ให้เหลือครั้งเดียว"]),
    (SECTIONS, "id: km", "id: KM", ["8:9: sections.2.id: “KM” ไม่ถูกรูปแบบ ใช้ตัวพิมพ์เล็ก a–z เท่านั้น เช่น cps"]),
]

QUOTE = 'ถ้าเป็นข้อความ ให้ครอบทั้งข้อความด้วยเครื่องหมายคำพูด "…"'
STEM = "stem: โจทย์ข้อหนึ่ง"
UNEVEN = "เยื้องบรรทัดไม่ตรงกับช่องอื่นในชั้นเดียวกัน หรือมีข้อความเกินหลังเครื่องหมายคำพูดปิด ให้จัดให้ตรงกัน"
SPECIAL = "ขึ้นต้นด้วยเครื่องหมายที่มีความหมายพิเศษใน YAML (เช่น % @ `) "
TRUTH = "ถ้าเป็นค่าใช่/ไม่ใช่ ให้เขียน true หรือ false"
DECIMAL = "ถ้าเป็นตัวเลข ให้เขียนเลขฐานสิบธรรมดา เช่น 10 หรือ 0.6"

# what stands in place of STEM (line 9 of the bank, column 5), every finding
SYNTAX: list[tuple[str | bytes, list[str]]] = [
    ("stem: ถาม: ตอบ", [f"9:14: มีเครื่องหมาย “: ” เกินมา หรือเยื้องบรรทัดไม่ตรงกับช่องข้างบน {QUOTE}"]),
    ('stem: "ถาม', ["9:11: เครื่องหมายคำพูดหรือวงเล็บเปิดแล้วไม่ได้ปิด ให้เติมเครื่องหมายปิดให้ครบ"]),
    ('stem: "ถาม" ต่อ', [f"9:17: {UNEVEN}"]),
    ('stem: "\\q"', ["9:12: มี \\ ในเครื่องหมายคำพูดคู่ที่อ่านไม่ออก ให้เขียน \\\\ หรือใช้เครื่องหมายคำพูดเดี่ยว '…'"]),
    ("\tstem: ถาม", ["9:5: ใช้แท็บเยื้องบรรทัดไม่ได้ ให้ใช้ช่องว่าง 2 ช่องต่อชั้น"]),
    ("stem: %ถาม", [f"9:11: {SPECIAL}{QUOTE}"]),
    ("stem: @ถาม", [f"9:11: {SPECIAL}{QUOTE}"]),
    ("stem: [ถาม", [f"9:11: รายการใน [ ] ขาดเครื่องหมาย , หรือวงเล็บปิด ] {QUOTE}"]),
    ("stem: {ถาม", [f"9:11: ช่องใน {{ }} ขาดเครื่องหมาย , หรือวงเล็บปิด }} {QUOTE}"]),
    ("stem: - ถาม", [f"9:11: เครื่องหมาย - อยู่ผิดที่ ถ้าเป็นรายการ ให้ขึ้นบรรทัดใหม่และเยื้องให้ตรงกัน {QUOTE}"]),
    ("stem: | ถาม", ["9:13: หลัง | หรือ > ต้องขึ้นบรรทัดใหม่ก่อนเริ่มข้อความ ให้ย้ายข้อความไปบรรทัดถัดไปและเยื้องเข้า"]),
    ("stem ถาม", [f"10:5: บรรทัดนี้ไม่มีเครื่องหมาย “: ” หลังชื่อช่อง หรือเยื้องน้อยไป {QUOTE}"]),
    ("  stem: ถาม", [f"9:11: มีเครื่องหมาย “: ” เกินมา หรือเยื้องบรรทัดไม่ตรงกับช่องข้างบน {QUOTE}"]),
    ("stem: ถาม\n   bloom: apply", [
        "10:4: รายการนี้ไม่ได้ขึ้นต้นด้วย “- ” หรือเยื้องไม่ตรงกับรายการอื่น ให้จัดให้ตรงกัน"
    ]),
    ("stem: ถาม\n    stem: อีก", ["10:5: items.1.stem: เขียน “stem” ซ้ำ (ครั้งแรกบรรทัด 9) ให้เหลือที่เดียว"]),
    ("stem: &a ถาม", ["9:11: items.1.stem: ไม่ใช้การตั้งชื่ออ้าง &a ให้ลบออก แล้วเขียนข้อความเต็มทุกที่"]),
    ("stem: *a", ["9:11: items.1.stem: ไม่ใช้การอ้างซ้ำ *a ให้เขียนข้อความเต็มตรงนี้"]),
    ("stem: !!str ถาม", ["9:11: items.1.stem: ไม่ใช้ป้ายชนิดข้อมูล tag:yaml.org,2002:str ให้ลบออก"]),
    ("stem: !!python/object/apply:os.system [ls]", [
        "9:11: items.1.stem: ไม่ใช้ป้ายชนิดข้อมูล tag:yaml.org,2002:python/object/apply:os.system ให้ลบออก",
    ]),
    ("stem: ! ถาม", ["9:11: items.1.stem: ไม่ใช้ป้ายชนิดข้อมูล ! ให้ลบออก"]),
    ("<<: {a: b}\n    stem: ถาม", ["9:5: items.1: ไม่ใช้การรวมช่อง << ให้เขียนทุกช่องเต็ม ๆ"]),
    ("? [a, b]\n    : x\n    stem: ถาม", [
        "9:7: items.1: ชื่อช่องต้องเป็นคำธรรมดา ไม่ใช่รายการ ถ้าเป็นข้อความที่มี { } หรือ [ ] ให้ใส่เครื่องหมายคำพูด"
    ]),
    ('"": x\n    stem: ถาม', [
        "9:5: items.1: มีเครื่องหมาย : โดยไม่มีชื่อช่องอยู่ข้างหน้า ให้เติมชื่อช่อง หรือใส่เครื่องหมายคำพูดครอบข้อความ"
    ]),
    ("stem: " + "[" * 30, ["9:28: ซ้อนกันลึกเกิน 20 ชั้น ให้จัดโครงใหม่ตามแบบ"]),
    ("stem: ถา\x07ม", ["9:13: มีอักขระควบคุม U+0007 ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่"]),
    ("stem: ถา\u202eม", ["9:13: มีอักขระควบคุม U+202E ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่"]),
    ("stem: ถา\u2028ม", ["9:13: มีอักขระควบคุม U+2028 ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่"]),
    ('stem: "ถา\\0ม"', ["9:11: items.1.stem: มีอักขระควบคุม U+0000 ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่"]),
    (b"stem: \xa1\xa2", [
        "9:11: ไบต์ 0xa1 ไม่ใช่ UTF-8 (อาจบันทึกเป็น TIS-620) ให้บันทึกใหม่โดยเลือกการเข้ารหัส UTF-8"
    ]),
    ("stem: 2566-02-30", [
        '9:11: items.1.stem: “2566-02-30” ไม่มีในปฏิทิน ให้แก้วันที่ หรือใส่เครื่องหมายคำพูด "2566-02-30" ถ้าเป็นข้อความ'
    ]),
    *(
        (f"stem: {word}", [
            f'9:11: items.1.stem: “{word}” อ่านได้หลายแบบใน YAML ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "{word}" {TRUTH}'
        ])
        for word in ("yes", "No", "on", "OFF", "y", "N", "True", "FALSE", "Null")
    ),
    *(
        (f"stem: {number}", [
            f'9:11: items.1.stem: “{number}” อ่านได้หลายแบบใน YAML ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "{number}" {DECIMAL}'
        ])
        for number in (
            "12:30", "190:20:30.15", "010", "0o17", "0x1F", "0b101", "1_000", "+5", "5.", ".5", "1e3", ".inf", ".NaN", "=",
            "0812345678", "2566-1-2", "2566-10-01 09:30:00", "12345678901234567890",
        )
    ),
]  # fmt: skip

WHOLE: list[tuple[str | bytes, list[str]]] = [
    ("", ["1:1: ไฟล์ว่าง ไม่มีเนื้อหา ให้เติมเนื้อหาตามแบบ หรือลบไฟล์นี้"]),
    ("# หมายเหตุ\n", ["1:1: ไฟล์ว่าง ไม่มีเนื้อหา ให้เติมเนื้อหาตามแบบ หรือลบไฟล์นี้"]),
    ("- a\n", ["1:1: ต้องเป็นกลุ่มช่อง (ชื่อ: ค่า) แต่พบรายการ ให้แก้"]),
    ("a: b\n---\nc: d\n", ["2:1: มีเอกสารที่สองในไฟล์เดียว (บรรทัด ---) ให้แยกเป็นอีกไฟล์ หรือลบบรรทัด ---"]),
    ("ก".encode("utf-16"), ["1:1: ไฟล์บันทึกเป็น UTF-16 ให้บันทึกใหม่โดยเลือกการเข้ารหัส UTF-8"]),
    ("a: " + "x" * 2 * 1024 * 1024, ["1:1: ไฟล์ใหญ่เกิน 2 MiB ให้แบ่งเป็นหลายไฟล์"]),
    ("- a\n" * 200_001, ["200000:3: ไฟล์มีรายการเกิน 200,000 รายการ ให้แบ่งเป็นหลายไฟล์"]),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), VALUES, ids=[f"{old}→{new}"[:60] for _, old, new, _ in VALUES]
)
def test_a_wrong_value(
    findings_of: Read, tree: dict[str, str], file: str, old: str, new: str, expected: list[str]
) -> None:
    assert old in tree[file]
    assert findings_of(file, tree[file].replace(old, new, 1)) == expected


@pytest.mark.parametrize(("new", "expected"), SYNTAX, ids=[repr(new)[:40] for new, _ in SYNTAX])
def test_a_wrong_notation(findings_of: Read, tree: dict[str, str], new: str | bytes, expected: list[str]) -> None:
    replacement = new.encode() if isinstance(new, str) else new
    assert findings_of(BANK, tree[BANK].encode().replace(STEM.encode(), replacement, 1)) == expected


@pytest.mark.parametrize(("text", "expected"), WHOLE, ids=[repr(text)[:20] for text, _ in WHOLE])
def test_a_file_that_is_no_content(findings_of: Read, text: str | bytes, expected: list[str]) -> None:
    assert findings_of(BANK, text) == expected


def test_a_yaml_directive_is_refused(findings_of: Read, tree: dict[str, str]) -> None:
    text = "%YAML 1.1\n---\n" + tree[BANK]
    assert findings_of(BANK, text) == ["1:1: ไม่ใช้คำสั่ง %YAML หรือ %TAG ที่ต้นไฟล์ ให้ลบออก"]


@pytest.mark.parametrize("file", MODELS)
@pytest.mark.parametrize("dress", ["plain", "byte order mark", "CRLF", "one --- at the top"])
def test_sound_files_are_read_however_an_editor_saves_them(
    findings_of: Read, tree: dict[str, str], file: str, dress: str
) -> None:
    text = tree[file].encode()
    dressed = {
        "plain": text,
        "byte order mark": b"\xef\xbb\xbf" + text,
        "CRLF": text.replace(b"\n", b"\r\n"),
        "one --- at the top": b"---\n" + text,
    }
    assert findings_of(file, dressed[dress]) == []


def test_places_are_the_same_in_a_file_with_byte_order_mark_and_crlf(findings_of: Read, tree: dict[str, str]) -> None:
    text = tree[BANK].replace("bank: cps", "bank: CPS").replace("key: b", "key: z")
    plain = findings_of(BANK, text)
    assert [line.split(":")[:2] for line in plain] == [["1", "7"]] + [["14", "10"]] * (len(plain) - 1)
    assert findings_of(BANK, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == plain


def test_all_mistakes_are_reported_at_once_and_in_the_order_of_the_file(
    findings_of: Read, tree: dict[str, str]
) -> None:
    text = tree[BANK]
    for old, new in (
        ("th: คลังข้อ", "th: yes"),
        ("evidence: H", "evidence: X"),
        ("{id: c,", "{id: C,"),
        ("headline: หัวข้อ", "headlin: หัวข้อ"),
        ("- id: second-item", "- id: second item"),
    ):
        text = text.replace(old, new, 1)
    places = [line.split(" ")[0] for line in findings_of(BANK, text)]
    assert places == ["2:13:", "4:5:", "8:15:", "13:14:", "15:5:", "17:9:"]


def test_a_refused_word_is_not_reported_a_second_time_as_a_wrong_value(findings_of: Read, tree: dict[str, str]) -> None:
    assert len(findings_of(FORM, tree[FORM].replace("shuffle: true", "shuffle: yes"))) == 1


def test_very_many_mistakes_are_cut_short(findings_of: Read) -> None:
    found = findings_of(BANK, "a: 1\n" * 5000)
    assert len(found) == 201
    assert found[-1] == "202:1: พบที่ผิดเกิน 200 แห่งในไฟล์เดียว ให้แก้ข้างต้นก่อนแล้วตรวจใหม่"


def test_an_alias_bomb_is_not_expanded(findings_of: Read) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    found = findings_of(BANK, "\n".join(lines))
    assert "1:5: a0: ไม่ใช้การตั้งชื่ออ้าง &a0 ให้ลบออก แล้วเขียนข้อความเต็มทุกที่" in found
    assert "2:10: a1.1: ไม่ใช้การอ้างซ้ำ *a0 ให้เขียนข้อความเต็มตรงนี้" in found


@pytest.mark.parametrize("name", ["missing.yaml", "folder.yaml"])
def test_what_is_no_file_is_a_finding(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yaml").mkdir()
    value, findings = read_yaml(tmp_path / name, Bank, shown_as=name)
    assert value is None
    assert [str(finding) for finding in findings] == [f"{name}:1:1: ไม่พบไฟล์นี้ หรือไม่ใช่ไฟล์ธรรมดา ให้ตรวจชื่อและที่อยู่ของไฟล์"]


def test_pure_python_parser_finds_the_same(
    findings_of: Read, tree: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML was built without libyaml the same mistakes are refused, at the same places."""
    import yaml

    from cps_training.content import yaml_source

    def places(new: str | bytes) -> list[str]:
        replacement = new.encode() if isinstance(new, str) else new
        found = findings_of(BANK, tree[BANK].encode().replace(STEM.encode(), replacement, 1))
        return [line.partition(" ")[0].split(":")[0] for line in found]

    fast = [places(new) for new, _ in SYNTAX]
    monkeypatch.setattr(yaml_source, "_LOADER", yaml.SafeLoader)
    assert [places(new) for new, _ in SYNTAX] == fast
