"""A bank in which everything that must stay at the desk holds a word of its own, and what may be told of it when.

Words look like `kanari-3fa9c1d2`, numbers like 738190264903: nobody else uses either, and no two torn ones make a third. The rules of release stand here a second time on
purpose: a test that asked `judgement` what may be told would agree with whatever it tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Literal

from cps_training.items import ITEM_TYPES, Disguise, ItemBase, Response, item_from_json
from cps_training.items.arithmetic import evaluate
from cps_training.items.simulated import guess
from cps_training.items.wording import key_of
from cps_training.thai_text import thai_digits

SEEN, RUBRIC = "seen", "rubric"
Told = Literal["shown", "told", "never"]
"""shown: the page shows it; told: the kernel has it and the page may show it."""
ANSWER, NEAR, TOLERANCE = 738190264903, 738190551218, 0.738190047346
CONSTANT, SLIP = 738190483600, 738190695100
"""Of the drawn item: its numbers are 21 to 59, so 738190483621 to …659 are its answers and 738190695121 to …159 its known mistake."""
DRAWN = range(21, 60)
NUMBERS: dict[int, str] = {
    ANSWER % 10**6: "number-answer",
    NEAR % 10**6: "number-mistake",
    47346: "number-tolerance",
    CONSTANT % 10**6: "number-formula",
    SLIP % 10**6: "number-slip-formula",
    **{(CONSTANT + n) % 10**6: "number-drawn-answer" for n in DRAWN},
    **{(SLIP + n) % 10**6: "number-drawn-slip" for n in DRAWN},
}
"""What a number is, by its last six digits; all begin with 738190."""


@dataclass(frozen=True)
class Canary:
    """kind: the field it stands in. at: the internal id of the option, row, gap or level it belongs to. n: which of several."""

    word: str
    item: str
    kind: str
    at: str = ""
    n: int = 0

    def __str__(self) -> str:
        return " ".join(filter(None, (self.word, self.item, self.kind, self.at, str(self.n or ""))))


@dataclass
class CanaryBank:
    """The items as they lie in the office's folder, and every word planted in them."""

    items: dict[str, ItemBase] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)

    def of(self, item_id: str, *kinds: str) -> Iterator[Canary]:
        return (one for one in self.canaries.values() if one.item == item_id and (not kinds or one.kind in kinds))

    def in_stem(self, item_id: str) -> set[str]:
        """The words everybody sees who opens the item."""
        return {one.word for one in self.of(item_id, SEEN) if one.word in self.items[item_id].stem}

    def word(self, item: str, kind: str, at: str = "", n: int = 0, mark: str = "-") -> str:
        word = f"kanari{mark}{sha256(str(len(self.canaries)).encode()).hexdigest()[:8]}"
        self.canaries[word] = Canary(word, item, kind, at, n)
        return word

    def released(self, item_id: str, level: str, given: Response | None) -> dict[Told, set[str]]:
        """The secret words that may leave of one item at a review level, its standing response being the given one."""
        item = self.items[item_id]
        sets: dict[Told, set[str]] = {"shown": set(), "told": set(), "never": set()}
        for canary in self.of(item_id):
            if canary.kind != SEEN:
                sets[_told(item, canary, level, given)].add(canary.word)
        return sets


# Planting -----------------------------------------------------------------------------------------------------------


def planted() -> CanaryBank:
    """Every item type's example with its words, numbers and two hints."""
    bank = CanaryBank()
    for number, name in enumerate(dict.fromkeys(NUMBERS.values())):
        item = "example-parametric" if "drawn" in name or "formula" in name else "example-numeric"
        bank.canaries[name] = Canary(name, item, name, n=number)
    for kind in ITEM_TYPES:
        said = kind.example().model_dump(mode="json", exclude_defaults=True)
        item_id = said["id"]
        _complete(said, bank)
        names = _new_ids(said, bank, item_id)
        bank.items[item_id] = item_from_json(_with_words(said, bank, names, item_id))
    return bank


