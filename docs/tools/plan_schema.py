"""The JSON Schema of a plan, from the model that reads it: docs/reference/plan.schema.json.

uv run --group dev python docs/tools/plan_schema.py            write the file
uv run --group dev python docs/tools/plan_schema.py --check    fail when it differs from the model
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from plan_words import WORDS

from cps_training.planning.model import Plan

FILE = Path(__file__).resolve().parents[2] / "docs/reference/plan.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIMES = ("start", "end")


def schema() -> dict[str, Any]:
    made = Plan.model_json_schema()
    for model, part in (("Plan", made), *made["$defs"].items()):
        part.pop("title", None)
        part.pop("description", None)
        for name, said in part.get("properties", {}).items():
            said.pop("title", None)
            said["description"] = WORDS.get(f"{model}.{name}") or WORDS[name]
            if name in TIMES:  # "09:30" is no time of the format `time`, which wants seconds and a zone
                said["anyOf"] = [{"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$"}, {"type": "null"}]
    return {"$schema": DIALECT, "title": "แผนเข้าแนะนำส่งเสริม", **made}


def text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    if "--check" not in sys.argv:
        FILE.write_text(text(), "utf-8")
        return 0
    if FILE.read_text("utf-8") == text():
        return 0
    print(f"{FILE.name} differs from the model: run this script without --check")
    return 1


if __name__ == "__main__":
    sys.exit(main())
