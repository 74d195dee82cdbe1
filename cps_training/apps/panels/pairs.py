"""Accounts that may be one person's: shown side by side, merged, and taken apart again. Knows no widget and asks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cps_training.apps.panels import fields
from cps_training.apps.panels.people import Person
from cps_training.apps.rich import rich
from cps_training.apps.session import Session
from cps_training.desk import office
from cps_training.desk.wire import Message
from cps_training.i18n import mark

Row = dict[str, Any]

WHY = {
    "same-name": mark("ชื่อเดียวกัน ต่างรหัส"),
    "near-name": mark("ชื่อสะกดใกล้กัน"),
    "near-code": mark("รหัสใกล้กัน"),
}
SAID = {
    "merge": mark("รวมบัญชีแล้ว เลิกรวมได้ทุกเมื่อด้านล่าง"),
    "unmerge": mark("เลิกรวมแล้ว ทั้งสองบัญชีนับแยกกันเหมือนเดิม"),
    "distinct": mark("จดไว้แล้วว่าเป็นคนละคน จะไม่ถามถึงคู่นี้อีก"),
}


def page(
    session: Session, people: list[Person], duplicates: Iterable[Row], attendance: Iterable[Row]
) -> dict[str, Any]:
    """Traits of a PeoplePairs. duplicates: the desk's rows, without the pairs somebody has settled."""
    _ = session
    by_id = {one.person_id: one for one in people}
    attended = Counter(row["person_id"] for row in attendance)
    forms: dict[str, fields.Form] = {}
    shown = []
    for row in duplicates:
        a, b = by_id[row["a_id"]], by_id[row["b_id"]]
        form_id = f"merge:{a.person_id}:{b.person_id}"
        # Whoever has signed in keeps their password; the trainer's own account can only be the kept one.
        kept = b if b.is_me or (b.has_password and not a.has_password and not a.is_me) else a
        options = [{"value": one.person_id, "label": one.code, "own": True} for one in (a, b)]
        forms[form_id] = fields.form(
            "",
            _("รวมเป็นคนเดียว"),
            fields.choice("keep", "radio", _("เก็บรหัสใดไว้"), options, kept.person_id),
            intro=_("รหัสที่ไม่เก็บจะปิดไว้และนับรวมกับรหัสที่เก็บ เลิกรวมได้ภายหลัง"),
        )
        apart = f"distinct:{a.person_id}:{b.person_id}"
        forms[apart] = fields.form("", _("เป็นคนละคน"))
        sides = [_side(_, one, attended) for one in (a, b)]
        shown.append({"id": form_id, "why": _(WHY[row["why"]]), "people": sides, "form": form_id, "apart": apart})
    merged = []
    for one in people:
        if one.merged_into:
            form_id = f"unmerge:{one.person_id}"
            forms[form_id] = fields.form("", _("เลิกรวม"))
            text = rich(
                _("%(name)s (รหัส %(code)s) นับรวมกับรหัส %(kept)s"), name=one.name, code=one.code, kept=one.merged_into
            )
            merged.append({"id": one.person_id, "text": text, "form": form_id})
    return {
        "page": {
            "heading": _("คนเดียวกันสองบัญชี"),
            "intro": _("ระบบเทียบชื่อและรหัสที่ใกล้กัน แล้วให้คนตัดสิน ระบบไม่รวมให้เอง"),
            "back": {"id": "list", "label": _("กลับไปรายชื่อ")},
            "empty": _("ไม่พบคู่ที่น่าสงสัย"),
            "pairs": shown,
            "merged": {"title": _("รวมกันไว้แล้ว"), "rows": merged},
        },
        "forms": forms,
        "labels": fields.labels(_),
        "locale": _.locale,
    }


def _side(session: Session, one: Person, attended: Counter[str]) -> Row:
    _ = session
    return {
        "name": one.name,
        "code": one.code,
        "facts": [
            {"label": _("กลุ่มงาน"), "value": [{"own": one.unit}] if one.unit else "–"},
            {"label": _("เข้าร่วมแล้ว"), "value": _("%(n)s ครั้ง") % {"n": attended[one.person_id]}},
            {"label": _("เข้าใช้ระบบ"), "value": _("เคยเข้าใช้") if one.has_password else _("ยังไม่เคย")},
        ],
    }


def message(session: Session, form_id: str, values: dict[str, Any]) -> Message:
    """The desk's message for a form of the page. Raises fields.FieldError."""
    verb, _, ids = form_id.partition(":")
    if verb == "unmerge":
        return office.Unmerge(merged_id=ids)
    both = ids.split(":")
    if verb == "distinct":
        return office.Distinct(a_id=both[0], b_id=both[1])
    if values["keep"] not in both:
        raise fields.FieldError("keep", session("โปรดเลือกรหัสที่จะเก็บไว้"))
    [loser] = [one for one in both if one != values["keep"]]
    return office.Merge(kept_id=values["keep"], merged_id=loser)
