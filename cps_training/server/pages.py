"""The exact table of pages: path, notebook, roles. What is not in it does not exist. Knows no handler and no kernel.

A role check by path prefix can be walked around (`learner/../trainer`); a page is therefore found by its whole path only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cps_training.i18n import Translator, mark
from cps_training.notebook_cells import code_cells, read_cells
from cps_training.server.assets import lesson_bundle
from cps_training.views.lesson_widgets import explorables_in

EVERYBODY = frozenset(("learner", "trainer", "approver", "admin"))
STAFF = frozenset(("trainer", "admin"))
FULL = "full"
LESSON = "lesson:"
"""What the name of a lesson's page begins with."""

_LESSON_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HARMLESS_QUERY = re.compile(r"[\w.~%=&:-]{0,300}", re.ASCII)


@dataclass(frozen=True)
class Page:
    """One page. notebook: relative to a notebooks folder, absolute once built.

    title: a message for the catalogue, or {"th", "en"} where the notebook brings its own. section: the name of the
    page whose entry of the menu is marked as current. is_full: drawn by Voilà's own template, for notebooks with widgets
    that are not ours; a notebook asks for it by `"template": "full"` in its metadata's `cps`. explorables: stems of what a
    lesson has to explore.
    """

    name: str
    path: str
    notebook: Path
    roles: frozenset[str]
    title: str | Mapping[str, str]
    section: str
    is_full: bool = False
    explorables: tuple[str, ...] = ()

    def title_in(self, locale: str, _: Translator) -> str:
        """The title in a language."""
        if isinstance(self.title, str):
            return _(self.title)
        return self.title.get(locale) or self.title["th"]

    @property
    def family(self) -> str:
        """Which warm parent its kernels are forked from: the trainer's room brings pandas with it, learners' pages do not."""
        return "staff" if self.roles <= STAFF else "learner"

    @property
    def bundle(self) -> str:
        """Which widgets its script holds: those of home, of a lesson, of cases, of plans, of the other pages of learners, or all."""
        if self.family == "staff" or self.name == "marking":  # forms are for trainers, and for the few who mark
            return "staff"
        if self.name.startswith(LESSON):
            return lesson_bundle(self.explorables)
        return self.name if self.name in ("home", "case", "plan") else "learner"

    def is_for(self, roles: Iterable[str]) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu: the page it opens, its label (a message) and the name of its icon."""

    page: str
    label: str
    icon: str


PAGES = (
    Page("home", "/home", Path("apps/home.ipynb"), EVERYBODY, mark("หน้าแรก"), "home"),
    Page("quiz", "/quiz", Path("apps/quiz.ipynb"), EVERYBODY, mark("แบบทดสอบ"), "quiz"),
    Page("case", "/case", Path("apps/case.ipynb"), EVERYBODY, mark("กรณีศึกษา"), "case"),
    Page("plan", "/plan", Path("apps/plan.ipynb"), EVERYBODY, mark("แผนงาน"), "plan"),
    Page("handbook", "/handbook", Path("apps/handbook.ipynb"), EVERYBODY, mark("คู่มือ"), "handbook"),
    Page("record", "/record", Path("apps/record.ipynb"), EVERYBODY, mark("บันทึกการเรียน"), "record"),
    Page("refresher", "/refresher", Path("apps/refresher.ipynb"), EVERYBODY, mark("ทบทวนก่อนลงพื้นที่"), "quiz"),
    Page("marking", "/marking", Path("apps/marking.ipynb"), EVERYBODY, mark("ตรวจข้อเขียน"), "quiz"),
    Page("trainer", "/trainer", Path("apps/trainer.ipynb"), STAFF, mark("การมีส่วนร่วม"), "trainer"),
    Page("progress", "/progress", Path("apps/progress.ipynb"), STAFF, mark("ความก้าวหน้า"), "progress"),
    Page("items", "/items", Path("apps/items.ipynb"), STAFF, mark("วิเคราะห์ข้อสอบ"), "progress"),
    Page("people", "/people", Path("apps/people.ipynb"), STAFF, mark("บุคลากร"), "people"),
)
"""The pages that are always the same; lessons come from the notebooks."""

LEARNERS_MENU = (
    NavItem("home", mark("บทเรียน"), "book"),
    NavItem("quiz", mark("แบบทดสอบ"), "check"),
    NavItem("case", mark("กรณีศึกษา"), "house"),
    NavItem("plan", mark("แผนงาน"), "calendar"),
    NavItem("record", mark("ผลของฉัน"), "record"),
)
TRAINERS_MENU = (
    NavItem("trainer", mark("การมีส่วนร่วม"), "people"),
    NavItem("progress", mark("ความก้าวหน้า"), "grid"),
    NavItem("people", mark("บุคลากร"), "person"),
    *LEARNERS_MENU[:2],
)
"""Five entries at most: that is what a phone's tab bar holds. What a menu leaves out stands in the account's sheet."""


@dataclass(frozen=True)
class PageTable:
    """The pages that exist, by path."""

    by_path: Mapping[str, Page]

    def __iter__(self) -> Any:
        return iter(self.by_path.values())

    def menu(self, roles: Iterable[str]) -> list[tuple[NavItem, str]]:
        """(entry, path) of the menu of a person with these roles; never a link to a page they may not open."""
        held = frozenset(roles)
        by_name = {page.name: page for page in self}
        items = LEARNERS_MENU if held.isdisjoint(STAFF) else TRAINERS_MENU
        return [
            (item, by_name[item.page].path)
            for item in items
            if item.page in by_name and by_name[item.page].is_for(held)
        ]

    def landing(self, roles: Iterable[str]) -> str:
        """Where "/" leads: the first entry of the person's menu."""
        menu = self.menu(roles)
        return menu[0][1] if menu else "/sign-in"

    def safe_next(self, wanted: str) -> str | None:
        """`wanted` when it is the exact path of a page here (a plain query may follow), else None.

        Anything with a scheme, a host, a backslash or a dot segment is no path of the table and falls out by itself.
        """
        try:
            parts = urlsplit(wanted)
        except ValueError:
            return None
        if parts.scheme or parts.netloc or parts.path not in self.by_path:
            return None
        query = parts.query if parts.query and _HARMLESS_QUERY.fullmatch(parts.query) else ""
        return f"{parts.path}?{query}" if query else parts.path


