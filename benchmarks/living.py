"""What a learner of the long run does: thinks, answers, searches, goes to another real page, leaves. Knows no server's insides."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from typing import Any

from benchmarks.transport import TROUBLE

WORDS = ("ขออนุญาต", "2.3", "AGM", "แผน", "รายงาน", "สหกรณ์")
BACK_TO_QUIZ = 0.6
"""How often the quiz comes after another page: answering goes on there for as long as one likes."""


async def live(
    learners: list[Any], seconds: float, quiz: str, others: list[str], think: tuple[float, float], stay: float
) -> dict[str, Any]:
    """Everybody, with the quiz open already, lives for so long; the first change of page comes at a moment of each one's own.
    At the end all leave. think: seconds before each answer, from … to; stay: seconds on a page."""
    end = time.monotonic() + seconds
    taken: list[float] = []
    opened: list[float] = []
    why: Counter[str] = Counter()

    async def one(learner: Any) -> None:
        chance: random.Random = learner.chance
        path, until = quiz, time.monotonic() + chance.uniform(0, stay)
        while True:
            try:
                await _stay(learner, path, path == quiz, min(until, end), think, taken)
            except TROUBLE as error:
                why[f"{path}: {type(error).__name__} {error}"[:200]] += 1
            goodbye = learner.leave()
            if time.monotonic() >= end:
                await _left(goodbye, why)
                return
            is_back = path != quiz and chance.random() < BACK_TO_QUIZ
            path = quiz if is_back else chance.choice([other for other in others if other != path])
            until = time.monotonic() + stay
            try:
                opened.append(await learner.open(path))
            except TROUBLE as error:
                why[f"{path}: {type(error).__name__} {error}"[:200]] += 1
                await asyncio.sleep(1)
            await _left(goodbye, why)

    await asyncio.gather(*(one(learner) for learner in learners))
    return {"answer_seconds": taken, "open_seconds": opened, "failed": why.total(), "why": dict(why)}


async def _stay(
    learner: Any, path: str, is_quiz: bool, until: float, think: tuple[float, float], taken: list[float]
) -> None:
    """Think, then do what the page asks for, until it is time to go."""
    chance: random.Random = learner.chance
    while True:
        pause = chance.uniform(*think)
        left = until - time.monotonic()
        await asyncio.sleep(max(0.0, min(pause, left)))
        if pause >= left:
            return
        if is_quiz and not learner.open_cards():
            await learner.go_on()
        if learner.open_cards():
            taken.append(await learner.answer())
            if is_quiz:
                await learner.go_on()
        elif path == "/handbook":
            await learner.search(chance.choice(WORDS))


async def _left(goodbye: Any, why: Counter[str]) -> None:
    if goodbye is None:
        return
    try:
        status = (await goodbye).status
    except (OSError, asyncio.IncompleteReadError) as error:
        why[f"goodbye: {type(error).__name__}"] += 1
    else:
        if status != 204:
            why[f"goodbye: {status}"] += 1
