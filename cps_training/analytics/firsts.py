"""First responses, ready for counting: what every statistic of items starts from. Rows of frames.RESPONSES in, arrays out.

Somebody who meets an item again knows it, so only the first response of a person to an item counts (Moodle, "Quiz statistics
calculations": by default the first attempt by each student). The order of rows never matters.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cps_training.analytics.frames import RESPONSES, FrameError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

ITEM = ["item_id", "item_version"]
_HAIR = 1e-9


@dataclass(frozen=True)
class Firsts:
    """One entry a first response in each array. item, person, sitting, form: places in items, people, sittings, forms.

    fraction: 0–1; NaN for what is not scored (it waits, or never counts). most: its points. items: (item_id, item_version),
    sorted. A sitting is one attempt of one person at one form.
    """

    items: pd.MultiIndex
    people: tuple[str, ...]
    forms: tuple[str, ...]
    n_sittings: int
    item: Ints
    person: Ints
    sitting: Ints
    form: Ints
    fraction: Floats
    most: Floats
    is_blank: Bools
    is_waiting: Bools
    response_class: npt.NDArray[Any]

    @cached_property
    def is_scored(self) -> Bools:
        return np.asarray(~np.isnan(self.fraction))

    @cached_property
    def is_right(self) -> Bools:
        """Full points; half an answer is not right."""
        return np.asarray(self.fraction >= 1 - _HAIR)

    @cached_property
    def points(self) -> Floats:
        """fraction × most, 0 where nothing is scored."""
        return np.asarray(np.where(self.is_scored, np.nan_to_num(self.fraction) * self.most, 0.0))

    @cached_property
    def rest(self) -> Floats:
        """Share of the points of the other items in the same sitting (0–1); NaN where there are none."""
        own = np.where(self.is_scored, self.most, 0.0)
        points = np.bincount(self.sitting, self.points, self.n_sittings)[self.sitting] - self.points
        most = np.bincount(self.sitting, own, self.n_sittings)[self.sitting] - own
        return np.asarray(np.divide(points, most, out=np.full(len(points), np.nan), where=most > _HAIR))

    def by_item(self, values: npt.NDArray[Any] | None = None, where: Bools | None = None) -> Floats:
        """Sums of the values (or counts) an item, over the entries `where`."""
        item = self.item if where is None else self.item[where]
        chosen = values if values is None or where is None else values[where]
        return np.asarray(np.bincount(item, chosen, len(self.items)), dtype=np.float64)


def first_responses(responses: pd.DataFrame | Firsts, *, practice: Collection[str] = ()) -> Firsts:
    """The first response of each person to each item, by `at`, whatever its version and form.

    responses: columns of frames.RESPONSES, in any order; what is Firsts already is given back. practice: forms whose blanks are
    dropped; everywhere else a blank counts 0. An item whose version changed has, in the new version, only the people who never
    met the old one. To look at one form, filter the rows first. Raises FrameError naming missing columns, fractions outside
    0–1, or instants that cannot be read.
    """
    if isinstance(responses, Firsts):
        return responses
    missing = [column for column in RESPONSES if column not in responses.columns]
    if missing:
        raise FrameError(f"the table lacks {', '.join(missing)}; expected {', '.join(RESPONSES)}")
    rows = _without_practice_blanks(responses, practice)
    person, people = _coded(rows["person_code"])
    item_id, ids = _coded(rows["item_id"])
    rows, (person, item_id) = _only_first(rows, person * len(ids) + item_id, (person, item_id))

    version, versions = _coded(rows["item_version"])
    form, forms = _coded(rows["form"])
    attempt, attempts = _coded(rows["attempt_number"])
    item, pairs = pd.factorize(item_id * max(len(versions), 1) + version, sort=True)
    sitting, sittings = pd.factorize((person * max(len(forms), 1) + form) * max(len(attempts), 1) + attempt)
    is_blank = rows["is_blank"].to_numpy(dtype=bool)
    most = rows["most"].to_numpy(dtype=np.float64)
    fraction = np.where(is_blank, 0.0, pd.to_numeric(rows["fraction"]).to_numpy(dtype=np.float64))
    if ((fraction < -_HAIR) | (fraction > 1 + _HAIR)).any():
        raise FrameError(f"fraction goes from {np.nanmin(fraction)} to {np.nanmax(fraction)}; expected 0 to 1")
    counts = most > 0
    return Firsts(
        items=pd.MultiIndex.from_arrays(
            [_picked(ids, pairs // max(len(versions), 1)), _picked(versions, pairs % max(len(versions), 1))], names=ITEM
        ),
        people=tuple(people),
        forms=tuple(forms),
        n_sittings=len(sittings),
        item=item.astype(np.int64),
        person=person,
        sitting=sitting.astype(np.int64),
        form=form,
        fraction=np.where(counts, fraction, np.nan),
        most=most,
        is_blank=is_blank,
        is_waiting=counts & np.isnan(fraction),
        response_class=rows["response_class"].to_numpy(dtype=object),
    )


def _without_practice_blanks(responses: pd.DataFrame, practice: Collection[str]) -> pd.DataFrame:
    if not practice:
        return responses
    dropped = responses["form"].isin(list(practice)).to_numpy() & responses["is_blank"].to_numpy(dtype=bool)
    kept: pd.DataFrame = responses.loc[~dropped]
    return kept


def _only_first(rows: pd.DataFrame, key: Ints, codes: tuple[Ints, Ints]) -> tuple[pd.DataFrame, tuple[Ints, Ints]]:
    """The rows whose key comes first. Instants are read only where somebody met an item twice."""
    again = pd.Series(key).duplicated(keep=False).to_numpy()
    if not again.any():
        return rows, codes
    repeated = rows[again]
    order = pd.DataFrame(
        {
            "key": key[again],
            "at": _instants(repeated["at"]),
            "number": repeated["attempt_number"].to_numpy(),
            **{
                # What is left when two rows bear the same instant: anything, as long as it is not their order.
                name: repeated[name].to_numpy().astype(str)
                for name in ("form", "item_version", "response_class", "fraction", "is_blank", "most")
            },
            "place": np.flatnonzero(again),
        }
    )
    order = order.sort_values([name for name in order.columns if name != "place"]).drop_duplicates("key")
    keep = ~again
    keep[order["place"].to_numpy()] = True
    return rows[keep], (codes[0][keep], codes[1][keep])


def _instants(at: pd.Series) -> npt.NDArray[Any]:
    try:
        return np.asarray(pd.to_datetime(at, utc=True, format="ISO8601").to_numpy())
    except (ValueError, TypeError) as error:
        raise FrameError(f"at cannot be read: {error}; expected UTC instants, ISO 8601") from error


def _coded(column: pd.Series) -> tuple[Ints, list[Any]]:
    codes, values = pd.factorize(column, sort=True, use_na_sentinel=False)
    return codes.astype(np.int64), list(values)


def _picked(values: list[Any], places: npt.NDArray[Any]) -> list[Any]:
    return [values[place] for place in places]
