"""Rules of what is ready before a visit: content and papers, the Registrar's notices, the agenda. R23 R24 R25. Know no calendar and no files.

WORDS_OF_FAMILY (from data/planning/words/visits.yaml): notice_marks, notice_limit, notice_rate, prep_empty_notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cps_training.i18n import mark
from cps_training.planning.model import Plan, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.visits import VisitRule, bare

GENERAL_MEETINGS = ("board-pre-agm", "agm")
LIMIT = ("เรื่องวงเงินกู้ยืมหรือค้ำประกัน", "on the borrowing or guarantee limit")
RATE = ("เรื่องอัตราดอกเบี้ยเงินรับฝาก", "on deposit interest rates")
FARMERS = ("ที่เกี่ยวข้องกับกลุ่มเกษตรกร", "that concern farmer groups")


class ContentReady(VisitRule):
    """R23. Content and documents are named. An empty line is nothing."""

    id = "R23"
    clauses = ("cps.2.2",)
    severity = Severity.WARNING
    title = "เนื้อหาและเอกสารพร้อม"
    title_en = "Content and documents are ready"
    feedback = "เนื้อหาหรือเอกสารของการเข้าครั้งนี้ยังไม่พร้อม ระบุเนื้อหาที่จะใช้และเอกสารที่จะนำไป อย่างน้อยอย่างละ 1 รายการ ก่อนเสนอขออนุมัติ"
    feedback_en = (
        "Content or documents of this visit are not ready. Name at least one of each before asking for approval"
    )
    why = "ข้อ 2.2 ให้เตรียมการร่วมกันและมีเนื้อหาพร้อมก่อนไป ถ้าไปเตรียมหน้างาน คำแนะนำมักไม่ครบและตอบคำถามไม่ได้"
    why_en = "Clause 2.2 asks for joint preparation with the content ready beforehand. Prepared on the spot, advice has gaps and questions stay open."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        for index, visit in enumerate(plan.visits):
            for field in ("content_refs", "doc_refs"):
                if not any(map(bare, getattr(visit, field))):
                    yield f"visits[{index}].{field}"


class NoticesBrought(PlanRule):
    """R24. To the board's meeting before the general meeting, and to that one: for a cooperative the notice on the yearly limit, for whoever takes
    deposits the one on their rates, for a farmer group some notice. A document is a notice when it says so."""

    id = "R24"
    clauses = ("docs.4",)
    severity = Severity.WARNING
    title = "เตรียมประกาศนายทะเบียนสหกรณ์สำหรับช่วงประชุมใหญ่"
    title_en = "The Registrar's notices are at hand for the general meeting"
    feedback = "การประชุมนี้ควรเตรียมประกาศนายทะเบียนสหกรณ์ที่เกี่ยวข้องไปด้วย ยังขาดประกาศ%(notices)s"
    feedback_en = "Bring the Registrar's notices that matter for this meeting; still missing: those %(notices_en)s"
    why = "ก่อนและในวันประชุมใหญ่ต้องเสนอเรื่องของทั้งปี เช่น วงเงินกู้ยืม ประกาศฉบับที่ใช้อยู่ช่วยให้แนะนำได้ถูกก่อนที่ประชุมลงมติ"
    why_en = "Matters of the whole year, such as the borrowing limit, come up before and at the general meeting. The notice in force lets the officer advise rightly before the vote."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if any(visit.meeting in GENERAL_MEETINGS for visit in plan.visits):
            return None
        return mark("แผนนี้ไม่มีการเข้าร่วมประชุมใหญ่หรือประชุมกรรมการก่อนประชุมใหญ่")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        for index, visit in enumerate(plan.visits):
            if visit.meeting not in GENERAL_MEETINGS:
                continue
            if missing := list(_missing_notices(plan, visit, context.words)):
                thai, english = zip(*missing, strict=True)
                yield (
                    f"visits[{index}].doc_refs",
                    {"notices": " และประกาศ".join(thai), "notices_en": " and ".join(english)},
                )


def _missing_notices(plan: Plan, visit: Visit, words: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    orgs = [plan.org(org) for org in visit.orgs]
    notices = [doc for doc in map(bare, visit.doc_refs) if any(bare(mark) in doc for mark in words["notice_marks"])]

    def is_there(name: str) -> bool:
        return any(bare(word) in notice for notice in notices for word in words[name])

    if any(org.kind != "farmer_group" for org in orgs) and not is_there("notice_limit"):
        yield LIMIT
    if any("deposits" in org.balances for org in orgs) and not is_there("notice_rate"):
        yield RATE
    if any(org.kind == "farmer_group" for org in orgs) and not notices:
        yield FARMERS


class AgendaStudied(PlanRule):
    """R25. A monthly board meeting: the agenda, and a note of what was prepared for each of its items."""

    id = "R25"
    clauses = ("docs.6",)
    severity = Severity.ERROR
    title = "ศึกษาวาระก่อนประชุมประจำเดือน"
    title_en = "The agenda is studied before a monthly meeting"
    feedback = "ยังไม่ได้ศึกษา%(item)s ขอระเบียบวาระล่วงหน้า แล้วบันทึกข้อมูลที่เตรียมไว้ให้ครบทุกวาระ"
    feedback_en = "Not studied yet: %(item_en)s. Ask for the agenda beforehand and note what is prepared for every item"
    why = "เมื่อรู้วาระก่อน เจ้าหน้าที่หาข้อมูลของแต่ละเรื่องไปได้ ถูกถามวาระใดก็มีคำตอบ ไม่ต้องตอบเดา"
    why_en = "Knowing the agenda, the officer can look each matter up and need not guess when asked."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if any(visit.meeting == "board-monthly" for visit in plan.visits):
            return None
        return mark("แผนนี้ไม่มีการเข้าร่วมประชุมกรรมการประจำเดือน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        empty = {bare(note) for note in context.words["prep_empty_notes"]} | {""}
        for index, visit in enumerate(plan.visits):
            if visit.meeting != "board-monthly":
                continue
            if not visit.agenda:
                yield (
                    f"visits[{index}].agenda",
                    {"item": "ระเบียบวาระของการประชุม", "item_en": "the agenda of the meeting"},
                )
            for number, item in enumerate(visit.agenda):
                if bare(item.prep_note) in empty:
                    values = {"item": f"วาระที่ {number + 1} {item.title}", "item_en": f"item {number + 1} {item.title}"}
                    yield f"visits[{index}].agenda[{number}].prep_note", values


RULES: tuple[type[PlanRule], ...] = (ContentReady, NoticesBrought, AgendaStudied)
