"""Participation of the unit in a transfer of knowledge: n of N people, decided on integers (km.4, at least 80 %).

    N  unique persons on the roster on the count date (guests, those left out with a written reason and, by default,
       contractors left out; active_from <= count date < active_to or active_to blank)
    P  unique persons of N with at least one valid participation not after the count date
    met        N > 0 and 100·P >= 80·N          needed     ceil(0.8·N) = (80·N + 99) // 100

What counts as valid: on site; online from 60 % of the session's minutes; a lesson when complete (a row that gives minutes has
all of them; one without was noted when it was complete). The order names neither a count date nor proofs: everything it leaves open is a Setting and printed with the result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from cps_training.analytics.frames import ATTENDANCE, ROSTER, FrameError
from cps_training.analytics.stays import Notes, first_proofs, is_blank, is_there, notes_of
from cps_training.i18n import mark

EMPLOYMENTS = ("civil_servant", "permanent_employee", "government_employee", "contractor")
KINDS = ("onsite", "online", "lesson")
NO_ROSTER = mark("ไม่มีทะเบียนบุคลากร")


@dataclass(frozen=True)
class Settings:
    """What the office decides. Percentages are whole numbers, so that the test stays one of integers."""

    needed_percent: int = 80
    online_percent: int = 60
    counts_contractors: bool = False


@dataclass(frozen=True)
class Participation:
    """rate: fraction, None without a roster. rows: one a person of N, columns person_code, name, unit, took_part, first_on, kind.

    guests: unique guests who took part (never in N or P); unknown: codes in the attendance that the roster does not hold;
    notes: who is not counted though they took part, who came too late, who is left out.
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
    notes: Notes = field(default_factory=Notes)

    def as_json(self) -> dict[str, Any]:
        """The figures for scripts: dates ISO, settings with the count date; printed says so when there is no roster."""
        return {
            "n_unit": self.n_unit,
            "n_participants": self.n_participants,
            "guests": self.guests,
            "unknown": list(self.unknown),
            "rate": self.rate,
            "min_people": self.min_people,
            "still_needed": self.still_needed,
            "met": self.met,
            "printed": self.printed or NO_ROSTER,
            "settings": asdict(self.settings) | {"counted_on": self.counted_on.isoformat()},
        }


def participation(
    roster: pd.DataFrame,
    attendance: pd.DataFrame,
    *,
    on: date,
    settings: Settings | None = None,
    roster_on: date | None = None,
) -> Participation:
    """Count the unit's participation on a day.

    roster: columns frames.ROSTER, one row a stay in the unit (somebody who came back has two). attendance: frames.ATTENDANCE,
    one row a proof. roster_on: the day whose unit is N, when another than the count date (the sensitivity line).
    Raises FrameError naming missing columns or an unknown kind or employment with its person.
    """
    chosen = settings or Settings()
    _require(roster, ROSTER)
    _require(attendance, ATTENDANCE)
    _require_words(roster, "employment", EMPLOYMENTS)
    _require_words(attendance, "kind", KINDS)

    day = roster_on or on
    stays = roster.to_dict("records")
    unit = _kept(roster, [is_there(stay, day) and _is_counted(stay, chosen) for stay in stays])
    unit = unit.drop_duplicates("person_code").reset_index(drop=True)
    valid = _kept(attendance, [_is_valid(row, on, chosen) for row in attendance.to_dict("records")])
    first = first_proofs(valid)
    took_part = unit["person_code"].isin(first.index)

    in_unit = set(unit["person_code"])
    guests = (set(roster.loc[roster["is_guest"].astype(bool), "person_code"]) & set(first.index)) - in_unit
    n, p = len(unit), int(took_part.sum())
    needed = (chosen.needed_percent * n + 99) // 100
    rows = unit[["person_code", "name", "unit"]].assign(
        took_part=took_part.to_numpy(),
        first_on=unit["person_code"].map(first["date"]).to_numpy(),
        kind=unit["person_code"].map(first["kind"]).to_numpy(),
    )
    return Participation(
        n_unit=n,
        n_participants=p,
        guests=len(guests),
        unknown=tuple(sorted(set(attendance["person_code"]) - set(roster["person_code"]))),
        rate=p / n if n else None,
        min_people=needed,
        still_needed=max(0, needed - p),
        met=n > 0 and 100 * p >= chosen.needed_percent * n,
        printed=printed_rate(p, n, chosen.needed_percent),
        counted_on=on,
        settings=chosen,
        rows=rows.reset_index(drop=True),
        notes=notes_of(
            stays, in_unit, first, sessions_of(attendance, on), day, counts_contractors=chosen.counts_contractors
        ),
    )


