"""Fictional states of the trainer's widgets, made as the apps make them: rows of the desk through the panels."""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.analytics.proofs import Topic
from cps_training.apps.panels import importing, pairs, people, person, sessions, settings
from cps_training.apps.panels.participation import ParticipationPanel
from cps_training.apps.panels.progress import Column, ProgressPanel
from cps_training.apps.session import Session

TODAY = date(2023, 7, 10)
LONG = "กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์"
UNITS = ("กลุ่มส่งเสริมสหกรณ์ 1", LONG)


def session(locale: str = "th", roles: tuple[str, ...] = ("trainer", "admin")) -> Session:
    """A trainer's session that cannot ask anything."""
    return Session(desk=None, person={"roles": roles}, locale=locale, is_lab=False, is_demo=False)  # type: ignore[arg-type]


def account(n: int, name: str, **more: Any) -> dict[str, Any]:
    return {
        "person_id": f"p{n}",
        "person_code": f"A{n:03}",
        "name": name,
        "roles": ["learner"],
        "is_disabled": False,
        "has_password": True,
        "code_expires_on": None,
        "merged_into": None,
        "is_me": False,
        **more,
    }


def stay(n: int, name: str, unit: str, **more: Any) -> dict[str, Any]:
    return {
        "person_id": f"p{n}",
        "person_code": f"A{n:03}",
        "name": name,
        "unit": unit,
        "employment": "civil_servant",
        "is_guest": False,
        "active_from": "2022-10-01",
        "active_to": None,
        "left_out_because": None,
        "entry_id": f"e{n}",
        **more,
    }


