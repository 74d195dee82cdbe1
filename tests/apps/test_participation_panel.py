"""The trainer's panel: a lesson counts when it is complete and a quiz was finished, and the page says by which rule."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

import pytest

from cps_training.analytics.proofs import Topic
from cps_training.apps.panels.participation import ParticipationPanel
from cps_training.clock import office_day
from cps_training.desk import protocol as p
from cps_training.desk.asker import Asker
from cps_training.records import accounts, roster
from tests.views import trainer_samples as samples


def ask(desk, asker, message):
    with desk.records.write() as conn:
        return desk.handle(conn, asker, message)


@pytest.fixture
def officer(desk, clock, entropy):
    """One officer on the roster, as the desk knows an asker."""
    with desk.records.write() as conn:
        person_id = accounts.add_person(conn, code="A1", name="คน A1", roles=("learner",), at=clock(), entropy=entropy)
        roster.add_entry(
            conn,
            person_id=person_id,
            unit="กลุ่ม 1",
            employment="civil_servant",
            active_from=office_day(clock()) - timedelta(days=30),
            entropy=entropy,
        )
    return Asker(person_id=person_id, roles=("learner",))


def work_through(desk, asker, form_id, *, how_many=99):
    """Answer the first items of a form or lesson."""
    view = ask(desk, asker, p.OpenAttempt(form_id=form_id))
    for item in view["items"][:how_many]:
        shown = item["presentation"]
        options = [option["id"] for option in shown["options"]]
        raw = {
            "choose_one": {"choice": options[0]},
            "choose_many": {"choices": options[:1]},
            "order": {"order": options},
        }
        message = p.Answer(
            attempt_id=view["attempt_id"],
            item_id=shown["item"],
            response=raw[shown["interaction"]],
            answer_id=secrets.token_hex(8),
        )
        ask(desk, asker, message)
    return view["attempt_id"]


def counted(desk, clock):
    trainer = Asker(person_id="t", roles=("trainer",))
    rows = ask(desk, trainer, p.Frames(names=ParticipationPanel.needs))
    return ParticipationPanel().compute(rows, office_day(clock()))


def test_a_lesson_needs_every_checkpoint_and_a_finished_quiz(desk, clock, officer):
    quiz = work_through(desk, officer, "cps-practice")
    work_through(desk, officer, "lesson:cps-cycle", how_many=9)
    ask(desk, officer, p.Finish(attempt_id=quiz, answer_id="finish-quiz"))
    assert counted(desk, clock).result.n_participants == 0  # one checkpoint is still open
    assert counted(desk, clock).progress == {"A1": (9, 10)}
    view = ask(desk, officer, p.OpenAttempt(form_id="lesson:cps-cycle"))
    last = view["items"][9]["presentation"]
    options = [option["id"] for option in last["options"]]
    raw = {"choose_one": {"choice": options[0]}, "choose_many": {"choices": options[:1]}, "order": {"order": options}}
    ask(
        desk,
        officer,
        p.Answer(
            attempt_id=view["attempt_id"],
            item_id=last["item"],
            response=raw[last["interaction"]],
            answer_id="the-last-1",
        ),
    )
    assert counted(desk, clock).result.n_participants == 1


def test_a_finished_quiz_without_the_lesson_or_the_other_way_round_is_no_participation(desk, clock, officer):
    work_through(desk, officer, "lesson:cps-cycle")
    assert counted(desk, clock).result.n_participants == 0
    work_through(desk, officer, "cps-practice")
    assert counted(desk, clock).result.n_participants == 0  # answered but not finished


def test_another_topics_session_does_not_count(desk, clock, officer, entropy):
    with desk.records.write() as conn:
        for topic in ("another", "cps"):
            session = roster.add_km_session(
                conn, topic=topic, title="เวที", held_on=office_day(clock()), minutes=60, entropy=entropy
            )
            if topic == "another":
                roster.add_attendance(conn, session_id=session, person_id=officer.person_id, kind="onsite", minutes=60)
    assert counted(desk, clock).result.n_participants == 0
    with desk.records.write() as conn:
        roster.add_attendance(conn, session_id=session, person_id=officer.person_id, kind="onsite", minutes=60)
    assert counted(desk, clock).result.n_participants == 1


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({}, date(2023, 7, 20)),
        ({"deadline": "2023-07-14"}, date(2023, 7, 14)),  # never past the report
        ({"deadline": "2023-07-31"}, date(2023, 7, 20)),
        ({"deadline": "2023-07-14", "count_date": "2023-07-03"}, date(2023, 7, 3)),
    ],
)
def test_the_count_date_is_the_offices_or_today_up_to_the_deadline(stored, expected):
    assert Topic.read(stored).counted_on(date(2023, 7, 20)) == expected


# --- what the page says beside the figure ---------------------------------------------------------------------------------------

TODAY = date(2023, 7, 10)


def meter(roster, attendance, **settings):
    rows = {
        "roster": roster,
        "attendance": attendance,
        "lessons": [],
        "finished_forms": [],
        "settings": [{"count_date": "2023-07-10", "deadline": "2023-07-14"} | settings],
    }
    panel = ParticipationPanel()
    return panel.render(samples.session(), panel.compute(rows, TODAY), TODAY)


def proof(n, day, kind="onsite", minutes=None):
    return {
        "person_id": f"p{n}",
        "person_code": f"A{n:03}",
        "date": day,
        "kind": kind,
        "minutes": minutes,
        "session_minutes": 100,
        "topic": "cps",
        "title": "เวที",
        "session_id": day,
    }


def test_the_roster_of_another_day_is_told_with_its_own_rows():
    roster = [
        samples.stay(1, "กานดา", "กลุ่ม"),
        samples.stay(2, "มาลี", "กลุ่ม", active_to="2023-06-25"),
        samples.stay(3, "ธนา", "กลุ่ม", active_from="2023-07-01"),
    ]
    line = meter(roster, [proof(1, "2023-06-20"), proof(2, "2023-06-20"), proof(1, "2023-07-05")])["sensitivity"][
        "rows"
    ]
    assert [(row["id"], row["text"], row["tag"]["kind"]) for row in line] == [
        ("first", "2 จาก 2 คน", "good"),
        ("last", "1 จาก 2 คน", "due"),
        ("report", "1 จาก 2 คน", "due"),
        ("today", "1 จาก 2 คน", "due"),
    ]
    assert [cells[0]["own"] for cells in line[0]["rows"]] == ["กานดา", "มาลี"]


def test_one_day_stands_once_in_the_line_and_an_empty_one_has_no_rate():
    line = meter([samples.stay(1, "กานดา", "กลุ่ม", active_from="2023-07-01")], [proof(1, "2023-06-20")])["sensitivity"][
        "rows"
    ]
    assert [row["id"] for row in line] == ["first", "report", "today"]
    assert (line[0]["text"], line[0]["rate"]) == ("ไม่มีใครในทะเบียนวันนั้น", "")


def test_the_notes_name_who_is_beside_the_figure_and_why():
    roster = [
        samples.stay(1, "กานดา", "กลุ่ม"),
        samples.stay(2, "พ้นแล้ว", "กลุ่ม", active_to="2023-07-01"),
        samples.stay(3, "มาทีหลัง", "กลุ่ม", active_from="2023-07-05"),
        samples.stay(4, "ช่วยราชการ", "กลุ่ม", left_out_because="ไปช่วยราชการ"),
        samples.stay(5, "จ้างเหมา", "กลุ่ม", employment="contractor"),
        samples.stay(6, "แขก", "หน่วยงานอื่น", is_guest=True),
    ]
    shown = meter(roster, [proof(n, "2023-06-20") for n in (1, 2, 5, 6)])
    notes = {row["id"]: row for row in shown["notes"]["rows"]}
    assert {name: [cells[0]["own"] for cells in row["rows"]] for name, row in notes.items()} == {
        "left": ["พ้นแล้ว"],
        "joined-later": ["มาทีหลัง"],
        "left-out": ["ช่วยราชการ"],
        "contractors": ["จ้างเหมา"],
        "guests": ["แขก"],
    }
    assert "เรียนบทเรียน" in notes["joined-later"]["hint"]  # the way to catch up
    assert notes["left-out"]["rows"][0][3] == {"own": "ไปช่วยราชการ"}
    assert "เข้าร่วมแล้ว 1 คน" in notes["contractors"]["text"]
    assert (shown["n"], shown["n_unit"]) == (1, 2)


def test_contractors_who_count_are_no_note():
    roster = [samples.stay(1, "กานดา", "กลุ่ม"), samples.stay(5, "จ้างเหมา", "กลุ่ม", employment="contractor")]
    shown = meter(roster, [], rule={"counts_contractors": True})
    assert shown["n_unit"] == 2
    assert shown["notes"]["rows"] == []


def test_guests_are_counted_alike_in_the_caption_the_dots_and_the_notes():
    """A guest who stayed online too short is none who took part, wherever it is said."""
    roster = [
        samples.stay(1, "กานดา", "กลุ่ม"),
        samples.stay(6, "แขกหนึ่ง", "หน่วยงานอื่น", is_guest=True),
        samples.stay(7, "แขกสอง", "หน่วยงานอื่น", is_guest=True),
    ]
    shown = meter(roster, [proof(6, "2023-06-20"), proof(7, "2023-06-20", "online", 10)])
    assert "แขก 1 คน" in shown["caption"]
    assert sum(unit["guests"] for unit in shown["units"]["rows"]) == 1
    assert [row["text"] for row in shown["notes"]["rows"]] == ["แขกที่เข้าร่วม 1 คน ไม่นับ"]


def test_a_units_count_and_its_people_agree():
    roster = [samples.stay(n, f"คนที่ {n}", "กลุ่ม ก" if n < 4 else "กลุ่ม ข") for n in range(1, 6)]
    units = meter(roster, [proof(1, "2023-06-20"), proof(4, "2023-06-20")])["units"]["rows"]
    assert [(unit["name"], unit["text"], len(unit["people"])) for unit in units] == [
        ("กลุ่ม ก", "1/3", 3),
        ("กลุ่ม ข", "1/2", 2),
    ]
    assert [one["text"] for one in units[0]["people"]] == ["เข้าร่วมในห้องประชุม", "ยังไม่เข้าร่วม", "ยังไม่เข้าร่วม"]
