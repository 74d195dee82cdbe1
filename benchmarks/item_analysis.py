"""How long a full item analysis of one million first responses takes, 2PL included, beside plain pandas in the same run.

    uv run --group dev python benchmarks/item_analysis.py [PEOPLE] [ITEMS]        default 10000 100

The responses are simulated with a seed; making them is not measured. Each side runs REPEATS times in turn, in a process of its
own on one core with one BLAS thread; told are the processor seconds (which other work on the machine does not add to) and the
peak memory of the process, frame of responses included. `plain` is what a notebook would do with groupby and corrwith: facility,
discrimination, distractors, alpha and effective weights, no 2PL. Prints one JSON document. Exit code 1 when the median of the
kit took BOUND seconds or more, or BOUND_GIB or more.
"""

from __future__ import annotations

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    if __name__ == "__main__":
        os.environ[name] = "1"  # before numpy is imported

import json  # noqa: E402
import statistics  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cps_training.analytics.frames import RESPONSES  # noqa: E402
from cps_training.analytics.item_analysis import ItemAnalysis, item_analysis  # noqa: E402

SEED = 2566
REPEATS = 3
BOUND = 3.0
BOUND_GIB = 1.0


def responses(people: int, items: int) -> pd.DataFrame:
    """Invented first responses of a standard normal crowd under the 2PL, columns of frames.RESPONSES, rows in no order."""
    chance = np.random.default_rng(SEED)
    slope, difficulty = chance.lognormal(0, 0.3, items), chance.normal(0, 1, items)
    right = chance.random((people, items)) < 1 / (1 + np.exp(-slope * (chance.normal(size=(people, 1)) - difficulty)))
    word = np.where(right, "a", np.array(["b", "c", "d"], dtype=object)[chance.integers(0, 3, right.shape)]).ravel()
    order = chance.permutation(right.size)
    person, item = order // items, order % items
    second = np.datetime_as_string(np.datetime64("2026-01-05T02:00:00") + np.arange(right.size).astype("m8[s]"))
    rows = {
        "person_code": np.array([f"P{at:05d}" for at in range(people)], dtype=object)[person],
        "form": "exam",
        "attempt_number": 1,
        "item_id": np.array([f"item-{at:03d}" for at in range(items)], dtype=object)[item],
        "item_version": np.array([f"{at:016x}" for at in range(items)], dtype=object)[item],
        "at": pd.Series(second[order], dtype="str") + "+00:00",
        "is_blank": False,
        "fraction": right.ravel()[order].astype(float),
        "response_class": word[order],
        "most": 1.0,
        "section": None,
    }
    return pd.DataFrame(rows)[list(RESPONSES)]


def plain(rows: pd.DataFrame) -> dict[str, Any]:
    """The same without the kit, as one writes it in a notebook; no 2PL."""
    first = rows.sort_values("at").drop_duplicates(["person_code", "item_id"])
    facility = first.groupby(["item_id", "item_version"])["fraction"].agg(["mean", "std", "size"])
    wide = first.pivot(index="person_code", columns="item_id", values="fraction")
    total = wide.sum(axis=1)
    rest = wide.rsub(total, axis=0)
    discrimination = wide.corrwith(rest)
    covariance = wide.cov()
    k = len(wide.columns)
    root = covariance.sum(axis=1) ** 0.5
    told = first.assign(
        rest=rest.stack().reindex(pd.MultiIndex.from_frame(first[["person_code", "item_id"]])).to_numpy()
    )
    chosen = told.groupby(["item_id", "response_class"]).agg(n=("fraction", "size"), rest=("rest", "mean"))
    return {
        "facility": facility["mean"].droplevel(1),
        "discrimination": discrimination,
        "alpha": k / (k - 1) * (1 - np.trace(covariance) / covariance.to_numpy().sum()),
        "effective": root / root.sum(),
        "chosen": chosen["n"].sort_index(),
        "rest": (chosen["rest"] / (k - 1)).sort_index(),
    }


def difference(one: dict[str, Any], other: ItemAnalysis) -> float:
    """The largest difference between a figure of both; figures of less than five people are not compared."""
    items, chosen = other.items.droplevel(1), other.distractors.droplevel(1).sort_index()
    apart = [
        (one["facility"] - items["facility"]).abs().max(),
        (one["discrimination"] - items["discrimination"]).abs().max(),
        abs(one["alpha"] - other.forms["alpha"].iloc[0]),
        (one["effective"] - other.weights["effective"].droplevel([0, 2])).abs().max(),
        float((one["chosen"] - chosen["n"]).abs().max()),
        (one["rest"] - chosen["rest"]).abs().max(),
    ]
    return float(max(apart))


def measured(side: str, people: int, items: int) -> dict[str, float]:
    """One side once, in this process: processor seconds, and the peak of the whole process in GiB."""
    rows = responses(people, items)
    before = time.process_time()
    found = item_analysis(rows) if side == "kit" else plain(rows)
    seconds = time.process_time() - before
    if isinstance(found, ItemAnalysis) and not (found.items["status"] == "fitted").all():
        raise RuntimeError("the 2PL did not fit every item: nothing to compare")
    return {"seconds": round(seconds, 3), "peak_gib": round(_peak_kib() / 2**20, 3)}


def _peak_kib() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return float(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _apart(side: str, people: int, items: int) -> dict[str, float]:
    command = [sys.executable, __file__, str(people), str(items), "--side", side]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main(arguments: list[str]) -> int:
    side = arguments[arguments.index("--side") + 1] if "--side" in arguments else None
    numbers = [int(word) for word in arguments if word.isdigit()]
    people, items = (numbers + [10_000, 100][len(numbers) :])[:2]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if side:
        print(json.dumps(measured(side, people, items)))
        return 0
    load = round(os.getloadavg()[0], 2)
    runs = [(_apart("kit", people, items), _apart("plain", people, items)) for _ in range(REPEATS)]
    both = dict(zip(("kit", "plain"), zip(*runs, strict=True), strict=True))
    told = {
        name: {
            "seconds": statistics.median(one["seconds"] for one in own),
            "all_seconds": [one["seconds"] for one in own],
            "peak_gib": max(one["peak_gib"] for one in own),
        }
        for name, own in both.items()
    }
    rows = responses(people, items)
    apart = difference(plain(rows), item_analysis(rows))
    document = {
        "responses": people * items,
        "people": people,
        "items": items,
        "bound_seconds": BOUND,
        "bound_gib": BOUND_GIB,
        "load_before": load,
        **told,
        "largest_difference": apart,
    }
    print(json.dumps(document))
    return 0 if told["kit"]["seconds"] < BOUND and told["kit"]["peak_gib"] < BOUND_GIB else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
