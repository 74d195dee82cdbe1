"""Items as rows of a table, one table a type: which columns there are, and the cells of an item. Pure; `item_rows` reads them back.

An item takes as many rows as its longest list. Its own fields stand in its first row, entries of lists (choices, gaps, hints) below
one another; `gaps.options.text` is the text of the options of gaps. The id is repeated in every row, so that a filter shows all
of an item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from cps_training.authoring.cells import LONGEST, YES, encode, join
from cps_training.authoring.fields import Part, parts_of
from cps_training.errors import KitError
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase

BANK, ORDER, REPLACES = "bank", "order", "replaces"
FILING = (BANK, ORDER, REPLACES)
"""What belongs to the file and not to the item: which bank, its number there, whether it stands in for a shipped one."""
NAME = "name"
"""The column of the names of a named group (`values.name`)."""
BANKS = "banks"
BANK_COLUMNS = (BANK, "title.th", "title.en")
NAMES = Part(NAME, "one", "text", str)
ORDERS = Part(ORDER, "one", "whole", int, is_required=False)
REPLACINGS = Part(REPLACES, "one", "truth", bool, is_required=False)

Row = Mapping[str, str]


@dataclass(frozen=True)
class Group:
    """The columns of one model. path: before its columns (`gaps.options.`); own: its single values; joined: lists in one cell; lists: lists of
    plain values; ones: groups that appear once; groups: lists of groups and named groups."""

    path: str
    part: Part | None
    own: tuple[Part, ...]
    joined: tuple[Part, ...]
    lists: tuple[Part, ...]
    ones: tuple[Group, ...]
    groups: tuple[Group, ...]

    def column(self, part: Part) -> str:
        return self.path + part.name

    def starts(self) -> Iterator[str]:
        """The columns of which at least one is filled where an entry begins."""
        yield from (self.column(part) for part in (*self.own, *self.joined))
        for one in self.ones:
            yield from one.starts()


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook. columns: their names; rows: cells by column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()


def type_of(kind: type[ItemBase]) -> str:
    return str(kind.model_fields["type"].annotation.__args__[0])  # type: ignore[union-attr]


@cache
def group_of(model: type[BaseModel], path: str = "", part: Part | None = None) -> Group:
    parts = [one for one in parts_of(model) if path or one.name != "type"]
    named = (NAMES,) if part and part.shape == "named" else ()
    plain = [one for one in parts if one.model is None]
    inner = [group_of(one.model, f"{path}{one.name}.", one) for one in parts if one.model]
    return Group(
        path,
        part,
        (*named, *(one for one in plain if one.shape == "one")),
        tuple(one for one in plain if one.is_joined),
        tuple(one for one in plain if one.shape == "list" and not one.is_joined),
        tuple(group for group in inner if group.part and group.part.shape == "one"),
        tuple(group for group in inner if group.part and group.part.shape != "one"),
    )


@cache
def columns_of(kind: type[ItemBase]) -> tuple[tuple[str, Part], ...]:
    """Every column of a type's sheet in the order of the model's fields, after those of the file."""
    return (("id", parts_of(kind)[0]), *_FILING, *_columns(kind, "", None))


_FILING = ((BANK, Part(BANK, "one", "id", str)), (ORDER, ORDERS), (REPLACES, REPLACINGS))


def _columns(model: type[BaseModel], path: str, part: Part | None) -> tuple[tuple[str, Part], ...]:
    found: list[tuple[str, Part]] = [(path + NAME, NAMES)] if part and part.shape == "named" else []
    for one in parts_of(model):
        if not path and one.name in ("id", "type"):
            continue
        if one.model is None:
            found.append((path + one.name, one))
        else:
            found += _columns(one.model, f"{path}{one.name}.", one)
    return tuple(found)


def item_rows(item: ItemBase, *, bank: str, order: int, replaces: bool = False) -> list[dict[str, str]]:
    """The rows of one item. Raises KitError cell-too-long naming item and column."""
    rows = _rows(item.model_dump(exclude_defaults=True), group_of(type(item)))
    rows[0][BANK], rows[0][ORDER] = bank, str(order)
    if replaces:
        rows[0][REPLACES] = YES
    for row in rows:
        row["id"] = item.id
        for column, text in row.items():
            if len(text) > LONGEST:
                raise _too_long(item.id, column, len(text))
    return rows


def _rows(data: Mapping[str, Any], group: Group) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = [{}]

    def put(at: int, cells: Mapping[str, str]) -> None:
        while len(rows) <= at:
            rows.append({})
        rows[at].update(cells)

    for part in group.own:
        if data.get(part.name) is not None:
            put(0, {group.column(part): encode(data[part.name], part)})
    for part in group.joined:
        if part.name in data:
            put(0, {group.column(part): join(data[part.name])})
    for part in group.lists:
        for at, value in enumerate(data.get(part.name, ())):
            put(at, {group.column(part): encode(value, part)})
    for one in group.ones:
        if data.get(_name(one)) is not None:
            put(0, _rows(data[_name(one)], one)[0])
    for inner in group.groups:
        at = 0
        for entry in _entries(data.get(_name(inner), ()), inner):
            for cells in _rows(entry, inner):
                put(at, cells)
                at += 1
    return rows


def _name(group: Group) -> str:
    assert group.part is not None
    return group.part.name


def _entries(value: Any, group: Group) -> Sequence[Mapping[str, Any]]:
    if group.part and group.part.shape == "named" and value:
        return [{NAME: name, **entry} for name, entry in value.items()]
    return tuple(value)


def _too_long(item: str, column: str, length: int) -> KitError:
    return KitError(
        "cell-too-long",
        f"ข้อ {item} ช่อง {column} ยาว {length:,} ตัวอักษร เซลล์ของ Excel เก็บได้ไม่เกิน {LONGEST:,} ให้ย่อข้อความในไฟล์ YAML แล้วส่งออกใหม่",
        place=f"{item} {column}",
    )


def sheets_of(banks: Sequence[Any]) -> tuple[Sheet, ...]:
    """The sheets of whole banks (`content.banks.Bank`): the banks' titles, then one a type. Raises KitError cell-too-long."""
    titles = [
        {BANK: bank.bank, "title.th": bank.title.th, **({"title.en": bank.title.en} if bank.title.en else {})}
        for bank in banks
    ]
    by_type: dict[str, list[dict[str, str]]] = {type_of(kind): [] for kind in ITEM_TYPES}
    for bank in banks:
        for number, item in enumerate(bank.items):
            by_type[item.type] += item_rows(item, bank=bank.bank, order=number + 1, replaces=number in bank.replacing)
    kinds = [
        Sheet(type_of(kind), tuple(name for name, _ in columns_of(kind)), tuple(by_type[type_of(kind)]))
        for kind in ITEM_TYPES
    ]
    return (Sheet(BANKS, BANK_COLUMNS, tuple(titles)), *kinds)
