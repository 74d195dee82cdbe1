"""Who chose which answer: the table by which a distractor is judged. First responses only; knows no item, only its words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from cps_training.analytics.firsts import ITEM, Firsts, Floats, Ints, first_responses
from cps_training.analytics.withheld import MIN_CLASS, MIN_CORRELATION, MIN_FACILITY

BLANK = ""
"""The class of what was left blank."""

OTHER = "…"
"""The class of all answers beyond the MOST_CLASSES most frequent ones."""

MOST_CLASSES = 12
"""Classes told for an item: a choice item has at most ten; numbers and words that people type have no end."""

_NO_SPREAD = 1e-12


def distractors(
    responses: pd.DataFrame | Firsts,
    choices: Mapping[tuple[str, str], Collection[str]] | None = None,
    *,
    at_least: int = MIN_FACILITY,
    at_least_class: int = MIN_CLASS,
    at_least_correlation: int = MIN_CORRELATION,
) -> pd.DataFrame:
    """Each class of answers to each item version: how many chose it, and how strong they were elsewhere.

    choices: all classes of an item by (item_id, item_version), so that a distractor that nobody chose stands there with n 0.
    Returns: index (item_id, item_version, response_class), by item, then most chosen first; columns share (n / n_item), fraction
    (mean score of the class: 1 for the key), rest (mean share of the points of the other items of the sitting, of those who
    chose it), discrimination (point-biserial correlation of choosing it with the rest: above 0 for a key, below 0 for a
    distractor that works; r = (M − M_item)/s · √(p/(1 − p)), Lord & Novick 1968), n, n_item.
    NaN: share for n_item < at_least, rest for n < at_least_class, discrimination for n_item (with a rest) <
    at_least_correlation or when everybody, or nobody, chose it.
    """
    firsts = first_responses(responses)
    words = np.where(firsts.is_blank, BLANK, firsts.response_class)
    chosen, names = pd.factorize(pd.Series(words, dtype=object).fillna(BLANK), sort=True)
    pair, pairs = pd.factorize(firsts.item * max(len(names), 1) + chosen, sort=True)
    item, word = pairs // max(len(names), 1), np.asarray(names, dtype=object)[pairs % max(len(names), 1)].tolist()
    item, word, pair = _gathered(item.astype(np.int64), word, pair.astype(np.int64))

    def summed(values: Floats | None, where: np.ndarray) -> Floats:
        return np.bincount(pair[where], None if values is None else values[where], len(word)).astype(np.float64)

    everything = np.ones(len(pair), dtype=bool)
    has_rest = ~np.isnan(firsts.rest)
    n, n_rest, n_scored = summed(None, everything), summed(None, has_rest), summed(None, firsts.is_scored)
    n_item = firsts.by_item()[item]
    in_rest, mean, sd = _rest_of_items(firsts, has_rest)
    rest = _ratio(summed(firsts.rest, has_rest), n_rest)
    share = _ratio(n_rest, in_rest[item])
    told = (in_rest[item] >= max(at_least_correlation, 2)) & (share > 0) & (share < 1) & (sd[item] ** 2 > _NO_SPREAD)
    r = np.full(len(word), np.nan)
    r[told] = ((rest - mean[item])[told] / sd[item][told]) * np.sqrt(share[told] / (1 - share[told]))
    table = pd.DataFrame(
        {
            "item": item,
            "response_class": word,
            "share": np.where(n_item >= at_least, n / n_item, np.nan),
            "fraction": _ratio(summed(firsts.fraction, firsts.is_scored), n_scored),
            "rest": np.where(n_rest >= at_least_class, rest, np.nan),
            "discrimination": r,
            "n": n.astype(int),
            "n_item": n_item.astype(int),
        }
    )
    table = pd.concat([table, _unchosen(firsts, table, choices or {}, at_least)], ignore_index=True)
    table = table.sort_values(["item", "n", "response_class"], ascending=[True, False, True], kind="stable")
    keys = firsts.items[table["item"].to_numpy()] if len(table) else firsts.items
    table.index = pd.MultiIndex.from_arrays(
        [keys.get_level_values(0), keys.get_level_values(1), table["response_class"]], names=[*ITEM, "response_class"]
    )
    return table.drop(columns=["item", "response_class"])


def _gathered(item: Ints, word: list[str], pair: Ints) -> tuple[Ints, list[str], Ints]:
    """Classes beyond the most frequent of their item become OTHER. Equal counts: by name."""
    n = np.bincount(pair, minlength=len(word))
    if not len(item) or np.bincount(item).max() <= MOST_CLASSES:
        return item, word, pair
    order = np.lexsort((np.array(word, dtype=str), -n, item))
    rank = np.empty(len(word), dtype=np.int64)
    starts = np.searchsorted(item[order], item[order])
    rank[order] = np.arange(len(word)) - starts
    named = [name if place < MOST_CLASSES else OTHER for name, place in zip(word, rank, strict=True)]
    new, kept = pd.factorize(pd.Series(list(zip(item.tolist(), named, strict=True)), dtype=object))
    return np.array([at for at, _ in kept], dtype=np.int64), [name for _, name in kept], new[pair].astype(np.int64)


def _rest_of_items(firsts: Firsts, has_rest: np.ndarray) -> tuple[Floats, Floats, Floats]:
    """An item: how many have a rest, its mean and its standard deviation (n)."""
    n = firsts.by_item(where=has_rest)
    mean = _ratio(firsts.by_item(firsts.rest, has_rest), n)
    squares = firsts.by_item((firsts.rest - mean[firsts.item]) ** 2, has_rest)
    return n, mean, np.sqrt(_ratio(squares, n))


def _unchosen(
    firsts: Firsts, table: pd.DataFrame, choices: Mapping[tuple[str, str], Collection[str]], at_least: int
) -> pd.DataFrame:
    there = set(zip(table["item"].tolist(), table["response_class"].tolist(), strict=True))
    n_item = firsts.by_item().astype(int)
    rows = [
        (place, name, 0.0 if n_item[place] >= at_least else np.nan, np.nan, np.nan, np.nan, 0, int(n_item[place]))
        for place, key in enumerate(firsts.items.to_list())
        for name in sorted(set(choices.get(key, ())))
        if (place, name) not in there
    ]
    return pd.DataFrame(rows, columns=list(table.columns)).astype(table.dtypes.to_dict())


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0))
