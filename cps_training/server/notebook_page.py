"""A notebook as a page: who may open it, its skeleton sent at once, its kernel started beside; the page's way to its kernel.

Knows no menu and no wording. Pages of the full template have their own way of being made, see full_page.py.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import ensure_async
from tornado import web
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from cps_training.server.identity import KitUser
from cps_training.server.light_connection import LightConnection, require_light
from cps_training.server.pages import Page
from cps_training.server.reservations import NoSeat
from cps_training.server.web import LIGHT_POLICY, Shielded

RETRY_SECONDS = 5


class NotebookPage(Shielded):
    """One route of the page table. `page` is set by who inherits."""

    page: Page

    @web.authenticated
    async def get(self) -> None:
        person = self.person
        if person is None or not self.page.is_for(person.roles):
            raise web.HTTPError(403)
        if person.must_choose_password:
            self.redirect("/password")
            return
        try:
            await self.open_page(person)
        except NoSeat as full:
            self.set_status(full.status_code)
            self.set_header("Retry-After", str(RETRY_SECONDS))
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(self.render_page("waiting.html", place=full.place, seats=self.parts.seats))

    async def open_page(self, person: KitUser) -> None:
        raise NotImplementedError


class LightPage(NotebookPage, JupyterHandler):
    """A page whose kernel runs the notebook by itself: what does not depend on it is there before the kernel is."""

    policy = LIGHT_POLICY

    def initialize(self, page: Page) -> None:
        self.page = page

    async def open_page(self, person: KitUser) -> None:
        kernel_id = await self.kernel_manager.reserve(person.session_hash, is_light=True)
        self.kernel_manager.launch_soon(kernel_id, self.page, person, self.request.query)
        try:
            page = self._skeleton(kernel_id)
        except Exception:  # a notebook that cannot be read: nobody will ever use this kernel
            await self.kernel_manager.shutdown_kernel(kernel_id)
            raise
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page)

    def _skeleton(self, kernel_id: str) -> str:
        locale = self.page_locale
        _ = self.parts.translator(locale)
        return self.parts.skeletons.page(
            self.page.notebook,
            self.page.bundle,
            self.shell_values(_, locale),
            title=self.page.title_in(locale, _),
            is_lesson=self.page.name.startswith("lesson:"),
            kernel_id=kernel_id,
        )


class PageKernel(Shielded, KernelHandler):
    """A page asks whether its kernel is there: the full template before it connects, a light page when it cannot."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        if not self.kernel_manager.is_light(kernel_id):
            await ensure_async(super().get(kernel_id))
        elif self.person is None or self.kernel_manager.owner_of(kernel_id) != self.person.session_hash:
            raise web.HTTPError(403)
        else:
            self.finish({"id": kernel_id})

    async def delete(self, **_: str) -> None:
        raise web.HTTPError(405)


class PageChannels(Shielded, VoilaKernelWebsocketHandler):
    """The websocket of a page."""

    connection: Any = None

    @property
    def kernel_websocket_connection_class(self) -> Any:
        if self.kernel_manager.is_light(self.kernel_id):
            return LightConnection
        return super().kernel_websocket_connection_class

    async def pre_get(self) -> None:
        if self.person is None or self.kernel_manager.owner_of(self.kernel_id) != self.person.session_hash:
            raise web.HTTPError(403)
        if self.kernel_manager.is_light(self.kernel_id):
            require_light(self)
        await self.kernel_manager.until_ready(self.kernel_id)
        await super().pre_get()

    def on_close(self) -> None:
        if self.ping_callback is not None:  # it would keep this handler for half a minute more
            self.ping_callback.stop()
        if self.connection is not None:  # else it was left before its kernel answered
            super().on_close()


class PageGoodbye(Shielded, VoilaShutdownKernelHandler):
    """A page that is left frees its kernel, so that the next one opens at once."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        owner = self.kernel_manager.owner_of(kernel_id)
        if self.person is None or owner not in (None, self.person.session_hash):
            raise web.HTTPError(403)
        if owner is not None:  # Voilà's own script says goodbye too, and a page may be closed after its kernel
            await self.kernel_manager.shutdown_kernel(kernel_id)
        self.set_status(204)
        self.finish()


class LibraryFile(Shielded, MultiStaticFileHandler):
    """Code of the widget libraries, at an address that names their versions."""

    def set_extra_headers(self, _: str) -> None:
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
