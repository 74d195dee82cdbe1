"""Looks at a served form and lesson as the first trainer does, for the page about own content.

python -m tests.docs.look <data folder> <port> <id of the form and the lesson>
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from tests.server.visitor import Visitor, in_a_thread, page_state

STEM = "ใครพิจารณาอนุมัติรายงานผลการเข้าปฏิบัติงาน"


def look(data_dir: Path, port: int, name: str) -> None:
    """Raises AssertionError when the office's question does not stand in the page of the form and of the lesson."""
    visitor = Visitor(SimpleNamespace(port=port))
    password = "a long phrase"
    entered = visitor.post(
        "/first-trainer",
        setup_code=(data_dir / "secrets" / "first-trainer-code").read_text("ascii").strip(),
        code="T1",
        name="อารี ตัวอย่าง",
        password=password,
        again_password=password,
    )
    assert entered.status == 303, entered.text
    for path in (f"/quiz?form={name}", f"/lessons/{name}"):
        assert STEM in json.dumps(in_a_thread(page_state(visitor, path)), ensure_ascii=False), path


if __name__ == "__main__":
    look(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
