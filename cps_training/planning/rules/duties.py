"""R37–R41: the duties to every organisation: balances confirmed, orders followed up, credit reminded, first meeting, minutes. Knows no issue.

Words: those of duty_words.own_verdicts.
"""

# ruff: noqa: ARG002 - every rule has the same signature

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from cps_training.i18n import mark
from cps_training.planning.model import Organisation, Plan, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.duty_words import listed, own_verdicts
from cps_training.thai_text import BUDDHIST_OFFSET, ENGLISH_MONTHS, SHORT_MONTHS, fiscal_year, show_date

Place = tuple[str, Mapping[str, str]]

NEW_DAYS = 365
"""An organisation registered longer ago is old: where the day of its first meeting is not given, only the entry is missing."""
BALANCES = {"debts": ("หนี้", "debts"), "shares": ("หุ้น", "shares"), "deposits": ("เงินฝาก", "deposits")}
CASH = ("การติดตามให้กรรมการตรวจนับเงินสด", "a follow-up of the board's cash counts")


def day_of(visit: Visit) -> date | None:
    """When the visit took place, else when it is planned."""
    return visit.actual_date or visit.planned_date


def shifted(day: date, days: int) -> date:
    """A day so many days later, earlier for fewer than none; at the ends of all counting, the last or first day there is."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def is_before_its_first_meeting(org: Organisation, plan: Plan) -> bool:
    """Whether it is newly registered and has no board yet."""
    if org.registered_on is None or org.first_meeting_held_on is not None:
        return False
    return org.registered_on >= shifted(plan.written_on, -NEW_DAYS)


def show_month(month: str, locale: str = "th") -> str:
    """`2023-06` for people: `มิ.ย. 2566`, in English `Jun 2023`."""
    year, number = (int(part) for part in month.split("-"))
    if locale == "en":
        return f"{ENGLISH_MONTHS[number - 1]} {year}"
    return f"{SHORT_MONTHS[number - 1]} {year + BUDDHIST_OFFSET}"


def _month(day: date) -> str:
    return day.isoformat()[:7]


class BalancesConfirmed(PlanRule):
    """R37. The year is the fiscal year in which the plan is written; a visit without a date is no plan yet."""

    id = "R37"
    clauses = ("practice.6",)
    severity = Severity.WARNING
    title = "มีแผนสอบทานหนี้ หุ้น เงินฝากทุกแห่งในปีนี้"
    title_en = "Every organisation's debts, shares and deposits are to be confirmed this year"
    feedback = "แผนของปีงบประมาณ %(year)s ยังขาด%(missing)s ให้เพิ่มการเข้าที่กำหนดวันแล้วอย่างน้อย 1 ครั้ง และเลือกสิ่งที่จะทำในครั้งนั้น"
    feedback_en = "The plan of fiscal year %(year)s still lacks %(missing_en)s. Add at least one dated visit and choose what it does."
    why = "ยอดที่สมาชิกยืนยันเองอย่างน้อยปีละครั้ง และเงินสดที่กรรมการตรวจนับสม่ำเสมอ ช่วยให้พบเงินขาดหรือบัญชีผิดได้ก่อนจะเสียหายมาก"
    why_en = "Balances that members confirm at least once a year, and cash the board counts regularly, show a shortage or a wrong entry before the loss is great."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(org.balances for org in plan.orgs):
            return None
        return mark("ไม่มีแห่งใดในแผนที่ระบุว่ามีหนี้ หุ้น หรือเงินฝากให้สอบทาน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        year = fiscal_year(plan.written_on)
        for index, org in enumerate(plan.orgs):
            visits = [
                visit
                for visit in plan.visits
                if org.id in visit.orgs and (day := day_of(visit)) and fiscal_year(day) == year
            ]
            confirmed = {balance for visit in visits for balance in visit.confirms}
            names = [BALANCES[balance] for balance in org.balances if balance not in confirmed]
            missing = []
            if names:
                thai, english = listed([th for th, _ in names]), " and ".join(en for _, en in names)
                missing.append((f"การสอบทาน{thai}", f"a confirmation of {english}"))
            if org.balances and not any(visit.counts_cash for visit in visits):
                missing.append(CASH)
            if missing:
                words = {
                    "missing": " และ".join(th for th, _ in missing),
                    "missing_en": " and ".join(en for _, en in missing),
                }
                yield f"orgs[{index}].balances", {"year": str(year), **words}


class OrdersTracked(PlanRule):
    """R38. Facts may quote what others said; advice and agreed actions are the officer's own."""

    id = "R38"
    clauses = ("practice.7",)
    severity = Severity.ERROR
    title = "ติดตามคำสั่งรองนายทะเบียนสหกรณ์ที่ยังไม่ปิด และไม่วินิจฉัยหรือไกล่เกลี่ยเอง"
    title_en = "Open orders of the Deputy Registrar are followed up, without judging or settling"
    feedback = "มีคำสั่งรองนายทะเบียนสหกรณ์ที่ยังไม่ปิด ให้ติดตามทุกข้อที่สั่งการ %(do)s"
    feedback_en = "An order of the Deputy Registrar is still open: follow up each of its items. %(do_en)s"
    why = "ผู้วินิจฉัยและสั่งการคือรองนายทะเบียนสหกรณ์ เจ้าหน้าที่มีหน้าที่แนะนำและติดตามให้สหกรณ์ทำตามคำสั่ง การตกลงให้จบกันเองทำให้ความเสียหายไม่ได้รับการแก้ไข"
    why_en = "The Deputy Registrar rules and orders; the officer advises and follows up. Where parties are talked into ending a matter, the damage stays."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        return None if any(org.open_orders for org in plan.orgs) else mark("ไม่มีคำสั่งรองนายทะเบียนสหกรณ์ที่ยังไม่ปิด")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        for index, org in enumerate(plan.orgs):
            for number, order in enumerate(org.open_orders):
                if not any(org.id in visit.orgs and order.id in visit.tracks_orders for visit in plan.visits):
                    yield (
                        f"orgs[{index}].open_orders[{number}]",
                        {
                            "do": f"โดยเพิ่มการเข้าที่ติดตามคำสั่ง {order.id}",
                            "do_en": f"Add a visit that follows up order {order.id}.",
                        },
                    )
        under_order = {org.id for org in plan.orgs if org.open_orders}
        for index, record in enumerate(plan.records):
            if under_order.isdisjoint(record.orgs):
                continue
            texts = [(f"advice[{n}]", text) for n, text in enumerate(record.advice)]
            texts += [(f"actions[{n}].what", action.what) for n, action in enumerate(record.actions)]
            for field, text in texts:
                if found := own_verdicts(text, context.words):
                    quoted = ", ".join(f"“{word}”" for word in found)
                    yield (
                        f"records[{index}].{field}",
                        {
                            "do": f"และแก้ข้อความที่เป็นการวินิจฉัยหรือยุติเรื่องเอง คือ {quoted}",
                            "do_en": f"Reword what judges or settles the matter: {quoted}.",
                        },
                    )


