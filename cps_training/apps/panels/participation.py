"""Panel: has the knowledge reached at least 80 % of the unit, who is missing, and by which rule was it counted (km.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from cps_training.analytics.frames import ATTENDANCE, ROSTER, frame
from cps_training.analytics.participation import Participation, participation, sessions_of
from cps_training.analytics.proofs import Topic, proofs
from cps_training.analytics.stays import is_there
from cps_training.apps.panels import participation_words as words
from cps_training.apps.session import Session
from cps_training.views import ParticipationMeter

Row = dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """What compute gives render.

    progress: (answered, checkpoints) per person code in the topic's lessons. guests: those who took part, contractors: those
    not counted, each {name, unit}. by_day: (what, the same count with the roster of another day) for the sensitivity line.
    """

    topic: Topic
    result: Participation
    progress: dict[str, tuple[int, int]]
    guests: tuple[Row, ...]
    contractors: tuple[Row, ...]
    by_day: tuple[tuple[str, date, Participation], ...]


class ParticipationPanel:
    """n of N, still needed, met or not, by unit of the office, who is missing, what another day's roster would say."""

    id = "participation"
    needs = ("roster", "attendance", "lessons", "finished_forms", "settings")

    def compute(self, rows: Mapping[str, list[Row]], today: date) -> Counted:
        """rows: the desk's frames by name."""
        topic = Topic.read(rows["settings"][0] if rows["settings"] else {})
        roster = frame(rows["roster"], ROSTER)
        attendance = frame(proofs(rows, topic), ATTENDANCE)
        on = topic.counted_on(today)
        result = participation(roster, attendance, on=on, settings=topic.settings)
        return Counted(
            topic=topic,
            result=result,
            progress=_progress(rows["lessons"], topic),
            guests=_guests(roster, attendance, result),
            contractors=_contractors(roster, result),
            by_day=tuple(
                (what, day, participation(roster, attendance, on=on, settings=topic.settings, roster_on=day))
                for what, day in _days(attendance, topic, on, today)
            ),
        )

    def render(self, session: Session, counted: Counted, today: date) -> dict[str, Any]:
        """What a ParticipationMeter shows."""
        return words.meter(session, counted, today)

    def view(self, session: Session, counted: Counted, today: date) -> ParticipationMeter:
        """The same as a widget."""
        return ParticipationMeter(meter=self.render(session, counted, today), locale=session.locale)


def _progress(lessons: Iterable[Row], topic: Topic) -> dict[str, tuple[int, int]]:
    progress: dict[str, tuple[int, int]] = {}
    for row in lessons:
        if row["lesson"] in topic.lessons:
            answered, total = progress.get(row["person_code"], (0, 0))
            progress[row["person_code"]] = (answered + row["n_answered"], total + row["n_checkpoints"])
    return progress


def _days(attendance: pd.DataFrame, topic: Topic, on: date, today: date) -> list[tuple[str, date]]:
    """The days whose roster the sensitivity line compares; each day once, by its first name."""
    held = sessions_of(attendance, on)
    named = [("first", held[0]), ("last", held[1])] if held else []
    if topic.deadline:
        named.append(("report", topic.deadline))
    named.append(("today", today))
    return [(what, day) for n, (what, day) in enumerate(named) if day not in [other for _, other in named[:n]]]


def _guests(roster: pd.DataFrame, attendance: pd.DataFrame, result: Participation) -> tuple[Row, ...]:
    """Guests with a valid proof, whenever they were here: counted as if they were a unit of their own."""
    own = roster[roster["is_guest"].astype(bool)].assign(
        is_guest=False, active_from=date.min, active_to=None, left_out_because=None
    )
    rule = replace(result.settings, counts_contractors=True)
    there = participation(own, attendance, on=result.counted_on, settings=rule).rows.to_dict("records")
    in_unit = set(result.rows["person_code"])
    return tuple(
        {"name": row["name"], "unit": row["unit"]}
        for row in there
        if row["took_part"] and row["person_code"] not in in_unit
    )


def _contractors(roster: pd.DataFrame, result: Participation) -> tuple[Row, ...]:
    """Contractors of the unit on the count date whom the office does not count."""
    if result.settings.counts_contractors:
        return ()
    found: dict[str, Row] = {}
    for stay in roster.to_dict("records"):
        if stay["employment"] == "contractor" and not stay["is_guest"] and is_there(stay, result.counted_on):
            found.setdefault(stay["person_code"], {"name": stay["name"], "unit": stay["unit"]})
    return tuple(row for code, row in found.items() if code not in set(result.rows["person_code"]))
