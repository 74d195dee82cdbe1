"""The way of a visit as a page with its diagram, from the machine in the code: docs/reference/plan-workflow.md.

uv run --group dev python docs/tools/workflow_diagram.py            write the page
uv run --group dev python docs/tools/workflow_diagram.py --check    fail when it differs from the code
"""

from __future__ import annotations

import sys
from pathlib import Path

from cps_training.planning.workflow import GUARDS
from cps_training.planning.workflow_table import STATE_NAMES, TRANSITIONS, State

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "plan-workflow.md"

INTRO = """# The way of a visit

Made from the code by `docs/tools/workflow_diagram.py`: the arrows from `planning/workflow_table.py`, the conditions from `planning/workflow.py`.
A visit stands where its events have brought it; nothing else is stored. An event is never changed or removed, and carries who, as what, and when.
Where the state or a condition forbids an event it is refused with the sentence below, and nothing is written.
"""
AFTER_STATES = """
## States

| state | in Thai |
|---|---|
"""
AFTER_EVENTS = """
## Events

| event | from | to | clause | in Thai | said when the visit stands elsewhere |
|---|---|---|---|---|---|
"""
AFTER_GUARDS = """
## Conditions

Asked in this order, once the state allows the event.

| code | of | clause | said when it does not hold |
|---|---|---|---|
"""


def diagram() -> str:
    """The machine as a Mermaid state diagram; decisions of the approver are marked with ◆."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.value}" as {_name(state)}' for state in State]
    lines.append(f"    [*] --> {_name(State.DRAFT)}")
    for one in TRANSITIONS:
        label = f"{'◆ ' if one.is_decision else ''}{one.kind} ({one.clause})"
        lines += [f"    {_name(before)} --> {_name(one.after)} : {label}" for before in one.before]
    begun = {before for one in TRANSITIONS for before in one.before}
    lines += [f"    {_name(state)} --> [*]" for state in State if state not in begun]
    return "\n".join(lines)


def _name(state: State) -> str:
    return state.value.replace("-", "_")


def page() -> str:
    """What should stand in the page."""
    states = "\n".join(f"| `{state.value}` | {STATE_NAMES[state]} |" for state in State)
    events = "\n".join(
        f"| `{one.kind}`{' ◆' if one.is_decision else ''} | {', '.join(f'`{before.value}`' for before in one.before)} "
        f"| `{one.after.value}` | {one.clause} | {one.title} | {one.otherwise} |"
        for one in TRANSITIONS
    )
    guards = "\n".join(
        f"| `{one.code}` | {', '.join(f'`{kind}`' for kind in one.kinds)} | {one.clause} | {one.message} |"
        for one in GUARDS
    )
    picture = f"\n```mermaid\n{diagram()}\n```\n\n◆ a decision of the provincial cooperative officer, or of somebody acting by an order.\n"
    return f"{INTRO}{picture}{AFTER_STATES}{states}\n{AFTER_EVENTS}{events}\n{AFTER_GUARDS}{guards}\n"


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        PAGE.write_text(page(), "utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text("utf-8") == page():
        return 0
    print(f"{PAGE.relative_to(ROOT)} differs from the machine: run docs/tools/workflow_diagram.py")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
