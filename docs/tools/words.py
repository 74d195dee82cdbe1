"""The words by which a search parts what people type: data/handbook/words.txt, from the content itself.

uv run --group dev python docs/tools/words.py            write the list
uv run --group dev python docs/tools/words.py --check    fail when the handbook or the glossary has a word that is not in it

A word of the list is one that PyThaiNLP's newmm finds in the handbook, the glossary, the items or the lessons and that stands in
its dictionary; and the small words of the glossary, which are left out of a search only when they are seen as words.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize

from cps_training.content.segmenting import FILE
from cps_training.thai_text import normalise

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / FILE
HANDBOOK = ("data/handbook/*.yaml",)
OTHERS = ("quizzes/banks/*.yaml", "data/recaps/*.yaml", "data/explorables/*.yaml")
LESSONS = "notebooks/lessons/*.ipynb"
HEAD = "# คำที่ใช้ตัดคำในการค้นคู่มือ บรรทัดละคำ เขียนโดย docs/tools/words.py ไม่แก้ด้วยมือ\n"
_THAI = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]{2,}")


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a YAML or JSON value, keys left out."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(inner)


def texts(patterns: Iterable[str]) -> Iterator[str]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            yield from texts_in(yaml.safe_load(path.read_text("utf-8")))


def prose() -> Iterator[str]:
    for path in sorted(ROOT.glob(LESSONS)):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def words_in(some: Iterable[str]) -> set[str]:
    """The words newmm finds in texts, of its dictionary and of Thai letters only."""
    dictionary = thai_words()
    found = {word for text in some for word in word_tokenize(normalise(text), engine="newmm", keep_whitespace=False)}
    return {word for word in found & dictionary if _THAI.fullmatch(word)}


def small_words() -> set[str]:
    glossary = yaml.safe_load((ROOT / "data/handbook/glossary.yaml").read_text("utf-8"))
    return {normalise(word) for word in glossary.get("small_words", ()) if _THAI.fullmatch(normalise(word))}


def main(arguments: list[str]) -> int:
    needed = words_in(texts(HANDBOOK)) | small_words()
    if "--check" in arguments:
        listed = set(LIST.read_text("utf-8").splitlines())
        missing = sorted(needed - listed)
        print(*missing, sep="\n")
        return 1 if missing else 0
    words = needed | words_in(texts(OTHERS)) | words_in(prose())
    LIST.write_text(HEAD + "".join(f"{word}\n" for word in sorted(words)), encoding="utf-8")
    print(f"{len(words)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
