"""The application: Voilà standalone with our identity, kernels and routes; everything stock that serves files is left out.

Refuses to exist when browsers could run code. Knows no process and no terminal: see start.py.
"""

from __future__ import annotations

import hashlib
import re
import sys
from importlib.metadata import version
from typing import Any

from tornado.web import GZipContentEncoding
from traitlets import Any as AnyTrait
from traitlets.config import Config as Traits
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.utils import get_page_config

from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.server.connection import ALLOWED_MESSAGE_TYPES, KitConnection, PageClient
from cps_training.server.environment import fits_a_socket, longest_socket
from cps_training.server.full_page import FullPage
from cps_training.server.handlers import OWN_ROUTES
from cps_training.server.identity import KitAuthorizer, KitIdentityProvider
from cps_training.server.kernels import KitKernelManager, KitKernelSpecManager
from cps_training.server.notebook_page import LibraryFile, LightPage, PageChannels, PageGoodbye, PageKernel
from cps_training.server.pages import Page
from cps_training.server.parts import Parts
from cps_training.server.web import KitApplication, NotFound, quiet_access_log

EXTENSIONS = ("anywidget", "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8")
"""Without this list every installed JupyterLab extension would load on every page."""

MAX_WEBSOCKET_BYTES = 256 * 1024
KERNEL_ANSWERS_SECONDS = 20.0
CELL_SECONDS = 60
"""A cell that takes longer is given up: a page that never ends would hold its seat for ever."""
IDLE_SECONDS, LOOK_FOR_IDLE_SECONDS = 30 * 60, 60
_KERNEL = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def traits(cookie_secret: bytes, notebooks: str, connection_dir: str) -> Traits:
    """The settings of Voilà and Jupyter's parts. No configuration file is ever read."""
    return Traits(
        {
            "Voila": {
                "cookie_secret": cookie_secret,
                "root_dir": notebooks,
                "connection_dir_root": connection_dir,
                "open_browser": False,
                "identity_provider_class": KitIdentityProvider,
                "authorizer_class": KitAuthorizer,
                "kernel_websocket_connection_class": KitConnection,
            },
            "VoilaConfiguration": {
                "template": "lab",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "theme": "light",
                "file_allowlist": [],
                "extension_allowlist": list(EXTENSIONS),
                "http_header_envs": [],
                "preheat_kernel": False,
                "progressive_rendering": False,
                "show_tracebacks": False,
                "show_margins": False,
                "strip_sources": True,
                "multi_kernel_manager_class": KitKernelManager,
                "kernel_spec_manager_class": KitKernelSpecManager,
            },
            "MappingKernelManager": {
                "cull_idle_timeout": IDLE_SECONDS,
                "cull_interval": LOOK_FOR_IDLE_SECONDS,
                "cull_connected": True,  # a page left open overnight gives its seat back and says so
                "allow_tracebacks": False,
                "kernel_info_timeout": KERNEL_ANSWERS_SECONDS,
            },
            "VoilaExecutor": {"timeout": CELL_SECONDS, "startup_timeout": CELL_SECONDS},
            "MultiKernelManager": {"kernel_manager_class": "cps_training.server.forked_kernels.KitKernel"},
            "KernelManager": {"autorestart": False, "client_class": f"{PageClient.__module__}.{PageClient.__name__}"}
            | _transport(connection_dir),
        }
    )


def _transport(connection_dir: str) -> dict[str, str]:
    """Kernels are spoken to through files, where that can be: ports run out and clash."""
    is_possible = sys.platform != "win32" and fits_a_socket(longest_socket(connection_dir))
    return {"transport": "ipc"} if is_possible else {}


class KitVoila(Voila):
    """`build()` gives the tornado application; nothing listens yet."""

    parts: Parts = AnyTrait()

    def _configure_logging(self) -> None:
        self.log.propagate = True  # one log file for everything, see log.py; no console handler of its own

    def load_config_file(self, *_: Any, **__: Any) -> None:
        """Nothing: a file in the working folder or the user's home must not loosen this server."""

    def build(self, connection_dir: str) -> KitApplication:
        """The application. Raises KitError not-safe when the browser's message types are not limited."""
        self._init_asyncio_patch()
        self.connection_dir = connection_dir
        self.voila_configuration = VoilaConfiguration(parent=self)
        self.setup_template_dirs()
        settings = self.init_settings()
        _require_limits(self.kernel_manager.allowed_message_types)
        application = KitApplication(self.init_handlers(), default_handler_class=NotFound, **settings)
        application.add_transform(GZipContentEncoding)
        return application

    def init_settings(self) -> dict[str, Any]:
        settings = super().init_settings()
        page_config = get_page_config("/", settings, self.log, self.voila_configuration)
        is_https = bool(self.parts.config.tls_cert)
        return dict(settings) | {
            "parts": self.parts,
            "page_config": page_config
            | {
                "fullStaticUrl": f"/libraries/{_library_mark()}/voila",
                "fullLabextensionsUrl": f"/libraries/{_library_mark()}/ext",
            },
            "login_url": "/sign-in",
            "xsrf_cookies": True,
            "xsrf_cookie_kwargs": {"samesite": "Lax", "secure": is_https, "path": "/"},
            "websocket_max_message_size": MAX_WEBSOCKET_BYTES,
            "log_function": quiet_access_log,
        }

    def init_handlers(self) -> list[Any]:
        """The whole table of routes. What is not here is a 404."""
        mark_ = re.escape(_library_mark())
        extensions = "|".join(re.escape(name) for name in EXTENSIONS)
        return [
            *OWN_ROUTES,
            *(self._route(page) for page in self.parts.pages),
            (rf"/api/kernels/{_KERNEL}", PageKernel),
            (rf"/api/kernels/{_KERNEL}/channels", PageChannels),
            (rf"/voila/api/shutdown/{_KERNEL}", PageGoodbye),
            (rf"/libraries/{mark_}/voila/(.*)", LibraryFile, {"paths": self.static_paths}),
            (rf"/libraries/{mark_}/ext/((?:{extensions})/.*)", LibraryFile, {"paths": self.labextensions_path}),
        ]

    def _route(self, page: Page) -> tuple[str, type, dict[str, Any]]:
        if not page.is_full:
            return (re.escape(page.path), LightPage, {"page": page})
        given = {
            "voila_configuration": self.voila_configuration,
            "template_paths": self.template_paths,
            "config": self.config,
        }
        return (re.escape(page.path), FullPage, {"page": page, **given})


def _require_limits(allowed: Any) -> None:
    if not allowed or not set(allowed) <= ALLOWED_MESSAGE_TYPES:
        raise KitError(
            "not-safe",
            mark("เปิดไม่ได้: รุ่นของ Voilà ที่ติดตั้งไม่จำกัดคำสั่งจากเบราว์เซอร์ ให้ติดตั้งรุ่นตามที่ชุดฝึกกำหนด"),
        )


def _library_mark() -> str:
    names = ("voila", "anywidget", "ipywidgets", "jupyterlab-widgets")
    return hashlib.sha256(" ".join(f"{name}={_version(name)}" for name in names).encode()).hexdigest()[:12]


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:  # PackageNotFoundError: vendored or renamed; the others still tell versions apart
        return ""
