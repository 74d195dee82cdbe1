"""Two accounts that look like one person, side by side. Must not know what makes them look so or what merging does."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import FormView


class PeoplePairs(FormView):
    """page: {heading, intro, back: {id, label}, empty, pairs: [{id, why, people: [{name, code, facts: [{label, value (rich)}]}],
    form: form id, apart: form id}], merged: {title, rows: [{id, text (rich), form: form id}]}}. Forms as in FormView."""

    stem: ClassVar[str] = "people_pairs"

    page = t.Dict().tag(sync=True)
