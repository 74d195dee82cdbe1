"""Rules R31–R33, R44 and R47: what a record of a visit holds, and what it must not hold (handbook, CPS 3; documents 6; readiness 5).

WORDS_OF_FAMILY (data/planning/words/records.yaml): empty_record_phrases, advice_openings, advice_joined_to_facts, fact_openings,
nobody_in_charge, gift_or_favour, gift_refusals, office_holders, member_words, names_follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cps_training.i18n import mark
from cps_training.planning.model import Plan, Question, Record
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity, last_day_within
from cps_training.planning.rules.wording import (
    begins_with,
    has_citizen_number,
    names_an_ordinary_member,
    phrase_in,
    says_nothing,
    written_after,
)

_NO_RECORDS = mark("ยังไม่มีบันทึกการเข้า")


class FactsApartFromAdvice(PlanRule):
    """Facts and advice, both there, each saying something, neither standing among the other."""

    id = "R31"
    clauses = ("cps.3", "cps.3.2")
    severity = Severity.ERROR
    title = "แยกข้อเท็จจริงกับคำแนะนำ"
    title_en = "Facts apart from advice"
    feedback = "เขียนข้อเท็จจริงที่พบกับคำแนะนำที่ให้แยกช่องกัน ให้มีทั้งสองส่วน บอกสิ่งที่เห็นหรือนับได้จริง เช่น พบ… แนะนำให้… แทนคำว่าเรียบร้อยดี"
    feedback_en = (
        "Write what was found and what was advised in their own fields, both of them, with what was seen or counted, "
        "instead of “all in order”."
    )
    why = "หัวข้อ 3 ให้บันทึกการส่งเสริม ติดตามผล และให้ข้อเสนอแนะ ถ้าปนกัน ผู้อนุมัติและผู้ที่เข้าครั้งหน้าจะแยกไม่ออกว่าอะไรเกิดขึ้นจริง อะไรเป็นความเห็น"
    why_en = "Heading 3 has the work recorded, followed up and advised on; mixed, nobody can tell what happened from what was thought."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        empty = context.words["empty_record_phrases"]
        advice_openings = context.words["advice_openings"]
        for where, record in _records(plan):
            for field in ("facts", "advice"):
                if not getattr(record, field):
                    yield f"{where}.{field}"
            for index, fact in enumerate(record.facts):
                if (
                    says_nothing(fact, empty)
                    or begins_with(fact, advice_openings)
                    or any(words in fact for words in context.words["advice_joined_to_facts"])
                ):
                    yield f"{where}.facts[{index}]"
            for index, advice in enumerate(record.advice):
                if (
                    says_nothing(advice, empty)
                    or begins_with(advice, context.words["fact_openings"])
                    or says_nothing(advice, record.facts)
                ):
                    yield f"{where}.advice[{index}]"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.records else _NO_RECORDS


class ActionsHaveOwners(PlanRule):
    """Whatever was agreed has who does it and by when. A visit may end without anything agreed."""

    id = "R32"
    clauses = ("cps.3",)
    severity = Severity.ERROR
    title = "ข้อตกลงมีผู้ทำและกำหนดเสร็จ"
    title_en = "What was agreed has a person and a day"
    feedback = "ระบุว่าใครหรือตำแหน่งใดเป็นผู้ทำ และจะเสร็จวันใด เช่น เหรัญญิกส่งใบตรวจนับเงินสดภายใน 4 ส.ค."
    feedback_en = "Say which person or position does it and by what day, as in: the treasurer sends the cash-count sheet by 4 August."
    why = "หัวข้อ 3 ให้ตรวจสอบและติดตามผล คู่มือไม่ได้กำหนดแบบไว้ ชุดฝึกจึงขอสองอย่างที่ขาดแล้วติดตามไม่ได้ คือผู้ทำกับกำหนดเสร็จ"
    why_en = "Heading 3 asks for follow-up; it sets no form, so the kit asks for the two things without which nothing can be followed up."
    is_kit_rule = True

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for where, record in _records(plan):
            for index, action in enumerate(record.actions):
                if says_nothing(action.who, context.words["nobody_in_charge"]):
                    yield f"{where}.actions[{index}].who"
                if action.by is None:
                    yield f"{where}.actions[{index}].by"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if not plan.records:
            return _NO_RECORDS
        return None if any(record.actions for record in plan.records) else mark("บันทึกไม่มีข้อตกลงว่าจะทำอะไรต่อ")


class QuestionsAnsweredLater(PlanRule):
    """A question left open says where its answer is looked up and by when (⚙ working days from the visit), and is replied to by then."""

    id = "R33"
    clauses = ("docs.6",)
    severity = Severity.ERROR
    title = "คำถามที่ตอบไม่ได้ต้องแจ้งกลับ"
    title_en = "Open questions are answered later"
    feedback = (
        "คำถามนี้ตอบไม่ได้ในวันเข้า ให้ระบุว่าจะถามหรือค้นจากแหล่งใด กำหนดวันแจ้งกลับภายใน %(days)s วันทำการหลังวันเข้า "
        "และลงวันที่เมื่อแจ้งสหกรณ์แล้ว"
    )
    feedback_en = (
        "This question was left open: say where the answer is looked up, set a day to reply within %(days)s working days of the visit, "
        "and enter the day on which the reply was given."
    )
    why = "การเตรียมเอกสาร ข้อ 6 ให้หาข้อมูลแล้วแจ้งกลับเมื่อตอบไม่ได้ เพื่อให้สหกรณ์ได้คำชี้แจงที่ถูกต้อง ส่วนจำนวนวันสำนักงานกำหนดเอง"
    why_en = "Documents 6 has the answer found and given back, so that it is a right one; the number of days is the office's."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        values = {"days": str(context.settings.reply_working_days)}
        visits = {visit.id: visit for visit in plan.visits}
        for where, record in _records(plan):
            visited_on = visits[record.visit].actual_date or record.recorded_on
            last_day = last_day_within(context, visited_on, int(values["days"])) if visited_on else None
            for index, question in enumerate(record.questions):
                if not question.is_answered:
                    for field in _lacking(question, last_day, context.today):
                        yield f"{where}.questions[{index}].{field}", values

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if not plan.records:
            return _NO_RECORDS
        if any(not question.is_answered for record in plan.records for question in record.questions):
            return None
        return mark("บันทึกไม่มีคำถามที่ตอบไม่ได้")


class NoGiftsOrFavours(PlanRule):
    """Nothing in records and reports reads like a gift taken or a favour done; a gift refused may be told."""

    id = "R44"
    clauses = ("prep.5",)
    severity = Severity.WARNING
    title = "ไม่มีเรื่องรับของหรือให้ประโยชน์เป็นพิเศษ"
    title_en = "No gifts and no favours"
    feedback = (
        "ข้อความ “%(found)s” อ่านได้ว่ารับของหรือช่วยเป็นพิเศษ ถ้าปฏิเสธไปแล้ว ให้เขียนให้ชัดว่าไม่รับ "
        "ถ้ารับหรือรับปากไว้ ให้แจ้งสหกรณ์จังหวัด อย่าเพียงแก้ถ้อยคำ"
    )
    feedback_en = (
        "“%(found)s” reads like a gift or a favour. If it was refused, say so plainly. If it was taken or promised, "
        "tell the provincial officer; do not merely change the words."
    )
    why = "การเตรียมตน ข้อ 5 ขอให้สร้างความคุ้นเคยด้วยความจริงใจ ชุดฝึกอ่านว่าความคุ้นเคยต้องอยู่คู่กับความเป็นกลาง สหกรณ์จึงจะเชื่อถือคำแนะนำ"
    why_en = "Readiness 5 asks for rapport and sincerity; the kit reads it as rapport together with fairness, so that advice is trusted."
    is_kit_rule = True

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        for where, text in written_after(plan):
            if found := phrase_in(text, context.words["gift_or_favour"], context.words["gift_refusals"]):
                yield where, {"found": found}

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return _nothing_written(plan)


class NobodysPrivateData(PlanRule):
    """No citizen's number and no name of an ordinary member in records and reports; those who hold a position may be named with it."""

    id = "R47"
    clauses = ("cps.3.2",)
    severity = Severity.ERROR
    title = "ไม่มีเลขประจำตัวประชาชนหรือชื่อสมาชิกทั่วไป"
    title_en = "No identity numbers and no names of ordinary members"
    feedback = (
        "ตัดเลขประจำตัวประชาชนและชื่อสมาชิกออก เขียนเป็นจำนวนราย หรืออ้างทะเบียนที่สหกรณ์เก็บไว้แทน "
        "ถ้าเป็นผู้มีตำแหน่ง ให้เขียนตำแหน่งแทนชื่อหรือติดกับชื่อ"
    )
    feedback_en = (
        "Take out identity numbers and members' names; give a number of members or refer to the cooperative's own register. "
        "For somebody with a position, write the position instead of the name or right beside it."
    )
    why = (
        "คู่มือไม่ได้กล่าวถึงเรื่องนี้ ชุดฝึกกำหนดขึ้นเพราะบันทึกและรายงานมีผู้อ่านหลายคน และติดตามงานได้โดยไม่ต้องรู้ว่าเป็นสมาชิกคนใด "
        "ให้ดูกฎหมายคุ้มครองข้อมูลส่วนบุคคลฉบับปัจจุบันประกอบ"
    )
    why_en = (
        "The handbook does not speak of it. The kit does: many people read records and reports, and work is followed up without knowing "
        "which member it was. See also the current law on personal data."
    )
    is_kit_rule = True

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        officers = {plan.officer, *(visit.officer for visit in plan.visits)}
        lists = {name: context.words[name] for name in ("office_holders", "member_words", "names_follow")}
        for where, text in written_after(plan):
            if has_citizen_number(text) or names_an_ordinary_member(text, officers=officers, **lists):
                yield where

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return _nothing_written(plan)


def _records(plan: Plan) -> Iterator[tuple[str, Record]]:
    return ((f"records[{index}]", record) for index, record in enumerate(plan.records))


def _nothing_written(plan: Plan) -> str | None:
    return None if plan.records or plan.reports else mark("ยังไม่มีบันทึกหรือรายงาน")


def _lacking(question: Question, last_day: date | None, today: date) -> Iterator[str]:
    """What an open question lacks: its source, a day by which it is answered that is not too late, the reply once that day is past."""
    if not question.source:
        yield "source"
    if question.due is None or (last_day is not None and question.due > last_day):
        yield "due"
    if question.replied_on is None and question.due is not None and question.due < today:
        yield "replied_on"


RULES: tuple[PlanRule, ...] = (
    FactsApartFromAdvice(),
    ActionsHaveOwners(),
    QuestionsAnsweredLater(),
    NoGiftsOrFavours(),
    NobodysPrivateData(),
)
