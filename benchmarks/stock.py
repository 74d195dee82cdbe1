"""The other side: `voila` as it comes, on a notebook that shows the same questions with jupyterquiz, and a learner who opens it.

jupyterquiz scores in the page, so for stock a page is answerable when its HTML is there and its kernel's websocket has answered;
its learners fetch none of the five megabytes of code, which is generous to stock. Its zmq sockets end near 146 learners.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat

from benchmarks import wire
from benchmarks.device import PATIENCE, Counts
from benchmarks.transport import Http, RefusedError, Socket
from cps_training.items.multiple_choice import MultipleChoice

MOST_LEARNERS = 100
_KERNEL = re.compile(r'"kernelId":\s*"([^"]+)"')


def notebook(asked: Sequence[MultipleChoice]) -> Any:
    """A notebook of one cell that asks these questions with jupyterquiz."""
    quiz = [
        {
            "question": item.stem,
            "type": "multiple_choice",
            "answers": [{"answer": c.text, "correct": c.id == item.key, "feedback": c.rationale} for c in item.choices],
        }
        for item in asked
    ]
    source = (
        f"from jupyterquiz import display_quiz\nimport json\ndisplay_quiz(json.loads({json.dumps(json.dumps(quiz))}))"
    )
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python", "language": "python"}
    return made


class Stock:
    """The running server."""

    def __init__(self, asked: Sequence[MultipleChoice], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(asked), folder / "stock.ipynb")
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "voila", "stock.ipynb", "--no-browser"),
                *(f"--port={self.port}", "--Voila.ip=127.0.0.1", "--Voila.port_retries=0"),
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("stock voila did not start within 30 s")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class StockLearner:
    """One visitor of the stock page, without a browser."""

    def __init__(self, port: int) -> None:
        self.counts = Counts()
        self._http = Http(port)
        self._port = port
        self._socket: Socket | None = None

    async def open(self, path: str = "/") -> float:
        """Open the page; gives the seconds until it is answerable. Raises RefusedError, TimeoutError."""
        start = time.perf_counter()
        async with asyncio.timeout(PATIENCE * 2):
            answer = await self._http.ask("GET", path)
            found = _KERNEL.search(answer.text)
            if answer.status != 200 or not found:
                raise RefusedError(f"GET {path}: {answer.status}")
            self.counts.pages += 1
            self.counts.http_bytes += answer.wire_bytes
            answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            session = uuid.uuid4().hex

            def hear(*_: Any) -> None:
                if not answered.done():
                    answered.set_result(None)

            def closed() -> None:
                if not answered.done():
                    answered.set_exception(RefusedError("the websocket was closed"))

            path = f"/api/kernels/{found[1]}/channels?session_id={session}"
            self._socket = await Socket.open(self._port, path, self._http.cookie, hear, closed)
            header = {"msg_id": f"{session}-1", "msg_type": "kernel_info_request", "session": session}
            header |= {"username": "", "version": "5.3", "date": "2026-01-01T00:00:00Z"}
            self._socket.send(wire.packed("shell", header, {}))
            await answered
        return time.perf_counter() - start

    def leave(self) -> None:
        """Close the connection. Stock refuses the page's goodbye (it lacks the XSRF cookie), so its kernel stays."""
        if self._socket is not None:
            self._socket.leave()
        self._http.close()
