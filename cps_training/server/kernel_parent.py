"""The warm parent of kernels: everything imported, application and shell made, then one fork a page. A process of its own.

`python -m cps_training.server.kernel_parent SOCKET FAMILY` (Linux). A client connects, sends one line {"argv", "env", "cwd"} and
reads {"pid"} and, when the kernel has ended, {"exit"}; hanging up ends that kernel. The end of stdin ends the parent, and the
kernels with it. Single-threaded; before a fork it opens no loop, no connection and knows nobody: ticket, identity, random
seeds and time come after. Knows no server, no page and no desk.
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

SHOWN = ("cps_training.views", "cps_training.desk.client", "cps_training.i18n")
LEARNERS_PAGES = ("home_page", "quiz_page", "lesson", "explorables", "handbook_page", "record_page")
STAFFS_PAGES = ("trainer_room", "progress_page", "people_page")
FAMILIES: dict[str, tuple[str, ...]] = {
    "learner": (*SHOWN, *(f"cps_training.apps.{name}" for name in LEARNERS_PAGES)),
    "staff": (*SHOWN, *(f"cps_training.apps.{name}" for name in STAFFS_PAGES), "pandas", "cps_training.exchange"),
}
"""What each family of kernels has imported before the fork, by name: no module of the kit may be imported by this one."""

AT_FIRST_USE = (
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.history",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "psutil",
    "pwd",
    "tornado.platform.asyncio",
    "tornado.queues",
    "unicodedata",
)
"""What a kernel would import in its first second; imported here it costs once instead of once a page."""

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
PROCESS_NAME = b"cps-kernel"
LONGEST_REQUEST = 1 << 20


def warm(family: str) -> Any:
    """The kernel application with its shell, ready to be forked: no socket, no thread, no loop."""
    os.environ.pop("JPY_PARENT_PID", None)  # the child is to watch its parent by PR_SET_PDEATHSIG instead
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # eight megabytes no page needs
    app = _application()
    importlib.import_module("ipykernel.debugger")  # looks for debugpy once, and lives without
    del sys.modules["debugpy"]
    for name in (*AT_FIRST_USE, *FAMILIES[family]):
        importlib.import_module(name)
    importlib.import_module("ipywidgets").register_comm_target()  # needs the shell, so only now
    return app


def _application() -> Any:
    from ipykernel.compiler import XCachingCompiler
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.zmqshell import ZMQInteractiveShell
    from IPython.core.application import BaseIPythonApplication

    class PageKernelApp(IPKernelApp):
        """A kernel for one page: no heartbeat (nobody asks, and its thread hangs a quick exit), no user's configuration."""

        name = "ipython-kernel"

        def init_heartbeat(self) -> None:
            self.heartbeat = None

        def load_config_file(self, *_: Any, **__: Any) -> None:
            """Nothing: settings are set below."""

        def init_gui_pylab(self) -> None:
            os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")

    app = PageKernelApp.instance(capture_fd_output=False)
    app.config.IPKernelApp.capture_fd_output = False
    app.config.HistoryManager.enabled = False
    app.config.InteractiveShell.cache_size = 0
    BaseIPythonApplication.initialize(app, [])
    ZMQInteractiveShell.instance(parent=app, profile_dir=app.profile_dir, compiler_class=XCachingCompiler)
    return app


# In the child --------------------------------------------------------------------------------------------------


def become_kernel(app: Any, request: dict[str, Any]) -> None:
    """Turn this freshly forked process into the kernel of one page and run it to its end."""
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(PR_SET_NAME, PROCESS_NAME)
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
    _discard_output()
    argv = request["argv"]
    sys.argv = argv
    app.connection_file = argv[argv.index("-f") + 1]
    app.init_connection_file()
    app.init_poller()
    app.init_sockets()
    app.init_heartbeat()
    app.write_connection_file()
    app.init_io()
    app.init_signal()
    app.init_kernel()
    app.init_path()
    app.init_shell()
    app.init_gui_pylab()
    app.shell.kernel = app.kernel
    app.shell.parent = app.kernel
    for comm in app.kernel.comm_manager.comms.values():
        comm.kernel = app.kernel  # a widget made before the fork would speak to nobody
    app.start()
    atexit._run_exitfuncs()


def _discard_output() -> None:
    """What a kernel prints goes to the page by its socket; the parent's own streams may be closed pipes."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    os.close(nothing)


# The parent ----------------------------------------------------------------------------------------------------


@dataclass
class Parent:
    """Forks and watches. kernels: pid → (connection, pidfd); waiting: what each client has sent so far."""

    app: Any
    listener: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    kernels: dict[int, tuple[socket.socket, int]] = field(default_factory=dict)

    def run(self) -> NoReturn:
        self.selector.register(self.listener, selectors.EVENT_READ, self._accept)
        self.selector.register(0, selectors.EVENT_READ, self._server_left)
        while True:
            for key, _ in self.selector.select():
                key.data()

    def _accept(self) -> None:
        client, _ = self.listener.accept()
        request = bytearray()
        self.selector.register(client, selectors.EVENT_READ, lambda: self._read(client, request))

    def _server_left(self) -> None:
        if not os.read(0, 1):
            os._exit(0)  # every kernel dies with it: PR_SET_PDEATHSIG

    def _read(self, client: socket.socket, request: bytearray) -> None:
        try:
            more = client.recv(1 << 16)
        except OSError:
            more = b""
        request += more
        if not more or len(request) > LONGEST_REQUEST:
            self._forget(client)
        elif request.endswith(b"\n"):
            self._fork(client, json.loads(bytes(request)))

    def _fork(self, client: socket.socket, request: dict[str, Any]) -> None:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                self._let_go()
                client.close()
                become_kernel(self.app, request)
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            finally:
                os._exit(code)
        watched = os.pidfd_open(pid)
        self.kernels[pid] = (client, watched)
        self.selector.register(watched, selectors.EVENT_READ, lambda: self._ended(pid))
        self.selector.modify(client, selectors.EVENT_READ, lambda: self._hung_up(client, pid))
        self._tell(client, {"pid": pid})

    def _let_go(self) -> None:
        """In the child: nothing of the parent's and nothing of another page's kernel stays open."""
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
    app = warm(family)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    os.chmod(path, 0o600)
    listener.listen(256)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
    gc.collect()
    gc.freeze()  # a collection in a child then touches nothing that is shared
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    Parent(app, listener).run()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
