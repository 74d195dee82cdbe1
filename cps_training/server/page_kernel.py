"""The kernel of one page: runs the notebook's cells by itself, then answers the page's messages. A process of its own.

A Jupyter kernel without what no page uses: no thread beside the main one, no heartbeat, no history, no debugger, no captured
streams, no status messages. `python -m cps_training.server.page_kernel -f CONNECTION_FILE` is the ordinary way; the warm parent
(kernel_parent.py) makes the same application, forks, and calls `open`. Knows no server, no desk and nobody: who the page is for
comes to the notebook by its ticket.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
import uuid
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from traceback import format_exception
from typing import Any

import zmq
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.application import BaseIPythonApplication
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

from cps_training import places
from cps_training.clock import utc_now
from cps_training.notebook_cells import code_cells, read_cells

NOTEBOOK = "CPS_NOTEBOOK"
"""The environment variable that names the notebook's file."""
DATA_DIR = "CPS_DATA_DIR"
TARGET = "cps.page"
"""The comm a page opens to be told everything at once, and again after its connection was away."""
HANDLED = b"handled"
"""What the kernel says to the server, not to the page, after each message: an ending server waits for it."""
LONGEST_LOG, LONGEST_TROUBLE = 1 << 20, 4000
UNDRAWN = ("LayoutModel", "StyleModel", "DescriptionStyleModel", "ButtonStyleModel")
SUBSCRIBED, LEFT = 1, 0


class PageSession(Session):
    """Says nothing to an empty room: what happens while no page listens is in the state a page asks for when it comes."""

    copy_threshold = 1 << 30  # a message sent without a copy needs a thread that waits for its memory
    listeners = 0
    public: Any = None

    def send(self, stream: Any, *given: Any, **named: Any) -> Any:
        if stream is self.public and not self.listeners:
            return None
        return super().send(stream, *given, **named)


class PageKernel(IPythonKernel):
    """Answers comm messages one after another, in the order they came."""

    def start(self) -> None:
        self._answering: set[asyncio.Future[Any]] = set()  # a task nobody holds may vanish
        self.io_loop = IOLoop.current()
        self.shell_stream.on_recv(self._hear)

    def _publish_status(self, *_: Any, **__: Any) -> None:
        """Nothing: a page that is told what changed needs no "busy" and "idle" around it."""

    def _hear(self, frames: list[bytes]) -> None:
        idents, parts = self.session.feed_identities(frames)
        try:
            message = self.session.deserialize(parts)
            handler = self.shell_handlers.get(message["header"]["msg_type"])
            done = handler(self.shell_stream, idents, message) if handler else None
        except Exception:
            self.log.exception("a message could not be handled")
            done = None
        if inspect.isawaitable(done):
            task = asyncio.ensure_future(done)
            self._answering.add(task)
            task.add_done_callback(lambda _: self._handled(idents, task))
        else:
            self._handled(idents)

    def _handled(self, idents: list[bytes], task: asyncio.Future[Any] | None = None) -> None:
        if task is not None:
            self._answering.discard(task)
            if not task.cancelled() and task.exception() is not None:
                self.log.error("a message could not be handled", exc_info=task.exception())
        self.shell_stream.send_multipart([*idents, HANDLED])


class PageKernelApp(IPKernelApp):
    """The application. `make_app` before a fork, `open` and `start` after it."""

    name = "ipython-kernel"
    shell_port: int
    iopub_port: int
    outcome: list[dict[str, Any]]

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Nothing: a file in somebody's home must not change what a page does."""

    def init_sockets(self) -> None:
        self.context = zmq.Context()
        self.shell_socket = self.context.socket(zmq.ROUTER)
        self.shell_port = self._bind_socket(self.shell_socket, self.shell_port)
        self.iopub_socket = self.context.socket(zmq.XPUB)
        self.iopub_socket.setsockopt(zmq.XPUB_VERBOSER, 1)  # tells of each listener, not only of the first
        self.iopub_port = self._bind_socket(self.iopub_socket, self.iopub_port)
        for socket in (self.shell_socket, self.iopub_socket):
            socket.linger = 0

    def init_kernel(self) -> None:
        """Give the kernel, which was made with the application, its way to the page."""
        self.session.public = self.iopub_socket
        self.kernel.session = self.session
        self.kernel.iopub_socket = self.iopub_socket
        self.kernel.shell_stream = ZMQStream(self.shell_socket)

    def init_gui_pylab(self) -> None:
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    def open(self, connection_file: str) -> None:
        """Bind the sockets, make the kernel, run the notebook's cells. Everything here is the page's own."""
        self.session.pid = os.getpid()
        self.session.session = uuid.uuid4().hex
        self.connection_file = connection_file
        self.load_connection_file()
        self.init_sockets()
        self.init_kernel()
        self.init_gui_pylab()
        notebook = os.environ.get(NOTEBOOK)
        self.outcome = run_cells(self.shell, code_cells(read_cells(Path(notebook)))) if notebook else []

    def start(self) -> None:
        """Answer messages until the process is ended. Messages that came while the cells ran have waited."""
        self.kernel.start()
        ZMQStream(self.iopub_socket).on_recv(self._listener_moved)
        self.io_loop = IOLoop.current()
        self.io_loop.start()

    def _listener_moved(self, frames: list[bytes]) -> None:
        """Somebody began or ceased to listen. The welcome tells the server that from now on nothing is missed."""
        kind = frames[0][:1]
        if kind == bytes([SUBSCRIBED]):
            self.session.listeners += 1
            self.session.send(self.iopub_socket, "iopub_welcome", {"subscription": ""})
        elif kind == bytes([LEFT]):
            self.session.listeners = max(0, self.session.listeners - 1)

    def _tell_page(self, comm: Any, _message: dict[str, Any]) -> None:
        states, paths, buffers = widget_states()
        comm.send({"method": "page", "cells": self.outcome, "states": states, "buffer_paths": paths}, buffers=buffers)


