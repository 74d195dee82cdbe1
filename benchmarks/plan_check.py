"""How long the rules take over a large plan, and how long an edit of it takes at the desk: both happen at every pause of whoever writes.

    uv run --group dev python benchmarks/plan_check.py [RUNS]        default 50

The plan is docs/reference/plan.example.yaml with its visits, their records and reports said again, some weeks later each time, until there
are VISITS of them; its two calendars are made from their days. Before each run the objective of one visit is written anew, as somebody who
types does. `check`: the 48 rules over the plan; `first_ms` before anything is kept. `edit`: an EditPlan at a desk on SQLite with
`synchronous=FULL` in the system's temporary folder, from the message to its value: steps read and followed, change and findings made, one
COMMIT, no socket. `open`: the plan read and told, nothing written. Prints one JSON document. Exit code 1 when the 95th percentile of an
edit took BOUND_MS or more.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import count, islice, pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figures import percentile  # noqa: E402
from cps_training.clock import office_day  # noqa: E402
from cps_training.content.library import Library  # noqa: E402
from cps_training.desk import plan_messages  # noqa: E402
from cps_training.desk.core import Desk  # noqa: E402
from cps_training.desk.local import LocalDesk, open_local  # noqa: E402
from cps_training.desk.opening import open_desk  # noqa: E402
from cps_training.places import DataFolder, shipped  # noqa: E402
from cps_training.planning.calendars_of import with_calendars  # noqa: E402
from cps_training.planning.checking import check  # noqa: E402
from cps_training.planning.model import Plan  # noqa: E402
from cps_training.planning.reading import context_of, read_plan  # noqa: E402
from cps_training.planning.rules.registry import RULES  # noqa: E402
from cps_training.planning.steps import PlanWork  # noqa: E402
from cps_training.planning.work import take  # noqa: E402
from cps_training.records import plans  # noqa: E402

EXAMPLE = ROOT / "docs" / "reference" / "plan.example.yaml"
TODAY = date(2023, 7, 24)
"""When nothing of the example is to be mended."""
VISITS = 60
WEEKS_APART = 4
BOUND_MS = 1000.0
AT = ["visits", "V1", "objective"]
PARTS = ("visits", "records", "reports")


def large(visits: int = VISITS) -> dict[str, Any]:
    """A plan's document with so many visits, each with the records and the report it has in the example."""
    document: dict[str, Any] = read_plan(EXAMPLE).model_dump(mode="json", exclude_none=True)
    names = [visit["id"] for visit in document["visits"]]
    rounds = -(-visits // len(names))
    said = {part: [_later(one, n, names) for n in range(rounds) for one in document[part]] for part in PARTS}
    kept = {visit["id"] for visit in said["visits"][:visits]}
    said["visits"] = said["visits"][:visits]
    for part in ("records", "reports"):
        said[part] = [one for one in said[part] if one["visit"] in kept]
    return with_calendars(document | said)


def _later(value: Any, n: int, names: Iterable[str]) -> Any:
    """The same, n rounds later: days moved by whole weeks, visits under their names of that round."""
    if isinstance(value, dict):
        return {
            name: f"{inner}-{n}" if name == "id" and n else _later(inner, n, names) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_later(inner, n, names) for inner in value]
    if not n or not isinstance(value, str):
        return value
    if value in names:
        return f"{value}-{n}"
    try:
        return (date.fromisoformat(value) + timedelta(weeks=WEEKS_APART * n)).isoformat()
    except ValueError:
        return value


def objectives() -> Iterable[str]:
    """What is written for the visit, another each time."""
    return (f"ยืนยันยอดหนี้ของสมาชิกค้างชำระ {n} ราย และทำแผนชำระรายคน" for n in count(20))


def times(runs: Iterable[Callable[[], Any]]) -> dict[str, Any]:
    """Milliseconds a run; `first_ms` is one of them too."""
    took = []
    for run in runs:
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1e3)
    return {
        "runs": len(took),
        "first_ms": round(took[0], 1),
        "p50_ms": round(percentile(took, 0.5), 1),
        "p95_ms": round(percentile(took, 0.95), 1),
    }


def checked(library: Library, document: dict[str, Any], runs: int) -> dict[str, Any]:
    """What the rules take over it, and how much they find."""
    context = context_of(library, shipped(), TODAY)
    first, *others = document["visits"]
    written = [
        Plan.model_validate(document | {"visits": [first | {"objective": text}, *others]})
        for text in islice(objectives(), runs)
    ]
    told = times(partial(check, plan, context, RULES) for plan in written)
    found = check(written[-1], context, RULES)
    return told | {"rules": len(RULES), "findings": len(found.findings), "skipped": len(found.skipped)}


def begin(desk: Desk, local: LocalDesk, document: dict[str, Any]) -> str:
    """The plan as its owner's, at the desk; its id."""
    owner, now = local.welcome["person"]["person_id"], desk.clock()
    detail = {"document": document, "source": {"kind": "nothing", "id": ""}}
    empty = PlanWork("b" * 32, owner, "office", now)
    work, _ = take(
        empty, "begin", detail, by=owner, role="officer", at=now, answer_id="begin-0001", real_day=office_day(now)
    )
    desk.records.write_patiently(lambda conn: plans.insert_plan(conn, work, place="lab"))
    return work.plan_id


def at_the_desk(desk: Desk, document: dict[str, Any], runs: int) -> dict[str, Any]:
    """What edits and openings of it take; `kept` whether the last text stands in the plan."""
    local = open_local(desk)
    plan_id = begin(desk, local, document)
    texts = [document["visits"][0]["objective"], *islice(objectives(), runs)]
    edits = [
        plan_messages.EditPlan(
            plan_id=plan_id, changes=({"at": AT, "before": before, "after": after},), answer_id=f"edit-{number:06d}"
        )
        for number, (before, after) in enumerate(pairwise(texts))
    ]
    opened = plan_messages.OpenPlan(plan_id=plan_id)
    told = {
        "edit": times(partial(local.ask, edit) for edit in edits),
        "open": times(partial(local.ask, opened) for _ in range(runs)),
    }
    view = local.ask(opened)
    return told | {"steps": view["seq"], "kept": view["document"]["visits"][0]["objective"] == texts[-1]}


def main(runs: int) -> int:
    document = large()
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(DataFolder(Path(folder)), place="lab")
        told = {
            "plan": {part: len(document[part]) for part in ("orgs", "issues", *PARTS)},
            "check": checked(desk.library, document, runs),
            **at_the_desk(desk, document, runs),
        }
        desk.records.close()
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return int(told["edit"]["p95_ms"] >= BOUND_MS or not told["kept"])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
