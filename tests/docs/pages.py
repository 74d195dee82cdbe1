"""A page of the documentation as a shell script: its blocks marked for the test, the files it shows, its hidden lines.

The convention is in CONTRIBUTING.md. Knows no command of the kit.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

PRELUDE = Path(__file__).with_name("prelude.sh")

_FENCE = re.compile(r"^```(?P<info>[^`\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^<!-- test:(?P<body>.*?)-->$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block. line: where it stands, from 1; language and words: of its info string; body: what is in it."""

    line: int
    language: str
    words: str
    body: str

    @property
    def is_run(self) -> bool:
        return self.language == "sh" and self.words == "test"

    @property
    def file(self) -> str:
        """The path below the data folder at which it is written; "" when it is none."""
        return self.words.removeprefix("file=") if self.words.startswith("file=") else ""


def blocks(text: str) -> list[Block]:
    """All fenced blocks of a page, in order."""
    found = []
    for match in _FENCE.finditer(text):
        language, _, words = match["info"].strip().partition(" ")
        found.append(Block(_line(text, match.start()), language, words.strip(), match["body"]))
    return found


def script(text: str) -> str:
    """The page as a bash script: it says on stderr at which line of the page it is, and stops at the first failure."""
    steps: list[tuple[int, str]] = []
    for block in blocks(text):
        if block.is_run:
            steps.append((block.line, block.body))
        elif block.file:
            path = f'"$CPS_DATA_DIR"/{shlex.quote(block.file)}'
            steps.append(
                (block.line, f"mkdir -p \"$(dirname {path})\"\ncat > {path} <<'END OF FILE'\n{block.body}END OF FILE\n")
            )
    steps += [(_line(text, match.start()), match["body"].strip() + "\n") for match in _HIDDEN.finditer(text)]
    lines = [PRELUDE.read_text("utf-8")]
    lines += [f"echo '--- line {line}' >&2\n{code}" for line, code in sorted(steps)]
    return "\n".join(lines)


def _line(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1
