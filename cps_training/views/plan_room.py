"""The head of a plan: its stages with the two gates, the parts it is written in, the day it is there. Must not know what a stage asks for."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class PlanRoom(View):
    """title and line: content. tag: {text, kind} | None; back: {label, href} | None.
    stages: [{id, label, clause, state: done | now | todo, is_gate}].
    tabs: [{id, label, badge: str, kind: due | bad | plain | "" of the badge}]; current: id of the one that is shown.
    clock: {today (in words), note, steps: [{id ("1" or "day:1"), label}]} | None: a day that is moved by hand.
    state: {text, kind: saved | saving | error | ""}: how what was written stands. notice: {text, kind: due | bad | "", action: {id, label} | None} | None.
    labels: stages, tabs, clock (names of the three), done, now, todo (said of a stage), step "… {n} … {total}" (of the stage one is in).
    Actions: tab:<id>, day:<n>, and the notice's.
    """

    stem: ClassVar[str] = "plan_room"

    title = t.Unicode().tag(sync=True)
    line = t.Unicode().tag(sync=True)
    tag = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    back = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    stages = t.List().tag(sync=True)
    tabs = t.List().tag(sync=True)
    current = t.Unicode().tag(sync=True)
    clock = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    state = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    notice = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    labels = t.Dict().tag(sync=True)
