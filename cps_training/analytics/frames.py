"""Rows of the desk → typed DataFrames: the one door through which data enters the statistics.

Every frame has exactly the columns of its constant, in that order, then those of OPTIONAL, empty or not; dates are
datetime.date or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

ROSTER = ("person_code", "name", "unit", "active_from", "active_to", "is_guest", "employment")
ATTENDANCE = ("person_code", "date", "kind", "minutes", "session_minutes")
RESPONSES = (
    *("person_code", "form", "attempt_number", "item_id", "item_version", "at"),
    *("is_blank", "fraction", "response_class", "most", "section"),
)
"""What the statistics read, one row a response. at: UTC, ISO text or datetime; is_blank: nothing was answered; fraction: 0–1,
NaN (or None) while it waits for a marker; response_class: the item type's `classify` word, "" for a blank; most: the points a
right answer earns, 0 for what never counts; section: of the form, or None."""
PAIRS = ("person_code", "pre", "post")
"""Scores of the same person before and after, each the share of the points that could be had (0–1)."""

OPTIONAL: dict[tuple[str, ...], tuple[str, ...]] = {ROSTER: ("left_out_because",)}
"""Columns rows may lack: None there. left_out_because: the written reason why somebody is not counted in the unit."""

_DATES = ("active_from", "active_to", "date")


class FrameError(ValueError):
    """Rows lack columns; names the missing ones."""


def frame(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """A frame with exactly `columns` and their OPTIONAL ones. Raises FrameError naming columns missing from the rows."""
    listed = [dict(row) for row in rows]
    missing = sorted({column for row in listed for column in columns if column not in row})
    if missing:
        raise FrameError(f"rows lack the columns {', '.join(missing)}; expected {', '.join(columns)}")
    wanted = (*columns, *OPTIONAL.get(columns, ()))
    return pd.DataFrame(
        [[_value(row, column) for column in wanted] for row in listed], columns=list(wanted), dtype=object
    )


def _value(row: Mapping[str, Any], column: str) -> Any:
    value = row.get(column)
    if column in _DATES and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value
