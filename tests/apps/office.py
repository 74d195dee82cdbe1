"""An office with a trainer at a page: the desk in this process, the page's widgets, and what a browser would send them."""

from __future__ import annotations

import base64
import secrets
from datetime import timedelta
from typing import Any

from cps_training.apps.session import Session
from cps_training.clock import office_day
from cps_training.desk.asker import Asker
from cps_training.desk.local import LocalDesk
from cps_training.records import accounts, roster

UNITS = ("กลุ่มส่งเสริมสหกรณ์ 1", "กลุ่มส่งเสริมสหกรณ์ 2")


class Office:
    """An empty office with one person at a page. roles: theirs."""

    def __init__(self, desk: Any, clock: Any, entropy: Any, roles: tuple[str, ...] = ("trainer", "admin")) -> None:
        self.desk, self.clock, self.entropy = desk, clock, entropy
        self.me = self.person("T001", "อารี ตัวอย่าง", roles=roles)
        view = {"person_id": self.me, "code": "T001", "name": "อารี ตัวอย่าง", "roles": list(roles), "locale": "th"}
        self.session = Session(
            desk=LocalDesk(desk, Asker(person_id=self.me, roles=roles), view),
            person=view,
            locale="th",
            is_lab=False,
            is_demo=False,
        )

    @property
    def today(self) -> Any:
        return office_day(self.clock())

    def person(self, code: str, name: str, *, roles: tuple[str, ...] = ("learner",)) -> str:
        with self.desk.records.write() as conn:
            return accounts.add_person(conn, code=code, name=name, roles=roles, at=self.clock(), entropy=self.entropy)

    def officer(
        self, code: str, name: str, unit: str = UNITS[0], *, days: int = 300, left: int | None = None, **more: Any
    ) -> str:
        """Somebody on the roster since `days` ago; left: so many days ago."""
        person_id = self.person(code, name)
        with self.desk.records.write() as conn:
            roster.add_entry(
                conn,
                person_id=person_id,
                unit=unit,
                employment=more.pop("employment", "civil_servant"),
                active_from=self.today - timedelta(days=days),
                active_to=self.today - timedelta(days=left) if left is not None else None,
                entropy=self.entropy,
                **more,
            )
        return person_id

    def rows(self, name: str) -> list[dict[str, Any]]:
        from cps_training.desk import protocol

        return self.session.ask(protocol.Frames(names=(name,)))[name]


def send(view: Any, form: str, **values: Any) -> dict[str, Any]:
    """Send a form as the browser does, with what stands in it where nothing else is said; gives the answer (the status)."""
    described = view.forms[form]["fields"]
    filled = {field["name"]: field["value"] for field in described} | values
    return hear(view, {"kind": "intent", "id": form, "values": filled})


def mark(view: Any, *rows: tuple[str, str, str]) -> dict[str, Any]:
    """Send marks of an attendance sheet: (person id, kind, minutes)."""
    sent = [{"id": person_id, "kind": kind, "minutes": minutes} for person_id, kind, minutes in rows]
    return hear(view, {"kind": "intent", "id": "attendance", "values": {"rows": sent}})


def hear(view: Any, message: dict[str, Any]) -> dict[str, Any]:
    send_id = secrets.token_hex(16)
    view._handle_custom_msg(message | {"send_id": send_id}, [])
    assert view.status["send_id"] == send_id, "the message was refused"
    assert view.status["kind"] in ("saved", "error")
    return view.status


def press(view: Any, action: str) -> None:
    view._handle_custom_msg({"kind": "action", "id": action}, [])


def upload(view: Any, data: bytes, name: str = "ทะเบียน.csv") -> dict[str, Any]:
    """Choose a small file; gives the status, which stays idle when the page went on."""
    part = {"kind": "part", "upload": secrets.token_hex(16), "name": name, "n": 0, "of": 1}
    view._handle_custom_msg(part | {"data": base64.b64encode(data).decode()}, [])
    return view.status


def plain(text: Any) -> str:
    """Rich text as it is read."""
    if isinstance(text, str):
        return text
    return "".join(part if isinstance(part, str) else part["own"] for part in text)
