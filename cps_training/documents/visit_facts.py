"""What documents say of one visit: as it was planned, how it went, what its record holds. Pure; texts finished."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cps_training.documents import words
from cps_training.documents.saying import NBSP, Saying
from cps_training.documents.selecting import by_id

Fields = dict[str, Any]


def visit_fields(document: Mapping[str, Any], say: Saying, visit: Mapping[str, Any], org: str) -> Fields:
    """One visit as it was planned, as far as it concerns one organisation."""
    issues = by_id(document, "issues")
    mine = [issues[one] for one in visit.get("issues", ()) if issues[one].get("org") == org]
    method = words.word(words.METHODS, visit.get("method"), "th")
    note = say.text(visit.get("method_note"))
    return {
        "org": say.text(by_id(document, "orgs")[org].get("name")),
        "when": say.when(visit.get("planned_date"), visit.get("start"), visit.get("end")),
        "day": say.day(visit.get("planned_date")),
        "hours": say.hours(visit.get("start"), visit.get("end")),
        "issues": say.texts(issue.get("text") for issue in mine),
        "objective": say.text(visit.get("objective")),
        "method": f"{method} ({note})" if method and note else method or note,
        "contents": say.texts(visit.get("content_refs", ())),
        "documents": say.texts(visit.get("doc_refs", ())),
        "holiday_reason": say.text(visit.get("holiday_reason")),
        "officer": say.text(visit.get("officer") or document.get("officer")),
    }


def told(document: Mapping[str, Any], say: Saying, record: Mapping[str, Any]) -> Fields:
    """What a record holds, for one organisation."""
    issues = by_id(document, "issues")
    return {
        "facts": say.texts(record.get("facts", ())),
        "advice": say.texts(record.get("advice", ())),
        "actions": [
            {"what": say.text(one.get("what")), "who": say.text(one.get("who")), "by": say.day(one.get("by"))}
            for one in record.get("actions", ())
        ],
        "questions": [
            {
                "text": say.text(one.get("text")),
                "source": say.text(one.get("source")),
                "due": say.day(one.get("due")),
                "is_answered": bool(one.get("is_answered")),
                "replied_on": say.day(one.get("replied_on")),
                "answered": say.day(one.get("replied_on")) or ("ตอบแล้ว" if one.get("is_answered") else ""),
            }
            for one in record.get("questions", ())
        ],
        "unresolved": say.texts(issues[one].get("text") for one in record.get("unresolved", ()) if one in issues),
    }


def went(say: Saying, visit: Mapping[str, Any], planned: Fields) -> Fields:
    """How the visit went beside what was planned."""
    actual = visit.get("actual_method")
    reason, informed = say.text(visit.get("changed_reason")), say.long_day(visit.get("informed_on"))
    return {
        "went_on": say.when(visit.get("actual_date"), visit.get("start"), visit.get("end")),
        "went_by": words.word(words.METHODS, actual, "th") or planned["method"],
        "changed_reason": reason,
        "informed_on": informed,
        "change": f"{reason} (แจ้งเมื่อวันที่{NBSP}{informed})" if reason and informed else reason,
    }
