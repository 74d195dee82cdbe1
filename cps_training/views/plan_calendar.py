"""The days of a plan with their visits, as months or as weeks: a visit is put on another day. Must not know what clashes, nor a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import Saving, Shape, like, maybe

_VISIT = like(r"[\w.-]{1,60}")
_DAY = like(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class PlanCalendar(Saving):
    """Whole weeks, Monday first. A visit is drawn to another day, taken there with the keyboard, or its day is chosen from those shown.

    view: month | week. title: which days these are. days: [{date (ISO), label ("จ. 24"), long (the day in full, as it is chosen and
    heard; the label where it is missing), is_closed, closed (its name), is_out (of another month), is_today, visits: [visit]}]; a visit:
    {id, title, line, kind: ok | due | wrong, clash (what it clashes with; "" = nothing), is_fixed (stays where it is)}.
    waiting: visits without a day.
    labels: see static/plan_calendar.js.
    Saves: place {visit, on: ISO | None}. Actions: view:month, view:week, turn:-1, turn:1, visit:<id>.
    """

    stem: ClassVar[str] = "plan_calendar"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_clause", "_saving", "_plan_carry")
    saves: ClassVar[Mapping[str, Shape]] = {"place": {"visit": _VISIT, "on": maybe(_DAY)}}

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    view = t.Unicode("month").tag(sync=True)
    title = t.Unicode().tag(sync=True)
    days = t.List().tag(sync=True)
    waiting = t.List().tag(sync=True)

    def __init__(self, **state: Any) -> None:
        self._movable: dict[str, bool] = {}
        super().__init__(**state)

    @t.observe("days", "waiting")
    def _remember(self, _change: object) -> None:
        """A visit may be taken up in one month and put down in the next: those shown before count as well."""
        self._movable.update((visit["id"], not visit["is_fixed"]) for visit in self._visits())

    def _visits(self) -> Iterator[Mapping[str, Any]]:
        for day in self.days:
            yield from day["visits"]
        yield from self.waiting

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:  # noqa: ARG002  (there is one kind)
        on = detail["on"]
        return self._movable.get(detail["visit"], False) and (on is None or any(day["date"] == on for day in self.days))