def run_cells(shell: Any, cells: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """[{"id", "outputs": [mime bundle], "failed"}] of (id, source) cells, run in order; a failed one does not stop the next.

    failed: an exception, or anything on stderr, as in the rest of the kit: what is in it is for the author, not for the page.
    """
    return [_run(shell, name, source) for name, source in cells]


def _run(shell: Any, name: str, source: str) -> dict[str, Any]:
    publisher, trap = shell.display_pub, shell.display_trap
    shell.display_pub = captured = CapturingDisplayPublisher()
    hook, trap.hook = trap.hook, CapturingDisplayHook(shell=shell, outputs=captured.outputs)
    said, complained = StringIO(), StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(complained):
            result = shell.run_cell(source, store_history=False)
    finally:
        shell.display_pub, trap.hook = publisher, hook
    outputs = [dict(output["data"]) for output in captured.outputs]
    if said.getvalue():
        outputs.insert(0, {"text/plain": said.getvalue()})
    is_failed = not result.success or bool(complained.getvalue())
    if is_failed:
        raised = result.error_before_exec or result.error_in_exec
        _tell_author(name, complained.getvalue() + "".join(format_exception(raised) if raised else ()))
    return {"id": name, "outputs": [] if is_failed else outputs, "failed": is_failed}


def _tell_author(cell: str, trouble: str) -> None:
    """What went wrong in a cell, for the file `logs/notebooks.log` of the data folder; readers of the page are told only that."""
    if DATA_DIR not in os.environ:
        return
    folder = places.DataFolder(places.data_dir()).logs
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "notebooks.log"
        if not path.exists() or path.stat().st_size < LONGEST_LOG:
            with path.open("a", encoding="utf-8") as log:
                log.write(
                    f"{utc_now():%Y-%m-%dT%H:%M:%SZ} {os.environ.get(NOTEBOOK, '')} cell {cell}\n{trouble[:LONGEST_TROUBLE]}\n"
                )


def widget_states() -> tuple[dict[str, dict[str, Any]], list[list[Any]], list[Any]]:
    """(state by model id, paths of binary values, their buffers) of every open widget that a page draws."""
    from ipywidgets.widgets.widget import _instances, _remove_buffers

    states: dict[str, dict[str, Any]] = {}
    paths: list[list[Any]] = []
    buffers: list[Any] = []
    for model_id, widget in _instances.items():
        if widget._model_name in UNDRAWN:
            continue
        state, its_paths, its_buffers = _remove_buffers(widget.get_state())
        states[model_id] = {"model_name": widget._model_name, "model_module": widget._model_module, "state": state}
        paths += [[model_id, *path] for path in its_paths]
        buffers += its_buffers
    return states, paths, buffers


def make_app(warm_up: Callable[[], None] = lambda: None) -> PageKernelApp:
    """The application with its shell: no socket, no thread, no loop, nobody's. `warm_up` imports what its pages will use."""
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]  # eight megabytes no page needs
    app: PageKernelApp = PageKernelApp.instance(capture_fd_output=False)
    app.config.HistoryManager.enabled = False
    app.config.InteractiveShell.cache_size = 0
    BaseIPythonApplication.initialize(app, [])
    app.session = PageSession(parent=app)
    ZMQInteractiveShell.instance(parent=app, profile_dir=app.profile_dir, compiler_class=XCachingCompiler)
    app.kernel = PageKernel.instance(parent=app, session=app.session, log=app.log, profile_dir=app.profile_dir)
    app.init_path()
    app.init_shell()
    app.shell.kernel = app.shell.parent = app.kernel
    app.kernel.comm_manager.register_target(TARGET, app._tell_page)
    from cps_training.views import assets

    getattr(assets, "use_bundle", lambda: None)()
    warm_up()
    from ipywidgets import register_comm_target

    register_comm_target()  # needs the shell, so only now
    return app


REHEARSAL = """
from cps_training.views import Notice
rehearsed = Notice(text="…", locale="th")
rehearsed
"""


def rehearse(app: PageKernelApp) -> None:
    """Do once what every page does first: what that writes to memory is written before a fork, and shared after it.

    Measured: a kernel forked without it has 2 MB more of its own. Leaves nothing behind but warm code and the layout that all widgets share.
    """
    app.load_connection_info({"transport": "ipc", "ip": "", "shell_port": 1, "iopub_port": 2, "key": "rehearsal"})
    run_cells(app.shell, [("rehearsal", REHEARSAL)])
    widget_states()
    app.shell.user_ns.pop("rehearsed").close()
    app.shell.user_ns.pop("Notice")


def main(argv: list[str]) -> None:
    """An ordinary start, where kernels are not forked."""
    app = make_app()
    app.init_poller()
    if app.poller is not None:
        app.poller.start()  # ends the kernel when the server is no more; a forked one is ended by the system
    app.open(argv[argv.index("-f") + 1])
    app.start()


if __name__ == "__main__":
    main(sys.argv)
