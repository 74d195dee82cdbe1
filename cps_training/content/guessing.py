"""What somebody earns who knows test-wise tricks and reads nothing: strategies played against a bank, beside chance.

Pure. Played over everything that is chosen: choices, reasons, verdicts, drop-downs, rows to targets, lines to mark. A
strategy that has nothing to go by in an item earns chance there. Positions are those of the file, and are played only where
one is chosen. Where several may be marked, a strategy marks half of the options and is held against marking as many at random.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil
from random import Random
from statistics import fmean

from cps_training.content.lint.base import options_of
from cps_training.content.lint.measures import grams, width
from cps_training.content.lint.wording import ABSOLUTE
from cps_training.items.base import ItemBase, Response
from cps_training.items.cloze import Cloze
from cps_training.items.evidence_marking import EvidenceMarking
from cps_training.items.multiple_choice import MultipleChoice
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.pairing import PairingItem
from cps_training.items.true_false import VERDICTS, TrueFalse
from cps_training.thai_text import arabic_digits

LIMIT = 0.08
"""A strategy may earn so much more than chance on a shipped bank, no more (docs/adr/0014)."""
SEED, RESAMPLES, TAIL = 2566, 2000, 0.025
_SPECIFIC = re.compile(r"\d[\d,.]*|[A-Za-z]{2,}|“[^”]+”|(?:[ก-ฮ]\.){1,}|จำกัด|พ\.ศ\.|มาตรา|ข้อที่")


@dataclass(frozen=True)
class Decision:
    """One choice. prompt: what is asked; worth: the score, 0…1, of taking these options; many: several may be taken."""

    prompt: str
    texts: tuple[str, ...]
    worth: Callable[[frozenset[int]], float]
    many: bool = False
    is_verdict: bool = False


Prefer = Callable[[Decision], Sequence[float] | None]
"""How much a strategy likes each option; None where it says nothing about such a decision."""


@dataclass(frozen=True)
class Outcome:
    """One strategy on one bank. n: items it can be played on; n_told: those in which it preferred something; score and chance:
    mean score, 0…1; low and high: 95 % interval of gain, percentile bootstrap over items with a fixed seed."""

    bank: str
    strategy: str
    n: int
    n_told: int
    score: float
    chance: float
    low: float
    high: float

    @property
    def gain(self) -> float:
        return self.score - self.chance

    @property
    def is_over(self) -> bool:
        return self.gain > LIMIT


def decisions_of(item: ItemBase) -> Iterator[Decision]:
    """Everything that is chosen in an item, as its author wrote it down."""
    if isinstance(item, TrueFalse):
        verdicts = tuple(VERDICTS)
        yield Decision(item.stem, tuple(VERDICTS.values()), _hits(verdicts.index(item.right_verdict)), is_verdict=True)
    if isinstance(item, MultipleChoice):
        yield Decision(item.stem, _texts(item.lines), _scored(item, item.line_ids, lambda ids: {"choice": ids[0]}))
    elif isinstance(item, MultipleResponse | EvidenceMarking):
        yield Decision(item.stem, _texts(item.lines), _scored(item, item.line_ids, lambda ids: {"choices": ids}), True)
    elif isinstance(item, PairingItem):
        targets = [target.id for target in item.targets]
        for row in item.rows:
            yield Decision(row.text, _texts(item.targets), _hits(targets.index(item.right[row.id])))
    elif isinstance(item, TrueFalse | Cloze):
        for options in options_of(item):
            prompt = item.passage if isinstance(item, Cloze) else item.stem
            yield Decision(prompt, options.texts, _hits(next(iter(options.right))))


def _texts(lines: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(getattr(line, "text")) for line in lines)  # noqa: B009  # lines and targets share no class


def _hits(right: int) -> Callable[[frozenset[int]], float]:
    return lambda taken: float(right in taken)


def _scored(
    item: ItemBase, ids: tuple[str, ...], response: Callable[[list[str]], Response]
) -> Callable[[frozenset[int]], float]:
    return lambda taken: item.score(response([ids[number] for number in sorted(taken)])) or 0.0


def _longest(decision: Decision) -> Sequence[float]:
    return [width(text) for text in decision.texts]


def _specific(decision: Decision) -> Sequence[float]:
    return [len(_SPECIFIC.findall(arabic_digits(text))) for text in decision.texts]


def _no_absolutes(decision: Decision) -> Sequence[float]:
    return [-len(ABSOLUTE.findall(text)) for text in decision.texts]


def _overlap(decision: Decision) -> Sequence[float]:
    asked = grams(decision.prompt)
    return [len(grams(text) & asked) / (len(grams(text)) or 1) for text in decision.texts]


def _reading(prefer: Prefer) -> Prefer:
    return lambda decision: None if decision.is_verdict else prefer(decision)


def _position(wanted: int) -> Prefer:
    def prefer(decision: Decision) -> Sequence[float] | None:
        if decision.is_verdict or decision.many:
            return None
        return [float(number == wanted) for number in range(len(decision.texts))]

    return prefer


def _verdict(wanted: int) -> Prefer:
    return lambda decision: [float(number == wanted) for number in range(2)] if decision.is_verdict else None


STRATEGIES: dict[str, Prefer] = {
    "longest": _reading(_longest),
    "most-specific": _reading(_specific),
    "no-absolute-words": _reading(_no_absolutes),
    "overlap-with-stem": _reading(_overlap),
    **{f"position-{number + 1}": _position(number) for number in range(6)},
    "always-true": _verdict(0),
    "always-false": _verdict(1),
}


def _earned(decision: Decision, liked: Sequence[float]) -> tuple[float, float]:
    """(score of the strategy, score of chance) of one decision; equal preferences are settled by chance."""
    everything = range(len(decision.texts))
    take = ceil(len(decision.texts) / 2) if decision.many else 1
    chance = _mean(decision, (), everything, take)
    least = sorted(liked, reverse=True)[take - 1]
    sure = [number for number in everything if liked[number] > least]
    tied = [number for number in everything if liked[number] == least]
    return _mean(decision, sure, tied, take - len(sure)), chance


def _mean(decision: Decision, sure: Sequence[int], others: Sequence[int], n: int) -> float:
    """The mean worth of taking the sure ones and any n of the others."""
    return fmean(decision.worth(frozenset((*sure, *some))) for some in combinations(others, n))


def play(bank: str, items: Sequence[ItemBase]) -> list[Outcome]:
    """What each strategy earns on these items; strategies that prefer nothing anywhere are left out. No items, no outcomes."""
    asked = [list(decisions_of(item)) for item in items]
    outcomes = []
    for name, prefer in STRATEGIES.items():
        played = [[(one, liked) for one in decisions if (liked := prefer(one)) is not None] for decisions in asked]
        earned = [[_earned(one, liked) for one, liked in choices] for choices in played if choices]
        n_told = sum(any(len(set(liked)) > 1 for _, liked in choices) for choices in played)
        if n_told:
            scores = [fmean(score for score, _ in each) for each in earned]
            chances = [fmean(chance for _, chance in each) for each in earned]
            low, high = _interval([score - chance for score, chance in zip(scores, chances, strict=True)])
            outcomes.append(Outcome(bank, name, len(earned), n_told, fmean(scores), fmean(chances), low, high))
    return outcomes


def _interval(gains: Sequence[float]) -> tuple[float, float]:
    """95 % of the means of items drawn again with replacement lie between these."""
    chance = Random(SEED)
    means = sorted(fmean(chance.choices(gains, k=len(gains))) for _ in range(RESAMPLES))
    return means[int(RESAMPLES * TAIL)], means[int(RESAMPLES * (1 - TAIL)) - 1]
