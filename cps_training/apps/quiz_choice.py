"""The menu of the quiz page: forms as cards, one of them the thing to do next; and what is said before one that cannot be
begun twice. State only; knows no attempt and no widget class."""

from __future__ import annotations

from typing import Any

from cps_training.apps.cards import points_text
from cps_training.apps.quiz_item import action
from cps_training.apps.quiz_words import limit_facts
from cps_training.apps.session import Session
from cps_training.i18n import mark

REVIEW = "review:today"
"""What is due today: a form of its own for each person, on no menu."""
REFRESHER = "refresher:"
"""Begins the names of forms before a visit; on no menu either."""
POLICY_NAMES = {
    "practice": mark("รู้ผลทันที"),
    "tries": mark("ลองใหม่ได้ มีคำใบ้"),
    "certainty": mark("บอกความมั่นใจ รู้ผลทันที"),
    "exam": mark("รู้ผลเมื่อส่ง"),
    "survey": mark("ไม่มีคะแนน"),
}
"""In the order of the menu: practise first, then be examined, then say what one thinks."""


def menu_state(session: Session, forms: list[dict[str, Any]], waiting: list[dict[str, Any]]) -> dict[str, Any]:
    """Traits of a QuizMenu. forms: FormViews of the desk; waiting: texts the person may mark now."""
    return {
        "heading": session("แบบทดสอบ"),
        "intro": session("หยุดพักเมื่อใดก็ได้ คำตอบที่ขึ้นว่า “บันทึกแล้ว” จะยังอยู่ แม้เปลี่ยนเครื่อง"),
        "notice": marking_notice(session, waiting),
        "groups": _groups(session, forms),
        "locale": session.locale,
    }


def marking_notice(session: Session, waiting: list[dict[str, Any]]) -> dict[str, Any] | None:
    """That something waits to be marked by this person: their own text first, then a colleague's, then a trainer's pile."""
    if not waiting or session.is_lab:
        return None
    roles = [one["role"] for one in waiting]
    if "self" in roles:
        text = session("ข้อเขียนของคุณ %(n)s ชิ้นรอให้คุณตรวจเองตามเกณฑ์") % {"n": roles.count("self")}
    elif "peer" in roles:
        text = session("มีข้อเขียนของเพื่อนร่วมงาน %(n)s ชิ้นที่คุณช่วยตรวจได้") % {"n": roles.count("peer")}
    else:
        text = session("มีข้อเขียนรอวิทยากรตรวจ %(n)s ชิ้น") % {"n": len(roles)}
    return {"text": text, "kind": "due", "action": {"label": session("ไปหน้าตรวจข้อเขียน"), "href": "/marking"}}


def under_way(forms: list[dict[str, Any]]) -> list[str]:
    """Ids of the forms with an open attempt in which something was answered, or whose time runs."""
    return [form["form_id"] for form in forms if form["open"] and (form["open"]["n_answered"] or form["time_limit"])]


