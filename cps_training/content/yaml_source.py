"""Bounded reading of an author's YAML: data plus the line and column of every key and value. Knows no model.

YAML is read as plain data only: no anchors, aliases, tags, merge keys, second documents or duplicate keys, and none of
YAML 1.1's guesses (`no` as false, `12:30` as a number). What is refused is reported with its place, never raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from cps_training.content.yaml_messages import explain_syntax, mark_of

Location = tuple[str | int, ...]
Place = tuple[int, int]

MAX_BYTES = 2 * 1024 * 1024
MAX_NODES = 200_000
MAX_DEPTH = 20
MAX_SHOWN_CHARACTERS = 20
MAX_PROBLEMS = 200
START: Place = (1, 1)

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML cannot carry, plus what would make an editor's line numbers or reading order differ from ours.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\ufeff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_GUESSED_WORD = re.compile(r"(y|yes|n|no|on|off|true|false|null)\Z", re.IGNORECASE)
_GUESSED_NUMBER = re.compile(
    r"[-+]?(0[box][0-9a-f_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[0-9][0-9_]*(\.[0-9_]*)?(e[-+]?[0-9]+)?"
    r"|\.[0-9][0-9_]*(e[-+]?[0-9]+)?|\.inf|\.nan)\Z|=\Z",
    re.IGNORECASE,
)
_GUESSED_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}.*)?\Z")


@dataclass(frozen=True)
class Problem:
    """One refusal: where in the data, where in the file, what and how to mend it (Thai)."""

    location: Location
    place: Place
    message: str


@dataclass(frozen=True)
class Marked:
    """Plain data of a file with places counted from 1. data is None where is_readable is False."""

    data: object
    values: Mapping[Location, Place]
    keys: Mapping[Location, Place]
    problems: tuple[Problem, ...] = ()
    is_readable: bool = True

    def value_place(self, location: Location) -> Place:
        """Where the value starts; for a location that is not there, the nearest one around it."""
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, START)

    def key_place(self, location: Location) -> Place:
        """Where the key starts; for an entry of a list, the entry; for what is missing, the key or entry around it."""
        while location:
            if location in self.values:  # every key has a value
                return self.keys.get(location) or self.values[location]
            location = location[:-1]
        return self.values.get((), START)


def unreadable(place: Place, message: str) -> Marked:
    """A source of which nothing can be used."""
    return Marked(None, {}, {}, (Problem((), place, message),), is_readable=False)


def read_text(path: Path) -> str | Problem:
    """The text of a content file, or the reason why there is none. Raises nothing."""
    try:
        if not path.is_file():
            return Problem((), START, "ไม่พบไฟล์นี้ หรือไม่ใช่ไฟล์ธรรมดา ให้ตรวจชื่อและที่อยู่ของไฟล์")
        with path.open("rb") as handle:
            raw = handle.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Problem((), START, f"เปิดไฟล์ไม่ได้ ({reason}) ให้ตรวจสิทธิ์การอ่านไฟล์")
    return decode(raw)


def decode(raw: bytes) -> str | Problem:
    """UTF-8 text without its byte order mark, or the reason why it is refused."""
    if len(raw) > MAX_BYTES:
        return Problem((), START, f"ไฟล์ใหญ่เกิน {MAX_BYTES // 1024 // 1024} MiB ให้แบ่งเป็นหลายไฟล์")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem((), START, "ไฟล์บันทึกเป็น UTF-16 ให้บันทึกใหม่โดยเลือกการเข้ารหัส UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        message = f"ไบต์ 0x{raw[error.start]:02x} ไม่ใช่ UTF-8 (อาจบันทึกเป็น TIS-620) ให้บันทึกใหม่โดยเลือกการเข้ารหัส UTF-8"
        return Problem((), place_of(before, len(before)), message)
    return text


def place_of(text: str, index: int) -> Place:
    """Line and column of a character, counted from 1."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def forbidden_characters(text: str) -> tuple[Problem, ...]:
    """The characters no content file may hold, at most MAX_SHOWN_CHARACTERS of them."""
    found = []
    for hit in _FORBIDDEN.finditer(text):
        found.append(Problem((), place_of(text, hit.start()), _forbidden_message(hit.group())))
        if len(found) == MAX_SHOWN_CHARACTERS:
            break
    return tuple(found)


