"""Plans to begin from: data/planning/plans/*.yaml, each a fictional plan with a title and what it is for. Reads files; knows no rule and no desk.

A template's days are counted from the day on which its plan says it was written. Begun on another day they all move along, by whole weeks so that
weekdays stay, and a visit that then falls on a closed day moves to the next open one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cps_training.content.loading import read_model
from cps_training.content.texts import Bilingual, Title
from cps_training.errors import ContentError
from cps_training.items.base import Strict
from cps_training.planning.model import Plan, PlanId

PLANS = "data/planning/plans"
Document = dict[str, Any]
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SATURDAY = 5
_LONGEST_CLOSED = 31
"""Days after which no open day is looked for any more: a calendar that never opens is a mistake of the calendar."""


class TemplateFile(Strict):
    """One file. template: its id, also the file's name."""

    template: PlanId
    title: Title
    intro: Bilingual
    plan: Plan


@dataclass(frozen=True)
class Template:
    """A plan to begin from. plan: as the file has it, with the file's days; `document` is its JSON."""

    id: str
    title: Title
    intro: Bilingual
    plan: Plan

    @property
    def document(self) -> Document:
        return document_of(self.plan)


def templates(root: Path) -> Mapping[str, Template]:
    """All below a content root by id, in the order of their ids. Raises ContentError with every mistake at its place."""
    found: dict[str, Template] = {}
    for path in sorted((root / PLANS).glob("*.yaml")):
        read = read_model(path, TemplateFile, shown_as=f"{PLANS}/{path.name}")
        if read.value is not None and read.value.template != path.stem:
            read.report(("template",), f"ต้องตรงกับชื่อไฟล์ คือ {path.stem} ให้แก้รหัส หรือเปลี่ยนชื่อไฟล์")
        if read.value is None or read.findings:
            raise ContentError(tuple(sorted(read.findings)))
        found[path.stem] = Template(path.stem, read.value.title, read.value.intro, read.value.plan)
    return MappingProxyType(found)


def document_of(plan: Plan) -> Document:
    """A plan as JSON, what stands at its default left out: ISO days, times as HH:MM:SS."""
    return plan.model_dump(mode="json", exclude_defaults=True)


def plan_id_of(name: str) -> str:
    """An id from the name of a file: `Plan 1` → plan-1; `plan` where nothing of it can stand in an id."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60].strip("-") or "plan"


def begun(
    template: Template,
    plan_id: str,
    written_on: date,
    *,
    is_office_day: Callable[[date], bool] = lambda day: day.weekday() < _SATURDAY,
    title: str = "",
    org_name: str = "",
) -> Document:
    """The document of a plan begun from a template on a day: its days moved along, visits on open days.

    title, org_name: instead of the template's; the name is that of its first organisation. is_office_day may raise LookupError for a year
    without holidays: such a day counts as open on weekdays.
    """
    weeks = -(-(written_on - template.plan.written_on).days // 7)
    moved: Document = _moved(template.document, timedelta(weeks=weeks))
    moved |= {"plan": plan_id, "written_on": written_on.isoformat()}
    if title:
        moved["title"] = title
    if org_name:
        moved["orgs"][0]["name"] = org_name
    for visit in moved.get("visits", ()):
        if "planned_date" in visit:
            visit["planned_date"] = _open_day(date.fromisoformat(visit["planned_date"]), is_office_day).isoformat()
    return moved


def _moved(value: Any, by: timedelta) -> Any:
    """A JSON value with every ISO day in it moved. Texts that only hold a day among other words stay."""
    if isinstance(value, dict):
        return {name: _moved(inner, by) for name, inner in value.items()}
    if isinstance(value, list):
        return [_moved(inner, by) for inner in value]
    if isinstance(value, str):
        try:
            return (date.fromisoformat(value) + by).isoformat() if _ISO_DAY.fullmatch(value) else value
        except ValueError:
            return value
    return value


def _open_day(day: date, is_office_day: Callable[[date], bool]) -> date:
    for days in range(_LONGEST_CLOSED):
        later = day + timedelta(days=days)
        try:
            if is_office_day(later):
                return later
        except LookupError:  # a weekday of a year whose holidays nobody has entered
            return later
    return day
