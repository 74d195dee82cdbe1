"""Looks for canaries (canary_bank) in whatever a browser receives and in the memory of a process, in every form Python keeps them.

Texts: one, two or four bytes a letter (UTF-8 and Python's own strings), and escaped as JSON and HTML write them. Numbers: written with
or without thousands, and as the int and float objects of this Python.
"""

from __future__ import annotations

import ctypes
import re
import struct
import sys
from typing import Any

import numpy as np

from tests.server.canary_bank import ANSWER, CONSTANT, NEAR, NUMBERS, SLIP, TOLERANCE

_WIDTHS = (1, 2, 4)
_ESCAPED = re.compile(rb"\\+u00([0-7][0-9a-fA-F])|&#x([0-7]?[0-9a-fA-F]{2});|&#(\d{2,3});")
_BEGINS = ("kanari", "738190", "738,190", r"\u006b", r"\u006B", "&#107;", "&#x6b;", "&#x6B;")
_WORD = re.compile(r"(kanari[-_][0-9a-f]{8})|738,?190,?(\d{3}),?(\d{3})")
_LONGEST = 200
"""So much is read from where a word begins: fifteen letters, each escaped, at four bytes a letter."""


def words_in(data: bytes) -> set[str]:
    """Every canary in it: words as planted, numbers by their kind."""
    found: set[str] = set()
    letters = np.frombuffer(data, np.uint8)
    for first in {begin[0] for begin in _BEGINS}:
        places = np.flatnonzero(letters == ord(first))
        for begin in (one for one in _BEGINS if one[0] == first):
            for width in _WIDTHS:
                for at in _spelled(letters, places, begin, width):
                    found |= _words(data[at : at + _LONGEST * width : width])
    return found


def _spelled(letters: Any, places: Any, begin: str, width: int) -> list[int]:
    """Those places where a word's beginning stands, one letter in so many bytes and nothing between."""
    places = places[places + len(begin) * width <= len(letters)]
    spread = b"".join(letter.encode() + bytes(width - 1) for letter in begin)
    for n, byte in enumerate(spread):
        places = places[letters[places + n] == byte]
    return list(map(int, places))


def _words(text: bytes) -> set[str]:
    plain = _ESCAPED.sub(lambda one: bytes([int(one[1] or one[2] or "0", 16) or int(one[3])]), text)
    word = _WORD.match(plain.decode("latin-1"))
    if word is None:
        return set()
    return {word[1] or NUMBERS.get(int(word[2] + word[3]), f"number-{word[2]}{word[3]}")}


def numbers_in(data: bytes) -> set[str]:
    """Canary numbers that lie there as objects: as an int or as a float."""
    exact = {
        "number-answer": ANSWER,
        "number-mistake": NEAR,
        "number-tolerance": TOLERANCE,
        "number-formula": CONSTANT,
        "number-slip-formula": SLIP,
    }
    words = np.frombuffer(data, np.uint32, len(data) // 4)
    return {name for name, value in exact.items() if any(_lies(data, words, needle) for needle in _objects(value))}


def _lies(data: bytes, words: Any, needle: bytes) -> bool:
    """Whether it lies there as objects do, at a place divisible by four. words: the data four bytes a number."""
    last = int.from_bytes(needle[-4:], sys.byteorder)
    ends = (4 * int(at) + 4 for at in np.flatnonzero(words == last))
    return any(data[end - len(needle) : end] == needle for end in ends if end >= len(needle))


def _objects(value: float) -> list[bytes]:
    return [struct.pack("d", value), *([_as_int(value)] if isinstance(value, int) else [])]


def _as_int(value: int) -> bytes:
    """What follows the type in an int object: its size and its digits."""
    head = 2 * ctypes.sizeof(ctypes.c_void_p)
    return ctypes.string_at(id(value) + head, sys.getsizeof(value) - head)


def memory_of(pid: int) -> bytes:
    """What a process has in its memory but for the files it only reads: its own maps one after the other. Linux only."""
    parts = []
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            where, may, _, _, inode, *name = line.split()
            is_kernels = bool(name) and name[0].startswith("[v")  # clocks and calls: no memory of the process
            if not may.startswith("r") or (inode != "0" and "w" not in may) or is_kernels:
                continue
            start, end = (int(part, 16) for part in where.split("-"))
            memory.seek(start)
            while start < end and (part := memory.read(end - start)):
                parts.append(part)
                start += len(part)
    return b"".join(parts)


class Ears:
    """A websocket that keeps every byte it hears."""

    def __init__(self, link: Any, heard: list[bytes]) -> None:
        self._link, self._heard = link, heard

    async def write_message(self, said: Any, *, binary: bool) -> None:
        await self._link.write_message(said, binary=binary)

    async def read_message(self) -> Any:
        raw = await self._link.read_message()
        if raw is not None:
            self._heard.append(raw if isinstance(raw, bytes) else raw.encode())
        return raw


class Watch:
    """Everything one browser received, and what of it are canaries."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self._n_read = 0
        self._found: set[str] = set()

    @property
    def found(self) -> set[str]:
        """The canaries received so far."""
        self._found |= words_in(b"\n".join(self.received[self._n_read :]))
        self._n_read = len(self.received)
        return set(self._found)