def _forbidden_message(character: str) -> str:
    return f"มีอักขระควบคุม U+{ord(character):04X} ซึ่งมองไม่เห็น ให้ลบออกหรือพิมพ์ข้อความช่วงนี้ใหม่"


def read_marked(path: Path) -> Marked:
    """A file as marked data. Raises nothing: what is wrong stands in `problems`."""
    text = read_text(path)
    return unreadable(text.place, text.message) if isinstance(text, Problem) else parse(text)


def parse(text: str) -> Marked:
    """YAML text as marked data. Raises nothing: what is wrong stands in `problems`."""
    forbidden = forbidden_characters(text)
    if forbidden:
        return Marked(None, {}, {}, forbidden, is_readable=False)
    builder = _Builder()
    try:
        data = builder.document(iter(yaml.parse(text, Loader=_LOADER)))
    except _RefusedError as refused:
        builder.problems.append(refused.problem)
        data, is_readable = None, False
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML's own parser on odd escapes
        mark = mark_of(error)
        place = (mark.line + 1, mark.column + 1) if mark else START
        builder.problems.append(Problem((), place, explain_syntax(error)))
        data, is_readable = None, False
    else:
        is_readable = True
    return Marked(data, builder.values, builder.keys, tuple(builder.problems), is_readable)


