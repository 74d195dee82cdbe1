"""The warm parent of kernels and each pitfall of forking from it: what a child must not have of it, or of another child."""

from __future__ import annotations

import ast
import json
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from cps_training.server import kernel_parent
from tests.server.bare_kernels import HANDLED, ByHand, Child, is_gone, plain, wait_for

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="2026-11-23: only Linux forks safely")

VIEW = "application/vnd.jupyter.widget-view+json"
NAMES = "[name for name in globals() if not name.startswith('_')]"
DRAWN = """
from cps_training.views import Notice
shown = Notice(text="before", on_action=lambda action: setattr(shown, "text", action))
shown
"""


@pytest.fixture(scope="module")
def learners() -> Iterator[ByHand]:
    """A parent for the tests that only fork from it."""
    with ByHand() as parent:
        yield parent


@pytest.fixture
def parent() -> Iterator[ByHand]:
    """A parent for a test that harms it."""
    with ByHand() as made:
        yield made


def descriptors(pid: int) -> dict[int, str]:
    """What a process holds open, by number."""
    found = {}
    for path in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found[int(path.name)] = os.readlink(path)
        except FileNotFoundError:  # closed meanwhile
            continue
    return found


def sockets(pid: int) -> set[str]:
    return {where for where in descriptors(pid).values() if where.startswith("socket:")}


def unix_paths(pid: int) -> set[str]:
    return {str(link.laddr) for link in psutil.Process(pid).net_connections("unix")}


# Before the fork --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", ["learner", "staff"])
def test_the_parent_has_one_thread_and_opens_nothing_but_its_listener(family: str) -> None:
    with ByHand(family) as parent:
        wait_for(lambda: "anon_inode:[eventpoll]" in descriptors(parent.pid).values(), "it serves")
        process = psutil.Process(parent.pid)
        assert process.num_threads() == 1
        held = sorted(descriptors(parent.pid).items())
        stdin, out, error, waits, listener = (where for _, where in held)
        assert stdin.startswith("pipe:")
        assert (out, error) == (os.devnull, os.devnull)
        assert waits == "anon_inode:[eventpoll]"  # its own, which a child closes
        assert listener.startswith("socket:")
        assert unix_paths(parent.pid) == {str(parent.socket)}
        assert process.net_connections("inet") == []


def test_what_is_shared_is_left_alone_by_a_collection(learners: ByHand) -> None:
    (frozen,) = learners.print("import gc\nprint(gc.get_freeze_count())")
    assert int(frozen) > 50_000


def test_a_rehearsal_leaves_nothing_behind(learners: ByHand) -> None:
    names, widgets, comms, threads = (
        ast.literal_eval(text)
        for text in learners.print(
            NAMES,
            "import ipywidgets\n[widget._model_name for widget in ipywidgets.widgets.widget._instances.values()]",
            "import comm\nlen(comm.get_comm_manager().comms)",
            "import threading\n[thread.name for thread in threading.enumerate()]",
        )
    )
    assert set(names) <= {"In", "Out", "get_ipython", "exit", "quit", "open"}
    assert (widgets, comms, threads) == (["LayoutModel"], 1, ["MainThread"])  # the layout that all widgets share


def test_comm_targets_are_there(learners: ByHand) -> None:
    (targets,) = learners.print("import comm\nsorted(comm.get_comm_manager().targets)")
    assert ast.literal_eval(targets) == ["cps.page", "jupyter.widget", "jupyter.widget.control"]


# The way of a page ------------------------------------------------------------------------------------------------


def test_a_forked_kernel_is_told_of_from_its_birth_to_its_end(parent: ByHand) -> None:
    child = parent.fork("1 + 1").until_ready()
    assert psutil.Process(child.pid).ppid() == parent.pid
    assert psutil.Process(child.pid).name() == "cps-kernel"
    assert plain(child.page_line.page()) == ["2"]
    os.kill(child.pid, signal.SIGTERM)
    assert child.told() == {"exit": -signal.SIGTERM}
    assert child.told() == {}
    assert is_gone(child.pid)


def test_widgets_of_a_forked_kernel_speak(learners: ByHand) -> None:
    line = learners.fork(DRAWN).until_ready().page_line
    ear = line.listen()
    model = line.page(ear)["cells"][-1]["outputs"][0][VIEW]["model_id"]
    content = {"method": "custom", "content": {"kind": "action", "id": "pressed"}}
    line.say("comm_msg", {"comm_id": model, "data": content})
    heard = ear.hear()["content"]
    assert (heard["comm_id"], heard["data"]["state"]) == (model, {"text": "pressed"})
    assert line.answer() == HANDLED


