"""The two calendars of a plan are made from its visits, and agree whatever the visits are."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from cps_training.planning.calendars_of import with_calendars
from cps_training.planning.checking import check
from cps_training.planning.editing import canonical, read, written
from cps_training.planning.rules.registry import RULES

CALENDAR_RULES = [rule for rule in RULES if rule.id in ("R17", "R18")]


@pytest.fixture(scope="module")
def document(base_plan):
    return written(base_plan)


def with_days(document, *days, **more):
    """The document with visits on these days, None for one without."""
    visits = [
        {"id": f"V{n}", "orgs": ["thung-sathit"]} | ({"planned_date": day} if day else {})
        for n, day in enumerate(days, 1)
    ]
    kept = {
        name: value for name, value in document.items() if name not in ("visits", "records", "reports", "week", "month")
    }
    return with_calendars({**kept, "visits": visits, **more})


def test_a_sound_plan_stays_as_it_is(document):
    assert with_calendars(document) == document


def test_a_new_plan_gets_the_month_and_week_of_its_first_visit(document):
    made = with_days(document, "2023-07-26", None, "2023-07-13", "2023-08-02")
    assert made["month"] == {
        "covers": ["2023-07-01", "2023-07-31"],
        "entries": [{"visit": "V3", "on": "2023-07-13"}, {"visit": "V1", "on": "2023-07-26"}],
    }
    assert made["week"] == {"covers": ["2023-07-10", "2023-07-16"], "entries": [{"visit": "V3", "on": "2023-07-13"}]}


def test_visits_before_the_plan_was_written_do_not_choose_the_month(document):
    assert with_days(document, "2023-06-20", "2023-08-02")["month"]["covers"] == ["2023-08-01", "2023-08-31"]
    assert with_days(document, "2023-06-20")["month"]["covers"] == ["2023-06-01", "2023-06-30"]


def test_a_calendar_keeps_its_days_while_a_visit_falls_on_them(document):
    chosen = {"month": {"covers": ["2023-07-03", "2023-07-30"]}, "week": {"covers": ["2023-07-17", "2023-07-21"]}}
    made = with_days(document, "2023-07-11", "2023-07-20", **chosen)
    assert (made["month"]["covers"], made["week"]["covers"]) == (
        ["2023-07-03", "2023-07-30"],
        ["2023-07-17", "2023-07-21"],
    )
    assert [entry["visit"] for entry in made["week"]["entries"]] == ["V2"]
    moved = with_days(document, "2023-08-08", **chosen)
    assert (moved["month"]["covers"], moved["week"]["covers"]) == (
        ["2023-08-01", "2023-08-31"],
        ["2023-08-07", "2023-08-13"],
    )


def test_a_week_ends_with_its_month(document):
    made = with_days(document, "2023-07-31", "2023-08-01")
    assert made["week"] == {"covers": ["2023-07-31", "2023-07-31"], "entries": [{"visit": "V1", "on": "2023-07-31"}]}


def test_without_planned_days_no_calendar_is_made_up(document):
    made = with_days(document, None)
    assert "week" not in made
    assert "month" not in made
    kept = with_days(
        document, month={"covers": ["2023-07-01", "2023-07-31"]}, week={"covers": ["2023-07-10", "2023-07-16"]}
    )
    assert kept["month"] == {"covers": ["2023-07-01", "2023-07-31"]}


@pytest.mark.parametrize(
    "covers", [["2023-07-31", "2023-07-01"], ["2023-01-01", "2023-12-31"], ["2023-07-01"], "july", None, [3, 4]]
)
def test_calendars_that_are_none_are_made_anew(document, covers):
    made = with_days(document, "2023-07-13", month={"covers": covers}, week={"covers": covers})
    assert made["month"]["covers"] == ["2023-07-01", "2023-07-31"]
    assert made["week"]["covers"] == ["2023-07-10", "2023-07-16"]


def test_the_two_agree_whatever_the_visits(document, context):
    chance = random.Random(5)
    made = document
    for _ in range(150):
        days = [date(2023, 6, 20) + timedelta(days=chance.randrange(60)) for _ in range(chance.randint(1, 6))]
        kept = {name: made[name] for name in ("week", "month") if name in made}
        made = with_days(
            document, *(day.isoformat() if chance.random() < 0.9 else None for day in days), "2023-07-20", **kept
        )
        assert check(read(made), context, CALENDAR_RULES).findings == (), made
        assert with_calendars(made) == made == canonical(made) | {name: made[name] for name in ("week", "month")}
        first, last = made["month"]["covers"]
        wanted = [one["id"] for one in made["visits"] if first <= one.get("planned_date", "") <= last]
        assert sorted(entry["visit"] for entry in made["month"]["entries"]) == sorted(wanted)


def test_a_week_that_no_visit_falls_on_gives_way_and_one_over_the_end_is_cut(document):
    month = {"covers": ["2023-07-01", "2023-07-31"]}
    moved = with_days(document, "2023-07-26", month=month, week={"covers": ["2023-07-10", "2023-07-16"]})
    assert moved["week"]["covers"] == ["2023-07-24", "2023-07-30"]
    cut = with_days(document, "2023-07-31", "2023-08-01", month=month, week={"covers": ["2023-07-28", "2023-08-02"]})
    assert cut["week"] == {"covers": ["2023-07-28", "2023-07-31"], "entries": [{"visit": "V1", "on": "2023-07-31"}]}
