"""Responses as somebody without a clue would give them: read from a presentation alone, for any interaction. Pure.

For demo people, simulations and tests. Knows no item and no key.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from cps_training.items.base import JsonDict


def guess(shown: JsonDict, chance: Random) -> JsonDict:
    """A well-formed response to a presentation (as JSON), never blank, in the form a browser sends."""
    return _GUESSES[shown["interaction"]](shown, chance)


def _ids(options: list[dict[str, str]]) -> list[str]:
    return [option["id"] for option in options]


def _one(shown: JsonDict, chance: Random) -> JsonDict:
    return {"choice": chance.choice(_ids(shown["options"]))}


def _some(shown: JsonDict, chance: Random) -> JsonDict:
    ids = _ids(shown["options"])
    return {"choices": chance.sample(ids, chance.randint(1, len(ids)))}


def _order(shown: JsonDict, chance: Random) -> JsonDict:
    ids = _ids(shown["options"])
    return {"order": chance.sample(ids, len(ids))}


def _reason(shown: JsonDict, chance: Random) -> JsonDict:
    return {"choice": chance.choice(_ids(shown["options"])), "reason": chance.choice(_ids(shown["reasons"]))}


def _pairs(shown: JsonDict, chance: Random) -> JsonDict:
    prompts, targets = _ids(shown["prompts"]), _ids(shown["options"])
    chosen = chance.sample(prompts, chance.randint(1, len(prompts)))
    return {"pairs": {prompt: chance.choice(targets) for prompt in chosen}}


def _number(shown: JsonDict, chance: Random) -> JsonDict:
    if shown["kind"] == "date":
        return {"number": f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2560, 2570)}"}
    return {"number": str(chance.randint(0, 500))}


def _text(_: JsonDict, chance: Random) -> JsonDict:
    return {"text": " ".join(chance.sample(_WORDS, 3))}


def _gaps(shown: JsonDict, chance: Random) -> JsonDict:
    gaps = [segment for segment in shown["segments"] if "gap" in segment]
    filled: dict[str, Any] = {}
    for gap in chance.sample(gaps, chance.randint(1, len(gaps))):
        options = gap.get("options")
        filled[gap["gap"]] = chance.choice(_ids(options)) if options else chance.choice(_WORDS)
    return {"gaps": filled}


_WORDS = ["คณะกรรมการ", "ทะเบียนหุ้น", "ประชุมใหญ่", "ผู้จัดการ", "แผนงาน", "บันทึก", "สมาชิก", "รายงาน"]

_GUESSES: dict[str, Callable[[JsonDict, Random], JsonDict]] = {
    "choose_one": _one,
    "choose_many": _some,
    "order": _order,
    "choose_reason": _reason,
    "match": _pairs,
    "sort": _pairs,
    "number": _number,
    "text": _text,
    "cloze": _gaps,
    "mark_lines": _some,
    "scale": _one,
}