def test_a_page_may_open_a_widget_of_its_own(learners: ByHand) -> None:
    """The stock targets were registered while a shell existed; registered earlier they would be nobody's."""
    line = learners.fork("import ipywidgets").until_ready().page_line
    ear = line.listen()
    state = {"_model_module": "@jupyter-widgets/base", "_model_name": "LayoutModel", "_model_module_version": "2.0.0"}
    state |= {"_view_module": "@jupyter-widgets/base", "_view_name": "LayoutView", "_view_module_version": "2.0.0"}
    opened = {"comm_id": "probe", "target_name": "jupyter.widget", "data": {"state": state, "buffer_paths": []}}
    line.session.send(line.shell, "comm_open", opened, metadata={"version": "2.1.0"})
    assert line.answer() == HANDLED
    line.say("comm_msg", {"comm_id": "probe", "data": {"method": "request_state"}})
    assert ear.hear()["content"]["comm_id"] == "probe"


# In the child -----------------------------------------------------------------------------------------------------

STANDING = """
import json, os, signal, sys
print(json.dumps({
    "sid": os.getsid(0), "pid": os.getpid(), "pgid": os.getpgid(0), "cwd": os.getcwd(), "argv": sys.argv,
    "int": signal.getsignal(signal.SIGINT) is signal.default_int_handler,
    "term": signal.getsignal(signal.SIGTERM) == signal.SIG_DFL,
    "child": signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL,
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "env": dict(os.environ),
}))
"""


def standing(parent: ByHand, **more: str) -> tuple[Child, dict[str, Any]]:
    child = parent.fork(STANDING, **more).until_ready()
    (text,) = plain(child.page_line.page())
    return child, json.loads(text)


def test_each_child_has_its_own_session_folder_and_default_signals(learners: ByHand) -> None:
    child, told = standing(learners)
    assert told["sid"] == told["pgid"] == told["pid"] == child.pid
    assert told["cwd"] == str(Path(child.page_line.file).parent)
    assert told["argv"][-1] == child.page_line.file
    assert (told["int"], told["term"], told["child"], told["blocked"]) == (True, True, True, [])
    assert os.getsid(learners.pid) == learners.pid


def test_an_interrupt_ends_a_child_and_not_the_parent(parent: ByHand) -> None:
    child = parent.fork("1").until_ready()
    for _ in range(3):
        os.kill(parent.pid, signal.SIGINT)
    assert parent.print("'on'") == ["'on'"]
    os.kill(child.pid, signal.SIGINT)
    assert child.told()["exit"] != 0
    assert parent.process.poll() is None


def test_nobody_is_watched_by_number() -> None:
    """JPY_PARENT_PID would make every child look for the server's process id, and end when it is not its parent's."""
    with ByHand(JPY_PARENT_PID=str(os.getpid())) as parent:
        first, told = standing(parent)
        assert "JPY_PARENT_PID" not in told["env"]
        second, _ = standing(parent, JPY_PARENT_PID=str(os.getpid()))
        assert threads_besides_zmq(first.pid) == threads_besides_zmq(second.pid) == []
        assert plain(second.page_line.page())  # alive


