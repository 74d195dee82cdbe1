"""The explorables of the lessons as their functions make them, for the view tests: real data, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cps_training import apps
from cps_training.views.lesson_widgets import EXPLORABLES
from tests.views.harness import mount

if TYPE_CHECKING:
    from playwright.sync_api import Page

OWN = ("dom_classes", "tabbable", "tooltip", "layout")
"""Traits of every ipywidget, which the harness has no use for."""

Show = Callable[..., dict[str, Any]]


@contextmanager
def opened(folder: Path) -> Iterator[Callable[..., tuple[str, dict[str, Any]]]]:
    """Gives make(function, locale) → the stem and the state its widget sends to the browser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPS_DATA_DIR", str(folder))
        for name in ("CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING"):
            patch.delenv(name, raising=False)
        session = apps.open_session()

        def make(function: str, locale: str = "th") -> tuple[str, dict[str, Any]]:
            widget = getattr(apps, function)(replace(session, locale=locale))
            state = {k: v for k, v in widget.get_state().items() if not k.startswith("_") and k not in OWN}
            return EXPLORABLES[function], state

        yield make
        session.desk.close()


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., tuple[str, dict[str, Any]]]]:
    with opened(tmp_path_factory.mktemp("data")) as made:
        yield made


@pytest.fixture
def show(page: Page, make: Callable[..., tuple[str, dict[str, Any]]]) -> Show:
    """show(function, locale) draws it on the page and gives the state it was drawn from."""

    def draw(function: str, locale: str = "th") -> dict[str, Any]:
        stem, state = make(function, locale)
        mount(page, stem, state)
        return state

    return draw
