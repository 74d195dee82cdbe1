"""A plan to make documents of: the sound plan of the rules' examples, as JSON; and how documents are read back."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cps_training.planning.reading import read_plan

PLAN = Path(__file__).resolve().parents[1] / "planning" / "base_plan.yaml"


@pytest.fixture(scope="session")
def base() -> dict[str, Any]:
    return read_plan(PLAN).model_dump(mode="json")


@pytest.fixture
def plan(base: dict[str, Any]) -> dict[str, Any]:
    """A copy, to be changed."""
    return copy.deepcopy(base)


@pytest.fixture(scope="session")
def texts() -> Callable[[bytes], str]:
    """All texts of a Word file in order, those of cells too, a line each."""

    def read(body: bytes) -> str:
        from docx import Document
        from docx.oxml.ns import qn

        found = Document(io.BytesIO(body)).element.body.iter(qn("w:p"))
        return "\n".join("".join(part.text or "" for part in one.iter(qn("w:t"))) for one in found)

    return read


@pytest.fixture(scope="session")
def lines() -> Callable[[bytes], list[str]]:
    """The lines of a PDF as they stand on its pages."""
    return lambda body: [line for page in pages_of(body) for line in page.splitlines()]


@pytest.fixture(scope="session")
def pages() -> Callable[[bytes], list[str]]:
    """The text of each page of a PDF."""
    return pages_of


def pages_of(body: bytes) -> list[str]:
    import pypdfium2

    found = (page.get_textpage().get_text_range().replace("\u200b", "") for page in pypdfium2.PdfDocument(body))
    return ["\n".join(line.strip() for line in DOUBLED.sub(r"\1", text).splitlines()) for text in found]


DOUBLED = re.compile(r"([ก-ฮ][ัิ-ฺ็-๎]{2,})\1")
"""pdfium tells a letter with two marks twice, where the second is drawn apart."""
