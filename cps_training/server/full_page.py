"""A notebook with other widgets than ours as a page: Voilà's own template in our frame. Knows no menu and no wording.

Own loop instead of stock Voilà's: there an exception while rendering is lost and the browser waits for ever.
"""

from __future__ import annotations

import base64
import copy
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.utils import ensure_async
from tornado.iostream import StreamClosedError
from voila.handler import VoilaHandler
from voila.notebook_renderer import NotebookRenderer

from cps_training.kernelspec import NAME
from cps_training.server.identity import KitUser
from cps_training.server.notebook_page import NotebookPage
from cps_training.server.pages import Page
from cps_training.server.rendering import NOTEBOOK_TEMPLATE, MemoryByteCode
from cps_training.server.web import NOTEBOOK_POLICY

log = logging.getLogger("cps_training.server.page")

LONGEST_PICTURE = 2_000_000
_bytecode = MemoryByteCode()


class NotebookPictures:
    """What the Markdown renderer asks to inline pictures: only files beside or below the notebook."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def _path(self, name: str) -> Path | None:
        path = (self._folder / name).resolve()
        is_inside = path.is_relative_to(self._folder) and path.suffix.lower() in (
            ".svg",
            ".png",
            ".jpg",
            ".jpeg",
            ".webp",
        )
        return path if is_inside and path.is_file() and path.stat().st_size <= LONGEST_PICTURE else None

    def file_exists(self, name: str) -> bool:
        return "://" not in name and not name.startswith("data:") and self._path(name) is not None

    def get(self, name: str, **_: Any) -> dict[str, str]:
        path = self._path(name)
        if path is None:
            raise FileNotFoundError(f"{name}: not beside the notebook")
        return {"content": base64.b64encode(path.read_bytes()).decode()}


@lru_cache(maxsize=64)
def _read(path: str, _changed: int) -> Any:
    """A notebook file; read again only when it changed."""
    return nbformat.read(path, as_version=4)


class KitRenderer(NotebookRenderer):
    """Reads the notebook from the page table's file; no contents manager is involved."""

    async def load_notebook(self, path: str) -> Any:
        notebook = copy.deepcopy(_read(path, Path(path).stat().st_mtime_ns))
        notebook.metadata["kernelspec"] = {
            "name": NAME,
            "display_name": NAME,
            "language": "python",
        }  # ours, whatever it says
        return await self.fix_notebook(notebook)


class FullPage(NotebookPage, VoilaHandler):
    """A page of Voilà's own template: its cells are run and streamed by the server, its widgets are JupyterLab's."""

    policy = NOTEBOOK_POLICY

    def initialize(self, *, page: Page, **given: Any) -> None:
        super().initialize(notebook_path=str(page.notebook), **given)
        self.page = page

    async def open_page(self, person: KitUser) -> None:
        renderer = self._renderer()
        await renderer.initialize()
        self._frame(renderer)
        kernel_id = await self.kernel_manager.reserve(person.session_hash, is_light=False)
        is_sent = False
        try:
            await self.kernel_manager.launch(kernel_id, self.page, person, self.request.query)
            await self._stream(renderer, kernel_id)
            is_sent = True
        finally:
            self.kernel_manager.page_rendered(kernel_id)
            await _stop_channels(renderer)
            if not is_sent:  # nobody will ever use this kernel
                await self.kernel_manager.shutdown_kernel(kernel_id)

    def _renderer(self) -> KitRenderer:
        return KitRenderer(
            request_handler=self,
            voila_configuration=self.voila_configuration,
            traitlet_config=self.traitlet_config,
            notebook_path=self.notebook_path,
            template_paths=[str(NOTEBOOK_TEMPLATE), *self.template_paths],
            config_manager=self.config_manager,
            contents_manager=NotebookPictures(self.page.notebook.parent),
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            page_config=self.settings["page_config"],
            mathjax_config=None,
            mathjax_url=None,
        )

    def _frame(self, renderer: KitRenderer) -> None:
        """Give the template the pieces around the cells, escaped already."""
        parts, locale = self.parts, self.page_locale
        _ = parts.translator(locale)
        frame = parts.templates.frame(
            **self.shell_values(_, locale),
            title=self.page.title_in(locale, _),
            is_lesson=self.page.name.startswith("lesson:"),
        )
        environment = renderer.exporter.environment
        environment.bytecode_cache = _bytecode
        environment.globals["frame"] = frame

    async def _stream(self, renderer: KitRenderer, kernel_id: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        kernel = self.kernel_manager.get_kernel(kernel_id)
        try:
            async for html, _ in renderer.generate_content_generator(kernel_id, kernel):
                if html:
                    self.write(html)
                    await self.flush()
        except StreamClosedError:
            raise
        except Exception:
            if not self._headers_written:
                raise
            # The frame is sent already: say it in the page, with a way back, and end the document properly.
            log.exception("rendering %s failed", self.request.path)
            frame = renderer.exporter.environment.globals["frame"]
            self.write(str(frame["failed"]) + str(frame["bottom"]))


async def _stop_channels(renderer: KitRenderer) -> None:
    """Close the sockets the cells were run through; the renderer does it only when all went well."""
    client = getattr(getattr(renderer, "executor", None), "kc", None)
    if client is not None:
        await ensure_async(client.stop_channels())