def threads_besides_zmq(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task")
    names = [(task / "comm").read_text().strip() for task in tasks.iterdir() if task.name != str(pid)]
    return [name for name in names if not name.startswith("ZMQbg/")]


def test_a_child_has_neither_heartbeat_nor_any_other_thread(learners: ByHand) -> None:
    child = learners.fork(DRAWN).until_ready()
    child.page_line.page()
    assert threads_besides_zmq(child.pid) == []


def test_chance_differs_between_children() -> None:
    chance = (
        "import random, uuid, secrets, os, tempfile\n"
        "import numpy\n"
        "print([random.random(), numpy.random.random(), str(numpy.random.default_rng().random()),"
        " uuid.uuid4().hex, uuid.uuid1().hex, secrets.token_hex(), tempfile.mktemp(), get_ipython().kernel.session.session])"
    )
    with ByHand("staff") as parent:
        one, two = (ast.literal_eval(parent.print(chance)[0]) for _ in range(2))
    assert [n for n, (a, b) in enumerate(zip(one, two, strict=True)) if a == b] == []


def test_chance_differs_in_learners_pages_too(learners: ByHand) -> None:
    assert learners.print("import random\nrandom.random()") != learners.print("import random\nrandom.random()")


def test_what_one_child_was_told_is_known_to_no_other_process(learners: ByHand) -> None:
    secret = "the-ticket-of-somebody"
    first, told = standing(learners, CPS_TICKET=secret, QUERY_STRING="only=first")
    assert told["env"]["CPS_TICKET"] == secret
    second, other = standing(learners)
    assert secret not in json.dumps(other)
    assert "only=first" not in json.dumps(other)
    for pid in (learners.pid, first.pid, second.pid):  # what every user of the machine's process list may see
        shown = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
        assert secret.encode() not in shown
    assert not holds(learners.pid, secret.encode())
    assert not holds(second.pid, secret.encode())
    assert holds(first.pid, secret.encode())  # it can be found where it is


def holds(pid: int, wanted: bytes) -> bool:
    """Whether a text stands anywhere in the writable memory of a process."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            area, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in area.split("-"))
            memory.seek(start)
            try:
                if wanted in memory.read(end - start):
                    return True
            except OSError:  # an area that cannot be read at all
                continue
    return False


def test_the_environment_of_a_child_is_exactly_what_was_asked_for(parent: ByHand) -> None:
    _, told = standing(parent, CPS_LOCALE="en")
    assert told["env"].pop("MPLBACKEND")  # the kernel's own
    asked = dict(told["env"])
    assert asked["CPS_LOCALE"] == "en"
    assert {"PYTHONHASHSEED", "MALLOC_ARENA_MAX"}.isdisjoint(asked)


def test_history_is_off(learners: ByHand) -> None:
    off = learners.print("get_ipython().history_manager.enabled", "import sys\n'sqlite3' in sys.modules")
    assert off[0] == "False"


def test_output_past_the_page_goes_nowhere_and_harms_nothing(learners: ByHand) -> None:
    past = (
        "import os, subprocess, sys\n"
        "os.write(1, b'x' * 100_000), os.write(2, b'x' * 100_000)\n"
        "subprocess.run([sys.executable, '-c', 'import sys; print(1); print(2, file=sys.stderr)'], check=True)\n"
        "sys.__stdout__.write('x'); sys.__stdout__.flush(); 'on'"
    )
    assert learners.print(past) == ["'on'"]


def test_nothing_to_read_is_waited_for(learners: ByHand) -> None:
    """What the server tells the parent on its stdin is not a cell's to read: "retire" would be lost, and the page wait for ever."""
    child = learners.fork("import os\nos.readlink('/proc/self/fd/0')").until_ready()
    assert plain(child.page_line.page()) == [repr(os.devnull)]


def test_a_child_holds_no_line_but_its_own(parent: ByHand) -> None:
    """Neither another kernel's, nor one that has not yet said which kernel it wants."""
    silent = parent.connect()
    half = parent.connect()
    half.sendall(b'{"argv":')
    first = parent.fork("1").until_ready()
    second = parent.fork("1").until_ready()
    for child in (first, second):
        wait_for(lambda child=child: not sockets(child.pid) & sockets(parent.pid), "a child lets go of its parent's")
        assert not any("pidfd" in where for where in descriptors(child.pid).values())
    assert len(descriptors(first.pid)) == len(descriptors(second.pid))
    silent.close()
    half.close()


def test_the_line_of_a_kernel_that_ended_is_hung_up_though_another_lives(parent: ByHand) -> None:
    first = parent.fork("1").until_ready()
    parent.fork("1").until_ready()
    os.kill(first.pid, signal.SIGKILL)
    assert [first.told(), first.told()] == [{"exit": -9}, {}]


# Endings ----------------------------------------------------------------------------------------------------------


def test_children_die_with_a_killed_parent(parent: ByHand) -> None:
    children = [parent.fork(DRAWN).until_ready(), parent.fork("while True: pass")]
    parent.process.kill()
    for child in children:
        wait_for(lambda child=child: is_gone(child.pid), "a child ends with its parent")
        assert child.told() == {}


def test_the_end_of_stdin_ends_the_parent_and_its_kernels(parent: ByHand) -> None:
    children = [parent.fork(DRAWN).until_ready(), parent.fork("while True: pass")]
    parent.leave()
    assert parent.process.wait(60) == 0
    for child in children:
        wait_for(lambda child=child: is_gone(child.pid), "a child ends with its parent")


def test_a_retired_parent_leaves_after_its_last_kernel(parent: ByHand) -> None:
    one, two = parent.fork(DRAWN).until_ready(), parent.fork(DRAWN).until_ready()
    assert parent.process.stdin is not None
    parent.process.stdin.write(b"retire\n")
    parent.process.stdin.flush()
    os.kill(one.pid, signal.SIGTERM)
    assert "exit" in one.told()
    assert two.page_line.page()["cells"]
    assert parent.process.poll() is None
    os.kill(two.pid, signal.SIGTERM)
    assert parent.process.wait(60) == 0


def test_a_retired_parent_without_kernels_leaves_at_once(parent: ByHand) -> None:
    assert parent.process.stdin is not None
    parent.process.stdin.write(b"retire\n")
    parent.process.stdin.flush()
    assert parent.process.wait(60) == 0


def test_whoever_asked_before_it_was_retired_is_forked_for_or_hung_up(parent: ByHand) -> None:
    """Nobody waits at a door that nobody opens any more."""
    parent.fork("1").until_ready()  # so that it does not leave
    assert parent.process.stdin is not None
    os.kill(parent.pid, signal.SIGSTOP)  # what comes meanwhile lies there all at once
    links = [parent.connect() for _ in range(3)]
    parent.process.stdin.write(b"retire\n")
    parent.process.stdin.flush()
    os.kill(parent.pid, signal.SIGCONT)
    for link in links:
        with link:
            link.settimeout(20)
            try:
                said = link.recv(100)
            except ConnectionResetError:
                continue
            assert said == b"" or b"pid" in said


@pytest.mark.parametrize("cell", [DRAWN, "while True: pass"])
def test_hanging_up_ends_the_kernel_even_a_busy_one(parent: ByHand, cell: str) -> None:
    child = parent.fork(cell)
    other = parent.fork("'other'").until_ready()
    child.hang_up()
    wait_for(lambda: is_gone(child.pid), "a kernel without a line ends")
    assert plain(other.page_line.page()) == ["'other'"]


def test_a_polite_signal_ends_a_kernel_by_itself_and_at_once(parent: ByHand) -> None:
    """Not by a handler that waits for threads: a kernel asked politely once hung for seconds and kept its seat."""
    child = parent.fork(DRAWN).until_ready()
    child.page_line.page()
    os.kill(child.pid, signal.SIGTERM)
    assert child.told() == {"exit": -signal.SIGTERM}


def test_when_its_loop_ends_it_tidies_up_and_leaves(parent: ByHand, tmp_path: Path) -> None:
    """Functions registered with atexit run; the long way out of an interpreter, which waits for threads, is not taken."""
    ends = (
        "import atexit, pathlib, threading, time\nfrom tornado.ioloop import IOLoop\n"
        f"atexit.register(lambda: pathlib.Path({str(tmp_path / 'tidied')!r}).touch())\n"
        "threading.Thread(target=time.sleep, args=(1000,)).start()\n"
        "IOLoop.current().call_later(0.01, IOLoop.current().stop)"
    )
    child = parent.fork(ends).until_ready()
    assert child.told() == {"exit": 0}
    assert (tmp_path / "tidied").exists()


def test_a_kernel_that_ends_while_its_cells_run_is_told_of(parent: ByHand) -> None:
    child = parent.fork("import os\nos._exit(3)")
    assert child.told() == {"exit": 3}
    assert parent.print("'on'") == ["'on'"]


# What a client may send -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_", [b"\n", b"{\n", b"[]\n", b"null\n", b"7\n", b"{}\n", b"\xff\xfe\n", b'{"argv": 1}\n', b'{"argv": []}\n']
)
def test_a_malformed_request_harms_only_itself(parent: ByHand, request_: bytes) -> None:
    living = parent.fork("'living'").until_ready()
    with parent.connect() as link:
        link.sendall(request_)
        while link.recv(4096):  # whatever it is told, it is hung up
            pass
    assert plain(living.page_line.page()) == ["'living'"]
    assert parent.print("'on'") == ["'on'"]


