"""Fields of a plan as a form shows them, and what somebody typed as changes of the document. Knows no widget and no desk.

A field's id is its path joined by "/": `visits/V3/objective`. Some values are shown in other parts than they are kept in (a checklist, days
of reminders, figures of an investment): those ids go one part deeper, and the value they belong to is changed as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cps_training.apps.plan_names import NAMES
from cps_training.apps.plan_shapes import PARTS, ROWS
from cps_training.apps.plan_words import Path
from cps_training.apps.session import Session
from cps_training.thai_text import read_number

MISSING: Any = object()
"""What stands at a path where nothing does."""
DEFAULTS: dict[Path, str] = {("issues", "status"): "open", ("issues", "topic"): "other"}
"""What a field says that the document leaves out."""
NUMBERS = (("issues", "priority"), ("visits", "travel_minutes"))


def field_id(*at: str) -> str:
    return "/".join(at)


def path_of(field: str) -> Path:
    return tuple(field.split("/"))


def value_at(document: Mapping[str, Any], at: Path) -> Any:
    """What stands at a path of the document, MISSING for nothing."""
    here: Any = document
    for depth, part in enumerate(at):
        if isinstance(here, list):
            here = next((one for one in here if depth == 1 and one.get("id") == part), MISSING)
        elif isinstance(here, Mapping):
            here = here.get(part, MISSING)
        else:
            return MISSING
    return here


def _kind_of(at: Path) -> Path:
    """("visits", "V3", "agenda") → ("visits", "agenda")."""
    return (at[0], at[2]) if len(at) > 2 else at


def shown(document: Mapping[str, Any], field: str) -> Any:
    """What a field shows: texts, lists, rows; None for nothing."""
    at = path_of(field)
    kind = _kind_of(at)
    if len(at) == 4 and kind in PARTS:
        kept = value_at(document, at[:3])
        return PARTS[kind][0](None if kept is MISSING else kept, at[3])
    kept = value_at(document, at)
    if kind in ROWS:
        return ROWS[kind][0](None if kept is MISSING else kept)
    return DEFAULTS.get(kind) if kept is MISSING else kept


def changes_of(
    document: Mapping[str, Any],
    typed: Iterable[tuple[str, Any]],
    skeletons: Mapping[Path, dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """What was typed as changes: {"at", "before"?, "after"?}, each whole value once; what is empty is left out.

    skeletons: things that are made with the first field written in them, by their path.
    """
    values: dict[Path, Any] = {}
    new: dict[Path, dict[str, Any]] = {}
    for field, value in typed:
        at = path_of(field)
        whole, kind = at[:3], _kind_of(at)
        if kind in NUMBERS and isinstance(value, str):
            value = _number(value)
        kept = values.get(whole, value_at(document, whole))
        known = None if kept is MISSING else kept
        if len(at) == 4 and kind in PARTS:
            made = PARTS[kind][1](known, at[3], value)
            made = MISSING if made is None or (made == [] and kind != ("orgs", "data_gaps")) else made
        elif kind in ROWS:
            made = ROWS[kind][1](list(value or ()), known) or MISSING
        else:
            made = MISSING if value in (None, "", [], False) else value
        thing = at[:2]
        if len(at) > 2 and skeletons and thing in skeletons and value_at(document, thing) is MISSING:
            new.setdefault(thing, dict(skeletons[thing]))[at[2]] = made
        values[whole] = made
    changes = [
        {"at": list(thing), "after": {k: v for k, v in one.items() if v is not MISSING}} for thing, one in new.items()
    ]
    for at, made in values.items():
        if at[:2] in new:
            continue
        before = value_at(document, at)
        change: dict[str, Any] = {"at": list(at)}
        if before is not MISSING:
            change["before"] = before
        if made is not MISSING:
            change["after"] = made
        changes.append(change)
    return changes


def _number(text: str) -> Any:
    """What was typed as a number; as it was typed where it is none, for the desk to refuse."""
    try:
        return read_number(text) if text.strip() else None
    except ValueError:
        return text


# Fields and sections ------------------------------------------------------------------------------------------------


class Fields:
    """Makes the fields of one form. frozen: why a field cannot be written, by its id ("" = it can).

    drafts: what was typed and stands in no document: {field id: value}.
    """

    def __init__(
        self,
        session: Session,
        document: Mapping[str, Any],
        frozen: Callable[[str], str] = lambda _: "",
        drafts: Mapping[str, Any] | None = None,
    ) -> None:
        self._session, self._document, self._frozen, self._drafts = session, document, frozen, drafts or {}

    def __call__(self, at: Path | str, kind: str, **more: Any) -> dict[str, Any]:
        """One field. kind: its type; label, hint, options, most, columns, unit, value as they differ from what the field's name says."""
        field = at if isinstance(at, str) else field_id(*at)
        path = path_of(field)
        name = NAMES.get(_kind_of(path)) or NAMES.get(path[:1]) or ""
        empty: Any = [] if kind in ("checks", "lines", "rows") else False if kind == "flag" else None
        value = more.pop("value", MISSING)
        if value is MISSING:
            value = self._drafts[field] if field in self._drafts else shown(self._document, field)
        value = empty if value is None else value
        if kind == "time" and isinstance(value, str):
            value = value[:5]
        return {
            "id": field,
            "type": kind,
            "label": more.pop("label", None) or self._session(name),
            "hint": more.pop("hint", ""),
            "value": value,
            "options": more.pop("options", []),
            "most": more.pop("most", 2000 if kind in ("area", "lines") else 200),
            "columns": more.pop("columns", []),
            "disabled": self._frozen(field),
            "unit": more.pop("unit", ""),
            **more,
        }

    def options(self, table: Mapping[str, str]) -> list[dict[str, Any]]:
        return [{"value": name, "label": self._session(text)} for name, text in table.items()]

    def own_options(self, pairs: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
        """Options whose labels are content: {value, label, own}."""
        return [{"value": value, "label": label, "own": True} for value, label in pairs]

    def column(self, name: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
        return {
            "name": name,
            "type": kind,
            "label": self._session(label),
            "options": more.get("options", []),
            "most": more.get("most", 200),
        }


def section(section_id: str, title: str, fields: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """One section of a PlanForm; intro, tags, is_open, summary, buttons, remove, note as given."""
    return {
        "id": section_id,
        "title": title,
        "intro": more.get("intro", ""),
        "tags": more.get("tags", []),
        "is_open": more.get("is_open", True),
        "summary": more.get("summary", ""),
        "fields": fields,
        "buttons": more.get("buttons", []),
        "remove": more.get("remove"),
        "note": more.get("note", ""),
    }
