"""`serve`: starts the desk and the web server, says the one address, ends both cleanly. The only part that knows the terminal."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from cps_training import i18n, places
from cps_training.config import Config
from cps_training.desk.client import AsyncDeskClient
from cps_training.desk.protocol import ServerHello, Situation
from cps_training.errors import KitError
from cps_training.kernelspec import NAME, PAGE, write_kernelspec
from cps_training.places import DataFolder
from cps_training.server.assets import load_assets
from cps_training.server.certificate import tls_context
from cps_training.server.desk_process import DeskProcess
from cps_training.server.environment import fits_a_socket, longest_socket, write_ipython_profile
from cps_training.server.forked_kernels import ForkingProvisioner
from cps_training.server.hosts import own_hosts, shown_host
from cps_training.server.identity import cookie_secret
from cps_training.server.log import open_log
from cps_training.server.pages import PageTable, build_pages
from cps_training.server.parts import Parts
from cps_training.server.rendering import Templates
from cps_training.server.seats import seats_for
from cps_training.server.skeleton import Skeletons
from cps_training.server.warm_parents import IS_SUPPORTED, Parents

log = logging.getLogger("cps_training.server")

FILES_PER_SEAT, FILES_BESIDES = 16, 256
ENOUGH_FILES = 65_536
CLOSING_SECONDS = 5.0
MOST_WAITING_TO_CONNECT = 1024
"""A whole office that opens its pages in one second; beyond it browsers try again a second later."""


@dataclass(frozen=True)
class ServeRequest:
    """What the command line decided. as_json: one line of JSON on stdout instead of a sentence."""

    folder: DataFolder
    config: Config
    is_demo: bool
    open_browser: bool
    as_json: bool


def serve(request: ServeRequest, *, notebooks: tuple[Path, ...] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; gives the exit code. notebooks: other folders than those that ship and the office's own.

    Raises KitError when it cannot start: port-in-use, bad-certificate, data-folder-in-use, what the desk refuses.
    """
    folder = request.folder
    for path in (folder.root, folder.secrets, folder.run):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    handler = open_log(folder, request.config.log_level)
    try:
        seats = request.config.seats or free_seats()
        _raise_file_limit(seats)
        i18n.compile_catalogues(folder.locales)
        for name in (NAME, PAGE):
            write_kernelspec(folder.jupyter, name)
        write_ipython_profile(folder)
        pages = build_pages(*(notebooks or (places.shipped() / "notebooks", folder.content / "notebooks")))
        return asyncio.run(_serve(request, pages, seats))
    finally:
        logging.getLogger().removeHandler(handler)
        handler.close()


def free_seats() -> int:
    """How many pages this machine can hold open at once, by its free memory."""
    return seats_for(psutil.virtual_memory().available / 2**20, is_forked=IS_SUPPORTED)


async def _serve(request: ServeRequest, pages: PageTable, seats: int) -> int:
    ended = asyncio.Event()
    exit_code = 0

    def given_up() -> None:
        nonlocal exit_code
        exit_code = 1
        _say(f"ระบบรับคำตอบปิดเองหลายครั้งติดกัน จึงหยุดทั้งหมด ดูสาเหตุใน {request.folder.logs / 'server.log'} แล้วเปิดใหม่")
        ended.set()

    desk = DeskProcess(request.folder, given_up)
    await desk.start()
    try:
        with _ends_on_signal(ended), _connection_dir(request.folder) as connection_dir:
            await _listen_until(ended, request, pages, seats, desk, connection_dir)
    finally:
        await desk.stop()
    return exit_code


