"""One person under two accounts: pairs worth a look, found without comparing everybody with everybody. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from cps_training.enrolment.names import folded, is_near_key, name_key, sound_key

MOST_PAIRS = 500
_MOST_OF_ONE_FORM = 40  # keeps a store full of made-up names from taking minutes


class Named(Protocol):
    """What is compared: an account, or a person of a file."""

    @property
    def person_id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Duplicate:
    """Two who may be one. why: "same-name" (but for title and spaces), "near-name" (spelling), "near-code" (A-01, A01)."""

    a: Named
    b: Named
    why: str


def duplicates(people: Iterable[Named]) -> tuple[Duplicate, ...]:
    """Pairs of people under two codes who may be one person, by the code of the first; at most MOST_PAIRS.

    Of many with the very same name each is paired with the next only. Names one letter apart (sound_key) are found by
    their forms with one letter left out, which two such names share: the work grows with the people, not with the pairs.
    """
    ordered = sorted(people, key=lambda one: (folded(one.code), one.person_id))
    found: dict[tuple[str, str], Duplicate] = {}

    def pair(a: Named, b: Named, why: str) -> None:
        if (a.person_id, b.person_id) not in found and (b.person_id, a.person_id) not in found:
            found[a.person_id, b.person_id] = Duplicate(a, b, why)

    _chain(ordered, lambda one: name_key(one.name), "same-name", pair)
    _chain(ordered, lambda one: re.sub(r"[\W_]", "", folded(one.code)), "near-code", pair)

    by_sound: dict[str, list[Named]] = defaultdict(list)
    for one in ordered:
        if key := sound_key(one.name):
            by_sound[key].append(one)
    for alike in by_sound.values():
        for a, b in pairwise(alike):
            pair(a, b, "near-name")
    by_form: dict[str, list[str]] = defaultdict(list)
    for key in by_sound:
        for form in {key, *(key[:i] + key[i + 1 :] for i in range(len(key)))}:
            by_form[form].append(key)
    for keys in by_form.values():
        for i, one_key in enumerate(keys[:_MOST_OF_ONE_FORM]):
            for other_key in keys[i + 1 : _MOST_OF_ONE_FORM]:
                if is_near_key(one_key, other_key):
                    pair(by_sound[one_key][0], by_sound[other_key][0], "near-name")
    near = sorted(found.values(), key=lambda it: (folded(it.a.code), folded(it.b.code)))
    return tuple(near[:MOST_PAIRS])


def _chain(
    ordered: list[Named], key_of: Callable[[Named], str], why: str, pair: Callable[[Named, Named, str], None]
) -> None:
    """Pair everybody with the one before who has the same key."""
    last: dict[str, Named] = {}
    for one in ordered:
        key = key_of(one)
        if key and key in last:
            pair(last[key], one, why)
        last[key] = one
