"""A plan → the fields of its letters and forms, every value a finished text. Pure; knows no template and no format of file.

These names are what templates of an office are written with: docs/how-to/document-templates.md lists them all. A field that is
renamed breaks their templates. Empty texts are "", never missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from cps_training.documents.grids import action_plan, month, week
from cps_training.documents.letters import UNTITLED, memo, record, report
from cps_training.documents.saying import Saying
from cps_training.documents.visit_facts import Fields
from cps_training.errors import KitError
from cps_training.i18n import mark

_FAMILIES: dict[str, Callable[[Mapping[str, Any], Saying, Collection[str] | None], Fields]] = {
    "memo": memo,
    "action-plan": action_plan,
    "month": month,
    "week": week,
    "record": record,
    "report": report,
}
_ROWS = {
    "memo": "entries",
    "action-plan": "lines",
    "month": "months",
    "week": "weeks",
    "record": "records",
    "report": "reports",
}


def facts(what: str, document: Mapping[str, Any], say: Saying, visits: Collection[str] | None) -> Fields:
    """The fields of one document. Raises KitError document-empty where the plan has nothing to put into it."""
    fields = _FAMILIES[what](document, say, visits)
    if not fields[_ROWS[what]]:
        raise KitError("document-empty", mark("แผนนี้ยังไม่มีข้อมูลสำหรับเอกสารนี้ โปรดกรอกส่วนที่เกี่ยวข้องก่อน"), place=what)
    return _head(document, say) | fields


def _head(document: Mapping[str, Any], say: Saying) -> Fields:
    """What stands in every document."""
    return {
        "office": say.text(say.settings.office),
        "number": say.text(say.settings.number),
        "approver": say.text(say.settings.signs_for),
        "officer": say.text(document.get("officer")),
        "position": say.text(say.settings.position),
        "title": say.text(document.get("title")) or UNTITLED,
        "written_on": say.long_day(document.get("written_on")),
        "has_thai_digits": say.settings.has_thai_digits,
    }