class CreditReminded(PlanRule):
    """R39. One reminder for each of the office's days before the due day: of 30 and 7, one ≥ 30 days before and one 29 to 7 days before.

    Days that had gone by when the plan was written are not asked for, nor is anything of a loan already overdue then.
    """

    id = "R39"
    clauses = ("practice.15",)
    severity = Severity.WARNING
    title = "มีวันเตือนก่อนครบกำหนดชำระสินเชื่อของรัฐ"
    title_en = "State credit is reminded before it falls due"
    feedback = "ตั้งวันเตือนก่อนครบกำหนดชำระ %(due)s ให้เพิ่มวันเตือนไม่ช้ากว่า %(latest)s"
    feedback_en = "Remind before the day it falls due, %(due_en)s: add a reminder no later than %(latest_en)s."
    why = "การเตือนล่วงหน้าให้เวลาสหกรณ์เตรียมเงินและแจ้งสมาชิก การเตือนหลังผิดนัดช่วยได้เพียงตามหนี้"
    why_en = "Told ahead, a cooperative can set money aside and tell its members; after default only chasing is left."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        has_credit = any(org.state_credit for org in plan.orgs)
        return None if has_credit else mark("ไม่มีสินเชื่อ กพส. หรือกองทุนสงเคราะห์เกษตรกรในแผน")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        for index, org in enumerate(plan.orgs):
            for number, credit in enumerate(org.state_credit):
                latest = self._missing(credit.due_on, credit.reminders, plan.written_on, context.settings.remind_days)
                if latest:
                    yield (
                        f"orgs[{index}].state_credit[{number}].reminders",
                        {
                            "due": show_date(credit.due_on),
                            "due_en": show_date(credit.due_on, "en"),
                            "latest": " และ ".join(show_date(day) for day in latest),
                            "latest_en": " and ".join(show_date(day, "en") for day in latest),
                        },
                    )

    @staticmethod
    def _missing(due: date, reminders: Iterable[date], written_on: date, days_before: Iterable[int]) -> list[date]:
        """Latest days of the reminders that are missing, the earliest first."""
        if due < written_on:
            return []
        wanted = [shifted(due, -days) for days in sorted(days_before, reverse=True)]
        wanted = [day for day in wanted if day >= written_on] or [due]
        after = date.min
        missing = []
        for day in wanted:
            if not any(after < reminder <= day for reminder in reminders):
                missing.append(day)
            after = day
        return missing


