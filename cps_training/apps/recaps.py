"""The recap card of a lesson: what to keep, what to do this week. Its texts are data in data/recaps/<lesson>.yaml."""

from __future__ import annotations

from typing import Any

import yaml

from cps_training import places
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.session import Session
from cps_training.errors import KitError
from cps_training.views import RecapCard

FOLDER = "data/recaps"


def recap_card(session: Session) -> RecapCard:
    """The card of this lesson. Raises KitError in a notebook that is no lesson, or whose lesson has no file of texts."""
    texts, clauses = _texts(session), ClauseCards(session)
    cited = {ref["id"]: ref for ref in clauses.cite(list(dict.fromkeys(point["clause"] for point in texts["points"])))}
    return RecapCard(
        title=session.local(texts["title"]),
        points=[
            {"text": session.local(point["text"]), "cited": cited.get(point["clause"])} for point in texts["points"]
        ],
        this_week=[session.local(one) for one in texts["this_week"]],
        labels={"this_week": session("สัปดาห์นี้ลองทำ"), "print": session("พิมพ์บัตรสรุปหน้านี้")},
        locale=session.locale,
        **clauses.wiring(),
    )


def _texts(session: Session) -> Any:
    if session.sitting is None:
        raise KitError("no-lesson", 'สมุดงานนี้ยังไม่ได้บอกว่าเป็นบทใด ให้เปิดด้วย apps.open_session(lesson="…")')
    lesson = session.sitting.view["form_id"].removeprefix("lesson:")
    path = places.shipped() / FOLDER / f"{lesson}.yaml"
    if not path.is_file():
        raise KitError("no-recap", f"บทเรียน “{lesson}” ยังไม่มีบัตรสรุป ให้สร้างไฟล์ {FOLDER}/{lesson}.yaml หรือลบเซลล์นี้")
    with path.open(encoding="utf-8") as handle:
        return yaml.safe_load(handle)
