"""Rules R26–R30: permission before going, its approver, and the visit as approved (handbook, CPS 2.3 and 3.1). Know no calendar of the office.

WORDS_OF_FAMILY (data/planning/words/records.yaml): lumped_organisations.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cps_training.i18n import mark
from cps_training.planning.model import Plan, Report, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity

_ONE_PLACE_AT_A_TIME = ("board-meeting", "member-meeting", "inspection")


class AskedBefore(PlanRule):
    """requested_on before planned_date. A visit whose day is still to come may be without a request: it is being drafted."""

    id = "R26"
    clauses = ("cps.2.3",)
    severity = Severity.ERROR
    title = "ขออนุญาตก่อนวันเข้า"
    title_en = "Permission asked before the visit"
    feedback = "วันที่ขออนุญาตต้องมาก่อนวันเข้า ขอในวันเข้าหรือขอย้อนหลังไม่ได้ ถ้ายังไม่ได้เข้า ให้เลื่อนวันเข้าแล้วยื่นขอใหม่"
    feedback_en = (
        "The request must be dated before the visit; on the day itself or afterwards is too late. "
        "If the visit has not taken place, move it and ask again."
    )
    why = "ข้อ 2.3 ให้ขออนุญาตสหกรณ์จังหวัดเพื่อไปปฏิบัติงาน คำขอจึงต้องมาก่อน สหกรณ์จังหวัดจะได้มีเวลาดูประเด็นและปรับแผนทัน"
    why_en = "Clause 2.3 asks for permission in order to go, so the request comes first and leaves time to look at the plan and change it."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, visit in enumerate(plan.visits):
            day = visit.planned_date or visit.actual_date
            if day is None:
                continue
            if visit.requested_on is None:
                is_late = day <= context.today or visit.actual_date is not None or visit.decision is not None
            else:
                is_late = visit.requested_on >= day
            if is_late:
                yield f"visits[{index}].requested_on"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        dated = [(visit, visit.planned_date or visit.actual_date) for visit in plan.visits]
        if any(day and (_has_begun(visit) or day <= context.today) for visit, day in dated):
            return None
        return mark("ยังไม่มีการเข้าที่ยื่นขออนุญาตแล้วหรือถึงวันเข้าแล้ว")


class ApprovedBefore(PlanRule):
    """Approved, and on or before the day of the visit; before the visit, on or before the planned day."""

    id = "R27"
    clauses = ("cps.2.3",)
    severity = Severity.ERROR
    title = "ได้รับอนุมัติก่อนเข้าปฏิบัติงาน"
    title_en = "Approved before the visit"
    feedback = (
        "ต้องได้รับอนุมัติจากสหกรณ์จังหวัดและลงวันที่อนุมัติไว้ ไม่ช้ากว่าวันเข้า ถ้ายังไม่ได้เข้า ให้รออนุมัติหรือเลื่อนวันเข้า "
        "ถ้าเข้าไปแล้วโดยยังไม่ได้รับอนุมัติ ให้แจ้งสหกรณ์จังหวัดตามจริง อย่าลงวันที่ย้อนหลัง"
    )
    feedback_en = (
        "The visit must be approved by the provincial cooperative officer, with the date, no later than the day of the visit. If it has "
        "not taken place, wait or move it. If it has, tell the provincial officer as it was and do not date anything back."
    )
    why = "ลำดับในข้อ 2.3 คือ ขอ ได้รับอนุมัติ แล้วจึงไป และข้อ 3.1 ให้ปฏิบัติตามแผนที่อนุมัติแล้ว ถ้ายังไม่อนุมัติก็ยังไม่มีแผนให้ปฏิบัติตาม"
    why_en = "The order is ask, be approved, go; clause 3.1 has you carry out the approved plan, and until then there is none."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, visit in enumerate(plan.visits):
            last_day = visit.actual_date or visit.planned_date
            if visit.decision == "approved":
                if visit.decided_on is None or (last_day and visit.decided_on > last_day):
                    yield f"visits[{index}].decided_on"
            elif _is_over(visit, context.today):
                yield f"visits[{index}].decision"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(visit.decision == "approved" or _is_over(visit, context.today) for visit in plan.visits):
            return None
        return mark("ยังไม่มีการเข้าที่ได้รับอนุมัติแล้วหรือเลยวันเข้าแล้ว")


class RightApprover(PlanRule):
    """Decided by the provincial officer, or by somebody acting for them under an order; at both gates."""

    id = "R28"
    clauses = ("cps.2.3", "cps.3.3")
    severity = Severity.ERROR
    title = "ผู้อนุมัติคือสหกรณ์จังหวัด"
    title_en = "Approved by the provincial cooperative officer"
    feedback = (
        "ผู้อนุมัติทั้งแผนเข้าปฏิบัติงานและรายงานผลคือสหกรณ์จังหวัด ให้เสนอสหกรณ์จังหวัดพิจารณา ถ้าเป็นผู้รักษาราชการแทน ให้ระบุเลขที่และวันที่ของคำสั่ง"
    )
    feedback_en = (
        "Visit plans and reports are approved by the provincial cooperative officer; submit it there. "
        "For somebody acting in their place, give the number and date of the order."
    )
    why = "ข้อ 2.3 และข้อ 3.3 ระบุผู้อนุมัติไว้ตำแหน่งเดียวกัน คือสหกรณ์จังหวัด ผู้ที่เห็นแผนตั้งแต่ต้นจึงเป็นผู้เห็นผลในตอนท้าย"
    why_en = "Clauses 2.3 and 3.3 name the same approver, so whoever saw the plan also sees the result."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        for where, one in _decided(plan):
            if one.approver_role == "acting":
                if not one.acting_order:
                    yield f"{where}.acting_order"
            elif one.approver_role != "provincial":
                yield f"{where}.approver_role"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if any(_decided(plan)) else mark("ยังไม่มีคำขอหรือรายงานที่พิจารณาแล้ว")


class AskedForEach(PlanRule):
    """Each organisation by its own line and name: not "every one in the district", no visit to several where one can be at only one."""

    id = "R29"
    clauses = ("cps.2.3",)
    severity = Severity.WARNING
    title = "ขออนุญาตเป็นรายแห่ง"
    title_en = "Permission for each organisation"
    feedback = "แยกคำขอเป็นแห่งละหนึ่งรายการ ระบุชื่อสหกรณ์หรือกลุ่มเกษตรกร วัน และประเด็นของแห่งนั้น แทนการขอรวมหลายแห่งในรายการเดียว"
    feedback_en = "Give each cooperative or farmer group a line of its own with its name, day and issues, instead of asking for several at once."
    why = "ข้อ 2.3 ให้ขออนุมัติของแต่ละแห่ง สหกรณ์จังหวัดจะได้เห็นว่าไปแห่งใด เรื่องใด และเทียบกับรายงานของแห่งนั้นได้"
    why_en = "Clause 2.3 speaks of each one, so that its report can be held against what was asked."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        if plan.permission_orgs_listed_together:
            yield "permission_orgs_listed_together"
        visited = {org for visit in plan.visits for org in visit.orgs}
        for index, org in enumerate(plan.orgs):
            if org.id in visited and any(words in org.name for words in context.words["lumped_organisations"]):
                yield f"orgs[{index}].name"
        for index, visit in enumerate(plan.visits):
            # a training or a dialogue may bring several together; a board's meeting or an inspection is of one
            if len(set(visit.orgs)) > 1 and visit.method in _ONE_PLACE_AT_A_TIME:
                yield f"visits[{index}].orgs"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if plan.visits or plan.permission_orgs_listed_together:
            return None
        return mark("แผนยังไม่มีการเข้าปฏิบัติงานที่ต้องขออนุญาต")


class DoneAsApproved(PlanRule):
    """Day, organisation and method as approved, else a reason and the day the approver was told."""

    id = "R30"
    clauses = ("cps.3.1",)
    severity = Severity.WARNING
    title = "ปฏิบัติตามแผนที่อนุมัติ"
    title_en = "Carried out as approved"
    feedback = "วัน แห่ง หรือวิธีที่ปฏิบัติจริงต่างจากแผนที่อนุมัติ ให้บันทึกเหตุผล และวันที่แจ้งสหกรณ์จังหวัด"
    feedback_en = "The day, place or method differs from the approved plan; record why, and on what day the provincial officer was told."
    why = "ข้อ 3.1 ให้ปฏิบัติตามแผนที่สหกรณ์จังหวัดอนุมัติไว้ หน้างานเปลี่ยนได้ตามเหตุ แต่ผู้อนุมัติต้องรู้ และผู้อ่านภายหลังต้องเข้าใจว่าเปลี่ยนเพราะอะไร"
    why_en = "Clause 3.1 has the approved plan carried out; where things force a change, the approver must know and readers must see why."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        for index, visit in enumerate(plan.visits):
            if _differs(visit):
                if not visit.changed_reason:
                    yield f"visits[{index}].changed_reason"
                if visit.informed_on is None:
                    yield f"visits[{index}].informed_on"

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        if any(visit.actual_date or visit.actual_org or visit.actual_method for visit in plan.visits):
            return None
        return mark("ยังไม่มีการเข้าที่บันทึกการปฏิบัติจริง")


def _has_begun(visit: Visit) -> bool:
    """Asked for, decided or carried out."""
    return any((visit.requested_on, visit.decision, visit.actual_date))


def _is_over(visit: Visit, today: date) -> bool:
    """Carried out, or its planned day is past."""
    return visit.actual_date is not None or (visit.planned_date is not None and visit.planned_date < today)


def _decided(plan: Plan) -> Iterator[tuple[str, Visit | Report]]:
    """(place, visit or report) of those with a decision."""
    places: list[tuple[str, Visit | Report]] = [(f"visits[{index}]", visit) for index, visit in enumerate(plan.visits)]
    places += [(f"reports[{index}]", report) for index, report in enumerate(plan.reports)]
    return ((where, one) for where, one in places if one.decision is not None)


def _differs(visit: Visit) -> bool:
    """Whether what was done is known to be another day, organisation or method than planned."""
    return (
        (None not in (visit.actual_date, visit.planned_date) and visit.actual_date != visit.planned_date)
        or (visit.actual_org is not None and visit.actual_org not in visit.orgs)
        or (None not in (visit.actual_method, visit.method) and visit.actual_method != visit.method)
    )


RULES: tuple[PlanRule, ...] = (AskedBefore(), ApprovedBefore(), RightApprover(), AskedForEach(), DoneAsApproved())
