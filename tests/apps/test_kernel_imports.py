"""What a learner's kernel pays for and may hold: neither pandas nor matplotlib nor a database nor a bank of items."""

from __future__ import annotations

import subprocess
import sys

import pytest

FORBIDDEN = (
    "pandas",
    "numpy",
    "matplotlib",
    "sqlalchemy",
    "babel",
    "cps_training.content.banks",
    "cps_training.content.library",
    "cps_training.records",
)

LEARNER = """
import sys
from cps_training import apps
from cps_training.desk.client import DeskClient
apps.open_session, apps.home, apps.checkpoint, apps.lesson_end, apps.quiz, apps.cycle_diagram, apps.gate_timeline
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
