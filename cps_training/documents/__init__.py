"""What leaves the kit on paper: a plan as Word, PDF, calendar and workbook files. Knows no desk, no page and no store.

`offered` says what can be made of a plan, `make` makes one. Pure except for reading templates: no clock, so that the same plan
gives the same letter. The libraries behind are imported when a file is made, never before: pages and commands stay as fast.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cps_training.errors import KitError
from cps_training.i18n import mark

Document = Mapping[str, Any]
"""JSON of planning.model.Plan, already checked."""

WHATS: dict[str, dict[str, str]] = {
    "memo": {"th": "บันทึกขออนุญาตไปปฏิบัติงาน", "en": "Permission memo"},
    "action-plan": {"th": "แผนปฏิบัติการ", "en": "Action plan"},
    "month": {"th": "ปฏิทินรายเดือน", "en": "Monthly calendar"},
    "week": {"th": "ปฏิทินรายสัปดาห์", "en": "Weekly calendar"},
    "record": {"th": "บันทึกการเข้าแนะนำส่งเสริม", "en": "Visit record"},
    "report": {"th": "บันทึกรายงานผล", "en": "Report memo"},
    "visits": {"th": "การเข้าแนะนำทั้งหมด", "en": "All visits"},
    "plan": {"th": "แผนทั้งฉบับ", "en": "The whole plan"},
}
"""What can be made, by its first name; each has a template of that name but the last two."""
TEMPLATES = ("memo", "action-plan", "month", "week", "record", "report")
TEMPLATE_FOLDER = "data/planning/templates"
"""Below the shipped content and below the office's own."""
ENDINGS = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "ics": ("iCalendar", "text/calendar; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
KINDS: dict[str, tuple[str, ...]] = {
    "docx": TEMPLATES,
    "pdf": TEMPLATES,
    "ics": ("visits", "month", "week"),
    "xlsx": ("plan",),
}
"""What a file of each ending may hold; the first is meant where nothing is said."""


@dataclass(frozen=True)
class Made:
    """A file. filename: Latin letters only, so that it passes through every mail program."""

    filename: str
    mime: str
    body: bytes


def offered(document: Document) -> list[dict[str, Any]]:
    """[{"id": "memo.docx", "label": {"th", "en"}}, …]: the files this plan has something to put into, in the order of the work."""
    found = []
    for what, title in WHATS.items():
        for ending, holds in KINDS.items():
            if what in holds and _has(document, what):
                kind = ENDINGS[ending][0]
                label = {locale: f"{text} ({kind})" for locale, text in title.items()}
                found.append({"id": f"{what}.{ending}", "label": label})
    return found


def _has(document: Document, what: str) -> bool:
    needed = {"record": "records", "report": "reports", "plan": "orgs", "action-plan": "issues"}.get(what, "visits")
    if needed != "visits":
        return bool(document.get(needed))
    dated = [visit for visit in document.get("visits", ()) if visit.get("planned_date")]
    return bool(document.get("visits")) if what == "memo" else bool(dated)


def make(
    id: str,
    document: Document,
    *,
    locale: str = "th",
    settings: Mapping[str, Any] | None = None,
    templates: Path | None = None,
    visits: Collection[str] | None = None,
) -> Made:
    """One file of the plan. id: as `offered` gives it. visits: only of these; None for all.

    locale: of workbooks and calendar files; letters and forms go to a Thai office and are Thai. settings: documents.settings.
    templates: the office's content folder data/planning/templates; a template there takes the place of the shipped one.
    Raises KitError document-unknown, document-empty, and those of documents.word_file about a template that cannot be used.
    """
    from cps_training.documents.saying import Saying
    from cps_training.documents.settings import Settings

    what, _, ending = id.rpartition(".")
    if what not in KINDS.get(ending, ()):
        raise KitError("document-unknown", mark("ไม่มีเอกสารชนิดนี้ โปรดเลือกจากรายการที่มีให้"), place=id)
    chosen = Settings.read(settings or {})
    body = _body(
        what, ending, document, Saying(chosen, locale if ending in ("ics", "xlsx") else "th"), templates, visits
    )
    return Made(f"{document.get('plan', 'plan')}-{what}.{ending}", ENDINGS[ending][1], body)


def _body(
    what: str, ending: str, document: Document, saying: Any, templates: Path | None, visits: Collection[str] | None
) -> bytes:
    if ending == "ics":
        from cps_training.documents.calendar_file import calendar_file

        return calendar_file(what, document, saying, visits)
    if ending == "xlsx":
        from cps_training.documents.workbook import workbook

        return workbook(document, saying, visits)
    from cps_training.documents.facts import facts

    fields = facts(what, document, saying, visits)
    if ending == "pdf":
        from cps_training.documents.pdf_file import pdf_file

        return pdf_file(what, fields)
    from cps_training.documents.word_file import word_file

    return word_file(what, fields, templates)
