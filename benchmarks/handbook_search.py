"""How long a search of the handbook takes in a learner's kernel, and how often it finds the clause that was meant, beside the plain rank.

    uv run --group dev python benchmarks/handbook_search.py [REPEATS]        default 20

The labelled queries of tests/content/handbook_queries.yaml, each answered by the page's own Finder (clauses and terms) in one process,
as a kernel does. `first` is the first search of a page, which also brings the texts into their search form; `open` is what the Finder
costs when a page opens. `plain` is the rank without words and rarity, by which the page searched before: every word must occur, as it
stands between spaces. Prints one JSON document. Exit code 1 when the 95th percentile or a first search took BOUND_MS or more.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.figures import percentile  # noqa: E402
from cps_training import places  # noqa: E402
from cps_training.apps.handbook_search import Finder, clause_entry, prepare  # noqa: E402
from cps_training.apps.session import Session  # noqa: E402
from cps_training.content.glossary import SearchForm, rank  # noqa: E402
from cps_training.desk import protocol  # noqa: E402
from cps_training.desk.local import open_local  # noqa: E402
from cps_training.desk.opening import open_desk  # noqa: E402

BOUND_MS = 50.0
AMONG = 3
QUERIES = yaml.safe_load((ROOT / "tests/content/handbook_queries.yaml").read_text("utf-8"))["queries"]

Find = Callable[[str], list[str]]


def plain(book: dict[str, Any]) -> Find:
    """The search before: glossary.rank over title and text."""
    glossary = book["glossary"]
    form = SearchForm.of([*((t["term"]["th"], t["variants"]) for t in glossary["terms"]), *glossary["spellings"]])
    entries = []
    for clause in book["clauses"]:
        title, named, text, remarks = clause_entry(clause, {}).fields
        entries.append((clause["id"], form(title), form(f"{text} {named} {remarks}")))

    def find(query: str) -> list[str]:
        words = form.words(query)
        ranks = {entry_id: rank(words, title, body) for entry_id, title, body in entries}
        return sorted((entry_id for entry_id, how in ranks.items() if how), key=lambda entry_id: -ranks[entry_id])

    return find


def found(find: Find) -> dict[str, Any]:
    """Share of the queries with a clause that was meant among the first AMONG, over all and by kind."""
    hits: dict[str, list[bool]] = {}
    for one in QUERIES:
        hits.setdefault(one["kind"], []).append(bool(set(find(one["query"])[:AMONG]) & set(one["clauses"])))
    every = [hit for own in hits.values() for hit in own]
    return {
        "among_first_three": round(sum(every) / len(every), 3),
        "by_kind": {kind: f"{sum(own)} of {len(own)}" for kind, own in hits.items()},
    }


def times(find: Callable[[str], Any], repeats: int) -> dict[str, float]:
    """Milliseconds a search, each query `repeats` times over."""
    took = []
    for _ in range(repeats):
        for one in QUERIES:
            began = time.perf_counter()
            find(one["query"])
            took.append((time.perf_counter() - began) * 1e3)
    return {
        "p50_ms": round(percentile(took, 0.5), 2),
        "p95_ms": round(percentile(took, 0.95), 2),
        "most_ms": round(max(took), 2),
    }


def main(repeats: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        desk = open_local(open_desk(places.DataFolder(Path(folder)), place="lab"))
        session = Session(desk, desk.welcome["person"], "th", True, False)
        book = session.ask(protocol.Handbook())
    prepare()
    began = time.perf_counter()
    finder = Finder(session, book)
    opened = time.perf_counter()
    finder.find(QUERIES[0]["query"])
    first = (time.perf_counter() - opened) * 1e3
    before = plain(book)
    told: dict[str, Any] = {
        "queries": len(QUERIES),
        "kit": found(lambda query: finder.find(query)["clauses"]) | times(finder.find, repeats),
        "plain": found(before) | times(before, repeats),
        "open_ms": round((opened - began) * 1e3, 2),
        "first_ms": round(first, 2),
    }
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return int(told["kit"]["p95_ms"] >= BOUND_MS or first >= BOUND_MS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
