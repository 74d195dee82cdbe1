"""The warm parent of kernels: everything imported, application and shell made, then one fork a page. A process of its own.

`python -m cps_training.server.kernel_parent SOCKET FAMILY` (Linux). A client connects, sends one line {"argv", "env", "cwd"} and
reads {"pid"}, {"ready"} once the kernel has run its notebook, and {"exit"} when it has ended; hanging up ends that kernel. The
end of stdin ends the parent and its kernels; a line on stdin retires it: it leaves after its last kernel.

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
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NoReturn

from cps_training import i18n, places
from cps_training.server.page_kernel import PageKernelApp, make_app, rehearse

SHOWN = ("cps_training.views", "cps_training.desk.client", "cps_training.i18n")
LEARNERS_PAGES = ("home_page", "quiz_page", "lesson", "explorables", "handbook_page", "record_page")
STAFFS_PAGES = ("trainer_room", "progress_page", "people_page")
FAMILIES: dict[str, tuple[str, ...]] = {
    "learner": (*SHOWN, *(f"cps_training.apps.{name}" for name in LEARNERS_PAGES)),
    "staff": (*SHOWN, *(f"cps_training.apps.{name}" for name in STAFFS_PAGES), "pandas", "cps_training.exchange"),
}
"""What each family of kernels has imported before the fork, by name: no module of the kit may be imported by this one."""

PREPARED = {"learner": ("cps_training.apps.explorables:prepare",), "staff": ()}
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


def become_kernel(app: PageKernelApp, request: dict[str, Any], client: socket.socket) -> None:
    """Turn this freshly forked process into the kernel of one page and run it to its end."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _libc.prctl(PR_SET_NAME, PROCESS_NAME)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
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


# The parent ----------------------------------------------------------------------------------------------------


@dataclass
class Parent:
    """Forks and watches. kernels: pid → (connection, pidfd); waiting: what each client has sent so far."""

    app: PageKernelApp
    listener: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    kernels: dict[int, tuple[socket.socket, int]] = field(default_factory=dict)
    is_retired: bool = False

    def run(self) -> NoReturn:
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(0, selectors.EVENT_READ, self._server_spoke)
        while True:
            for key, _ in self.selector.select():
                key.data()

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        request = bytearray()
        self.selector.register(client, selectors.EVENT_READ, lambda: self._read(client, request))

    def _server_spoke(self) -> None:
        """The end of stdin: leave. Anything else: fork no more, and leave after the last kernel."""
        if not os.read(0, 100):
            os._exit(0)  # every kernel dies with it: PR_SET_PDEATHSIG
        self.is_retired = True
        self._leave_if_done()

    def _leave_if_done(self) -> None:
        if self.is_retired and not self.kernels:
            os._exit(0)

    def _read(self, client: socket.socket, request: bytearray) -> None:
        try:
            more = client.recv(1 << 16)
        except OSError:
            more = b""
        request += more
        if not more or len(request) > LONGEST_REQUEST:
            self._forget(client)
        elif request.endswith(b"\n"):
            try:
                asked = json.loads(bytes(request))
                self._fork(client, {"argv": list(asked["argv"]), "env": dict(asked["env"]), "cwd": str(asked["cwd"])})
            except (ValueError, KeyError, TypeError, OSError):  # no request, or a system that forks no more
                self._forget(client)

    def _fork(self, client: socket.socket, request: dict[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._let_go()
                become_kernel(self.app, request, client)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            finally:
                os._exit(code)
        try:
            watched = os.pidfd_open(pid)
        except OSError:  # no descriptor left: a kernel whose end nobody would notice
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            raise
        self.kernels[pid] = (client, watched)
        self.selector.register(watched, selectors.EVENT_READ, lambda: self._ended(pid))
        self.selector.modify(client, selectors.EVENT_READ, lambda: self._hung_up(client, pid))
        self._tell(client, {"pid": pid})

    def _let_go(self) -> None:
        """In the child: nothing of the parent's and nothing of another page's kernel stays open, and nothing is to be read."""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        self.selector.close()
        self.listener.close()
        for client, watched in self.kernels.values():
            os.close(watched)
            client.close()

    def _hung_up(self, client: socket.socket, pid: int) -> None:
        """The server let go of a kernel: it ends. Anything else a client says is not understood."""
        try:
            if client.recv(1 << 16):
                return
        except OSError:
            pass
        self._forget(client)
        if pid in self.kernels:
            os.kill(pid, signal.SIGKILL)

    def _ended(self, pid: int) -> None:
        _, status = os.waitpid(pid, 0)
        client, watched = self.kernels.pop(pid)
        self.selector.unregister(watched)
        os.close(watched)
        self._tell(client, {"exit": os.waitstatus_to_exitcode(status)})
        self._forget(client)
        self._leave_if_done()

    def _tell(self, client: socket.socket, message: dict[str, int]) -> None:
        with suppress(OSError):  # the server is gone; stdin will say so
            client.sendall(json.dumps(message).encode() + b"\n")

    def _forget(self, client: socket.socket) -> None:
        try:
            self.selector.unregister(client)
        except (KeyError, ValueError):
            return
        client.close()


def main(path: str, family: str) -> NoReturn:
    """Warm up, listen, say "ready" on stdout, serve until stdin ends."""
    said = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # whatever a kernel prints past its page must not end in a closed pipe
        os.dup2(nothing, descriptor)
    os.close(nothing)
    app = warm(family)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o600)
    listener.listen(256)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    gc.collect()
    gc.freeze()  # a collection in a child then touches nothing that is shared
    os.write(said, b"ready\n")
    os.close(said)
    Parent(app, listener).run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
