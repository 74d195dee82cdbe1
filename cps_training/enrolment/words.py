"""The words a roster or attendance file may use: headers, employment, guests, kinds of proof; Thai and English. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from cps_training.i18n import mark
from cps_training.thai_text import distance, normalise

EMPLOYMENTS = {
    "civil_servant": ("ข้าราชการ", "ข้าราชการพลเรือน", "ข้าราชการพลเรือนสามัญ", "civil servant"),
    "permanent_employee": ("ลูกจ้างประจำ", "permanent employee"),
    "government_employee": ("พนักงานราชการ", "พนักงานราชการทั่วไป", "government employee"),
    "contractor": (
        *("จ้างเหมา", "จ้างเหมาบริการ", "พนักงานจ้างเหมา", "พนักงานจ้างเหมาบริการ", "ลูกจ้างเหมา", "ลูกจ้างเหมาบริการ"),
        *("ผู้ปฏิบัติงานจ้างเหมา", "ผู้รับจ้างเหมา", "ผู้รับจ้างเหมาบริการ", "contract", "contract worker"),
    ),
}
EMPLOYMENT_LABELS = {
    "civil_servant": mark("ข้าราชการ"),
    "permanent_employee": mark("ลูกจ้างประจำ"),
    "government_employee": mark("พนักงานราชการ"),
    "contractor": mark("จ้างเหมา"),
}

TRUE_WORDS = ("true", "yes", "y", "1", "x", "✓", "ใช่", "จริง", "เป็น", "แขก", "บุคคลภายนอก", "ภายนอก", "guest")
FALSE_WORDS = ("false", "no", "n", "0", "ไม่ใช่", "ไม่", "เท็จ", "ไม่เป็น", "บุคลากร", "ภายใน", "staff")

KINDS = {
    "onsite": ("ในห้อง", "ในห้องประชุม", "ที่ประชุม", "เข้าห้องประชุม", "ออนไซต์", "ออนไซท์", "ลงชื่อ", "on-site", "on site"),
    "online": ("ออนไลน์", "ทางไกล", "ประชุมทางไกล", "on-line"),
    "lesson": ("บทเรียน", "เรียนบทเรียน", "เรียนบทเรียนครบ", "เรียนครบ", "lessons"),
}

ROSTER_HEADERS: dict[str, tuple[str, ...]] = {
    "person_code": (
        *("รหัส", "รหัสเจ้าหน้าที่", "รหัสบุคลากร", "รหัสพนักงาน", "รหัสประจำตัว", "เลขประจำตัว", "เลขที่เจ้าหน้าที่", "เลขประจำตำแหน่ง"),
        *("code", "staff code", "person code", "employee code", "employee id"),
    ),
    "name": (
        *("ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อสกุล", "ชื่อนามสกุล", "ชื่อและนามสกุล", "ชื่อและสกุล", "ชื่อ", "ชื่อตัว", "ชื่อเจ้าหน้าที่", "ชื่อบุคลากร"),
        *("รายชื่อ", "name", "full name"),
    ),
    "title": ("คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "title", "prefix"),
    "surname": ("สกุล", "นามสกุล", "surname", "last name", "family name"),
    "unit": (
        *("กลุ่มงาน", "กลุ่ม", "กลุ่ม/ฝ่าย", "ฝ่าย", "กลุ่ม/ฝ่าย/นิคม", "หน่วยงาน", "สังกัด", "หน่วย", "ส่วนงาน", "งาน"),
        *("unit", "division", "section", "department"),
    ),
    "active_from": (
        *("วันที่เริ่ม", "วันเริ่ม", "เริ่มวันที่", "ตั้งแต่", "ตั้งแต่วันที่", "วันที่เริ่มปฏิบัติงาน", "วันเริ่มปฏิบัติงาน", "วันที่มา", "วันที่เข้า", "วันบรรจุ"),
        *("วันที่บรรจุ", "วันที่รายงานตัว", "active from", "from", "start", "start date", "since"),
    ),
    "active_to": (
        *(
            "วันที่พ้น",
            "วันพ้น",
            "พ้นวันที่",
            "วันที่ออก",
            "วันที่ย้าย",
            "วันที่ย้ายออก",
            "วันที่พ้นจากหน่วยงาน",
            "ย้ายออกวันที่",
            "พ้นตั้งแต่วันที่",
            "ถึงวันที่",
        ),
        *("active to", "to", "end", "end date", "until", "left on"),
    ),
    "is_guest": ("แขก", "เป็นแขก", "บุคคลภายนอก", "ผู้เข้าร่วมจากภายนอก", "guest", "is guest"),
    "employment": (
        *("ประเภท", "ประเภทบุคลากร", "ประเภทการจ้าง", "ประเภทการจ้างงาน", "สถานะการจ้าง", "การจ้าง", "ประเภทเจ้าหน้าที่"),
        *("employment", "employment type", "type"),
    ),
    "left_out_because": (
        *("เหตุที่ไม่นับ", "เหตุผลที่ไม่นับ", "ไม่นับเพราะ", "ลาหรือช่วยราชการ", "เหตุยกเว้น", "เหตุผลที่ยกเว้น"),
        *("left out because", "reason left out"),
    ),
}
ATTENDANCE_HEADERS: dict[str, tuple[str, ...]] = {
    "person_code": ROSTER_HEADERS["person_code"],
    "date": ("วันที่", "วันที่จัด", "วันที่ประชุม", "วันที่เข้าร่วม", "วัน", "date", "day"),
    "kind": ("รูปแบบ", "ประเภท", "ช่องทาง", "วิธีเข้าร่วม", "หลักฐาน", "kind", "type"),
    "minutes": ("นาที", "จำนวนนาที", "นาทีที่เข้าร่วม", "เวลาเข้าร่วม (นาที)", "minutes"),
    "session_minutes": (
        "นาทีของการประชุม",
        "ระยะเวลา (นาที)",
        "ระยะเวลา",
        "นาทีทั้งหมด",
        "เวลาทั้งหมด (นาที)",
        "session minutes",
    ),
}
IGNORED = ("ลำดับ", "ลำดับที่", "ที่", "no", "no.", "หมายเหตุ", "remark", "remarks", "note", "ตำแหน่ง", "position", "ระดับ")
"""Columns office lists usually have and the roster does not use: left aside without a word."""

Headers = dict[str, tuple[str, ...]]


def plain(header: str) -> str:
    """A header or word in comparison form: no spaces, hyphens, underscores, dots or stars."""
    return re.sub(r"[\s\-–_.*:]", "", normalise(header))


def column_of(header: str, headers: Headers) -> str | None:
    """The column a header names, None when it is not one of the accepted ones."""
    return _known(headers).get(plain(header))


def guess(header: str, headers: Headers) -> str | None:
    """The column a header very probably means: at most one letter in five differs, two at most; None when nothing is near."""
    typed = plain(header)
    best = min(_known(headers), key=lambda known: (distance(typed, known), known))
    allowed = min(2, max(len(typed), len(best)) // 5)
    return _known(headers)[best] if distance(typed, best) <= allowed else None


def _known(headers: Headers) -> dict[str, str]:
    return {plain(word): column for column, words in reversed(headers.items()) for word in (column, *words)}


def knows_roster_header(header: str) -> bool:
    """Whether this is an accepted header of a roster (to find the header's row, and the sheet that holds it)."""
    return column_of(header, ROSTER_HEADERS) is not None


def knows_attendance_header(header: str) -> bool:
    """Whether this is an accepted header of an attendance list."""
    return column_of(header, ATTENDANCE_HEADERS) is not None


@lru_cache(1000)
def employment_of(word: str) -> str | None:
    """civil_servant, permanent_employee, government_employee or contractor; None for an unknown word."""
    return next((one for one, words in EMPLOYMENTS.items() if plain(word) in {plain(w) for w in (one, *words)}), None)


@lru_cache(1000)
def truth_of(word: str) -> bool | None:
    """True or False as written in any of the accepted ways ("" and "-" are False), None for an unknown word."""
    if word.strip() in ("", "-", "–"):
        return False
    if plain(word) in {plain(one) for one in TRUE_WORDS}:
        return True
    return False if plain(word) in {plain(one) for one in FALSE_WORDS} else None


@lru_cache(1000)
def kind_of(word: str) -> str | None:
    """onsite, online or lesson; None for an unknown word."""
    return next((one for one, words in KINDS.items() if plain(word) in {plain(w) for w in (one, *words)}), None)
