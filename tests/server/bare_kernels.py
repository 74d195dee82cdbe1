"""Page kernels and warm parents without a server: processes started by hand and spoken to in the server's place."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import zmq
from jupyter_client.connect import write_connection_file
from jupyter_client.session import Session

from cps_training.places import PACKAGE, DataFolder
from cps_training.server.environment import KernelCall, kernel_environment, parent_environment

PATIENCE = 60
"""Seconds until a process that says nothing counts as broken: the machine may be busy with other tests."""
HANDLED = [b"handled"]


def wait_for(is_so: Callable[[], Any], what: str) -> Any:
    """What `is_so` gives, once that is true; fails when it never is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := is_so():
            return found
        time.sleep(0.02)
    raise AssertionError(f"never happened: {what}")


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one whose parent has not asked for its end has too."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def write_notebook(path: Path, *cells: str | dict[str, Any], cps: dict[str, Any] | None = None) -> Path:
    """A notebook of these code cells, called c0, c1, …; a mapping is written as it is."""
    written = [
        {"cell_type": "code", "id": f"c{index}", "source": cell, "metadata": {}, "outputs": [], "execution_count": None}
        if isinstance(cell, str)
        else cell
        for index, cell in enumerate(cells)
    ]
    metadata = {"cps": cps or {}, "language_info": {"name": "python"}}
    notebook = {"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")
    return path


def write_lesson(data: Path, name: str, *cells: str | dict[str, Any], **more: Any) -> str:
    """A lesson of the office in a data folder; gives the path of its page. more: of the notebook's metadata."""
    folder = data / "content" / "notebooks" / "lessons"
    folder.mkdir(parents=True, exist_ok=True)
    number = 60 + len(list(folder.iterdir()))
    title = {"th": f"บท {name}", "en": f"Lesson {name}"}
    cps = {"lesson": name, "number": number, "title": title, "minutes": 1, "clauses": ["cps.3.3"], **more}
    write_notebook(folder / f"{number}_{name}.ipynb", *cells, cps=cps)
    return f"/lessons/{name}"


