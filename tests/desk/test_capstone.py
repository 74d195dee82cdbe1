"""The capstone: it follows from the work on a case and from the plans begun of its board, stage by stage."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from cps_training.desk import protocol as p
from cps_training.desk.capstone import capstones
from cps_training.planning.capstone import STAGES, capstone
from cps_training.records import plans as stored
from tests.casework.officers import good_findings
from tests.desk.test_plans import Officer

CASE = "thung-sathit"


def solve(officer: Officer, findings: list[dict[str, Any]]) -> None:
    """Work the case at the desk and hand it in."""
    work = officer.ask(p.OpenCase(case_id=CASE, fresh=True))["work"]
    steps = [
        *(
            ("mark", {"reference": one, "on": True})
            for one in dict.fromkeys(e for f in findings for e in f["evidence"])
        ),
        *(("put", {"finding": {k: v for k, v in f.items() if k != "rank"}}) for f in findings),
        ("submit", {}),
    ]
    for kind, detail in steps:
        work = officer.ask(
            p.TakeCaseStep(work_id=work["work_id"], kind=kind, detail=detail, answer_id=secrets.token_hex(8))
        )
    officer.work_id = work["work_id"]  # type: ignore[attr-defined]


def told(desk: Any, officer: Officer) -> list[dict[str, Any]]:
    with desk.records.write() as conn:
        person_id = officer.asker.person_id
        context = _context(desk)
        return capstones(context, conn, person_id, stored.plans_of(conn, person_id))


def _context(desk: Any) -> Any:
    from cps_training.desk.asker import Context

    return Context(desk.records, desk.library, desk.clock(), desk.entropy, desk.place, None)


def reached(row: dict[str, Any]) -> list[str]:
    return [stage["id"] for stage in row["stages"] if stage["is_done"]]


@pytest.fixture
def officer(desk: Any) -> Officer:
    return Officer(desk, "K01")


def test_a_case_solved_and_planned_reaches_two_stages_and_names_the_plan(desk: Any, officer: Officer) -> None:
    assert told(desk, officer) == []
    solve(officer, good_findings(desk.library.cases[CASE]))
    (row,) = told(desk, officer)
    assert (reached(row), row["plan_id"], row["is_done"]) == (["case"], None, False)
    officer.begin("case", officer.work_id, mode="solo")  # type: ignore[attr-defined]
    (row,) = told(desk, officer)
    assert (reached(row), row["plan_id"]) == (["case", "plan"], officer.view["plan_id"])


def test_a_board_that_did_not_pass_is_no_solved_case(desk: Any, officer: Officer) -> None:
    solve(officer, good_findings(desk.library.cases[CASE])[:1])
    (row,) = told(desk, officer)
    assert reached(row) == []


def test_a_colleagues_plan_is_nobody_elses_capstone(desk: Any, officer: Officer) -> None:
    solve(officer, good_findings(desk.library.cases[CASE]))
    officer.begin("case", officer.work_id, mode="solo")  # type: ignore[attr-defined]
    other = Officer(desk, "K02")
    officer.share_with(other)
    assert told(desk, other) == []


def test_gates_count_as_they_are_passed_and_the_furthest_plan_is_named(desk: Any, officer: Officer) -> None:
    first, second = (officer.begin(mode="solo")["plan_id"] for _ in range(2))

    def works() -> list[Any]:
        with desk.records.write() as conn:
            return [stored.plan_by_id(conn, one) for one in (first, second)]

    assert capstone(True, works()).plan_id == second  # equally far: the later one
    officer.view = officer.ask(_open(first))
    officer.make_ready()
    officer.explain_all()
    officer.request()
    officer.wait_for("approved")
    found = capstone(True, works())
    assert (found.plan_id, sorted(found.reached), found.is_done) == (first, ["case", "plan", "request"], False)
    assert capstone(False, works()).reached == {"plan", "request"}


def _open(plan_id: str) -> Any:
    from cps_training.desk import plan_messages as m

    return m.OpenPlan(plan_id=plan_id)


def test_without_anything_nothing_is_reached() -> None:
    assert capstone(False, ()).reached == frozenset()
    assert capstone(True, ()).reached == {"case"} < set(STAGES)
