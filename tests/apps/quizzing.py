"""A learner at the quiz page: a desk in this process with forms of the office's own, and what a browser would send its widgets."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cps_training.apps.marking_page import marking
from cps_training.apps.quiz_page import quiz
from cps_training.apps.session import Session
from cps_training.content.library import Library, load_library
from cps_training.desk.asker import Asker
from cps_training.desk.core import Desk
from cps_training.desk.local import LocalDesk
from cps_training.items.simulated import guess
from cps_training.places import shipped
from cps_training.records import accounts
from cps_training.records import attempts as stored
from cps_training.records.engine import Records

CHOICES = ("cps-skip-strategy-seminar", "cps-plan-line-to-hand-over", "cps-academic-meeting-agenda")


def form(name: str, feedback: str, **more: Any) -> dict[str, Any]:
    """A form of the office's own, as its author writes it."""
    texts = {"title": {"th": f"ชุด {name}"}, "description": {"th": f"ชุด {name}"}}
    return {"form": name, "feedback": feedback, "shuffle": False, **texts, **more}


FORMS = [
    form("timed", "exam", items=list(CHOICES), cut_score=0.6, time_limit={"minutes": 5, "grace_seconds": 10}),
    form("points-only", "exam", items=list(CHOICES), cut_score=0.6, review={"show": "score"}),
    form("verdicts-only", "exam", items=list(CHOICES), cut_score=0.6, review={"show": "verdicts"}),
    form("own-reasons", "exam", items=list(CHOICES), cut_score=0.6, review={"show": "reasons"}),
    form("later", "exam", items=list(CHOICES), cut_score=0.6, review={"show": "keys", "since": "2027-01-15"}),
    form(
        "twice",
        "exam",
        items=list(CHOICES),
        cut_score=0.6,
        attempts={"most": 2, "counts": "first"},
        review={"when": "last_attempt"},
    ),
    form("deducting", "practice", items=list(CHOICES), deduction=0.25),
]


class Place:
    """A desk with the shipped content and FORMS, and people who sit down at its pages."""

    def __init__(self, folder: Path, clock: Any) -> None:
        own = folder / "content"
        (own / "quizzes/forms").mkdir(parents=True)
        for said in FORMS:
            path = own / "quizzes/forms" / f"{said['form']}.yaml"
            path.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        self.library: Library = load_library(shipped(), own)
        self.records = Records.open(folder / "records.sqlite3")
        self.clock, self.entropy = clock, random.Random(11).randbytes
        self.desk = Desk(self.records, self.library, clock, self.entropy, "served")

    def person(self, code: str = "A001", *, roles: tuple[str, ...] = ("learner",), locale: str = "th") -> Session:
        name = f"คน {code}"
        with self.records.write() as conn:
            made = accounts.person_by_code(conn, code)
            person_id = (
                made.person_id
                if made
                else accounts.add_person(conn, code=code, name=name, roles=roles, at=self.clock(), entropy=self.entropy)
            )
        view = {"person_id": person_id, "code": code, "name": name, "roles": list(roles), "locale": locale}
        return Session(
            desk=LocalDesk(self.desk, Asker(person_id=person_id, roles=roles), view),
            person=view,
            locale=locale,
            is_lab=False,
            is_demo=False,
        )


class Seat:
    """One person at one page. `shown` is the widget in view."""

    def __init__(self, place: Place, session: Session, monkeypatch: Any) -> None:
        self.place, self.session, self._patch = place, session, monkeypatch

    def quiz(self, form_id: str = "") -> Seat:
        self._patch.setenv("QUERY_STRING", f"form={form_id}" if form_id else "")
        self.box = quiz(self.session)
        return self

    def marking(self) -> Seat:
        self.box = marking(self.session)
        return self

    @property
    def shown(self) -> Any:
        """The main widget: of a stack with two places the lower one."""
        first = self.box.children[-1]
        return first.children[0] if not hasattr(first, "stem") else first

    @property
    def above(self) -> Any:
        """What stands above it, or None."""
        return next(iter(self.box.children[0].children), None)

    def press(self, action: str) -> Seat:
        assert action in self.offers, (action, self.offers)
        self.shown._handle_custom_msg({"kind": "action", "id": action}, [])
        return self

    @property
    def offers(self) -> list[str]:
        """Ids of all that can be pressed now."""
        view = self.shown
        ids = [one["id"] for one in getattr(view, "actions", [])]
        ids += [f"review:{row['n']}" for row in getattr(view, "rows", [])]
        for part in (getattr(view, "sections", None) or {"rows": []})["rows"]:
            ids += [one["id"] for one in part["actions"]]
        for entry in [form for group in getattr(view, "groups", []) for form in group["forms"]]:
            ids += [one["id"] for one in (entry["action"], entry["more"]) if one]
        if view.stem == "form_card":
            ids += [one["id"] for one in view.card["actions"]]
        return ids

    def response(self, how: str, seed: int = 1) -> dict[str, Any]:
        """A response to the item in view: right or wrong, as a browser would send it."""
        shown = self.shown.presentation
        item = self.place.library.items[shown["item"]]
        with self.place.records.read() as conn:
            [attempt] = [
                one
                for one in stored.attempts_of(conn, self.session.person["person_id"])
                if not one.is_finished and item.id in one.place_of and self._is_mine(one, shown)
            ]
        disguise = attempt.disguise(item.id)
        if how == "right":
            return item.show_response(item.correct_response(disguise), disguise)
        chance = random.Random(seed)
        for _ in range(500):
            raw = guess(shown, chance)
            read = item.read_response(raw, disguise)
            if not item.score(read) and (how == "critical") == bool(item.critical_errors(read)):
                return raw
        raise AssertionError(f"no {how} response to {item.id}")

    def _is_mine(self, attempt: Any, shown: dict[str, Any]) -> bool:
        item = self.place.library.items[shown["item"]]
        fresh = item.present(attempt.disguise(item.id)).as_json()
        return all(shown[name] == value for name, value in fresh.items())

    def answer(self, how: Any = "right", *, certainty: int | None = None, seed: int = 1) -> Seat:
        """Answer the item in view. how: right, wrong, critical, or a response."""
        response = how if isinstance(how, dict) else self.response(how, seed)
        message = {
            "kind": "answer",
            "item": self.shown.presentation["item"],
            "response": response,
            "answer_id": secrets.token_hex(16),
        }
        if certainty is not None:
            message["certainty"] = certainty
        self.shown._handle_custom_msg(message, [])
        return self

    def answer_all(self, how: Callable[[str], str] = lambda _: "right", **more: Any) -> Seat:
        """Answer every item from the first, then go to the end: the result, or the check before it. how: by item id."""
        while True:
            self.answer(how(self.shown.presentation["item"]), **more)
            end = next((one for one in ("finish", "check") if one in self.offers), None)
            if end is not None:
                return self.press(end)
            self.press("next")

    @property
    def notes(self) -> list[str]:
        return [note["text"] for note in self.shown.notes]


def send(view: Any, form_id: str, **values: Any) -> str:
    """Send a form of a widget as a browser does; gives its answer's send_id."""
    send_id = secrets.token_hex(16)
    filled = {field["name"]: field["value"] for field in view.forms[form_id]["fields"]} | values
    view._handle_custom_msg({"kind": "intent", "id": form_id, "values": filled, "send_id": send_id}, [])
    return send_id
