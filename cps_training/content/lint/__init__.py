"""The linter of items: rules of item writing that a program can decide. `RULES` is the registry, in the order of their codes.

One small module a family of rules. Pure: items in, findings out. Thresholds and why: docs/adr/0014; there are no waivers.
"""

from __future__ import annotations

from cps_training.content.lint import grammar, lengths, likeness, options, positions, reading, reasons, wording
from cps_training.content.lint.base import Flaw, Rule, Threshold

RULES: tuple[Rule, ...] = (
    *lengths.RULES,
    *wording.RULES,
    *options.RULES,
    *grammar.RULES,
    *positions.RULES,
    *reasons.RULES,
    *reading.RULES,
    *likeness.RULES,
)

__all__ = ["RULES", "Flaw", "Rule", "Threshold"]
