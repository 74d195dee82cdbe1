"""What the office decides: the shipped values are those of the code, and an office's own parameters change what the rules ask."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from cps_training.content.library import Library, load_library
from cps_training.content.parameters import FILE
from cps_training.errors import ContentError
from cps_training.places import shipped
from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.reading import PARAMETERS, REMINDERS, context_of, settings_of
from cps_training.planning.rules.base import Settings
from cps_training.planning.rules.registry import RULES

TODAY = date(2023, 7, 24)


def test_the_shipped_parameters_are_the_settings_of_the_code(library: Library) -> None:
    assert [name for name in (*PARAMETERS, *REMINDERS) if name not in library.parameters] == []
    assert settings_of(library.parameters) == Settings()


def test_an_offices_own_parameters_change_what_the_rules_ask(tmp_path: Path, base_plan: Plan) -> None:
    given = yaml.safe_load((shipped() / FILE).read_text("utf-8"))["parameters"]
    own = {"travel-minutes": 50, "report-working-days": 2, "credit-first-reminder-days": 45, "minutes-months": 3}
    office = tmp_path / "content"
    (office / FILE).parent.mkdir(parents=True)
    changed = [one | {"value": own[one["id"]], "replaces": True} for one in given if one["id"] in own]
    (office / FILE).write_text(yaml.safe_dump({"parameters": changed}, allow_unicode=True), "utf-8")
    context = context_of(load_library(shipped(), office), shipped(), TODAY)
    assert context.settings == Settings(travel_minutes=50, report_working_days=2, remind_days=(45, 7), minutes_months=3)
    found = {(one.rule, one.at) for one in check(base_plan, context, RULES).findings}
    assert found == {
        *(("R20", f"visits[{index}].travel_minutes") for index in range(4)),
        ("R34", "reports[0].submitted_on"),
        ("R39", "orgs[0].state_credit[0].reminders"),
        ("R41", "orgs[0].minutes_copies"),
        ("R41", "orgs[1].minutes_copies"),
    }


def test_a_setting_without_its_parameter_stays_as_it_was(library: Library) -> None:
    assert settings_of({}) == Settings()
    late = library.parameters[REMINDERS[1]]
    assert settings_of({late.id: late}).remind_days == (7,)


@pytest.mark.parametrize("value", [2.5, -1, date(2023, 7, 14)])
def test_a_value_no_rule_can_count_with_is_refused_by_its_name(library: Library, value: object) -> None:
    wrong = library.parameters["travel-minutes"].model_copy(update={"value": value})
    with pytest.raises(ContentError, match=r"travel-minutes: ต้องเป็นจำนวนเต็ม"):
        settings_of({**library.parameters, wrong.id: wrong})


def test_a_plan_of_today_has_its_holidays(library: Library) -> None:
    """Fiscal year 2570: 7 December 2026 is a substitute day, 8 December an office day."""
    context = context_of(library, shipped(), date(2026, 11, 23))
    assert context.working_days_after(date(2026, 12, 4), 1) == date(2026, 12, 8)
    assert context.is_office_day(date(2026, 12, 7)) is False
