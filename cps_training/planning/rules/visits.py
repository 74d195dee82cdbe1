"""Rules of one visit: its objective, its issue, what is recorded for whom, its method. R01 R02 R15 R16 R21 R22. Know no calendar and no files.

WORDS_OF_FAMILY (from data/planning/words/visits.yaml): objective_verbs, objective_stop_phrases, objective_fillers, method_empty_notes, and pairs
purpose_words_<purpose>, purpose_methods_<purpose>.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cps_training.i18n import mark
from cps_training.planning.model import Plan, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.thai_text import normalise

OBJECTIVE_LETTERS = 20
"""Thai characters, vowels and tone marks counted, below which an objective cannot say what and to what end."""
AFTER_VERB_LETTERS = 4
METHODS: Mapping[str, tuple[str, str]] = {
    "board-meeting": ("ร่วมประชุมกรรมการ", "a board meeting"),
    "member-meeting": ("ประชุมกลุ่มสมาชิก", "a member group meeting"),
    "inspection": ("ตรวจเยี่ยม", "an inspection"),
    "training": ("อบรม", "training"),
    "dialogue": ("เสวนา", "a dialogue"),
}
_THAI = re.compile(r"[\u0e01-\u0e4e]")
_WORDLESS = re.compile(r"[^0-9a-z\u0e01-\u0e4e]+")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """The text for comparing: letters and digits alone, without spaces and signs; "" for a dash or nothing. Kept: a plan is checked at every pause."""
    return _WORDLESS.sub("", normalise(text))


class VisitRule(PlanRule):
    """A rule that looks at every visit; a plan without visits is no failure of it."""

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.visits else mark("แผนนี้ยังไม่มีการเข้าปฏิบัติงาน")


class Objective(VisitRule):
    """R01. Long enough, a verb of the list with words after it, and more than the name of going there."""

    id = "R01"
    clauses = ("cps.1.2.3",)
    severity = Severity.ERROR
    title = "วัตถุประสงค์ชัดและตรวจผลได้"
    title_en = "The objective is specific and can be checked"
    feedback = "เขียนวัตถุประสงค์ให้ชัดว่าจะไปทำเรื่องใดและอยากได้ผลอะไร เช่น ให้กรรมการกำหนดวันตรวจนับเงินสดรายเดือนและผู้ลงนาม 2 คน"
    feedback_en = "Write what the visit will work on and what should come of it, for example: the board sets a monthly day for counting cash and two signatories"
    why = "การเข้าแต่ละครั้งต้องมีประเด็นหรือวัตถุประสงค์ของครั้งนั้น ถ้าเขียนเพียงว่าตรวจเยี่ยม กลับมาแล้วจะบอกไม่ได้ว่างานสำเร็จหรือไม่"
    why_en = "Each visit has an issue or objective of its own. If it only says “visit”, nobody can tell afterwards whether it succeeded."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, visit in enumerate(plan.visits):
            names = [plan.org(org).name for org in visit.orgs]
            if not _is_objective(visit.objective, names, context.words):
                yield f"visits[{index}].objective"


def _is_objective(objective: str, names: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> bool:
    text = bare(objective)
    if len(_THAI.findall(text)) < OBJECTIVE_LETTERS:
        return False
    left = text
    for name in names:
        left = left.replace(bare(name.removesuffix("จำกัด")) or " ", "")
    empty = (*words["objective_stop_phrases"], *words["objective_fillers"])
    for word in sorted(map(bare, empty), key=len, reverse=True):
        left = left.replace(word, "")
    if not _THAI.search(left):
        return False
    tails = (text.partition(bare(verb))[2] for verb in words["objective_verbs"])
    return any(len(_THAI.findall(tail)) >= AFTER_VERB_LETTERS for tail in tails)


class LinkedIssue(VisitRule):
    """R02. At least one issue of an organisation that is visited."""

    id = "R02"
    clauses = ("cps.1.2.3",)
    severity = Severity.ERROR
    title = "การเข้าทุกครั้งผูกกับประเด็น"
    title_en = "Every visit is tied to an issue"
    feedback = "การเข้าครั้งนี้ยังไม่ผูกกับประเด็นใดของแห่งที่เข้า เลือกประเด็นอย่างน้อย 1 ข้อ หรือเพิ่มประเด็นใหม่ก่อน"
    feedback_en = "This visit is not tied to any issue of the place visited. Choose at least one issue, or add it first"
    why = "เราเข้าไปเพราะมีเรื่องให้ทำ เมื่อผูกประเด็นไว้ ผลของการเข้าแต่ละครั้งจะย้อนดูได้ว่าแก้เรื่องใดไปถึงไหน"
    why_en = "One goes because there is something to work on. Tied to an issue, each visit shows how far that issue has come."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        owner = {issue.id: issue.org for issue in plan.issues}
        for index, visit in enumerate(plan.visits):
            if not any(owner[issue] in visit.orgs for issue in visit.issues):
                yield f"visits[{index}].issues"


class ApproachRecorded(VisitRule):
    """R15. The approach stands in CPS on the day of the visit at the latest: the planned day, or the actual one if earlier."""

    id = "R15"
    clauses = ("cps.1.2.4",)
    severity = Severity.ERROR
    title = "บันทึกแนวทางรายแห่งก่อนเข้า"
    title_en = "The approach is recorded before the visit"
    feedback = "ยังไม่ได้บันทึกแนวทางของแห่งนี้ในระบบ CPS ก่อนเข้า ให้บันทึกแล้วใส่วันที่บันทึก ซึ่งต้องไม่เกินวันเข้า"
    feedback_en = "The approach for this place is not in CPS before the visit. Record it and give the day, no later than the visit"
    why = "ข้อนี้อยู่ในขั้นวางแผน แนวทางที่บันทึกไว้ก่อนทำให้ผู้อนุมัติเห็นว่าจะไปทำอะไร และเทียบกับผลได้เมื่อกลับมา"
    why_en = "This clause belongs to planning: recorded beforehand, the approach tells the approver what will be done and can be held against the result."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        for index, visit in enumerate(plan.visits):
            days = [day for day in (visit.planned_date, visit.actual_date) if day is not None]
            recorded = visit.recorded_plan_on
            if recorded is None or any(recorded > day for day in days):
                yield f"visits[{index}].recorded_plan_on"


class OneRecordPerOrganisation(PlanRule):
    """R16. No record for several, no second record of one visit to one place, and none missing where a visit to several is recorded."""

    id = "R16"
    clauses = ("cps.1.2.4",)
    severity = Severity.ERROR
    title = "บันทึกแยกรายแห่ง"
    title_en = "One record for each organisation"
    feedback = "แยกบันทึกเป็นรายแห่ง แห่งละ 1 รายการต่อการเข้า 1 ครั้ง ตรวจว่าไม่มีรายการที่รวมหลายแห่ง ซ้ำกัน หรือขาดไป"
    feedback_en = "Keep one record for each place and visit: none for several places, none twice, none missing"
    why = "ระบบ CPS เก็บเป็นรายแห่ง บันทึกที่รวมหลายแห่งทำให้ไม่รู้ว่าข้อเท็จจริงและคำแนะนำข้อใดเป็นของแห่งใด"
    why_en = "CPS is kept for each place. In a shared record nobody can tell which fact or advice belongs to whom."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return None if plan.records else mark("ยังไม่มีบันทึกผลการเข้าปฏิบัติงาน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        recorded: dict[str, set[str]] = defaultdict(set)
        for index, record in enumerate(plan.records):
            orgs, before = set(record.orgs), recorded[record.visit]
            if len(orgs) > 1 or orgs & before:
                yield f"records[{index}].orgs"
            before |= orgs
        for index, visit in enumerate(plan.visits):
            for place, org in enumerate(visit.orgs):
                if len(visit.orgs) > 1 and recorded.get(visit.id) and org not in recorded[visit.id]:
                    yield f"visits[{index}].orgs[{place}]"


class MethodStated(VisitRule):
    """R21. A method of the list; another one says which."""

    id = "R21"
    clauses = ("cps.2.2",)
    severity = Severity.ERROR
    title = "ระบุวิธีปฏิบัติงาน"
    title_en = "The method is stated"
    feedback = "ระบุวิธีปฏิบัติงาน: ร่วมประชุมกรรมการ ประชุมกลุ่มสมาชิก ตรวจเยี่ยม อบรม หรือเสวนา ถ้าเป็นวิธีอื่นให้เขียนว่าทำอย่างไร"
    feedback_en = "State the method: board meeting, member group meeting, inspection, training or dialogue; if another, write how it is done"
    why = "วิธีเป็นตัวกำหนดว่าต้องนัดใคร เตรียมเนื้อหาและเอกสารใด ผู้อนุมัติจึงต้องเห็นวิธีก่อนให้ไป"
    why_en = "The method decides whom to meet and what to prepare, so the approver has to see it first."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        empty = {bare(note) for note in context.words["method_empty_notes"]} | {""}
        for index, visit in enumerate(plan.visits):
            if visit.method is None:
                yield f"visits[{index}].method"
            elif visit.method == "other" and bare(visit.method_note) in empty:
                yield f"visits[{index}].method_note"


class MethodFits(VisitRule):
    """R22. What the objective (or, where it does not tell, its issues) is about, and the methods that suit it, by the words of the family.

    A method that does not suit stands beside one that does, in another visit on the same issue, without a hint.
    """

    id = "R22"
    clauses = ("cps.2.2",)
    severity = Severity.HINT
    title = "วิธีเหมาะกับเรื่อง"
    title_en = "The method suits the purpose"
    feedback = "เรื่องนี้ควรใช้วิธี%(methods)s แทนหรือควบคู่กับวิธีที่เลือกไว้"
    feedback_en = "For this matter use %(methods_en)s instead of the chosen method or beside it"
    why = "แต่ละวิธีให้ผลต่างกัน เรื่องที่กรรมการต้องตัดสินใจใช้ที่ประชุมกรรมการ เรื่องของสมาชิกหลายคนต้องพบสมาชิก เรื่องบัญชีต้องเห็นเอกสารจริง"
    why_en = "Methods do different things: the board decides in its meeting, what concerns many members needs the members, books need the papers at hand."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        texts = {issue.id: issue.text for issue in plan.issues}
        methods_on: dict[str, set[str]] = defaultdict(set)
        for visit in plan.visits:
            for issue in visit.issues:
                methods_on[issue].add(visit.method or "")
        for index, visit in enumerate(plan.visits):
            if visit.method is None or visit.method == "other":
                continue
            fitting = _fitting(visit, texts, context.words)
            tried = {visit.method}.union(*(methods_on[issue] for issue in visit.issues))
            if fitting and not tried & set(fitting):
                thai, english = zip(*(METHODS[method] for method in fitting), strict=True)
                yield (
                    f"visits[{index}].method",
                    {"methods": _either(thai, " ", " หรือ"), "methods_en": _either(english, ", ", " or ")},
                )


def _either(names: Sequence[str], between: str, last: str) -> str:
    """One of them, as people write it: a, b or c."""
    return last.join(part for part in (between.join(names[:-1]), names[-1]) if part)


def _fitting(visit: Visit, texts: Mapping[str, str], words: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Methods that suit the visit, without repetition; () when its words tell no purpose."""
    for text in (visit.objective, " ".join(texts[issue] for issue in visit.issues)):
        found: dict[str, None] = {}
        for name in words:
            purpose = name.removeprefix("purpose_words_")
            if purpose != name and any(bare(word) in bare(text) for word in words[name]):
                found |= dict.fromkeys(words[f"purpose_methods_{purpose}"])
        if found:
            return tuple(found)
    return ()


RULES: tuple[type[PlanRule], ...] = (
    Objective,
    LinkedIssue,
    ApproachRecorded,
    OneRecordPerOrganisation,
    MethodStated,
    MethodFits,
)
