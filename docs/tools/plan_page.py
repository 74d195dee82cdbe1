"""The page of the parts of a plan: docs/reference/plans.md, from the model, its words and the worked example beside it.

uv run --group dev python docs/tools/plan_page.py            write the page
uv run --group dev python docs/tools/plan_page.py --check    fail when it differs
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from plan_schema import schema

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference"
PAGE = REFERENCE / "plans.md"
EXAMPLE = REFERENCE / "plan.example.yaml"

HEAD = """\
<!-- Made by docs/tools/plan_page.py from cps_training/planning/model.py and plan.example.yaml; do not edit. -->
# A plan and its parts

A plan of visits is one document: what the kit's plan page edits, what it hands out and takes in as a file, and what
`cps-training plan check` holds against the [rules](plan-rules.md). As a file it is YAML or JSON.

```sh test
cps-training plan new plan.yaml --template monthly-agricultural --on 2026-11-02
cps-training plan new plan.json --org "สหกรณ์การเกษตรบ้านตัวอย่าง จำกัด" --on 2026-11-02
```
<!-- test: cps-training plan check "$CHECKOUT/docs/reference/plan.example.yaml" --on 2023-07-24; fails cps-training plan check plan.json --on 2026-11-02 -->

`plan new` never overwrites; without `--template` the plan has one organisation and nothing else. Plans to begin from: `monthly-agricultural`,
`registrar-order`, `first-general-meeting` (`data/planning/plans/`); their days move along to the day the plan is written.

[plan.example.yaml](plan.example.yaml) is a whole plan with every part and every field; nothing in it is to be mended. The excerpts below are its own.
[plan.schema.json](plan.schema.json) is its JSON Schema (draft 2020-12) with a Thai word beside every field, for editors: put
`# yaml-language-server: $schema=plan.schema.json` on the first line. Plans are no content of the office, so `cps-training schemas`
does not write it.

**How it is written.** What is not there is left out, not `null`. Days are Christian and ISO (`2023-07-24`), times between quotes (`"09:30"`). An empty
list and a list left out mean different things in two places: `projects_considered: []` and `data_gaps: []` say that somebody looked and found none.
Everything has an `id`; links between parts name it, and a link to what is not there is refused with its line. A draft may lack anything else: the
rules say what. Fields marked ● must be there.

**Who sets what.** In the kit the permission (`requested_on` … `acting_order`), the visit as it was (`actual_*`), `recorded_on` and the decision on a
report are set by steps through the two gates ([diagram](plan-workflow.md)), not typed; in a file they are written as they were. The two calendars
are made of the visits' days.

Positions instead of names: people are the treasurer, the manager, the officer; members are numbers.
"""

PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("The plan", "Plan", "What it answers, and from which meeting of all groups it comes (CPS 1). `previous` are records of the round before.", r"(?s)\nplan: .*?\n(?=\n#)"),
    ("Organisation", "Organisation", "A cooperative or farmer group, with what runs there: balances to confirm, orders still open, state credit falling due, minutes that have come, gaps in the data.", r"(?s)\norgs:\n(.*?)(?=\n\n#)"),
    ("Issue", "Issue", "What is worked on, and what it rests on. A problem needs a document, a need a dated dialogue with its voices. `origin` and `carried_from` tell where it comes from; a closed one says why.", r"(?s)\nissues:\n.*?(?=\n  - id: I2)"),
    ("Line of the action plan", "ActionLine", "Work from below (`bottom_up`) and from policy (`top_down`), each with somebody and a day.", r"(?s)\nactions:\n.*?(?=\n  - \{id: A3)"),
    ("Calendars", "Calendar", "The month (8 to 31 days) and a week (at most 7) of the same plan: one visit stands on one day in both.", r"(?s)\nmonth:\n.*?\nweek:\n.*?(?=\n\n#)"),
    ("Visit and its permission", "Visit", "What for, how, with what prepared; then the permission of CPS 2.3, one request a visit, decided by the provincial officer or somebody acting with an order; then what was done (CPS 3.1), with the reason where it was otherwise.", r"(?s)\n  - id: V1\n.*?(?=\n  - id: V2)"),
    ("Record and questions", "Record", "One for each visit and organisation: facts apart from advice, agreed actions with who and by when, questions left open with where the answer is looked up and by when it is given.", r"(?s)\n  - id: R1\n.*?(?=\n  - id: R2)"),
    ("Report", "Report", "The result beside the target (CPS 3.2), to the approver, and what was changed when it came back (CPS 3.3).", r"(?s)\n  - id: T1\n.*?(?=\n  - id: T2)"),
    ("Of the round before", "Record", "Records whose `unresolved` issues must stand in this plan or be closed with a reason.", r"(?s)\nprevious:\n.*\Z"),
)  # fmt: skip
INNER = {
    "Organisation": ("Order", "StateCredit"),
    "Issue": ("Evidence", "Feasibility"),
    "Plan": ("Project",),
    "Calendar": ("CalendarEntry",),
    "Visit": ("Study", "AgendaItem"),
    "Record": ("Action", "Question"),
}


def page() -> str:
    document, example = schema(), EXAMPLE.read_text("utf-8")
    parts, told = [HEAD], set()
    for title, model, intro, pattern in PARTS:
        found = re.search(pattern, example)
        if found is None:
            raise SystemExit(f"{title}: {EXAMPLE.name} has no such part")
        lines = [f"## {title}", "", intro, ""]
        if model not in told:
            for name in (model, *INNER.get(model, ())):
                lines += [*([f"`{name}`", ""] if name != model else []), *fields(document, name), ""]
        told.add(model)
        parts.append("\n".join([*lines, "```yaml", excerpt(found[0]), "```", ""]))
    return "\n".join(parts)


def fields(document: dict[str, Any], model: str) -> list[str]:
    part = document if model == "Plan" else document["$defs"][model]
    required = part.get("required", ())
    rows = [f"| `{name}`{' ●' if name in required else ''} | {kind(said)} | {said['description']} |" for name, said in part["properties"].items()]  # fmt: skip
    return ["| field | holds | คือ |", "|---|---|---|", *rows]


def kind(said: dict[str, Any]) -> str:
    """What a field holds, in few words."""
    if "$ref" in said:
        return f"`{said['$ref'].rpartition('/')[2]}`"
    if "enum" in said:
        return " · ".join(said["enum"])
    if "anyOf" in said:
        return " or ".join(kind(one) for one in said["anyOf"] if one.get("type") != "null")
    if "prefixItems" in said:
        return "two days"
    if said.get("type") == "array":
        return f"list of {kind(said['items'])}"
    if said.get("pattern", "").startswith(r"^\d{2}:"):
        return 'time "HH:MM"'
    words = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}
    return "day" if said.get("format") == "date" else words[said["type"]]


def excerpt(text: str) -> str:
    return "\n".join(line for line in text.strip("\n").splitlines() if not line.startswith("#")).rstrip()


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.name} differs from the model or the example: run this script without --check")
    return 1


if __name__ == "__main__":
    sys.exit(main())
