"""Limits and settings with their sources: data/parameters.yaml. Pure; knows nobody who uses a value.

Every number that is not certain stands here and nowhere else, with the status that is shown beside it. An office states
its own in `<data folder>/content/data/parameters.yaml`, by id with `replaces: true`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from cps_training.content.calendar import as_date
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.items.base import ClauseId, ItemId, Strict
from cps_training.thai_text import show_date

FILE = "data/parameters.yaml"
Value = int | float | date


class Parameter(Strict):
    """One value. unit: the words after it, or around it where they hold `{n}` (`ร้อยละ {n}`); None for a date.

    status: `verified` where the source states it, `unverified` where a person must still check it against the law of today.
    is_office_setting: neither law nor handbook says so; the office decides, and this is where it starts.
    """

    id: ItemId
    value: Value
    unit: Title | None = None
    title: Title
    source: Bilingual
    status: Literal["verified", "unverified"]
    is_office_setting: Annotated[bool, Field(strict=True)] = False
    clauses: tuple[ClauseId, ...] = ()
    note: Bilingual | None = None
    replaces: Annotated[bool, Field(strict=True)] = False

    @field_validator("value", mode="plain", json_schema_input_type=int | float | date)
    @classmethod
    def _value(cls, given: Any) -> Value:
        if isinstance(given, bool) or not isinstance(given, int | float | date):
            raise ValueError("ต้องเป็นตัวเลข เช่น 90 หรือวันที่แบบ ปี-เดือน-วัน (ค.ศ.) เช่น 2023-07-14 ให้แก้")
        return as_date(given) if isinstance(given, date) else given

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(self.clauses, "clauses")
        if isinstance(self.value, date) and self.unit is not None:
            raise ValueError("unit ใช้กับตัวเลขเท่านั้น ค่านี้เป็นวันที่ ให้ลบ unit ออก")
        if not isinstance(self.value, date) and self.unit is None:
            raise ValueError("ขาด unit เพราะตัวเลขต้องมีหน่วย เช่น unit: {th: วัน, en: days}")
        return self

    @property
    def is_verified(self) -> bool:
        return self.status == "verified"

    def text(self, locale: str = "th") -> str:
        """The value for people: `90 วัน`, `ร้อยละ 80`, `14 ก.ค. 2566`, `30,000 บาท`."""
        if isinstance(self.value, date):
            return show_date(self.value, locale)
        unit = self.unit.text(locale) if self.unit else "{n}"
        return (unit if "{n}" in unit else f"{{n}} {unit}").replace("{n}", f"{self.value:,}")


class ParametersFile(Strict):
    """parameters.yaml."""

    parameters: Annotated[tuple[Parameter, ...], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(parameter.id for parameter in self.parameters), "parameters")
        return self
