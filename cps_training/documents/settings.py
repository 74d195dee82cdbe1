"""What an office sets for its documents: names at the top, digits, years. Pure; every setting may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from cps_training.thai_text import normalise


@dataclass(frozen=True)
class Settings:
    """has_thai_digits: ๑๒๓ instead of 123. has_buddhist_years: พ.ศ., else ค.ศ.

    Texts that are empty leave a dotted line to write on. closed_days: day in ISO → its name by locale, greyed in calendars.
    """

    has_thai_digits: bool = False
    has_buddhist_years: bool = True
    office: str = ""
    """ส่วนราชการ, with its telephone where wanted."""
    number: str = ""
    """ที่, the number of the letter."""
    approver: str = ""
    """To whom the memo goes; without one สหกรณ์จังหวัด."""
    position: str = ""
    """Position of the officer who signs."""
    closed_days: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Settings:
        """Settings of a mapping; names it does not know are passed over, because pages send theirs along."""
        return cls(**{one.name: given[one.name] for one in fields(cls) if given.get(one.name) is not None})

    def closed(self, day: date, locale: str) -> str:
        """The name of the closed day, "" for any other."""
        name = self.closed_days.get(day.isoformat(), {})
        return str(name.get(locale) or name.get("th") or "")

    @property
    def signs_for(self) -> str:
        """The approver without the word of address."""
        return self.approver.removeprefix("เรียน ").strip() if normalise(self.approver) else "สหกรณ์จังหวัด"
