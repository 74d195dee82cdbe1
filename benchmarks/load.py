"""The learners of a load, in a process of their own: `python -m benchmarks.load`. Reads one command a line, answers each with one.

The first line says who: {"side": "kit" | "stock", "port", "codes", "password", "seed"}. Then {"do": …}: sign_in, open, calm, burst,
leave, live, receipts. Every answer tells what failed and how much processor time this process took for it.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import subprocess
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.learner import Learner, Receipt, Said
from benchmarks.living import live
from benchmarks.transport import TROUBLE

ROOT = Path(__file__).resolve().parents[1]
SIGN_INS_AT_ONCE = 8
LONGEST_LINE = 1 << 26


class Load:
    """The other end of the pipe: starts the process, sends commands, hears what they gave."""

    def __init__(self, **who: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.load"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        self.send(who)

    def send(self, command: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """What the oldest unanswered command gave. Raises RuntimeError when the process ended instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load client ended with {self.process.wait()}")
        return dict(json.loads(line))

    def ask(self, what: str, **given: Any) -> dict[str, Any]:
        self.send({"do": what} | given)
        return self.hear()

    def receipts(self) -> dict[str, Said]:
        """What each person was told."""

        def read(rows: list[dict[str, Any]]) -> tuple[Receipt, ...]:
            return tuple(Receipt(**row) for row in rows)

        told = self.ask("receipts")["told"]
        return {
            code: Said(read(one["acknowledged"]), read(one["in_doubt"]), one["finished"]) for code, one in told.items()
        }

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


# In the process -------------------------------------------------------------------------------------------------


class Crowd:
    """The learners and what they can be told to do together."""

    def __init__(self, who: dict[str, Any]) -> None:
        self.chance = random.Random(who["seed"])
        self.is_stock = who["side"] == "stock"
        if self.is_stock:
            from benchmarks.stock import StockLearner

            self.learners: list[Any] = [StockLearner(who["port"]) for _ in who["codes"]]
        else:
            self.learners = [
                Learner(who["port"], code, who["password"], random.Random(self.chance.random()))
                for code in who["codes"]
            ]

    async def sign_in(self) -> dict[str, Any]:
        few = asyncio.Semaphore(SIGN_INS_AT_ONCE)

        async def one(learner: Learner) -> None:
            async with few:
                await learner.sign_in()

        return await together(self.learners, one)

    async def open(self, path: str) -> dict[str, Any]:
        """All at once; seconds of each, from the common start to being answerable."""
        told = await together(self.learners, lambda learner: learner.open(path))
        return told | await self.counted()

    async def counted(self) -> dict[str, Any]:
        """What all have done so far, added up."""
        total: Counter[str] = Counter()
        for learner in self.learners:
            total.update(asdict(learner.counts))
        return {"counts": dict(total)}

    async def calm(self, rounds: int, think: tuple[float, float]) -> dict[str, Any]:
        """Everybody answers `rounds` items with a think time before each; seconds of each answer."""

        async def one(learner: Learner) -> list[float]:
            taken = []
            for _ in range(rounds):
                await asyncio.sleep(learner.chance.uniform(*think))
                taken.append(await learner.answer())
                await learner.go_on()
            return taken

        return await together(self.learners, one)

    async def burst(self) -> dict[str, Any]:
        """Everybody answers in the same moment: the answers are made first, then all are sent without a pause."""
        armed = {learner.code: learner.arm() for learner in self.learners if learner.open_cards()}
        ready = [learner for learner in self.learners if learner.code in armed]
        told = await together(ready, lambda learner: learner.fire(armed[learner.code]))
        after = await together(ready, lambda learner: learner.go_on())
        told["unable"] = len(self.learners) - len(ready)
        return told | {"failed": told["failed"] + after["failed"], "why": told["why"] | after["why"]}

    async def leave(self) -> dict[str, Any]:
        async def one(learner: Any) -> None:
            if goodbye := learner.leave():
                answer = await goodbye
                if answer.status != 204:
                    raise RuntimeError(f"goodbye: {answer.status}")

        return await together(self.learners, one)

    async def live(
        self, minutes: float, quiz: str, others: list[str], think: tuple[float, float], stay: float
    ) -> dict[str, Any]:
        return await live(self.learners, minutes * 60, quiz, others, think, stay)

    async def receipts(self) -> dict[str, Any]:
        return {
            "told": {
                learner.code: {
                    "acknowledged": [asdict(receipt) for receipt in learner.acknowledged],
                    "in_doubt": [asdict(receipt) for receipt in learner.in_doubt],
                    "finished": learner.counts.finished,
                }
                for learner in self.learners
            }
        }


async def together(learners: list[Any], act: Callable[[Any], Awaitable[Any]]) -> dict[str, Any]:
    """{"seconds": what each act gave, "failed": how many could not, "why": {reason: n}}. Every act begins in one moment."""
    outcomes = await asyncio.gather(*(act(learner) for learner in learners), return_exceptions=True)
    why: Counter[str] = Counter()
    seconds: list[float] = []
    for outcome in outcomes:
        if isinstance(outcome, TROUBLE):
            why[f"{type(outcome).__name__} {outcome}"[:200]] += 1
        elif isinstance(outcome, BaseException):
            raise outcome
        elif isinstance(outcome, list):
            seconds += outcome
        elif isinstance(outcome, float):
            seconds.append(outcome)
    return {"seconds": [round(value, 5) for value in seconds], "failed": why.total(), "why": dict(why)}


async def main() -> None:
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    crowd = Crowd(json.loads(await reader.readline()))
    while line := await reader.readline():
        command = json.loads(line)
        act = getattr(crowd, command.pop("do"))
        before = resource.getrusage(resource.RUSAGE_SELF)
        told = await act(**command)
        after = resource.getrusage(resource.RUSAGE_SELF)
        told["client_cpu"] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 3)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