class _RefusedError(Exception):
    """The file goes no further."""

    def __init__(self, place: Place, message: str) -> None:
        self.problem = Problem((), place, message)


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Builder:
    """Builds data from parser events in one pass, so that limits stop a hostile file before it is expanded."""

    def __init__(self) -> None:
        self.values: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}
        self.problems: list[Problem] = []
        self._nodes = 0

    def document(self, events: Iterator[Any]) -> object:
        data: object = None
        seen = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    raise _RefusedError(_place(event), "มีเอกสารที่สองในไฟล์เดียว (บรรทัด ---) ให้แยกเป็นอีกไฟล์ หรือลบบรรทัด ---")
                if event.version or event.tags:
                    self._report((), _place(event), "ไม่ใช้คำสั่ง %YAML หรือ %TAG ที่ต้นไฟล์ ให้ลบออก")
                data = self._node(next(events), events, (), 1)
        if not seen:
            raise _RefusedError(START, "ไฟล์ว่าง ไม่มีเนื้อหา ให้เติมเนื้อหาตามแบบ หรือลบไฟล์นี้")
        return data

    def _report(self, location: Location, place: Place, message: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            raise _RefusedError(place, f"พบที่ผิดเกิน {MAX_PROBLEMS} แห่งในไฟล์เดียว ให้แก้ข้างต้นก่อนแล้วตรวจใหม่")
        self.problems.append(Problem(location, place, message))

    def _node(self, event: Any, events: Iterator[Any], location: Location, depth: int) -> object:
        place = _place(event)
        self._count(place, depth)
        self.values[location] = place
        if isinstance(event, yaml.AliasEvent):
            self._report(location, place, f"ไม่ใช้การอ้างซ้ำ *{event.anchor} ให้เขียนข้อความเต็มตรงนี้")
            return None
        self._refuse_decoration(event, location, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, location, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, location, depth)
        return self._mapping(events, location, depth)

    def _count(self, place: Place, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _RefusedError(place, f"ไฟล์มีรายการเกิน {MAX_NODES:,} รายการ ให้แบ่งเป็นหลายไฟล์")
        if depth > MAX_DEPTH:
            raise _RefusedError(place, f"ซ้อนกันลึกเกิน {MAX_DEPTH} ชั้น ให้จัดโครงใหม่ตามแบบ")

    def _refuse_decoration(self, event: Any, location: Location, place: Place) -> None:
        if event.anchor is not None:
            self._report(location, place, f"ไม่ใช้การตั้งชื่ออ้าง &{event.anchor} ให้ลบออก แล้วเขียนข้อความเต็มทุกที่")
        if event.tag is not None:
            self._report(location, place, f"ไม่ใช้ป้ายชนิดข้อมูล {event.tag} ให้ลบออก")

    def _sequence(self, events: Iterator[Any], location: Location, depth: int) -> list[object]:
        entries: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            entries.append(self._node(event, events, (*location, len(entries)), depth + 1))
        return entries

    def _mapping(self, events: Iterator[Any], location: Location, depth: int) -> dict[str, object]:
        fields: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._key(event, events, location, depth)
            place = _place(event)
            if name is None or name in fields:
                if name is not None:
                    first = self.keys[(*location, name)][0]
                    self._report((*location, name), place, f"เขียน “{name}” ซ้ำ (ครั้งแรกบรรทัด {first}) ให้เหลือที่เดียว")
                self._skip(next(events), events, depth + 1)
                continue
            self.keys[(*location, name)] = place
            fields[name] = self._node(next(events), events, (*location, name), depth + 1)
        return fields

    def _key(self, event: Any, events: Iterator[Any], location: Location, depth: int) -> str | None:
        """The name of a field; None (and a report) where it is no plain text."""
        place = _place(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._report(location, place, "ชื่อช่องต้องเป็นคำธรรมดา ไม่ใช่รายการ ถ้าเป็นข้อความที่มี { } หรือ [ ] ให้ใส่เครื่องหมายคำพูด")
            self._skip(event, events, depth + 1)
            return None
        self._refuse_decoration(event, location, place)
        if event.value == "<<" and not event.style:
            self._report(location, place, "ไม่ใช้การรวมช่อง << ให้เขียนทุกช่องเต็ม ๆ")
            return None
        if not event.value:
            self._report(location, place, "มีเครื่องหมาย : โดยไม่มีชื่อช่องอยู่ข้างหน้า ให้เติมชื่อช่อง หรือใส่เครื่องหมายคำพูดครอบข้อความ")
            return None
        return self._visible(str(event.value), location, place)

    def _skip(self, event: Any, events: Iterator[Any], depth: int) -> None:
        """Read past a node that is not used, still within the limits."""
        level = 0
        while True:
            if isinstance(event, yaml.CollectionEndEvent):
                level -= 1
            else:
                self._count(_place(event), depth + level)
                level += isinstance(event, yaml.CollectionStartEvent)
            if level == 0:
                return
            event = next(events)

    def _visible(self, text: str, location: Location, place: Place) -> str:
        """Escapes such as "\\u202e" reach us only after parsing: they are checked here."""
        hidden = _FORBIDDEN.search(text)
        if hidden:
            self._report(location, place, _forbidden_message(hidden.group()))
            return _FORBIDDEN.sub("", text)
        return text

    def _scalar(self, event: Any, location: Location, place: Place) -> object:
        text = str(event.value)
        if event.style:
            return self._visible(text, location, place)
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _DATE.match(text):
            return self._date(text, location, place)
        if _GUESSED_WORD.match(text):
            remedy = f'ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "{text}" ถ้าเป็นค่าใช่/ไม่ใช่ ให้เขียน true หรือ false'
            self._report(location, place, f"“{text}” อ่านได้หลายแบบใน YAML {remedy}")
        elif _GUESSED_NUMBER.match(text) or _GUESSED_DATE.match(text):
            shown = text if len(text) <= 40 else text[:40] + "…"
            remedy = f'ถ้าเป็นข้อความ ให้ใส่เครื่องหมายคำพูด "{shown}" ถ้าเป็นตัวเลข ให้เขียนเลขฐานสิบธรรมดา เช่น 10 หรือ 0.6'
            self._report(location, place, f"“{shown}” อ่านได้หลายแบบใน YAML {remedy}")
        return text

    def _date(self, text: str, location: Location, place: Place) -> object:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._report(location, place, f'“{text}” ไม่มีในปฏิทิน ให้แก้วันที่ หรือใส่เครื่องหมายคำพูด "{text}" ถ้าเป็นข้อความ')
            return text