class FirstMeetingInTime(PlanRule):
    """R40. The handbook gives 90 days and no first day; the kit counts from registration. Farmer groups are meant as well."""

    id = "R40"
    clauses = ("practice.19.1",)
    severity = Severity.ERROR
    title = "ประชุมใหญ่สามัญครั้งแรกของแห่งใหม่อยู่ในกำหนด และมีขั้นตอนก่อนหน้า"
    title_en = "A new organisation's first general meeting is in time and led up to"
    feedback = "ประชุมใหญ่สามัญครั้งแรกต้องจัดภายใน %(days)s วันนับแต่วันจดทะเบียน คือไม่เกิน %(deadline)s %(do)s"
    feedback_en = "The first general meeting is due within %(days)s days of registration, by %(deadline_en)s. %(do_en)s"
    why = (
        "ก่อนประชุมใหญ่ครั้งแรกยังไม่มีคณะกรรมการที่สมาชิกเลือก งานจึงเริ่มไม่ได้ การนับวันถอยหลังจากวันประชุมทำให้เตรียมเอกสารและแจ้งสมาชิกได้ทัน"
    )
    why_en = "Until its first general meeting no elected board exists, so work cannot begin; steps counted back from it leave time for papers and notices."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(is_before_its_first_meeting(org, plan) for org in plan.orgs):
            return None
        return mark("ไม่มีแห่งใหม่ที่ยังไม่ได้จัดประชุมใหญ่สามัญครั้งแรก")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        days = context.settings.first_meeting_days
        for index, org in enumerate(plan.orgs):
            if org.registered_on is None or not is_before_its_first_meeting(org, plan):
                continue
            deadline = shifted(org.registered_on, days)
            said = {
                "days": str(days),
                "deadline": show_date(deadline),
                "deadline_en": show_date(deadline, "en"),
            }
            for at, do, do_en in self._wrong(plan, index, deadline):
                yield at, {**said, "do": do, "do_en": do_en}

    @staticmethod
    def _wrong(plan: Plan, index: int, deadline: date) -> Iterator[tuple[str, str, str]]:
        """(field, Thai, English) of what to change for one new organisation."""
        own = [(n, visit) for n, visit in enumerate(plan.visits) if plan.orgs[index].id in visit.orgs]
        meetings = [(n, visit) for n, visit in own if visit.meeting == "first-general"]
        if not meetings:
            yield (
                f"orgs[{index}].registered_on",
                "ให้เพิ่มวันประชุมนี้ในแผน พร้อมขั้นตอนที่ต้องทำก่อนหน้า",
                "Put the meeting into the plan, with the steps before it.",
            )
            return
        first, meeting = min(meetings, key=lambda found: day_of(found[1]) or date.max)
        day = day_of(meeting)
        if day is None or day > deadline:
            do = "ให้กำหนดวันประชุม" if day is None else "ให้เลื่อนวันประชุมเข้ามา"
            do_en = "Give the meeting its day." if day is None else "Move the meeting forward."
            yield f"visits[{first}].planned_date", do, do_en
        steps = [(n, visit) for n, visit in own if visit.is_first_meeting_step and visit.meeting != "first-general"]
        until = day or deadline
        if any((step := day_of(visit)) and step < until for _, visit in steps):
            return
        do, do_en = (
            "ให้วางขั้นตอนก่อนประชุมอย่างน้อยหนึ่งครั้ง โดยนับถอยหลังจากวันประชุม",
            "Plan at least one step before it, counted back from its day.",
        )
        if not steps:
            yield f"visits[{first}].meeting", do, do_en
        for n, _ in steps:
            yield f"visits[{n}].planned_date", do, do_en


class MinutesReceived(PlanRule):
    """R41. The months before the one in which the plan is written. A new organisation owes none before it has a board."""

    id = "R41"
    clauses = ("practice.5",)
    severity = Severity.WARNING
    title = "ได้รับสำเนารายงานการประชุมคณะกรรมการครบเดือน"
    title_en = "Copies of the board's recent minutes have come"
    feedback = "ยังไม่ได้รับสำเนารายงานการประชุมคณะกรรมการเดือน %(missing)s ให้ขอสำเนาจากแห่งนี้ แล้วบันทึกเดือนที่ได้รับ"
    feedback_en = (
        "No copy yet of the board's minutes of %(missing_en)s: ask for them, then note the months that have come."
    )
    why = "สำเนารายงานการประชุมทำให้เห็นว่ากรรมการกำกับฝ่ายจัดการตามกฎหมาย ระเบียบ และมติอย่างไร โดยไม่ต้องรอถึงวันเข้าตรวจ"
    why_en = "The minutes show how the board oversees the management under law, rules and resolutions, without waiting for a visit."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if any(self._owed(org, plan, context) for org in plan.orgs):
            return None
        return mark("ทุกแห่งในแผนเพิ่งจัดตั้ง ยังไม่มีรายงานการประชุมคณะกรรมการ")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[Place]:
        for index, org in enumerate(plan.orgs):
            if missing := [month for month in self._owed(org, plan, context) if month not in org.minutes_copies]:
                yield (
                    f"orgs[{index}].minutes_copies",
                    {
                        "missing": " และ ".join(show_month(month) for month in missing),
                        "missing_en": " and ".join(show_month(month, "en") for month in missing),
                    },
                )

    @staticmethod
    def _owed(org: Organisation, plan: Plan, context: PlanContext) -> list[str]:
        """Months as 2023-06 whose minutes there should be, the oldest first."""
        if is_before_its_first_meeting(org, plan):
            return []
        months, first = [], plan.written_on.replace(day=1)
        for _ in range(context.settings.minutes_months):
            first = shifted(first, -1).replace(day=1)
            months.append(_month(first))
        held = _month(org.first_meeting_held_on) if org.first_meeting_held_on else ""
        return [month for month in reversed(months) if month > held]
