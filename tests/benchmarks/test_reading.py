"""What the benchmark reads: /proc, the head of an answer, a light page, an item's presentation."""

from __future__ import annotations

import os
import random
import sys

import pytest

from benchmarks import machine
from benchmarks.device import kernel_of
from benchmarks.learner import respond
from benchmarks.machine import Memory, parse_children_ticks, parse_smaps
from benchmarks.transport import RefusedError, read_head

SMAPS = """\
55e4f2b8c000-7ffd1a9f6000 ---p 00000000 00:00 0                          [rollup]
Rss:               82660 kB
Pss:               14336 kB
Pss_Anon:          10000 kB
Anonymous:         20480 kB
Shared_Clean:      16248 kB
Private_Clean:      1024 kB
Private_Dirty:      9216 kB
"""


def test_memory_is_read_in_megabytes() -> None:
    assert parse_smaps(SMAPS) == Memory(14.0, 10.0, 20.0)


def test_a_process_that_has_ended_has_no_memory() -> None:
    with pytest.raises(KeyError):
        parse_smaps("")
    assert machine.memory_of(2**22 + 1) is None
    assert machine.cpu_of(2**22 + 1) == 0


def test_the_time_of_ended_children_is_read_whatever_the_name() -> None:
    fields = ["S", *map(str, range(4, 60))]  # fields 3, 4, 5, … of proc_pid_stat(5), each as its own number
    assert parse_children_ticks(f"42 (a b) S (c) {' '.join(fields)}\n") == 16 + 17


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc")
def test_this_process_is_read() -> None:
    assert machine.cpu_of(os.getpid()) > 0
    memory = machine.memory_of(os.getpid())
    assert memory is not None
    assert 0 < memory.uss <= memory.pss
    assert machine.descriptors_of(os.getpid()) > 2


def test_cookies_are_kept_and_taken_back() -> None:
    head = (
        b"HTTP/1.1 303 See Other\r\nLocation: /home\r\nSet-Cookie: _xsrf=2|ab=; Path=/\r\n"
        b'Set-Cookie: cps_session=""; expires=Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n'
    )
    status, headers, cookies = read_head(head)
    assert (status, headers["location"], cookies) == (303, "/home", {"_xsrf": "2|ab=", "cps_session": ""})


def test_the_kernel_of_a_light_page_is_found() -> None:
    page = '<main><script type="application/json" id="cps-page">{"kernel": "k-1", "lost_after_ms": 4000}</script>'
    assert kernel_of(page) == "k-1"
    with pytest.raises(RefusedError, match="#cps-page"):
        kernel_of("<main></main>")


@pytest.mark.parametrize(
    ("interaction", "names"), [("choose_one", "choice"), ("choose_many", "choices"), ("order", "order")]
)
def test_a_response_names_options_of_the_item(interaction: str, names: str) -> None:
    options = [{"id": name, "text": name} for name in "abcd"]
    response = respond({"interaction": interaction, "options": options}, random.Random(1))
    [(field, said)] = response.items()
    assert field == names
    assert set(said) <= set("abcd")
