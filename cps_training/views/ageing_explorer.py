"""Debts by their age over years, what is set aside against them, and what if. Must not know whose debts: figures and words are data."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class AgeingExplorer(Citing):
    """Bars of the years, a table of the chosen one, a share of the old debts to lose. Whole baht. Not scored, nothing is sent.

    buckets: [{id, label, is_old}], the first one not overdue. years: [{id, label, parts: one number a bucket, allowance, reserve,
    equity}]. renewal: {year, amount, toggle, label, note ("{share}", "{shown}"), cited}, part of that year's first bucket.
    what_if: {most, step, start, note, cited}; state: {text, cited}. A ref: {id, label, title} or None.
    labels: years, share and total and what_if_value ("{n}"), of_year ("{year}"), bucket, baht, percent, arrears, loans, cover,
    old, allowance, gap, what_if, lost, minus, burden, within, reserve_holds and reserve_short ("{reserve}", "{left}"), equity
    ("{before}", "{after}"), not_scored.
    """

    stem: ClassVar[str] = "ageing_explorer"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    buckets = t.List().tag(sync=True)
    years = t.List().tag(sync=True)
    renewal = t.Dict().tag(sync=True)
    what_if = t.Dict().tag(sync=True)
    state = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
