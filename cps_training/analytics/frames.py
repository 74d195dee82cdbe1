"""Rows of the desk → typed DataFrames: the one door through which data enters the statistics.

Every frame has exactly the columns of its constant, in that order, empty or not; dates are datetime.date or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

ROSTER = ("person_code", "name", "unit", "active_from", "active_to", "is_guest", "employment")
ATTENDANCE = ("person_code", "date", "kind", "minutes", "session_minutes")

_DATES = ("active_from", "active_to", "date")


class FrameError(ValueError):
    """Rows lack columns; names the missing ones."""


def frame(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """A frame with exactly `columns`. Raises FrameError naming columns missing from the rows."""
    listed = [dict(row) for row in rows]
    missing = sorted({column for row in listed for column in columns if column not in row})
    if missing:
        raise FrameError(f"rows lack the columns {', '.join(missing)}; expected {', '.join(columns)}")
    return pd.DataFrame(
        [[_value(row, column) for column in columns] for row in listed], columns=list(columns), dtype=object
    )


def _value(row: Mapping[str, Any], column: str) -> Any:
    value = row[column]
    if column in _DATES and isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value
