"""How many of a unit are enough: whole people against a percentage. Must not know what is counted nor which rule asks for it."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ShareCalculator(Citing):
    """Numbers to move, the share they make and the line that must be reached, in exact integers. Not scored, nothing is sent.

    percent: the share needed. fields: {total, joined: {label, value, most}}, and extras: [{id, label, value, most, text}], people
    who change nothing; text says why, with "{n}". tries: [{label, total, joined}] to press.
    labels: result ("{joined}", "{total}", "{rate}"), reached, missing ("{n}"), needed ("{needed}", "{total}", "{percent}",
    "{exact}"), check ("{left}", "{right}", "{joined}", "{total}", "{percent}"), line ("{needed}"), signed ("{n}",
    "{joined}"), bad ("{least}", "{most}"), tries, fewer, more, not_scored. cited: {id, label, title} | None.
    """

    stem: ClassVar[str] = "share_calculator"

    title = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    percent = t.Int(80).tag(sync=True)
    fields = t.Dict().tag(sync=True)
    extras = t.List().tag(sync=True)
    tries = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    cited = t.Dict(allow_none=True, default_value=None).tag(sync=True)
