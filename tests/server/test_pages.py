"""The page table: what exists, for whom, and which addresses a sign-in may lead back to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cps_training.i18n import translator
from cps_training.server.pages import PageTable, build_pages

NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def write_lesson(root: Path, name: str, lesson: str, title: str = "บทหนึ่ง") -> None:
    path = root / "lessons" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"cps": {"lesson": lesson, "title": {"th": title, "en": "One"}}}
    path.write_text(json.dumps(NOTEBOOK | {"metadata": metadata}), "utf-8")


def write_app(root: Path, name: str) -> None:
    path = root / "apps" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(NOTEBOOK), "utf-8")


@pytest.fixture
def table(tmp_path: Path) -> PageTable:
    for name in ("home", "quiz", "case", "plan", "handbook", "record", "trainer", "progress", "items", "people"):
        write_app(tmp_path, name)
    write_lesson(tmp_path, "01_one.ipynb", "one")
    return build_pages(tmp_path)


def test_lessons_are_pages_under_their_own_name_and_title(table: PageTable) -> None:
    page = table.by_path["/lessons/one"]
    assert page.title_in("th", translator("th")) == "บทหนึ่ง"
    assert page.title_in("en", translator("th")) == "One"
    assert page.is_for(("learner",))


@pytest.mark.parametrize("path", ["/trainer", "/progress", "/items", "/people"])
def test_the_trainers_room_is_for_trainers_only(table: PageTable, path: str) -> None:
    page = table.by_path[path]
    allowed = {role for role in ("learner", "approver", "trainer", "admin") if page.is_for((role,))}
    assert allowed == {"trainer", "admin"}


@pytest.mark.parametrize(
    ("roles", "paths"),
    [
        (("learner",), ["/home", "/quiz", "/case", "/plan", "/record"]),
        (("approver",), ["/home", "/quiz", "/case", "/plan", "/record"]),
        (("learner", "trainer"), ["/trainer", "/progress", "/people", "/home", "/quiz"]),
        ((), []),
    ],
)
def test_the_menu_holds_only_what_one_may_open(table: PageTable, roles: tuple[str, ...], paths: list[str]) -> None:
    assert [path for _, path in table.menu(roles)] == paths
    assert table.landing(roles) == (paths[0] if paths else "/sign-in")


def test_a_page_whose_notebook_is_missing_is_neither_served_nor_linked(tmp_path: Path) -> None:
    write_app(tmp_path, "home")
    table = build_pages(tmp_path)
    assert [path for _, path in table.menu(("trainer",))] == ["/home"]
    assert "/trainer" not in table.by_path


def test_the_offices_own_lesson_replaces_the_one_that_ships(tmp_path: Path) -> None:
    write_lesson(tmp_path / "shipped", "01_one.ipynb", "one", "เดิม")
    write_lesson(tmp_path / "office", "01_one.ipynb", "one", "ของสำนักงาน")
    table = build_pages(tmp_path / "shipped", tmp_path / "office")
    assert table.by_path["/lessons/one"].title_in("th", translator("th")) == "ของสำนักงาน"


@pytest.mark.parametrize("lesson", ["../trainer", "a/b", "", "ก", ".hidden"])
def test_a_lesson_cannot_name_itself_out_of_its_folder(tmp_path: Path, lesson: str) -> None:
    write_lesson(tmp_path, "01_one.ipynb", lesson)
    assert list(build_pages(tmp_path)) == []


def test_a_broken_notebook_does_not_keep_the_others_from_being_served(tmp_path: Path) -> None:
    write_lesson(tmp_path, "01_one.ipynb", "one")
    (tmp_path / "lessons" / "02_two.ipynb").write_text("{", "utf-8")
    assert [page.path for page in build_pages(tmp_path)] == ["/lessons/one"]


def test_a_way_back_keeps_its_plain_query(table: PageTable) -> None:
    assert table.safe_next("/quiz?form=cps-exam") == "/quiz?form=cps-exam"
    assert table.safe_next("/home") == "/home"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://example.org/home",
        "//example.org/home",
        "/\\example.org",
        "\\\\example.org",
        "/lessons/../trainer",
        "/home/../trainer",
        "/%2e%2e/home",
        "javascript:alert(1)",
        "http:home",
        "/home\r\nSet-Cookie: a=b",
        "",
        "home",
        "/unknown",
        "/home;@example.org",
        "//[",
    ],
)
def test_nothing_but_a_page_of_ours_is_a_way_back(table: PageTable, wanted: str) -> None:
    found = table.safe_next(wanted)
    assert found is None or found in table.by_path


def test_a_strange_query_is_dropped(table: PageTable) -> None:
    assert table.safe_next("/quiz?form=<script>") == "/quiz"
    assert table.safe_next("/quiz?next=//example.org") == "/quiz"
