"""The plan that is measured: as large as it says, and one the rules have nothing against; edits of it are kept."""

from __future__ import annotations

from benchmarks import plan_check
from cps_training.content.library import Library
from cps_training.desk.core import Desk


def test_the_plan_measured_is_large_and_has_nothing_to_mend(library: Library) -> None:
    document = plan_check.large()
    assert len({visit["id"] for visit in document["visits"]}) == plan_check.VISITS
    assert len({record["visit"] for record in document["records"]}) > plan_check.VISITS // 4
    assert plan_check.checked(library, document, runs=1)["findings"] == 0


def test_edits_are_measured_at_a_desk_and_kept(desk: Desk) -> None:
    told = plan_check.at_the_desk(desk, plan_check.large(visits=7), runs=3)
    assert (told["steps"], told["kept"], told["edit"]["runs"]) == (4, True, 3)
