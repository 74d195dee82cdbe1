"""One person: who they are, where they belong, what can be done about it, what was done. Must not know stores or rules."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import FormView


class PersonSheet(FormView):
    """sheet: {name, code, tags: [{text, kind}], facts: [{label, value (rich)}], back: {id, label}, notice (rich) | "",
    stays: {title, empty, rows: [{id, unit, text, tag, forms: [form id], fold: label}]}, account: {title, forms: [form id]},
    roster: {title, forms: [form id]}, history: {title, empty, rows: [{when, who, what (rich)}]}}. Forms as in FormView."""

    stem: ClassVar[str] = "person_sheet"

    sheet = t.Dict().tag(sync=True)
