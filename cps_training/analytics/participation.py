"""Participation of the unit in a transfer of knowledge: n of N people, decided on integers (km.4, at least 80 %).

    N  unique persons on the roster on the count date (guests and, by default, contractors left out;
       active_from <= count date < active_to or active_to blank)
    P  unique persons of N with at least one valid participation not after the count date
    met        N > 0 and 100·P >= 80·N          needed     ceil(0.8·N) = (80·N + 99) // 100

What counts as valid: on site; online from 60 % of the session's minutes; a lesson when complete (its row is only there when
it is). The order names neither a count date nor proofs: everything it leaves open is a Setting and printed with the result.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from cps_training.analytics.frames import ATTENDANCE, ROSTER, FrameError

EMPLOYMENTS = ("civil_servant", "permanent_employee", "government_employee", "contractor")
KINDS = ("onsite", "online", "lesson")


@dataclass(frozen=True)
class Settings:
    """What the office decides. Percentages are whole numbers, so that the test stays one of integers."""

    needed_percent: int = 80
    online_percent: int = 60
    counts_contractors: bool = False


@dataclass(frozen=True)
class Participation:
    """rate: fraction, None without a roster. rows: one a person of N, columns person_code, name, unit, took_part, first_on, kind.

    guests: unique guests who took part (never in N or P); unknown: codes in the attendance that the roster does not hold.
    """

    n_unit: int
    n_participants: int
    guests: int
    unknown: tuple[str, ...]
    rate: float | None
    min_people: int
    still_needed: int
    met: bool
    printed: str
    counted_on: date
    settings: Settings
    rows: pd.DataFrame

    def as_json(self) -> dict[str, Any]:
        """The figures for scripts: dates ISO, settings with the count date."""
        return {
            "n_unit": self.n_unit,
            "n_participants": self.n_participants,
            "guests": self.guests,
            "unknown": list(self.unknown),
            "rate": self.rate,
            "min_people": self.min_people,
            "still_needed": self.still_needed,
            "met": self.met,
            "printed": self.printed,
            "settings": asdict(self.settings) | {"counted_on": self.counted_on.isoformat()},
        }


def participation(
    roster: pd.DataFrame, attendance: pd.DataFrame, *, on: date, settings: Settings | None = None
) -> Participation:
    """Count the unit's participation on a day.

    roster: columns frames.ROSTER, one row a stay in the unit (somebody who came back has two). attendance: frames.ATTENDANCE,
    one row a proof. Raises FrameError naming missing columns or an unknown kind or employment with its person.
    """
    chosen = settings or Settings()
    _require(roster, ROSTER)
    _require(attendance, ATTENDANCE)
    _require_words(roster, "employment", EMPLOYMENTS)
    _require_words(attendance, "kind", KINDS)

    known = set(roster["person_code"])
    unit = _unit_on(roster, on, chosen)
    valid = _kept(attendance, [_is_valid(row, on, chosen) for row in attendance.to_dict("records")])
    first = valid.sort_values("date", kind="stable").drop_duplicates("person_code").set_index("person_code")
    took_part = unit["person_code"].isin(first.index)

    guests = set(roster.loc[roster["is_guest"].astype(bool), "person_code"]) & set(first.index)
    n, p = len(unit), int(took_part.sum())
    needed = (chosen.needed_percent * n + 99) // 100
    met = n > 0 and 100 * p >= chosen.needed_percent * n
    rows = unit[["person_code", "name", "unit"]].assign(
        took_part=took_part.to_numpy(),
        first_on=unit["person_code"].map(first["date"]).to_numpy(),
        kind=unit["person_code"].map(first["kind"]).to_numpy(),
    )
    return Participation(
        n_unit=n,
        n_participants=p,
        guests=len(guests),
        unknown=tuple(sorted(set(attendance["person_code"]) - known)),
        rate=p / n if n else None,
        min_people=needed,
        still_needed=max(0, needed - p),
        met=met,
        printed=printed_rate(p, n, chosen.needed_percent),
        counted_on=on,
        settings=chosen,
        rows=rows.reset_index(drop=True),
    )


def printed_rate(p: int, n: int, needed_percent: int = 80) -> str:
    """The rate with one decimal, e.g. "76.6"; never the needed figure while it is not reached: 79.96 is "79.9…".

    Empty without a roster: neither 0 % nor 100 % would be true.
    """
    if n == 0:
        return ""
    text = f"{100 * p / n:.1f}"
    if 100 * p < needed_percent * n and float(text) >= needed_percent:
        return f"{needed_percent - 0.1:.1f}…"
    return text


def _unit_on(roster: pd.DataFrame, on: date, settings: Settings) -> pd.DataFrame:
    kept = [
        not row["is_guest"]
        and row["active_from"] <= on
        and (_is_blank(row["active_to"]) or on < row["active_to"])
        and (settings.counts_contractors or row["employment"] != "contractor")
        for row in roster.to_dict("records")
    ]
    return _kept(roster, kept).drop_duplicates("person_code").reset_index(drop=True)


def _kept(table: pd.DataFrame, flags: list[bool]) -> pd.DataFrame:
    """The rows whose flag is true; right for an empty table too, where a bare list would select columns."""
    return table[pd.Series(flags, index=table.index, dtype=bool)]


def _is_valid(row: dict[Any, Any], on: date, settings: Settings) -> bool:
    if row["date"] > on:
        return False
    if row["kind"] != "online":
        return True
    minutes, whole = row["minutes"], row["session_minutes"]
    if _is_blank(minutes) or _is_blank(whole) or whole <= 0:
        return False
    return bool(100 * minutes >= settings.online_percent * whole)


def _is_blank(value: Any) -> bool:
    return value is None or value is pd.NaT or value != value


def _require(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(columns)}")


def _require_words(table: pd.DataFrame, column: str, words: tuple[str, ...]) -> None:
    for row in table.to_dict("records"):
        if row[column] not in words:
            raise FrameError(f"{row['person_code']}: {column} is {row[column]!r}; expected one of {', '.join(words)}")
