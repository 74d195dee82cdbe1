"""Filling the places of a case's texts with its facts, figures and ratios. Pure; knows no file and no learner."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from cps_training.content.cases.ratios import RATIO_OF
from cps_training.content.yaml_source import Location

M = TypeVar("M", bound=BaseModel)
_PLACE = re.compile(r"\{([^{}]*)\}")
_WRITTEN = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?:@(?P<year>\d{1,4}))?(?:\|(?P<form>m))?")
MILLION = 1_000_000


class Places:
    """What a text may name: facts by name, figures of the years (all yearly tables together) and ratios."""

    def __init__(
        self,
        facts: Mapping[str, int],
        years: Mapping[int, Mapping[str, Any]],
        ratios: Mapping[str, Mapping[int, float | None]],
    ) -> None:
        self._facts, self._years, self._ratios = facts, years, ratios

    def fill(self, text: str) -> str:
        """The text with every place filled. A place that names nothing stays as it was written: `mistake` says why."""
        return _PLACE.sub(lambda found: self._value(found[1]) or found[0], text)

    def mistakes(self, text: str) -> Iterator[str]:
        """Why places of a text cannot be filled, one message each."""
        for written in _PLACE.findall(text):
            if self._value(written) is None:
                yield (
                    f"“{{{written}}}” ไม่มีค่า ให้ใช้ชื่อใน facts เช่น {{contracts}} หรือตัวเลขของปี เช่น {{borrowings@2566}} "
                    "หรือ {arrears_to_loans_pct@2566} เติม |m เพื่อแสดงเป็นล้าน"
                )

    def _value(self, written: str) -> str | None:
        said = _WRITTEN.fullmatch(written)
        if said is None:
            return None
        name, year = said["name"], int(said["year"]) if said["year"] else None
        value: Any
        if year is None:
            value = self._facts.get(name)
        elif name in self._ratios:
            value = self._ratios[name].get(year)
        else:
            value = self._years.get(year, {}).get(name)
        if value is None or isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if said["form"]:
            millions = (Decimal(str(value)) / MILLION).quantize(Decimal("0.01"), ROUND_HALF_UP)  # as people round
            return f"{millions:,}"
        return f"{value:.{RATIO_OF[name].digits}f}" if name in RATIO_OF else f"{value:,}"


def texts_of(model: BaseModel) -> Iterator[tuple[Location, str]]:
    """Every text of a model with its location."""

    def walk(value: Any, at: Location) -> Iterator[tuple[Location, str]]:
        if isinstance(value, str):
            yield at, value
        elif isinstance(value, Mapping):
            for key, one in value.items():
                yield from walk(one, (*at, key))
        elif isinstance(value, list | tuple):
            for index, one in enumerate(value):
                yield from walk(one, (*at, index))

    yield from walk(model.model_dump(), ())


def filled(model: M, fill: Callable[[str], str]) -> M:
    """The same model with every text filled."""

    def walk(value: Any) -> Any:
        if isinstance(value, str):
            return fill(value)
        if isinstance(value, Mapping):
            return {key: walk(one) for key, one in value.items()}
        return [walk(one) for one in value] if isinstance(value, list | tuple) else value

    return type(model).model_validate(walk(model.model_dump(exclude_unset=True)))
