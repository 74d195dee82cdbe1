"""What the kernels of pages pay for and may hold: no database, no bank of items, no pandas for learners; nothing after the fork."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cps_training.places import DataFolder, shipped
from cps_training.server.environment import parent_environment
from tests.kit import Kit
from tests.server.bare_kernels import serving, short_folder
from tests.server.visitor import Visitor, in_a_thread, message, say_and_hear

FORBIDDEN = (
    "pandas",
    "numpy",
    "matplotlib",
    "sqlalchemy",
    "babel",
    "cps_training.content.banks",
    "cps_training.content.library",
    "cps_training.content.cases",
    "cps_training.casework",
    "cps_training.records",
)

LEARNER = """
import sys
from cps_training import apps
from cps_training.desk.client import DeskClient
apps.open_session, apps.home, apps.checkpoint, apps.lesson_end, apps.quiz, apps.case, apps.plan, apps.marking, apps.cycle_diagram, apps.gate_timeline
print(*sorted(sys.modules))
"""


def loaded_by(code: str) -> set[str]:
    """The modules of a fresh interpreter after the code."""
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_a_learners_page_imports_nothing_heavy_and_nothing_with_keys():
    loaded = loaded_by(LEARNER)
    assert "cps_training.apps.quiz_page" in loaded
    assert [name for name in FORBIDDEN if name in loaded] == []


def test_the_trainers_page_may_use_pandas_but_never_the_database():
    loaded = loaded_by("import sys; from cps_training import apps; apps.trainer; print(*sorted(sys.modules))")
    assert "pandas" in loaded
    assert [name for name in ("sqlalchemy", "matplotlib", "cps_training.content.banks") if name in loaded] == []


@pytest.mark.parametrize("name", ["cps_training", "cps_training.apps", "cps_training.views"])
def test_the_packages_load_lazily(name):
    assert "anywidget" not in loaded_by(f"import sys, {name}; print(*sorted(sys.modules))")


# Real pages, in the kernels a server makes for them ---------------------------------------------------------------

PAGES = {
    "/home": "learner",
    "/quiz": "learner",
    "/quiz?form=cps-practice": "learner",
    "/handbook": "learner",
    "/handbook?clause=cps.1": "learner",
    "/record": "learner",
    "/refresher": "learner",
    "/refresher?cooperative=thung-sathit&method=visit": "learner",
    "/case": "learner",
    "/case?case=thung-sathit": "learner",
    "/plan": "learner",
    "/marking": "learner",
    "/lessons/cps-cycle": "learner",
    "/lessons/business-coordination": "learner",
    "/trainer": "trainer",
    "/progress": "trainer",
    "/items": "trainer",
    "/people": "trainer",
}
STAFFS = [path for path, role in PAGES.items() if role == "trainer"]
LEARNERS = [path for path in PAGES if path not in STAFFS]

ALLOWED = frozenset(
    [
        "IPython",
        "annotated_types",
        "anywidget",
        "comm",
        "cps_training",
        "dateutil",
        "ipykernel",
        "ipywidgets",
        "jupyter_client",
        "jupyter_core",
        "mypy_extensions",
        "packaging",
        "platformdirs",
        "psutil",
        "psygnal",
        "pydantic",
        "pydantic_core",
        "pygments",
        "tornado",
        "traitlets",
        "typing_extensions",
        "typing_inspection",
        "yaml",
        "zmq",
    ]
)
"""Packages of others in a learner's kernel. Each costs every learner memory: whoever adds one says here that it is worth it."""
ALLOWED_FOR_STAFF = ALLOWED | {"numpy", "pandas"}
HEAVY = {
    "sqlite3",
    "pdb",
    "multiprocessing",
    "unittest",
    "doctest",
    "xml",
    "xmlrpc",
    "pydoc",
    "http",
    "tkinter",
    "cProfile",
}
"""Of the standard library, what a page has no use for."""
WITH_KEYS = (
    "cps_training.content.banks",
    "cps_training.content.library",
    "cps_training.records",
    "cps_training.desk.core",
)
NOT_FOR_LEARNERS = (
    "cps_training.analytics",
    "cps_training.enrolment",
    "cps_training.exchange",
    "cps_training.apps.panels",
)

LAST = """
import json, sys
from cps_training.views import Notice
def probe(_):
    probe_shown.text = json.dumps(sorted(name for name, module in sys.modules.items() if module))
probe_shown = Notice(text="", on_action=probe)
probe_shown
"""


WARM = """
import runpy, sys
from cps_training.server import kernel_parent
kernel_parent.warm(sys.argv[1])
print("modules:", *sorted(name for name, module in sys.modules.items() if module))
"""


