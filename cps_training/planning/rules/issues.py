"""Rules of issues: evidence, dialogue, cause, whom to consult, what is carried over (R03–R07, R12). Knows no other family of rules.

Words: hearsay_openings, catch_all_phrases, catch_all_endings, catch_all_texts, technical_topics, topics_of_formation, topics_of_business,
topics_of_management, topics_of_centre (data/planning/words/drafting.yaml). Texts are compared without their spaces.
A closed issue asks for nothing more than its evidence and, when it was carried over, the reason of its closing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cps_training.i18n import mark
from cps_training.planning.model import Evidence, Issue, Plan, Record
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.thai_text import normalise

Found = str | tuple[str, Mapping[str, str]]
NO_ISSUES = mark("แผนยังไม่มีประเด็น")
NO_OPEN_ISSUES = mark("แผนยังไม่มีประเด็นที่เปิดอยู่")


def squashed(text: str) -> str:
    """A form for comparing, without spaces: Thai is spaced in more than one way (ต่างๆ, ต่าง ๆ)."""
    return "".join(normalise(text).split())


def open_issues(plan: Plan) -> Iterator[tuple[int, Issue]]:
    """Issues not closed, with their index in the plan."""
    return ((n, issue) for n, issue in enumerate(plan.issues) if issue.status == "open")


class DocumentBehindIssue(PlanRule):
    """R03. A document without text, or one that opens as hearsay does, is none; for a need a dated dialogue record is enough."""

    id = "R03"
    clauses = ("practice.8.2",)
    severity = Severity.ERROR
    title = "ทุกประเด็นมีเอกสารรองรับ"
    title_en = "A document behind every issue"
    feedback = (
        "ประเด็นนี้ยังไม่มีเอกสารรองรับ ให้แนบอย่างน้อย 1 รายการ เช่น ข้อสังเกตของผู้สอบบัญชี งบการเงิน หรือรายงานการประชุม "
        "ถ้าเป็นความต้องการ ใช้บันทึกเสวนาที่ลงวันที่แทนได้"
    )
    feedback_en = (
        "No document stands behind this issue. Attach at least one, such as an auditor's note, the accounts or minutes; "
        "for a need, a dated dialogue record will do."
    )
    why = "คำบอกเล่าอย่างเดียวทำให้แก้ผิดเรื่องได้ เอกสารช่วยให้เห็นขนาดของปัญหาและให้ผู้อื่นตรวจซ้ำได้"
    why_en = "What people say may lead to the wrong problem; a document shows how large it is, and others can check it again."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.issues else NO_ISSUES

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:
        hearsay = tuple(squashed(opening) for opening in context.words["hearsay_openings"])

        def carries(issue: Issue, evidence: Evidence) -> bool:
            if evidence.kind == "dialogue":
                return issue.kind == "need" and evidence.dated is not None
            text = squashed(evidence.text)
            return evidence.kind == "document" and bool(text) and not text.startswith(hearsay)

        for n, issue in enumerate(plan.issues):
            if not any(carries(issue, evidence) for evidence in issue.evidence):
                yield f"issues[{n}].evidence"


class VoicesOfDialogue(PlanRule):
    """R04. Voices may come from several dialogue records. Board or management will do: a small group may have no management."""

    id = "R04"
    clauses = ("practice.8.1",)
    severity = Severity.WARNING
    title = "ความต้องการมาจากเสวนาที่มีครบทุกฝ่าย"
    title_en = "Needs come from a dialogue with all parties"
    feedback = "ความต้องการนี้ยังขาดเสียงของ%(missing)s ให้จัดเสวนาเพิ่มแล้วบันทึกว่ามีฝ่ายใดร่วม"
    feedback_en = "This need still lacks the voice of %(missing_en)s. Hold a dialogue and record who took part."
    why = "ความต้องการที่ฟังจากฝ่ายเดียวอาจไม่ใช่ของสหกรณ์ทั้งแห่ง สมาชิก กรรมการ และฝ่ายจัดการมองเห็นเรื่องเดียวกันคนละด้าน"
    why_en = "A need heard from one party may not be the cooperative's. Members, board and management each see another side of it."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        has_need = any(issue.kind == "need" for _, issue in open_issues(plan))
        return None if has_need else mark("แผนยังไม่มีประเด็นที่เป็นความต้องการ")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        for n, issue in open_issues(plan):
            if issue.kind != "need":
                continue
            dialogues = [k for k, one in enumerate(issue.evidence) if one.kind == "dialogue"]
            voices = {voice for k in dialogues for voice in issue.evidence[k].voices}
            missing = []
            if "members" not in voices:
                missing.append(("สมาชิก", "members"))
            if voices.isdisjoint({"board", "management"}):
                missing.append(("กรรมการหรือฝ่ายจัดการ", "board or management"))
            if missing:
                at = f"issues[{n}].evidence"
                yield (
                    f"{at}[{dialogues[0]}].voices" if len(dialogues) == 1 else at,
                    {
                        "missing": " และของ".join(thai for thai, _ in missing),
                        "missing_en": " and of ".join(english for _, english in missing),
                    },
                )


class OneIssueOneCause(PlanRule):
    """R05. Two open issues of one organisation with one cause: the later is told. Letters are compared, not meaning."""

    id = "R05"
    clauses = ("practice.8.2",)
    severity = Severity.WARNING
    title = "หนึ่งประเด็น หนึ่งสาเหตุ"
    title_en = "One issue, one cause"
    feedback = "ประเด็นนี้%(found)s ให้ระบุสาเหตุให้ชัด รวมประเด็นที่มีสาเหตุเดียวกัน และแยกประเด็นที่ปนกันหลายเรื่อง"
    feedback_en = (
        "This issue %(found_en)s. Name its cause, join issues of one cause and part those that mix several things."
    )
    why = "ประเด็นที่มีสาเหตุเดียวกันแก้ได้ด้วยวิธีเดียวกัน ส่วนประเด็นที่ปนหลายเรื่องจะไม่มีวิธีใดแก้ได้ครบ และวัดผลไม่ได้"
    why_en = "Issues of one cause are solved together; one that mixes several things is solved by nothing and cannot be measured."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if any(open_issues(plan)) else NO_OPEN_ISSUES

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:
        first_with: dict[tuple[str, str], str] = {}
        for n, issue in open_issues(plan):
            if phrase := _catch_all(issue.text, context):
                yield f"issues[{n}].text", _wide(phrase)
            cause = squashed(issue.root_cause)
            if not cause:
                yield f"issues[{n}].root_cause", {"found": "ยังไม่ได้ระบุสาเหตุ", "found_en": "names no cause"}
            elif phrase := _catch_all(issue.root_cause, context):
                yield f"issues[{n}].root_cause", _wide(phrase)
            elif (earlier := first_with.setdefault((issue.org, cause), issue.id)) != issue.id:
                same = {"found": f"มีสาเหตุเดียวกับประเด็น {earlier}", "found_en": f"has the cause of issue {earlier}"}
                yield f"issues[{n}].root_cause", same


def _catch_all(text: str, context: PlanContext) -> str | None:
    given = squashed(text).rstrip(".")
    for name, matches in (("phrases", str.__contains__), ("endings", str.endswith), ("texts", str.__eq__)):
        for phrase in context.words[f"catch_all_{name}"]:
            if matches(given, squashed(phrase)):
                return phrase
    return None


def _wide(phrase: str) -> dict[str, str]:
    return {"found": f"ใช้คำที่กว้างเกินไป คือ “{phrase}”", "found_en": f"uses words too wide: “{phrase}”"}


class AcademicGroupConsulted(PlanRule):
    """R06. Technical: the topics of technical_topics; law, data and what has no topic are not."""

    id = "R06"
    clauses = ("cps.1", "practice.8.2")
    severity = Severity.WARNING
    title = "หารือกลุ่มวิชาการในเรื่องทางวิชาการ"
    title_en = "Technical issues are taken to an academic group"
    feedback = "เรื่องนี้เป็นเรื่องทางวิชาการ ให้ระบุ%(missing)s ถ้ายังไม่ได้หารือ ให้หารือก่อนกำหนดแนวทาง"
    feedback_en = (
        "This is a technical matter: give %(missing_en)s. If nobody was asked yet, ask before settling the approach."
    )
    why = "เรื่องเฉพาะทางต้องใช้ความรู้ของกลุ่มงานที่รับผิดชอบ การหารือก่อนเข้าช่วยให้คำแนะนำไม่ขัดกันและนำไปใช้ได้"
    why_en = (
        "Technical matters need the group that knows them; asking before the visit keeps advice usable and of one mind."
    )

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        technical = context.words["technical_topics"]
        if any(issue.topic in technical for _, issue in open_issues(plan)):
            return None
        return mark("แผนยังไม่มีประเด็นในหัวข้อที่ต้องหารือกลุ่มวิชาการ")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:
        for n, issue in open_issues(plan):
            if issue.topic in context.words["technical_topics"]:
                if issue.academic_group is None:
                    yield (
                        f"issues[{n}].academic_group",
                        {"missing": "กลุ่มวิชาการที่หารือ", "missing_en": "the group consulted"},
                    )
                if issue.consulted_on is None:
                    yield (
                        f"issues[{n}].consulted_on",
                        {"missing": "วันที่หารือกลุ่มวิชาการ", "missing_en": "the day it was consulted"},
                    )


_PARTNERS = {
    "formation": ("กลุ่มจัดตั้งและส่งเสริมสหกรณ์", "the formation and promotion group", "19.1"),
    "business": ("กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์", "the business-development group", "19.2"),
    "management": ("กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์", "the management-development group", "19.3"),
    "centre": ("ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์", "the Cooperative Technology Transfer Centre", "19.4"),
}
"""The partner units: Thai, English, the point of practice 19 that names them."""


class GroupFitsTopic(PlanRule):
    """R07. Cites practice.19, over the four points; the message names the one. Topics of no list may go to any group."""

    id = "R07"
    clauses = ("practice.19", "practice.19.1", "practice.19.2", "practice.19.3", "practice.19.4")
    severity = Severity.WARNING
    title = "ประสานหน่วยที่ตรงกับหัวข้อ"
    title_en = "The unit that looks after the topic"
    feedback = "หัวข้อนี้ควรประสาน%(group)s ตามแนวทางการปฏิบัติงาน ข้อ %(point)s ให้แก้หน่วยที่หารือ หรือแก้หัวข้อถ้าเลือกผิด"
    feedback_en = (
        "This topic belongs to %(group_en)s (practice %(point)s). Change the unit, or the topic if it is the wrong one."
    )
    why = "แต่ละหน่วยดูแลคนละเรื่อง ถามผิดหน่วยจะได้คำตอบช้าหรือใช้ไม่ได้ และข้อมูลไม่ไปถึงผู้ที่ต้องร่วมงาน"
    why_en = "Each unit has its own field: the wrong one answers late or not usefully, and those who should help do not hear of it."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(_partner(issue, context) and issue.academic_group for _, issue in open_issues(plan)):
            return None
        return mark("ยังไม่มีประเด็นที่ระบุหน่วยประสาน ในหัวข้อที่คู่มือกำหนดหน่วยไว้")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:
        for n, issue in open_issues(plan):
            partner = _partner(issue, context)
            if partner and issue.academic_group not in (None, partner):
                thai, english, point = _PARTNERS[partner]
                yield f"issues[{n}].academic_group", {"group": thai, "group_en": english, "point": point}


def _partner(issue: Issue, context: PlanContext) -> str | None:
    """The unit that looks after the issue's topic."""
    return next((group for group in _PARTNERS if issue.topic in context.words[f"topics_of_{group}"]), None)


