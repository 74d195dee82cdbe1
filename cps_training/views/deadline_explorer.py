"""A day and the days counted from it, over a calendar of closed days. Must not know law, handbook or office: all of it is data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class DeadlineExplorer(Citing):
    """Choose the first day, see the last one, what is closed around it and the last working day until then. Not scored.

    cases: [{id, label, days, date_label, start, tries: [{label, date}], note, mark: {text, kind} | None, cited: ref | None}].
    closed: [{date, name, is_unverified}]; known: [first, last] day of the calendar. years: the first days that can be chosen,
    Christian years. Every day is ISO text; a day counts from the next one on.
    labels: months (12), weekdays (7, from Monday), weekdays_short, date ("{weekday}", "{day}", "{month}", "{be}", "{ce}"),
    short_date, year ("{be}", "{ce}"), day_name, month_name, year_name, cases, earlier, later, tries, due ("{days}", "{date}"),
    due_is_open, last ("{date}"), advice, weekend, closed_here, unknown ("{date}"), unverified, calendar, legend_due, legend_last,
    legend_closed, not_scored.
    """

    stem: ClassVar[str] = "deadline_explorer"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    cases = t.List().tag(sync=True)
    closed = t.List().tag(sync=True)
    known = t.List().tag(sync=True)
    years = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
