"""km.4 counted by hand: people not visits, the unit on the day, guests apart, decided on integers."""

from datetime import date

import pandas as pd
import pytest

from cps_training.analytics.frames import ATTENDANCE, ROSTER, FrameError, frame
from cps_training.analytics.participation import (
    Settings,
    by_unit,
    participation,
    printed_rate,
    sensitivity,
    sessions_of,
)
from cps_training.analytics.proofs import Topic, proofs

DAY = date(2023, 7, 10)


def people(n: int, **changes: object) -> list[dict[str, object]]:
    return [
        {
            "person_code": f"p{i}",
            "name": f"คนที่ {i}",
            "unit": "กลุ่มตัวอย่าง",
            "active_from": "2022-10-01",
            "active_to": None,
            "is_guest": False,
            "employment": "civil_servant",
        }
        | changes
        for i in range(1, n + 1)
    ]


def came(*codes: str, kind: str = "onsite", on: str = "2023-07-03", minutes: int = 120) -> list[dict[str, object]]:
    return [
        {"person_code": code, "date": on, "kind": kind, "minutes": minutes, "session_minutes": 120} for code in codes
    ]


def count(roster, attendance, on=DAY, **settings):
    return participation(frame(roster, ROSTER), frame(attendance, ATTENDANCE), on=on, settings=Settings(**settings))


@pytest.mark.parametrize(
    ("n", "p", "needed", "still", "met", "printed"),
    [
        (31, 24, 25, 1, False, "77.4"),
        (31, 25, 25, 0, True, "80.6"),
        (20, 16, 16, 0, True, "80.0"),  # "not less than": exactly 80 % passes
        (47, 37, 38, 1, False, "78.7"),
        (47, 38, 38, 0, True, "80.9"),
        (1, 0, 1, 1, False, "0.0"),
        (3, 3, 3, 0, True, "100.0"),
    ],
)
def test_threshold_is_decided_on_whole_people(n, p, needed, still, met, printed):
    result = count(people(n), came(*(f"p{i}" for i in range(1, p + 1))))
    assert (result.n_unit, result.n_participants, result.min_people) == (n, p, needed)
    assert (result.still_needed, result.met, result.printed) == (still, met, printed)


def test_a_rate_just_below_is_never_printed_as_the_threshold():
    assert printed_rate(1599, 2000) == "79.9…"  # 79.95 rounds to 80.0
    assert printed_rate(1600, 2000) == "80.0"
    assert printed_rate(39, 49) == "79.6"


def test_three_visits_of_one_person_are_one_person():
    visits = came("p1") + came("p1", on="2023-07-04") + came("p1", on="2023-07-05", kind="lesson")
    result = count(people(5), visits)
    assert result.n_participants == 1
    assert result.rows.loc[0, "first_on"] == date(2023, 7, 3)


def test_guests_are_counted_apart_and_never_in_the_rate():
    guests = [row | {"person_code": f"g{i}", "is_guest": True} for i, row in enumerate(people(3))]
    result = count(people(5) + guests, came("p1", "g0", "g1"))
    assert (result.n_unit, result.n_participants, result.guests) == (5, 1, 2)


def test_leavers_and_those_to_come_are_not_in_the_unit_that_day():
    left = people(1)[0] | {"person_code": "left", "active_to": "2023-07-10"}  # active_to is the first day away
    came_back = people(1)[0] | {"person_code": "back", "active_to": "2023-01-01"}
    again = came_back | {"active_from": "2023-06-01", "active_to": None}
    to_come = people(1)[0] | {"person_code": "later", "active_from": "2023-07-11"}
    result = count([*people(2), left, came_back, again, to_come], came("left", "back", "later"))
    assert set(result.rows["person_code"]) == {"p1", "p2", "back"}
    assert result.n_participants == 1


def test_attendance_after_the_count_date_does_not_count():
    assert count(people(2), came("p1", on="2023-07-11")).n_participants == 0
    assert count(people(2), came("p1", on="2023-07-10")).n_participants == 1


@pytest.mark.parametrize(("minutes", "counts"), [(71, 0), (72, 1), (120, 1), (None, 0)])
def test_online_counts_from_sixty_percent_of_the_session(minutes, counts):
    assert count(people(2), came("p1", kind="online", minutes=minutes)).n_participants == counts


def test_contractors_are_out_unless_the_office_decides_otherwise():
    roster = [*people(4), people(1)[0] | {"person_code": "c", "employment": "contractor"}]
    assert count(roster, []).n_unit == 4
    assert count(roster, [], counts_contractors=True).n_unit == 5


def test_unknown_codes_are_listed_and_never_counted():
    result = count(people(2), came("p1", "nobody"))
    assert result.unknown == ("nobody",)
    assert result.n_participants == 1


def test_without_a_roster_there_is_no_rate():
    result = count([], came("p1"))
    assert (result.n_unit, result.rate, result.met, result.printed) == (0, None, False, "")
    assert result.as_json()["printed"] == "ไม่มีทะเบียนบุคลากร"


def test_settings_are_printed_with_the_result():
    assert count(people(1), []).as_json()["settings"] == {
        "needed_percent": 80,
        "online_percent": 60,
        "counts_contractors": False,
        "counted_on": "2023-07-10",
    }


def test_missing_columns_and_unknown_words_are_named():
    with pytest.raises(FrameError, match="employment"):
        participation(pd.DataFrame(columns=list(ROSTER[:-1])), frame([], ATTENDANCE), on=DAY)
    with pytest.raises(FrameError, match="p1: kind is 'phone'"):
        count(people(1), came("p1", kind="phone"))


