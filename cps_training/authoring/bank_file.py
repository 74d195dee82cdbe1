"""Items put into a bank's text: added at its end or in the place of others, every other byte as it was. Pure; knows no item type.

The result is read again before anybody may keep it: it must hold what was meant and everything else unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from cps_training.authoring.yaml_block import block, scalar
from cps_training.content.yaml_source import parse
from cps_training.errors import KitError
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
KINDS: dict[str, type[ItemBase]] = {str(kind.example().type): kind for kind in ITEM_TYPES}
INDENT = 2


@dataclass(frozen=True)
class Written:
    """An item on its way into a file: plain data as an author would write it, and whether it stands in for a shipped one."""

    data: Mapping[str, Any]
    replaces: bool = False

    @classmethod
    def of(cls, item: ItemBase, *, replaces: bool = False) -> Written:
        return cls(item.model_dump(exclude_defaults=True) | {"type": item.type}, replaces)

    def block(self, indent: int = INDENT) -> str:
        """Its YAML, with an unknown type as a choice item would be."""
        kind = KINDS.get(str(self.data.get("type")), ITEM_TYPES[0])
        return block(self.data, kind, indent=indent, replaces=self.replaces)


def new_bank(bank: str, title: str, title_en: str, items: Sequence[Written]) -> str:
    """The text of a new bank."""
    english = f", en: {scalar(title_en)}" if title_en else ""
    blocks = "\n\n".join(item.block() for item in items)
    return f"bank: {scalar(bank)}\ntitle: {{th: {scalar(title)}{english}}}\nitems:\n\n{blocks}\n"


def edited(text: str, name: str, replaced: Mapping[int, Written], added: Sequence[Written]) -> str:
    """The text of a bank with items in the place of others (by number, from 0) and further ones at the end.

    name: the file, for messages. Raises KitError bank-not-editable where the list of items is not written line by line.
    """
    indent, spans = _spans(text, name)
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"

    def shown(item: Written) -> str:
        return item.block(indent).replace("\n", end) + end

    last = spans[-1][1]
    if added and not lines[last].endswith(("\n", "\r")):
        lines[last] += end
    is_apart = len(spans) < 2 or not lines[spans[-1][0] - 1].strip()
    between = end if is_apart else ""
    tail = "".join(between + shown(item) for item in added)
    for number, item in replaced.items():
        first, until = spans[number]
        is_open = not lines[until].endswith(("\n", "\r"))
        new = shown(item)
        lines[first : until + 1] = [new.removesuffix(end) if is_open else new, *[""] * (until - first)]
    return "".join([*lines[: last + 1], tail, *lines[last + 1 :]])


def first_line(text: str, number: int) -> int:
    """The line, from 1, at which the item of that number begins. Raises KitError as `edited`."""
    return _spans(text, "")[1][number][0] + 1


def comments_in(text: str, name: str, number: int) -> int:
    """How many lines of an item hold nothing but a comment: they go when it is replaced."""
    first, last = _spans(text, name)[1][number]
    return sum(line.lstrip().startswith("#") for line in text.splitlines()[first : last + 1])


def _spans(text: str, name: str) -> tuple[int, list[tuple[int, int]]]:
    """Where the dashes stand, and the first and last line of each item, from 0."""
    if not parse(text.removeprefix("\ufeff")).is_readable:
        raise _refusal(name)
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=_LOADER)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    items = next((value for key, value in pairs if key.value == "items"), None)
    if not isinstance(items, yaml.SequenceNode) or items.flow_style or not items.value:
        raise _refusal(name)
    lines = text.splitlines()
    spans, indents = [], set()
    for item in items.value:
        line, column = item.start_mark.line, item.start_mark.column
        before = lines[line][:column]
        if before.strip(" ") != "-":
            raise _refusal(name)
        indents.add(before.index("-"))
        spans.append((line, _last_line(item, lines)))
    return indents.pop(), spans


def _last_line(node: Any, lines: Sequence[str]) -> int:
    while not isinstance(node, yaml.ScalarNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    mark = node.end_mark
    last = min(mark.line, len(lines) - 1)
    if mark.column == 0 and last > node.start_mark.line:
        last -= 1  # a text of several lines ends where the next thing begins
    while last > node.start_mark.line and not lines[last].strip():
        last -= 1
    return int(last)


def _refusal(name: str) -> KitError:
    text = f"เติมข้อใน {name} ให้ไม่ได้ เพราะรายการ items อ่านไม่ออก หรือไม่ได้เขียนข้อละบรรทัดขึ้นต้นด้วย - ให้จัดไฟล์ตามแบบ แล้วลองใหม่"
    return KitError("bank-not-editable", text, place=name)
