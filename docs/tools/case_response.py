"""The JSON Schema of a case response, from the model that reads it: docs/reference/case-response.schema.json.

uv run --group dev python docs/tools/case_response.py            write the file
uv run --group dev python docs/tools/case_response.py --check    fail when it differs from the model
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cps_training.casework.response import CaseResponse

ROOT = Path(__file__).resolve().parents[2]
FILE = "docs/reference/case-response.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
WORDS = {
    "case": "รหัสของกรณี เช่น thung-sathit",
    "version": "รุ่นของกรณีขณะที่ทำ ไม่ใส่ก็ได้",
    "findings": "ข้อค้นพบตามลำดับที่จะแก้ไข",
    "id": "รหัสของข้อค้นพบในไฟล์นี้",
    "kind": "ข้อค้นพบในรายการ (findings ของ data/cases/catalogue.yaml)",
    "words": "ข้อค้นพบด้วยคำของตนเอง",
    "evidence": "หลักฐาน: เอกสาร:บรรทัด เช่น minutes-march:4 หรือ figure:ชื่อตัวเลข",
    "clauses": "ข้อของคู่มือ ไม่เกินสามข้อ",
    "cause": "สาเหตุในรายการ causes",
    "severity": "ความรุนแรง 1 (เบา) ถึง 5 (หนัก)",
    "partner": "หน่วยที่จะประสานในรายการ partners",
    "step": "ขั้นต่อไปในรายการ steps",
    "rank": "ลำดับที่จะแก้ไข 1 ก่อน เท่ากันได้ ไม่ใส่ = ตามลำดับในไฟล์",
}
"""Beside each field in an editor."""


def schema() -> dict[str, Any]:
    made = CaseResponse.model_json_schema()
    finding = made["$defs"]["BoardFinding"]
    for part in (made, finding):
        part.pop("title", None)
        part.pop("description", None)
        for name, said in part["properties"].items():
            said.pop("title", None)
            said["description"] = WORDS[name]
    finding["anyOf"] = [{"required": ["kind"]}, {"required": ["words"]}]
    return {"$schema": DIALECT, "title": "คำตอบของกรณีศึกษา", **made}


def text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    place = ROOT / FILE
    if "--check" not in sys.argv:
        place.write_text(text(), "utf-8")
        return 0
    if place.read_text("utf-8") == text():
        return 0
    print(f"{FILE} differs from the model: run this script without --check")
    return 1


if __name__ == "__main__":
    sys.exit(main())
