"""Damaged files never do more than produce findings: sound content is mutated at random, with fixed seeds."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.library import check_library

SEEDS = range(30)
PER_SEED = 12
SCRAPS = [
    b":", b": ", b"- ", b"{", b"}", b"[", b"]", b"&a ", b"*a", b"!!str ", b"|", b">-", b"---\n", b"...\n", b"%YAML 1.1\n",
    b'"', b"'", b"\t", b"\n", b"\x00", b"\xff", b"\xef\xbb\xbf", b"<<: ", b"? ", b"#", b"yes", b"12:30", b"null", b"1e9",
    b"-1", b"\\ud800", b'"\\uD800"', b"\xe2\x80\xa8", "ก".encode(), b"9" * 400, b"[" * 60, b"a: &b [*b]\n", b"{}", b"[]",
    b'"cps"', b"\r", b"0x", b"2566-01-01",
]  # fmt: skip


def mutate(text: bytes, draw: random.Random) -> bytes:
    for _ in range(draw.randint(1, 4)):
        lines = text.split(b"\n")
        at, line = draw.randrange(len(text) + 1), draw.randrange(len(lines))
        kind = draw.randrange(6)
        if kind == 0:
            text = text[:at] + draw.choice(SCRAPS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + draw.randint(1, 30) :]
        elif kind == 2:
            text = text[:at] + bytes([draw.randrange(256)]) + text[at + 1 :]
        elif kind == 3:
            text = b"\n".join([*lines[:line], lines[line], *lines[line:]])
        elif kind == 4:
            text = b"\n".join([*lines[:line], *lines[line + 1 :]])
        else:
            other = draw.randrange(len(lines))
            lines[line], lines[other] = lines[other], lines[line]
            text = b"\n".join(lines)
    return text


@pytest.mark.parametrize("seed", SEEDS)
def test_a_damaged_file_gives_findings_and_nothing_else(
    tree: dict[str, str], write: Callable[..., Path], seed: int
) -> None:
    draw = random.Random(seed)
    for number in range(PER_SEED):
        file = draw.choice(sorted(tree))
        damaged = mutate(tree[file].encode(), draw)
        root = write({**tree, file: damaged}, f"case{number}")
        library, findings = check_library(root, None)
        assert library is not None or findings
        last_line = damaged.count(b"\n") + damaged.count(b"\r") + 2
        for finding in findings:
            assert finding.file in tree
            assert finding.column >= 1
            assert finding.line >= 1
            assert finding.file != file or finding.line <= last_line
            assert any("ก" <= letter <= "๛" for letter in finding.message), finding


def test_most_damage_is_noticed(tree: dict[str, str], write: Callable[..., Path]) -> None:
    """A reader that swallowed everything would pass the test above."""
    draw = random.Random(0)
    noticed = 0
    for number in range(100):
        file = draw.choice(sorted(tree))
        root = write({**tree, file: mutate(tree[file].encode(), draw)}, f"case{number}")
        noticed += bool(check_library(root, None)[1])
    assert noticed > 60