def person(code: str, **changes: object) -> dict[str, object]:
    return people(1)[0] | {"person_code": code, "name": f"คน {code}"} | changes


def test_notes_name_who_is_beside_the_figure_and_since_when():
    roster = [
        *people(2),
        person("left", active_to="2023-06-30"),
        person("to-come", active_from="2023-07-20"),
        person("late", active_from="2023-07-05"),
        person("late-but-learned", active_from="2023-07-05"),
        person("on-leave", left_out_because="ลาศึกษาต่อ"),
        person("c1", employment="contractor"),
        person("c2", employment="contractor"),
        person("guest", is_guest=True),
    ]
    visits = came("p1", "left", "to-come", "on-leave", "c1", "guest") + came(
        "late-but-learned", kind="lesson", on="2023-07-08"
    )
    result = count(roster, visits)
    notes = result.notes
    assert (result.n_unit, result.n_participants, result.guests) == (4, 2, 1)
    assert [(one.person_code, one.day) for one in notes.left] == [("left", date(2023, 6, 30))]
    assert [(one.person_code, one.day) for one in notes.to_come] == [("to-come", date(2023, 7, 20))]
    assert [(one.person_code, one.day) for one in notes.joined_later] == [("late", date(2023, 7, 5))]
    assert [(one.person_code, one.because) for one in notes.left_out] == [("on-leave", "ลาศึกษาต่อ")]
    assert (notes.contractors, notes.contractors_took_part) == (2, 1)


def test_a_transfer_within_the_office_is_no_late_arrival():
    moved = [person("m", active_to="2023-07-05"), person("m", unit="กลุ่มใหม่", active_from="2023-07-05")]
    assert count([*people(1), *moved], came("p1")).notes.joined_later == ()


def test_without_sessions_nobody_came_too_late():
    assert count([person("a", active_from="2023-07-05")], came("b", kind="lesson")).notes.joined_later == ()


def test_who_was_a_guest_and_now_belongs_to_the_unit_is_counted_once():
    both = [person("x", is_guest=True, active_to="2023-06-01"), person("x", active_from="2023-06-01")]
    result = count(both, came("x"))
    assert (result.n_unit, result.n_participants, result.guests) == (1, 1, 0)


def test_the_sensitivity_line_changes_the_unit_and_keeps_the_proofs():
    roster = [*people(4), person("left", active_to="2023-07-01"), person("new", active_from="2023-07-05")]
    roster, attendance = (
        frame(roster, ROSTER),
        frame(came("p1", "p2", "p3", "left") + came("p4", on="2023-07-09"), ATTENDANCE),
    )
    assert sessions_of(attendance, DAY) == (date(2023, 7, 3), date(2023, 7, 9))
    days = {"first_session": date(2023, 6, 3), "deadline": date(2023, 7, 14), "today": None}
    table = sensitivity(roster, attendance, on=DAY, days=days)
    assert table[["what", "n", "n_unit", "printed", "met"]].to_dict("split")["data"] == [
        ["first_session", 5, 5, "100.0", True],
        ["deadline", 4, 5, "80.0", True],
    ]


def test_units_are_counted_each_by_itself_in_the_order_of_the_roster():
    roster = [row | {"unit": "ข"} for row in people(3)] + [person("z", unit="ก")]
    table = by_unit(count(roster, came("p1", "p2")))
    assert table.to_dict("split")["data"] == [["ข", 2, 3, "66.7"], ["ก", 0, 1, "0.0"]]


def test_a_lesson_proves_only_with_all_lessons_and_a_quiz_and_from_the_last_of_them_on():
    topic = Topic.read({"lessons": ["one", "two"], "forms": ["quiz"], "rule": {"online_percent": 50, "old_key": 1}})
    assert topic.settings == Settings(online_percent=50)

    def learned(code: str, *done: tuple[str, str | None]) -> list[dict[str, object]]:
        return [{"person_code": code, "lesson": lesson, "completed_on": day} for lesson, day in done]

    rows = {
        "attendance": [came("p9")[0] | {"topic": "cps"}, came("p8")[0] | {"topic": "another"}],
        "lessons": [
            *learned("all", ("one", "2023-05-01"), ("two", "2023-06-01")),
            *learned("half", ("one", "2023-05-01"), ("two", None)),
            *learned("no-quiz", ("one", "2023-05-01"), ("two", "2023-05-01")),
            *learned("other-lessons", ("three", "2023-05-01"), ("four", "2023-05-01")),
        ],
        "finished_forms": [
            {"person_code": code, "form": form, "finished_on": day}
            for code, form, day in (
                ("all", "quiz", "2023-07-01"),
                ("all", "quiz", "2023-05-15"),
                ("half", "quiz", "2023-07-01"),
                ("no-quiz", "another-quiz", "2023-07-01"),
                ("other-lessons", "quiz", "2023-07-01"),
            )
        ],
    }
    found = proofs(rows, topic)
    assert [(row["person_code"], row["kind"], row["date"]) for row in found] == [
        ("p9", "onsite", "2023-07-03"),
        ("all", "lesson", "2023-06-01"),
    ]


def test_the_count_date_is_the_offices_else_today_but_never_after_the_deadline():
    assert Topic.read({}).counted_on(DAY) == DAY
    assert Topic.read({"deadline": "2023-07-14"}).counted_on(DAY) == DAY
    assert Topic.read({"deadline": "2023-07-01"}).counted_on(DAY) == date(2023, 7, 1)
    assert Topic.read({"deadline": "2023-07-01", "count_date": "2023-06-01"}).counted_on(DAY) == date(2023, 6, 1)
