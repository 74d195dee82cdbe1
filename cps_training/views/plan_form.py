"""A part of a plan as a form that keeps itself: sections of fields, what is to be mended where it is written, adding and taking away.

Must not know plans, rules or people: fields are ids and values, findings arrive ready, what is typed goes out as a Save.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._saving import Saving, Shape, is_text, like
from cps_training.views._view import MOST_CHOICES
from cps_training.views.assets import css_of

LONGEST_AREA = 2000
LONGEST_TEXT = 200
MOST_CHANGES = 300
MOST_ROWS = 60

_ID = is_text(300)
_DAY = like(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = like(r"[0-2][0-9]:[0-5][0-9]")


def _are_changes(value: object) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST_CHANGES
        and all(isinstance(one, Mapping) and set(one) == {"field", "value"} and _ID(one["field"]) for one in value)
        and len({one["field"] for one in value}) == len(value)
    )


class PlanForm(Saving):
    """sections: [{id, title ("" = cannot be folded), intro, tags: [{text, kind}], is_open (at first), summary (said while folded too), fields, buttons:
    [{id, label, kind: primary | danger | "", confirm: {text, yes, no} | None, disabled: why | ""}], remove: {label, confirm} | None, note}].
    A field: {id, type, label, hint, value, options: [{value, label, own}], most (letters, or rows), columns (of rows): [{name, type,
    label, options, most}], disabled: why | "", unit}. type: text | area | date | time | number | select | radio | checks | flag | lines |
    rows. Values: ISO days, "HH:MM", numbers, True or False for a flag, a list for checks, lines and rows, None for nothing elsewhere.
    A row may hold more than its columns (its id): that stays with it; one without an id is new.
    findings: [{id, field, severity: error | warning | hint, sign, text, clause: {id, label, title} | None, why, place, reason, go}]. One
    stands under its field, or under the nearest field, else at the top of the nearest section, whose id its `field` begins with (then one of
    `. / : [`); the others stand on top.
    adds: [{id, label}]: after one, the section that is new has the focus. at: id of the field or section the focus goes to, whenever it changes.
    labels: those of Saving, and what static/plan_form.js and the `_plan_….js` it is made of name.
    Saves: edit {changes: [{field, value}]}, add {to}, remove {section}, press {button}. What is typed is sent by itself after a pause, when its
    field is left and before anything else is done; what an error answers stays typed, beside what the plan says.
    """

    stem: ClassVar[str] = "plan_form"
    shared: ClassVar[tuple[str, ...]] = (
        *("_dom", "_clause", "_saving", "_plan_finding", "_plan_ask"),
        *("_plan_dates", "_plan_controls", "_plan_rows", "_plan_drafts", "_plan_field"),
    )
    saves: ClassVar[Mapping[str, Shape]] = {
        "edit": {"changes": _are_changes},
        "add": {"to": _ID},
        "remove": {"section": _ID},
        "press": {"button": _ID},
    }

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    sections = t.List().tag(sync=True)
    findings = t.List().tag(sync=True)
    adds = t.List().tag(sync=True)
    at = t.Unicode().tag(sync=True)

    def __init__(self, **state: Any) -> None:
        self._rests: dict[str, list[dict[str, Any]]] = {}
        super().__init__(**state)

    @t.default("_css")
    def _css_with_parts(self) -> str:
        return css_of(self.stem, "_clause", "_plan_finding")

    @t.observe("sections")
    def _remember(self, _change: object) -> None:
        """What rows hold besides their columns: it comes back with them, and a row that was taken away may be taken back."""
        for field in self._fields():
            if field["type"] == "rows":
                known = self._rests.setdefault(field["id"], [])
                rests = [_rest(field, row) for row in field.get("value") or ()]
                known.extend(rest for rest in rests if rest and rest not in known)

    def _fields(self) -> Iterator[Mapping[str, Any]]:
        for section in self.sections:
            yield from section["fields"]

    def _offers(self, kind: str, detail: Mapping[str, Any]) -> bool:
        if kind == "add":
            return detail["to"] in {one["id"] for one in self.adds}
        if kind == "remove":
            return any(one["id"] == detail["section"] and one.get("remove") for one in self.sections)
        if kind == "press":
            return any(
                button["id"] == detail["button"] and not button.get("disabled")
                for section in self.sections
                for button in section.get("buttons", ())
            )
        fields = {field["id"]: field for field in self._fields() if not field.get("disabled")}
        return all(
            one["field"] in fields and self._fits(fields[one["field"]], one["value"]) for one in detail["changes"]
        )

    def _fits(self, field: Mapping[str, Any], value: object) -> bool:
        if field["type"] == "rows":
            most = field.get("most") or MOST_ROWS
            return isinstance(value, list) and len(value) <= most and all(self._is_row_of(field, one) for one in value)
        if field["type"] == "lines":
            fits = is_text(field.get("most") or LONGEST_AREA)
            return isinstance(value, list) and len(value) <= MOST_ROWS and all(fits(one) for one in value)
        return _fits_one(field, value)

    def _is_row_of(self, field: Mapping[str, Any], row: object) -> bool:
        if not isinstance(row, Mapping) or any(column["name"] not in row for column in field["columns"]):
            return False
        rest = _rest(field, row)
        return (not rest or rest in self._rests.get(field["id"], ())) and all(
            _fits_one(column, row[column["name"]]) for column in field["columns"]
        )


def _rest(field: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    names = {column["name"] for column in field["columns"]}
    return {name: value for name, value in row.items() if name not in names}


def _fits_one(field: Mapping[str, Any], value: object) -> bool:
    kind = field["type"]
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "checks":
        held = field.get("value") or ()
        offered = {option["value"] for option in field.get("options", ())}.union(held if isinstance(held, list) else ())
        return (
            isinstance(value, list)
            and len(value) <= MOST_CHOICES
            and all(isinstance(one, str) and one in offered for one in value)
            and len(set(value)) == len(value)
        )
    if value is None:
        return True
    if kind in ("select", "radio"):
        return isinstance(value, str) and (
            value == field.get("value") or any(value == option["value"] for option in field.get("options", ()))
        )
    if kind == "date":
        return _DAY(value)
    if kind == "time":
        return _TIME(value)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
    return is_text(field.get("most") or (LONGEST_AREA if kind == "area" else LONGEST_TEXT))(value)