def _complete(said: dict[str, Any], bank: CanaryBank) -> None:
    """What the small examples leave out."""
    said["hints"] = ["คำใบ้แรก", "คำใบ้ที่สอง"]
    if said["type"] == "numeric":
        said |= {"answer": ANSWER, "tolerance": {"absolute": TOLERANCE}}
        said["mistakes"][0]["value"] = NEAR
    elif said["type"] == "parametric":
        name = bank.word(said["id"], "id", mark="_")
        said["values"] = {name: said["values"]["n"]}
        said |= {"formula": f"{name} + {CONSTANT}", "stem": said["stem"].replace("{n}", f"{{{name}}}")}
        said |= {"explanation": "ผลลัพธ์คือ {answer}"}
        said["mistakes"] = [{"formula": f"{name} + {SLIP}", "rationale": "ใช้ตัวบวกผิดตัว"}]
    elif said["type"] == "cloze":
        said["gaps"][1]["accepted"].append("ท่านสหกรณ์จังหวัด")
        said["gaps"][1]["mistakes"] = [{"text": "ผู้ว่าราชการจังหวัด", "rationale": "จบภายในสำนักงาน"}]
    elif said["type"] == "likert":
        said["scale"] = [{"id": f"p{n}", "text": f"ระดับที่ {n}"} for n in range(1, 6)]
        said |= {"headline": "ไม่มีคำตอบที่ถูก", "explanation": "ใช้ปรับปรุงการอบรม"}


def _new_ids(said: dict[str, Any], bank: CanaryBank, item_id: str) -> dict[str, str]:
    """A word for every id inside the item; the same id in two places stays the same."""
    found: dict[str, str] = {}

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if value is not said and "id" in value and value["id"] not in found:
                found[value["id"]] = bank.word(item_id, "id")
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(said)
    return found


_IDS = ("id", "key", "answer", "bin")
_WITH_MISCONCEPTION = {"choices", "reasons", "extract", "mistakes"}


def _with_words(said: dict[str, Any], bank: CanaryBank, names: dict[str, str], item_id: str) -> dict[str, Any]:
    def named(value: Any) -> Any:
        return [names[one] for one in value] if isinstance(value, list) else names.get(value, value)

    def inside(value: Any, where: str, at: str, owner: str) -> Any:
        """where: the list the value stands in; owner: the gap around it."""
        if not isinstance(value, dict):
            return value
        at = names.get(value.get("id", ""), at)
        made: dict[str, Any] = {}
        for name, inner in value.items():
            if name in _IDS:
                made[name] = named(inner)
            elif name == "rationale":
                kind = "slip" if where == "mistakes" else "rationale"
                made[name] = f"{inner} {bank.word(item_id, kind, owner if kind == 'slip' else at)} เท่านั้น"
            elif name == "text":
                kind = {"rubric": RUBRIC, "levels": RUBRIC, "mistakes": "mistake"}.get(where, SEEN)
                made[name] = f"{inner} {bank.word(item_id, kind, at)}"
            elif name == "accepted":
                made[name] = [f"{one} {bank.word(item_id, 'accepted', at, n)}" for n, one in enumerate(inner)]
            elif isinstance(inner, list):
                made[name] = [inside(one, name, at, at) for one in inner]
            else:
                made[name] = inner
        if where in _WITH_MISCONCEPTION:
            made["misconception"] = f"เข้าใจว่า {bank.word(item_id, 'misconception', at)} ใช้ได้"
        return made

    made: dict[str, Any] = inside({name: value for name, value in said.items() if name != "id"}, "", "", "")
    made["id"] = item_id
    for name in ("headline", "explanation", "model_answer"):
        if name in made:
            made[name] = f"{made[name]} {bank.word(item_id, name)} ครับ"
    made["hints"] = [f"{hint} {bank.word(item_id, 'hint', n=n)}" for n, hint in enumerate(said["hints"], 1)]
    made["stem"] = f"{made['stem']} {bank.word(item_id, SEEN)} หรือไม่"
    if "passage" in made:
        made["passage"] = re.sub(r"\[\[(\w+)\]\]", lambda gap: f"[[{names[gap[1]]}]]", made["passage"])
    return made


