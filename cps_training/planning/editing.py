"""Changes to a plan's document, field by field: made, compared, applied, and held against what stands there now. Pure; knows no store and no steps.

The document is the JSON of `model.Plan` with everything left out that stands at its default: what is not there is ABSENT. A path names a field
(`("title",)`), a thing (`("visits", "V3")`) or a field of a thing (`("visits", "V3", "objective")`); what lies deeper (evidence, agenda,
facts, calendars …) is one value and changes as a whole. Things are addressed by their id, so that two people may add and remove beside each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from cps_training.errors import AttemptError
from cps_training.i18n import mark
from cps_training.planning.model import ActionLine, Issue, Organisation, Plan, Record, Report, Visit

Path = tuple[str, ...]
Document = dict[str, Any]
THINGS: Final[dict[str, type[BaseModel]]] = {
    "orgs": Organisation,
    "issues": Issue,
    "actions": ActionLine,
    "visits": Visit,
    "records": Record,
    "reports": Report,
    "previous": Record,
}
"""Lists of the plan whose items have an id, and what they hold."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years (C.E.) a day of a plan may have: with others, such as a year of the Buddhist era taken for a Christian one, nobody can count."""
MOST_LETTERS = 1_000_000
"""Of a whole document as JSON; a busy officer's year stays far below."""
MOST_LEFT_OVER = 2000
"""Issues named as unresolved in all records: each that was lost is a finding by itself."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_INDEX = re.compile(r"\[(\d+)\]")
_ISO_DAY = re.compile(r"(\d{4})-\d{2}-\d{2}")


class Absent(Enum):
    """Its one member is what a field holds that is not there."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent.ABSENT


@dataclass(frozen=True)
class Change:
    """One change. before: what stood there when it was made; after: what stands there from now on; ABSENT for not there."""

    at: Path
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """{"at": [...], "before"?, "after"?}; what is ABSENT is left out."""
        said: dict[str, Any] = {"at": list(self.at)}
        if self.before is not ABSENT:
            said["before"] = self.before
        if self.after is not ABSENT:
            said["after"] = self.after
        return said

    @classmethod
    def from_json(cls, given: Any) -> Change:
        """Reads what as_json wrote. Raises AttemptError("bad-change") for anything else, and for a path no plan has."""
        at = given.get("at") if isinstance(given, Mapping) else None
        if not isinstance(at, list | tuple) or not all(isinstance(part, str) for part in at):
            raise bad_change("at")
        if set(given) - {"at", "before", "after"}:
            raise bad_change(", ".join(map(str, given)))
        _require_path(tuple(at))
        return cls(tuple(at), cleaned(given.get("before", ABSENT)), cleaned(given.get("after", ABSENT)))


def bad_change(place: str) -> AttemptError:
    """The refusal of a change that fits no plan. place: where, for whoever looks into it."""
    return AttemptError("bad-change", "บันทึกไม่ได้ เพราะข้อมูลที่ส่งมาไม่ตรงกับแบบของแผน โปรดโหลดหน้านี้ใหม่", place=place)


