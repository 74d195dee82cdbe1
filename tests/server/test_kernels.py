"""How many kernels there are, what they know, and that they end: many tabs, no seat, sign-out, the environment."""

from __future__ import annotations

import asyncio
import html
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from cps_training.server.environment import ADDED_BY_JUPYTER, OWN, PASSED_ON
from tests.kit import Kit
from tests.server.bare_kernels import short_folder
from tests.server.conftest import kernels_of
from tests.server.visitor import Visitor, in_a_thread, kernel_in, message, page_state, say_and_hear, until_closed

ADDED_BY_THE_SYSTEM = {"__CF_USER_TEXT_ENCODING"}
OF_THE_PARENT = {"PYTHONHASHSEED", "MALLOC_ARENA_MAX", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"}
"""Settings that keep its children small, and itself without threads."""


def wait_until(kit: Kit, count: int) -> list[psutil.Process]:
    """The kernels once there are `count`; processes end a moment after the server let go of them."""
    deadline = time.monotonic() + 20
    while len(found := kernels_of(kit)) != count and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def test_a_kernels_environment_holds_only_what_is_listed(kit: Kit, learner: Visitor) -> None:
    """What the system shows of a process: the warm parent's environment, which nobody's ticket ever was in."""
    learner.open("/quiz?form=cps-practice")
    (kernel,) = wait_until(kit, 1)
    environment = kernel.environ()
    allowed = PASSED_ON | OWN | ADDED_BY_JUPYTER | ADDED_BY_THE_SYSTEM | OF_THE_PARENT
    assert {n for n in environment if n.upper() not in allowed and not n.startswith("LC_")} == set()
    assert not any("session" in value.casefold() for name, value in environment.items() if name.startswith("CPS_"))
    if kernel.name() == "cps-kernel":
        assert {"CPS_TICKET", "CPS_DESK", "QUERY_STRING"}.isdisjoint(environment)


def test_eight_tabs_at_once_leave_two_kernels_and_others_unharmed(kit: Kit, learner: Visitor, trainer: Visitor) -> None:
    others = trainer.open("/home")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: learner.get("/home"), range(8)))
    statuses = Counter(answer.status for answer in answers)
    assert set(statuses) <= {200, 429}
    assert statuses[200] >= 2
    assert len(wait_until(kit, 3)) == 3  # two of theirs, one of the other's
    assert trainer.get(f"/api/kernels/{others}").status == 200
    refused = [answer for answer in answers if answer.status == 429]
    assert all("เปิดหลายหน้าพร้อมกันเกินไป" in answer.text for answer in refused)


def test_the_newest_page_wins(learner: Visitor) -> None:
    kernels = [learner.open("/home") for _ in range(3)]
    assert [learner.get(f"/api/kernels/{kernel}").status for kernel in kernels] == [403, 200, 200]


def test_signing_out_ends_ones_kernels(kit: Kit, learner: Visitor) -> None:
    learner.open("/home")
    wait_until(kit, 1)
    learner.post("/sign-out")
    assert wait_until(kit, 0) == []


def test_a_page_that_is_left_before_its_kernel_runs_leaves_none(kit: Kit, learner: Visitor) -> None:
    for _ in range(3):
        kernel = learner.open("/lessons/cps-cycle")
        assert learner.post(f"/voila/api/shutdown/{kernel}").status == 204
    assert in_a_thread(page_state(learner, "/home"))["cells"]
    assert len(wait_until(kit, 1)) == 1


HASTY = """
from cps_training.server import kernels, reservations
kernels.NEVER_CONNECTED_SECONDS = reservations.NEVER_CONNECTED_SECONDS = 1.0
from cps_training.cli import main
main()
"""
NERVOUS = """
from cps_training.server import kernels
kernels.IDLE_SECONDS, kernels.SPEAKS_SECONDS = 5.0, 0.5
from cps_training.cli import main
main()
"""


@contextmanager
def altered(program: str) -> Iterator[Kit]:
    with short_folder() as root:
        running = Kit(root, "--demo", command=(sys.executable, "-c", program), cwd=Path.cwd())
        yield running
        assert running.stop() == 0


@pytest.fixture(scope="module")
def hasty() -> Iterator[Kit]:
    """A kit that does not wait long for a page to connect."""
    with altered(HASTY) as running:
        yield running


@pytest.fixture(scope="module")
def nervous() -> Iterator[Kit]:
    """A kit that does not wait long for somebody to do something."""
    with altered(NERVOUS) as running:
        yield running


def test_a_page_that_never_connects_gives_its_kernel_back(hasty: Kit) -> None:
    """It was closed before its script ran: nobody says goodbye for it."""
    visitor = Visitor(hasty).enter_as("learner")
    kernel = visitor.open("/home")
    assert len(wait_until(hasty, 1)) == 1
    assert wait_until(hasty, 0) == []
    assert visitor.get(f"/api/kernels/{kernel}").status == 403


def test_a_page_over_which_nobody_works_gives_its_seat_back_and_says_so(nervous: Kit) -> None:
    visitor = Visitor(nervous).enter_as("learner")

    async def talk() -> list[bytes]:
        async with visitor.channels(kernel) as link:
            await say_and_hear(link, [])
            return await until_closed(link)

    kernel = visitor.open("/home")
    assert any(b'"dead"' in raw for raw in in_a_thread(talk()))
    assert wait_until(nervous, 0) == []


def test_a_page_over_which_somebody_works_stays(nervous: Kit) -> None:
    visitor = Visitor(nervous).enter_as("learner")
    spoken = message("comm_msg", {"comm_id": "x", "data": {}})

    async def talk() -> None:
        async with visitor.channels(kernel) as link:
            for _ in range(8):  # longer than a page may be idle
                await say_and_hear(link, [spoken])
                await asyncio.sleep(1)

    kernel = visitor.open("/home")
    in_a_thread(talk())
    assert visitor.get(f"/api/kernels/{kernel}").status == 200
    visitor.post("/sign-out")


def test_a_lesson_is_painted_with_its_prose_and_title(learner: Visitor) -> None:
    page = html.unescape(learner.get("/lessons/cps-cycle").text)
    assert kernel_in(page)
    assert "<title>ระบบ CPS: สองระดับแผน สองด่านอนุมัติ · ชุดฝึก CPS</title>" in page
    assert "เช้าวันจันทร์ของมะลิ" in page
    assert page.count("<main") == 1
    assert "open_session" not in page  # no source of a cell is sent
