"""All that must hold within a case, rule by rule: every mistake with its place. Pure; knows no file system.

The rules stand, each with its number and words, in account_rules (I1–I13, I17), table_rules (I14–I16, I18–I23) and planting (I24–I28,
P1, P2). A table that a case has not breaks no rule. I27 holds over several cases at once: `planting.uncovered`.
"""

from __future__ import annotations

from cps_training.content.cases import account_rules, planting, table_rules
from cps_training.content.cases.case import CaseSource
from cps_training.content.cases.mistakes import LimitedRule, Limits, Mistake, Rule
from cps_training.content.cases.tables import REQUIRED

RULES: tuple[Rule, ...] = (*account_rules.RULES, *table_rules.RULES, *planting.RULES)
LIMITED: tuple[LimitedRule, ...] = (*account_rules.LIMITED, *table_rules.LIMITED)


def mistakes(source: CaseSource, limits: Limits = Limits()) -> list[Mistake]:  # noqa: B008 - frozen
    """Every mistake of a case, in the order of the rules; [] for a sound one. Raises nothing for tables that could be read.

    A case whose yearly tables do not speak of the same years has only that mistake: all else would follow from it.
    """
    years = {name: sorted(row["year"] for row in source.tables.get(name, ())) for name in REQUIRED}
    for name, found in years.items():
        if not found or found != years["balance"] or len(set(found)) < len(found):
            told = f"ตาราง {', '.join(REQUIRED)} ต้องมีปีเดียวกัน ปีละแถว พบ {found} ให้แก้ให้ตรงกัน (I0)"
            return [Mistake(name, (), told)]
    found = [mistake for rule in RULES for mistake in rule(source)]
    return found + [mistake for rule in LIMITED for mistake in rule(source, limits)]