def write_office(root: Path, bank: CanaryBank, forms: list[dict[str, Any]]) -> None:
    """The bank and the forms as files of the office's content folder; JSON is YAML too."""
    for folder in ("banks", "forms"):
        (root / "quizzes" / folder).mkdir(parents=True)
    items = [item.model_dump(mode="json", exclude_defaults=True) for item in bank.items.values()]
    said = {"bank": "canaries", "title": {"th": "คลังทดสอบ"}, "items": items}
    (root / "quizzes/banks/canaries.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    for form in forms:
        (root / f"quizzes/forms/{form['form']}.yaml").write_text(json.dumps(form, ensure_ascii=False), "utf-8")


# Answering ----------------------------------------------------------------------------------------------------------


def apart(typed: str) -> str:
    """The same answer to the desk, but no word of ours: its letters stand apart. The name of an option stays as it is."""
    return re.sub(r"kanari-[0-9a-f]{8}", lambda word: " ".join(word[0]), typed)


def right(item: ItemBase, disguise: Disguise) -> Response:
    """What a browser sends that is right; an essay is just written."""
    if item.type == "essay":
        return {"text": "ขอให้กำหนดผู้ตรวจนับเงินสดภายในสิ้นเดือน"}
    shown: Response = item.show_response(item.correct_response(disguise), disguise)
    if "gaps" in shown:
        return {"gaps": {gap: apart(filled) for gap, filled in shown["gaps"].items()}}
    typed = {"number": thai_digits, "text": apart}
    return {name: typed[name](value) if name in typed else value for name, value in shown.items()}


def tried(item: ItemBase, disguise: Disguise) -> Iterator[Response]:
    """What a browser sends: different wrong responses, the known mistake first; the right one when there are no more."""
    known: list[Response | None] = []
    for sent in (_mistaken(item, disguise), *(_guessed(item, disguise, seed) for seed in range(60))):
        read = item.read_response(sent, disguise)
        if read not in known and item.score(read) != 1:
            known.append(read)
            yield sent
    yield right(item, disguise)


def _guessed(item: ItemBase, disguise: Disguise, seed: int) -> Response:
    """A guess that is the same in every attempt, whatever its options are called there."""
    always = Disguise(b"always", item.id)
    read = item.read_response(guess(item.present(always).as_json(), Random(seed)), always)
    assert read is not None  # a guess is never blank
    return item.show_response(read, disguise)


def _mistaken(item: Any, disguise: Disguise) -> Response:
    """The known mistake where one is typed, a guess elsewhere."""
    sent = _guessed(item, disguise, 0)
    if item.type == "numeric":
        return {"number": thai_digits(str(item.mistakes[0].value))}
    if item.type == "parametric":
        return {"number": thai_digits(str(evaluate(item.mistakes[0].formula, item.drawn(disguise))))}
    if item.type == "short_text":
        return {"text": apart(item.mistakes[0].text)}
    if item.type == "cloze":
        typed = next(gap for gap in item.gaps if gap.mistakes)
        return {"gaps": {**sent["gaps"], disguise.hide(typed.id): apart(typed.mistakes[0].text)}}
    return sent


# What may be told ---------------------------------------------------------------------------------------------------


def _told(item: Any, canary: Canary, level: str, given: Response | None) -> Told:
    """What the promise says of one word, from the item as authored and the response as stored."""
    said = given or {}
    if level not in ("reasons", "keys") or not item.is_scored:
        return "never"
    is_all = level == "keys"
    if canary.kind in ("headline", "explanation", "model_answer", "number-drawn-answer"):
        return "shown" if is_all else "never"
    if canary.kind == "rationale":
        if item.type == "cloze" and _slipped(item, said, canary.at):
            return "never"  # the known mistake is told instead
        return "shown" if is_all or canary.at in _taken_and_safe(item, said) else "never"
    if canary.kind == "slip":
        return "shown" if _slipped(item, said, canary.at) else "never"
    if (canary.kind == "accepted" and canary.n == 0) or canary.kind == "number-answer":
        if not is_all:
            return "never"
        filled = said.get("gaps", {})
        gap = next((one for one in getattr(item, "gaps", ()) if one.id == canary.at), None)
        is_right = canary.at in filled and gap.is_right(filled[canary.at]) if gap else item.score(given) == 1
        return "told" if is_right else "shown"
    return "never"


def _taken_and_safe(item: Any, said: Response) -> set[str]:
    """Internal ids of what was taken and whose rationale gives no more away than the mark does."""
    if "order" in said:
        return {one for place, one in enumerate(said["order"]) if item.key[place] == one}
    if "pairs" in said:
        return {row for row, target in said["pairs"].items() if item.right[row] == target}
    if "gaps" in said:
        return {gap.id for gap in item.gaps if gap.id in said["gaps"] and gap.is_right(said["gaps"][gap.id])}
    return {said.get("choice", ""), said.get("reason", ""), *said.get("choices", ())}


def _slipped(item: Any, said: Response, gap_id: str) -> bool:
    """Whether the known mistake was typed."""
    if item.type == "numeric":
        return bool(said.get("number") == NEAR)
    if item.type == "parametric":
        return bool(said) and said["number"] - SLIP in DRAWN
    fields = [gap for gap in getattr(item, "gaps", ()) if gap.id == gap_id] or [item]
    typed = said.get("gaps", {}).get(gap_id) if gap_id else said.get("text")
    return typed is not None and any(key_of(typed) == key_of(known.text) for known in fields[0].mistakes)
