"""Reading what a browser sent: shapes are checked here once for all item types, ids are revealed, texts are bounded. Pure.

Whatever has not the expected form raises ResponseError; what was sent is never shown back.
"""

from __future__ import annotations

from cps_training.errors import ResponseError
from cps_training.items.disguise import Disguise

LONGEST_NUMBER = 40
LONGEST_WORDS = 200


def require_unique(ids: list[str], what: str) -> None:
    """Raises ValueError naming the repeated ids."""
    repeated = sorted({option_id for option_id in ids if ids.count(option_id) > 1})
    if repeated:
        raise ValueError(f"{what}ซ้ำกัน: {', '.join(repeated)} ให้ตั้งรหัสไม่ซ้ำภายในข้อเดียวกัน")


def fields_of(raw: object, *names: str) -> list[object]:
    """The values of a mapping that holds exactly these fields. Raises ResponseError otherwise."""
    if not isinstance(raw, dict) or set(raw) != set(names):
        wanted = " และ ".join(f"“{name}”" for name in names)
        raise ResponseError("malformed-response", f"รูปแบบคำตอบไม่ถูกต้อง: ต้องมีเฉพาะ {wanted} โปรดโหลดหน้านี้ใหม่")
    return [raw[name] for name in names]


def field_of(raw: object, name: str) -> object:
    """raw[name] when raw is a mapping holding exactly that field. Raises ResponseError otherwise."""
    return fields_of(raw, name)[0]


def ids_in(raw: object, name: str, disguise: Disguise, option_ids: tuple[str, ...]) -> list[str]:
    """The revealed ids of a list field, each at most once. Raises ResponseError otherwise."""
    opaque = field_of(raw, name)
    if not isinstance(opaque, list) or len(opaque) > len(option_ids):
        raise ResponseError(
            "malformed-response", f"รูปแบบคำตอบไม่ถูกต้อง: “{name}” ต้องเป็นรายการตัวเลือกของข้อนี้ โปรดโหลดหน้านี้ใหม่"
        )
    ids = [disguise.reveal(name_, option_ids) for name_ in opaque]
    if len(set(ids)) != len(ids):
        raise ResponseError("malformed-response", "รูปแบบคำตอบไม่ถูกต้อง: มีตัวเลือกซ้ำ โปรดโหลดหน้านี้ใหม่")
    return ids


def entries_in(raw: object, name: str, disguise: Disguise, ids: tuple[str, ...]) -> dict[str, object]:
    """A field that is a mapping from opaque names to anything, with its names revealed, in authored order.

    Raises ResponseError for an unknown name or another form.
    """
    sent = field_of(raw, name)
    if not isinstance(sent, dict) or len(sent) > len(ids):
        raise ResponseError("malformed-response", f"รูปแบบคำตอบไม่ถูกต้อง: “{name}” ไม่ตรงกับข้อนี้ โปรดโหลดหน้านี้ใหม่")
    revealed = {disguise.reveal(opaque, ids): value for opaque, value in sent.items()}
    return {option_id: revealed[option_id] for option_id in ids if option_id in revealed}


def words_in(value: object, longest: int) -> str | None:
    """A typed text without blanks around it; None when nothing is left. Raises ResponseError when it is no text or too long."""
    if not isinstance(value, str):
        raise ResponseError("malformed-response", "รูปแบบคำตอบไม่ถูกต้อง: ต้องเป็นข้อความ โปรดโหลดหน้านี้ใหม่")
    if any("\ud800" <= letter <= "\udfff" for letter in value):  # half a letter can be neither stored nor shown
        raise ResponseError("malformed-response", "คำตอบมีตัวอักษรที่อ่านไม่ได้ โปรดพิมพ์ใหม่")
    text = value.replace("\x00", "").strip()
    if len(text) > longest:
        raise ResponseError("too-long", "คำตอบยาวเกินที่รับได้ โปรดย่อให้สั้นลงแล้วส่งอีกครั้ง")
    return text or None
