"""Real minutes under learners who live in the kit (living.py): does anything grow or stay behind?

`watch` samples the server meanwhile, `findings` judges: one line of English each, and none is wanted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.figures import grew, growth_an_hour
from benchmarks.machine import Memory, Tree

PAGES = ["/home", "/lessons/cps-cycle", "/handbook", "/record"]
"""Real pages beside the quiz."""
PACE = {"think": (2.0, 20.0), "stay": 60.0}
"""Seconds before an answer, from … to; seconds on a page."""
SAMPLE_SECONDS, KERNELS_EVERY = 5.0, 6
WARM_UP_SHARE = 0.2
"""Before that nothing is judged: every learner has changed pages for the first time."""
GROWS_BY, GROWS_LEAST_MB, GROWS_LEAST_DESCRIPTORS = 0.05, 4.0, 20
LEFT_OVER_DESCRIPTORS, LEFT_OVER_SECONDS = 10, 30.0


def watch(tree: Tree, is_over: Callable[[], bool], say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Samples until it is over: {"at", "own_mb", "descriptors", "kernels"} and now and then "kernel_pss_mb" of one kernel."""
    start = time.monotonic()
    samples: list[dict[str, Any]] = []
    while not is_over():
        sample = tree.state() | {"at": round(time.monotonic() - start, 1)}
        if len(samples) % KERNELS_EVERY == 0:
            memory: Memory = tree.memory()["kernel"]
            sample["kernel_pss_mb"] = round(memory.pss / max(1, sample["kernels"]), 2)
            say(f"soak {sample['at']:.0f} s: {sample}")
        samples.append(sample)
        time.sleep(SAMPLE_SECONDS)
    return samples


def series(samples: list[dict[str, Any]]) -> dict[str, list[tuple[float, float]]]:
    """(second, value) of each thing that was watched, after the warm-up."""
    if not samples:
        return {}
    begin = samples[-1]["at"] * WARM_UP_SHARE
    found: dict[str, list[tuple[float, float]]] = {}
    for sample in samples:
        if sample["at"] < begin:
            continue
        for kind in ("own_mb", "descriptors"):
            for part, value in sample[kind].items():
                found.setdefault(f"{kind} of the {part}", []).append((sample["at"], value))
        if "kernel_pss_mb" in sample:
            found.setdefault("kernel_pss_mb", []).append((sample["at"], sample["kernel_pss_mb"]))
    return found


def findings(
    samples: list[dict[str, Any]],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    rows_before: Mapping[str, int],
    rows_after: Mapping[str, int],
    expected_rows: Mapping[str, int],
) -> list[str]:
    """What grew or stayed behind. before, after: Tree.state() with nobody there; expected_rows: by how much each table may
    have grown (tables that are not named: not at all)."""
    found = []
    for name, values in series(samples).items():
        least = GROWS_LEAST_DESCRIPTORS if name.startswith("descriptors") else GROWS_LEAST_MB
        if name == "kernel_pss_mb":
            least = 0.5
        if grew(values, share=GROWS_BY, least=least):
            found.append(f"{name} grew: {values[0][1]} → {values[-1][1]}, {growth_an_hour(values):.0f} an hour")
    if after["kernels"] > before["kernels"]:
        found.append(f"{after['kernels'] - before['kernels']} kernels stayed behind")
    for part, n in after["descriptors"].items():
        if n - before["descriptors"][part] > LEFT_OVER_DESCRIPTORS:
            found.append(f"{n - before['descriptors'][part]} descriptors stayed open in the {part}")
    for table, n in rows_after.items():
        more = n - rows_before.get(table, 0)
        if more > expected_rows.get(table, 0):
            found.append(f"{more} rows more in {table}, {expected_rows.get(table, 0)} are accounted for")
    return found
