"""The server's warm parents: kept, renewed, given up; and a server that can, suddenly cannot, or never could fork."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from typer.testing import CliRunner

from cps_training.cli.app import app as command_line
from cps_training.places import DataFolder
from cps_training.server import warm_parents
from cps_training.server.forked_process import GONE, ForkedProcess
from cps_training.server.warm_parents import MOST_FAILURES, ForkError, Parents, state_of
from tests.kit import Kit
from tests.server.bare_kernels import (
    PATIENCE,
    Line,
    environment,
    is_gone,
    plain,
    short_folder,
    wait_for,
    write_lesson,
    write_notebook,
)
from tests.server.conftest import first_trainer, kernels_of
from tests.server.visitor import Visitor, in_a_thread, page_state, say_and_hear, until_closed

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="2026-11-23: only Linux forks safely")
LOG = "cps_training.server.kernels"


@pytest.fixture(autouse=True)
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for temporary files, so that it is seen what is left there; short, for sockets lie in it."""
    with short_folder() as folder:
        put_temporary_files(monkeypatch, folder)
        yield folder


def put_temporary_files(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Those of the parents; pytest's own go where they always go."""
    tempfile.gettempdir()  # decided now for this process
    monkeypatch.setenv("TMPDIR", str(folder))


def warm_ones(of: int | None = None) -> list[psutil.Process]:
    """The parents that a process started, or this one."""
    found = []
    for child in psutil.Process(of).children():
        with suppress(psutil.Error):
            if "cps_training.server.kernel_parent" in child.cmdline():
                found.append(child)
    return found


class Forks:
    """Parents, and the kernels a test asks them for."""

    def __init__(self, parents: Parents, folder: Path) -> None:
        self.parents, self._folder, self._lines = parents, folder, list[Line]()
        self._kernels: list[ForkedProcess] = []

    async def fork(self, *cells: str, family: str = "learner") -> tuple[ForkedProcess | None, Line]:
        folder = self._folder / str(len(self._lines))
        folder.mkdir()
        notebook, line = write_notebook(folder / "n.ipynb", *cells), Line(folder)
        self._lines.append(line)
        request = {"argv": ["python", "-f", line.file], "env": environment(folder, notebook), "cwd": str(folder)}
        process = await self.parents.fork(family, request)
        if process is not None:
            self._kernels.append(process)
        return process, line

    async def kernel(self, *cells: str, family: str = "learner") -> ForkedProcess:
        process, _ = await self.fork(*cells, family=family)
        assert process is not None
        return process

    def close(self) -> None:
        for kernel in self._kernels:
            kernel.poll()
        for line in self._lines:
            line.close()


@asynccontextmanager
async def forks(**given: Any) -> AsyncIterator[Forks]:
    with short_folder() as folder:
        made = Forks(Parents(DataFolder(folder), **given), folder)
        made.parents._watched = ()  # code that changes while the tests run is not theirs
        try:
            yield made
        finally:
            made.parents.close()
            made.close()


async def until(is_so: Any, what: str) -> Any:
    """Like wait_for, and lets the loop run."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := is_so():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"never happened: {what}")


# A forked kernel as jupyter_client sees it ------------------------------------------------------------------------


@linux
def test_a_forked_kernel_looks_like_a_process_started_here() -> None:
    async def scene() -> None:
        async with forks() as made:
            process, line = await made.fork("6 * 7")
            assert isinstance(process, ForkedProcess)
            ends: list[int | None] = []
            process.on_end = lambda: ends.append(process.returncode)
            assert plain(line.page()) == ["42"]
            assert psutil.Process(process.pid).name() == "cps-kernel"
            assert (process.poll(), process.returncode, process.stdin, process.stdout) == (None, None, None, None)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(0.05)
            process.terminate()
            await until(lambda: ends, "its end is noticed")
            assert process.wait(5) == process.poll() == process.returncode == -signal.SIGTERM
            process.kill()  # of one that is gone already
            process.send_signal(signal.SIGINT)
            await asyncio.sleep(0.1)
            assert ends == [-signal.SIGTERM]

    in_a_thread(scene())


@linux
def test_waiting_for_the_end_of_a_kernel_gives_its_code() -> None:
    async def scene() -> None:
        async with forks() as made:
            one, other = await made.kernel("1"), await made.kernel("1")
            one.kill()
            assert one.wait() == -signal.SIGKILL
            assert other.poll() is None

    in_a_thread(scene())


@linux
def test_a_kernel_whose_cells_ended_it_is_one_that_ended() -> None:
    async def scene() -> None:
        async with forks() as made:
            process = await made.kernel("import os; os._exit(3)")
            ends: list[int] = []
            process.on_end = lambda: ends.append(1)
            await until(lambda: ends, "its end is noticed")
            assert (process.poll(), ends) == (3, [1])

    in_a_thread(scene())


@linux
def test_with_its_parent_a_kernel_is_gone() -> None:
    async def scene() -> None:
        async with forks() as made:
            processes = [await made.kernel("1") for _ in range(3)]
            ends: list[int] = []
            for process in processes:
                process.on_end = lambda process=process: ends.append(process.pid)
            warm_ones()[0].kill()
            await until(lambda: len(ends) == 3, "every end is noticed")
            assert [process.poll() for process in processes] == [GONE] * 3
            assert all(is_gone(process.pid) for process in processes)
            assert sorted(ends) == sorted(process.pid for process in processes)

    in_a_thread(scene())


@linux
def test_who_stops_waiting_for_a_kernel_ends_it() -> None:
    """A visitor who leaves before the notebook has run: nothing goes on running for nobody."""

    async def scene() -> None:
        async with forks() as made:
            await made.kernel("1")
            asked = asyncio.ensure_future(made.fork("while True: pass"))
            (parent,) = warm_ones()
            await until(lambda: len(parent.children()) == 2, "it runs")
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            await until(lambda: len([c for c in parent.children() if not is_gone(c.pid)]) == 1, "it has ended")

    in_a_thread(scene())


# Keeping ----------------------------------------------------------------------------------------------------------


@linux
def test_a_parent_that_died_is_started_again_before_anybody_comes(caplog: pytest.LogCaptureFixture) -> None:
    async def scene() -> None:
        async with forks() as made:
            keeping = asyncio.create_task(made.parents.keep("learner"))
            await made.kernel("1")
            (first,) = warm_ones()
            first.kill()
            (second,) = await until(lambda: [p for p in warm_ones() if p.pid != first.pid], "it is started again")
            process = await made.kernel("1")
            assert psutil.Process(process.pid).ppid() == second.pid
            keeping.cancel()

    with caplog.at_level(logging.WARNING, LOG):
        in_a_thread(scene())
    assert [record for record in caplog.records if "died" in record.message]


@linux
def test_a_fork_from_a_parent_that_died_a_moment_ago_succeeds() -> None:
    async def scene() -> None:
        async with forks() as made:
            await made.kernel("1")
            os.kill(warm_ones()[0].pid, signal.SIGKILL)
            assert (await made.kernel("1")).poll() is None

    in_a_thread(scene())


@linux
def test_many_at_once_have_one_parent_and_each_family_its_own() -> None:
    async def scene() -> None:
        async with forks() as made:
            processes = await asyncio.gather(*(made.kernel("1") for _ in range(8)))
            assert len({process.pid for process in processes}) == 8
            assert len({psutil.Process(process.pid).ppid() for process in processes}) == 1
            assert len(warm_ones()) == 1
            staff = await made.kernel("import sys; 'pandas' in sys.modules", family="staff")
            assert psutil.Process(staff.pid).ppid() != psutil.Process(processes[0].pid).ppid()
            assert len(warm_ones()) == 2

    in_a_thread(scene())


@linux
def test_a_change_of_code_gives_new_kernels_a_new_parent_and_leaves_open_pages_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    monkeypatch.setattr(warm_parents, "LOOK_FOR_CHANGES_SECONDS", 0.0)
    monkeypatch.setattr(warm_parents, "LOOK_SECONDS", 0.05)
    code = tmp_path / "code"
    code.mkdir()
    (code / "page.py").write_text("1")

    async def scene() -> None:
        async with forks() as made:
            made.parents._watched = (code,)
            keeping = asyncio.create_task(made.parents.keep("learner"))
            old, line = await made.fork("'old'")
            assert old is not None
            (first,) = warm_ones()
            assert psutil.Process((await made.kernel("1")).pid).ppid() == first.pid  # nothing changed yet
            (code / "page.py").write_text("22")
            process = await made.kernel("1")
            assert psutil.Process(process.pid).ppid() != first.pid
            assert plain(line.page()) == ["'old'"]
            assert old.poll() is None
            for child in first.children():
                child.terminate()
            await until(lambda: is_gone(first.pid), "the old parent leaves after its last kernel")
            assert process.poll() is None
            await until(lambda: len(list(temporary.glob("cps-*"))) == 1, "what it used is cleared away")
            keeping.cancel()

    in_a_thread(scene())


def test_what_counts_as_a_change(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "page.py").write_text("1")
    (tmp_path / "notes.txt").write_text("1")
    roots = (tmp_path, tmp_path / "not there")
    (tmp_path / ".#lesson.ipynb").symlink_to("somebody@machine.1234")  # as an editor marks a file that is being edited
    before = state_of(roots)
    (tmp_path / "notes.txt").write_text("22")
    (tmp_path / "deep" / "__pycache__").mkdir()
    (tmp_path / "deep" / "__pycache__" / "page.py").write_text("1")
    assert state_of(roots) == before
    seen = {before}
    for change in (
        lambda: (tmp_path / "deep" / "er" / "page.py").write_text("22"),
        lambda: os.utime(tmp_path / "deep" / "er" / "page.py", (1, 1)),
        lambda: (tmp_path / "lesson.ipynb").write_text("{}"),
        lambda: (tmp_path / "deep" / "er" / "page.py").unlink(),
    ):
        change()
        seen.add(state_of(roots))
    assert len(seen) == 5


# Ending -----------------------------------------------------------------------------------------------------------


@linux
def test_closing_leaves_neither_process_nor_folder(temporary: Path) -> None:
    async def scene() -> list[int]:
        async with forks() as made:
            processes = [await made.kernel("1"), await made.kernel("1", family="staff")]
            parents = warm_ones()
            assert len(list(temporary.glob("cps-*"))) == 2
            made.parents.close()
            with pytest.raises(ForkError):
                await made.fork("1")  # nothing is begun any more, neither forked nor as an ordinary kernel
            return [process.pid for process in (*processes, *parents)]

    pids = in_a_thread(scene())
    for pid in pids:
        wait_for(lambda pid=pid: is_gone(pid), "it ends")
    assert list(temporary.glob("cps-*")) == []


@linux
def test_closing_while_a_parent_warms_up_leaves_nothing_either(temporary: Path) -> None:
    async def scene() -> None:
        async with forks() as made:
            keeping = asyncio.create_task(made.parents.keep("learner"))
            await until(warm_ones, "it begins")
            keeping.cancel()

    in_a_thread(scene())
    wait_for(lambda: not warm_ones(), "no parent is left")
    assert list(temporary.glob("cps-*")) == []


# Where it cannot be -----------------------------------------------------------------------------------------------


def impostor(folder: Path, then: str) -> tuple[Path, Path]:
    """A program in Python's place, and the file where it notes that it was started."""
    noted, program = folder / "noted", folder / "python"
    program.write_text(f"#!/bin/sh\necho $$ >> {noted}\n{then}\n")
    program.chmod(0o700)
    return program, noted


@linux
@pytest.mark.parametrize("then", ["exit 1", "echo no", "echo '{}'", 'echo \'{"error": "no"}\'', "kill -9 $$"])
def test_a_parent_that_does_not_come_up_is_tried_a_few_times_and_told_of_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, temporary: Path, then: str
) -> None:
    program, noted = impostor(tmp_path, then)
    monkeypatch.setattr(sys, "executable", str(program))

    async def scene() -> None:
        async with forks() as made:
            for _ in range(12):
                assert (await made.fork("1"))[0] is None

    with caplog.at_level(logging.WARNING, LOG):
        in_a_thread(scene())
    assert 0 < len(noted.read_text().split()) <= MOST_FAILURES < 10
    told = [record.message for record in caplog.records if "died" not in record.message]
    assert len(told) == 2, told
    assert "could not be forked" in told[0]
    assert "any more" in told[1]
    assert list(temporary.glob("cps-*")) == []


