"""A page's kernel where kernels are not forked: it must not outlive the server that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client.connect import write_connection_file

STARTS_ONE = """
import os, subprocess, sys, time
kernel = subprocess.Popen([sys.executable, "-m", "cps_training.server.page_kernel", "-f", sys.argv[1]],
                          env=os.environ | {"JPY_PARENT_PID": str(os.getpid())}, start_new_session=True)
print(kernel.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="2026-11-23: Windows tells a kernel by a handle; not run anywhere yet")
def test_it_ends_when_its_server_was_killed(tmp_path: Path) -> None:
    file, _ = write_connection_file(str(tmp_path / "kernel.json"), ip="127.0.0.1", key=b"k")
    environment = os.environ | {"IPYTHONDIR": str(tmp_path)}
    starter = subprocess.Popen([sys.executable, "-c", STARTS_ONE, file], stdout=subprocess.PIPE, env=environment)
    assert starter.stdout is not None
    kernel = psutil.Process(int(starter.stdout.readline()))
    starter.stdout.close()
    deadline = time.monotonic() + 30
    while kernel.num_threads() < 3 and time.monotonic() < deadline:  # zmq's threads come when it is under way
        time.sleep(0.05)
    assert kernel.is_running()
    starter.send_signal(signal.SIGKILL)
    starter.wait(10)
    try:
        kernel.wait(30)
    except psutil.TimeoutExpired:
        kernel.kill()
        pytest.fail("the kernel lives on without its server")
