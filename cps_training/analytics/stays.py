"""Stays on the roster and first proofs of taking part, and what they tell besides the figure. Rows in, frozen notes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Note:
    """A person beside the figure. day: since when, or None; because: the written reason."""

    person_code: str
    name: str
    unit: str
    day: date | None = None
    because: str = ""


@dataclass(frozen=True)
class Notes:
    """left: took part, but gone before the count date (day: since when); to_come: took part, but only later on the roster;
    joined_later: in the unit, came after the last session and has no proof yet (offer catch-up; day: since when);
    left_out: on the roster, not counted for a written reason; contractors: not counted, and how many of them took part.
    """

    left: tuple[Note, ...] = ()
    to_come: tuple[Note, ...] = ()
    joined_later: tuple[Note, ...] = ()
    left_out: tuple[Note, ...] = ()
    contractors: int = 0
    contractors_took_part: int = 0


def is_blank(value: Any) -> bool:
    """None, NaN, NaT or an empty text."""
    return value is None or value is pd.NaT or value != value or value == ""


def is_there(stay: dict[Any, Any], day: date) -> bool:
    """active_from <= day < active_to: active_to is the first day no longer there."""
    return bool(stay["active_from"] <= day and (is_blank(stay["active_to"]) or day < stay["active_to"]))


def first_proofs(valid: pd.DataFrame) -> pd.DataFrame:
    """The first valid proof of each person: index person_code, the other columns of frames.ATTENDANCE."""
    return valid.sort_values("date", kind="stable").drop_duplicates("person_code").set_index("person_code")


def notes_of(
    stays: list[dict[Any, Any]],
    in_unit: set[str],
    first: pd.DataFrame,
    sessions: tuple[date, date] | None,
    day: date,
    *,
    counts_contractors: bool,
) -> Notes:
    """What stands beside the figure. in_unit: codes of N on `day`; first: first_proofs; sessions: first and last day."""
    came = set(first.index)
    own = [stay for stay in stays if not stay["is_guest"]]
    countable = [
        stay
        for stay in own
        if is_blank(stay.get("left_out_because")) and (counts_contractors or stay["employment"] != "contractor")
    ]
    outside = [stay for stay in countable if stay["person_code"] not in in_unit and stay["person_code"] in came]
    gone = [stay for stay in outside if not is_blank(stay["active_to"]) and stay["active_to"] <= day]
    gone_codes = {stay["person_code"] for stay in gone}
    later = [stay for stay in outside if stay["active_from"] > day and stay["person_code"] not in gone_codes]
    contractors = {
        stay["person_code"]
        for stay in own
        if is_there(stay, day) and stay["employment"] == "contractor" and not counts_contractors
    } - in_unit
    out = [stay for stay in own if is_there(stay, day) and not is_blank(stay.get("left_out_because"))]
    return Notes(
        left=_notes(sorted(gone, key=lambda stay: stay["active_to"], reverse=True), "active_to"),
        to_come=_notes(sorted(later, key=lambda stay: stay["active_from"]), "active_from"),
        joined_later=_joined_later(countable, in_unit - came, sessions, day),
        left_out=_notes([stay for stay in out if stay["person_code"] not in in_unit], "active_from"),
        contractors=len(contractors),
        contractors_took_part=len(contractors & came),
    )


def _joined_later(
    stays: list[dict[Any, Any]], missing: set[str], sessions: tuple[date, date] | None, day: date
) -> tuple[Note, ...]:
    """Those of the unit without a proof who were not there on the day of the last session, nor on an earlier one."""
    if sessions is None:
        return ()
    present = {stay["person_code"] for stay in stays if stay["active_from"] <= sessions[1]}
    return _notes(
        [stay for stay in stays if stay["person_code"] in missing - present and is_there(stay, day)], "active_from"
    )


def _notes(stays: Iterable[dict[Any, Any]], since: str) -> tuple[Note, ...]:
    """One note a person, from their first stay in the given order."""
    notes: dict[str, Note] = {}
    for stay in stays:
        because = stay.get("left_out_because")
        notes.setdefault(
            stay["person_code"],
            Note(
                stay["person_code"],
                stay["name"],
                stay["unit"],
                stay[since],
                "" if is_blank(because) else str(because),
            ),
        )
    return tuple(notes.values())
