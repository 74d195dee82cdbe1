"""Questions about a new item, derived from the model of its type; the answers as the plain data an author would have written. Pure.

Knows no terminal: whoever asks is a `Talk`. Answers may be given beforehand by path, counted from 1 (`choices.2.text`); what is given
is not asked for. A wrong answer is told and asked for again; a wrong one given beforehand stays, and the check names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter, ValidationError

from cps_training.authoring.cells import decode, split
from cps_training.authoring.fields import Part, parts_of
from cps_training.authoring.item_tables import NAME, NAMES
from cps_training.authoring.words import CHOICE_WORDS, ITEM_WORDS, RARELY, words_for
from cps_training.content.messages import explain
from cps_training.errors import KitError

LETTERS = "abcdefghijklmnopqrstuvwxyz"
Path = tuple[str, ...]


class Talk(Protocol):
    """Somebody who can be asked."""

    def ask(self, question: str, default: str) -> str:
        """The answer; `default` for an empty one. Raises KeyboardInterrupt when the person leaves."""

    def tell(self, text: str) -> None: ...


class Interview:
    """One new item. talk: None where nobody can be asked: then what is not given is left out."""

    def __init__(self, talk: Talk | None, given: Mapping[str, str], *, asks_all: bool = False) -> None:
        self._talk = talk
        self._given = dict(given)
        self._asks_all = asks_all
        self._used: set[str] = set()

    def item(self, kind: type[BaseModel], known: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of an item of that type. known: those that are settled (id, type, clauses).

        Raises KitError unknown-field for a given path that no field of the type has.
        """
        data = dict(known)
        for part in parts_of(kind):
            if part.name not in data:
                self._part(part, kind, (), data)
        if unused := [path for path in self._given if path not in self._used and path not in data]:
            known_fields = ", ".join(part.name for part in parts_of(kind))
            text = f"ข้อชนิดนี้ไม่มีช่อง {', '.join(unused)} ช่องที่มีคือ {known_fields} (รายการนับจาก 1 เช่น choices.1.text)"
            raise KitError("unknown-field", text, place=unused[0])
        return data

    # One field ----------------------------------------------------------------------------------------------------

    def _part(self, part: Part, model: type[BaseModel], at: Path, data: dict[str, Any]) -> None:
        path = (*at, part.name)
        if not self._is_wanted(part, path):
            if suggested := _suggested(part, path):
                data[part.name] = suggested
            return
        words = words_for(model.__name__, part.name)
        if part.model is not None:
            value = self._groups(part, path, words)
        elif part.is_joined:
            value = self._joined(part, path, words)
        elif part.shape == "list":
            value = self._values(part, path, words)
        else:
            value = self._value(part, path, words, _suggested(part, path))
        if value not in (None, [], {}):
            data[part.name] = value

    def _is_wanted(self, part: Part, path: Path) -> bool:
        """Whether to ask: fields with a usual value only when they are given or everything is asked for."""
        if self._has(path):
            return True
        is_usual = not part.is_required and (part.name in RARELY or part.default not in (None, (), "", False))
        return self._talk is not None and (self._asks_all or not is_usual)

    def _has(self, path: Path) -> bool:
        dotted = ".".join(path)
        return any(given == dotted or given.startswith(dotted + ".") for given in self._given)

    def _answer(self, path: Path, question: str, default: str) -> str:
        dotted = ".".join(path)
        if dotted in self._given:
            self._used.add(dotted)
            return self._given[dotted]
        return self._talk.ask(question, default).strip() if self._talk else default

    def _value(self, part: Part, path: Path, words: str, default: str = "") -> Any:
        options = _options(part)
        if self._talk and options and ".".join(path) not in self._given:
            self._talk.tell(f"{words}: " + "  ".join(f"{n}) {_named(one)}" for n, one in enumerate(options, 1)))
        while True:
            answer = self._answer(path, words, default)
            if not answer:
                if not part.is_required or self._talk is None:
                    return None
                self._talk.tell("ช่องนี้ต้องมีคำตอบ")
                continue
            value = _chosen(answer, part, options)
            problem = _problem(value, part)
            if problem is None or self._talk is None or ".".join(path) in self._given:
                return value
            self._talk.tell(problem)

    def _joined(self, part: Part, path: Path, words: str) -> list[str]:
        while True:
            answer = split(self._answer(path, f"{words} (คั่นด้วยจุลภาค)", ""))
            problems = [_problem(one, part) for one in answer]
            problem = next((one for one in problems if one), None)
            if (
                self._talk is None
                or ".".join(path) in self._given
                or (problem is None and (answer or not part.is_required))
            ):
                return answer
            self._talk.tell(problem or "ช่องนี้ต้องมีคำตอบ")

    def _values(self, part: Part, path: Path, words: str) -> list[Any]:
        values: list[Any] = []
        while part.most is None or len(values) < part.most:
            number = str(len(values) + 1)
            is_given = self._has((*path, number))
            if not is_given and self._talk is None:
                break
            note = "" if len(values) < max(part.least, part.is_required) else " (เว้นว่าง = พอแล้ว)"
            answer = self._answer((*path, number), f"{words} ที่ {number}{note}", "")
            if not answer:
                if note or self._talk is None:
                    break
                self._talk.tell("ต้องมีอย่างน้อยหนึ่งรายการ")
                continue
            values.append(decode(answer, part))
        return values

    # Groups -------------------------------------------------------------------------------------------------------

    def _groups(self, part: Part, path: Path, words: str) -> Any:
        assert part.model is not None
        if part.shape == "one":
            if self._has(path) or self._agrees(f"ใส่{words}หรือไม่"):
                return self._group(part.model, path)
            return None
        if part.shape == "named":
            return self._named_groups(part, path, words)
        entries: list[dict[str, Any]] = []
        while part.most is None or len(entries) < part.most:
            here = (*path, str(len(entries) + 1))
            if not self._has(here) and not self._goes_on(part, len(entries), words):
                break
            if self._talk:
                self._talk.tell(f"— {words} ที่ {len(entries) + 1}")
            entries.append(self._group(part.model, here))
        return entries

    def _goes_on(self, part: Part, n: int, words: str) -> bool:
        if self._talk is None:
            return False
        if n < max(part.least, 1) and (n or part.is_required):
            return True
        return self._agrees(f"เพิ่ม{words}อีกหรือไม่" if n else f"ใส่{words}หรือไม่")

    def _agrees(self, question: str) -> bool:
        if self._talk is None:
            return False
        return self._talk.ask(f"{question} (ใช่/ไม่)", "ไม่").strip().casefold() in ("ใช่", "y", "yes", "1", "ช")

    def _group(self, model: type[BaseModel], at: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for part in parts_of(model):
            if _is_left_out(part, data):
                continue
            self._part(part, model, at, data)
        return data

    def _named_groups(self, part: Part, path: Path, words: str) -> dict[str, Any]:
        assert part.model is not None
        groups: dict[str, Any] = {}
        given = list(dict.fromkeys(dotted.split(".")[len(path)] for dotted in self._given if self._under(dotted, path)))
        for name in given:
            groups[name] = self._group(part.model, (*path, name))
        while self._talk is not None and not given and (part.most is None or len(groups) < part.most):
            note = " (เว้นว่าง = พอแล้ว)" if groups else ""
            name = self._talk.ask(f"{words}: {ITEM_WORDS[NAME]}{note}", "").strip()
            if not name and groups:
                break
            if name:
                groups[str(decode(name, NAMES))] = self._group(part.model, (*path, name))
        return groups

    @staticmethod
    def _under(dotted: str, path: Path) -> bool:
        return dotted.startswith(".".join(path) + ".")


def _options(part: Part) -> tuple[str, ...]:
    return part.words if part.kind == "word" else ("ใช่", "ไม่ใช่") if part.kind == "truth" else ()


def _named(word: str) -> str:
    return f"{word} ({CHOICE_WORDS[word]})" if word in CHOICE_WORDS else word


def _chosen(answer: str, part: Part, options: tuple[str, ...]) -> Any:
    """A number means the option of that number; everything else is read as a cell is."""
    if options and answer.isdecimal() and 1 <= int(answer) <= len(options):
        answer = options[int(answer) - 1]
    return decode(answer, part)


def _suggested(part: Part, path: Path) -> str:
    """Entries of lists are called a, b, c … unless the author calls them otherwise."""
    if part.name == "id" and len(path) > 1 and path[-2].isdecimal() and int(path[-2]) <= len(LETTERS):
        return LETTERS[int(path[-2]) - 1]
    return ""


def _is_left_out(part: Part, data: Mapping[str, Any]) -> bool:
    """Of a gap, what goes with the other way to fill it."""
    if part.name in ("accepted", "misspelling", "mistakes"):
        return "options" in data
    return part.name == "key" and "options" not in data and "id" in data


def _problem(value: Any, part: Part) -> str | None:
    """What is wrong with one value, in the author's words; None for a sound one."""
    try:
        _adapter(part).validate_python(value)
    except ValidationError as error:
        mistake = error.errors(include_url=False)[0]
        return explain(mistake, (), BaseModel, value).message
    return None


def _adapter(part: Part) -> TypeAdapter[Any]:
    return TypeAdapter(part.annotation)
