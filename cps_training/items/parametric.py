"""parametric: the same question with other numbers for each attempt, answered by a formula. Pure; see arithmetic.py.

The stem holds {names}; their values follow from the attempt's secret. Response {"number", "typed", "values": {name: value}}:
the values travel with the response, so that it can be scored again without the attempt. Scores 1 within the tolerance.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from cps_training.items import quantity
from cps_training.items.arithmetic import Exact, FormulaError, evaluate, plain
from cps_training.items.base import (
    ANSWER,
    Explained,
    Interaction,
    ItemBase,
    JsonDict,
    Presentation,
    Response,
    ShortText,
    Strict,
)
from cps_training.items.disguise import Disguise
from cps_training.items.quantity import EXACT, Kind, KnownMistake, Tolerance, Unit, Value, is_near

_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TRIED = 25
"""So many draws are tried when an item is read, besides all values at their lowest and at their highest."""


class Range(Strict):
    """low … high (both may be drawn) in steps; days where they are ISO days, steps counted in days then."""

    low: int | float | str
    high: int | float | str
    step: Annotated[float, Field(gt=0)] = 1

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        low, high = _exact(self.low), _exact(self.high)
        if isinstance(low, date) != isinstance(high, date):
            raise ValueError("low และ high ต้องเป็นชนิดเดียวกัน: ตัวเลขทั้งคู่ หรือวันที่ทั้งคู่")
        if low >= high:  # type: ignore[operator]
            raise ValueError("low ต้องน้อยกว่า high")
        if isinstance(low, date) and self.step != int(self.step):
            raise ValueError("step ของวันที่ต้องเป็นจำนวนวันเต็ม")
        return self

    def steps(self) -> int:
        low, high = _exact(self.low), _exact(self.high)
        span = Fraction((high - low).days) if isinstance(low, date) else high - low  # type: ignore[operator]
        return int(span // Fraction(str(self.step)))

    def at(self, index: int) -> Exact:
        return evaluate(
            "start + index * step",
            {"start": _exact(self.low), "index": Fraction(index), "step": Fraction(str(self.step))},
        )


class Slip(KnownMistake):
    """formula: the value this mistake leads to."""

    formula: ShortText


class Parametric(ItemBase):
    """values: what is drawn, by name. formula: the right answer. stem, headline, explanation and hints may use {name} and,
    after the stem, {answer}."""

    interaction: ClassVar[Interaction] = "number"

    type: Literal["parametric"]
    values: Annotated[dict[str, Range], Field(min_length=1, max_length=6)]
    formula: ShortText
    kind: Kind = "number"
    unit: Unit = ""
    tolerance: Tolerance = EXACT
    mistakes: Annotated[tuple[Slip, ...], Field(max_length=6)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = set(self.values)
        if bad := sorted(name for name in known if not _NAME.fullmatch("{" + name + "}") or name == "answer"):
            raise ValueError(f"ชื่อค่า “{', '.join(bad)}” ใช้ไม่ได้ ให้ใช้ตัวอักษรอังกฤษเล็ก และไม่ใช่ answer")
        if unknown := sorted(set(_NAME.findall(self.stem)) - known):
            raise ValueError(f"โจทย์อ้าง {{{', '.join(unknown)}}} ซึ่งไม่มีใน values ({', '.join(sorted(known))})")
        if unused := sorted(known - set(_NAME.findall(self.stem))):
            raise ValueError(f"values “{', '.join(unused)}” ไม่ปรากฏในโจทย์ ผู้เรียนจะคำนวณไม่ได้")
        for said in (self.headline, self.explanation, *self.hints):
            if unknown := sorted(set(_NAME.findall(said)) - known - {"answer"}):
                raise ValueError(f"ข้อความอ้าง {{{', '.join(unknown)}}} ซึ่งไม่มีใน values")
        self._try({name: one.at(0) for name, one in self.values.items()})
        self._try({name: one.at(one.steps()) for name, one in self.values.items()})
        for index in range(_TRIED):
            self._try(self.drawn(Disguise(b"check", f"{self.id}-{index}")))
        return self

    def _try(self, values: dict[str, Exact]) -> None:
        try:
            right = self._right(values)
            for slip in self.mistakes:
                self._value(slip.formula, values)
        except FormulaError as mistake:
            raise ValueError(f"สูตรใช้ไม่ได้: {mistake}") from None
        if isinstance(right, date) != (self.kind == "date"):
            raise ValueError(f"formula ให้ผลไม่ตรงกับ kind: {self.kind}")

    def drawn(self, disguise: Disguise) -> dict[str, Exact]:
        """The values of this attempt, by name."""
        chance = disguise.chance()
        return {name: one.at(chance.randint(0, one.steps())) for name, one in sorted(self.values.items())}

    def _value(self, formula: str, values: dict[str, Exact]) -> Value:
        return plain(evaluate(formula, values))

    def _right(self, values: dict[str, Exact]) -> Value:
        return self._value(self.formula, values)

    def _filled(self, text: str, values: dict[str, Exact], *, with_answer: bool) -> str:
        shown = {name: quantity.show_value(plain(value)) for name, value in values.items()}
        if with_answer:
            shown["answer"] = quantity.show_value(self._right(values), self.unit)
        return _NAME.sub(lambda found: shown.get(found[1], found[0]), text)

    def said(self, text: str, response: Response | None, disguise: Disguise) -> str:
        values = _kept(response["values"]) if response else self.drawn(disguise)
        return self._filled(text, values, with_answer=True)

    def present(self, disguise: Disguise) -> Presentation:
        stem = self._filled(self.stem, self.drawn(disguise), with_answer=False)
        return Presentation(self.id, self.interaction, stem, parts=quantity.parts(self.kind, self.unit))

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        read = quantity.read_response(raw, self.kind, self.unit)
        if read is None:
            return None
        values = {name: quantity.stored(plain(value)) for name, value in self.drawn(disguise).items()}
        return {**read, "values": values}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:  # noqa: ARG002
        return {"number": response["typed"]}

    def score(self, response: Response | None) -> float:
        if response is None:
            return 0.0
        given = quantity.value_of(response["number"], self.kind)
        return 1.0 if is_near(given, self._right(_kept(response["values"])), self.tolerance) else 0.0

    def classify(self, response: Response) -> str:
        if self.score(response):
            return "right"
        slip = self._slip(response)
        return f"mistake-{self.mistakes.index(slip) + 1}" if slip else f"other:{response['number']}"

    def _slip(self, response: Response) -> Slip | None:
        given, values = quantity.value_of(response["number"], self.kind), _kept(response["values"])
        near = (slip for slip in self.mistakes if is_near(given, self._value(slip.formula, values), self.tolerance))
        return next(near, None)

    def summary(self, response: Response) -> str:
        given = ", ".join(f"{name} = {quantity.show_value(plain(v))}" for name, v in _kept(response["values"]).items())
        return f"{quantity.show_value(quantity.value_of(response['number'], self.kind), self.unit)} ({given})"

    def correct_response(self, disguise: Disguise) -> Response:
        values = self.drawn(disguise)
        right = quantity.stored(self._right(values))
        kept = {name: quantity.stored(plain(value)) for name, value in values.items()}
        return {"number": right, "typed": str(right), "values": kept}

    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        values = _kept(response["values"]) if response else self.drawn(disguise)
        right = quantity.show_value(self._right(values), self.unit)
        if response is None:
            return (Explained(ANSWER, "missed", False, "", right),)
        if self.score(response):
            return (Explained(ANSWER, "right", True, ""),)
        slip = self._slip(response)
        said = self._filled(slip.rationale, values, with_answer=True) if slip else ""
        return (Explained(ANSWER, "wrong", True, said, right),)

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "id": "example-parametric",
                "type": "parametric",
                "clauses": ["km.4"],
                "bloom": "apply",
                "evidence": "H",
                "stem": "หน่วยงานมีเจ้าหน้าที่ {n} คน ต้องมีผู้ได้รับการถ่ายทอดความรู้อย่างน้อยกี่คน",
                "values": {"n": {"low": 21, "high": 59, "step": 2}},
                "formula": "ceil(n * 0.8)",
                "unit": "คน",
                "mistakes": [{"formula": "floor(n * 0.8)", "rationale": "ปัดลงแล้วจะยังไม่ถึงร้อยละ 80 ของ {n} คน"}],
                "headline": "นับเป็นคนเต็ม จึงปัดขึ้น",
                "explanation": "{n} × 0.8 แล้วปัดขึ้นเป็น {answer}",
                "hints": ["จำนวนคนเป็นเศษไม่ได้ และร้อยละ 80 เป็นขั้นต่ำ"],
            }
        )


def _exact(written: Any) -> Exact:
    """A number or an ISO day as the calculator takes it. Raises ValueError."""
    if isinstance(written, str):
        try:
            return date.fromisoformat(written)
        except ValueError:
            raise ValueError(f"“{written}” ต้องเป็นตัวเลข หรือวันที่แบบ 2023-08-13") from None
    return Fraction(str(written))


def _kept(values: dict[str, Any]) -> dict[str, Exact]:
    return {name: _exact(value) for name, value in values.items()}
