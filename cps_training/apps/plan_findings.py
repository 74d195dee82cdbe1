"""What the rules found, as the rows of widgets: beside which field, in which tab, with which clause. Knows no rule and no widget."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.plan_words import SEVERITIES, Path, place, thing
from cps_training.apps.session import Session

_CITED = re.compile(r"\s*\((?:อ้างอิง|see) [^()]*\)$")
"""The clause at the end of a rule's text: here it stands beside it, to be opened."""
GO = "go:"
"""What an action begins with that leads to a finding's field."""
DONE = ("actual_date", "actual_org", "actual_method", "changed_reason", "informed_on")
ASKED = ("requested_on", "decision", "decided_on", "approver_role", "acting_order")
TABS = {
    "issues": "issues",
    "orgs": "issues",
    "previous": "issues",
    "actions": "actions",
    "policy_refs": "actions",
    "projects_considered": "actions",
    "all_group_meeting_on": "actions",
    "target_areas": "actions",
    "week": "calendar",
    "month": "calendar",
    "visits": "visits",
    "permission_orgs_listed_together": "request",
    "records": "records",
    "reports": "report",
}
"""Where the things of a plan are written."""


def finding_id(finding: Mapping[str, Any]) -> str:
    """A word for a finding that stays the same as long as it is there: `R01:visits.V3.objective`."""
    return f"{finding['rule']}:{'.'.join(finding['at'])}"[:115]


def find(view: Mapping[str, Any], named: str) -> dict[str, Any] | None:
    """The finding of that id, if it is still there."""
    return next((one for one in view["findings"] if finding_id(one) == named), None)


def tab_of(finding: Mapping[str, Any]) -> str:
    """The tab in which it can be mended."""
    at = finding["at"]
    if at[0] == "visits" and len(at) > 2 and at[2] in DONE:
        return "records"
    if at[0] == "visits" and len(at) > 2 and at[2] in ASKED:
        return "request"
    return TABS.get(at[0], "issues")


def visit_of(view: Mapping[str, Any], finding: Mapping[str, Any]) -> str:
    """The visit it stands at or whose record or report it stands in; "" for others."""
    at = finding["at"]
    if at[0] == "visits" and len(at) > 1:
        return str(at[1])
    if at[0] in ("records", "reports") and len(at) > 1:
        return str(thing(view, at[0], at[1]).get("visit", ""))
    return ""


def reason_of(view: Mapping[str, Any], finding: Mapping[str, Any]) -> str | None:
    """Why a warning is let stand; None for what takes no reason."""
    if finding["severity"] != "warning":
        return None
    at = ".".join(finding["at"])
    return next((one["text"] for one in view["reasons"] if one["rule"] == finding["rule"] and one["at"] == at), "")


def row(
    session: Session, view: Mapping[str, Any], finding: Mapping[str, Any], clauses: ClauseCards, *, field: str, go: bool
) -> dict[str, Any]:
    """A FindingRow. field: the id of the field it stands under, "" for none; go: whether it leads to its field."""
    cited = clauses.cite([finding["clause"]]) if finding["clause"] else []
    text = session.local(finding["text"]) if finding["rule"] else session(finding["text"]["th"])
    named = finding_id(finding)
    return {
        "id": named,
        "field": field,
        "severity": finding["severity"],
        "sign": session(SEVERITIES[finding["severity"]]),
        "text": _CITED.sub("", text) if cited else text,
        "clause": cited[0] if cited else None,
        "why": session.local(finding["why"]),
        "place": place(session, view, tuple(finding["at"])),
        "reason": reason_of(view, finding),
        "go": f"{GO}{named}" if go else "",
    }


def rows(
    session: Session, view: Mapping[str, Any], findings: Iterable[Mapping[str, Any]], clauses: ClauseCards, *, go: bool
) -> list[dict[str, Any]]:
    """FindingRows that stand by themselves."""
    return [row(session, view, one, clauses, field="", go=go) for one in findings]


def rows_for(
    session: Session,
    view: Mapping[str, Any],
    findings: Iterable[Mapping[str, Any]],
    clauses: ClauseCards,
    fields: Sequence[str],
) -> list[dict[str, Any]]:
    """FindingRows for a form with these fields: each under its own or the nearest one that holds it, else on top of the form."""
    return [
        row(session, view, one, clauses, field=_field(view, tuple(one["at"]), fields), go=False) for one in findings
    ]


def _field(view: Mapping[str, Any], at: Path, fields: Sequence[str]) -> str:
    if at[:1] == ("visits",) and at[2:3] == ("study",) and len(at) > 3 and at[3].isdecimal():
        study = thing(view, "visits", at[1]).get("study", ())
        if int(at[3]) < len(study):
            at = (*at[:3], study[int(at[3])]["item"])
    for length in range(len(at), 0, -1):
        if (named := "/".join(at[:length])) in fields:
            return named
        if inside := [one for one in fields if length == len(at) == 3 and one.startswith(f"{named}/")]:
            return inside[0]
    if len(at) < 2:
        return ""
    beside = [one for one in fields if one.startswith(f"{at[0]}/{at[1]}/")]
    return min(
        beside,
        key=lambda one: (not one.endswith(("/text", "/name", "/objective", "/facts", "/summary")), one),
        default="",
    )


def counts(findings: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """{severity: how many}."""
    made = dict.fromkeys(SEVERITIES, 0)
    for one in findings:
        made[one["severity"]] += 1
    return made
