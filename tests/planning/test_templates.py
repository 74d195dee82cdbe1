"""Plans to begin from: whoever begins one finds sound days and only their own work left to do; `plan new` writes what `plan check` reads."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.content.library import Library
from cps_training.errors import ContentError
from cps_training.places import shipped
from cps_training.planning.calendars_of import with_calendars
from cps_training.planning.checking import check
from cps_training.planning.model import Plan
from cps_training.planning.reading import context_of, read_plan
from cps_training.planning.rules.registry import RULES
from cps_training.planning.templates import PLANS, begun, templates
from cps_training.planning.writing import plan_yaml, write_plan

IDS = ["first-general-meeting", "monthly-agricultural", "registrar-order"]
LEFT_TO_THE_OFFICER = {
    "R06": "asking the academic group",
    "R08": "taking the analysis back to the board",
    "R09": "looking at projects",
    "R13": "studying before the visit",
    "R14": "the all-group meeting",
    "R15": "recording the approach",
    "R17": "the calendars, made of the visits' days",
    "R41": "copies of minutes",
    "R46": "gaps in the data",
}
THURSDAY = date(2026, 12, 3)


def test_three_plans_to_begin_from_are_told_in_both_languages() -> None:
    found = templates(shipped())
    assert list(found) == IDS
    assert all(one.title.en and one.intro.en for one in found.values())
    assert all("สาธิต" in org.name or "จำลอง" in org.name for one in found.values() for org in one.plan.orgs)


@pytest.mark.parametrize("template", IDS)
@pytest.mark.parametrize("on", [date(2026, 11, 2), THURSDAY])
def test_a_plan_begun_from_one_leaves_only_the_officers_own_work_to_do(
    template: str, on: date, library: Library
) -> None:
    context = context_of(library, shipped(), on)
    document = begun(templates(shipped())[template], "my-plan", on, is_office_day=context.is_office_day)
    report = check(Plan.model_validate(document), context, RULES)
    assert sorted({one.rule for one in report.findings} - LEFT_TO_THE_OFFICER.keys()) == []
    assert "R15" in {one.rule for one in report.findings}, "a template must not say that work was done"


def test_days_move_along_by_whole_weeks_and_visits_off_closed_days(library: Library) -> None:
    """The template is of Monday 2 November; begun on Thursday 3 December all moves five weeks, to Monday 7 December."""
    template = templates(shipped())["monthly-agricultural"]
    context = context_of(library, shipped(), THURSDAY)
    document = begun(template, "new", THURSDAY, is_office_day=context.is_office_day, title="แผนใหม่", org_name="สหกรณ์ ข")
    plan = Plan.model_validate(document)
    assert (plan.plan, plan.written_on, plan.title, plan.orgs[0].name) == ("new", THURSDAY, "แผนใหม่", "สหกรณ์ ข")
    assert [visit.planned_date for visit in plan.visits] == [date(2026, 12, 16), date(2026, 12, 23), date(2026, 12, 30)]
    assert plan.issues[0].evidence[0].dated == date(2026, 12, 4)
    closed = begun(template, "new", THURSDAY, is_office_day=lambda day: day >= date(2026, 12, 28))
    assert [visit["planned_date"] for visit in closed["visits"]] == ["2026-12-28", "2026-12-28", "2026-12-30"]
    assert template.plan.visits[0].planned_date == date(2026, 11, 11), "the template itself stays"


def test_a_year_without_holidays_leaves_the_days_where_they_fall(library: Library) -> None:
    context = context_of(library, shipped(), date(2030, 7, 1))
    document = begun(
        templates(shipped())["registrar-order"], "late", date(2030, 7, 1), is_office_day=context.is_office_day
    )
    assert document["visits"][0]["planned_date"] == "2030-07-11"


def test_a_template_under_another_name_is_refused_at_its_place(tmp_path: Path) -> None:
    folder = tmp_path / PLANS
    folder.mkdir(parents=True)
    shutil.copy(shipped() / PLANS / "registrar-order.yaml", folder / "order.yaml")
    with pytest.raises(ContentError, match=r"order\.yaml:3:11: template: ต้องตรงกับชื่อไฟล์ คือ order"):
        templates(tmp_path)


def new(*words: str) -> tuple[int, str]:
    """(exit code, all that was said) of plan new."""
    done = CliRunner().invoke(app, ["plan", "new", *words])
    return done.exit_code, done.output


def test_plan_new_writes_what_plan_check_reads(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "มีนาคม" / "plan.yaml"
    words = ("--on", "2026-12-03", "--data-dir", str(tmp_path / "data"))
    assert new(str(path), "--template", "monthly-agricultural", "--org", "สหกรณ์การเกษตรบ้านตัวอย่าง จำกัด", *words)[0] == 0
    context = context_of(library, shipped(), THURSDAY)
    expected = begun(
        templates(shipped())["monthly-agricultural"],
        "plan",
        THURSDAY,
        is_office_day=context.is_office_day,
        org_name="สหกรณ์การเกษตรบ้านตัวอย่าง จำกัด",
    )
    assert read_plan(path) == Plan.model_validate(with_calendars(expected))
    checked = CliRunner().invoke(app, ["plan", "check", str(path), *words, "--json"])
    found = json.loads(checked.stdout)["findings"]
    assert found == check(read_plan(path), context, RULES).as_json()["findings"]
    assert {one["rule"] for one in found} <= LEFT_TO_THE_OFFICER.keys() - {"R17"}, "its calendars are there"


@pytest.mark.parametrize("name", ["plan.yaml", "plan.json"])
def test_a_plan_comes_back_from_its_file(tmp_path: Path, name: str, base_plan: Plan) -> None:
    write_plan(tmp_path / name, base_plan.model_dump(mode="json"))
    assert read_plan(tmp_path / name) == base_plan


def test_a_file_is_as_a_hand_would_have_written_it(base_plan: Plan) -> None:
    text = plan_yaml(base_plan)
    assert 'planned_date: 2023-07-11\n  start: "09:30"\n' in text
    assert "แผนเข้าแนะนำส่งเสริม เดือนกรกฎาคม 2566 อำเภอฝึกหัด" in text
    assert "null" not in text


def test_a_plan_from_nothing_has_one_cooperative_and_todays_day(tmp_path: Path) -> None:
    path = tmp_path / "Plan 1 ธ.ค.yaml"
    code, _ = new(str(path), "--title", "แผนเดือนธันวาคม", "--on", "2026-12-01")
    assert code == 0
    plan = read_plan(path)
    assert (plan.plan, plan.title, plan.written_on) == ("plan-1", "แผนเดือนธันวาคม", date(2026, 12, 1))
    assert [org.name for org in plan.orgs] == ["สหกรณ์ตัวอย่าง จำกัด"]


def test_plan_new_never_overwrites_and_names_the_plans_there_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("ของเดิม", "utf-8")
    code, said = new(str(path))
    assert (code, path.read_text("utf-8")) == (1, "ของเดิม")
    assert "จะไม่เขียนทับ" in said
    code, said = new(str(tmp_path / "other.yaml"), "--template", "monthly")
    assert code == 1
    assert ", ".join(IDS) in said
    assert not (tmp_path / "other.yaml").exists()
