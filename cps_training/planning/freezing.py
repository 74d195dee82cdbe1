"""What of a plan's document nobody may change by hand any more, and why: what was asked for, what moves have written. Pure; knows no steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cps_training.errors import AttemptError
from cps_training.i18n import mark
from cps_training.planning.editing import ABSENT, Change, path_text, value_at
from cps_training.planning.effects import BY_MOVES
from cps_training.planning.gating import FROZEN_WHEN_ASKED
from cps_training.planning.workflow_table import Standing, State

CHANGEABLE = (State.DRAFT, State.REFUSED)
"""Where a visit may still be asked for otherwise."""
WRITABLE = (State.PERFORMED, State.SENT_BACK)
"""Where records and the report of a visit are written."""
_HELD = {"records": ("visit", "orgs"), "reports": ("visit",)}
"""What a record or report is about, held once a day stands in it."""
_PLACE = {"orgs": ("name", "kind"), "issues": ("org",)}
"""What makes a permission one for this place: under the same id it must not come to mean another (CPS 2.3: each one by itself)."""

_BY_MOVES = mark("ช่องนี้ระบบบันทึกให้เมื่อขออนุญาต พิจารณา ปฏิบัติงาน หรือส่งรายงาน จึงแก้เองไม่ได้")
_ASKED = mark("การเข้าครั้งนี้ขออนุญาตไปแล้ว จึงแก้ส่วนที่ขอไว้ไม่ได้ ถ้าคำขอถูกส่งกลับจึงจะแก้ได้ (อ้างอิง cps.2.3)")
_OTHER_PLACE = mark(
    "มีการเข้าที่ขออนุญาตไปแล้วอ้างถึงแห่งนี้ จึงเปลี่ยนชื่อ ประเภท หรือแห่งของประเด็นไม่ได้ ถ้าจะเข้าแห่งอื่นให้เพิ่มแห่งและขออนุญาตใหม่ (อ้างอิง cps.2.3)"
)
_NOT_TO_BE_REMOVED = mark("ลบการเข้าครั้งนี้ไม่ได้ เพราะขออนุญาตไปแล้ว ประวัติการขอต้องยังอยู่ในแผน (อ้างอิง cps.2.3)")
_NOT_TO_BE_WRITTEN = mark("เขียนหรือแก้บันทึกและรายงานได้หลังปฏิบัติงานและก่อนส่งรายงาน หรือเมื่อรายงานถูกส่งกลับ (อ้างอิง cps.3)")
_RECORDED = mark("บันทึกของแห่งนี้ลงวันที่แล้ว จึงเปลี่ยนแห่งหรือการเข้าที่บันทึกไม่ได้ (อ้างอิง cps.1.2.4)")


def require_changeable(
    document: Mapping[str, Any], standings: Mapping[str, Standing], changes: Iterable[Change]
) -> None:
    """Raises AttemptError("frozen-field") with the reason; details: {"at": the path}. changes: what really changes of the document."""
    for change in changes:
        if why := _frozen(document, standings, change):
            raise AttemptError("frozen-field", why, place=path_text(change.at), details={"at": list(change.at)})


def _frozen(document: Mapping[str, Any], standings: Mapping[str, Standing], change: Change) -> str | None:
    if len(change.at) == 3 and change.at[2] in _PLACE.get(change.at[0], ()):
        return _OTHER_PLACE if _is_asked_for(document, standings, change) else None
    if len(change.at) < 2 or change.at[0] not in BY_MOVES:
        return None
    name, thing_id = change.at[:2]
    fields = set(_fields(change))
    standing = standings.get(thing_id, Standing(thing_id))
    if name == "visits" and change.after is ABSENT and len(change.at) == 2 and standing.officers:
        return _NOT_TO_BE_REMOVED
    if fields & set(BY_MOVES[name]):
        return _BY_MOVES
    if name == "visits":
        return _ASKED if standing.state not in CHANGEABLE and fields & set(FROZEN_WHEN_ASKED) else None
    visits = {value_at(document, (name, thing_id, "visit")), *_visits_named(change)} - {ABSENT}
    if any(standings.get(visit, Standing(visit)).state not in WRITABLE for visit in visits):
        return _NOT_TO_BE_WRITTEN
    day_field = "recorded_on" if name == "records" else "submitted_on"
    if fields & set(_HELD[name]) and value_at(document, (name, thing_id, day_field)) is not ABSENT:
        return _RECORDED
    return None


def _is_asked_for(document: Mapping[str, Any], standings: Mapping[str, Standing], change: Change) -> bool:
    """Whether a visit to this cooperative, or about this issue, was asked for."""
    name, thing_id = change.at[:2]
    return any(
        thing_id in visit.get(name, ()) and standings.get(visit["id"], Standing(visit["id"])).state not in CHANGEABLE
        for visit in document.get("visits", ())
    )


def _fields(change: Change) -> Iterator[str]:
    """The fields a change touches; a thing that comes or goes touches all it holds."""
    if len(change.at) == 3:
        yield change.at[2]
        return
    for value in (change.before, change.after):
        if isinstance(value, Mapping):
            yield from value


def _visits_named(change: Change) -> Iterator[str]:
    """The visit a record or report comes to belong to by the change."""
    if len(change.at) == 3 and change.at[2] == "visit":
        yield change.after
    elif len(change.at) == 2 and isinstance(change.after, Mapping):
        yield change.after["visit"]
