"""The page of the rules of plans, from the rules themselves: docs/reference/plan-rules.md.

uv run --group dev python docs/tools/plan_rules.py            write the page
uv run --group dev python docs/tools/plan_rules.py --check    fail when it differs from the rules
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from cps_training.content.library import load_library
from cps_training.planning.checking import POINTS
from cps_training.planning.model import Plan
from cps_training.planning.reading import context_of
from cps_training.planning.rules.base import PlanContext, PlanRule, Severity
from cps_training.planning.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/reference/plan-rules.md"
SIGNS = {Severity.ERROR: "ต้องแก้ (error)", Severity.WARNING: "ควรแก้ (warning)", Severity.HINT: "คำแนะนำ (hint)"}
NO_DAY = date(2026, 11, 23)
"""Of the bare plan; no rule's words depend on it."""
_PLACE = re.compile(r"%\((\w+)\)s")

HEAD = """\
<!-- Made by docs/tools/plan_rules.py from cps_training/planning/rules; do not edit. -->
# The rules of plans

{n} rules hold a plan against the handbook: `cps-training plan check`, and the desk after every change on the plan's page. Each is one class in
`cps_training/planning/rules/` ([how to add one](../how-to/add-a-plan-rule.md)); what the fields of a plan are is told in [plans.md](plans.md).

**Severity.** An *error* (ต้องแก้) stops a visit at its gate. A *warning* (ควรแก้) is submitted with a reason. A *hint* (คำแนะนำ) may be left.
The number is the kit's own, 100 − {error} an error − {warning} a warning − {hint} a hint, never below 0 and never shown without the list.

**Three values.** A rule passes, finds fields to change, or is *skipped* and says why: it had nothing to look at. Under "skipped" stands what it says
of a plan that has one organisation and nothing else.

**Rule of the kit** (⚑): it follows the order or sense of clauses rather than their words.

**Office settings** (⚙): `data/parameters.yaml`; an office puts [its own](../how-to/own-content.md) in their place.

| setting | value | used by |
|---|---|---|
{settings}

| rule | | clause | asks |
|---|---|---|---|
{overview}
"""
SETTINGS = (
    ("travel-minutes", "R20"),
    ("approval-working-days", "the approver's list: what waits longer is marked"),
    ("reply-working-days", "R33"),
    ("report-working-days", "R34"),
    ("credit-first-reminder-days", "R39"),
    ("credit-last-reminder-days", "R39"),
    ("first-meeting-days", "R40"),
    ("minutes-months", "R41"),
)
SHORT = {Severity.ERROR: "E", Severity.WARNING: "W", Severity.HINT: "I"}


def page() -> str:
    library = load_library(ROOT)
    context = context_of(library, ROOT, NO_DAY)
    values = [(library.parameters[name], used) for name, used in SETTINGS]
    settings = "\n".join(
        f"| `{one.id}` {one.title.th} · {one.title.text('en')} | {one.text()} · {one.text('en')} | {used} |"
        for one, used in values
    )
    overview = "\n".join(
        f"| [{rule.id}](#{rule.id.lower()}) | {SHORT[rule.severity]}{' ⚑' if rule.is_kit_rule else ''} "
        f"| {rule.clauses[0]} | {rule.title} · {rule.title_en} |"
        for rule in RULES
    )
    points = {str(severity): POINTS[severity] for severity in Severity}
    return "\n".join([HEAD.format(n=len(RULES), settings=settings, overview=overview, **points), *sections(context)])


def sections(context: PlanContext) -> list[str]:
    bare = Plan.model_validate(
        {"plan": "bare", "written_on": NO_DAY, "orgs": [{"id": "a", "name": "สหกรณ์ ก", "kind": "agricultural"}]}
    )
    return [section(rule, rule.nothing_to_see(bare, context)) for rule in RULES]


def section(rule: PlanRule, skipped: str | None) -> str:
    clauses = ", ".join(rule.clauses)
    lines = [
        f"## {rule.id}",
        "",
        f"**{rule.title}** · {rule.title_en}",
        "",
        f"- {SIGNS[rule.severity]} · {clauses}{' · ⚑ rule of the kit' if rule.is_kit_rule else ''}",
        f"- แก้อย่างไร: {told(rule.feedback)}",
        f"- Mend: {told(rule.feedback_en)}",
        f"- เพราะ: {rule.why}",
        f"- Why: {rule.why_en}",
    ]
    if skipped is not None:
        lines.append(f"- Skipped: {skipped}")
    return "\n".join([*lines, ""])


def told(feedback: str) -> str:
    """The feedback with its places shown as ‹name›."""
    return _PLACE.sub(lambda place: f"‹{place[1].removesuffix('_en')}›", feedback).replace("%%", "%")


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.relative_to(ROOT)} differs from the rules: run this script without --check")
    return 1


if __name__ == "__main__":
    sys.exit(main())