def with_probe(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same notebook with a last cell that shows a button: pressed, it tells what is imported."""
    cell = {"cell_type": "code", "id": "probe", "source": LAST, "metadata": {}, "outputs": [], "execution_count": None}
    return notebook | {"cells": [*notebook["cells"], cell]}


def before_the_fork(family: str, folder: Path) -> set[str]:
    """What the warm parent of a family has imported when the first kernel is forked from it."""
    environment = parent_environment(os.environ, DataFolder(folder))
    done = subprocess.run(
        [sys.executable, "-c", WARM, family],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=Path.cwd(),
    )
    return set(done.stdout.rpartition("modules:")[2].split())


def told(kind: str, model: str, **content: Any) -> dict[str, Any]:
    data = {"method": "custom", "content": {"kind": kind, **content}}
    return message("comm_msg", {"comm_id": model, "data": data})


def used(states: dict[str, Any]) -> list[dict[str, Any]]:
    """What somebody does on a page: answers what is asked, presses what can be pressed."""
    said = []
    for model, one in states.items():
        state = one["state"]
        if state.get("presentation"):
            item = state["presentation"]["item"]
            said.append(told("answer", model, item=item, response=None, answer_id=model))
        buttons = [button for button in state.get("actions") or () if not button.get("href")]
        said += [told("action", model, id=button["id"]) for button in buttons[:1]]
    return said


async def visited(visitor: Visitor, path: str) -> list[str]:
    """The modules in a page's kernel when the page was used a little."""
    async with visitor.channels(visitor.open(path)) as link:
        page = (await say_and_hear(link, []))[-1]["content"]["data"]
        assert not any(cell["failed"] for cell in page["cells"])
        (shown,) = page["cells"][-1]["outputs"]
        probe = shown["application/vnd.jupyter.widget-view+json"]["model_id"]
        said = used({model: one for model, one in page["states"].items() if model != probe})
        states = (await say_and_hear(link, said))[-1]["content"]["data"]["states"]
        assert said == [] or states != page["states"]
        heard = await say_and_hear(link, [*used(states), told("action", probe, id="look")])
    return list(json.loads(heard[-1]["content"]["data"]["states"][probe]["state"]["text"]))


@dataclass(frozen=True)
class Loaded:
    """all: the modules in the kernel of a page after a visit. new: those its warm parent had not imported for it."""

    all: list[str]
    new: list[str]


@pytest.fixture(scope="module")
def loaded() -> Iterator[dict[str, Loaded]]:
    """Every page of the kit, by path."""
    with short_folder() as root:
        copied = root / "notebooks"
        shutil.copytree(shipped() / "notebooks", copied)
        for path in copied.rglob("*.ipynb"):
            path.write_text(json.dumps(with_probe(json.loads(path.read_text("utf-8")))), "utf-8")
        kit = Kit(root, "--demo", command=serving(copied), cwd=Path.cwd())
        try:
            lessons = {path for path in kit.said["pages"].values() if path.startswith("/lessons/")}  # two stand for all
            assert set(kit.said["pages"].values()) - lessons <= {path.partition("?")[0] for path in PAGES}
            people = {role: Visitor(kit).enter_as(role) for role in ("learner", "trainer")}
            found = {path: in_a_thread(visited(people[role], path)) for path, role in PAGES.items()}
        finally:
            kit.stop()
        warm = {role: before_the_fork(family, root) for role, family in (("learner", "learner"), ("trainer", "staff"))}
        yield {path: Loaded(found[path], sorted(set(found[path]) - warm[role])) for path, role in PAGES.items()}


def packages(modules: list[str]) -> set[str]:
    """The packages of others among them; helpers of compilers have no name worth telling."""
    tops = {name.partition(".")[0] for name in modules} - set(sys.stdlib_module_names)
    return {top for top in tops if not top.startswith("_") and not top.endswith("__mypyc") and top != "cython_runtime"}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_the_packages_on_the_list_and_no_others(loaded: dict[str, Loaded], path: str) -> None:
    found = packages(loaded[path].all)
    assert found <= (ALLOWED_FOR_STAFF if path in STAFFS else ALLOWED)
    assert {"anywidget", "ipykernel", "cps_training"} <= found


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_key_and_nothing_it_has_no_use_for(loaded: dict[str, Loaded], path: str) -> None:
    modules = loaded[path].all
    refused = WITH_KEYS if path in STAFFS else (*WITH_KEYS, *NOT_FOR_LEARNERS)
    assert [name for name in modules if name.startswith(refused)] == []
    if path in LEARNERS:
        assert HEAVY & {name.partition(".")[0] for name in modules} == set()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_imports_nothing_after_the_fork(loaded: dict[str, Loaded], path: str) -> None:
    """Neither before its cells run, nor in them, nor while it is used: what is imported then costs every page anew."""
    assert loaded[path].new == []
