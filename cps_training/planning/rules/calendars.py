"""Rules of calendars: both there, agreeing, on open days, without clashes. R17–R20. Know no files: open days come with the context.

WORDS_OF_FAMILY: none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, time

from cps_training.i18n import mark
from cps_training.planning.model import Calendar, Plan, Visit
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.visits import VisitRule, bare

DAYS_OF_A_WEEK, DAYS_OF_A_MONTH = 7, 31


class BothCalendars(PlanRule):
    """R17. A weekly one of at most 7 days and a monthly one of 8–31 that meet. A plan without visits is not excused: the clause asks for both."""

    id = "R17"
    clauses = ("cps.2.1",)
    severity = Severity.ERROR
    title = "มีทั้งปฏิทินรายสัปดาห์และรายเดือน"
    title_en = "Both a weekly and a monthly calendar"
    feedback = "ต้องมีทั้งปฏิทินรายสัปดาห์และรายเดือนของช่วงเดียวกัน เพิ่มชุดที่ยังไม่มี หรือแก้วันแรกและวันสุดท้ายของชุดนี้"
    feedback_en = "Both a weekly and a monthly calendar of the same period are needed. Add the missing one, or mend the first and last day of this one"
    why = "รายเดือนทำให้เห็นว่าดูแลทั่วถึงหรือไม่ รายสัปดาห์ทำให้รู้ว่าวันใดต้องเตรียมอะไร ข้อ 2.1 จึงให้มีทั้งสองชุด"
    why_en = "The month shows whether every place is looked after, the week what to prepare on which day; clause 2.1 asks for both."

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        week, month = plan.week, plan.month
        if week is None:
            yield "week"
        elif not 1 <= _length(week) <= DAYS_OF_A_WEEK or (month is not None and not _meet(week, month)):
            yield "week.covers"
        if month is None:
            yield "month"
        elif not DAYS_OF_A_WEEK < _length(month) <= DAYS_OF_A_MONTH:
            yield "month.covers"


def _length(calendar: Calendar) -> int:
    """Days from the first to the last, both counted; below 1 when they stand the wrong way round."""
    return (calendar.covers[1] - calendar.covers[0]).days + 1


def _meet(one: Calendar, other: Calendar) -> bool:
    return max(one.covers[0], other.covers[0]) <= min(one.covers[1], other.covers[1])


class CalendarsAgree(PlanRule):
    """R18. What stands in the week stands in the month, on the same day, and both have the day planned for the visit."""

    id = "R18"
    clauses = ("cps.2.1",)
    severity = Severity.ERROR
    title = "ปฏิทินสองชุดตรงกัน"
    title_en = "The two calendars agree"
    feedback = "ปฏิทินรายสัปดาห์ ปฏิทินรายเดือน และวันที่ในแผนไม่ตรงกัน แก้วันของการเข้าครั้งนี้ให้เป็นวันเดียวกัน หรือเพิ่มในชุดที่ขาด"
    feedback_en = "The week, the month and the planned day do not agree. Give this visit one day everywhere, or add it where it is missing"
    why = "ปฏิทินสองชุดเป็นแผนเดียวกัน ถ้าวันไม่ตรง คำขออนุญาต รถ และคนที่นัดไว้จะผิดวันตามไปด้วย"
    why_en = "The two calendars are one plan. Where they differ, permission, car and appointments go wrong with them."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:  # noqa: ARG002
        return mark("ยังไม่มีปฏิทินครบสองชุดให้เทียบกัน") if plan.week is None or plan.month is None else None

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:  # noqa: ARG002
        if plan.week is None or plan.month is None:
            return
        planned = {visit.id: visit.planned_date for visit in plan.visits}
        in_month: dict[str, set[date]] = defaultdict(set)
        for entry in plan.month.entries:
            in_month[entry.visit].add(entry.on)
        for index, entry in enumerate(plan.week.entries):
            day = planned.get(entry.visit)
            if entry.visit not in in_month:
                yield f"week.entries[{index}].visit"
            elif entry.on not in ({day} if day else in_month[entry.visit]):
                yield f"week.entries[{index}].on"
        for index, entry in enumerate(plan.month.entries):
            if planned.get(entry.visit) not in (None, entry.on):
                yield f"month.entries[{index}].on"


class OpenDay(VisitRule):
    """R19. No Saturday, Sunday or closed day, unless a reason is given. Days of a year whose holidays nobody knows are left alone."""

    id = "R19"
    clauses = ("cps.2.1",)
    severity = Severity.WARNING
    title = "วันเข้าไม่ตรงกับวันหยุด"
    title_en = "The day is an office day"
    feedback = "วันที่เลือกตรงกับวันหยุดราชการหรือวันเสาร์อาทิตย์ เลือกวันอื่น หรือระบุเหตุผลที่ต้องเข้าในวันนั้น"
    feedback_en = "The day chosen is a holiday or a weekend. Choose another, or give the reason for going on that day"
    why = "ปฏิทินที่ดีต้องทำได้จริง วันหยุดอาจไม่พบผู้ที่นัด และการปฏิบัติงานนอกวันทำการต้องมีเหตุผลให้ผู้อนุมัติเห็น"
    why_en = "A calendar should be one that can be kept. On a holiday people may not be there, and the approver needs the reason for working then."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if (because := super().nothing_to_see(plan, context)) is not None:
            return because
        days = [visit.planned_date for visit in plan.visits if visit.planned_date is not None]
        if not days:
            return mark("ยังไม่มีการเข้าครั้งใดที่กำหนดวัน")
        if all(_is_open(day, context) is None for day in days):
            return mark("ชุดฝึกยังไม่มีปฏิทินวันหยุดของปีที่วางแผน")
        return None

    def places(self, plan: Plan, context: PlanContext) -> Iterator[str]:
        for index, visit in enumerate(plan.visits):
            if visit.planned_date is None or bare(visit.holiday_reason):
                continue
            if _is_open(visit.planned_date, context) is False:
                yield f"visits[{index}].planned_date"


def _is_open(day: date, context: PlanContext) -> bool | None:
    """None when nobody knows the holidays of that year."""
    try:
        return context.is_office_day(day)
    except LookupError:
        return None


class TimesApart(VisitRule):
    """R20. Visits of one officer on one day do not overlap, and leave time to travel between different places: the office's minutes (⚙), or the
    visit's own where these are more. The later visit is told of. A visit without an end lasts no time; without an officer it is the plan's."""

    id = "R20"
    clauses = ("cps.2.1",)
    severity = Severity.WARNING
    title = "เวลาไม่ซ้อนกันและเผื่อเวลาเดินทาง"
    title_en = "Times do not overlap and leave time to travel"
    feedback = "เวลาซ้อนกับการเข้าอีกครั้งของเจ้าหน้าที่คนเดียวกัน หรือเผื่อเวลาเดินทางไม่ถึง %(minutes)s นาที เลื่อนเวลา หรือให้ผู้อื่นไปแทน"
    feedback_en = "This overlaps another visit of the same officer, or leaves less than %(minutes)s minutes to travel. Move it, or let somebody else go"
    why = "คนเดียวอยู่สองแห่งพร้อมกันไม่ได้ ถ้าไม่เผื่อเวลาเดินทาง แห่งหลังต้องรอหรือถูกตัดเวลา แผนจึงทำตามไม่ได้ตั้งแต่ต้น"
    why_en = "Nobody is in two places at once. Without time to travel the later place waits or is cut short, and the plan cannot be kept."

    def nothing_to_see(self, plan: Plan, context: PlanContext) -> str | None:
        if (because := super().nothing_to_see(plan, context)) is not None:
            return because
        if any((one.planned_date and one.start) or one.travel_minutes is not None for one in plan.visits):
            return None
        return mark("ยังไม่มีการเข้าครั้งใดที่กำหนดวันและเวลา")

    def places(self, plan: Plan, context: PlanContext) -> Iterator[tuple[str, Mapping[str, str]]]:
        least = context.settings.travel_minutes
        days: dict[tuple[str, date], list[tuple[int, int, Visit]]] = defaultdict(list)
        for index, visit in enumerate(plan.visits):
            if visit.travel_minutes is not None and visit.travel_minutes < least:
                yield f"visits[{index}].travel_minutes", {"minutes": str(least)}
            if visit.planned_date is not None and visit.start is not None:
                officer = bare(visit.officer or plan.officer)
                days[officer, visit.planned_date].append((_minutes(visit.start), index, visit))
        for visits in days.values():
            visits.sort(key=lambda one: one[:2])
            for position, (start, index, visit) in enumerate(visits):
                needed = max(least, visit.travel_minutes or 0)
                if any(_clash(earlier, start, visit, needed) for _, _, earlier in visits[:position]):
                    yield f"visits[{index}].start", {"minutes": str(needed)}


def _clash(earlier: Visit, start: int, visit: Visit, needed: int) -> bool:
    if earlier.start is None:
        return False
    begun = _minutes(earlier.start)
    ended = max(begun, _minutes(earlier.end)) if earlier.end is not None else begun
    is_same_place = bool(set(earlier.orgs) & set(visit.orgs))
    return start == begun or start < ended + (0 if is_same_place else needed)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


RULES: tuple[type[PlanRule], ...] = (BothCalendars, CalendarsAgree, OpenDay, TimesApart)
