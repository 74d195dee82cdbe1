"""How many of the unit took part, against the goal. Must not know how people are counted: numbers and texts arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class ParticipationMeter(View):
    """The number, the bar with its goal, the units as dots, who is missing; the rule and the rows open under the bar.

    meter: title, subtitle (rich), n, n_unit, count_text, rate_text, tag {text, kind}, goal {people, label} | None, caption,
    empty, empty_action {label, href} | None, units {title, rows: [{name, n, n_unit, guests, text, people: [{name, text}]}]},
    missing {title, columns, rows: [{name, unit, status, kind}]}, rule {title, rows: [{label, value}]}, rows {title, columns,
    rows}, sensitivity {title, intro, rows: [{id, label, day, text, rate, tag, columns, rows}]} | None, notes {title,
    rows: [{id, title, text, hint, columns, rows}]} | None. n_unit = 0 shows only title and `empty`.
    Rich text is a string, or a list of strings and {"own": text} for data; so are the cells of rows.
    """

    stem: ClassVar[str] = "participation_meter"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_form")

    meter = t.Dict().tag(sync=True)
