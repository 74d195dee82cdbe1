"""The cells of a notebook file, by the ids under which the server keeps their places and a page's kernel fills them.

A leaf: plain JSON and nothing else, so that a kernel can use it cheaply. Knows no page and no kernel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read_cells(path: Path) -> dict[str, Any]:
    """The notebook as it stands in its file. Raises OSError, and ValueError where it is no notebook with cells."""
    notebook = json.loads(path.read_text("utf-8"))
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError(f"{path.name}: no notebook of format 4: it has no list of cells")
    return notebook


def cell_id(cell: Mapping[str, Any], index: int) -> str:
    """The cell's own id; before nbformat 4.5 it has none and is called by its place, `cell-<index>`."""
    given = cell.get("id")
    return given if isinstance(given, str) and given else f"cell-{index}"


def source(cell: Mapping[str, Any]) -> str:
    """What was written into the cell; files hold it as one text or as a list of lines."""
    written = cell.get("source", "")
    return written if isinstance(written, str) else "".join(written)


def code_cells(notebook: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, source) of the code cells that are not empty, in order."""
    return [
        (cell_id(cell, index), source(cell))
        for index, cell in enumerate(notebook["cells"])
        if cell.get("cell_type") == "code" and source(cell).strip()
    ]