def cleaned(value: Any) -> Any:
    """The same without letters nobody sees and not every store can hold: NUL, escapes, halves of letters. Lines and tabs stay."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, Mapping):
        return {name: cleaned(one) for name, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list | tuple) else value


def canonical(document: Mapping[str, Any]) -> Document:
    """The document as it is kept: read as a Plan and written again. Raises AttemptError("bad-change") where it is no plan."""
    return written(read(document))


def read(document: Mapping[str, Any]) -> Plan:
    """The plan of a document. Raises AttemptError("bad-change"), which says what is wrong and in `place` where."""
    try:
        return Plan.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or str(first.get("ctx", {}).get("error", ""))
        match first["type"]:
            case "value_error":
                why = mark("บันทึกไม่ได้ เพราะส่วนอื่นของแผนยังอ้างถึงรายการที่ไม่มีแล้ว โปรดแก้ส่วนนั้นก่อน หรือเก็บรายการนี้ไว้")
            case "string_too_long" | "too_long":
                why = mark("บันทึกไม่ได้ เพราะข้อความยาวหรือรายการมากเกินกว่าที่เก็บได้ โปรดย่อให้สั้นลง")
            case "greater_than_equal" | "less_than_equal":
                why = mark("บันทึกไม่ได้ เพราะตัวเลขอยู่นอกช่วงที่ใช้ได้ โปรดตรวจอีกครั้ง")
            case _:
                raise bad_change(place) from error
        raise AttemptError("bad-change", why, place=place) from error


def require_years(value: Any) -> None:
    """Raises AttemptError("bad-change") where a day anywhere in the value has a year that cannot be meant."""
    if isinstance(value, str):
        found = _ISO_DAY.match(value)
        if found and len(value) <= len("2023-07-11T00:00:00.000Z") and not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise AttemptError("bad-change", "ปีของวันที่ไม่น่าจะถูกต้อง โปรดตรวจปี พ.ศ. ที่กรอกอีกครั้ง", place=value)
    elif isinstance(value, Mapping):
        for one in value.values():
            require_years(one)
    elif isinstance(value, list | tuple):
        for one in value:
            require_years(one)


def require_size(document: Mapping[str, Any]) -> None:
    """Raises AttemptError("too-large") for a plan nobody could read: after each step all of it is looked through and sent."""
    left_over = sum(
        len(one.get("unresolved", ())) for name in ("records", "previous") for one in document.get(name, ())
    )
    letters = len(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
    if letters > MOST_LETTERS or left_over > MOST_LEFT_OVER:
        raise AttemptError("too-large", "บันทึกไม่ได้ เพราะแผนนี้มีข้อความมากเกินกว่าที่เก็บได้ โปรดย่อข้อความ หรือแยกเป็นอีกแผนหนึ่ง")


def written(plan: Plan) -> Document:
    """The document of a plan, without what stands at its default."""
    return plan.model_dump(mode="json", exclude_defaults=True)


def value_at(document: Mapping[str, Any], at: Path) -> Any:
    """What stands at a path, ABSENT for nothing. Deeper paths go on through names and positions: `(…, "agenda", "3", "title")`."""
    here: Any = document
    for depth, part in enumerate(at):
        if isinstance(here, Mapping):
            here = here.get(part, ABSENT)
        elif isinstance(here, list | tuple):
            if depth == 1 and at[0] in THINGS:
                here = next((one for one in here if one.get("id") == part), ABSENT)
            else:
                here = here[int(part)] if part.isdecimal() and int(part) < len(here) else ABSENT
        else:
            return ABSENT
    return here


def apply(document: Mapping[str, Any], changes: Iterable[Change]) -> Document:
    """The document with the changes made, new things at the end of their list; the one given stays as it was.

    Does not look at what stood there before. Raises AttemptError("bad-change") for a path no plan has and for a field of a thing that is gone.
    """
    made = dict(document)
    for change in changes:
        _require_path(change.at)
        name, *rest = change.at
        if not rest:
            _put(made, name, change.after)
        else:
            made[name] = _with_thing(list(made.get(name, ())), change)
            if not made[name]:
                del made[name]
    return made


def _with_thing(things: list[Document], change: Change) -> list[Document]:
    thing_id, *field = change.at[1:]
    index = next((n for n, one in enumerate(things) if one.get("id") == thing_id), None)
    if field:
        if index is None:
            raise bad_change(".".join(change.at))
        things[index] = dict(things[index])
        _put(things[index], field[0], change.after)
    elif change.after is ABSENT:
        if index is not None:
            del things[index]
    elif not isinstance(change.after, Mapping) or change.after.get("id") != thing_id:
        raise bad_change(".".join(change.at))
    elif index is None:
        things.append(dict(change.after))
    else:
        things[index] = dict(change.after)
    return things


def _put(holder: Document, name: str, value: Any) -> None:
    if value is ABSENT:
        holder.pop(name, None)
    else:
        holder[name] = value


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """What makes the new document of the old one, field by field. A thing that is gone or new is one change; order is not looked at."""
    found: list[Change] = []
    for name in (*old, *(name for name in new if name not in old)):
        if name in THINGS:
            found += _things_changed(name, old.get(name, ()), new.get(name, ()))
        elif (change := Change((name,), old.get(name, ABSENT), new.get(name, ABSENT))).before != change.after:
            found.append(change)
    return tuple(found)


def _things_changed(name: str, old: Iterable[Document], new: Iterable[Document]) -> Iterable[Change]:
    before, after = ({one["id"]: one for one in things} for things in (old, new))
    for thing_id in (*before, *(one for one in after if one not in before)):
        was, now = before.get(thing_id), after.get(thing_id)
        if was is None or now is None:
            yield Change((name, thing_id), ABSENT if was is None else was, ABSENT if now is None else now)
            continue
        for field in (*was, *(field for field in now if field not in was)):
            if was.get(field, ABSENT) != now.get(field, ABSENT):
                yield Change((name, thing_id, field), was.get(field, ABSENT), now.get(field, ABSENT))


def conflicts(document: Mapping[str, Any], changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes made in view of something that no longer stands there: others have been there since.

    A change to what stands there already is none. What is empty counts as not there, as do spaces around a text.
    """
    found = []
    for change in changes:
        now = _compared(change.at, value_at(document, change.at))
        if now not in (_compared(change.at, change.before), _compared(change.at, change.after)):
            found.append(change)
    return tuple(found)


def _compared(at: Path, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    if len(at) == 2 or value is ABSENT:
        return value
    fields = Plan.model_fields if len(at) == 1 else THINGS[at[0]].model_fields
    default = fields[at[-1]].default
    as_json = list(default) if isinstance(default, tuple) else default
    return ABSENT if value == as_json and type(value) is type(as_json) else value


def path_of_at(plan: Plan | Mapping[str, Any], at: str) -> Path:
    """The path of a finding's field: `visits[2].objective` → ("visits", "V3", "objective"); positions deeper down stay numbers, as text."""
    head, *rest = _INDEX.sub(r".\1", at).split(".")
    if head in THINGS and rest and rest[0].isdecimal():
        things = plan.get(head, ()) if isinstance(plan, Mapping) else getattr(plan, head)
        if int(rest[0]) < len(things):
            thing = things[int(rest[0])]
            rest[0] = thing["id"] if isinstance(thing, Mapping) else thing.id
    return (head, *rest)


def path_text(at: Path) -> str:
    """A path as one word, `visits.V3.objective`: ids and names of fields hold no full stop."""
    return ".".join(at)


def _require_path(at: Path) -> None:
    """Raises AttemptError("bad-change") unless it is a field of the plan, a thing, or a field of a thing other than its id."""
    name = at[0] if at else ""
    if name in THINGS:
        is_known = len(at) == 2 or (len(at) == 3 and at[2] != "id" and at[2] in THINGS[name].model_fields)
    else:
        is_known = len(at) == 1 and name != "plan" and name in Plan.model_fields
    if not is_known:
        raise bad_change(".".join(at)[:120] or "at")
