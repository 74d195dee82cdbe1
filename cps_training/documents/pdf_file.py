"""Fields → PDF, by typst and the layouts beside this file. Knows no plan.

Texts go to the typesetter as data (JSON), never into its source: nothing a person has written is run. The layouts follow the
shipped Word templates; what an office changes in its own templates shows in Word files only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cps_training.documents.breaking import breakable

HERE = Path(__file__).resolve().parent


def pdf_file(what: str, fields: Mapping[str, Any]) -> bytes:
    """A tagged PDF with its fonts inside."""
    import typst

    return typst.compile(
        str(HERE / "layouts" / f"{what}.typ"),
        root=str(HERE / "layouts"),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"fields": json.dumps(breakable(dict(fields)), ensure_ascii=False)},
    )
