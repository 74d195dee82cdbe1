"""What somebody does in a plan's room as messages to the desk: fields typed, things added and taken away, moves, gates. Knows no widget's state."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cps_training.apps.plan_fields import MISSING, changes_of, path_of, value_at
from cps_training.apps.plan_records import line_typed, skeletons
from cps_training.apps.plan_words import thing, things
from cps_training.desk import plan_messages
from cps_training.desk.wire import Message

View = dict[str, Any]
LETTERS = {"orgs": "org-", "issues": "I", "actions": "A", "visits": "V"}
"""What the ids of new things begin with."""


def _word() -> str:
    """An answer id for a message that no browser made one for."""
    return secrets.token_hex(16)


def edit(view: View, changes: list[dict[str, Any]], answer_id: str = "") -> plan_messages.EditPlan:
    return plan_messages.EditPlan(plan_id=view["plan_id"], changes=tuple(changes), answer_id=answer_id or _word())


def typed(view: View, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The changes of fields that were typed; a record or report comes into being with its first word."""
    return changes_of(view["document"], fields.items(), skeletons(view))


def added(view: View, name: str, officer: str) -> list[dict[str, Any]]:
    """The change that adds a thing to a list, with what is known already."""
    taken = {one["id"] for one in things(view, name)}
    number = len(taken) + 1
    while f"{LETTERS[name]}{number}" in taken:
        number += 1
    new: dict[str, Any] = {"id": f"{LETTERS[name]}{number}"}
    orgs = things(view, "orgs")
    if name == "orgs":
        new |= {"name": "", "kind": orgs[0]["kind"]}
    elif name == "issues":
        new |= {"org": orgs[0]["id"], "text": "", "kind": "problem"}
    elif name == "actions":
        new |= {"text": ""}
    else:
        new |= {"orgs": [orgs[0]["id"]], "officer": view["document"].get("officer") or officer}
    return [{"at": [name, new["id"]], "after": new}]


def removed(view: View, section: str) -> list[dict[str, Any]]:
    """The change that takes a section's thing away; none where it is gone already."""
    at = path_of(section)
    before = value_at(view["document"], at)
    return [] if before is MISSING else [{"at": list(at), "before": before}]


def pressed(view: View, button: str, drafts: dict[str, Any], answer_id: str) -> Message | None:
    """The message of a button in a form: a visit recorded as done, a place's record, a colleague who may write."""
    verb, _, named = button.partition(":")
    plan_id = view["plan_id"]
    if verb == "perform":
        went = line_typed(thing(view, "visits", named), drafts)
        return plan_messages.MovePlan(plan_id=plan_id, kind="perform", visit=named, answer_id=answer_id, **went)
    if verb == "record":
        visit, _, org = named.partition(":")
        return plan_messages.MovePlan(plan_id=plan_id, kind="record", visit=visit, org=org, answer_id=answer_id)
    if verb == "share":
        code = str(drafts.get("share/code") or "").strip()
        return plan_messages.SharePlan(plan_id=plan_id, code=code, on=named == "on", answer_id=answer_id)
    return None


def advanced(view: View, days: str) -> plan_messages.AdvanceDay | None:
    """The simulated day, so many days on; None for what is no number of days."""
    if not days.isdecimal() or not 1 <= int(days) <= 366:
        return None
    to = date.fromisoformat(view["today"]) + timedelta(days=int(days))
    return plan_messages.AdvanceDay(plan_id=view["plan_id"], to=to, answer_id=_word())


def settled(mine: list[dict[str, Any]], theirs: list[dict[str, Any]], picks: Mapping[str, str]) -> list[dict[str, Any]]:
    """The changes that write one's own words where one chose them. theirs: what stands there now, as the desk refused."""
    there = {".".join(one["at"]): one for one in theirs}
    changes = []
    for one in mine:
        named = ".".join(one["at"])
        if named in there:
            if picks.get(named) != "mine":
                continue
            now = {"before": there[named]["after"]} if "after" in there[named] else {}
            changes.append({name: value for name, value in one.items() if name != "before"} | now)
        else:
            changes.append(one)
    return changes
