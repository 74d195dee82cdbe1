"""What the office counts participation for, and which of the record's rows prove it. Rows of the desk in, proofs out.

Shared by the trainer's panel and the command line, so that both count the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cps_training.analytics.participation import Settings

Row = dict[str, Any]


@dataclass(frozen=True)
class Topic:
    """What the unit passes on: its title, the lessons and forms that prove it, the days that bind. All office settings."""

    topic: str
    title: dict[str, str]
    lessons: tuple[str, ...]
    forms: tuple[str, ...]
    deadline: date | None
    count_date: date | None
    settings: Settings

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Topic:
        """The stored settings with the kit's defaults for what the office has not decided."""
        day, counted, rule = stored.get("deadline"), stored.get("count_date"), stored.get("rule", {})
        return cls(
            topic=stored.get("topic", "cps"),
            title=stored.get("title", {"th": "ระบบการส่งเสริมสหกรณ์ (CPS)", "en": "Cooperative Promotion System (CPS)"}),
            lessons=tuple(stored.get("lessons", ("cps-cycle",))),
            forms=tuple(stored.get("forms", ("cps-practice", "cps-exam"))),
            deadline=date.fromisoformat(day) if day else None,
            count_date=date.fromisoformat(counted) if counted else None,
            settings=Settings(**{one.name: rule[one.name] for one in fields(Settings) if one.name in rule}),
        )

    def counted_on(self, today: date) -> date:
        """The count date: as set, else today but never after the deadline."""
        return self.count_date or (min(today, self.deadline) if self.deadline else today)


def proofs(rows: Mapping[str, list[Row]], topic: Topic) -> list[Row]:
    """Rows of frames.ATTENDANCE for the topic: its sessions' attendance, and lesson_proofs.

    rows: the desk's frames "attendance", "lessons" and "finished_forms".
    """
    own = [row for row in rows["attendance"] if row["topic"] == topic.topic]
    return own + lesson_proofs(rows["lessons"], rows["finished_forms"], topic)


def lesson_proofs(lessons: Iterable[Row], finished_forms: Iterable[Row], topic: Topic) -> list[Row]:
    """One proof for everyone who completed all lessons of the topic and finished one of its quizzes (no pass mark needed)."""
    completed: dict[str, dict[str, str]] = {}
    for row in lessons:
        if row["lesson"] in topic.lessons and row["completed_on"]:
            completed.setdefault(row["person_code"], {})[row["lesson"]] = row["completed_on"]
    quizzed: dict[str, str] = {}
    for row in finished_forms:
        if row["form"] in topic.forms:
            code = row["person_code"]
            quizzed[code] = min(row["finished_on"], quizzed.get(code, row["finished_on"]))
    return [
        {
            "person_code": code,
            "date": max([*days.values(), quizzed[code]]),
            "kind": "lesson",
            "minutes": None,
            "session_minutes": None,
        }
        for code, days in completed.items()
        if len(days) == len(set(topic.lessons)) and code in quizzed
    ]
