"""Values of a plan that a form shows in other parts than they are kept in: checklists, rows, figures. Pure; knows no field and no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Rows = list[dict[str, Any]]
Kind = tuple[str, ...]
VOICES = ("members", "board", "management")
REMINDERS = ("remind_1", "remind_2", "remind_3")
BETWEEN_ITEMS = ";"


def _study(kept: Any, item: str) -> str | None:
    return next((one.get("done_on") for one in kept or () if one["item"] == item), None)


def _put_study(kept: Any, item: str, value: str | None) -> Rows:
    others = [one for one in kept or () if one["item"] != item]
    return [*others, {"item": item, "done_on": value}] if value else others


def _put_figure(kept: Any, name: str, value: Any) -> dict[str, Any] | None:
    made = {**(kept or {}), name: int(value) if name == "invest" and value is not None else value}
    return {key: one for key, one in made.items() if one not in (None, "")} or None


def _gaps(kept: Any, name: str) -> Any:
    return kept is not None if name == "looked" else list(kept or ())


def _put_gaps(kept: Any, name: str, value: Any) -> list[str] | None:
    if name == "looked":
        return list(kept or ()) if value else None
    return list(value) if value or kept is not None else None


PARTS: dict[Kind, tuple[Callable[[Any, str], Any], Callable[[Any, str, Any], Any]]] = {
    ("visits", "study"): (_study, _put_study),
    ("issues", "feasibility"): (lambda kept, name: (kept or {}).get(name), _put_figure),
    ("orgs", "data_gaps"): (_gaps, _put_gaps),
}
"""How the parts of such a value are read and put back."""


def _with_ids(rows: Rows, given: Rows, kept: Any, letter: str) -> Rows:
    """Each row with the id it came with, else with the next free one. given: the rows as they were typed, in the same order."""
    taken = {one["id"] for one in kept or ()} | {one["id"] for one in given if one.get("id")}
    made: Rows = []
    for row, typed in zip(rows, given, strict=True):
        found, number = typed.get("id"), len(made) + 1
        while not found:
            found = None if f"{letter}{number}" in taken else f"{letter}{number}"
            number += 1
        taken.add(found)
        made.append({"id": found, **row})
    return made


def _evidence_rows(kept: Any) -> Rows:
    return [
        {name: one.get(name) for name in ("id", "text", "kind", "dated")}
        | {name: name in one.get("voices", ()) for name in VOICES}
        for one in kept or ()
    ]


def _evidence(rows: Rows, kept: Any) -> Rows:
    made = []
    for row in rows:
        one = {"text": row.get("text") or "", "kind": row.get("kind") or "hearsay"}
        if row.get("dated"):
            one["dated"] = row["dated"]
        if voices := [name for name in VOICES if row.get(name)]:
            one["voices"] = voices
        made.append(one)
    return _with_ids(made, rows, kept, "E")


def _order_rows(kept: Any) -> Rows:
    return [
        {"id": one["id"], "issued_on": one["issued_on"], "items": f"{BETWEEN_ITEMS} ".join(one.get("items", ()))}
        for one in kept or ()
    ]


def _orders(rows: Rows, kept: Any) -> Rows:
    dated = [row for row in rows if row.get("issued_on")]
    made = []
    for row in dated:
        items = [part.strip() for part in (row.get("items") or "").split(BETWEEN_ITEMS) if part.strip()]
        made.append({"issued_on": row["issued_on"]} | ({"items": items} if items else {}))
    return _with_ids(made, dated, kept, "O")


def _credit_rows(kept: Any) -> Rows:
    return [
        {"id": one["id"], "fund": one["fund"], "due_on": one["due_on"]}
        | {name: (one.get("reminders", []) + [None] * 3)[n] for n, name in enumerate(REMINDERS)}
        for one in kept or ()
    ]


def _credit(rows: Rows, kept: Any) -> Rows:
    due = [row for row in rows if row.get("fund") and row.get("due_on")]
    made = []
    for row in due:
        days = sorted(row[name] for name in REMINDERS if row.get(name))
        made.append({"fund": row["fund"], "due_on": row["due_on"]} | ({"reminders": days} if days else {}))
    return _with_ids(made, due, kept, "C")


def _plain_rows(rows: Rows, kept: Any) -> Rows:  # noqa: ARG001 - as the others are called
    """Rows without what is empty, and without rows that say nothing."""
    made = [{name: value for name, value in row.items() if value not in (None, "", False)} for row in rows]
    return [row for row in made if row]


def _named(name: str) -> Callable[[Rows, Any], Rows]:
    """Rows that must have something at `name`: rows without are put there as an empty text."""
    return lambda rows, kept: [{name: "", **row} for row in _plain_rows(rows, kept)]


ROWS: dict[Kind, tuple[Callable[[Any], Rows], Callable[[Rows, Any], Rows]]] = {
    ("issues", "evidence"): (_evidence_rows, _evidence),
    ("orgs", "open_orders"): (_order_rows, _orders),
    ("orgs", "state_credit"): (_credit_rows, _credit),
    ("visits", "agenda"): (lambda kept: list(kept or ()), _named("title")),
    ("records", "actions"): (lambda kept: list(kept or ()), _named("what")),
    ("records", "questions"): (lambda kept: list(kept or ()), _named("text")),
    ("projects_considered",): (lambda kept: list(kept or ()), _named("name")),
}
"""How lists of small things are shown as rows, and read from them."""


def incomplete(field: str, value: Any) -> bool:
    """Whether rows were typed that cannot be kept yet: an order or a loan without its day."""
    needs = {"open_orders": ("issued_on",), "state_credit": ("fund", "due_on")}.get(field.rpartition("/")[2], ())
    return any(not row.get(name) for row in (value or () if needs else ()) for name in needs)
