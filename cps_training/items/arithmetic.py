"""A small safe calculator for parametric items: names, numbers, + - * / // %, and a few functions; days may be added and parted.

Exact: numbers are fractions, so that 80 % of 47 is 37.6 and rounds up to 38 on every machine. No power, no attribute, no
subscript, no call but those of FUNCTIONS. Pure.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Exact = Fraction | date
LONGEST = 200
_LARGEST = 10**15


class FormulaError(ValueError):
    """What is wrong with an expression, in Thai for its author."""


def _whole(function: Callable[[Fraction], int]) -> Callable[..., Exact]:
    return lambda value: Fraction(function(_number(value)))


def _round(value: Exact, digits: Exact = Fraction(0)) -> Exact:
    """Half away from zero, as offices round baht; Python would round half to even."""
    scale = Fraction(10) ** int(_number(digits))
    scaled = _number(value) * scale
    return Fraction(math.floor(abs(scaled) + Fraction(1, 2))) * (1 if scaled >= 0 else -1) / scale


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "ceil": _whole(math.ceil),
    "floor": _whole(math.floor),
    "round": _round,
    "abs": lambda value: abs(_number(value)),
    "min": lambda *values: min(map(_number, values)),
    "max": lambda *values: max(map(_number, values)),
}


def _number(value: Exact) -> Fraction:
    if isinstance(value, date):
        raise FormulaError("ใช้วันที่ในที่ที่ต้องเป็นตัวเลข")
    return value


def _add(left: Exact, right: Exact) -> Exact:
    if isinstance(left, date):
        return left + timedelta(days=_days(right))
    if isinstance(right, date):
        return right + timedelta(days=_days(left))
    return left + right


def _subtract(left: Exact, right: Exact) -> Exact:
    if isinstance(left, date):
        return Fraction((left - right).days) if isinstance(right, date) else left - timedelta(days=_days(right))
    return left - _number(right)


def _days(value: Exact) -> int:
    days = _number(value)
    if days.denominator != 1:
        raise FormulaError("จำนวนวันต้องเป็นจำนวนเต็ม")
    return int(days)


def _on_numbers(operation: Callable[[Any, Any], Any]) -> Callable[[Exact, Exact], Exact]:
    return lambda left, right: Fraction(operation(_number(left), _number(right)))


_OPERATIONS: dict[type[ast.operator], Callable[[Exact, Exact], Exact]] = {
    ast.Add: _add,
    ast.Sub: _subtract,
    ast.Mult: _on_numbers(operator.mul),
    ast.Div: _on_numbers(operator.truediv),
    ast.FloorDiv: _on_numbers(operator.floordiv),
    ast.Mod: _on_numbers(operator.mod),
}


def evaluate(expression: str, values: Mapping[str, Exact]) -> Exact:
    """The exact value of an expression. Raises FormulaError for what is not allowed, unknown names and division by zero."""
    if len(expression) > LONGEST:
        raise FormulaError(f"สูตรยาวเกิน {LONGEST} ตัวอักษร")
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("เขียนสูตรไม่ถูก เช่น ceil(n * 0.8)") from None
    try:
        return _value(tree.body, values)
    except ZeroDivisionError:
        raise FormulaError("สูตรหารด้วยศูนย์") from None
    except (OverflowError, TypeError):
        raise FormulaError("สูตรคำนวณไม่ได้ โปรดตรวจจำนวนและชนิดของค่าที่ใส่") from None


def _value(node: ast.expr, values: Mapping[str, Exact]) -> Exact:
    found: Exact
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        found = Fraction(str(node.value))
    elif isinstance(node, ast.Name):
        if node.id not in values:
            raise FormulaError(f"ไม่มีค่าชื่อ “{node.id}” ใน values (มี: {', '.join(values)})")
        found = values[node.id]
    elif isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        found = _OPERATIONS[type(node.op)](_value(node.left, values), _value(node.right, values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        found = _number(_value(node.operand, values)) * (-1 if isinstance(node.op, ast.USub) else 1)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if node.func.id not in FUNCTIONS:
            raise FormulaError(f"ไม่มีฟังก์ชัน “{node.func.id}” (มี: {', '.join(FUNCTIONS)})")
        found = FUNCTIONS[node.func.id](*(_value(argument, values) for argument in node.args))
    else:
        raise FormulaError("สูตรใช้ได้เฉพาะ + - * / // % วงเล็บ และฟังก์ชัน " + ", ".join(FUNCTIONS))
    if isinstance(found, Fraction) and max(abs(found.numerator), found.denominator) > _LARGEST:
        raise FormulaError("ผลลัพธ์ระหว่างทางมีขนาดใหญ่เกินไป")
    return found


def plain(value: Exact) -> int | float | date:
    """The value as items keep it: an int where it is whole."""
    if isinstance(value, date):
        return value
    return int(value) if value.denominator == 1 else float(value)
