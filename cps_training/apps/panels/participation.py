"""Panel: has the knowledge reached at least 80 % of the unit, who is missing, and by which rule was it counted (km.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from cps_training.analytics.frames import ATTENDANCE, ROSTER, frame
from cps_training.analytics.participation import Participation, Settings, participation
from cps_training.apps.session import Session
from cps_training.i18n import mark
from cps_training.thai_text import show_date
from cps_training.views import ParticipationMeter

KINDS = {"onsite": mark("เข้าร่วมในห้องประชุม"), "online": mark("เข้าร่วมออนไลน์"), "lesson": mark("เรียนบทเรียนครบ")}


@dataclass(frozen=True)
class Topic:
    """What the unit passes on: its title, the lessons and forms that prove it, the days that bind. All office settings."""

    topic: str
    title: dict[str, str]
    lessons: tuple[str, ...]
    forms: tuple[str, ...]
    deadline: date | None
    count_date: date | None
    settings: Settings

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Topic:
        """The stored settings with the kit's defaults for what the office has not decided."""
        day = stored.get("deadline")
        counted = stored.get("count_date")
        return cls(
            topic=stored.get("topic", "cps"),
            title=stored.get("title", {"th": "ระบบการส่งเสริมสหกรณ์ (CPS)", "en": "Cooperative Promotion System (CPS)"}),
            lessons=tuple(stored.get("lessons", ("cps-cycle",))),
            forms=tuple(stored.get("forms", ("cps-practice", "cps-exam"))),
            deadline=date.fromisoformat(day) if day else None,
            count_date=date.fromisoformat(counted) if counted else None,
            settings=Settings(**stored.get("rule", {})),
        )

    def counted_on(self, today: date) -> date:
        """The count date: as set, else today but never after the deadline."""
        return self.count_date or (min(today, self.deadline) if self.deadline else today)


@dataclass(frozen=True)
class Counted:
    """What compute gives render. progress: (answered, checkpoints) per person code in the topic's lessons."""

    topic: Topic
    result: Participation
    progress: dict[str, tuple[int, int]]
    guests_by_unit: dict[str, int]


class ParticipationPanel:
    """n of N, still needed, met or not, by unit of the office, who is missing."""

    id = "participation"
    needs = ("roster", "attendance", "lessons", "finished_forms", "settings")

    def compute(self, rows: dict[str, list[dict[str, Any]]], today: date) -> Counted:
        """rows: the desk's frames by name."""
        topic = Topic.read(rows["settings"][0] if rows["settings"] else {})
        proofs = [row for row in rows["attendance"] if row["topic"] == topic.topic] + _lesson_proofs(rows, topic)
        roster = frame(rows["roster"], ROSTER)
        attendance = frame(proofs, ATTENDANCE)
        on = topic.counted_on(today)
        progress: dict[str, tuple[int, int]] = {}
        for row in rows["lessons"]:
            if row["lesson"] in topic.lessons:
                answered, total = progress.get(row["person_code"], (0, 0))
                progress[row["person_code"]] = (answered + row["n_answered"], total + row["n_checkpoints"])
        return Counted(
            topic,
            participation(roster, attendance, on=on, settings=topic.settings),
            progress,
            _guests(roster, attendance, on),
        )

    def render(self, session: Session, counted: Counted, today: date) -> ParticipationMeter:
        return ParticipationMeter(meter=_meter(session, counted, today), locale=session.locale)


def _lesson_proofs(rows: dict[str, list[dict[str, Any]]], topic: Topic) -> list[dict[str, Any]]:
    """One proof for everyone who completed all lessons of the topic and finished one of its quizzes."""
    completed: dict[str, dict[str, str]] = {}
    for row in rows["lessons"]:
        if row["lesson"] in topic.lessons and row["completed_on"]:
            completed.setdefault(row["person_code"], {})[row["lesson"]] = row["completed_on"]
    quizzed: dict[str, str] = {}
    for row in rows["finished_forms"]:
        if row["form"] in topic.forms:
            code = row["person_code"]
            quizzed[code] = min(row["finished_on"], quizzed.get(code, row["finished_on"]))
    return [
        {
            "person_code": code,
            "date": max([*days.values(), quizzed[code]]),
            "kind": "lesson",
            "minutes": None,
            "session_minutes": None,
        }
        for code, days in completed.items()
        if len(days) == len(topic.lessons) and code in quizzed
    ]


def _guests(roster: pd.DataFrame, attendance: pd.DataFrame, on: date) -> dict[str, int]:
    """Guests who took part, by the unit they are listed under."""
    came = {row["person_code"] for row in attendance.to_dict("records") if row["date"] <= on}
    counts: dict[str, int] = {}
    seen: set[str] = set()
    for row in roster.to_dict("records"):
        if row["is_guest"] and row["person_code"] in came and row["person_code"] not in seen:
            seen.add(row["person_code"])
            counts[row["unit"]] = counts.get(row["unit"], 0) + 1
    return counts


# What the meter shows ------------------------------------------------------------------------------------------