NAMES = ("กานดา ตัวอย่าง", "มาลี ตัวอย่าง", "ธนา ตัวอย่าง", "สุดา ตัวอย่าง", "วิชัย ตัวอย่าง")
ACCOUNTS = [
    *(account(n, name) for n, name in enumerate(NAMES, 1)),
    account(6, "อารี ตัวอย่าง", roles=["trainer", "admin"], is_me=True),
    account(7, "แขก ตัวอย่าง", has_password=False, code_expires_on="2023-07-20"),
    account(8, "นภา ตัวอย่าง"),
    account(9, "กานดา  ตัวอย่าง", has_password=False),
    account(10, "ปิยะ ตัวอย่าง", is_disabled=True),
    account(11, "จ้างเหมา ตัวอย่าง"),
]
ROSTER = [
    *(stay(n, name, UNITS[n % 2]) for n, name in enumerate(NAMES, 1)),
    stay(6, "อารี ตัวอย่าง", UNITS[0], left_out_because="ไปช่วยราชการ"),
    stay(7, "แขก ตัวอย่าง", "แขกจากหน่วยงานอื่น", is_guest=True),
    stay(8, "นภา ตัวอย่าง", UNITS[0], active_to="2023-07-01"),
    stay(11, "จ้างเหมา ตัวอย่าง", UNITS[1], employment="contractor"),
]
HELD = {
    "session_id": "s1",
    "topic": "cps",
    "title": "เล่าสู่กันฟัง: วงจร CPS และสองด่านอนุมัติ",
    "held_on": "2023-06-20",
    "minutes": 120,
    "n_onsite": 3,
    "n_online": 1,
}
ATTENDANCE = [
    {
        "person_id": f"p{n}",
        "person_code": f"A{n:03}",
        "date": "2023-06-20",
        "kind": kind,
        "minutes": minutes,
        "session_minutes": 120,
        "topic": "cps",
        "title": HELD["title"],
        "session_id": "s1",
    }
    for n, kind, minutes in ((1, "onsite", None), (2, "online", 90), (7, "onsite", None), (8, "onsite", None))
]
TWINS = [{"a_id": "p1", "b_id": "p9", "why": "same-name"}]
LESSONS = [
    {
        "person_code": code,
        "lesson": "cps-cycle",
        "n_answered": n,
        "n_checkpoints": 10,
        "started_on": "2023-06-21",
        "last_on": last,
        "completed_on": last if n == 10 else None,
    }
    for code, n, last in (("A001", 10, "2023-06-25"), ("A003", 4, "2023-06-30"), ("A004", 2, "2023-07-08"))
]
CHANGES = [
    {
        "seq": 2,
        "at": "2023-07-01T03:00:00+00:00",
        "by": "อารี ตัวอย่าง",
        "kind": "transfer",
        "subject": NAMES[0],
        "subject_id": "p1",
        "detail": {"unit": LONG, "active_from": "2023-07-01", "before": UNITS[0]},
    },
    {
        "seq": 1,
        "at": "2022-10-01T03:00:00+00:00",
        "by": None,
        "kind": "add-person",
        "subject": NAMES[0],
        "subject_id": "p1",
        "detail": {"roles": ["learner"]},
    },
]
ROWS: dict[str, Any] = {
    "people": ACCOUNTS,
    "roster": ROSTER,
    "attendance": ATTENDANCE,
    "lessons": LESSONS,
    "finished_forms": [{"person_code": "A001", "form": "cps-practice", "finished_on": "2023-06-26"}],
    "settings": [{"deadline": "2023-07-14"}],
    "sessions": [HELD],
    "changes": CHANGES,
}
COLUMNS = [
    Column("lesson:cps-cycle", "lesson", {"th": "ระบบ CPS: สองระดับแผน สองด่านอนุมัติ", "en": "The CPS cycle"}),
    Column("cps-practice", "form", {"th": "แบบฝึก: ระบบ CPS", "en": "Practice: CPS"}),
]
FINDING = {
    "row": 3,
    "column": "วันที่เริ่ม",
    "code": "date-no-such-day",
    "severity": "error",
    "text": "ไม่มีวันที่ “%(typed)s” ในปฏิทิน โปรดตรวจวันและเดือน (วันมาก่อนเดือน)",
    "values": {"typed": "31/2/2566"},
}
CLASH = {
    "row": 5,
    "column": "ชื่อ-สกุล",
    "code": "two-people",
    "severity": "error",
    "text": "รหัส %(code)s เป็นของ “%(other)s” อยู่แล้ว แต่ไฟล์ใช้กับ “%(name)s”",
    "values": {"code": "A001", "other": NAMES[0], "name": "ธนา คนละคน"},
}
_STAY = {"unit": LONG, "active_from": "2023-07-01", "active_to": None}
DIFFERENCE: dict[str, Any] = {
    "counts": {"new_people": 1, "renamed": 1, "new_stays": 0, "changed": 0, "ended": 1, "unchanged": 3, "absent": 1},
    "rows": {
        "new_people": [{"row": 2, "person_code": "B001", "name": "พิมพ์ใจ ตัวอย่าง", "stays": [_STAY]}],
        "renamed": [{"row": 3, "person_code": "A002", "name": "มาลี ใหม่", "before": NAMES[1]}],
        "new_stays": [],
        "changed": [],
        "ended": [
            {
                "row": 4,
                "person_code": "A003",
                "name": NAMES[2],
                "before": _STAY,
                "after": _STAY | {"active_to": "2023-07-09"},
            }
        ],
        "absent": [{"person_code": "A005", "name": NAMES[4], "stays": [_STAY]}],
    },
}


