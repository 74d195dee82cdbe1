"""After a run: is every acknowledged answer in the store, once, as it was sent, under its person? Reads through records only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from benchmarks.learner import Receipt, Said
from cps_training.assessment.attempt import Attempt, Step
from cps_training.content.library import load_library
from cps_training.items import ItemBase
from cps_training.places import DataFolder, shipped
from cps_training.records import attempts
from cps_training.records.engine import Records
from cps_training.records.tables import metadata


@dataclass(frozen=True)
class Stored:
    """One answer step as it lies in the store: whose, and in the words the page spoke."""

    code: str
    receipt: Receipt


def _plain(row: Stored) -> Stored:
    """Several choices have no order: the page names them as they stand there, the store as it keeps them."""
    response = row.receipt.response
    if "choices" not in response:
        return row
    return Stored(row.code, replace(row.receipt, response={"choices": sorted(response["choices"])}))


def compare(
    said: Mapping[str, Said], stored: Iterable[Stored], others: Mapping[str, int | None] | None = None
) -> dict[str, Any]:
    """What the store holds against what people were told. others: how many answers people were told who kept no receipts
    (browsers), by code; None where nobody knows.

    missing: acknowledged but not there; twice; altered: there, but another's, on another item or another response; uncounted:
    there, though nobody of ours sent it, or fewer than one of the others was told.
    """
    rows = list(stored)
    times = Counter(row.receipt.answer_id for row in rows)
    by_id = {row.receipt.answer_id: row for row in rows}
    told = {receipt.answer_id: Stored(code, receipt) for code, one in said.items() for receipt in one.acknowledged}
    doubtful = {receipt.answer_id for one in said.values() for receipt in one.in_doubt}
    found = {
        "missing": sum(answer_id not in by_id for answer_id in told),
        "twice": sum(n > 1 for n in times.values()),
        "altered": sum(
            answer_id in by_id and _plain(by_id[answer_id]) != _plain(row) for answer_id, row in told.items()
        ),
        "uncounted": 0,
    }
    unknown = Counter(row.code for row in rows if row.receipt.answer_id not in told.keys() | doubtful)
    expected = {code: unknown[code] if n is None else n for code, n in (others or {}).items()}
    codes = unknown.keys() | expected.keys()
    found["uncounted"] = sum(abs(unknown[code] - expected.get(code, 0)) for code in codes)
    return {
        "acknowledged": len(told),
        "in_doubt": len(doubtful),
        "in_doubt_and_stored": len(doubtful & by_id.keys()),
        "stored": len(rows),
        "others": sum(expected.values()),
        **found,
        "wrong": sum(found.values()),
    }


def check(folder: Path, said: Mapping[str, Said], others: Mapping[str, int | None] | None = None) -> dict[str, Any]:
    """Read the store of a data folder (its server has ended) and compare; also its integrity and its rows by table."""
    data = DataFolder(folder)
    items = load_library(shipped(), data.content).items
    with Records.open(data.database, create=False) as records:
        with records.read() as conn:
            everything = attempts.all_attempts(conn)
            rows = {
                table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            }
        unsound = records.integrity()
    stored = [
        Stored(code, _receipt(items[step.item_id or ""], attempt, step))
        for code, attempt in everything
        for step in attempt.steps
        if step.kind == "answer"
    ]
    n_finished = sum(step.kind == "finish" for _, attempt in everything for step in attempt.steps)
    finished = sum(one.finished for one in said.values())
    found = compare(said, stored, others)
    found["wrong"] += len(unsound) + abs(n_finished - finished)
    return found | {"finished": finished, "finished_in_store": n_finished, "unsound": unsound, "rows": rows}


def _receipt(item: ItemBase, attempt: Attempt, step: Step) -> Receipt:
    """The step in the words the page spoke: with this attempt's opaque option names."""
    assert step.response is not None
    return Receipt(step.answer_id, item.id, item.show_response(step.response, attempt.disguise(item.id)))