@linux
def test_a_program_that_is_not_there_is_no_trouble_either(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    async def scene() -> None:
        async with forks() as made:
            assert (await made.fork("1"))[0] is None

    in_a_thread(scene())
    assert list(temporary.glob("cps-*")) == []


@linux
def test_a_parent_that_hangs_holds_up_neither_pages_nor_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    program, noted = impostor(tmp_path, "exec sleep 1000")
    monkeypatch.setattr(sys, "executable", str(program))
    for name in ("WARM_UP_SECONDS", "FORK_SECONDS"):
        monkeypatch.setattr(warm_parents, name, 0.2)

    async def scene() -> None:
        async with forks() as made:
            assert (await made.fork("1"))[0] is None

    try:
        ended = subprocess_of(scene, noted)
        assert ended, "the loop never ended: something still waits for the parent"
        pids = [int(pid) for pid in noted.read_text().split()]
        wait_for(lambda: all(is_gone(pid) for pid in pids), "none is left")
        assert list(temporary.glob("cps-*")) == []
    finally:
        for pid in noted.read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def subprocess_of(scene: Any, noted: Path) -> bool:
    """Whether the scene ends in time; run in a thread, because it may not."""
    import threading

    thread = threading.Thread(target=lambda: in_a_thread(scene()))
    thread.start()
    thread.join(30)
    is_ended = not thread.is_alive()
    for pid in noted.read_text().split() if not is_ended else ():
        with suppress(ProcessLookupError):
            os.kill(int(pid), signal.SIGKILL)
    thread.join(30)
    return is_ended


@linux
def test_a_parent_that_forks_and_says_no_more_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene() -> None:
        async with forks() as made:
            await made.kernel("1")
            for name in ("WARM_UP_SECONDS", "FORK_SECONDS"):
                monkeypatch.setattr(warm_parents, name, 1.0)
            (parent,) = warm_ones()
            parent.suspend()
            try:
                assert (await made.fork("1"))[0] is None
            finally:
                parent.resume()

    in_a_thread(scene())


@linux
def test_a_folder_too_deep_for_a_socket_is_no_trouble_either(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    deep = temporary / ("deep" * 30)
    deep.mkdir()
    put_temporary_files(monkeypatch, deep)

    async def scene() -> None:
        async with forks() as made:
            assert (await made.fork("1"))[0] is None

    with caplog.at_level(logging.WARNING, LOG):
        in_a_thread(scene())
    assert "too long for a socket" in caplog.records[0].message
    assert list(deep.iterdir()) == []


def test_nothing_is_tried_where_forking_is_not_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    program, noted = impostor(tmp_path, "exit 1")
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(warm_parents, "IS_SUPPORTED", False)

    async def scene() -> None:
        parents = Parents(DataFolder(tmp_path))
        await parents.keep("learner")
        assert await parents.fork("learner", {}) is None
        parents.close()

    in_a_thread(scene())
    assert not noted.exists()
    assert [record for record in caplog.records if record.name == LOG] == []


@pytest.mark.parametrize("is_supported", [True, False])
def test_doctor_says_which_kernels_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_supported: bool
) -> None:
    monkeypatch.setattr(warm_parents, "IS_SUPPORTED", is_supported)
    said = CliRunner().invoke(command_line, ["doctor", "--json", "--data-dir", str(tmp_path / "d")])
    (found,) = [check for check in json.loads(said.stdout)["checks"] if check["name"] == "kernels"]
    assert found["ok"]
    assert ("ต้นแบบ เปิดเร็ว" in found["detail"]) is is_supported


# In the server ----------------------------------------------------------------------------------------------------


@pytest.fixture
def own_kit() -> Iterator[Kit]:
    """A kit for tests that harm it; in a short folder, so that its kernels' sockets lie there."""
    with short_folder() as root:
        running = Kit(root, "--demo")
        yield running
        running.stop()


def log_of(kit: Kit) -> list[str]:
    (path,) = kit.root.glob("**/logs/server.log")
    return path.read_text("utf-8").splitlines()


@linux
def test_when_the_parent_dies_open_pages_are_told_and_new_ones_open(own_kit: Kit) -> None:
    one, other = Visitor(own_kit).enter_as("learner"), Visitor(own_kit).enter_as("trainer")
    kernels = [one.open("/home"), other.open("/quiz")]

    async def talk() -> list[list[bytes]]:
        async with one.channels(kernels[0]) as link, other.channels(kernels[1]) as second:
            for each in (link, second):
                await say_and_hear(each, [])
            (parent,) = warm_ones(own_kit.process.pid)
            parent.kill()
            return [await until_closed(each) for each in (link, second)]

    for heard in in_a_thread(talk()):
        assert any(b'"dead"' in raw for raw in heard)
    assert one.get(f"/api/kernels/{kernels[0]}").status == 403
    assert in_a_thread(page_state(one, "/home"))["cells"][0]["outputs"]
    (parent,) = warm_ones(own_kit.process.pid)
    assert [kernel.ppid() for kernel in kernels_of(own_kit)] == [parent.pid]


@linux
def test_a_page_whose_own_cells_ended_its_kernel_is_told_so_at_once() -> None:
    with short_folder() as root:
        path = write_lesson(root, "ends", "import os; os._exit(3)")
        kit = Kit(root)
        try:
            visitor = first_trainer(kit)
            kernel = visitor.open(path)
            wait_for(lambda: any(line.rstrip().endswith("died") for line in log_of(kit)), "its end is noticed")
            assert visitor.get(f"/api/kernels/{kernel}").status == 403
            assert kernels_of(kit) == []
        finally:
            assert kit.stop() == 0


@pytest.fixture
def kit_that_cannot_fork(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    """Its folder for temporary files is so deep that no socket fits: the parents' lie there, everything else does not."""
    with short_folder() as root, short_folder() as elsewhere:
        deep = elsewhere / ("deep" * 30)
        deep.mkdir()
        monkeypatch.setenv("TMPDIR", str(deep))
        running = Kit(root, "--demo")
        yield running
        running.stop()
        assert list(deep.iterdir()) == []


@linux
def test_a_server_that_cannot_fork_serves_its_pages_and_says_so_once(kit_that_cannot_fork: Kit) -> None:
    kit = kit_that_cannot_fork
    visitor = Visitor(kit).enter_as("learner")
    for path in ("/home", "/quiz?form=cps-practice"):
        page = in_a_thread(page_state(visitor, path))
        assert page["cells"][0]["outputs"]
        assert page["states"]
    assert warm_ones(kit.process.pid) == []
    kernels = wait_for(lambda: [k for k in psutil.Process(kit.process.pid).children() if is_page(k)], "they run")
    assert all(kernel.ppid() == kit.process.pid for kernel in kernels)
    assert len([line for line in log_of(kit) if "could not be forked" in line]) == 1
    assert kit.stop() == 0
    wait_for(lambda: all(is_gone(kernel.pid) for kernel in kernels), "they end with the server")


def is_page(process: psutil.Process) -> bool:
    try:
        return "cps_training.server.page_kernel" in process.cmdline()
    except psutil.Error:
        return False


@linux
def test_ordinary_kernels_do_not_outlive_a_killed_server(kit_that_cannot_fork: Kit) -> None:
    kit = kit_that_cannot_fork
    in_a_thread(page_state(Visitor(kit).enter_as("learner"), "/home"))
    family = psutil.Process(kit.process.pid).children(recursive=True)
    assert any(is_page(process) for process in family)
    kit.process.kill()
    kit.stop()
    try:
        _, alive = psutil.wait_procs(family, timeout=20)
        assert alive == []
    finally:
        for process in family:
            with suppress(psutil.Error):
                process.kill()


@linux
def test_an_ordinary_kernel_that_died_is_told_of_too(kit_that_cannot_fork: Kit) -> None:
    visitor = Visitor(kit_that_cannot_fork).enter_as("learner")
    kernel = visitor.open("/home")

    async def talk() -> list[bytes]:
        async with visitor.channels(kernel) as link:
            await say_and_hear(link, [])
            for process in psutil.Process(kit_that_cannot_fork.process.pid).children():
                if is_page(process):
                    process.kill()
            return await until_closed(link)

    assert any(b'"dead"' in raw for raw in in_a_thread(talk()))


@linux
@pytest.mark.parametrize("number", [pytest.param(signal.SIGTERM, marks=pytest.mark.thorough), signal.SIGKILL])
@pytest.mark.parametrize("is_early", [True, False])
def test_a_server_leaves_nothing_among_temporary_files(
    monkeypatch: pytest.MonkeyPatch, temporary: Path, number: int, is_early: bool
) -> None:
    """Whether it ends while it still warms up or long after."""
    monkeypatch.setenv("TMPDIR", str(temporary))
    with short_folder() as root:
        kit = Kit(root, "--demo")
        if not is_early:
            in_a_thread(page_state(Visitor(kit).enter_as("learner"), "/home"))
            assert list(temporary.iterdir()) != []
        family = psutil.Process(kit.process.pid).children(recursive=True)
        os.kill(kit.process.pid, number)
        kit.stop()
        psutil.wait_procs(family, timeout=20)
    wait_for(lambda: not list(temporary.iterdir()), "what it used is cleared away")