def build_pages(*roots: Path) -> PageTable:
    """The table for notebook folders (`apps/`, `lessons/` inside each). A later folder's lesson replaces an earlier one's.

    Pages without their notebook, and notebooks that do not say which lesson they are, are left out.
    """
    found: dict[str, Page] = {}
    for page in PAGES:
        for root in roots:
            notebook = root / page.notebook
            if notebook.is_file():
                found[page.path] = _built(page, notebook)
    for root in roots:
        for notebook in sorted((root / "lessons").glob("*.ipynb")):
            lesson = _lesson(notebook)
            if lesson is not None:
                found[lesson.path] = lesson
    return PageTable(found)


def _built(page: Page, notebook: Path) -> Page:
    return replace(page, notebook=notebook.resolve(), is_full=_metadata(notebook).get("template") == FULL)


def _metadata(notebook: Path) -> Mapping[str, Any]:
    """What a notebook says of itself; nothing when it cannot be read: the content check tells the author, not the server."""
    try:
        return dict(json.loads(notebook.read_text("utf-8"))["metadata"]["cps"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _lesson(notebook: Path) -> Page | None:
    metadata = _metadata(notebook)
    try:
        lesson, title = str(metadata["lesson"]), dict(metadata["title"])
    except (ValueError, KeyError, TypeError):
        return None
    if not _LESSON_ID.fullmatch(lesson) or not isinstance(title.get("th"), str):
        return None
    return Page(
        LESSON + lesson,
        f"/lessons/{lesson}",
        notebook.resolve(),
        EVERYBODY,
        title,
        "home",
        is_full=metadata.get("template") == FULL,
        explorables=explorables_in(code for _, code in code_cells(read_cells(notebook))),
    )
