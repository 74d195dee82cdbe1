"""Rules R34–R36 and R43: reports of visits, in time, against the target, decided, and to whom (handbook, CPS 3.2 and 3.3; practice 18).

WORDS_OF_FAMILY (data/planning/words/records.yaml): empty_result_phrases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cps_training.i18n import mark
from cps_training.planning.model import Plan, Report
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity, last_day_within
from cps_training.planning.rules.wording import says_nothing

_NO_REPORTS = mark("ยังไม่มีรายงานผล")
_RIGHT_RECIPIENTS = ("provincial", "planning")


class ReportedInTime(PlanRule):
    """Submitted within ⚙ working days after the visit. A report submitted again after it was returned is not late by that."""

    id = "R34"
    clauses = ("cps.3.2",)
    severity = Severity.ERROR
    title = "ส่งรายงานผลภายในกำหนด"
    title_en = "Reported in time"
    feedback = "ส่งรายงานผลในระบบ CPS หลังวันเข้า ไม่เกิน %(days)s วันทำการ ถ้าเลยกำหนดแล้ว ให้รีบส่งและบอกเหตุที่ช้าไว้ในรายงาน"
    feedback_en = "Submit the report in CPS after the visit, within %(days)s working days. If that has passed, submit it now and say in it why it is late."
    why = "ข้อ 3.2 ให้สรุปและรายงานผลในระบบ CPS เพื่อเสนออนุมัติ ส่วนจำนวนวันสำนักงานกำหนดเอง ยิ่งช้า รายละเอียดยิ่งหาย และประเด็นที่ค้างยิ่งตกหล่น"
    why_en = "Clause 3.2 has results reported in CPS for approval; the number of days is the office's. Details fade, and open points get lost."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        days = context.settings.report_working_days
        values = {"days": str(days)}
        for number, visit in enumerate(plan.visits):
            if visit.actual_date is None:
                continue
            reports = [(index, one) for index, one in enumerate(plan.reports) if one.visit == visit.id]
            last_day = last_day_within(context, visit.actual_date, days)
            sent = [(one.submitted_on, index, one) for index, one in reports if one.submitted_on is not None]
            if sent:
                submitted_on, index, report = min(sent, key=lambda one: one[:2])
                if submitted_on < visit.actual_date or (submitted_on > last_day and not _was_returned(report)):
                    yield f"reports[{index}].submitted_on", values
            elif context.today > last_day:
                # with no report at all, the field that asks for one is the day of the visit
                place = f"reports[{reports[0][0]}].submitted_on" if reports else f"visits[{number}].actual_date"
                yield place, values

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if any(visit.actual_date for visit in plan.visits) else mark("ยังไม่มีการเข้าที่ปฏิบัติแล้ว")


class ResultAgainstTarget(PlanRule):
    """The result beside target or indicator, and not a phrase that would fit every visit."""

    id = "R35"
    clauses = ("cps.3.2",)
    severity = Severity.WARNING
    title = "รายงานเทียบผลกับเป้าหมาย"
    title_en = "The result against the target"
    feedback = "ระบุผลเทียบกับเป้าหมายหรือตัวชี้วัดของประเด็น ให้เห็นว่าทำได้เท่าใดจากเท่าใด เช่น ยืนยันหนี้ได้ 38 จาก 40 ราย"
    feedback_en = "Give the result beside the issue's target or indicator, how much of how much, as in: debts confirmed for 38 of 40 members."
    why = "ข้อ 3.2 ให้สรุปผล ชุดฝึกอ่านว่าผลต้องเทียบกับสิ่งที่ตั้งไว้ตอนวางแผน ผู้อนุมัติจึงจะบอกได้ว่าควรทำต่อหรือปรับ"
    why_en = "Clause 3.2 asks for the result; the kit reads it as the result against what was planned, so that the approver can tell what is next."
    is_kit_rule = True

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, report in enumerate(plan.reports):
            if says_nothing(report.result_vs_target, context.words["empty_result_phrases"]):
                yield f"reports[{index}].result_vs_target"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.reports else _NO_REPORTS


class ReportSettled(PlanRule):
    """A returned report tells what was asked and what was changed; no issue is closed on a report that is not approved.

    A report that waits for its approver is no mistake of whoever wrote it.
    """

    id = "R36"
    clauses = ("cps.3.3",)
    severity = Severity.ERROR
    title = "รายงานได้รับอนุมัติ หรือแก้ตามความเห็นแล้ว"
    title_en = "Approved, or changed as the approver asked"
    feedback = (
        "รายงานที่ถูกส่งกลับต้องมีความเห็นของผู้อนุมัติ และบอกว่าแก้อะไรไปแล้วบ้าง ก่อนส่งใหม่ "
        "ถ้ารายงานยังไม่ได้รับอนุมัติ อย่าเพิ่งปิดประเด็นของการเข้าครั้งนี้"
    )
    feedback_en = (
        "A returned report needs the approver's comment and what you changed before it is submitted again. "
        "Until a report is approved, do not close the issues of its visit."
    )
    why = "ข้อ 3.3 ให้สหกรณ์จังหวัดเป็นผู้อนุมัติ งานจึงจบเมื่อรายงานผ่าน ไม่ใช่เมื่อส่งรายงาน ความเห็นที่ส่งกลับมาคือสิ่งที่ยังต้องทำ"
    why_en = "Clause 3.3 leaves the decision to the provincial officer: the work ends with the approval, and a comment is work left to do."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        closed_too_soon = _visits_closed_too_soon(plan)
        for index, report in enumerate(plan.reports):
            if report.decision == "returned":
                for field in ("returned_comment", "answered_comment"):
                    if not getattr(report, field):
                        yield f"reports[{index}].{field}"
            elif report.decision is None and report.visit in closed_too_soon:
                yield f"reports[{index}].decision"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if not plan.reports:
            return _NO_REPORTS
        if any(report.decision for report in plan.reports) or _visits_closed_too_soon(plan):
            return None
        return mark("รายงานยังรอผู้อนุมัติพิจารณา")


class RightRecipient(PlanRule):
    """Reports go to the provincial officer, or to the planning side for the month's summary."""

    id = "R43"
    clauses = ("practice.18",)
    severity = Severity.HINT
    title = "ส่งรายงานถึงผู้ที่ต้องใช้"
    title_en = "Reported to whom it concerns"
    feedback = "ระบุผู้รับรายงานให้ตรง รายงานผลเสนอสหกรณ์จังหวัด ส่วนสรุปรายเดือนส่งฝ่ายแผนงานได้ ผู้อื่นให้เป็นสำเนา"
    feedback_en = (
        "Name the right recipient: results go to the provincial cooperative officer, the month's summary may go to the planning side, "
        "others get copies."
    )
    why = "แนวทางปฏิบัติ ข้อ 18 ให้รายงานผลต่อหน่วยงานที่เกี่ยวข้อง โดยไม่ได้ระบุชื่อ ชุดฝึกอ่านต่อกับข้อ CPS 3.2 ซึ่งให้เสนอสหกรณ์จังหวัด"
    why_en = "Practice 18 has results reported to those concerned without naming them; the kit reads it with CPS 3.2, which names the approver."
    is_kit_rule = True

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        for index, report in enumerate(plan.reports):
            if report.recipient not in _RIGHT_RECIPIENTS:
                yield f"reports[{index}].recipient"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.reports else _NO_REPORTS


def _was_returned(report: Report) -> bool:
    """Whether its day of submission may be that of a later round."""
    return report.decision == "returned" or bool(report.returned_comment)


def _visits_closed_too_soon(plan: Plan) -> set[str]:
    """Visits with an issue that is closed although no report of any visit about it is approved."""
    approved = {report.visit for report in plan.reports if report.decision == "approved"}
    settled = {issue for visit in plan.visits if visit.id in approved for issue in visit.issues}
    closed = {issue.id for issue in plan.issues if issue.status == "closed"} - settled
    return {visit.id for visit in plan.visits if closed & set(visit.issues)}


RULES: tuple[PlanRule, ...] = (ReportedInTime(), ResultAgainstTarget(), ReportSettled(), RightRecipient())
