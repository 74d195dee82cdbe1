"""Everybody of the office to look through: search, filter, open one. Must not know stores, roles or rosters."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class PeopleList(View):
    """Searching and filtering happen in the browser; opening somebody is the action `open:<person id>`.

    page: {heading, intro, actions: [{id, label, primary}], empty, notices: [{text (rich), kind, action {id, label}}],
    states: [{id, label}], units: [{id, label, is_own}], rows: [{id, name, code, unit (data), facts: [text], state: id of
    states, tag {text, kind}, tags: [{text, kind}]}]}. labels: search, state, unit, everything, count ("{n} … {total}"),
    more ("… {n}"), none.
    """

    stem: ClassVar[str] = "people_list"

    page = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)
