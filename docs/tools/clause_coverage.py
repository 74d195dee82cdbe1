"""Which clause is taught where and asked by what: docs/reference/coverage.md, from the shipped content itself.

uv run --group dev python docs/tools/clause_coverage.py            write the page
uv run --group dev python docs/tools/clause_coverage.py --check    fail when it differs, or when a clause is not covered
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from cps_training.content.library import Library, load_library
from cps_training.items.base import ItemBase
from cps_training.planning.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "coverage.md"

LEAST_ITEMS = 4
"""Items a teachable clause must have."""
BELOW = ("remember",)
"""Bloom levels that do not count as above remembering."""

INTRO = f"""# Coverage

Which lesson teaches a clause, and which items ask about it; written by `docs/tools/clause_coverage.py` from the content itself, and checked by
a test: every teachable clause has a lesson and at least {LEAST_ITEMS} items. An item counts for every clause it names. *Checkpoints* stand in lessons;
*practice* in forms that tell the answer at once; *held back* are the others, from which tests and exams are drawn.
Bloom is shortened: R remember, U understand, A apply, N analyse, E evaluate, C create. *Cases* whose planted problems are
about the clause are in capitals; those in which it is accepted beside another stand in small letters. *Rules* are those of plans
that name the clause ([what each asks](plan-rules.md)); the first it names is the one it cites.
"""
LETTERS = {"remember": "R", "understand": "U", "apply": "A", "analyze": "N", "evaluate": "E", "create": "C"}


def rows(library: Library) -> list[dict[str, object]]:
    """One row a teachable clause: {"clause", "title", "lessons", "items", "checkpoints", "practice", "held_back", "bloom", "cases", "rules"}."""
    checkpoints = {item_id for lesson in library.lessons.values() for item_id in lesson.checkpoints}
    told = set(library.review_pool) - checkpoints
    found: list[dict[str, object]] = []
    for clause_id in library.handbook.teachable_ids:
        clause = library.handbook.get(clause_id)
        assert clause is not None  # its id comes from there
        own = [item for item in library.items.values() if clause_id in item.clauses]
        found.append(
            {
                "clause": clause_id,
                "title": clause.title.th,
                "lessons": [lesson.number for lesson in library.lessons.values() if clause_id in lesson.clauses],
                "items": len(own),
                "checkpoints": sum(item.id in checkpoints for item in own),
                "practice": sum(item.id in told for item in own),
                "held_back": sum(item.id not in checkpoints | told for item in own),
                "bloom": _bloom(own),
                "cases": _cases(library, clause_id),
                "rules": " ".join(sorted(rule.id for rule in RULES if clause_id in rule.clauses)),
            }
        )
    return found


def _cases(library: Library, clause_id: str) -> str:
    """Letters of the cases about a clause, of those where it is accepted too in small ones."""
    letters = []
    for case in library.cases.values():
        letter = case.said.letter or case.id
        if clause_id in case.clauses:
            letters.append(letter)
        elif any(clause_id in problem.accepted_clauses for problem in case.said.problems):
            letters.append(letter.lower())
    return " ".join(letters)


def gaps(library: Library) -> list[str]:
    """What is missing, a line each; nothing when every clause is covered."""
    said = []
    for row in rows(library):
        if not row["lessons"]:
            said.append(f"{row['clause']}: no lesson teaches it")
        if int(str(row["items"])) < LEAST_ITEMS:
            said.append(f"{row['clause']}: {row['items']} items, expected at least {LEAST_ITEMS}")
    return said


def page(library: Library) -> str:
    """The whole reference page."""
    items = list(library.items.values())
    types = Counter(item.type for item in items)
    above = sum(item.bloom not in BELOW for item in items)
    lines = [
        INTRO,
        f"{len(items)} items over {len(library.handbook.teachable_ids)} clauses; {above} of them ({100 * above / len(items):.0f} %) above *remember*.",
        "",
        "| type | items |",
        "|---|---:|",
        *(f"| [{name}](item-types/{name}.md) | {n} |" for name, n in sorted(types.items(), key=lambda pair: -pair[1])),
        "",
        "| clause | | lesson | items | checkpoints | practice | held back | Bloom | cases | rules |",
        "|---|---|---|---:|---:|---:|---:|---|---|---|",
    ]
    for row in rows(library):
        lessons = ", ".join(f"{number:02d}" for number in row["lessons"])  # type: ignore[attr-defined]
        counts = " | ".join(str(row[name]) for name in ("items", "checkpoints", "practice", "held_back"))
        last = " | ".join(str(row[name]) for name in ("bloom", "cases", "rules"))
        lines.append(f"| {row['clause']} | {row['title']} | {lessons} | {counts} | {last} |")
    return "\n".join([*lines, ""])


def _bloom(items: list[ItemBase]) -> str:
    levels = Counter(item.bloom for item in items)
    return " ".join(f"{letter}{levels[name]}" for name, letter in LETTERS.items() if levels[name])


def main(arguments: list[str]) -> int:
    library = load_library(ROOT)
    made, missing = page(library), gaps(library)
    for gap in missing:
        print(gap)
    if "--check" in arguments:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != made:
            print(f"{PAGE.relative_to(ROOT)} differs from the content; run docs/tools/clause_coverage.py")
            return 1
        return 1 if missing else 0
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
