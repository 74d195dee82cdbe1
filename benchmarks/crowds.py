"""Many learners at once, measured: the kit with its store and a browser beside, stock as far as it goes, and the long run.

Starts each server by its real command on a new data folder, has one learner visit before anything is counted, and reads memory
and processor time while it is quiet. Knows no target.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import office, soak, store
from benchmarks.browser import KIT_FIRST, Side, browsing, visit
from benchmarks.device import Device
from benchmarks.figures import spread
from benchmarks.load import Load
from benchmarks.machine import Tree, spent
from benchmarks.office import N_QUESTIONS, QUIZ, Office
from benchmarks.stock import MOST_LEARNERS, Stock
from cps_training.content.library import load_library
from cps_training.places import DataFolder, shipped
from tests.kit import Kit

Say = Callable[[str], None]

SEED = 2567
CALM_ROUNDS, CALM_THINK = 2, (2.0, 20.0)
BURSTS = 3
QUIET_SECONDS = 2.0
LEAVING_SECONDS = 30.0
BROWSERS = 1
LAST_WORDS = 3000


@contextmanager
def serving(made: Office) -> Iterator[Kit]:
    """The shipped command on the office's folder."""
    kit = Kit(made.folder)
    try:
        yield kit
    except BaseException:
        print(_last_words(made.folder), file=sys.stderr)
        raise
    finally:
        kit.stop()


def _last_words(folder: Path) -> str:
    """The end of the server's log: why a run was given up."""
    log = DataFolder(folder).logs / "server.log"
    return log.read_text("utf-8")[-LAST_WORDS:] if log.is_file() else ""


@contextmanager
def crowd(side: str, port: int, codes: tuple[str, ...], password: str = "") -> Iterator[Load]:
    load = Load(side=side, port=port, codes=codes, password=password, seed=SEED)
    try:
        yield load
    finally:
        load.stop()


def signed_in(port: int, code: str, password: str) -> dict[str, str]:
    """The cookies of a person who signed in by the form, for a browser. In a thread: playwright keeps a loop in this one."""
    cookies: dict[str, str] = {}

    def work() -> None:
        device = Device(port, code, password)
        asyncio.run(device.sign_in())
        cookies.update(device.http.cookies)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if not cookies:
        raise RuntimeError(f"{code} could not sign in")
    return cookies


def kit_at_once(folder: Path, n: int, say: Say) -> dict[str, Any]:
    """n learners open the quiz in one moment, answer, answer in one moment, leave; a browser visits meanwhile."""
    made = office.build(folder, n + 1 + BROWSERS)
    learners, warmer, guest = made.codes[:n], made.codes[n], made.codes[n + 1]
    with serving(made) as kit:
        tree = Tree(kit.process.pid)
        others: dict[str, int | None] = {warmer: warm_up(kit, warmer, made.password)}
        cookies = signed_in(kit.port, guest, made.password)
        with crowd("kit", kit.port, learners, made.password) as load:
            told: dict[str, Any] = {"learners": n, "sign_in": _brief(load.ask("sign_in"))}
            tree.wait_for_kernels(0, 5)
            time.sleep(QUIET_SECONDS)
            before, idle_mb, cpu = tree.state(), tree.pss(), tree.cpu()
            told["idle_mb"] = round(idle_mb, 1)
            say(f"kit {n}: signed in, {idle_mb:.0f} MB without a page")
            told |= _opened(load, tree, QUIZ, idle_mb, n)
            say(f"kit {n}: open {told['open']}")
            told["calm"], told["beside"] = _calm(load, Side(f"{kit.url}{QUIZ}", KIT_FIRST, None, cookies))
            others[guest] = N_QUESTIONS if "feedback_ms" in told["beside"] else None
            told["bursts"] = [_burst(load, tree) for _ in range(BURSTS)]
            say(f"kit {n}: bursts {told['bursts']}")
            time.sleep(QUIET_SECONDS)
            told["memory"] = _memory(tree, idle_mb, n)
            told["at_full"] = tree.state()
            told["leave"] = _brief(load.ask("leave"))
            told["leaving_s"] = round(tree.wait_for_kernels(before["kernels"], LEAVING_SECONDS), 1)
            told["cpu_visits"] = spent(cpu, tree.cpu())
            told["before"], told["after"] = before, tree.state()
            said = load.receipts()
    told["store"] = store.check(made.folder, said, others)
    say(f"kit {n}: store {told['store']}")
    return told


def stock_at_once(folder: Path, n: int, say: Say) -> dict[str, Any]:
    """n visitors open stock's page in one moment. Raises ValueError for more than its sockets carry."""
    if n > MOST_LEARNERS:
        raise ValueError(f"{n} learners: stock ends near 146, {MOST_LEARNERS} are asked of it")
    server = Stock(office.questions(), folder)
    try:
        tree = Tree(server.process.pid)
        with crowd("stock", server.port, ("warmer",)) as load:
            first = load.ask("open", path="/")
            if first["failed"]:
                raise RuntimeError(f"stock's first visitor failed: {first['why']}")
        time.sleep(QUIET_SECONDS)
        idle_mb = tree.pss()
        with crowd("stock", server.port, tuple(map(str, range(n)))) as load:
            told = {"learners": n, "idle_mb": round(idle_mb, 1)} | _opened(load, tree, "/", idle_mb, n)
            load.ask("leave")
    finally:
        server.stop()
    say(f"stock {n}: open {told['open']}")
    return told


