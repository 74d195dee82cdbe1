"""Flaws of items as findings in files. Knows the entries of content, no particular rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cps_training.content.lint import RULES
from cps_training.content.lint.base import Rule
from cps_training.content.loading import with_where
from cps_training.content.tables import Entry
from cps_training.errors import Finding
from cps_training.items.base import ItemBase


def lint(items: Iterable[Entry[ItemBase]], rules: Sequence[Rule] = RULES) -> list[Finding]:
    """What the rules find in these items, each message beginning with its code in brackets; unsorted.

    Entries of one file are one bank. An item that an office replaces is not among them: it is asked no more.
    """
    entries = list(items)
    banks: dict[int, list[Entry[ItemBase]]] = {}
    for entry in entries:
        banks.setdefault(id(entry.read), []).append(entry)
    found: list[Finding] = []
    for rule in rules:
        for group in [entries] if rule.scope == "all" else banks.values():
            found += _of(rule, group)
    return found


def _of(rule: Rule, group: Sequence[Entry[ItemBase]]) -> Iterable[Finding]:
    for flaw in rule.find([entry.value for entry in group]):
        entry = group[0 if flaw.item is None else flaw.item]
        at = flaw.at if flaw.item is None else (*entry.at, *flaw.at)
        read = entry.read
        place = read.source.key_place(at) if flaw.item is None else read.source.value_place(at)
        yield Finding(read.shown_as, *place, f"[{rule.code}] {with_where(at, flaw.message)}")
