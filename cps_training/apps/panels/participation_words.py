"""What the meter of participation says: figures in words, the rows and the rule behind each. Knows no desk and no widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from cps_training.analytics.participation import Participation
from cps_training.analytics.stays import Note
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.i18n import mark
from cps_training.thai_text import show_date

if TYPE_CHECKING:
    from cps_training.apps.panels.participation import Counted

Row = dict[str, Any]

KINDS = {"onsite": mark("เข้าร่วมในห้องประชุม"), "online": mark("เข้าร่วมออนไลน์"), "lesson": mark("เรียนบทเรียนครบ")}
DAYS = {
    "first": mark("วันจัดครั้งแรก"),
    "last": mark("วันจัดครั้งล่าสุด"),
    "report": mark("วันครบกำหนดส่งรายงาน"),
    "today": mark("วันนี้"),
}


def meter(session: Session, counted: Counted, today: date) -> dict[str, Any]:
    """The `meter` of a ParticipationMeter."""
    _, result, topic = session, counted.result, counted.topic
    percent = topic.settings.needed_percent
    counted_on = show_date(result.counted_on, _.locale)
    subtitle = rich(_("เรื่อง %(topic)s · นับถึง %(day)s"), topic=_.local(topic.title), day=counted_on)
    if topic.deadline:
        subtitle.append(" · " + _deadline(session, topic.deadline, today))
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
        else _("ยังไม่มีทะเบียนบุคลากร จึงยังไม่มีร้อยละให้แสดง เริ่มที่หน้าบุคลากร นำเข้าทะเบียนจากไฟล์หรือเพิ่มทีละคน"),
        "empty_action": {"label": _("ไปหน้าบุคลากร"), "href": "/people"},
        "units": {"title": _("ตามกลุ่มงาน"), "rows": _units(session, counted)},
        "missing": _missing(session, counted),
        "rule": {"title": _("เกณฑ์ที่ใช้นับ"), "rows": _rule(session, counted)},
        "rows": {"title": _("รายชื่อที่นับทั้งหมด")} | _rows(session, result),
        "sensitivity": _sensitivity(session, counted),
        "notes": {"title": _("หมายเหตุการนับ"), "rows": _notes(session, counted)},
    }


def _deadline(session: Session, deadline: date, today: date) -> str:
    left = (deadline - today).days
    if left < 0:
        return session("เลยกำหนดส่งรายงานมา %(n)s วัน") % {"n": -left}
    return session("เหลือ %(n)s วันก่อนครบกำหนดส่งรายงาน") % {"n": left}


def _proof(session: Session, row: Mapping[Any, Any]) -> str:
    return session(KINDS[row["kind"]]) if row["took_part"] else session("ยังไม่เข้าร่วม")


def _units(session: Session, counted: Counted) -> list[Row]:
    """Head counts and names; never an average of percentages."""
    table = counted.result.rows
    guests: dict[str, list[str]] = {}
    for guest in counted.guests:
        guests.setdefault(guest["unit"], []).append(guest["name"])
    rows = []
    for unit in dict.fromkeys([*table["unit"], *guests]):
        own = table[table["unit"] == unit].to_dict("records")
        n, invited = sum(bool(row["took_part"]) for row in own), guests.get(unit, [])
        people = [{"name": row["name"], "text": _proof(session, row)} for row in own]
        rows.append(
            {
                "name": unit,
                "n": n,
                "n_unit": len(own),
                "guests": len(invited),
                "text": f"{n}/{len(own)}" if own else session("แขก %(n)s คน") % {"n": len(invited)},
                "people": people + [{"name": name, "text": session("แขก")} for name in invited],
            }
        )
    return rows


def _missing(session: Session, counted: Counted) -> Row:
    missing = [row for row in counted.result.rows.to_dict("records") if not row["took_part"]]
    return {
        "title": session("ยังไม่เข้าร่วม %(n)s คน") % {"n": len(missing)},
        "columns": [session("ชื่อ"), session("กลุ่มงาน"), session("สถานะ")],
        "rows": [
            {"name": row["name"], "unit": row["unit"]} | _status(session, counted.progress.get(row["person_code"]))
            for row in missing
        ],
    }


def _status(session: Session, progress: tuple[int, int] | None) -> dict[str, str]:
    if progress is None or progress[0] == 0:
        return {"status": session("ยังไม่เริ่ม"), "kind": "plain"}
    answered, total = progress
    if answered == total:
        return {"status": session("เรียนจบ รอทำแบบฝึกหรือแบบทดสอบ"), "kind": "due"}
    return {"status": session("ตอบแล้ว %(n)s จาก %(total)s ข้อ") % {"n": answered, "total": total}, "kind": "due"}


def _rule(session: Session, counted: Counted) -> list[Row]:
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


def _rows(session: Session, result: Participation) -> Row:
    return {
        "columns": [session("ชื่อ"), session("กลุ่มงาน"), session("หลักฐานแรก"), session("วันที่")],
        "rows": [
            [
                {"own": row["name"]},
                {"own": row["unit"]},
                _proof(session, row),
                show_date(row["first_on"], session.locale) if row["took_part"] else "–",
            ]
            for row in result.rows.to_dict("records")
        ],
    }


# What another day would say, and what stands beside the figure -------------------------------------------------


def _sensitivity(session: Session, counted: Counted) -> Row | None:
    """The order names no count date: the office sees what the roster of another day would give."""
    _, percent = session, counted.topic.settings.needed_percent
    rows = []
    for what, day, there in counted.by_day:
        verdict = {"text": _("ถึงร้อยละ %(n)s") % {"n": percent}, "kind": "good"}
        if not there.met:
            verdict = {"text": _("ขาด %(n)s คน") % {"n": there.still_needed}, "kind": "due"}
        rows.append(
            {
                "id": what,
                "label": _(DAYS[what]),
                "day": show_date(day, _.locale),
                "text": _("%(n)s จาก %(total)s คน") % {"n": there.n_participants, "total": there.n_unit},
                "rate": _("ร้อยละ %(rate)s") % {"rate": there.printed},
                "tag": verdict,
            }
            | _rows(_, there)
            if there.n_unit
            else {
                "id": what,
                "label": _(DAYS[what]),
                "day": show_date(day, _.locale),
                "text": _("ไม่มีใครในทะเบียนวันนั้น"),
                "rate": "",
                "tag": None,
            }
        )
    return {
        "title": _("ถ้านับด้วยทะเบียนของวันอื่น"),
        "intro": _("ผู้เข้าร่วมชุดเดียวกัน เทียบกับคนที่อยู่ในหน่วยงาน ณ วันต่าง ๆ"),
        "rows": rows,
    }


def _notes(session: Session, counted: Counted) -> list[Row]:
    _, notes = session, counted.result.notes
    rows = [
        _note(_, "left", mark("เข้าร่วมแล้ว แต่พ้นจากทะเบียนก่อนวันที่ใช้นับ %(n)s คน ไม่นับ"), notes.left, mark("พ้นวันที่")),
        _note(_, "to-come", mark("เข้าร่วมแล้ว แต่เริ่มอยู่ในทะเบียนหลังวันที่ใช้นับ %(n)s คน ไม่นับ"), notes.to_come, mark("ตั้งแต่")),
        _note(
            _,
            "joined-later",
            mark("มาอยู่หลังวันจัดครั้งล่าสุดและยังไม่เข้าร่วม %(n)s คน"),
            notes.joined_later,
            mark("ตั้งแต่"),
            hint=mark("ตามให้ทันได้โดยเรียนบทเรียนให้ครบและส่งแบบฝึก แล้วจะนับทันที"),
        ),
        _note(_, "left-out", mark("ไม่นับในหน่วยงานตามเหตุผลที่บันทึกไว้ %(n)s คน"), notes.left_out, mark("ตั้งแต่")),
        _named(
            _,
            "contractors",
            _("ผู้ปฏิบัติงานจ้างเหมาไม่นับตามการตั้งค่า %(n)s คน (เข้าร่วมแล้ว %(came)s คน)")
            % {"n": len(counted.contractors), "came": notes.contractors_took_part},
            counted.contractors,
        ),
        _named(_, "guests", _("แขกที่เข้าร่วม %(n)s คน ไม่นับ") % {"n": len(counted.guests)}, counted.guests),
    ]
    return [row for row in rows if row]


def _note(session: Session, note_id: str, text: str, people: Iterable[Note], since: str, hint: str = "") -> Row | None:
    listed = list(people)
    if not listed:
        return None
    _, has_reason = session, any(one.because for one in listed)
    said = _(text) % {"n": len(listed)}
    return {
        "id": note_id,
        "title": said,
        "text": said,
        "hint": _(hint) if hint else "",
        "columns": [_("ชื่อ"), _("กลุ่มงาน"), _(since), *([_("เหตุผล")] if has_reason else [])],
        "rows": [
            [
                {"own": one.name},
                {"own": one.unit},
                show_date(one.day, _.locale) if one.day else "–",
                *([{"own": one.because}] if has_reason else []),
            ]
            for one in listed
        ],
    }


def _named(session: Session, note_id: str, text: str, people: tuple[Row, ...]) -> Row | None:
    if not people:
        return None
    return {
        "id": note_id,
        "title": text,
        "text": text,
        "hint": "",
        "columns": [session("ชื่อ"), session("กลุ่มงาน")],
        "rows": [[{"own": one["name"]}, {"own": one["unit"]}] for one in people],
    }