def test_an_endless_request_is_hung_up(parent: ByHand) -> None:
    with parent.connect() as link:
        try:
            for _ in range(64):
                link.sendall(b" " * (1 << 16))
            assert link.recv(1) == b""
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert parent.print("'on'") == ["'on'"]


def test_clients_that_come_and_go_without_a_word_leave_nothing(parent: ByHand) -> None:
    parent.print("'warm'")
    before = wait_for(lambda: descriptors(parent.pid), "it runs")
    for _ in range(20):
        parent.connect().close()
    parent.print("'on'")
    wait_for(lambda: len(descriptors(parent.pid)) <= len(before) + 2, "what was hung up is closed")


def test_a_client_that_speaks_on_is_not_understood_and_keeps_its_kernel(parent: ByHand) -> None:
    child = parent.fork("'on'").until_ready()
    child.link.sendall(b"retire\n" * 100)
    assert plain(child.page_line.page()) == ["'on'"]


def test_the_socket_is_its_owners_only(learners: ByHand) -> None:
    assert learners.socket.stat().st_mode & 0o777 == 0o600


def test_a_system_that_forks_no_more_is_survived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Too many processes: this page's kernel fails, the others' parent lives on."""

    def fails() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fails)
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as ours:
        listener.bind(str(tmp_path / "s"))
        listener.listen()
        ours.settimeout(10)
        ours.connect(str(tmp_path / "s"))
        made = kernel_parent.Parent(SimpleNamespace(), listener)
        made._accept()
        assert ours.recv(100) == b""
        assert made.kernels == {}
        made.poll.close()
