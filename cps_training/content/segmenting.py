"""Thai text into words, by the fewest words of a list that cover it. Pure; knows no handbook and no search.

Thai writes no spaces between words. The list is data (data/handbook/words.txt, made by docs/tools/words.py with PyThaiNLP's
newmm), because newmm itself is far too heavy for a learner's kernel; why, and how near this comes to it, is in docs/adr/0015.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = "data/handbook/words.txt"
_RUNS = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+|[0-9a-z]+(?:[.'][0-9a-z]+)*|.", re.IGNORECASE | re.DOTALL)
"""Thai letters; words and numbers of other scripts (2.3 is one); else every letter for itself."""
_NEVER_FIRST = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ")
_NEVER_LAST = frozenset("เแโใไัื")


class Segmenter:
    """Parts text by a list of words. Joining the parts gives the text back."""

    def __init__(self, words: Iterable[str]) -> None:
        self._starting: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            if len(word) > 1:
                self._starting.setdefault(word[:2], []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._starting.get(word[:2], ())

    def beginning(self, letter: str) -> list[str]:
        """Words of the list that begin with this letter."""
        return [word for start, words in self._starting.items() if start[0] == letter for word in words]

    def __call__(self, text: str) -> list[str]:
        """The words of a text in their order, with what stands between them. Letters that are in no word stay together."""
        found: list[str] = []
        for run in _RUNS.findall(text):
            found += self._parts(run, frozenset()) if "\u0e01" <= run[0] <= "\u0e4e" else [run]
        return found

    def inside(self, word: str) -> list[str]:
        """The words that a word is made of, itself left out; [word] when it is made of none."""
        parts = self._parts(word, frozenset((word,)))
        return parts if all(part in self for part in parts) else [word]

    def _parts(self, run: str, without: frozenset[str]) -> list[str]:
        """The way through a run that leaves the fewest letters over, then takes the fewest words, then the longest first."""
        n = len(run)
        may_cut = [True, *(run[i] not in _NEVER_FIRST and run[i - 1] not in _NEVER_LAST for i in range(1, n)), True]
        # best[i]: (letters left over, words) from i on; step[i]: where the part that begins at i ends, negative for no word.
        best: list[tuple[int, int]] = [(0, 0)] * (n + 1)
        step = [0] * (n + 1)
        for i in range(n - 1, -1, -1):
            if not may_cut[i]:
                continue
            end = next(j for j in range(i + 1, n + 1) if may_cut[j])
            over, words = best[end]
            best[i], step[i] = (over + end - i, words + (step[end] >= 0)), -end
            for word in self._starting.get(run[i : i + 2], ()):
                end = i + len(word)
                if end <= n and may_cut[end] and run.startswith(word, i) and word not in without:
                    over, words = best[end]
                    if (over, words + 1) < best[i]:
                        best[i], step[i] = (over, words + 1), end
        parts: list[str] = []
        i, was_word = 0, True
        while i < n:
            end, is_word = abs(step[i]), step[i] > 0
            if is_word or was_word:
                parts.append(run[i:end])
            else:
                parts[-1] += run[i:end]
            i, was_word = end, is_word
        return parts


@cache
def shipped_segmenter(root: Path) -> Segmenter:
    """By the list that ships below this root; read once a process. Without the file every run of letters is one word."""
    path = root / FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return Segmenter(line for line in lines if line and not line.startswith("#"))
