"""Files of a plan for whoever presses for one: which there are, and one of them as a browser takes it. What makes them is imported on the press."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from cps_training import places
from cps_training.apps.session import Session
from cps_training.errors import KitError

OF_GATE = {
    "request": ("memo", "action-plan", "month", "week", "visits", "plan"),
    "report": ("record", "report", "plan"),
}
"""What is offered at each gate, by the first part of a file's id."""


def downloads(session: Session, document: Mapping[str, Any], gate: str) -> list[dict[str, str]]:
    """The trait `downloads` of a PlanGate."""
    from cps_training import documents

    return [
        {"id": one["id"], "label": session.local(one["label"]), "note": ""}
        for one in documents.offered(document)
        if one["id"].partition(".")[0] in OF_GATE[gate]
    ]


def made(session: Session, document: Mapping[str, Any], named: str) -> dict[str, Any]:
    """The trait `file` of a PlanFile: {name, mime, body: base64, text}. Raises KitError where it cannot be made."""
    from cps_training import documents

    if named not in {one["id"] for one in documents.offered(document)}:
        raise KitError("document-unknown", "ไม่มีเอกสารชนิดนี้ โปรดเลือกจากรายการที่มีให้")
    what, _, ending = named.rpartition(".")
    own = places.DataFolder(places.data_dir()).content / "data/planning/templates"
    file = documents.make(named, document, locale=session.locale, templates=own if own.is_dir() else None)
    return {
        "name": f"{what}-{document['written_on']}.{ending}",
        "mime": file.mime,
        "body": base64.b64encode(file.body).decode("ascii"),
        "text": session("ทำเอกสารแล้ว ถ้ายังไม่เห็นไฟล์ กดที่ชื่อไฟล์"),
    }
