"""What of a plan goes into a document: things by id, the visits chosen, the visits of a calendar with their day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from cps_training.documents.saying import as_day
from cps_training.errors import KitError


def by_id(document: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    return {one["id"]: one for one in document.get(name, ())}


def chosen(document: Mapping[str, Any], visits: Collection[str] | None) -> list[Mapping[str, Any]]:
    """The visits asked for in the order of the plan, all for None. Raises KitError visit-unknown."""
    known = by_id(document, "visits")
    if lost := sorted(set(visits or ()) - set(known)):
        text = f"ไม่มีการเข้าแนะนำ {', '.join(lost)} ในแผนนี้ มี: {', '.join(known)}"
        raise KitError("visit-unknown", text, place=", ".join(lost))
    return [visit for name, visit in known.items() if visits is None or name in visits]


def placed(
    document: Mapping[str, Any], name: str, visits: Collection[str] | None
) -> list[tuple[date, Mapping[str, Any]]]:
    """(day, visit) of the calendar `week` or `month` by day and hour; by the planned days where none stands in it, and for any
    other name."""
    wanted = {visit["id"]: visit for visit in chosen(document, visits)}
    calendar = (document.get(name) or {}).get("entries", ()) if name in ("week", "month") else ()
    found = [(as_day(entry["on"]), wanted[entry["visit"]]) for entry in calendar if entry["visit"] in wanted]
    if not found:
        found = [(as_day(visit.get("planned_date")), visit) for visit in wanted.values()]
    dated = [(day, visit) for day, visit in found if day is not None]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].get("start") or "", pair[1]["id"]))
