"""The lessons as JupyterLab gets them: copies whose links lead somewhere, and a person's own changes are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cps_training.cli.jupyterlab import prepare_lab
from cps_training.places import DataFolder


def prose(notebook: Path) -> str:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_citations_lead_to_the_handbook_beside_the_lesson(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    prepare_lab(folder)
    lesson = prose(folder.lab / "05_cps_cycle.ipynb")
    targets = re.findall(r"\]\(([^)#]+)\)", lesson)
    assert len(targets) > 10
    assert {target for target in targets if not (folder.lab / target).is_file()} == set()


def test_a_changed_copy_is_kept_and_an_untouched_one_follows_the_kit(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    prepare_lab(folder)
    lesson, handbook = folder.lab / "05_cps_cycle.ipynb", folder.lab / "handbook.ipynb"
    shipped = handbook.read_bytes()
    lesson.write_text("{}", "utf-8")
    prepare_lab(folder)
    assert lesson.read_text("utf-8") == "{}"
    assert handbook.read_bytes() == shipped
