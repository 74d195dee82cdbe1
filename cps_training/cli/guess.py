"""guess: what test-wise tricks earn on every bank, without reading. Prints; `content.guessing` plays."""

from __future__ import annotations

from typing import Any

import typer

from cps_training.cli.app import AsJson, DataDir, app, folder_of, own_content, print_json, refusals, say
from cps_training.content.guessing import LIMIT, Outcome, play
from cps_training.content.library import load_library
from cps_training.places import shipped

_NAMES = {
    "longest": "เลือกข้อที่ยาวที่สุด",
    "most-specific": "เลือกข้อที่มีตัวเลขหรือชื่อเฉพาะมากที่สุด",
    "no-absolute-words": "ตัดข้อที่มีคำสุดขั้ว",
    "overlap-with-stem": "เลือกข้อที่ใช้คำของโจทย์มากที่สุด",
    "always-true": "ตอบ “ถูก” ทุกข้อ",
    "always-false": "ตอบ “ผิด” ทุกข้อ",
}


@app.command(epilog="ตัวอย่าง · Examples:\n\n`cps-training guess`\n\n`cps-training guess --json`")
def guess(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """ลองเดาข้อสอบด้วยกลวิธีโดยไม่อ่าน เทียบกับเดาสุ่ม · Play test-wise strategies against every bank, beside chance."""
    with refusals(as_json):
        own = own_content(folder_of(data_dir))
        ours = load_library(shipped())
        library = load_library(shipped(), own) if own else ours
        outcomes = [outcome for name, bank in library.banks.items() for outcome in play(name, bank.items)]
    rows = [_row(outcome, is_office=outcome.bank not in ours.banks) for outcome in outcomes]
    over = [row for row in rows if row["is_over"]]
    is_ok = all(row["is_office"] for row in over)
    if as_json:
        print_json({"ok": is_ok, "limit": LIMIT, "strategies": rows})
    else:
        for row in rows:
            typer.echo(_line(row))
        say(
            f"มี {len(over)} กลวิธีที่ได้เกินเดาสุ่มมากกว่า {LIMIT * 100:.0f} จุดร้อยละ ให้แก้ตัวเลือกของคลังนั้น แล้วลองใหม่"
            if over
            else f"ไม่มีกลวิธีใดได้เกินเดาสุ่มมากกว่า {LIMIT * 100:.0f} จุดร้อยละ"
        )
    raise typer.Exit(0 if is_ok else 1)


def _row(outcome: Outcome, *, is_office: bool) -> dict[str, Any]:
    return {
        "bank": outcome.bank,
        "is_office": is_office,
        "strategy": outcome.strategy,
        "n": outcome.n,
        "n_told": outcome.n_told,
        "score": round(outcome.score, 4),
        "chance": round(outcome.chance, 4),
        "gain": round(outcome.gain, 4),
        "low": round(outcome.low, 4),
        "high": round(outcome.high, 4),
        "is_over": outcome.is_over,
    }


def _line(row: dict[str, Any]) -> str:
    """One strategy on one bank: gain over chance in points of a hundred, with its interval."""
    strategy = row["strategy"]
    name = _NAMES.get(strategy) or f"เลือกตัวเลือกที่ {strategy.rpartition('-')[2]} ทุกข้อ"
    points = "{gain:+.1f} (ช่วง 95% {low:+.1f} ถึง {high:+.1f})".format(
        **{field: row[field] * 100 for field in ("gain", "low", "high")}
    )
    mark = "  ← เกินเกณฑ์" if row["is_over"] else ""
    scores = f"ได้ {row['score'] * 100:.1f} เดาสุ่ม {row['chance'] * 100:.1f}"
    return f"{row['bank']}: {name} {scores} ต่าง {points} จาก {row['n']} ข้อ{mark}"
