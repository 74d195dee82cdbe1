"""Whether cases can be varied without end: every variation sound, how long one takes, and how different they are.

    uv run --group dev python benchmarks/case_variations.py [SEEDS]        default 1000

Seeds 0 … SEEDS-1 over the shipped cases in turn, each varied, checked by every rule of content.cases.invariants, and read once as a
learner would see it: no place in a text left open. `mistakes` must be 0, and so must `failed`, seeds for which no figures were found.
`kept`: the share of a case's problems that are planted, over its variations; `choices`: how many different sets of problems came;
`assets`: the last year's total assets as a share of the first case's, lowest and highest. Prints one JSON document; exit code 1 when
something is wrong.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figures import percentile  # noqa: E402
from cps_training.casework.varying import vary  # noqa: E402
from cps_training.content.cases.case import CaseSource, ready  # noqa: E402
from cps_training.content.cases.invariants import mistakes  # noqa: E402
from cps_training.content.cases.reading import case_folders, read_case  # noqa: E402
from cps_training.content.cases.rendering import texts_of  # noqa: E402
from cps_training.errors import KitError  # noqa: E402


def sources() -> list[CaseSource]:
    """The shipped cases."""
    reads = [read_case(folder, shown_as=folder.name) for folder in case_folders(ROOT)]
    return [read.source for read in reads if read.source is not None]


def wrong(made: CaseSource) -> list[str]:
    """What is wrong with a variation."""
    case = ready(made)
    texts = [text for model in (case.said, *case.papers) for _, text in texts_of(model)]
    left = [text for text in texts if "{" in text or "}" in text]
    return [*(f"{one.place} {one.location} {one.message}" for one in mistakes(made)), *left]


def _assets(source: CaseSource) -> int:
    return int(list(source.years.values())[-1]["total_assets"])


def measure(cases: list[CaseSource], seeds: int) -> dict[str, Any]:
    """What came of so many seeds over these cases in turn."""
    told: dict[str, dict[str, Any]] = {
        source.said.case: {"variations": 0, "kept": [], "choices": set(), "assets": []} for source in cases
    }
    found: list[str] = []
    failed: list[str] = []
    took: list[float] = []
    for seed in range(seeds):
        source = cases[seed % len(cases)]
        own = told[source.said.case]
        began = time.perf_counter()
        try:
            made = vary(source, seed)
        except KitError as error:
            failed.append(f"{source.said.case} {seed}: {error.message}")
            continue
        took.append(time.perf_counter() - began)
        found += [f"{made.said.case}: {one}" for one in wrong(made)]
        own["variations"] += 1
        own["kept"].append(len(made.said.problems) / len(source.said.problems))
        own["choices"].add(frozenset(problem.kind for problem in made.said.problems))
        own["assets"].append(_assets(made) / _assets(source))
    for own in told.values():
        own["kept"] = round(sum(own["kept"]) / max(1, len(own["kept"])), 3)
        own["choices"] = len(own["choices"])
        own["assets"] = [round(min(own["assets"], default=0), 2), round(max(own["assets"], default=0), 2)]
    return {
        "seeds": seeds,
        "mistakes": len(found),
        "failed": len(failed),
        "first_wrong": [*failed, *found][:5],
        "seconds": round(sum(took), 1),
        "p50_ms": round(1e3 * percentile(took, 0.5), 1) if took else None,
        "p95_ms": round(1e3 * percentile(took, 0.95), 1) if took else None,
        "cases": told,
    }


def main(seeds: int) -> int:
    result = measure(sources(), seeds)
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return int(bool(result["mistakes"] or result["failed"]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