def answer(*findings: dict[str, Any], difference: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the desk answers to a dry run."""
    return {
        "findings": list(findings),
        "n_errors": sum(one["severity"] == "error" for one in findings),
        "difference": difference or DIFFERENCE,
        "applied": False,
        "codes": [],
    }


def everybody() -> list[people.Person]:
    return people.everybody(ACCOUNTS, ROSTER, TODAY)


def named(person_id: str) -> people.Person:
    return next(one for one in everybody() if one.person_id == person_id)


def person_state(person_id: str, locale: str = "th") -> dict[str, Any]:
    units = people.units_of(everybody())
    return person.sheet(session(locale), named(person_id), CHANGES, units, TODAY, may_give_all=True)


def codes(n: int) -> list[dict[str, Any]]:
    return [
        {
            "name": f"คนที่ {i} ตัวอย่าง",
            "person_code": f"A{i:03}",
            "one_time_code": "ZZQ2Q-GA7G8",
            "expires": "20 ก.ค. 2566",
        }
        for i in range(1, n + 1)
    ]


def widgets(locale: str = "th") -> list[tuple[str, str, dict[str, Any], str | None]]:
    """(name, stem, traits, None) of every state."""
    _ = session(locale)
    panel = ParticipationPanel()
    merged = [
        *(row for row in ACCOUNTS if row["person_id"] != "p9"),
        account(9, "กานดา  ตัวอย่าง", is_disabled=True, merged_into="A001"),
    ]
    status = {"kind": "idle", "text": "", "send_id": "", "form": "", "field": ""}
    states: list[tuple[str, str, dict[str, Any]]] = [
        ("meter-full", "participation_meter", {"meter": panel.render(_, panel.compute(ROWS, TODAY), TODAY)}),
        (
            "meter-nobody",
            "participation_meter",
            {"meter": panel.render(_, panel.compute(ROWS | {"roster": []}, TODAY), TODAY)},
        ),
        ("settings", "form_card", settings.card(_, Topic.read(ROWS["settings"][0]), "สำนักงานสหกรณ์จังหวัดสมมติ")),
        ("person-add", "form_card", people.add_card(_, list(UNITS), TODAY, may_give_all=True)),
        (
            "sessions",
            "session_book",
            sessions.book(_, [HELD, HELD | {"session_id": "s2", "n_onsite": 0, "n_online": 0}], "cps", TODAY),
        ),
        ("sessions-none", "session_book", sessions.book(_, [], "cps", TODAY)),
        ("attendance", "attendance_sheet", sessions.sheet(_, HELD, ROSTER, ATTENDANCE)),
        ("attendance-nobody", "attendance_sheet", sessions.sheet(_, HELD, [], [])),
        ("people", "people_list", people.page(_, everybody(), 1, told="นำเข้าทะเบียนแล้ว")),
        ("people-none", "people_list", people.page(_, people.everybody(ACCOUNTS[5:6], [], TODAY), 0)),
        ("person", "person_sheet", person_state("p1", locale)),
        ("person-left-out", "person_sheet", person_state("p6", locale)),
        ("person-gone", "person_sheet", person_state("p8", locale)),
        ("pairs", "people_pairs", pairs.page(_, everybody(), TWINS, ATTENDANCE)),
        ("pairs-merged", "people_pairs", pairs.page(_, people.everybody(merged, ROSTER, TODAY), [], ATTENDANCE)),
        ("import", "roster_upload", importing.choose(_) | {"most": 2_000_000}),
        ("import-wrong", "roster_upload", importing.checked(_, answer(FINDING, CLASH), [], "ทะเบียน.csv")),
        ("import-clash", "roster_upload", importing.checked(_, answer(CLASH), [], "ทะเบียน.csv")),
        ("import-ready", "roster_upload", importing.checked(_, answer(), [], "ทะเบียน.csv")),
        ("slip", "roster_slips", people.slips(_, codes(1), intro="แสดงเพียงครั้งนี้")),
        ("slips", "roster_slips", people.slips(_, codes(9), intro="แสดงเพียงครั้งนี้")),
        (
            "progress",
            "progress_grid",
            ProgressPanel().render(_, ProgressPanel().compute(ROWS, COLUMNS, TODAY), COLUMNS),
        ),
        ("progress-none", "progress_grid", ProgressPanel().render(_, [], COLUMNS)),
    ]
    return [(name, stem, {"status": status, **state}, None) for name, stem, state in states]


WIDGETS = widgets()
