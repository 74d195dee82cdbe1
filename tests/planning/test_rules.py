"""All rules over all examples: every bad plan breaks exactly its own rule, no good plan breaks any; what a check tells."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app
from cps_training.content.handbook import read_handbook
from cps_training.places import shipped
from cps_training.planning.checking import check
from cps_training.planning.reading import context_of
from cps_training.planning.rules.base import Severity
from cps_training.planning.rules.registry import RULES

HERE = Path(__file__).parent


def run(*words: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a command."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


IDS = [f"R{number:02d}" for number in range(1, 49)]


def test_there_are_48_rules_each_with_its_examples_and_a_clause_of_the_handbook():
    assert [rule.id for rule in RULES] == IDS
    assert sorted(path.name for path in (HERE / "examples").iterdir()) == IDS
    book = read_handbook(shipped()).handbook
    assert book is not None
    for rule in RULES:
        assert [clause for clause in rule.clauses if book.get(clause) is None] == [], rule.id
        assert all((rule.title, rule.title_en, rule.feedback, rule.feedback_en, rule.why, rule.why_en)), rule.id


@pytest.mark.parametrize("rule", IDS)
def test_a_good_plan_passes_all_rules_and_a_bad_one_breaks_its_own_alone(rule, read_plan, examples, context):
    good, bad = (read_plan(examples / rule / f"{name}.yaml") for name in ("pass", "fail"))
    assert [finding.message for finding in check(good, context, RULES).findings] == []
    assert {finding.rule for finding in check(bad, context, RULES).findings} == {rule}


def test_the_sound_plan_is_worth_100_and_says_what_was_not_looked_at(base_plan, context):
    report = check(base_plan, context, RULES)
    assert (report.score, report.is_ok, report.findings) == (100, True, ())
    assert {skipped.rule for skipped in report.skipped} == {"R24", "R40", "R48"}
    assert all(skipped.because for skipped in report.skipped)


def test_errors_come_first_and_cost_most(base_plan, context):
    visits = tuple(visit.model_copy(update={"issues": (), "content_refs": ()}) for visit in base_plan.visits)
    report = check(base_plan.model_copy(update={"visits": visits}), context, RULES)
    severities = [finding.severity for finding in report.findings]
    assert severities == sorted(severities, key=list(Severity).index)
    n = {severity: severities.count(severity) for severity in Severity}
    assert n[Severity.ERROR] >= len(visits)
    assert report.score == max(0, 100 - 10 * n[Severity.ERROR] - 3 * n[Severity.WARNING] - n[Severity.HINT])
    assert not report.is_ok


def test_plan_check_tells_a_script_the_same(tmp_path, context, read_plan, examples):
    path = examples / "R26" / "fail.yaml"
    code, out, _ = run("plan", "check", str(path), "--on", "2023-07-24", "--data-dir", str(tmp_path), "--json")
    said = json.loads(out)
    assert code == 1
    assert said == check(read_plan(path), context, RULES).as_json()
    code, out, _ = run("plan", "check", str(HERE / "base_plan.yaml"), "--on", "2023-07-24", "--data-dir", str(tmp_path))
    assert code == 0
    assert "คะแนน 100 จาก 100" in out


def test_a_plan_with_mistakes_is_refused_at_its_line(tmp_path):
    path = tmp_path / "plan.yaml"
    text = (HERE / "base_plan.yaml").read_text("utf-8")
    path.write_text(text.replace("issues: [I1]", "issues: [I99]", 1), "utf-8")
    code, out, err = run("plan", "check", str(path), "--data-dir", str(tmp_path), "--json")
    assert code == 1
    assert "I99" in out + err


def test_a_year_without_holidays_entered_still_knows_its_weekends(library):
    context = context_of(library, shipped(), date(2030, 7, 24))
    assert context.working_days_after(date(2030, 7, 25), 2) == date(2030, 7, 29)  # Thursday, Friday, Monday
    assert context.words
