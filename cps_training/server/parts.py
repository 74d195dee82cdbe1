"""What handlers, identity and kernels share while the server runs, in one frozen object. Holds no logic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from cps_training.config import Config
from cps_training.desk import protocol
from cps_training.i18n import Translator, translator
from cps_training.places import DataFolder
from cps_training.server.assets import Assets
from cps_training.server.pages import PageTable
from cps_training.server.rendering import Templates
from cps_training.server.skeleton import Skeletons


class AsksDesk(Protocol):
    """AsyncDeskClient, or a stand-in in tests."""

    async def ask(self, message: protocol.Message) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Parts:
    """desk_address: what kernels are told. seats: how many pages at once. is_demo: as the desk says, not as the command
    line says."""

    desk: AsksDesk
    desk_address: str
    folder: DataFolder
    config: Config
    seats: int
    pages: PageTable
    assets: Assets
    templates: Templates
    skeletons: Skeletons
    hosts: frozenset[str]
    is_demo: bool

    @property
    def is_unprotected(self) -> bool:
        """Plain http on a network: every page says so."""
        return not self.config.is_loopback and not self.config.tls_cert

    def translator(self, locale: str) -> Translator:
        return translator(locale, self.folder.locales)