def serving(notebooks: Path) -> tuple[str, ...]:
    """The command line as a program whose `serve` takes its pages from another folder; for tests.kit.Kit."""
    program = (
        "from pathlib import Path\n"
        "from cps_training.server import start\n"
        "plain = start.serve\n"
        f"start.serve = lambda request: plain(request, notebooks=(Path({str(notebooks)!r}),))\n"
        "from cps_training.cli import main\n"
        "main()"
    )
    return (sys.executable, "-c", program)


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name; pytest's own are often too long."""
    path = Path(tempfile.mkdtemp(prefix="k-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Ear:
    """One listener to what a kernel says to all its pages."""

    def __init__(self, socket: zmq.Socket[bytes], key: bytes) -> None:
        self.socket = socket
        self._session = Session(key=key)  # of its own: one refuses what it heard already, and listeners hear the same

    def hear(self) -> dict[str, Any]:
        """The next message: {"msg_type", "content", "buffers", …}."""
        assert self.socket.poll(PATIENCE * 1000), "the kernel says nothing"
        return read(self._session, self.socket.recv_multipart())

    def hears_nothing(self) -> bool:
        """Whether nothing lies there unread."""
        return not self.socket.poll(0)


class Line:
    """The server's side of one page kernel: what a page says goes one way, what all are told comes the other."""

    def __init__(self, folder: Path) -> None:
        self.file, _ = write_connection_file(
            str(folder / "kernel.json"), transport="ipc", ip=str(folder / "i"), key=os.urandom(16).hex().encode()
        )
        self._given = json.loads(Path(self.file).read_text("utf-8"))
        self.session = Session(key=self._given["key"].encode())
        self._context: zmq.Context[Any] = zmq.Context()
        self._sockets: list[zmq.Socket[bytes]] = []
        self.shell = self._socket(zmq.DEALER, "shell")

    def _socket(self, kind: int, channel: str) -> zmq.Socket[bytes]:
        made = self._context.socket(kind)
        self._sockets.append(made)
        made.linger = 0
        if kind == zmq.SUB:
            made.subscribe(b"")
        made.connect(f"ipc://{self._given['ip']}-{self._given[channel + '_port']}")
        return made

    def ear(self) -> Ear:
        """A listener that has just come: the kernel need not run yet."""
        return Ear(self._socket(zmq.SUB, "iopub"), self._given["key"].encode())

    def listen(self) -> Ear:
        """A listener that has been welcomed: it misses nothing any more."""
        ear = self.ear()
        assert ear.hear()["msg_type"] == "iopub_welcome"
        return ear

    def say(self, kind: str, content: dict[str, Any], buffers: list[bytes] | None = None) -> dict[str, Any]:
        return self.session.send(self.shell, kind, content, buffers=buffers)

    def answer(self) -> Any:
        """The next thing told to this page alone: HANDLED, or a message."""
        assert self.shell.poll(PATIENCE * 1000), "the kernel does not answer"
        frames = self.shell.recv_multipart()
        return frames if frames == HANDLED else read(self.session, frames)

    def page(self, ear: Ear | None = None) -> dict[str, Any]:
        """The page as a browser is told of it: {"cells", "states", "buffer_paths", "buffers"}. What was heard before is dropped."""
        ear = ear or self.listen()
        comm = os.urandom(8).hex()
        self.say("comm_open", {"comm_id": comm, "target_name": "cps.page", "data": {}})
        while (heard := ear.hear())["content"].get("comm_id") != comm:
            pass
        assert self.answer() == HANDLED
        return heard["content"]["data"] | {"buffers": [bytes(part) for part in heard["buffers"]]}

    def close(self) -> None:
        for opened in self._sockets:
            opened.close(linger=0)
        self._context.term()


def read(session: Session, frames: list[bytes]) -> dict[str, Any]:
    return dict(session.deserialize(session.feed_identities(frames)[1], content=True))


def environment(folder: Path, notebook: Path, **more: str) -> dict[str, str]:
    """What a server gives a kernel."""
    call = KernelCall("no-ticket", "th", "", notebook, "learner")
    return kernel_environment(os.environ, DataFolder(folder), "unix:/nowhere", call) | more


def plain(page: dict[str, Any]) -> list[str]:
    """What the cells of a page printed or gave as text, one line a cell."""
    return [" ".join(str(output.get("text/plain", "")).strip() for output in cell["outputs"]) for cell in page["cells"]]


@contextmanager
def ordinary(folder: Path, *cells: str | dict[str, Any]) -> Iterator[tuple[Line, subprocess.Popen[bytes]]]:
    """A page kernel started as a program of its own. It is not awaited: its cells may still run."""
    notebook = write_notebook(folder / "n.ipynb", *cells)
    line = Line(folder)
    process = subprocess.Popen(
        [sys.executable, "-m", "cps_training.server.page_kernel", "-f", line.file],
        env=environment(folder, notebook),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield line, process
    finally:
        process.kill()
        process.wait()
        line.close()


class Child:
    """A kernel forked from a warm parent, and what the parent tells of it."""

    def __init__(self, parent: ByHand, request: dict[str, Any], line: Line) -> None:
        self.page_line = line
        self.link = parent.connect()
        self.link.sendall(json.dumps(request).encode() + b"\n")
        self._told = self.link.makefile("rb")
        self.pid = int(self.told()["pid"])

    def told(self) -> dict[str, Any]:
        """The next thing the parent, or the kernel when it is ready, says; {} when the line was hung up."""
        try:
            line = self._told.readline()
        except ConnectionResetError:  # hung up by somebody who had not read all
            return {}
        return dict(json.loads(line)) if line else {}

    def until_ready(self) -> Child:
        assert self.told() == {"ready": True}
        return self

    def hang_up(self) -> None:
        self._told.close()
        self.link.close()


class ByHand:
    """A warm parent, and the kernels forked from it. As a context manager it leaves nothing."""

    def __init__(self, family: str = "learner", **more: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="k-"))
        self._lines: list[Line] = []
        self._children: list[Child] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cps_training.server.kernel_parent", family],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=parent_environment(os.environ, DataFolder(self.folder)) | {"TMPDIR": str(self.folder)} | more,
            cwd=PACKAGE.parent,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        with self.process.stdout as said:
            self.said = said.readline()
        self.socket = Path(json.loads(self.said or "{}").get("socket", ""))

    @property
    def pid(self) -> int:
        return self.process.pid

    def connect(self) -> socket.socket:
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(PATIENCE)
        link.connect(str(self.socket))
        return link

    def fork(self, *cells: str | dict[str, Any], **more: str) -> Child:
        """A kernel of a notebook of these cells. It is not awaited."""
        folder = self.folder / str(len(self._children))
        folder.mkdir()
        notebook = write_notebook(folder / "n.ipynb", *cells)
        line = Line(folder)
        self._lines.append(line)
        argv = [sys.executable, "-m", "cps_training.server.page_kernel", "-f", line.file]
        child = Child(self, {"argv": argv, "env": environment(folder, notebook, **more), "cwd": str(folder)}, line)
        self._children.append(child)
        return child

    def print(self, *cells: str, **more: str) -> list[str]:
        """What a kernel of these cells prints, one text a cell."""
        return plain(self.fork(*cells, **more).until_ready().page_line.page())

    def leave(self) -> None:
        """Close its stdin, as the end of the server does."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.close()

    def __enter__(self) -> ByHand:
        assert self.socket.name, self.said
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()
        try:
            self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            for child in self._children:
                child.hang_up()
            for line in self._lines:
                line.close()
            shutil.rmtree(self.folder, ignore_errors=True)
