"""km.4 counted by hand: people not visits, the unit on the day, guests apart, decided on integers."""

from datetime import date

import pandas as pd
import pytest

from cps_training.analytics.frames import ATTENDANCE, ROSTER, FrameError, frame
from cps_training.analytics.participation import Settings, participation, printed_rate

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
