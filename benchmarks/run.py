"""All figures of docs/performance.md, measured by hand on a quiet machine: the kit beside stock Voilà with jupyterquiz.

    uv run --group dev python benchmarks/run.py --json                      everything, about 40 minutes
    uv run --group dev python benchmarks/run.py --only visits --runs 7      cold visits in a browser, a few minutes
    uv run --group dev python benchmarks/run.py --only crowds --learners 25,100,300 --runs 3
    uv run --group dev python benchmarks/run.py --only soak --learners 300 --soak 10

Kit and stock alternate; medians and the ratios of neighbours are told. Progress goes to stderr, one JSON document to stdout
(without --json a table). No connection leaves the machine. Exit code 1 when an acknowledged answer is not in the store.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import crowds, machine, office, store  # noqa: E402
from benchmarks.browser import KIT_FIRST, STOCK_FIRST, Side, browsing, floor, floor_page, visit  # noqa: E402
from benchmarks.figures import median, percentile, ratio, table  # noqa: E402
from benchmarks.machine import Tree  # noqa: E402
from benchmarks.stock import MOST_LEARNERS, Stock  # noqa: E402

PARTS = ("visits", "crowds", "soak")
QUIET_LOAD = 0.3
GAVE_UP_S = 60.0
"""What a browser that saw no question is counted with: it waited so long."""

Results = dict[str, Any]


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


# Measuring ------------------------------------------------------------------------------------------------------


def visits(folder: Path, runs: int) -> Results:
    """Alternating cold visits of both servers, which stay up, and of a page with nothing behind it; the first of each is not
    counted."""
    made = office.build(folder / "kit", runs + 1)
    told: Results = {"kit": [], "stock": [], "floor": []}
    stock = Stock(office.questions(), folder / "stock")
    try:
        with crowds.serving(made) as kit, browsing() as browser, floor_page() as bare:
            trees = {"kit": Tree(kit.process.pid), "stock": Tree(stock.process.pid)}
            for run, code in enumerate(made.codes):
                cookies = crowds.signed_in(kit.port, code, made.password)
                sides = {
                    "kit": Side(f"{kit.url}{office.QUIZ}", KIT_FIRST, trees["kit"], cookies),
                    "stock": Side(stock.url, STOCK_FIRST, trees["stock"]),
                }
                for name, side in sides.items():
                    figures = visit(browser, side, is_stock=name == "stock")
                    say(
                        f"visit {run} {name}: {figures['first_question_s']} s, cpu {figures['cpu']['visit']['total']} s"
                    )
                    if run:
                        told[name].append(figures)
                if run:
                    told["floor"].append(floor(browser, bare))
    finally:
        stock.stop()
    told["store"] = store.check(made.folder, {}, dict.fromkeys(made.codes, office.N_QUESTIONS))
    return told


def at_once(folder: Path, learners: list[int], runs: int) -> dict[str, Results]:
    """For each number of learners both sides in turn; stock only as far as it goes."""
    told: dict[str, Results] = {}
    for n in learners:
        told[str(n)] = {"kit": [], "stock": []}
        for run in range(runs):
            told[str(n)]["kit"].append(crowds.kit_at_once(folder / f"kit-{n}-{run}", n, say))
            if n <= MOST_LEARNERS:
                told[str(n)]["stock"].append(crowds.stock_at_once(folder / f"stock-{n}-{run}", n, say))
    return told


# Figures --------------------------------------------------------------------------------------------------------


def figures(results: Results) -> dict[str, float | None]:
    """The value of each figure that was measured, by its name in benchmarks/figures.py."""
    found: dict[str, float | None] = {}
    if visited := results.get("visits"):
        kit, stock = visited["kit"], visited["stock"]
        found |= {
            "first_question_ratio": ratio(_each(kit, "first_question_s"), _each(stock, "first_question_s")),
            "first_visit_kb": median(_each(kit, "first_visit", "kb")),
            "first_visit_requests": median(_each(kit, "first_visit", "requests")),
            "second_visit_kb": median(_each(kit, "second_visit", "kb")),
            "answer_to_feedback_ms": percentile([ms for one in kit for ms in one["feedback_ms"]], 0.5),
            "cpu_page_ratio": ratio(_cpu_of_page(kit), _cpu_of_page(stock)),
            "cpu_visit_ratio": ratio(_each(kit, "cpu", "visit", "total"), _each(stock, "cpu", "visit", "total")),
        }
    crowded = results.get("crowds", {})
    if "100" in crowded:
        kit, stock = crowded["100"]["kit"], crowded["100"]["stock"]
        found["open_100_ratio"] = ratio(_each(kit, "open", "all_s"), _each(stock, "open", "all_s"))
    if compared := [n for n, sides in crowded.items() if sides["stock"]]:
        kit, stock = (crowded[compared[-1]][side] for side in ("kit", "stock"))
        ours, theirs = _each(kit, "memory", "pss_a_learner_mb"), _each(stock, "memory_opened", "pss_a_learner_mb")
        found["memory_a_learner_ratio"] = ratio(ours, theirs)
    if crowded:
        largest = list(crowded.values())[-1]["kit"]
        found["memory_a_learner_mb"] = median(_each(largest, "memory", "pss_a_learner_mb"))
    if "300" in crowded:
        kit = crowded["300"]["kit"]
        found |= {
            "open_300_s": median(_each(kit, "open", "all_s")),
            "open_300_gb": max(max(one[when]["pss_mb"] for when in ("memory", "memory_opened")) for one in kit) / 1024,
            "open_300_failed": max(_n_failed(one) for one in kit),
            "same_second_300_ms": median(burst["ms"] and burst["ms"]["p99"] for one in kit for burst in one["bursts"]),
            "beside_300_s": median(one["beside"].get("first_question_s", GAVE_UP_S) for one in kit),
        }
    checked = [one["store"] for sides in crowded.values() for one in sides["kit"]]
    checked += [results[part]["store"] for part in ("visits", "soak") if part in results]
    found["answers_wrong_in_store"] = sum(one["wrong"] for one in checked)
    if lived := results.get("soak"):
        found["soak_leaks"] = len(lived["findings"]) + lived["failed"]
    return {name: value if value is None else round(value, 3) for name, value in found.items()}


def _each(runs: list[Results], *keys: str) -> list[float]:
    values = []
    for run in runs:
        value: Any = run
        for key in keys:
            value = value[key]
        values.append(value)
    return values


def _cpu_of_page(runs: list[Results]) -> list[float]:
    """Processor seconds of opening and leaving."""
    return [one["cpu"]["open"]["total"] + one["cpu"]["leave"]["total"] for one in runs]


def _n_failed(one: Results) -> int:
    steps = [one["sign_in"], one["open"], one["calm"], one["leave"], *one["bursts"]]
    return sum(step["failed"] + step.get("unable", 0) for step in steps)


# The command line -----------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON document instead of a table")
    parser.add_argument("--learners", default="25,100,300", help="how many at once, separated by commas")
    parser.add_argument("--runs", type=int, default=3, help="alternating runs that count")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--soak", type=float, default=10.0, metavar="MINUTES", help="length of the long run")
    parser.add_argument("--folder", type=Path, help="where the stores lie: a disk like the office's, not memory")
    given = parser.parse_args(arguments)
    learners = [int(n) for n in given.learners.split(",")]
    with tempfile.TemporaryDirectory(prefix="cps-bench-", dir=given.folder) as temporary:
        folder = Path(temporary)
        facts = machine.facts(folder)
        if facts["load_before"] > QUIET_LOAD:
            say(f"the machine is not quiet (load {facts['load_before']}): times and ratios will be off")
        results: Results = {}
        if "visits" in given.only:
            results["visits"] = visits(folder / "visits", given.runs)
        if "crowds" in given.only:
            results["crowds"] = at_once(folder, learners, given.runs)
        if "soak" in given.only:
            results["soak"] = crowds.long_run(folder / "soak", max(learners), given.soak, say)
    rows = table(figures(results))
    if given.as_json:
        asked = {"learners": learners, "runs": given.runs, "only": list(given.only), "soak_minutes": given.soak}
        print(json.dumps({"machine": facts, "asked": asked, "figures": rows, "results": results}, ensure_ascii=False))
    else:
        print(shown(rows))
    return 1 if any(row["name"] == "answers_wrong_in_store" and row["reached"] is False for row in rows) else 0


def shown(rows: list[Results]) -> str:
    """The figures as lines for people."""
    words = {True: "reached", False: "NOT reached", None: "not measured"}
    return "\n".join(
        f"{row['label']}: {'–' if row['value'] is None else row['value']} {row['unit']} (≤ {row['reach']:g}) {words[row['reached']]}"
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