def _meter(session: Session, counted: Counted, today: date) -> dict[str, Any]:
    _, result, topic = session, counted.result, counted.topic
    percent = topic.settings.needed_percent
    subtitle = _("เรื่อง %(topic)s · นับถึง %(day)s") % {
        "topic": _.local(topic.title),
        "day": show_date(result.counted_on, _.locale),
    }
    if topic.deadline:
        subtitle += " · " + _deadline(session, topic.deadline, today)
    return {
        "title": _("การมีส่วนร่วม"),
        "subtitle": subtitle,
        "n": result.n_participants,
        "n_unit": result.n_unit,
        "count_text": _("จาก %(n)s คน") % {"n": result.n_unit},
        "rate_text": _("ร้อยละ %(rate)s") % {"rate": result.printed},
        "tag": {"text": _("ถึงร้อยละ %(n)s แล้ว") % {"n": percent}, "kind": "good"}
        if result.met
        else {
            "text": _("ขาดอีก %(n)s คนจึงจะถึงร้อยละ %(percent)s") % {"n": result.still_needed, "percent": percent},
            "kind": "due",
        },
        "goal": {"people": result.min_people, "label": _("ต้องมีอย่างน้อย %(n)s คน") % {"n": result.min_people}},
        "caption": _("นับเป็นรายคนไม่ซ้ำตามทะเบียน ณ วันที่ใช้นับ ไม่รวมแขก %(n)s คน") % {"n": result.guests},
        "empty": None
        if result.n_unit
        else _("ยังไม่มีทะเบียนบุคลากร จึงยังไม่มีร้อยละให้แสดง ผู้ดูแลเพิ่มรายชื่อได้ด้วยคำสั่ง cps-training person add"),
        "units": {"title": _("ตามกลุ่มงาน"), "rows": _units(session, counted)},
        "missing": _missing(session, counted),
        "rule": {"title": _("เกณฑ์ที่ใช้นับ"), "rows": _rule(session, counted)},
        "rows": _rows(session, counted),
    }


def _deadline(session: Session, deadline: date, today: date) -> str:
    left = (deadline - today).days
    if left < 0:
        return session("เลยกำหนดส่งรายงานมา %(n)s วัน") % {"n": -left}
    return session("เหลือ %(n)s วันก่อนครบกำหนดส่งรายงาน") % {"n": left}


def _units(session: Session, counted: Counted) -> list[dict[str, Any]]:
    table = counted.result.rows
    rows = []
    for unit in dict.fromkeys([*table["unit"], *counted.guests_by_unit]):
        own = table[table["unit"] == unit]
        guests = counted.guests_by_unit.get(unit, 0)
        rows.append(
            {
                "name": unit,
                "n": int(own["took_part"].sum()),
                "n_unit": len(own),
                "guests": guests,
                "text": f"{int(own['took_part'].sum())}/{len(own)}"
                if len(own)
                else session("แขก %(n)s คน") % {"n": guests},
            }
        )
    return rows


def _missing(session: Session, counted: Counted) -> dict[str, Any]:
    missing = counted.result.rows[~counted.result.rows["took_part"].astype(bool)]
    return {
        "title": session("ยังไม่เข้าร่วม %(n)s คน") % {"n": len(missing)},
        "columns": [session("ชื่อ"), session("กลุ่มงาน"), session("สถานะ")],
        "rows": [
            {"name": row["name"], "unit": row["unit"]} | _status(session, counted.progress.get(row["person_code"]))
            for row in missing.to_dict("records")
        ],
    }


def _status(session: Session, progress: tuple[int, int] | None) -> dict[str, str]:
    if progress is None or progress[0] == 0:
        return {"status": session("ยังไม่เริ่ม"), "kind": "plain"}
    answered, total = progress
    if answered == total:
        return {"status": session("เรียนจบ รอทำแบบฝึกหรือแบบทดสอบ"), "kind": "due"}
    return {"status": session("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": answered, "total": total}, "kind": "due"}


def _rule(session: Session, counted: Counted) -> list[dict[str, str]]:
    _, rule, topic = session, counted.result.settings, counted.topic
    return [
        {
            "label": _("ถึงเกณฑ์เมื่อ"),
            "value": _("ผู้เข้าร่วมไม่น้อยกว่าร้อยละ %(n)s ของหน่วยงาน (หน้าที่ KM ข้อ 4) ตัดสินด้วยจำนวนคนเต็ม ไม่ปัดเศษ")
            % {"n": rule.needed_percent},
        },
        {"label": _("วันที่ใช้นับ"), "value": show_date(counted.result.counted_on, _.locale)},
        {
            "label": _("หน่วยงาน"),
            "value": _("ทุกคนในทะเบียน ณ วันที่ใช้นับ ไม่รวมแขกและผู้ที่ย้ายออกแล้ว")
            + (_(" รวมผู้ปฏิบัติงานจ้างเหมา") if rule.counts_contractors else _(" ไม่รวมผู้ปฏิบัติงานจ้างเหมา")),
        },
        {
            "label": _("นับว่าเข้าร่วม"),
            "value": _(
                "ลงชื่อในห้องประชุม หรือออนไลน์ตั้งแต่ร้อยละ %(n)s ของเวลา หรือเรียนบทเรียนครบและทำแบบฝึกหรือแบบทดสอบจนส่งแล้ว อย่างใดอย่างหนึ่ง ไม่จำเป็นต้องผ่านเกณฑ์"
            )
            % {"n": rule.online_percent},
        },
        {
            "label": _("กำหนดส่งรายงาน"),
            "value": show_date(topic.deadline, _.locale) if topic.deadline else _("ยังไม่กำหนด"),
        },
        {"label": _("ที่มา"), "value": _("คำสั่งไม่ได้กำหนดวันนับและหลักฐาน ส่วนนี้จึงเป็นการตั้งค่าของสำนักงาน")},
    ]


def _rows(session: Session, counted: Counted) -> dict[str, Any]:
    return {
        "title": session("รายชื่อที่นับทั้งหมด"),
        "columns": [session("ชื่อ"), session("กลุ่มงาน"), session("หลักฐานแรก"), session("วันที่")],
        "rows": [
            [
                row["name"],
                row["unit"],
                session(KINDS[row["kind"]]) if row["took_part"] else "–",
                show_date(row["first_on"], session.locale) if row["took_part"] else "–",
            ]
            for row in counted.result.rows.to_dict("records")
        ],
    }