async def _listen_until(
    ended: asyncio.Event,
    request: ServeRequest,
    pages: PageTable,
    seats: int,
    desk: DeskProcess,
    connection_dir: str,
) -> None:
    from tornado.httpserver import HTTPServer

    from cps_training.server.app import KitVoila, traits

    config, folder = request.config, request.folder
    client = AsyncDeskClient(desk.address, ServerHello(secret=desk.secret))
    situation = await client.ask(Situation())
    assets, templates = load_assets(page.explorables for page in pages), Templates()
    parts = Parts(
        desk=client,
        desk_address=desk.address,
        folder=folder,
        config=config,
        seats=seats,
        pages=pages,
        assets=assets,
        templates=templates,
        skeletons=Skeletons(templates, assets),
        hosts=own_hosts(config),
        is_demo=bool(situation["demo"]),
    )
    settings = traits(cookie_secret(folder.secrets), str(places.shipped()), connection_dir)
    app = KitVoila.instance(config=settings, parts=parts)
    sockets = _bind(config)
    ForkingProvisioner.parents = parents = Parents(folder)
    keeping = asyncio.create_task(parents.keep("learner"), name="warm-parents")
    try:
        server = HTTPServer(app.build(connection_dir), ssl_options=tls_context(config), max_body_size=1 << 20)
        server.add_sockets(sockets)
        scheme = "https" if config.tls_cert else "http"
        url = f"{scheme}://{shown_host(config)}:{sockets[0].getsockname()[1]}/"
        _announce(request, url, situation, pages)
        await ended.wait()
        log.info("ending")
        server.stop()
        await app.kernel_manager.drain(CLOSING_SECONDS)
        for closing in (app.kernel_manager.end_all(), server.close_all_connections()):
            # A page that was just opening may still wait for its kernel: it is not waited for.
            with suppress(TimeoutError):
                await asyncio.wait_for(closing, CLOSING_SECONDS)
    finally:
        keeping.cancel()
        ForkingProvisioner.parents = None
        parents.close()
        for sock in sockets:
            sock.close()
        await client.close()
        KitVoila.clear_instance()


def _bind(config: Config) -> list[Any]:
    from tornado.netutil import bind_sockets

    try:
        return bind_sockets(config.port, config.host or None, backlog=MOST_WAITING_TO_CONNECT)
    except OSError as error:
        import errno

        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise KitError(
                "cannot-listen",
                f"เปิดที่อยู่ {config.host}:{config.port} ไม่ได้ ({error.strerror}) ตรวจ host ใน config.toml หรือ --host",
            ) from error
        raise KitError(
            "port-in-use",
            f"พอร์ต {config.port} ถูกใช้อยู่หรือไม่อนุญาตให้ใช้ เลือกพอร์ตอื่นด้วย --port 8900 หรือ --port 0 ให้เลือกพอร์ตว่างให้",
        ) from error


@contextmanager
def _connection_dir(folder: DataFolder) -> Iterator[str]:
    """A folder for the kernels' connection files and sockets; those of a server that was killed are swept away first."""
    for left in folder.run.glob("kernels-*"):
        shutil.rmtree(left, ignore_errors=True)
    path = tempfile.mkdtemp(prefix="kernels-", dir=folder.run)
    if not fits_a_socket(longest_socket(path)):
        os.rmdir(path)
        path = tempfile.mkdtemp(prefix="cps-kernels-")  # 0700 like the other; its path is short enough
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _ends_on_signal(ended: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    before: dict[signal.Signals, Any] = {}

    def end(*_: object) -> None:
        loop.call_soon_threadsafe(ended.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise_file_limit(seats: int) -> None:
    """Every page holds a dozen files open in the server; say so when the system allows too few."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    if soft < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):
            log.warning("the limit of open files could not be raised above %d", soft)
    if soft < seats * FILES_PER_SEAT + FILES_BESIDES:
        _say(f"ระบบอนุญาตให้เปิดไฟล์พร้อมกันได้เพียง {soft} ไฟล์ อาจไม่พอสำหรับ {seats} ที่นั่ง เพิ่มด้วย ulimit -n หรือลด seats")


def _announce(request: ServeRequest, url: str, situation: dict[str, Any], pages: PageTable) -> None:
    code = request.folder.secrets / "first-trainer-code"
    if situation["needs_setup"] and not situation["demo"] and code.is_file():
        line = f"รหัสเริ่มต้นสำหรับวิทยากรคนแรก (ใช้ได้ครั้งเดียว): {code.read_text('ascii').strip()}"
        print(line, file=sys.stderr if request.as_json else sys.stdout, flush=True)
    if request.as_json:
        print(json.dumps(_description(request, url, situation, pages), ensure_ascii=False), flush=True)
    else:
        print(f"เปิดชุดฝึกที่ {url}  (กด Ctrl-C เพื่อปิด)", flush=True)
    if request.open_browser:
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _description(request: ServeRequest, url: str, situation: dict[str, Any], pages: PageTable) -> dict[str, Any]:
    document: dict[str, Any] = {
        "url": url,
        "pages": {page.name: page.path for page in pages},
        "demo": bool(situation["demo"]),
        "people": situation["people"],
        "data_dir": str(request.folder.root),
    }
    if situation["demo"]:
        document["sign_in"] = {
            "how": "GET /sign-in for the _xsrf cookie, then POST the form",
            "method": "POST",
            "path": "/demo/sign-in",
            "fields": ["person_id", "_xsrf"],
        }
    return document


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