def in_order(forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As the menu has them."""
    return sorted(forms, key=lambda form: list(POLICY_NAMES).index(form["policy"]))


def needs_word(form: dict[str, Any]) -> bool:
    """Whether beginning the form is something that cannot be undone: its time runs, or an attempt is gone."""
    return not form["open"] and (form["time_limit"] is not None or form["attempts_most"] is not None)


def begin_state(session: Session, form: dict[str, Any]) -> dict[str, Any]:
    """Traits of a ResultCard: what one should know before beginning."""
    _ = session
    notes = []
    if form["time_limit"] is not None:
        notes.append(
            _("เริ่มแล้วเวลาจะเดินทันทีและหยุดไม่ได้ มีเวลา %(n)s นาที เมื่อหมดเวลาระบบส่งคำตอบที่บันทึกไว้ให้เอง")
            % {"n": form["time_limit"]}
        )
    if form["attempts_most"] == 1:
        notes.append(_("ชุดนี้ทำได้ครั้งเดียว เริ่มแล้วนับเป็นครั้งนั้น"))
    elif form["attempts_most"] is not None:
        notes.append(_("เริ่มแล้วนับเป็นหนึ่งครั้ง คุณเหลือ %(n)s ครั้ง") % {"n": form["attempts_left"]})
    return {
        "heading": _.local(form["title"]),
        "notes": [
            {"text": " · ".join(_facts(session, form)), "kind": ""},
            *({"text": text, "kind": "due"} for text in notes),
        ],
        "actions": [action(f"begin:{form['form_id']}", _("เริ่มทำ"), primary=True), action("menu", _("ไว้ทีหลัง"))],
        "locale": _.locale,
    }


def _groups(session: Session, forms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The course's tests, each lesson's quizzes, the rest. One primary button: what is under way, else the first that was
    never done; its group is open."""
    begun = under_way(forms)
    groups: list[dict[str, Any]] = [
        {"id": name, "title": title, "forms": [_entry(session, form) for form in own]}
        for name, title, own in _grouped(session, forms)
    ]
    entries = [entry for group in groups for entry in group["forms"]]
    wanted = [e for e in entries if e["id"] in begun] or [e for e in entries if e["action"]["primary"]]
    for entry in entries:
        entry["action"]["primary"] = entry in wanted[:1]
    for group in groups:
        group["is_open"] = any(entry in wanted[:1] for entry in group["forms"])
        group["note"] = session("%(n)s ชุด") % {"n": len(group["forms"])}
    return groups


def _grouped(session: Session, forms: list[dict[str, Any]]) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """(id, title, forms in the order of the menu) of each group that is not empty."""
    forms = in_order(forms)
    lessons = {form["lesson"]["lesson_id"]: form["lesson"] for form in forms if form["lesson"]}
    groups = [("before", session("ก่อนเรียน"), [form for form in forms if form["stage"] == "before"])]
    for lesson in sorted(lessons.values(), key=lambda one: int(one["number"])):
        named = session("บทที่ %(n)s · %(title)s") % {"n": lesson["number"], "title": session.local(lesson["title"])}
        groups.append((lesson["lesson_id"], named, [form for form in forms if form["lesson"] == lesson]))
    late = [form for stage in ("after", "final") for form in forms if form["stage"] == stage]
    rest = [form for form in forms if not form["lesson"] and not form["stage"]]
    groups += [("after", session("หลังเรียน"), late), ("more", session("ชุดอื่น"), rest)]
    return [group for group in groups if group[2]]


def _facts(session: Session, form: dict[str, Any]) -> list[str]:
    _ = session
    facts = [_("%(n)s ข้อ") % {"n": form["n_items"]}]
    if form["time_limit"] is None and form["minutes"]:
        facts.append(_("ราว %(n)s นาที") % {"n": form["minutes"]})
    facts.append(_(POLICY_NAMES[form["policy"]]))
    if form["cut_score"] is not None:
        said = _("เกณฑ์ผ่านชั่วคราวร้อยละ %(n)s") if form["cut_is_provisional"] else _("เกณฑ์ผ่านร้อยละ %(n)s")
        facts.append(said % {"n": round(100 * form["cut_score"])})
    return facts


def _entry(session: Session, form: dict[str, Any]) -> dict[str, Any]:
    _ = session
    is_open = bool(form["open"])
    is_done = form["n_finished"] > 0
    verb, is_primary = "open", False
    if is_open and (form["open"]["n_answered"] or form["time_limit"]):
        label = _("ทำต่อ")
    elif not is_done:
        label, is_primary = _("เริ่มทำ"), True
    elif form["attempts_left"] == 0 and not is_open:
        label = _("ดูผล")
    else:
        label, verb = (_("ตอบอีกครั้ง") if form["policy"] == "survey" else _("ทำอีกครั้ง")), "fresh"
    return {
        "id": form["form_id"],
        "title": _.local(form["title"]),
        "description": _.local(form["description"]),
        "facts": [*_facts(session, form), *limit_facts(session, form)],
        "state": _state(session, form),
        "tag": _tag(session, form),
        "action": {"id": f"{verb}:{form['form_id']}", "label": label, "primary": is_primary or label == _("ทำต่อ")},
        "more": {"id": f"result:{form['form_id']}", "label": _("ดูผล")}
        if verb == "fresh" and not is_open and form["policy"] != "survey"
        else None,
    }


def _state(session: Session, form: dict[str, Any]) -> str:
    _ = session
    if form["open"] and form["open"]["n_answered"]:
        of = {"n": form["open"]["n_answered"], "total": form["open"]["n_items"]}
        return _("ทำไปแล้ว %(n)s จาก %(total)s ข้อ") % of
    if form["open"] and form["time_limit"]:
        return _("เริ่มแล้ว เวลากำลังเดิน")
    if not form["n_finished"]:
        return _("ยังไม่เริ่ม")
    counted = form["counted"]
    if form["policy"] == "survey" or not counted["maximum"]:
        return _("ส่งแล้ว ขอบคุณ")
    points = {"points": points_text(counted["points"]), "total": points_text(counted["maximum"])}
    if form["n_finished"] == 1 or form["attempts_most"] == 1:
        said = _("ได้ %(points)s จาก %(total)s") % points
    elif form["counts"] == "best":
        said = _("ครั้งที่ดีที่สุดได้ %(points)s จาก %(total)s") % points
    elif form["counts"] == "first":
        said = _("ครั้งแรกได้ %(points)s จาก %(total)s") % points
    else:
        said = _("ครั้งล่าสุดได้ %(points)s จาก %(total)s") % points
    if counted["n_waiting"]:
        said += " · " + _("รอตรวจ %(n)s ข้อ") % {"n": counted["n_waiting"]}
    return said


def _tag(session: Session, form: dict[str, Any]) -> dict[str, str] | None:
    counted = form["counted"]
    if counted is None or counted["is_passed"] is None:
        return None
    if counted["is_passed"]:
        return {"text": session("ผ่านเกณฑ์"), "kind": "good"}
    return {"text": session("ยังไม่ถึงเกณฑ์"), "kind": "due"}
