"""Two accounts of one person: said to be one, and taken back, by events. Answers and attendance stay where they were given.

What is merged is counted under the kept account; the other is closed meanwhile. Knows no page and no statistic.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from cps_training.errors import AccessError
from cps_training.records import events, people

KINDS = ("merge", "unmerge")


def merged(conn: Connection) -> dict[str, str]:
    """{person_id of a merged account: person_id it is counted as}; chains are followed to their end."""
    direct: dict[str, str] = {}
    for one in events.events(conn, KINDS):
        assert one.subject is not None
        if one.kind == "merge":
            direct[one.subject] = one.detail["kept"]
        else:
            direct.pop(one.subject, None)
    return {merged_id: _end(direct, merged_id) for merged_id in direct}


def _end(direct: dict[str, str], person_id: str) -> str:
    while person_id in direct:
        person_id = direct[person_id]
    return person_id


def merge(conn: Connection, *, kept: str, merged_id: str, at: datetime, by: str | None) -> int:
    """Count `merged_id` as `kept` from now on and close its account; gives the event's seq.

    Raises AccessError: same-person, unknown-person, already-merged.
    """
    present = merged(conn)
    if kept == merged_id or present.get(kept) == merged_id:
        raise AccessError("same-person", "เลือกบัญชีเดียวกัน โปรดเลือกสองบัญชีที่ต่างกัน")
    loser = people.person_by_id(conn, merged_id)
    if loser is None or people.person_by_id(conn, kept) is None:
        raise AccessError("unknown-person", "ไม่พบบัญชีที่เลือก โปรดเปิดหน้านี้อีกครั้ง")
    if merged_id in present or kept in present:
        raise AccessError("already-merged", "บัญชีนี้รวมกับบัญชีอื่นอยู่แล้ว โปรดเลิกรวมก่อน")
    detail = {"kept": kept, "was_disabled": loser.is_disabled}
    seq = events.note(conn, kind="merge", at=at, by=by, subject=merged_id, detail=detail)
    people.set_disabled(conn, merged_id, True, at)
    return seq


def unmerge(conn: Connection, *, merged_id: str, at: datetime, by: str | None) -> int:
    """Take a merge back: the account counts for itself again and is open if it was before. Raises AccessError not-merged."""
    own = events.events(conn, KINDS, subject=merged_id)
    if not own or own[-1].kind != "merge":
        raise AccessError("not-merged", "บัญชีนี้ไม่ได้รวมกับบัญชีใด โปรดเปิดหน้านี้อีกครั้ง")
    seq = events.note(conn, kind="unmerge", at=at, by=by, subject=merged_id, detail={"kept": own[-1].detail["kept"]})
    people.set_disabled(conn, merged_id, bool(own[-1].detail["was_disabled"]), at)
    return seq
