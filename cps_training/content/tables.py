"""Things of content by id, each with its place, refusing the same id twice. Knows no kind of thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from cps_training.content.loading import Read
from cps_training.content.yaml_source import Location
from cps_training.thai_text import nearest

T = TypeVar("T")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One named thing with its place: read.shown_place(id_at) is where its id stands, at is its own location."""

    name: str
    value: T
    read: Read[Any]
    at: Location
    id_at: Location
    is_office: bool
    replaces: bool = False

    def report(self, location: Location, message: str) -> None:
        self.read.report((*self.at, *location), message)


@dataclass
class Table(Generic[T]):
    """Things by id. what: how the thing is called in messages. An office's entry may replace a shipped one, saying so."""

    what: str
    entries: dict[str, Entry[T]] = field(default_factory=dict)

    def add(self, entry: Entry[T]) -> None:
        """Take an entry in, or report why not."""
        first = self.entries.get(entry.name)
        if entry.replaces and not entry.is_office:
            entry.report(("replaces",), "ใช้ได้เฉพาะเนื้อหาของสำนักงาน ให้ลบ replaces ออก")
        if first is None:
            if entry.replaces and entry.is_office:
                entry.report(("replaces",), self._nothing_to_replace(entry.name))
            self.entries[entry.name] = entry
            return
        place = first.read.shown_place(first.id_at)
        if not entry.is_office or first.is_office:
            entry.read.report(entry.id_at, f"รหัส{self.what} “{entry.name}” ซ้ำกับ {place} ให้ตั้งรหัสใหม่")
        elif entry.replaces:
            self.entries[entry.name] = entry
        else:
            message = f"รหัส{self.what} “{entry.name}” มีในเนื้อหาที่มากับชุดฝึกแล้ว ({place}) "
            entry.read.report(entry.id_at, message + "ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน")

    def _nothing_to_replace(self, name: str) -> str:
        near = nearest(name, tuple(self.entries))
        hint = f"ใกล้ที่สุดคือ {near} " if near else ""
        return f"บอกว่าใช้แทน แต่ชุดฝึกไม่มี{self.what} “{name}” {hint}ให้แก้รหัส หรือลบ replaces ออก"

    def values(self) -> dict[str, T]:
        return {name: entry.value for name, entry in self.entries.items()}
