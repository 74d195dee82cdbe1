"""A pydantic error said in Thai: what was found, what was expected, how to mend it. Knows no file and no line.

Messages are for authors of content, who know neither Python nor pydantic; an error type without its own words here
still gets a message, in the library's English.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from cps_training.content.yaml_source import Location
from cps_training.thai_text import nearest

_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"^[a-z0-9]+(-[a-z0-9]+)*$", "ใช้ตัวพิมพ์เล็ก a–z ตัวเลข 0–9 และขีดกลาง เช่น cps-two-gates"),
    (r"^(lesson:)?[a-z0-9]+(-[a-z0-9]+)*$", "ใช้ตัวพิมพ์เล็ก a–z ตัวเลข 0–9 และขีดกลาง เช่น cps-practice"),
    (r"^[a-z]+(\.[0-9]+){1,3}$", "ใช้ชื่อหมวดตามด้วยเลขข้อ คั่นด้วยจุด เช่น cps.2.3"),
    (r"^[a-z]+$", "ใช้ตัวพิมพ์เล็ก a–z เท่านั้น เช่น cps"),
)


@dataclass(frozen=True)
class Explained:
    """Where the author should look, whether at the name of the field (else its value), and the message."""

    location: Location
    at_key: bool
    message: str


def explain(error: Any, location: Location, model: type[BaseModel], data: object) -> Explained:
    """Explain one entry of ValidationError.errors(); location: its loc without union tags; data: what was validated."""
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "missing":
        return Explained(location, True, f"ขาดช่องนี้ ให้เติม {location[-1]}: ในส่วนนี้")
    if kind == "extra_forbidden":
        return Explained(location, True, _unknown_field(str(location[-1]), location[:-1], model, data))
    if kind == "union_tag_not_found":
        types_known = _known_types(model, location, data)
        return Explained((*location, "type"), True, f"ขาดช่องนี้ ให้เติม type: เป็นอย่างใดอย่างหนึ่งใน {types_known}")
    if kind == "union_tag_invalid":
        expected = re.findall(r"'([^']*)'", context["expected_tags"])
        return Explained((*location, "type"), False, _not_among(value_at(given, ("type",)), expected))
    if kind == "value_error":
        return _own_words(str(context.get("error") or error["msg"]), location, data)
    say = _MESSAGES.get(kind)
    return Explained(location, False, say(given, context) if say else f"ใช้ค่านี้ไม่ได้ ({error['msg']}) พบ {shown(given)}")


def shown(value: object) -> str:
    """A value as an author wrote it, shortened."""
    if value is None:
        return "ช่องว่าง"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "กลุ่มช่อง (ชื่อ: ค่า)"
    if isinstance(value, list | tuple):
        return "รายการ"
    if isinstance(value, int | float):
        return str(value)
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


def _but_found(value: object) -> str:
    words = shown(value)
    return f"แต่พบ{words}" if words[0] > "\u0e00" and words[0] < "\u0e7f" else f"แต่พบ {words}"


def value_at(data: object, location: Location) -> object:
    """The value at a location of plain data; None where there is none."""
    for part in location:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            data = data[part]
        else:
            return None
    return data


def _own_words(message: str, location: Location, data: object) -> Explained:
    """A message a model wrote itself, pointed at what it speaks of: a repeated entry, or the field it begins with."""
    here = value_at(data, location)
    if not isinstance(here, dict):
        return Explained(location, False, message)
    if "ซ้ำ" in message:
        again = repeated_below(here)
        if again is not None:
            return Explained((*location, *again), False, message)
    lacking = re.match(r"ขาด ([a-z_]+) ", message)
    if lacking:
        return Explained((*location, lacking[1]), True, message)
    named = next((name for name in here if message.startswith(name + " ")), None)
    return Explained((*location, named) if named else location, False, message)


def repeated_below(fields: dict[str, Any]) -> Location | None:
    """The first entry of a list field that repeats an earlier one (or what names it: its id, a day's date, a clause)."""
    for name, entries in fields.items():
        seen: list[object] = []
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            named = (
                next((key for key in ("id", "date", "clause") if key in entry), "id") if isinstance(entry, dict) else ""
            )
            value = entry.get(named) if isinstance(entry, dict) else entry
            if value is not None and value in seen:
                return (name, index, named) if isinstance(entry, dict) else (name, index)
            seen.append(value)
    return None


def _unknown_field(name: str, parent: Location, model: type[BaseModel], data: object) -> str:
    if name == "replaces":
        return "ต้องเป็น true หรือ false และใช้ได้เฉพาะกับข้อคำถาม ชุดข้อสอบ บทเรียน ปฏิทิน ค่าที่ใช้ และสหกรณ์"
    here = model_at(model, parent, data)
    known = list(here.model_fields) if here else []
    present = value_at(data, parent)
    missing = [field for field in known if not isinstance(present, dict) or field not in present]
    near = nearest(name, missing) or next((field for field in missing if sorted(field) == sorted(name)), None)
    if near:
        return f"ไม่รู้จักช่องนี้ หมายถึง {near} หรือไม่ ให้แก้ชื่อ หรือลบออก"
    return f"ไม่รู้จักช่องนี้ ช่องที่ใช้ได้คือ {', '.join(known)} ให้แก้ชื่อ หรือลบออก"


def model_at(annotation: Any, location: Location, data: object) -> type[BaseModel] | None:
    """The model that reads a location; members of a union are told apart by the `type` written there."""
    annotation = _bare(annotation, data)
    for part in location:
        data = value_at(data, (part,))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            found = annotation.model_fields.get(str(part))
            annotation = found.annotation if found else None
        else:
            annotation = next((arg for arg in get_args(annotation) if arg is not Ellipsis), None)
        annotation = _bare(annotation, data)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _bare(annotation: Any, data: object) -> Any:
    """The annotation without Annotated and None, and of a union the member whose `type` the data names."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        named = [member for member in members if value_at(data, ("type",)) in _tags(member)]
        return _bare((named or members)[0], data)
    return annotation


def _tags(member: Any) -> tuple[object, ...]:
    fields = getattr(member, "model_fields", {})
    return get_args(fields["type"].annotation) if "type" in fields else ()


def _known_types(model: type[BaseModel], location: Location, data: object) -> str:
    holder = model_at(model, location[:-2], data) if len(location) >= 2 else None
    annotation: Any = holder.model_fields[str(location[-2])].annotation if holder else None
    while annotation is not None and get_origin(annotation) not in (Union, types.UnionType):
        annotation = next(iter(get_args(annotation)), None)
    return ", ".join(str(tag) for member in get_args(annotation) for tag in _tags(member))


def _not_among(given: object, expected: list[str]) -> str:
    if given is None:
        return f"ช่องนี้ว่าง ให้เติมอย่างใดอย่างหนึ่งใน {', '.join(expected)}"
    near = nearest(str(given), expected)
    hint = f"หมายถึง {near} หรือไม่ " if near else ""
    return f"ไม่รู้จัก {shown(given)} {hint}ใช้ได้: {', '.join(expected)}"


def _text(given: object, _context: Any) -> str:
    if given is None:
        return "ช่องนี้ว่าง ให้เติมข้อความ"
    if isinstance(given, dict | list):
        return f"ต้องเป็นข้อความ {_but_found(given)} ถ้าข้อความมี “: ” หรือขึ้นต้นด้วย - [ {{ ให้ครอบด้วยเครื่องหมายคำพูด"
    what = "วันที่" if isinstance(given, date) else "ค่าใช่/ไม่ใช่" if isinstance(given, bool) else "ตัวเลข"
    return f'ต้องเป็นข้อความ แต่พบ{what} {shown(given)} ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "{shown(given).strip("“”")}"'


def _expects(what: str) -> Callable[[object, Any], str]:
    return lambda given, _context: f"ต้องเป็น{what} {_but_found(given)} ให้แก้"


def _limit(words: str, name: str) -> Callable[[object, Any], str]:
    return lambda given, context: f"ต้อง{words} {context[name]:g} {_but_found(given)} ให้แก้"


def _pattern(given: object, context: Any) -> str:
    words = next((words for pattern, words in _PATTERNS if pattern == context["pattern"]), f"แบบ {context['pattern']}")
    return f"{shown(given)} ไม่ถูกรูปแบบ {words}"


def _too_short(given: object, context: Any) -> str:
    if not given:
        return f"ว่างเปล่า ต้องมีอย่างน้อย {context['min_length']} รายการ ให้เติม"
    return f"มี {len(given) if isinstance(given, list) else 0} รายการ ต้องมีอย่างน้อย {context['min_length']} ให้เพิ่ม"


_LIST = _expects("รายการ (ขึ้นต้นแต่ละบรรทัดด้วย - หรือเขียนใน [ ])")
_GROUP = _expects("กลุ่มช่อง (ชื่อ: ค่า)")
_WHOLE = _expects("จำนวนเต็ม เช่น 10")
_NUMBER = _expects("ตัวเลข เช่น 0.6")
_TRUTH = _expects(" true หรือ false")

_MESSAGES: dict[str, Callable[[object, Any], str]] = {
    "string_type": _text,
    "string_pattern_mismatch": _pattern,
    "string_unicode": lambda _given, _context: "มีอักขระที่ไม่เป็นตัวอักษร ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่",
    "string_too_short": lambda _given, _context: "ช่องนี้ว่าง ให้เติมข้อความ",
    "string_too_long": lambda given, context: (
        f"ข้อความยาว {len(str(given)):,} ตัวอักษร เกิน {context['max_length']:,} ให้ตัดให้สั้นลง"
    ),
    "literal_error": lambda given, context: _not_among(given, re.findall(r"'([^']*)'", context["expected"])),
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dict_type": _GROUP,
    "too_short": _too_short,
    "too_long": lambda _given, context: (
        f"มี {context['actual_length']} รายการ ใส่ได้ไม่เกิน {context['max_length']} ให้ตัดออก"
    ),
    "greater_than_equal": _limit("ไม่น้อยกว่า", "ge"),
    "greater_than": _limit("มากกว่า", "gt"),
    "less_than_equal": _limit("ไม่เกิน", "le"),
    "less_than": _limit("น้อยกว่า", "lt"),
}