def by_unit(result: Participation) -> pd.DataFrame:
    """One row a unit of the office: unit, n, n_unit, printed; in the order of the roster.

    Never average these percentages: 90 % of a large unit and 70 % of a small one are not 80 % of the office.
    """
    rows = []
    for unit, own in result.rows.groupby("unit", sort=False):
        n, p = len(own), int(own["took_part"].sum())
        rows.append((unit, p, n, printed_rate(p, n, result.settings.needed_percent)))
    return pd.DataFrame(rows, columns=["unit", "n", "n_unit", "printed"])


def sensitivity(
    roster: pd.DataFrame,
    attendance: pd.DataFrame,
    *,
    on: date,
    days: Mapping[str, date | None],
    settings: Settings | None = None,
) -> pd.DataFrame:
    """How the figure hangs on the roster's day: the same proofs (until `on`), the unit as it was on each of `days`.

    days: {what: day}, those of None left out. Columns: what, day, n, n_unit, printed, met. §5.2 of the domain: the order
    names no count date, so the office sees what another one would say.
    """
    rows = []
    for what, day in days.items():
        if day is not None:
            there = participation(roster, attendance, on=on, settings=settings, roster_on=day)
            rows.append((what, day, there.n_participants, there.n_unit, there.printed, there.met))
    return pd.DataFrame(rows, columns=["what", "day", "n", "n_unit", "printed", "met"])


def sessions_of(attendance: pd.DataFrame, until: date) -> tuple[date, date] | None:
    """The first and the last day on which somebody attended a session, not after `until`; None without sessions."""
    days = [row["date"] for row in attendance.to_dict("records") if row["kind"] != "lesson" and row["date"] <= until]
    return (min(days), max(days)) if days else None


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


def _is_counted(stay: dict[Any, Any], settings: Settings) -> bool:
    """Whether a stay makes its person part of the unit (N) while it lasts."""
    return (
        not stay["is_guest"]
        and is_blank(stay.get("left_out_because"))
        and (settings.counts_contractors or stay["employment"] != "contractor")
    )


def _kept(table: pd.DataFrame, flags: list[bool]) -> pd.DataFrame:
    """The rows whose flag is true; right for an empty table too, where a bare list would select columns."""
    return table[pd.Series(flags, index=table.index, dtype=bool)]


def _is_valid(row: dict[Any, Any], on: date, settings: Settings) -> bool:
    if row["date"] > on:
        return False
    minutes, whole = row["minutes"], row["session_minutes"]
    if row["kind"] == "onsite":
        return True
    if row["kind"] == "lesson":
        return is_blank(minutes) or is_blank(whole) or bool(minutes >= whole)
    if is_blank(minutes) or is_blank(whole) or whole <= 0:
        return False
    return bool(100 * minutes >= settings.online_percent * whole)


def _require(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(columns)}")


def _require_words(table: pd.DataFrame, column: str, words: tuple[str, ...]) -> None:
    for row in table.to_dict("records"):
        if row[column] not in words:
            raise FrameError(f"{row['person_code']}: {column} is {row[column]!r}; expected one of {', '.join(words)}")
