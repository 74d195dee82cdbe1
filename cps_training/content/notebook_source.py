"""Bounded reading of a notebook's JSON: data plus places, as yaml_source does for YAML. Knows nothing of lessons."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # the standard library's own reader of JSON strings
from pathlib import Path

from cps_training.content.yaml_source import (
    MAX_DEPTH,
    START,
    Location,
    Marked,
    Place,
    Problem,
    place_of,
    read_text,
    unreadable,
)

MAX_NESTING = 100
"""Outputs and metadata of other tools may nest deeper than our own content, but not without end."""

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"[-+.0-9A-Za-z]+")


def read_notebook(path: Path) -> Marked:
    """A notebook as marked data. Raises nothing: what is wrong stands in `problems`."""
    text = read_text(path)
    return unreadable(text.place, text.message) if isinstance(text, Problem) else parse_json(text)


def parse_json(text: str) -> Marked:
    """JSON text as marked data."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"อ่านเป็นโน้ตบุ๊กไม่ได้ ({error.msg}) ให้เปิดและบันทึกใหม่ด้วย JupyterLab หรือเอาไฟล์เดิมกลับมา"
        return unreadable((error.lineno, error.colno), message)
    except (RecursionError, ValueError):  # nested without end; numbers of thousands of digits
        return unreadable(START, "โน้ตบุ๊กซ้อนกันลึกหรือมีตัวเลขยาวเกินไป ให้เปิดและบันทึกใหม่ด้วย JupyterLab")
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError):
        place = place_of(text, max(0, text.lower().find("\\ud")))
        return unreadable(place, "มีรหัสอักขระ \\ud… ที่ไม่เป็นตัวอักษร ให้ลบออก แล้วบันทึกใหม่ด้วย JupyterLab")
    marker = _Marker(text)
    try:
        marker.value(0, (), 1)
    except _TooDeepError as deep:
        return unreadable(deep.place, f"ซ้อนกันลึกเกิน {MAX_NESTING} ชั้น ให้เปิดและบันทึกใหม่ด้วย JupyterLab")
    return Marked(data, marker.values, marker.keys)


class _TooDeepError(Exception):
    def __init__(self, place: Place) -> None:
        self.place = place


class _Marker:
    """Walks JSON that is known to be sound and notes where things start; deeper than MAX_DEPTH it only passes by."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._line_start, self._seen = 1, 0, 0
        self.values: dict[Location, Place] = {}
        self.keys: dict[Location, Place] = {}

    def _place(self, index: int) -> Place:
        newlines = self._text.count("\n", self._seen, index)
        if newlines:
            self._line += newlines
            self._line_start = self._text.rfind("\n", self._seen, index) + 1
        self._seen = index
        return self._line, index - self._line_start + 1

    def _skip_space(self, index: int) -> int:
        match = _SPACE.match(self._text, index)
        return match.end() if match else index

    def value(self, index: int, location: Location, depth: int) -> int:
        """Note the value that starts at or after index; the index after it."""
        index = self._skip_space(index)
        if depth <= MAX_DEPTH:
            self.values[location] = self._place(index)
        if depth > MAX_NESTING:
            raise _TooDeepError(self._place(index))
        opening = self._text[index]
        if opening == '"':
            return int(scanstring(self._text, index + 1)[1])
        if opening in "[{":
            return self._collection(index, location, depth, is_object=opening == "{")
        match = _WORD.match(self._text, index)
        return match.end() if match else index + 1

    def _collection(self, index: int, location: Location, depth: int, *, is_object: bool) -> int:
        index = self._skip_space(index + 1)
        position = 0
        while self._text[index] not in "]}":
            step: str | int = position
            if is_object:
                start = index
                name, index = scanstring(self._text, index + 1)
                step = str(name)
                if depth <= MAX_DEPTH:
                    self.keys[(*location, step)] = self._place(start)
                index = self._skip_space(index) + 1
            index = self._skip_space(self.value(index, (*location, step), depth + 1))
            if self._text[index] == ",":
                index = self._skip_space(index + 1)
            position += 1
        return index + 1
