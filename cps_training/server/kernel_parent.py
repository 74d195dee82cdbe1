"""The warm parent of kernels: everything imported, application and shell made, then one fork a page. A process of its own.

`python -m cps_training.server.kernel_parent FAMILY` (Linux) says on stdout where it listens, as one line {"socket"}, or why it cannot,
as {"error"}. A client connects, sends the kernel one line {"argv", "env", "cwd"}, and reads {"pid"}, {"ready"} once the kernel has
run its notebook, and {"exit"} when it has ended; hanging up ends that kernel. The end of stdin ends the parent and its kernels; a
line on stdin retires it: it leaves after its last kernel.

Single-threaded; before a fork it opens no loop and no connection and knows nobody: ticket, identity, random seeds and time come
after. Knows no server and no page: what a kernel is, page_kernel.py says.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import random
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from cps_training import i18n, places
from cps_training.server.environment import fits_a_socket
from cps_training.server.page_kernel import PageKernelApp, make_app, rehearse

SHOWN = ("cps_training.views", "cps_training.desk.client", "cps_training.i18n")
LEARNERS_PAGES = (
    "home_page",
    "quiz_page",
    "lesson",
    "recaps",
    "explorables",
    "handbook_page",
    "record_page",
    "refresher_page",
    "case_page",
    "plan_page",
    "marking_page",
)
STAFFS_PAGES = ("trainer_room", "progress_page", "people_page", "items_page")
FAMILIES: dict[str, tuple[str, ...]] = {
    "learner": (*SHOWN, *(f"cps_training.apps.{name}" for name in LEARNERS_PAGES)),
    "staff": (
        *SHOWN,
        *(f"cps_training.apps.{name}" for name in STAFFS_PAGES),
        "pandas",
        "pandas.core.methods.to_dict",
        "cps_training.exchange",
    ),
}
"""What each family of kernels has imported before the fork, by name: no module of the kit may be imported by this one."""

PREPARED = {
    "learner": ("cps_training.apps.explorables:prepare", "cps_training.apps.handbook_search:prepare"),
    "staff": (),
}
"""What is done besides, as module:function: files that pages would read."""

AT_FIRST_USE = (
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "psutil",
    "tornado.platform.asyncio",
    "tornado.queues",
)
"""What a kernel would import in its first second; imported here it costs once instead of once a page."""

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
PROCESS_NAME = b"cps-kernel"
LONGEST_REQUEST = 1 << 20
FOLDER = "cps-"
_libc = ctypes.CDLL(None)
_libc.prctl  # noqa: B018  # looked up once, before the fork


def warm(family: str) -> PageKernelApp:
    """The kernel application with its shell, ready to be forked: no socket, no thread, no loop."""
    os.environ.pop("JPY_PARENT_PID", None)  # the child is to watch its parent by PR_SET_PDEATHSIG instead

    def imports() -> None:
        for name in (*AT_FIRST_USE, *FAMILIES[family]):
            importlib.import_module(name)
        for module, _, function in (name.partition(":") for name in PREPARED[family]):
            getattr(importlib.import_module(module), function)()
        for locale in i18n.LOCALES:
            i18n.translator(locale, places.DataFolder(places.data_dir()).locales)  # read once for all of them

    app = make_app(imports)
    rehearse(app)
    return app


# In the child --------------------------------------------------------------------------------------------------


def become_kernel(app: PageKernelApp, client: socket.socket) -> None:
    """Turn this freshly forked process into the kernel of one page and run it to its end. Raises ValueError for no request."""
    _libc.prctl(PR_SET_NAME, PROCESS_NAME)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    request = read_request(client)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    sys.argv = argv = request["argv"]
    app.open(argv[argv.index("-f") + 1])
    with suppress(OSError):  # the server let go meanwhile; the parent will end us
        client.sendall(b'{"ready": true}\n')
    client.close()
    app.start()
    atexit._run_exitfuncs()


def read_request(client: socket.socket) -> dict[str, Any]:
    """What the server asks for. Raises ValueError when it is no JSON or too long, OSError."""
    said = bytearray()
    while not said.endswith(b"\n"):
        more = client.recv(1 << 16)
        if not more or len(said) > LONGEST_REQUEST:
            raise ValueError("no request")
        said += more
    return dict(json.loads(bytes(said)))


# The parent ----------------------------------------------------------------------------------------------------


@dataclass
class Parent:
    """Forks and watches. path: where the listener lies. kernels: pid → (its line to the server, its pidfd)."""

    app: PageKernelApp
    listener: socket.socket
    path: str = ""
    poll: select.epoll = field(default_factory=select.epoll)
    heard: dict[int, Callable[[], None]] = field(default_factory=dict)
    kernels: dict[int, tuple[socket.socket, int]] = field(default_factory=dict)
    is_retired: bool = False

    def run(self) -> NoReturn:
        self._watch(self.listener.fileno(), select.EPOLLIN, self._accept)
        self._watch(0, select.EPOLLIN, self._server_spoke)
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor in self.heard:  # else it was let go of a moment ago
                    self.heard[descriptor]()

    def _watch(self, descriptor: int, events: int, what: Callable[[], None]) -> None:
        self.poll.register(descriptor, events)
        self.heard[descriptor] = what

    def _unwatch(self, descriptor: int) -> None:
        if self.heard.pop(descriptor, None) is not None:
            self.poll.unregister(descriptor)

    def _server_spoke(self) -> None:
        """The end of stdin: leave. Anything else: fork no more, and leave after the last kernel."""
        if not os.read(0, 100):
            self._leave()
        self.is_retired = True
        if self.listener.fileno() >= 0:
            self._unwatch(self.listener.fileno())
            self.listener.close()  # hangs up on those who have just asked: they ask the next parent
        self._leave_if_done()

    def _leave_if_done(self) -> None:
        if self.is_retired and not self.kernels:
            self._leave()

    def _leave(self) -> NoReturn:
        """Take the socket and its folder away, which a server that was killed could not; every kernel dies with its parent."""
        with suppress(OSError):
            os.unlink(self.path)
            os.rmdir(os.path.dirname(self.path))
        os._exit(0)

    def _accept(self) -> None:
        """Fork before anything is read: what the server says of a page and its reader never is in this process's memory."""
        client, _ = self.listener.accept()
        try:
            self._fork(client)
        except OSError:  # a system that forks no more, or has no descriptor left
            client.close()

    def _fork(self, client: socket.socket) -> None:
        here = os.getpid()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
                if os.getppid() != here:
                    os._exit(1)  # the parent died before it could be said that its end is ours
                self._let_go()
                become_kernel(self.app, client)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            finally:
                os._exit(code)
        try:
            watched = os.pidfd_open(pid)
        except OSError:  # a kernel whose end nobody would notice
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        self.kernels[pid] = (client, watched)
        self._watch(watched, select.EPOLLIN, lambda: self._ended(pid))
        self._watch(client.fileno(), select.EPOLLRDHUP, lambda: self._hung_up(pid))
        self._tell(client, {"pid": pid})

    def _let_go(self) -> None:
        """In the child: nothing of the parent's and nothing of another page's kernel stays open, and nothing is to be read."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self.poll.close()
        self.listener.close()
        for client, watched in self.kernels.values():
            os.close(watched)
            client.close()

    def _hung_up(self, pid: int) -> None:
        """The server let go of a kernel: it ends."""
        self._unwatch(self.kernels[pid][0].fileno())
        os.kill(pid, signal.SIGKILL)

    def _ended(self, pid: int) -> None:
        _, status = os.waitpid(pid, 0)
        client, watched = self.kernels.pop(pid)
        for descriptor in (watched, client.fileno()):
            self._unwatch(descriptor)
        os.close(watched)
        self._tell(client, {"exit": os.waitstatus_to_exitcode(status)})
        client.close()
        self._leave_if_done()

    def _tell(self, client: socket.socket, message: dict[str, int]) -> None:
        with suppress(OSError):  # the server is gone; stdin will say so
            client.sendall(json.dumps(message).encode() + b"\n")


def listen() -> tuple[socket.socket, str]:
    """A listener and where it lies: in a folder of its own, which only this user may enter.

    Made by the process that takes it away again: a server killed at any moment leaves none behind. Raises OSError.
    """
    folder = tempfile.mkdtemp(prefix=FOLDER)
    path = os.path.join(folder, "s")
    listener = socket.socket(socket.AF_UNIX)
    try:
        listener.bind(path)
        os.chmod(path, 0o600)
        listener.listen(256)
    except OSError:
        listener.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return listener, path


def main(family: str) -> None:
    """Warm up, listen, say where on stdout, serve until stdin ends."""
    said = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # whatever a kernel prints past its page must not end in a closed pipe
        os.dup2(nothing, descriptor)
    os.close(nothing)
    try:
        if not fits_a_socket(likely := Path(tempfile.gettempdir(), FOLDER + "12345678", "s")):
            raise OSError(f"{likely}: too long for a socket")
        app = warm(family)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
        listener, path = listen()
    except OSError as error:
        os.write(said, json.dumps({"error": str(error)}).encode() + b"\n")
        return
    gc.collect()
    gc.freeze()  # a collection in a child then touches nothing that is shared
    os.write(said, json.dumps({"socket": path}).encode() + b"\n")
    os.close(said)
    Parent(app, listener, path).run()


if __name__ == "__main__":
    main(sys.argv[1])
