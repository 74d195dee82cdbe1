"""A plan → the fields of its letters: asking to go out (CPS 2.3), the record of a visit (3.1), the report of it (3.2). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from cps_training.documents import words
from cps_training.documents.saying import NBSP, Saying, as_day
from cps_training.documents.selecting import by_id, chosen
from cps_training.documents.visit_facts import Fields, told, visit_fields, went

FARMER_GROUP = "farmer_group"
UNTITLED = "แผนเข้าแนะนำส่งเสริม"


def memo(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """entries: one a visit and organisation, by day: the permission is asked for each (CPS 2.3)."""
    orgs = by_id(document, "orgs")
    entries: list[Fields] = []
    asked: set[str] = set()
    found = chosen(document, visits)
    for visit in sorted(found, key=lambda one: (one.get("planned_date") or "9999", one.get("start") or "")):
        asked.add(visit.get("requested_on") or "")
        for org in visit["orgs"]:
            number = say.number(len(entries) + 1)
            entries.append({"number": number} | visit_fields(document, say, visit, org) | _decision(visit, say))
    places = {org for visit in found for org in visit["orgs"]}
    kinds = {orgs[org].get("kind") == FARMER_GROUP for org in places}
    dated = sorted(day for visit in found if (day := as_day(visit.get("planned_date"))))
    what_orgs = "กลุ่มเกษตรกร" if kinds == {True} else "สหกรณ์" if kinds == {False} else "สหกรณ์และกลุ่มเกษตรกร"
    period = " และ".join(dict.fromkeys(f"เดือน{say.month(day)}" for day in dated))
    n_orgs, n_entries = say.number(len(places)), say.number(len(entries))
    title = say.text(document.get("title")) or UNTITLED
    planned = f" โดยมีกำหนดเข้าแนะนำส่งเสริมใน{period}" if period else ""
    return {
        "date": say.long_day(next(iter(asked))) if len(asked) == 1 else "",
        "subject": f"ขออนุญาตไปปฏิบัติงานแนะนำส่งเสริม{what_orgs} จำนวน{NBSP}{n_orgs}{NBSP}แห่ง",
        "reason": f"ด้วยข้าพเจ้าได้ศึกษาข้อมูลและจัดทำ{title} พร้อมแผนปฏิบัติการและปฏิทินการปฏิบัติงานไว้แล้ว{planned}",
        "request": f"ในการนี้ ขออนุญาตไปปฏิบัติงานแนะนำส่งเสริม{what_orgs}เป็นรายแห่ง จำนวน{NBSP}{n_entries}{NBSP}รายการ ดังนี้",
        "ask": "จึงเรียนมาเพื่อโปรดพิจารณาอนุญาต ทั้งนี้ ได้แนบปฏิทินการปฏิบัติงานมาพร้อมนี้",
        "what_orgs": what_orgs,
        "n_orgs": n_orgs,
        "n_entries": n_entries,
        "period": period,
        "entries": entries,
    }


def _decision(visit: Mapping[str, Any], say: Saying) -> Fields:
    said = words.word(words.DECISIONS, visit.get("decision"), "th")
    return {"decision": f"{said} {say.day(visit.get('decided_on'))}".strip() if said else ""}


def record(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """records: one page each, one organisation each (CPS 3.1)."""
    plans = {visit["id"]: visit for visit in chosen(document, visits)}
    found = []
    for one in document.get("records", ()):
        visit = plans.get(one["visit"])
        for org in one["orgs"] if visit else ():
            planned = visit_fields(document, say, visit or {}, org)
            own = {"recorded_on": say.long_day(one.get("recorded_on")), "visit": one["visit"]}
            found.append(planned | went(say, visit or {}, planned) | told(document, say, one) | own)
    return {"records": found}


def report(document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """reports: a letter each, of one visit, with what its records say of every organisation (CPS 3.2)."""
    plans = {visit["id"]: visit for visit in chosen(document, visits)}
    names = by_id(document, "orgs")
    found = []
    for one in document.get("reports", ()):
        visit = plans.get(one["visit"])
        if visit is None:
            continue
        parts = [
            {"org": say.text(names[org].get("name"))} | told(document, say, record)
            for record in document.get("records", ())
            if record["visit"] == visit["id"]
            for org in record["orgs"]
        ]
        planned = visit_fields(document, say, visit, visit["orgs"][0])
        several = " และ".join(say.texts(names[org].get("name") for org in visit["orgs"]))
        done = went(say, visit, planned)
        own = {
            "org": several,
            "subject": f"รายงานผลการแนะนำส่งเสริม{several}",
            "reason": _reference(say, visit, several),
            "went": _went(done),
            "date": say.long_day(one.get("submitted_on")),
            "requested_on": say.long_day(visit.get("requested_on")),
            "decided_on": say.long_day(visit.get("decided_on")) if visit.get("decision") == "approved" else "",
            "parts": parts,
            "summary": say.text(one.get("summary")),
            "result": say.text(one.get("result_vs_target")),
            "next_step": say.text(one.get("next_step")),
            "next_visit": _next_visit(document, say, visit),
            "comment": say.text(one.get("returned_comment")),
            "answer": say.text(one.get("answered_comment")),
        }
        found.append(planned | done | own)
    return {"reports": found, "ask": "จึงเรียนมาเพื่อโปรดพิจารณาอนุมัติรายงานผล"}


def _went(done: Fields) -> str:
    """The sentence that says when and how it was done."""
    when = f"เมื่อ{done['went_on']} " if done["went_on"] else ""
    way = f"โดย{done['went_by']}" if done["went_by"] else ""
    return f"ข้าพเจ้าได้ไปปฏิบัติงาน{when}{way}แล้ว ขอรายงานผลดังนี้"


def _reference(say: Saying, visit: Mapping[str, Any], org: str) -> str:
    """The sentence that refers to the permission: when it was asked for and given."""
    asked, given = say.long_day(visit.get("requested_on")), say.long_day(visit.get("decided_on"))
    begun = f"ตามบันทึกข้อความ ลงวันที่{NBSP}{asked} ข้าพเจ้า" if asked else "ตามที่ข้าพเจ้า"
    aim = say.text(visit.get("objective")).removeprefix("เพื่อ")
    allowed = f" ซึ่งได้รับอนุญาตเมื่อวันที่{NBSP}{given}" if given and visit.get("decision") == "approved" else ""
    return f"{begun}ได้ขออนุญาตไปปฏิบัติงานแนะนำส่งเสริม{org}{' เพื่อ' + aim if aim else ''}{allowed} นั้น"


def _next_visit(document: Mapping[str, Any], say: Saying, visit: Mapping[str, Any]) -> str:
    """The next planned visit to one of the same organisations, "" without one."""
    after = visit.get("actual_date") or visit.get("planned_date") or ""
    later = [
        (one["planned_date"], one)
        for one in document.get("visits", ())
        if one.get("planned_date") and one["planned_date"] > after and set(one["orgs"]) & set(visit["orgs"])
    ]
    if not later or not after:
        return ""
    _, found = min(later, key=lambda pair: pair[0])
    return say.when(found["planned_date"], found.get("start"), found.get("end"))
