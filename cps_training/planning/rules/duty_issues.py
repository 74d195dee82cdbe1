"""R42, R45, R46, R48: what an issue and the data behind it must hold: feasibility, the problem-solving cycle, gaps, the law that governs.

Words: those of duty_words.cites_the_act. Knows no visit.
"""

# ruff: noqa: ARG002 - every rule has the same signature

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cps_training.i18n import mark
from cps_training.planning.model import Feasibility, Issue, Plan
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.duty_words import cites_the_act, listed

Place = tuple[str, Mapping[str, str]]


def open_issues(plan: Plan) -> Iterator[tuple[int, Issue]]:
    """(position, issue) of those still worked on: nobody mends what is closed."""
    return ((index, issue) for index, issue in enumerate(plan.issues) if issue.status == "open")


class FeasibilityShown(PlanRule):
    """R42. One finding an issue, at the first thing missing. The figures must be above nothing; whether they are good is for people."""

    id = "R42"
    clauses = ("practice.14",)
    severity = Severity.WARNING
    title = "ประเด็นที่เป็นโครงการลงทุนมีตัวเลขความเป็นไปได้เบื้องต้น"
    title_en = "A project carries its preliminary feasibility figures"
    feedback = "โครงการนี้ยังขาด%(missing)s ให้คำนวณเบื้องต้นร่วมกับแห่งนี้ แล้วใส่ตัวเลขก่อนเสนอขอทุนหรือสินเชื่อ"
    feedback_en = "This project still lacks its %(missing_en)s: work it out with the organisation before asking for funds or credit."
    why = "เงินลงทุน แหล่งเงินทุน และระยะเวลาคืนทุน ช่วยให้เห็นว่าโครงการคุ้มและชำระหนี้ได้หรือไม่ ก่อนที่สหกรณ์จะผูกพันเงิน"
    why_en = "Investment, source of funds and payback show whether a project is worth it and can be repaid, before money is bound."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(issue.topic == "project" for _, issue in open_issues(plan)):
            return None
        return mark("ไม่มีประเด็นที่เป็นโครงการลงทุนในแผน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        for index, issue in open_issues(plan):
            if issue.topic != "project":
                continue
            shown = issue.feasibility or Feasibility()
            missing = [
                (field, thai, english)
                for field, thai, english, is_given in (
                    ("invest", "เงินลงทุน", "investment", (shown.invest or 0) > 0),
                    ("source", "แหล่งเงินทุน", "source of funds", bool(shown.source)),
                    ("payback_years", "ระยะเวลาคืนทุน", "payback period", (shown.payback_years or 0) > 0),
                )
                if not is_given
            ]
            if missing:
                field = f".{missing[0][0]}" if issue.feasibility else ""
                yield (
                    f"issues[{index}].feasibility{field}",
                    {
                        "missing": listed([thai for _, thai, _ in missing]),
                        "missing_en": ", ".join(english for *_, english in missing),
                    },
                )


class CycleComplete(PlanRule):
    """R45. The cycle of solving a problem: cause, target, method, measure, and what keeps it from coming back. One finding an issue."""

    id = "R45"
    clauses = ("skills.2",)
    severity = Severity.HINT
    title = "ประเด็นครบวงจร สาเหตุ เป้าหมาย วิธี ตัววัด และการป้องกันไม่ให้เกิดซ้ำ"
    title_en = "An issue states cause, target, method, measure and prevention"
    feedback = "ประเด็นนี้ยังไม่ได้เขียน%(missing)s เขียนให้ครบจะได้แก้ที่ต้นเหตุ วัดผลได้ และไม่เกิดซ้ำ"
    feedback_en = "This issue does not yet state its %(missing_en)s; complete, it mends the cause, can be measured and does not come back."
    why = "การแก้ปัญหาอย่างเป็นระบบเริ่มจากสาเหตุ ตั้งเป้าหมาย เลือกวิธี วัดผล และวางมาตรฐานกันเกิดซ้ำ ขาดข้อใดข้อหนึ่งปัญหามักย้อนกลับมา"
    why_en = "Solving a problem runs from its cause to a target, a method, a measure and a standard against its return; what leaves one out tends to come back."

    _STEPS = (
        ("root_cause", "สาเหตุ", "cause"),
        ("target", "เป้าหมาย", "target"),
        ("method", "วิธีดำเนินการ", "method"),
        ("indicator", "ตัววัดผล", "measure"),
        ("prevention", "วิธีป้องกันไม่ให้เกิดซ้ำ", "prevention"),
    )

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        return None if any(open_issues(plan)) else mark("ไม่มีประเด็นที่ยังดำเนินการอยู่ในแผน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        for index, issue in open_issues(plan):
            missing = [step for step in self._STEPS if not getattr(issue, step[0])]
            if missing:
                yield (
                    f"issues[{index}].{missing[0][0]}",
                    {
                        "missing": listed([thai for _, thai, _ in missing]),
                        "missing_en": ", ".join(english for *_, english in missing),
                    },
                )


class DataGapsListed(PlanRule):
    """R46. An empty list says that somebody looked and found nothing missing; no list, that nobody has looked."""

    id = "R46"
    clauses = ("practice.16",)
    severity = Severity.WARNING
    title = "ระบุช่องข้อมูลที่ยังขาดในฐานข้อมูลของแต่ละแห่ง"
    title_en = "Gaps of every organisation's data base are listed"
    feedback = "ยังไม่ได้ตรวจว่าฐานข้อมูลของแห่งนี้ขาดช่องใด ให้ระบุช่องข้อมูลที่ขาด หรือบันทึกว่าตรวจแล้วไม่ขาด"
    feedback_en = "Nobody has looked yet what this organisation's data base lacks: list the missing fields, or note that none is missing."
    why = "แผนที่ดีต้องมีข้อมูลรองรับ เมื่อรู้ว่าข้อมูลใดขาด จึงแนะนำให้แห่งนั้นจัดเก็บได้ตรงจุด"
    why_en = "A plan rests on data; knowing what is missing, one can advise what to collect."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, org in enumerate(plan.orgs):
            if org.data_gaps is None:
                yield f"orgs[{index}].data_gaps"
            for number, gap in enumerate(org.data_gaps or ()):
                if not gap:
                    yield f"orgs[{index}].data_gaps[{number}]"


class RightLaw(PlanRule):
    """R48. Section 119 of the Act, under which the Decree is made, is rightly cited; so is the Act named beside the Decree without a section."""

    id = "R48"
    clauses = ("role.1",)
    severity = Severity.HINT
    title = "ประเด็นของกลุ่มเกษตรกรอ้างพระราชกฤษฎีกา ไม่ใช่มาตราของพระราชบัญญัติสหกรณ์"
    title_en = "A farmer group's issue cites the Decree, not a section of the Cooperatives Act"
    feedback = "กลุ่มเกษตรกรอยู่ภายใต้พระราชกฤษฎีกาว่าด้วยกลุ่มเกษตรกร ให้ตรวจว่าเรื่องนี้ตรงกับมาตราใดของพระราชกฤษฎีกา แล้วแก้การอ้างพระราชบัญญัติสหกรณ์"
    feedback_en = "Farmer groups are under the Royal Decree on Farmer Groups: find its section on this matter and correct what cites the Cooperatives Act."
    why = "เรื่องเดียวกันอาจอยู่ในกฎหมายคนละฉบับ คำแนะนำที่อ้างกฎหมายผิดทำให้กลุ่มเกษตรกรปฏิบัติผิดตามไปด้วย"
    why_en = "One matter may stand in two laws; a group advised by the wrong one will act wrongly."

    _FIELDS = ("law", "text", "method")

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(plan.org(issue.org).kind == "farmer_group" for _, issue in open_issues(plan)):
            return None
        return mark("ไม่มีประเด็นของกลุ่มเกษตรกรในแผน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        groups = {org.id for org in plan.orgs if org.kind == "farmer_group"}
        for index, issue in open_issues(plan):
            if issue.org in groups:
                for field in self._FIELDS:
                    if cites_the_act(getattr(issue, field), context.words):
                        yield f"issues[{index}].{field}"
