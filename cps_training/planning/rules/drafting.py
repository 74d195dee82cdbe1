"""Rules of the action plan and of what precedes a visit: bottom-up and top-down, owners, study, meeting (R08–R11, R13, R14).

Knows no other family of rules. Words: nobody_in_particular (data/planning/words/drafting.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from string import digits

from cps_training.i18n import mark
from cps_training.planning.model import ActionLine, Plan, Study, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.issues import Found, open_issues, squashed

NO_ACTIONS = mark("แผนยังไม่มีแผนงานหรือกิจกรรม")
MEETING_BEFORE = timedelta(days=31)
"""How long before the month the meeting may have been: a month is planned from the meeting at the end of the last one too."""
FIRST_YEAR = timedelta(days=365)
"""A cooperative or group registered within this time has had no audit yet."""


def _is_bottom_up(line: ActionLine, plan: Plan) -> bool:
    """By the line's own origin, else by its issue's."""
    origin = line.origin or next((issue.origin for issue in plan.issues if issue.id == line.issue), None)
    return origin == "bottom_up"


class TalkedBackToBoard(PlanRule):
    """R08. The talk comes before the day the plan was written on."""

    id = "R08"
    clauses = ("practice.8.3",)
    severity = Severity.WARNING
    title = "นำผลวิเคราะห์กลับไปหารือก่อนเขียนแผน"
    title_en = "The analysis goes back to the board before the plan"
    feedback = (
        "แผนงาน %(line)s มาจากล่างขึ้นบน แต่ยังไม่มีการนำผลวิเคราะห์กลับไปหารือคณะกรรมการหรือฝ่ายจัดการก่อนวันเขียนแผน "
        "ให้ผูกกับประเด็นและใส่วันที่หารือ"
    )
    feedback_en = (
        "Line %(line)s is bottom-up, but its analysis was not taken back to board or management before the plan was "
        "written. Link its issue and give the day of that talk."
    )
    why = "แผนจากล่างขึ้นบนต้องเป็นข้อตกลงของสหกรณ์เอง ถ้าเขียนก่อนหารือ คณะกรรมการและฝ่ายจัดการจะไม่ถือเป็นงานของตน"
    why_en = "A bottom-up plan is what the cooperative agreed to; written before the talk, board and management will not own it."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        has_line = any(_is_bottom_up(line, plan) for line in plan.actions)
        return None if has_line else mark("แผนยังไม่มีแผนงานที่มาจากล่างขึ้นบน")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        index = {issue.id: n for n, issue in enumerate(plan.issues)}
        told: set[int] = set()
        for k, line in enumerate(plan.actions):
            if not _is_bottom_up(line, plan):
                continue
            n = index.get(line.issue or "")
            if n is None:
                yield f"actions[{k}].issue", {"line": line.id}
                continue
            talked_on = plan.issues[n].returned_to_board_on
            if n not in told and (talked_on is None or talked_on >= plan.written_on):
                told.add(n)
                yield f"issues[{n}].returned_to_board_on", {"line": line.id}


class ProjectsConsidered(PlanRule):
    """R09. None = nobody looked; an empty list = looked and there was none, of which the rule has nothing to say."""

    id = "R09"
    clauses = ("practice.8.4",)
    severity = Severity.HINT
    title = "พิจารณาโครงการของกรมและจังหวัดแล้ว"
    title_en = "Department and provincial projects considered"
    feedback = "ระบุโครงการของกรมหรือจังหวัดที่พิจารณาแล้ว ว่าใช้หรือไม่เหมาะ ถ้าไม่เหมาะให้บอกว่าเพราะอะไร"
    feedback_en = (
        "Name the department's or province's projects considered: used or not fitting, and why where they do not fit."
    )
    why = "โครงการของกรมและจังหวัดเป็นกำลังเสริมของสหกรณ์ แต่ไม่จำเป็นต้องรับทุกโครงการ เหตุผลที่ไม่รับช่วยให้ผู้อนุมัติเห็นว่าได้ดูแล้ว"
    why_en = "Projects are a help, and none must be taken. The reason for leaving one shows the approver that it was looked at."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return mark("พิจารณาแล้ว ไม่มีโครงการของกรมหรือจังหวัดในรอบนี้") if plan.projects_considered == () else None

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        if plan.projects_considered is None:
            yield "projects_considered"
        for n, project in enumerate(plan.projects_considered or ()):
            if not project.name:
                yield f"projects_considered[{n}].name"
            if project.decision is None:
                yield f"projects_considered[{n}].decision"
            elif project.decision == "not-fitting" and not project.why:
                yield f"projects_considered[{n}].why"


class BothWays(PlanRule):
    """R10. The policy may stand in a line or in the plan's policy_refs."""

    id = "R10"
    clauses = ("practice.8.5",)
    severity = Severity.WARNING
    title = "แผนตอบทั้งนโยบายและความต้องการในพื้นที่"
    title_en = "The plan answers policy and local need"
    feedback = "แผนยังตอบเพียงด้านเดียว ขาด%(missing)s"
    feedback_en = "The plan answers one side only: it lacks %(missing_en)s."
    why = "แผนปฏิบัติการของกลุ่มส่งเสริมรวมสองทางเข้าด้วยกัน ตอบแต่นโยบายก็ไม่ตรงปัญหาของพื้นที่ ตอบแต่พื้นที่ก็ไม่ต่อกับงานของกรมและจังหวัด"
    why_en = "The group's action plan joins two ways: policy alone misses local problems, local need alone stands apart from the department's work."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.actions else NO_ACTIONS

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        if not plan.actions:
            return
        if not any(_is_bottom_up(line, plan) for line in plan.actions):
            yield (
                "actions",
                {
                    "missing": "แผนงานที่มาจากข้อเสนอของสหกรณ์ ให้เพิ่มอย่างน้อย 1 รายการ",
                    "missing_en": "a line that comes from the cooperatives; add at least one",
                },
            )
        if not any((*plan.policy_refs, *(line.policy for line in plan.actions))):
            yield (
                "policy_refs",
                {
                    "missing": "นโยบายของกรมหรือจังหวัดที่แผนตอบ ให้อ้างอย่างน้อย 1 เรื่อง",
                    "missing_en": "the department's or province's policy it serves; cite at least one",
                },
            )


