"""The pictures of docs/reference/item-types: every item type under every feedback policy, as a phone shows it.

uv run --group dev python docs/tools/item_type_pictures.py [TYPE …]

A kit is started with one form for each type and policy over the types' own examples; each is answered in Chromium as a learner
would, with the first thing that can be chosen, and the card is taken as it stands then. One picture a type, five columns.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect, sync_playwright  # noqa: E402

from cps_training.assessment.feedback_policy import POLICIES  # noqa: E402
from cps_training.items import ITEM_TYPES  # noqa: E402
from cps_training.items.base import ItemBase  # noqa: E402
from tests.browser.walking import settle  # noqa: E402
from tests.browser_support import ARGUMENTS, get_browser  # noqa: E402
from tests.kit import Kit, visiting  # noqa: E402

FOLDER = ROOT / "docs" / "images" / "item-types"
QUALITY = 45
CAPTIONS = {
    "practice": "practice: told at once",
    "exam": "exam: saved, told after sending",
    "tries": "tries: a hint, and another try",
    "certainty": "certainty: how sure, told at once",
    "survey": "survey: saved, never judged",
}
SHEET = """<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#fff;font:15px sans-serif}
main{display:flex;gap:16px;padding:16px;align-items:flex-start;width:max-content} figure{margin:0;width:360px}
figcaption{margin-bottom:8px;color:#333} img{width:360px;display:block;border:1px solid #ddd}</style><main>%s</main>"""


def write_content(root: Path, kinds: list[type[ItemBase]]) -> None:
    """A bank of the examples, and a form for each of them and each policy. JSON is YAML too."""
    for folder in ("banks", "forms"):
        (root / "quizzes" / folder).mkdir(parents=True)
    items = [kind.example().model_dump(mode="json", exclude_defaults=True) for kind in kinds]
    bank = {"bank": "examples", "title": {"th": "ตัวอย่าง"}, "items": items}
    (root / "quizzes/banks/examples.yaml").write_text(json.dumps(bank, ensure_ascii=False), "utf-8")
    for item in items:
        for policy in POLICIES:
            name = form_of(item["type"], policy.name)
            title = {"th": "ตัวอย่างรูปแบบข้อ"}
            form = {"form": name, "title": title, "description": title, "feedback": policy.name, "items": [item["id"]]}
            form |= {"cut_score": 0.6} if policy.name == "exam" else {}
            (root / f"quizzes/forms/{name}.yaml").write_text(json.dumps(form, ensure_ascii=False), "utf-8")


def form_of(kind: str, policy: str) -> str:
    return f"{kind.replace('_', '-')}-{policy}"


def fill(page: Page) -> None:
    """Answer with the first thing that can be chosen; a number and some words where something is typed."""
    card = page.locator(".cps-item")
    names = card.locator("input[type=radio]").evaluate_all("all => [...new Set(all.map(one => one.name))]")
    for name in names:
        card.locator(f"input[type=radio][name='{name}']").first.check(force=True)
    if card.locator("input[type=checkbox]").count():
        card.locator("input[type=checkbox]").first.check(force=True)
    for select in card.locator("select").all():
        select.select_option(index=1)
    for field in card.locator("input[type=text], textarea").all():
        is_number = field.get_attribute("inputmode") == "decimal"
        field.fill("35" if is_number else "ให้คณะกรรมการนับเงินสดทุกสิ้นเดือน")
        field.blur()
    if card.locator(".cps-move").count():
        card.locator("[data-key^='down:']").first.click()


def shoot(page: Page) -> bytes:
    """The card once the answer was stored."""
    fill(page)
    send = page.locator(".cps-item button[type=submit]")
    if send.count():
        send.click()
    expect(page.locator(".cps-item .cps-status-saved")).to_be_visible()
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    return page.locator(".cps-item").screenshot(type="png")


def sheet(page: Page, shots: dict[str, bytes]) -> bytes:
    """One picture of the five, as webp."""
    figures = [
        f'<figure><figcaption>{CAPTIONS[policy]}</figcaption><img src="data:image/png;base64,{base64.b64encode(png).decode()}"></figure>'
        for policy, png in shots.items()
    ]
    page.set_content(SHEET % "".join(figures))
    page.wait_for_function("[...document.images].every(one => one.complete)")
    box: Any = page.locator("main").bounding_box()
    clip = {"x": 0, "y": 0, "width": box["width"], "height": box["height"], "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    return base64.b64decode(shot["data"])


def main(arguments: list[str]) -> None:
    kinds = [kind for kind in ITEM_TYPES if not arguments or kind.example().type in arguments]
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = get_browser()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        data = Path(temporary) / "office"
        write_content(data / "demo" / "content", kinds)
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=list(ARGUMENTS))
        kit = Kit(data, "--demo")
        try:
            with visiting(kit, browser, width=360, height=2600, color_scheme="light") as visit:
                visit.enter_as("learner")
                for kind in kinds:
                    name = str(kind.example().type)
                    shots = {}
                    for policy in POLICIES:
                        visit.open(f"/quiz?form={form_of(name, policy.name)}")
                        settle(visit)
                        shots[policy.name] = shoot(visit.page)
                    blank = browser.new_page()
                    (FOLDER / f"{name}.webp").write_bytes(sheet(blank, shots))
                    blank.close()
                    print(name, (FOLDER / f"{name}.webp").stat().st_size)
        finally:
            kit.stop()
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