def warm_up(kit: Kit, code: str, password: str) -> int:
    """One learner opens the quiz, answers and leaves; gives how many answers. Raises RuntimeError when that does not work."""
    with crowd("kit", kit.port, (code,), password) as load:
        for what, given in (("sign_in", {}), ("open", {"path": QUIZ}), ("burst", {}), ("leave", {})):
            told = load.ask(what, **given)
            if told["failed"] or told.get("unable"):
                raise RuntimeError(f"the first learner could not {what}: {told['why']}")
    return 1


def long_run(folder: Path, n: int, minutes: float, say: Say) -> dict[str, Any]:
    """n learners live in the kit for so many minutes; what grew, what stayed behind, what is wrong in the store."""
    made = office.build(folder, n + 1)
    rows_before = store.check(made.folder, {})["rows"]
    with serving(made) as kit:
        tree = Tree(kit.process.pid)
        others: dict[str, int | None] = {made.codes[n]: warm_up(kit, made.codes[n], made.password)}
        with crowd("kit", kit.port, made.codes[:n], made.password) as load:
            entered = [_brief(load.ask("sign_in"))]
            tree.wait_for_kernels(0, 5)
            time.sleep(QUIET_SECONDS)
            before, cpu = tree.state(), tree.cpu()
            entered.append(_brief(load.ask("open", path=QUIZ)))
            load.send({"do": "live", "minutes": minutes, "quiz": QUIZ, "others": soak.PAGES} | soak.PACE)
            lived: dict[str, Any] = {}
            waiting = threading.Thread(target=lambda: lived.update(load.hear()))
            waiting.start()
            samples = soak.watch(tree, lambda: not waiting.is_alive(), say)
            waiting.join()
            counts = load.ask("counted")["counts"]
            said = load.receipts()
        left_s = tree.wait_for_kernels(before["kernels"], soak.LEFT_OVER_SECONDS)
        time.sleep(QUIET_SECONDS)
        after, used = tree.state(), spent(cpu, tree.cpu())
    found = store.check(made.folder, said, others)
    expected = _rows(counts, found, n)
    problems = soak.findings(samples, before, after, rows_before, found["rows"], expected)
    failed = sum(one["failed"] for one in entered) + lived["failed"]
    return {
        "learners": n,
        "minutes": minutes,
        "entered": entered,
        "answers_ms": spread(lived["answer_seconds"], unit=1000),
        "pages_ms": spread(lived["open_seconds"], unit=1000),
        "failed": failed,
        "why": lived["why"],
        "client_cpu": lived["client_cpu"],
        "cpu": used,
        "counts": counts,
        "before": before,
        "after": after,
        "leaving_s": round(left_s, 1),
        "findings": problems,
        "store": found,
        "samples": samples,
    }


def _rows(counts: dict[str, int], found: dict[str, Any], n: int) -> dict[str, int]:
    """By how much each table may have grown: the one who warmed the server up opened one page and began one attempt."""
    lessons = {item for lesson in load_library(shipped()).lessons.values() for item in lesson.checkpoints}
    return {
        "session": n + 1,
        "ticket": counts["pages"] + 1,
        "attempt": counts["begun"] + counts["renewed"] + 1,
        "step": found["acknowledged"] + found["in_doubt_and_stored"] + found["others"] + found["finished"],
        "item_version": N_QUESTIONS + len(lessons),
    }


def _burst(load: Load, tree: Tree) -> dict[str, Any]:
    """Everybody answers in one moment, then goes on to the next item; the processor time is that of both."""
    cpu = tree.cpu()
    told = _brief(load.ask("burst"))
    return told | {"cpu": spent(cpu, tree.cpu())}


def _opened(load: Load, tree: Tree, path: str, idle_mb: float, n: int) -> dict[str, Any]:
    """Everybody opens the page in one moment; until all can answer, and what that took.

    cpu_bound_s: how long it would take if the processors never waited, the client's own work included.
    """
    cpu, start = tree.cpu(), time.perf_counter()
    raw = load.ask("open", path=path)
    wall = time.perf_counter() - start
    used = spent(cpu, tree.cpu())
    time.sleep(QUIET_SECONDS)
    return {
        "open": _brief(raw) | {"all_s": round(max(raw["seconds"], default=wall), 3)},
        "open_cpu": used,
        "cpu_bound_s": round((used["total"] + raw["client_cpu"]) / len(os.sched_getaffinity(0)), 3),
        "traffic": raw["counts"],
        "memory_opened": _memory(tree, idle_mb, n),
    }


def _calm(load: Load, side: Side) -> tuple[dict[str, Any], dict[str, Any]]:
    """Everybody thinks and answers; a browser visits meanwhile."""
    load.send({"do": "calm", "rounds": CALM_ROUNDS, "think": CALM_THINK})
    try:
        with browsing() as browser:
            beside = visit(browser, side, is_stock=False, is_again=False)
            beside.pop("cpu")
    except Exception as error:  # what the browser could not do is a figure, and the load must be heard to its end
        beside = {"error": f"{type(error).__name__} {error}"[:300]}
    return _brief(load.hear()), beside


def _memory(tree: Tree, idle_mb: float, n: int) -> dict[str, float]:
    parts = tree.memory()
    pss = sum(memory.pss for memory in parts.values())
    return {
        "pss_mb": round(pss, 1),
        "pss_a_learner_mb": round((pss - idle_mb) / n, 2),
        "uss_a_kernel_mb": round(parts["kernel"].uss / n, 2),
        **{f"pss_{part}_mb": round(memory.pss, 1) for part, memory in parts.items() if memory.pss},
    }


def _brief(told: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds instead of every second measured."""
    rest = {name: value for name, value in told.items() if name not in ("seconds", "counts")}
    return rest | {"ms": spread(told["seconds"], unit=1000)}