class OwnerAndDue(PlanRule):
    """R11. Open issues and lines of the action plan. An owner is somebody: a whole group, or "those concerned", is nobody."""

    id = "R11"
    clauses = ("cps.1.1.2",)
    severity = Severity.WARNING
    title = "ทุกเรื่องมีผู้รับผิดชอบและกำหนดเสร็จ"
    title_en = "Everything has an owner and a due date"
    feedback = "%(name)s ยังไม่ระบุ%(missing)s"
    feedback_en = "%(name_en)s lacks %(missing_en)s."
    why = "แผนงานที่ไม่ได้มอบหมายจะไม่มีใครทำ และถ้าไม่มีกำหนดเสร็จก็ไม่รู้ว่าเมื่อใดควรทวงถาม"
    why_en = "Work given to nobody is done by nobody, and without a due date no one knows when to ask."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.actions or any(open_issues(plan)) else mark("แผนยังไม่มีประเด็นที่เปิดอยู่และไม่มีแผนงาน")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:
        nobody = {squashed(name) for name in context.words["nobody_in_particular"]}
        owned: list[tuple[str, dict[str, str], str, date | None]] = [
            *((f"issues[{n}]", _name("ประเด็น", "Issue", one.id), one.owner, one.due) for n, one in open_issues(plan)),
            *(
                (f"actions[{n}]", _name("แผนงาน", "Line", one.id), one.owner, one.due)
                for n, one in enumerate(plan.actions)
            ),
        ]
        for at, name, owner, due in owned:
            somebody = squashed(owner).rstrip(digits)
            if not somebody or somebody in nobody:
                yield f"{at}.owner", name | _NO_OWNER
            if due is None:
                yield f"{at}.due", name | _NO_DUE_DATE


_NO_OWNER = {
    "missing": "ผู้รับผิดชอบเป็นรายตำแหน่ง เช่น เหรัญญิก หรือเจ้าหน้าที่ที่รับมอบหมาย",
    "missing_en": "an owner by post, such as the treasurer or the officer assigned",
}
_NO_DUE_DATE = {"missing": "วันกำหนดเสร็จ", "missing_en": "a due date"}


def _name(thai: str, english: str, thing_id: str) -> dict[str, str]:
    return {"name": f"{thai} {thing_id}", "name_en": f"{english} {thing_id}"}


_STUDIED = {
    "profile": ("โปรไฟล์ของสหกรณ์หรือกลุ่มเกษตรกร", "the profile"),
    "audit-note": ("ข้อสังเกตของผู้สอบบัญชีปีล่าสุด", "the last audit note"),
    "last-record": ("บันทึกการเข้าครั้งก่อน", "the last record"),
    "minutes": ("รายงานการประชุม", "the minutes"),
}


