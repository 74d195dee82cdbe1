"""What a rule of the linter is and what it looks at: items, the places where something is chosen in them, all their texts.

Pure. Knows items, no file: a flaw says which item and where in it; `findings` turns that into a line of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cps_training.content.yaml_source import Location
from cps_training.items.base import Choice, ItemBase
from cps_training.items.categorise import Categorise
from cps_training.items.cloze import Cloze
from cps_training.items.matching import Matching
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.true_false import TrueFalse

Scope = Literal["item", "bank", "all"]
Asks = Literal["one", "some", "targets"]


@dataclass(frozen=True)
class Flaw:
    """One finding of a rule. item: its number among the items looked at, None for the bank as a whole; at: where in it."""

    item: int | None
    at: Location
    message: str


@dataclass(frozen=True)
class Threshold:
    """A number a rule judges by. Changed only with docs/adr/0014."""

    name: str
    value: float
    reason: str


@dataclass(frozen=True)
class Rule:
    """One flaw of items. code: stable; title and reason: for authors, Thai; guideline: its number in Haladyna, Downing &
    Rodriguez (2002), table 1; scope: whether `find` is given one bank's items or those of all banks."""

    code: str
    title: str
    reason: str
    guideline: str
    find: Callable[[Sequence[ItemBase]], Iterable[Flaw]]
    thresholds: tuple[Threshold, ...] = ()
    scope: Scope = "item"


@dataclass(frozen=True)
class Options:
    """One place of an item where something is chosen. at: the list; right: numbers of the right ones, none for targets.

    asks: one right, some right, or targets that several rows share. words: whether these are entries of a drop-down.
    """

    stem: str
    at: Location
    texts: tuple[str, ...]
    right: frozenset[int]
    asks: Asks
    words: bool = False

    def text_at(self, number: int) -> Location:
        return (*self.at, number, "text")

    @property
    def wrong(self) -> tuple[int, ...]:
        return tuple(number for number in range(len(self.texts)) if number not in self.right)

    @property
    def key(self) -> int | None:
        """The number of the only right one, where there is exactly one."""
        return next(iter(self.right)) if len(self.right) == 1 and self.asks == "one" else None


def options_of(item: ItemBase) -> Iterator[Options]:
    """Every place of an item where something is chosen. A deferral is no option: it is the same everywhere."""
    if isinstance(item, MultipleChoice):
        yield _choices(item, "choices", item.choices, {item.key}, "one")
    elif isinstance(item, MultipleResponse):
        yield _choices(item, "choices", item.choices, set(item.key), "some")
    elif isinstance(item, TrueFalse):
        yield _choices(item, "reasons", item.reasons, {item.key}, "one")
    elif isinstance(item, Matching | Categorise):
        name = "answers" if isinstance(item, Matching) else "bins"
        yield Options(item.stem, (name,), tuple(target.text for target in item.targets), frozenset(), "targets", True)
    elif isinstance(item, Cloze):
        for number, gap in enumerate(item.gaps):
            if gap.options:
                texts = tuple(option.text for option in gap.options)
                right = frozenset(i for i, option in enumerate(gap.options) if option.id == gap.key)
                yield Options(item.stem, ("gaps", number, "options"), texts, right, "one", True)


def _choices(item: ItemBase, name: str, choices: tuple[Choice, ...], keys: set[str], asks: Asks) -> Options:
    right = frozenset(number for number, choice in enumerate(choices) if choice.id in keys)
    return Options(item.stem, (name,), tuple(choice.text for choice in choices), right, asks)


def choices_of(item: ItemBase) -> tuple[Location, tuple[Choice, ...], frozenset[str]]:
    """(where, choices, right ids) of an item whose choices carry misconceptions; no choices for the other types."""
    if isinstance(item, MultipleChoice):
        return ("choices",), item.choices, frozenset({item.key})
    if isinstance(item, MultipleResponse):
        return ("choices",), item.choices, frozenset(item.key)
    if isinstance(item, TrueFalse):
        return ("reasons",), item.reasons, frozenset({item.key})
    return (), (), frozenset()


def texts_of(item: ItemBase) -> Iterator[tuple[Location, str]]:
    """Every text an author wrote, with its place. Ids and formulas are texts too; no rule minds them."""
    yield from _texts(item.model_dump(exclude_defaults=True), ())


def _texts(value: object, at: Location) -> Iterator[tuple[Location, str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*at, name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*at, number))


def each(look: Callable[[ItemBase], Iterable[tuple[Location, str]]]) -> Callable[[Sequence[ItemBase]], Iterable[Flaw]]:
    """A rule on one item at a time, as `find` takes it."""

    def find(items: Sequence[ItemBase]) -> Iterator[Flaw]:
        for number, item in enumerate(items):
            for at, message in look(item):
                yield Flaw(number, at, message)

    return find
