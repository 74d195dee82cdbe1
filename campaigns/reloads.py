"""Reloads and kills during an exam: is every answer that said บันทึกแล้ว still there, once, in order?

    uv run --group dev python campaigns/reloads.py [STEPS] [SEED]      default 100 steps, seed 2566

At each step one of: reload the page, kill -9 the kernel, kill -9 the desk, or nothing; then answer an item in a real browser and
wait for its receipt. In the end the store is read and compared. Prints one JSON document; exit 1 when anything was lost. A seeded
ten-step sample runs in the tests.
"""

from __future__ import annotations

import json
import random
import re
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
from playwright.sync_api import expect, sync_playwright  # noqa: E402

from cps_training.demo import OFFICER  # noqa: E402
from cps_training.places import DataFolder  # noqa: E402
from cps_training.records import accounts, attempts  # noqa: E402
from cps_training.records.engine import Records  # noqa: E402
from tests.browser_support import ARGUMENTS, get_browser  # noqa: E402
from tests.kit import Kit, Visit, is_kernel, visiting  # noqa: E402

FORM, N_ITEMS = "cps-exam", 12
ACTIONS = ("reload", "kernel", "desk", "nothing")


def kill(kit: Kit, word: str) -> int:
    """SIGKILL every process of the kit whose command line holds the word, or every kernel; gives how many."""
    victims = [child for child in psutil.Process(kit.process.pid).children(recursive=True) if _says(child, word)]
    for victim in victims:
        victim.send_signal(signal.SIGKILL)
    return len(victims)


def _says(process: psutil.Process, word: str) -> bool:
    if word == "kernel":
        return is_kernel(process)
    try:
        return any(word in part for part in process.cmdline())
    except psutil.Error:
        return False


def disturb(visit: Visit, action: str) -> None:
    """Do the harm, and come back to the page as a person would."""
    if action == "reload":
        visit.page.reload()
    elif action == "kernel":
        kill(visit.kit, "kernel")
        notice = visit.page.get_by_role("alert").filter(has_text="ขาดการเชื่อมต่อ")
        notice.get_by_role("button").click()
    elif action == "desk":
        kill(visit.kit, "cps_training.desk.service")


# The words บันทึกแล้ว may still stand there from the answer before: what counts is กำลังบันทึก… and then บันทึกแล้ว.
LISTEN = """() => { window.__receipt = new Promise(heard => {
  const main = document.querySelector('main'); let isSaving = false;
  new MutationObserver((_, watch) => {
    const text = main.innerText;
    if (text.includes('กำลังบันทึก')) isSaving = true;
    else if (isSaving && text.includes('บันทึกแล้ว')) { watch.disconnect(); heard(true); }
  }).observe(main, {subtree: true, childList: true, characterData: true, attributes: true});
}); }"""


def answer_one(visit: Visit, rng: random.Random) -> tuple[str, list[str]]:
    """Change the answer of the item shown and wait for the receipt of this change; gives (stem, what is chosen now)."""
    card = visit.wait_for_card()
    found = re.search(rf"ข้อ (\d+) จาก {N_ITEMS}", card.inner_text())
    assert found
    number = int(found[1])
    visit.page.evaluate(LISTEN)
    others = card.locator("input[type=radio]:not(:checked)")
    boxes, moves = card.locator("input[type=checkbox]"), card.locator("ol button:not([aria-disabled=true])")
    target = next(choice for choice in (others, boxes, moves) if choice.count())
    target.nth(rng.randrange(target.count())).click()
    visit.page.evaluate("() => window.__receipt")
    chosen = card.locator("input:checked").evaluate_all("inputs => inputs.map(input => input.value)")
    stem = " ".join(card.locator("legend").inner_text().split())
    step = rng.choice([1, 1, -1])
    if 1 <= number + step <= N_ITEMS:
        card.get_by_role("button", name="ข้อต่อไป" if step > 0 else "ข้อก่อนหน้า").click()
        expect(card).to_contain_text(f"ข้อ {number + step} จาก {N_ITEMS}")
    return stem, chosen


def restless(kit: Kit, browser: Any, *, steps: int, seed: int) -> dict[str, Any]:
    """The whole run against a demo kit, which is stopped at its end. Returns the figures."""
    rng = random.Random(seed)
    acknowledged: dict[str, list[str]] = {}
    n_acknowledged, done = 0, Counter[str]()
    with visiting(kit, browser) as visit:
        visit.enter_as("learner").open(f"/quiz?form={FORM}")
        visit.wait_for_card()
        to_come: list[str] = []
        for _ in range(steps):
            to_come = to_come or rng.sample(ACTIONS, len(ACTIONS))  # every kind of harm in every four steps
            action = to_come.pop()
            disturb(visit, action)
            done[action] += 1
            stem, chosen = answer_one(visit, rng)
            acknowledged[stem] = chosen
            n_acknowledged += 1
    kit.stop()
    return {"steps": steps, "seed": seed, "actions": dict(done), "acknowledged": n_acknowledged} | compare(
        kit, acknowledged
    )


def compare(kit: Kit, acknowledged: dict[str, list[str]]) -> dict[str, Any]:
    """What the store holds against what the page had said. Orderings are compared by being there at all."""
    with Records.open(DataFolder(kit.root / "demo").database) as records, records.read() as conn:
        officer = accounts.person_by_code(conn, OFFICER)
        assert officer is not None
        (attempt,) = attempts.attempts_of(conn, officer.person_id, FORM)
        items = attempts.items_of(conn, [(placed.item_id, placed.item_version) for placed in attempt.placed])
        faults = records.integrity()
    lost = []
    for (item_id, _), item in items.items():
        stem = " ".join(item.stem.split())
        if stem not in acknowledged:
            continue
        response = attempt.response_to(item_id)
        raw = item.show_response(response, attempt.disguise(item_id)) if response else {}
        stored = [raw["choice"]] if "choice" in raw else raw.get("choices", [])
        is_blank_again = response is None and not acknowledged[stem] and item.interaction == "choose_many"
        if not is_blank_again and (response is None or sorted(stored) != sorted(acknowledged[stem])):
            lost.append(item_id)
    ids = [step.answer_id for step in attempt.steps]
    return {
        "stored": len(ids),
        "lost": lost,
        "counted_twice": len(ids) - len(set(ids)),
        "gaps": [step.seq for step in attempt.steps] != list(range(1, len(ids) + 1)),
        "integrity": faults,
    }


def main(steps: int, seed: int) -> int:
    """Run on a demo kit of its own; exit code 1 when something was lost."""
    path = get_browser()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=list(ARGUMENTS))
        figures = restless(Kit(Path(temporary), "--demo"), browser, steps=steps, seed=seed)
        browser.close()
    print(json.dumps(figures, indent=2))
    return 1 if figures["lost"] or figures["counted_twice"] or figures["gaps"] or figures["integrity"] else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(numbers + [100, 2566][len(numbers) :])))
