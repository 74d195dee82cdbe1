"""Visits → .ics for any calendar program. Pure: the same plan gives the same file, and a second import moves events, never doubles them.

RFC 5545. UID: visit, calendar's plan; DTSTAMP: the last day the plan knows of the visit, because there is no clock here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cps_training.documents import words
from cps_training.documents.saying import Saying, as_day, as_time, clean
from cps_training.documents.selecting import by_id, placed
from cps_training.errors import KitError
from cps_training.i18n import mark

ZONE = "Asia/Bangkok"
LABELS = {
    "objective": {"th": "วัตถุประสงค์", "en": "Objective"},
    "issues": {"th": "ประเด็น", "en": "Issues"},
    "method": {"th": "วิธีปฏิบัติงาน", "en": "Way of working"},
    "papers": {"th": "เนื้อหาและเอกสาร", "en": "Content and papers"},
    "officer": {"th": "เจ้าหน้าที่", "en": "Officer"},
}


def calendar_file(what: str, document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> bytes:
    """what: `visits` by their planned days, `month` or `week` as these calendars have them. Raises KitError document-empty."""
    found = placed(document, what, visits)
    if not found:
        raise KitError("document-empty", mark("แผนนี้ยังไม่มีการเข้าแนะนำที่กำหนดวันแล้ว โปรดกำหนดวันก่อน"), place=what)
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//cps-training//plan//TH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", clean(document.get("title")) or document["plan"])
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for day, visit in found:
        calendar.add_component(_event(document, say, day, visit))
    return bytes(calendar.to_ical())


def _zone() -> Any:
    """Thailand has been seven hours ahead since 1920 and knows no summer time."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("tzname", "+07")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local time of the zone itself, as RFC 5545 wants it
    for name in ("tzoffsetfrom", "tzoffsetto"):
        standard.add(name, timedelta(hours=7))
    zone.add_component(standard)
    return zone


def _event(document: Mapping[str, Any], say: Saying, day: date, visit: Mapping[str, Any]) -> Any:
    from icalendar import Event

    names = by_id(document, "orgs")
    orgs = [clean(names[org].get("name")) for org in visit["orgs"]]
    method = words.word(words.METHODS, visit.get("method"), say.locale)
    event = Event()
    event.add("uid", f"{visit['id']}.{document['plan']}@cps-training")
    event.add("dtstamp", datetime.combine(_last_known(document, visit), time(), UTC))
    event.add("summary", ", ".join(orgs) + (f" ({method})" if method else ""))
    event.add("location", ", ".join(orgs))
    event.add("description", _description(document, say, visit, method))
    event.add("status", "CONFIRMED" if visit.get("decision") == "approved" else "TENTATIVE")
    start, end = as_time(visit.get("start")), as_time(visit.get("end"))
    if start is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        begun = datetime.combine(day, start, ZoneInfo(ZONE))
        event.add("dtstart", begun)
        event.add(
            "dtend", datetime.combine(day, end, ZoneInfo(ZONE)) if end and end > start else begun + timedelta(hours=1)
        )
    return event


def _last_known(document: Mapping[str, Any], visit: Mapping[str, Any]) -> date:
    days = (as_day(visit.get(name)) for name in ("requested_on", "decided_on", "actual_date", "informed_on"))
    return max(day for day in (as_day(document["written_on"]), *days) if day)


def _description(document: Mapping[str, Any], say: Saying, visit: Mapping[str, Any], method: str) -> str:
    issues = by_id(document, "issues")
    lines = {
        "objective": visit.get("objective"),
        "issues": "; ".join(clean(issues[one].get("text")) for one in visit.get("issues", ())),
        "method": clean(f"{method} {visit.get('method_note') or ''}"),
        "papers": ", ".join(clean(one) for one in (*visit.get("content_refs", ()), *visit.get("doc_refs", ()))),
        "officer": visit.get("officer") or document.get("officer"),
    }
    return "\n".join(f"{LABELS[name][say.locale]}: {clean(text)}" for name, text in lines.items() if clean(text))
