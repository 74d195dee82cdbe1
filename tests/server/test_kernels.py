"""How many kernels there are, what they know, and that they end: many tabs, no seat, sign-out, the environment."""

from __future__ import annotations

import html
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from cps_training.server.environment import ADDED_BY_JUPYTER, OWN, PASSED_ON
from tests.kit import Kit
from tests.server.conftest import kernels_of
from tests.server.visitor import Visitor, kernel_in

ADDED_BY_THE_SYSTEM = {"__CF_USER_TEXT_ENCODING", "PYTHONHASHSEED", "MALLOC_ARENA_MAX"}


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
    allowed = PASSED_ON | OWN | ADDED_BY_JUPYTER | ADDED_BY_THE_SYSTEM
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


def test_a_reader_who_leaves_while_the_page_is_made_leaves_no_kernel(kit: Kit, learner: Visitor) -> None:
    import socket

    cookie = "; ".join(f"{name}={value}" for name, value in learner.cookies.items())
    with socket.create_connection(("127.0.0.1", kit.port)) as link:
        link.sendall(f"GET /lessons/cps-cycle HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        assert link.recv(100)
    assert wait_until(kit, 0) == []


@pytest.fixture
def one_seat(tmp_path: Path) -> Kit:
    root = tmp_path / "kit"
    root.mkdir()
    (root / "config.toml").write_text("seats = 1\n", "utf-8")
    running = Kit(root, "--demo")
    yield running
    assert running.stop() == 0


def test_when_every_seat_is_taken_the_page_says_so(one_seat: Kit) -> None:
    Visitor(one_seat).enter_as("learner").open("/home")
    answer = Visitor(one_seat).enter_as("trainer").get("/home")
    assert answer.status == 503
    assert "รอสักครู่" in answer.text
    assert len(kernels_of(one_seat)) == 1


def test_a_lesson_is_painted_with_its_prose_and_title(learner: Visitor) -> None:
    page = html.unescape(learner.get("/lessons/cps-cycle").text)
    assert kernel_in(page)
    assert "<title>ระบบ CPS: สองระดับแผน สองด่านอนุมัติ · ชุดฝึก CPS</title>" in page
    assert "เช้าวันจันทร์ของมะลิ" in page
    assert page.count("<main") == 1
    assert "open_session" not in page  # no source of a cell is sent
