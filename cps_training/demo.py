"""The fictional office of `--demo`: 47 people in 9 units, guests, leavers, and plausible answers. Everything is invented.

Answers are drawn by a seeded two-parameter item-response simulation and pass through the same attempts as real ones
(place "simulated"). Fills an empty store only; knows no server and no widget.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from cps_training import demo_plans
from cps_training.assessment import attempt as core
from cps_training.assessment.attempt import Attempt
from cps_training.assessment.opening import new_attempt
from cps_training.clock import BANGKOK, office_day
from cps_training.content.forms import LESSON_PREFIX
from cps_training.content.library import Library
from cps_training.desk.attempt_views import form_of
from cps_training.items import Disguise, ItemBase
from cps_training.items.base import Response
from cps_training.items.essay import Essay
from cps_training.items.simulated import guess
from cps_training.records import accounts, attempts, roster

SEED = 2594
UNITS = (
    ("กลุ่มส่งเสริมสหกรณ์ 1", 7),
    ("กลุ่มส่งเสริมสหกรณ์ 2", 6),
    ("กลุ่มส่งเสริมสหกรณ์ 3", 6),
    ("กลุ่มจัดตั้งและส่งเสริมสหกรณ์", 5),
    ("กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์", 5),
    ("กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์", 5),
    ("กลุ่มตรวจการสหกรณ์", 4),
    ("ฝ่ายบริหารทั่วไป", 5),
    ("นิคมสหกรณ์สมมติ", 4),
)
"""Nine units, 47 people. The names of units are the usual ones; the office itself does not exist."""

GIVEN_NAMES = [
    "กานดา",
    "อารี",
    "ธนา",
    "มาลี",
    "วิชัย",
    "สุดา",
    "ประเสริฐ",
    "นภา",
    "ชัยวัฒน์",
    "รัตนา",
    "สมพร",
    "ปิยะ",
    "วรรณา",
    "อนันต์",
    "จันทร์",
    "ศิริ",
    "บุญมี",
    "พิมพ์ใจ",
    "เดชา",
    "อรุณ",
    "กมล",
    "สายฝน",
    "ทวี",
    "ลำดวน",
    "ณรงค์",
    "ดวงใจ",
    "มานะ",
    "ชูใจ",
    "วีระ",
    "เพ็ญศรี",
    "สมชาย",
    "อัมพร",
    "ไพโรจน์",
    "นงลักษณ์",
    "สุรชัย",
    "บัวลอย",
    "จรัญ",
    "มณี",
    "ประภา",
    "ก้องภพ",
    "ชลธิชา",
    "ธีระ",
    "ปราณี",
    "ภูผา",
    "ยุพิน",
    "สุริยา",
    "หทัย",
]
GUESTS = "แขกจากหน่วยงานอื่น"
SURNAME = "(สมมติ)"

UNUSABLE_HASH = "no-hash"
"""Stands where a hash would: these people have been here before, and are entered with one click."""

OFFICER, TRAINER, APPROVER = "demo-officer", "demo-trainer", "demo-approver"
COLLEAGUE = "demo-03"
"""Whose plan waits for the approver."""

STEADINESS = 0.08
"""How seldom somebody stops between two steps of the course: the exponent of their zeal."""

_SESSIONS = ((24, "เล่าสู่กันฟัง: วงจร CPS และสองด่านอนุมัติ", 120), (10, "แลกเปลี่ยน: เขียนวัตถุประสงค์ให้ตรวจสอบได้", 90))


@dataclass(frozen=True)
class Figure:
    """One invented person with what the simulation needs. zeal: share of the work they have got round to."""

    code: str
    name: str
    unit: str
    roles: tuple[str, ...]
    ability: float
    zeal: float


def fill(conn: Connection, library: Library, *, now: datetime, seed: int = SEED) -> None:
    """Fill an empty store with the fictional office as of `now`. The same seed and instant give the same office."""
    chance = random.Random(seed)
    draw = chance.randbytes
    today = office_day(now)
    roster.put_setting(conn, "demo", {"shown": [OFFICER, TRAINER, APPROVER]})
    roster.put_setting(conn, "office", "สำนักงานสหกรณ์จังหวัดสมมติ")
    roster.put_setting(conn, "participation", {"deadline": (today + timedelta(days=4)).isoformat()})
    people = {figure.code: figure for figure in _figures(chance)}
    ids = {
        code: accounts.add_person(conn, code=code, name=figure.name, roles=figure.roles, at=now, entropy=draw)
        for code, figure in people.items()
    }
    for code, person_id in ids.items():
        if code[5:].isdigit() or code in (OFFICER, TRAINER, APPROVER):
            accounts.set_password(conn, person_id, UNUSABLE_HASH)
    _enrol(conn, people, ids, today, chance)
    _hold_sessions(conn, people, ids, today, chance)
    attempts.put_item_versions(conn, library.items.values())
    for code, figure in people.items():
        own = random.Random(f"{seed} {code}")  # one more quiz in the kit must not change what somebody did before
        for attempt in _attempts(library, figure, ids[code], now, own):
            attempts.insert_attempt(conn, attempt, place="simulated")
    own = random.Random(f"{seed} plans")
    demo_plans.fill(conn, library, now=now, officer=ids[COLLEAGUE], approver=ids[APPROVER], chance=own)


def _figures(chance: random.Random) -> Iterator[Figure]:
    names = iter(GIVEN_NAMES)
    special = {0: (OFFICER, ("learner",)), 1: (TRAINER, ("trainer", "learner")), 46: (APPROVER, ("approver",))}
    number = 0
    for unit, size in UNITS:
        for _ in range(size):
            code, roles = special.get(number, (f"demo-{number + 1:02}", ("learner",)))
            name = f"{next(names)} {SURNAME}"
            yield Figure(code, name, unit, roles, chance.gauss(0.3, 0.9), min(1.0, max(0.0, chance.gauss(0.75, 0.35))))
            number += 1
    for n in range(1, 4):
        yield Figure(f"demo-guest-{n}", f"แขกคนที่ {n} {SURNAME}", GUESTS, ("learner",), 0.0, 0.0)
    for n in range(1, 3):
        yield Figure(f"demo-left-{n}", f"ผู้ย้ายออกคนที่ {n} {SURNAME}", UNITS[2][0], ("learner",), 0.0, 0.0)
    yield Figure("demo-contract-1", f"จ้างเหมาคนที่ 1 {SURNAME}", UNITS[7][0], ("learner",), 0.0, 0.0)


def _enrol(
    conn: Connection, people: dict[str, Figure], ids: dict[str, str], today: date, chance: random.Random
) -> None:
    for code, figure in people.items():
        has_left = code.startswith("demo-left")
        roster.add_entry(
            conn,
            person_id=ids[code],
            unit=figure.unit,
            employment="contractor" if code.startswith("demo-contract") else "civil_servant",
            is_guest=code.startswith("demo-guest"),
            active_from=today - timedelta(days=20 if code == OFFICER else 700),
            active_to=today - timedelta(days=5) if has_left else None,
            entropy=chance.randbytes,
        )


def _hold_sessions(
    conn: Connection, people: dict[str, Figure], ids: dict[str, str], today: date, chance: random.Random
) -> None:
    for days_ago, title, minutes in _SESSIONS:
        session_id = roster.add_km_session(
            conn,
            topic="cps",
            title=title,
            held_on=today - timedelta(days=days_ago),
            minutes=minutes,
            entropy=chance.randbytes,
        )
        for code, figure in people.items():
            if code == OFFICER:
                continue  # arrived after the sessions: the kit is how they catch up
            comes = 1.0 if code in (TRAINER, APPROVER) or not figure.code[5:].isdigit() else 0.45
            if chance.random() >= comes:
                continue
            is_online = chance.random() < 0.25
            stayed = round(minutes * min(1.0, max(0.2, chance.gauss(0.85, 0.25)))) if is_online else minutes
            roster.add_attendance(
                conn,
                session_id=session_id,
                person_id=ids[code],
                kind="online" if is_online else "onsite",
                minutes=stayed,
            )


# Simulated answers ---------------------------------------------------------------------------------------------


def _attempts(
    library: Library, figure: Figure, person_id: str, now: datetime, chance: random.Random
) -> Iterator[Attempt]:
    """The demo officer is in the middle of a lesson, two thirds through the course; the others have done as much as their zeal says."""
    course = _course(library)
    if figure.code == OFFICER:
        lessons = [form_id for form_id in course if form_id.startswith(LESSON_PREFIX)]
        half = course.index(lessons[2 * len(lessons) // 3]) + 1 if lessons else 0
        for days_ago, form_id in zip(range(half, 0, -1), course, strict=False):
            start, share = _office_hours(now, days_ago, 9), 0.5 if days_ago == 1 else 1.0
            yield _sit(library, form_id, person_id, figure, start, chance, share=share)
        return
    if not figure.code[5:].isdigit():
        return
    for days_ago, form_id in zip(range(2 * len(course), 0, -2), course, strict=True):
        if chance.random() > figure.zeal**STEADINESS:
            return
        share = 1.0 if chance.random() < 0.96 else chance.random()
        start = _office_hours(now, days_ago, chance.randint(9, 15))
        yield _sit(library, form_id, person_id, figure, start, chance, share=share)
        if share < 1:
            return


def _course(library: Library) -> list[str]:
    """The order in which people come to the forms: tests before, each lesson with its quizzes, the tests after, then the rest."""
    forms = library.forms.values()
    order: list[str] = [form.id for form in forms if form.stage == "before"]
    for lesson in library.lessons.values():
        own = sorted((form for form in forms if form.lesson == lesson.id), key=lambda form: form.feedback == "exam")
        order += [LESSON_PREFIX + lesson.id] if lesson.form else []
        order += [form.id for form in own]
    order += [form.id for stage in ("after", "final") for form in forms if form.stage == stage]
    return [*order, *(form.id for form in forms if form.id not in order)]


def _office_hours(now: datetime, days_ago: int, hour: int) -> datetime:
    day = office_day(now) - timedelta(days=days_ago)
    return datetime.combine(day, time(hour), BANGKOK).astimezone(UTC)


def _sit(
    library: Library,
    form_id: str,
    person_id: str,
    figure: Figure,
    start: datetime,
    chance: random.Random,
    *,
    share: float,
) -> Attempt:
    secret, attempt_id = chance.randbytes(32), chance.randbytes(16).hex()
    form = form_of(library, form_id)
    attempt = new_attempt(library, form, person_id, attempt_id=attempt_id, number=1, secret=secret, at=start)
    items = [library.items[placed.item_id] for placed in attempt.placed]
    at = start
    for item in items[: math.ceil(share * len(items))]:
        at += timedelta(seconds=chance.randint(15, 90))
        if attempt.is_over(at):
            break
        response = _respond(item, figure.ability, attempt.disguise(item.id), chance)
        certainty = chance.randint(1, 3) if attempt.policy.asks_certainty else None
        answer_id = chance.randbytes(16).hex()
        attempt, _ = core.answer(attempt, item, response, answer_id=answer_id, at=at, certainty=certainty)
    if share >= 1 and not form_id.startswith(LESSON_PREFIX):
        attempt, _ = core.finish(attempt, answer_id=chance.randbytes(16).hex(), at=at + timedelta(seconds=5))
    return attempt


def _respond(item: ItemBase, ability: float, disguise: Disguise, chance: random.Random) -> Response:
    """Right with the probability of a two-parameter logistic model; difficulty and slope follow from the item's id."""
    own = random.Random(item.id)
    difficulty, slope = own.gauss(-0.4, 0.8), own.uniform(0.7, 1.8)
    if chance.random() < 1 / (1 + math.exp(-slope * (ability - difficulty))):
        return item.correct_response(disguise)
    if isinstance(item, Essay):  # something to mark: the beginning of a good answer
        words = item.model_answer.split()
        return {"text": " ".join(words[: max(1, round(len(words) * chance.uniform(0.3, 0.9)))])}
    response = item.read_response(guess(item.present(disguise).as_json(), chance), disguise)
    assert response is not None
    return response
