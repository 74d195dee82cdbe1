"""How long the lessons are and how long they take: docs/reference/lessons.md, counted in the notebooks themselves.

uv run --group dev python docs/tools/readability.py            write the page
uv run --group dev python docs/tools/readability.py --check    fail when it differs, or when a lesson says another time

Thai marks no word and no sentence: words are those of PyThaiNLP's newmm, and what stands between two spaces or ends of lines is
called a phrase.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from pythainlp.tokenize import word_tokenize

from cps_training.content.lessons import FOLDER
from cps_training.notebook_cells import code_cells, read_cells, source
from cps_training.views.lesson_widgets import EXPLORABLES

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "lessons.md"

WORDS_A_MINUTE = 130
"""Reading to learn, with tables, on a phone: slower than the 200 and more of running text."""
CHECKPOINT_MINUTES = 0.8
EXPLORABLE_MINUTES = 2.0
ROUNDED_TO = 5

INTRO = f"""# The lessons in figures

Written by `docs/tools/readability.py` from the notebooks. Estimated minutes = words / {WORDS_A_MINUTE} + {CHECKPOINT_MINUTES} × checkpoints + {EXPLORABLE_MINUTES:g} × explorables, rounded to {ROUNDED_TO}; it is an
assumption until officers have been timed, and it is what a lesson's metadata says. A *screen* is one piece of prose between two headings or
widgets. Words are counted by PyThaiNLP's newmm; a *phrase* is what stands between two spaces, as Thai has no full stop.
"""
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[*_`>#|]|^\s*[-:|\s]+$|^\s*(?:[-*]|\d+\.)\s+", re.MULTILINE)
_WORD = re.compile(r"[\w\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Measured:
    """One lesson. longest: words of its longest screen; said: minutes in its metadata."""

    number: int
    title: str
    screens: int
    words: int
    phrases: int
    longest: int
    checkpoints: int
    explorables: int
    said: int

    @property
    def minutes(self) -> int:
        exact = (
            self.words / WORDS_A_MINUTE + CHECKPOINT_MINUTES * self.checkpoints + EXPLORABLE_MINUTES * self.explorables
        )
        return max(ROUNDED_TO, ROUNDED_TO * round(exact / ROUNDED_TO))


def words_of(text: str) -> int:
    """Words in Markdown, marks and addresses left out."""
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    return sum(bool(_WORD.search(word)) for word in word_tokenize(plain, engine="newmm", keep_whitespace=False))


def phrases_of(text: str) -> int:
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    return sum(bool(_WORD.search(part)) for part in plain.split())


def measure(path: Path) -> Measured:
    """One notebook. Raises KeyError where it is no lesson."""
    notebook = read_cells(path)
    said = json.loads(path.read_text("utf-8"))["metadata"]["cps"]
    prose = [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    code = "\n".join(text for _, text in code_cells(notebook))
    counts = [words_of(text) for text in prose]
    return Measured(
        number=said["number"],
        title=said["title"]["th"],
        screens=len(prose),
        words=sum(counts),
        phrases=sum(map(phrases_of, prose)),
        longest=max(counts),
        checkpoints=len(said["checkpoints"]),
        explorables=sum(len(re.findall(rf"\b{name}\(", code)) for name in EXPLORABLES),
        said=said["minutes"],
    )


def lessons() -> list[Measured]:
    return [measure(path) for path in sorted((ROOT / FOLDER).glob("*.ipynb"))]


def page(measured: list[Measured]) -> str:
    head = "| | lesson | screens | words | longest screen | words a phrase | checkpoints | explorables | minutes |"
    rows = [
        f"| {one.number:02d} | {one.title} | {one.screens} | {one.words:,} | {one.longest} | {one.words / one.phrases:.1f} | "
        f"{one.checkpoints} | {one.explorables} | {one.minutes} |"
        for one in measured
    ]
    total = f"| | together | {sum(one.screens for one in measured)} | {sum(one.words for one in measured):,} | | | "
    total += f"{sum(one.checkpoints for one in measured)} | {sum(one.explorables for one in measured)} | {sum(one.minutes for one in measured)} |"
    return "\n".join([INTRO, head, "|---|---|" + "---:|" * 7, *rows, total, ""])


def main(arguments: list[str]) -> int:
    measured = lessons()
    wrong = [one for one in measured if one.said != one.minutes]
    for one in wrong:
        print(f"lesson {one.number}: metadata says {one.said} minutes, the formula gives {one.minutes}")
    made = page(measured)
    if "--check" in arguments:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != made:
            print(f"{PAGE.relative_to(ROOT)} differs from the notebooks; run docs/tools/readability.py")
            return 1
        return 1 if wrong else 0
    PAGE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
