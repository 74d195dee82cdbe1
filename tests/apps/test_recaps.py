"""Each lesson's recap card: one page of points that rest on the lesson's own clauses."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from cps_training import apps
from cps_training.content.lessons import Lesson
from cps_training.content.library import load_library
from cps_training.errors import KitError
from cps_training.places import shipped

LIBRARY = load_library(shipped())
LESSONS = tuple(LIBRARY.lessons.values())


@pytest.fixture
def session(tmp_path, monkeypatch):
    monkeypatch.setenv("CPS_DATA_DIR", str(tmp_path))
    for name in ("CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING"):
        monkeypatch.delenv(name, raising=False)
    opened = apps.open_session(lesson="cps-cycle")
    yield opened
    opened.desk.close()


def texts(value: Any) -> list[Any]:
    """Every {th, en} below a value."""
    if isinstance(value, dict):
        return [value] if "th" in value else [one for inner in value.values() for one in texts(inner)]
    return [one for inner in value for one in texts(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_a_recap_fits_one_page_in_both_languages(lesson: Lesson) -> None:
    recap = yaml.safe_load((shipped() / "data/recaps" / f"{lesson.id}.yaml").read_text("utf-8"))
    assert set(recap) == {"title", "points", "this_week"}
    assert 5 <= len(recap["points"]) <= 9
    assert len(recap["this_week"]) == 3
    assert [one for one in texts(recap) if set(one) != {"th", "en"} or not all(one.values())] == []
    assert max(len(one["th"]) for one in texts(recap)) <= 150
    cited = {point["clause"] for point in recap["points"]}
    known = {clause.id for clause in LIBRARY.handbook.clauses}
    assert cited <= (set(lesson.clauses) or known)


def test_the_card_cites_what_it_rests_on(session) -> None:
    card = apps.recap_card(session)
    assert card.points
    assert all(point["cited"]["label"] for point in card.points)
    english = yaml.safe_load((shipped() / "data/recaps/cps-cycle.yaml").read_text("utf-8"))["title"]["en"]
    assert card.title != english


def test_a_lesson_without_a_recap_says_where_to_put_one(session) -> None:
    session.sitting.view["form_id"] = "lesson:of-our-office"
    with pytest.raises(KitError, match=r"data/recaps/of-our-office\.yaml"):
        apps.recap_card(session)
