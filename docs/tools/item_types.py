"""The reference of item types, from the code itself: docs/reference/item-types/<type>.md and their index.

uv run --group dev python docs/tools/item_types.py            write the pages
uv run --group dev python docs/tools/item_types.py --check    fail when they differ from the code

A page says what the module's own docstring says, which fields the type has, and gives its example as its author writes it.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference" / "item-types"
PICTURES = "../../images/item-types"

COMMON = """Every item has `id`, `type`, `clauses` (1–4, the most specific first), `bloom`, `evidence` (`H` the handbook, `S` a named source), `stem`,
`headline`, `explanation`, and may have `difficulty` (`easy`, `medium`, `hard`; left out, it follows from the Bloom level) and up to
three `hints`, which are told one by one after a wrong try in forms with `feedback: tries`."""


def name_of(kind: type[ItemBase]) -> str:
    return str(kind.example().type)


def page(kind: type[ItemBase]) -> str:
    """One reference page."""
    name = name_of(kind)
    said = inspect.getdoc(inspect.getmodule(kind)) or ""
    fields = [
        f"- `{field}`{_how(info)}" for field, info in kind.model_fields.items() if field not in _common() | {"type"}
    ]
    example = kind.example().model_dump(mode="json", exclude_defaults=True)
    return "\n".join(
        [
            f"# {name}",
            "",
            _sentence(said.removeprefix(f"{name}: ")),
            "",
            inspect.getdoc(kind) or "",
            "",
            f"Collected by the interaction `{kind.interaction}`. {_who(kind)}",
            "",
            "## Its own fields",
            "",
            *fields,
            "",
            "The fields that every type has are listed in the [index](README.md).",
            "",
            "## Example",
            "",
            "```yaml",
            yaml.safe_dump(example, allow_unicode=True, sort_keys=False, width=110).rstrip(),
            "```",
            "",
            "## Under every feedback policy",
            "",
            f"![{name} under the five feedback policies, on a phone]({PICTURES}/{name}.webp)",
            "",
        ]
    )


def index() -> str:
    """The list of all types."""
    rows = []
    for kind in ITEM_TYPES:
        first = _sentence((inspect.getdoc(inspect.getmodule(kind)) or "").removeprefix(f"{name_of(kind)}: "))
        rows.append(f"| [{name_of(kind)}]({name_of(kind)}.md) | `{kind.interaction}` | {_first(first)} |")
    return "\n".join(
        [
            "# Item types",
            "",
            "Made from the code by `docs/tools/item_types.py`. When a learner finds out is not the type's matter but the form's:",
            "see [make a form](../../how-to/make-a-form.md).",
            "",
            "| type | interaction | what it is |",
            "|---|---|---|",
            *rows,
            "",
            COMMON,
            "",
            "## Every type under every policy",
            "",
            "On a phone: answered under `practice`, `exam`, `tries`, `certainty` and `survey`. Made by `docs/tools/item_type_pictures.py`.",
            "",
            *(line for kind in ITEM_TYPES for line in _picture(name_of(kind))),
        ]
    )


def _picture(name: str) -> list[str]:
    return [f"### {name}", "", f"![{name} under the five feedback policies]({PICTURES}/{name}.webp)", ""]


def _common() -> set[str]:
    return set(ItemBase.model_fields)


def _how(info: Any) -> str:
    return "" if info.is_required() else " (may be left out)"


def _who(kind: type[ItemBase]) -> str:
    if kind.needs_rubric:
        return "Scored by a person; until then it waits (“รอตรวจ”)."
    return "Scored by the desk." if kind.is_scored else "Never scored."


def _sentence(text: str) -> str:
    text = re.sub(r"\s*Pure[^.]*\.(?:py\.)?(?: for the contract\.)?", "", text).strip()
    return text[:1].upper() + text[1:]


def _first(text: str) -> str:
    return " ".join(text.partition("\n\n")[0].split()).partition(". ")[0].rstrip(".").replace("|", "\\|")


def pages() -> dict[Path, str]:
    """What should stand where."""
    made = {FOLDER / f"{name_of(kind)}.md": page(kind) for kind in ITEM_TYPES}
    return made | {FOLDER / "README.md": index()}


def stale() -> list[str]:
    """Names of pages that differ from the code, are missing, or belong to no type."""
    wanted = pages()
    found = {path: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    return sorted(path.name for path in wanted | found if wanted.get(path) != found.get(path))


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        wrong = stale()
        print(f"stale: {', '.join(wrong)}; run docs/tools/item_types.py" if wrong else "item types: up to date")
        return 1 if wrong else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
