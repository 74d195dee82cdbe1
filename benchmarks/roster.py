"""How long the import of a large roster takes: the shipped command, with its progress bar, on a new data folder.

    uv run --group dev python benchmarks/roster.py [PEOPLE]        default 5000

Everybody is generated from a seed. The file is a csv in the encoding of Thai Excel, then the same as xlsx into another new
folder. Prints one JSON document: wall seconds, and the seconds of processor time of the command (which other work on the
machine does not add to). Exit code 1 when an import took BOUND seconds of processor time or more.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cps_training.exchange import write_table  # noqa: E402

SEED = 2566
BOUND = 5.0
HEADER = ("รหัส", "คำนำหน้า", "ชื่อ", "นามสกุล", "กลุ่มงาน", "วันที่เริ่ม", "ประเภท")
GIVEN = [
    "กานดา",
    "อารี",
    "ธนา",
    "มาลี",
    "วิชัย",
    "สุดา",
    "ประเสริฐ",
    "นภา",
    "ชัยวัฒน์",
    "รัตนา",
    "สมพร",
    "ปิยะ",
    "วรรณา",
    "อนันต์",
    "จันทร์",
    "ศิริ",
    "บุญมี",
    "พิมพ์ใจ",
    "เดชา",
    "อรุณ",
]
PARTS = [
    "กา",
    "ดี",
    "ใจ",
    "สุข",
    "มี",
    "ทอง",
    "แก้ว",
    "ศรี",
    "พงษ์",
    "วงศ์",
    "ชัย",
    "นาค",
    "บุญ",
    "รักษ์",
    "เจริญ",
    "มั่น",
    "คง",
    "เพชร",
    "งาม",
    "ไทย",
]
KINDS = ("ข้าราชการ", "พนักงานราชการ", "ลูกจ้างประจำ", "จ้างเหมา")


def people(n: int) -> list[tuple[str, ...]]:
    """Invented people; the same for the same n."""
    chance = random.Random(SEED)
    return [
        (
            f"K{number:05d}",
            chance.choice(("นาย", "นาง", "นางสาว")),
            chance.choice(GIVEN),
            "".join(chance.choice(PARTS) for _ in range(3)),
            f"กลุ่มส่งเสริมสหกรณ์ {number % 40 + 1}",
            f"{chance.randint(1, 28)} ต.ค. {chance.randint(2550, 2565)}",
            chance.choice(KINDS),
        )
        for number in range(n)
    ]


def imported(file: Path, folder: Path) -> dict[str, float | int]:
    """Import with the shipped command; its wall and processor seconds."""
    command = [sys.executable, "-m", "cps_training.cli", "roster", "import", str(file), "--progress", "--json"]
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(
        [*command, "--data-dir", str(folder)], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    wall, after = time.perf_counter() - start, os.times()
    document = json.loads(done.stdout)
    return {
        "people": len(document["codes"]),
        "seconds": round(wall, 2),
        "user": round(after.children_user - before.children_user, 2),
        "system": round(after.children_system - before.children_system, 2),
    }


def main(arguments: list[str]) -> int:
    n = int(arguments[0]) if arguments else 5000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rows = people(n)
        text = "\r\n".join(",".join(row) for row in (HEADER, *rows))
        (folder / "roster.csv").write_bytes(text.encode("cp874"))
        (folder / "roster.xlsx").write_bytes(write_table(HEADER, rows, "roster.xlsx"))
        results = {kind: imported(folder / f"roster.{kind}", folder / kind) for kind in ("csv", "xlsx")}
    worst = max(result["user"] + result["system"] for result in results.values())
    print(json.dumps({"people": n, "bound_seconds": BOUND, "processor_seconds": round(worst, 2), **results}))
    return 0 if worst < BOUND else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
