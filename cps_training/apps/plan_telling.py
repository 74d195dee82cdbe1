"""Values of a plan told in words, for a history and for what two people wrote: days, choices, names of things, lists. Knows no widget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cps_training.apps.plan_names import NAMES
from cps_training.apps.plan_words import (
    BALANCES,
    CHOICES,
    EVIDENCE,
    FUNDS,
    PROJECTS,
    STUDY,
    VOICES,
    Path,
    day,
    month_name,
    org_name,
    thing_name,
)
from cps_training.apps.refresher_page import KINDS
from cps_training.apps.session import Session

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SMALL: Mapping[str, Mapping[str, str]] = {
    "kind": EVIDENCE,
    "item": STUDY,
    "fund": FUNDS,
    "decision": PROJECTS,
    "voices": VOICES,
}
"""Words inside rows, by the name of their part."""
_NAMED = {"issues": "issues", "issue": "issues", "unresolved": "issues", "visit": "visits"}


def told(session: Session, view: Mapping[str, Any], at: Path, value: Any) -> str | None:
    """What stands at a path, as one reads it; None for nothing."""
    if at[-1] == "data_gaps" and value == []:
        return session("ตรวจแล้ว ไม่พบว่าขาด")
    if value in (None, "", [], {}):
        return None
    if len(at) == 2 and isinstance(value, Mapping):
        return "\n".join(_named_parts(session, view, at, value)) or None
    return _told(session, view, at, value)


def _named_parts(session: Session, view: Mapping[str, Any], at: Path, thing: Mapping[str, Any]) -> Iterator[str]:
    """What a thing that came or went holds, a line a field."""
    for name, value in thing.items():
        kind = (at[0], name)
        if kind in NAMES and (text := told(session, view, (*at, name), value)):
            yield session("%(name)s: %(text)s") % {"name": session(NAMES[kind]), "text": text}


def _told(session: Session, view: Mapping[str, Any], at: Path, value: Any) -> str:
    if isinstance(value, bool):
        return session("ใช่") if value else session("ไม่ใช่")
    if isinstance(value, list):
        return "\n".join(_told(session, view, at, one) for one in value)
    if isinstance(value, Mapping):
        parts = (_part(session, name, one) for name, one in value.items() if name != "id")
        return " · ".join(part for part in parts if part)
    if not isinstance(value, str):
        return session("%(n)s นาที") % {"n": value} if at[-1] == "travel_minutes" else str(value)
    name, kind = at[-1], (at[0], at[-1])
    if kind in CHOICES and value in CHOICES[kind]:
        return session(CHOICES[kind][value])
    if kind == ("orgs", "kind"):
        return session(KINDS[value])
    if name in ("org", "orgs", "actual_org"):
        return org_name(view, value)
    if name in _NAMED:
        return thing_name(session, view, _NAMED[name], value)
    if name in ("balances", "confirms"):
        return session(BALANCES[value])
    if name == "minutes_copies":
        return month_name(session, int(value[:4]), int(value[5:7]))
    if name in ("start", "end"):
        return session("%(time)s น.") % {"time": value[:5]}
    return day(session, value) if _DAY.fullmatch(value) else value


def _part(session: Session, name: str, value: Any) -> str:
    """A part of a row; lists inside it are left to their number."""
    if isinstance(value, list):
        return ", ".join(_part(session, name, one) for one in value)
    if isinstance(value, bool) or not isinstance(value, str):
        return "" if isinstance(value, bool) else str(value)
    if name in _SMALL and value in _SMALL[name]:
        return session(_SMALL[name][value])
    return day(session, value) if _DAY.fullmatch(value) else value
