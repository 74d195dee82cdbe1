"""The reading of a failed section: its clauses whole, then on to other items. State only; asks the desk for clauses it has not."""

from __future__ import annotations

from typing import Any

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.quiz_item import action
from cps_training.apps.session import Session


def reading_state(session: Session, part: dict[str, Any], clauses: ClauseCards) -> dict[str, Any]:
    """Traits of a ReadingList. part: the section as the result tells it. Raises KitError where the desk cannot be asked."""
    _ = session
    on = _("อ่านแล้ว เริ่มทำข้อซ่อม") if part["retry"] else _("อ่านแล้ว")
    intro = (
        _("อ่านข้อเหล่านี้ให้ครบ แล้วทำข้อซ่อมซึ่งเป็นคำถามใหม่ในเรื่องเดียวกัน") if part["retry"] else _("อ่านข้อเหล่านี้ แล้วกลับไปดูผลของคุณ")
    )
    return {
        "heading": _("อ่านทบทวน: %(title)s") % {"title": _.local(part["title"])},
        "intro": intro,
        "clauses": clauses(part["reading"]),
        "actions": [action(f"done:{part['section']}", on, primary=True), action("result", _("กลับไปหน้าผล"))],
        "locale": _.locale,
    }
