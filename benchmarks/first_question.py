"""How long until the first question can be answered, and from answer to feedback: the kit beside stock Voilà.

    uv run --group dev python benchmarks/first_question.py [RUNS]        default 7

The same ten questions: in the kit's quiz page, and in a stock Voilà page with jupyterquiz. Both servers stay up; visits
alternate, each with a cold browser profile, after one visit of each that is not counted. Prints one JSON document with the
medians and the ratios kit / stock; quote the ratios, wall-clock figures depend on the machine. No connection leaves it.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import nbformat  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from cps_training.content.library import load_library  # noqa: E402
from cps_training.items.multiple_choice import MultipleChoice  # noqa: E402
from cps_training.places import shipped  # noqa: E402
from tests.browser_support import ARGUMENTS, get_browser  # noqa: E402
from tests.kit import Kit, Visit  # noqa: E402

N_QUESTIONS = 10
ALONE = "--host-resolver-rules=MAP kit.test 127.0.0.1 , MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"

CLICK_TO_FEEDBACK = """([root, click, told]) => new Promise((done, failed) => {
  const place = document.querySelector(root), start = performance.now();
  const seen = () => { if (document.querySelector(told)) { watch.disconnect(); done(performance.now() - start); } };
  const watch = new MutationObserver(seen);
  watch.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
  place.querySelector(click).click();
  setTimeout(() => failed(new Error('no feedback within 10 s')), 10000);
})"""


def questions() -> list[MultipleChoice]:
    """Ten shipped questions with one right choice."""
    items = load_library(shipped()).items.values()
    return [item for item in items if isinstance(item, MultipleChoice)][:N_QUESTIONS]


def kit_with(asked: list[MultipleChoice], folder: Path) -> Kit:
    """The demo kit with a form of these questions in the office's own content."""
    forms = folder / "demo" / "content" / "quizzes" / "forms"
    forms.mkdir(parents=True)
    form = {
        "form": "bench",
        "title": {"th": "สิบข้อ", "en": "Ten"},
        "description": {"th": "สิบข้อสำหรับวัดเวลา", "en": "Ten"},
        "feedback": "practice",
        "shuffle": False,
        "minutes": 5,
        "items": [item.id for item in asked],
    }
    (forms / "bench.yaml").write_text(json.dumps(form, ensure_ascii=False), "utf-8")  # JSON is YAML
    return Kit(folder, "--demo")


class Stock:
    """`voila` as it comes, on a notebook that shows the same questions with jupyterquiz."""

    def __init__(self, asked: list[MultipleChoice], folder: Path) -> None:
        quiz = [
            {
                "question": item.stem,
                "type": "multiple_choice",
                "answers": [
                    {"answer": c.text, "correct": c.id == item.key, "feedback": c.rationale} for c in item.choices
                ],
            }
            for item in asked
        ]
        source = f"from jupyterquiz import display_quiz\nimport json\ndisplay_quiz(json.loads({json.dumps(json.dumps(quiz))}))"
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
        nbformat.write(notebook, folder / "stock.ipynb")
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "voila",
                "stock.ipynb",
                "--no-browser",
                f"--port={self.port}",
                "--Voila.ip=127.0.0.1",
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("stock voila did not start within 30 s")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def visit_kit(browser: Any, kit: Kit) -> tuple[float, float]:
    """(seconds to the first answerable question, milliseconds from answer to feedback)."""
    context = browser.new_context()
    page = context.new_page()
    Visit(kit, page).enter_as("learner")  # signing in is not what is measured
    state = context.storage_state()
    context.close()
    context = browser.new_context(storage_state=state)
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{kit.url}/quiz?form=bench", wait_until="commit")
    card = page.locator("main .cps-root:has(fieldset)").first
    card.locator("input[type=radio]").first.wait_for()
    first = time.perf_counter() - start
    if card.locator("h3").count():
        raise RuntimeError("the first question was answered already")
    card.locator("input[type=radio]").first.check()
    told = page.evaluate(
        CLICK_TO_FEEDBACK, ["main .cps-root:has(fieldset)", "button[type=submit]", "main .cps-feedback h3"]
    )
    context.close()
    return first, told


def visit_stock(browser: Any, stock: Stock) -> tuple[float, float]:
    context = browser.new_context()
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"http://127.0.0.1:{stock.port}/", wait_until="commit")
    page.locator("label.MCButton").first.wait_for()
    first = time.perf_counter() - start
    told = page.evaluate(CLICK_TO_FEEDBACK, [".Quiz", "label.MCButton", ".Quiz .correct, .Quiz .incorrect"])
    context.close()
    return first, told


def main(runs: int) -> None:
    """Alternate the visits and print the figures."""
    asked = questions()
    path = get_browser()
    arguments = [argument for argument in ARGUMENTS if not argument.startswith("--host-resolver-rules")]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path) if path else None, args=[*arguments, ALONE])
        stock_folder = Path(temporary, "stock")
        stock_folder.mkdir()
        kits, stock = [], Stock(asked, stock_folder)
        results: dict[str, list[tuple[float, float]]] = {"kit": [], "stock": []}
        try:
            kit = kit_with(asked, Path(temporary, "kit"))
            kits.append(kit)
            for run in range(runs + 1):
                for name, visit in (
                    ("kit", lambda: visit_kit(browser, kit)),
                    ("stock", lambda: visit_stock(browser, stock)),
                ):
                    figures = visit()
                    if run:
                        results[name].append(figures)
                reset(kit)
        finally:
            stock.stop()
            for running in kits:
                running.stop()
            browser.close()
    print(json.dumps(summary(results, runs), indent=2))


def reset(kit: Kit) -> None:
    """Finish the learner's attempt, so that the next visit's first question is open again."""
    from cps_training.clock import utc_now
    from cps_training.demo import OFFICER
    from cps_training.places import DataFolder
    from cps_training.records import accounts, attempts
    from cps_training.records.engine import Records

    with Records.open(DataFolder(kit.root / "demo").database) as records, records.write() as conn:
        officer = accounts.person_by_code(conn, OFFICER)
        assert officer is not None
        latest = attempts.latest_attempt(conn, officer.person_id, "bench")
        assert latest is not None
        from dataclasses import replace

        fresh = replace(
            latest,
            attempt_id=latest.attempt_id[::-1] + str(latest.number),
            number=latest.number + 1,
            steps=(),
            started_at=utc_now(),
        )
        attempts.insert_attempt(conn, fresh, cut_score=None, place="served")


def summary(results: dict[str, list[tuple[float, float]]], runs: int) -> dict[str, Any]:
    medians = {
        name: {
            "first_question_s": round(statistics.median(first for first, _ in figures), 3),
            "answer_to_feedback_ms": round(statistics.median(told for _, told in figures), 1),
        }
        for name, figures in results.items()
    }
    pairs = list(zip(results["kit"], results["stock"], strict=True))
    return {
        "runs": runs,
        "medians": medians,
        "ratio_kit_to_stock": {
            "first_question": round(statistics.median(kit[0] / stock[0] for kit, stock in pairs), 2),
            "answer_to_feedback": round(statistics.median(kit[1] / stock[1] for kit, stock in pairs), 2),
        },
        "note": "stock feedback is made in the browser, which holds the key; the kit's is given by the desk after a COMMIT",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