class LeftOverCarried(PlanRule):
    """R12. Carried: an issue of the same id that says where it comes from, or one whose `carried_from` names the old issue, its record or
    its visit. Where several of a record have new ids they are counted, and the last are told as lost."""

    id = "R12"
    clauses = ("cps.1.2.2",)
    severity = Severity.ERROR
    title = "ประเด็นค้างจากครั้งก่อนยกมาครบ"
    title_en = "Everything left open is carried over"
    feedback = "ประเด็น %(issue)s ที่ค้างจากครั้งก่อน%(found)s ให้ยกมาเป็นประเด็นของแผนนี้โดยอ้างบันทึก %(record)s หรือปิดโดยเขียนเหตุผล"
    feedback_en = (
        "Issue %(issue)s, left open last time, %(found_en)s. Carry it into this plan from record %(record)s, "
        "or close it with a reason."
    )
    why = "ปัญหาที่รายงานไว้ต้องมีทางแก้ต่อ ถ้าเริ่มใหม่ทุกครั้ง เรื่องเดิมจะค้างโดยไม่มีใครเห็น"
    why_en = "Problems reported must be worked on further; starting afresh each time leaves them lying where nobody sees them."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if any(record.unresolved for record in plan.previous) else mark("ไม่มีประเด็นค้างจากครั้งก่อน")

    def places(self, plan: Plan, context: PlanContext) -> Iterable[Found]:  # noqa: ARG002
        lost = {"found": "หายไปจากแผน", "found_en": "is missing from the plan"}
        unexplained = {"found": "ถูกปิดโดยไม่มีเหตุผล", "found_en": "is closed without a reason"}
        told: set[int] = set()
        for p, record in enumerate(plan.previous):
            for u, carried in enumerate(_carried(record, plan)):
                names = {"issue": record.unresolved[u], "record": record.id}
                if carried is None:
                    yield f"previous[{p}].unresolved[{u}]", names | lost
                elif carried not in told and _is_closed_without_reason(plan.issues[carried]):
                    told.add(carried)
                    yield f"issues[{carried}].closed_reason", names | unexplained


def _carried(record: Record, plan: Plan) -> list[int | None]:
    """For each unresolved issue of the record the index of the plan's issue that carries it."""
    named = [
        next((n for n, issue in enumerate(plan.issues) if _continues(issue, old, plan)), None)
        for old in record.unresolved
    ]
    spare = [n for n, one in enumerate(plan.issues) if one.carried_from in (record.id, record.visit) and n not in named]
    return [(spare.pop(0) if spare else None) if n is None else n for n in named]


def _continues(issue: Issue, old: str, plan: Plan) -> bool:
    """Whether it is the old issue under its own id. An issue of that id from a record without the old one is another issue."""
    if issue.carried_from is None or issue.carried_from == old:
        return issue.carried_from == old
    elsewhere = {name for one in plan.previous if old not in one.unresolved for name in (one.id, one.visit)}
    return issue.id == old and issue.carried_from not in elsewhere


def _is_closed_without_reason(issue: Issue) -> bool:
    return issue.status == "closed" and not issue.closed_reason


RULES: tuple[PlanRule, ...] = (
    DocumentBehindIssue(),
    VoicesOfDialogue(),
    OneIssueOneCause(),
    AcademicGroupConsulted(),
    GroupFitsTopic(),
    LeftOverCarried(),
)