class StudiedBefore(PlanRule):
    """R13. By the day of approval, and before the day of the visit. Organisations in their first year have no audit note yet."""

    id = "R13"
    clauses = ("cps.1.2.2",)
    severity = Severity.WARNING
    title = "ศึกษาข้อมูลครบก่อนได้รับอนุมัติ"
    title_en = "Studied before approval"
    feedback = "ยังไม่ได้ศึกษา%(items)sให้เสร็จก่อนได้รับอนุมัติและก่อนวันเข้า ให้ศึกษาแล้วใส่วันที่ศึกษาเสร็จ"
    feedback_en = "Not studied before the approval and the day of the visit: %(items_en)s. Study it and give the day."
    why = "การรู้เรื่องของสหกรณ์ก่อนเข้าทำให้ตั้งประเด็นได้ตรงและไม่ถามซ้ำ ถ้าศึกษาในวันเข้า จะไม่เหลือเวลาเตรียมเนื้อหาและเอกสาร"
    why_en = "Knowing the cooperative beforehand makes the issue precise; on the day itself no time is left to prepare."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.visits else mark("แผนยังไม่มีการเข้าปฏิบัติงาน")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        for n, visit in enumerate(plan.visits):
            absent = []
            for item in _asked_of(visit, plan):
                entries = [(k, one) for k, one in enumerate(visit.study) if one.item == item]
                if not entries:
                    absent.append(_STUDIED[item])
                elif not any(_is_in_time(one, visit) for _, one in entries):
                    yield f"visits[{n}].study[{entries[0][0]}].done_on", _items([_STUDIED[item]])
            if absent:
                yield f"visits[{n}].study", _items(absent)


def _asked_of(visit: Visit, plan: Plan) -> Iterator[str]:
    """What is to be studied before this visit."""
    registered = [plan.org(org).registered_on for org in visit.orgs]
    all_new = all(day is not None and plan.written_on - day < FIRST_YEAR for day in registered)
    return (item for item in _STUDIED if not (item == "audit-note" and all_new))


def _is_in_time(study: Study, visit: Visit) -> bool:
    if study.done_on is None:
        return False
    approved_on = visit.decided_on if visit.decision == "approved" else None
    in_time_to_visit = visit.planned_date is None or study.done_on < visit.planned_date
    return in_time_to_visit and (approved_on is None or study.done_on <= approved_on)


def _items(names: list[tuple[str, str]]) -> dict[str, str]:
    thai, english = [name for name, _ in names], [name for _, name in names]
    return {"items": " และ".join(filter(None, (" ".join(thai[:-1]), thai[-1]))), "items_en": ", ".join(english)}


class AllGroupMeeting(PlanRule):
    """R14. The meeting of the planned month, or of at most 31 days before it."""

    id = "R14"
    clauses = ("cps.1.2.1",)
    severity = Severity.HINT
    title = "แผนเดือนต่อจากประชุมทุกกลุ่มงาน"
    title_en = "The month follows the all-group meeting"
    feedback = "แนบผลประชุมทุกกลุ่มงานเดือนนี้ โดยระบุ%(missing)s"
    feedback_en = "Add the outcome of this month's all-group meeting: %(missing_en)s."
    why = "ที่ประชุมทุกกลุ่มงานเป็นที่เลือกพื้นที่เป้าหมายร่วมกัน แผนที่ไม่อ้างผลประชุมอาจเข้าผิดแห่งหรือซ้ำกับกลุ่มอื่น"
    why_en = (
        "The meeting of all groups picks the targets together; a plan without it may go to the wrong places, or twice."
    )

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.month else mark("แผนยังไม่มีปฏิทินรายเดือน")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        if plan.month is None:
            return
        first, last = plan.month.covers
        met_on = plan.all_group_meeting_on
        if met_on is None or met_on > last or first - met_on > MEETING_BEFORE:
            yield "all_group_meeting_on", {"missing": "วันที่ประชุม", "missing_en": "its day"}
        if not any(plan.target_areas):
            yield "target_areas", {"missing": "พื้นที่เป้าหมายที่ที่ประชุมตกลงกัน", "missing_en": "the target areas decided"}


RULES: tuple[PlanRule, ...] = (
    TalkedBackToBoard(),
    ProjectsConsidered(),
    BothWays(),
    OwnerAndDue(),
    StudiedBefore(),
    AllGroupMeeting(),
)
