"""The course on the home page: what comes next, what is done, what is no longer asked for."""

from __future__ import annotations

from typing import Any

from cps_training.apps.course import beside, rows, stops


class Reader:
    """Stands for a session in Thai: the words as they are."""

    def __call__(self, text: str) -> str:
        return text

    def local(self, both: dict[str, str]) -> str:
        return both["th"]


SESSION: Any = Reader()


def lesson(number: int, answered: int = 0, total: int = 10) -> dict[str, Any]:
    return {
        "lesson_id": f"lesson-{number}",
        "number": number,
        "title": {"th": f"เรื่องที่ {number}"},
        "minutes": 20,
        "n_checkpoints": total,
        "n_answered": answered,
        "is_complete": answered == total,
    }


def form(
    name: str, policy: str = "exam", of: int | None = None, stage: str | None = None, **more: Any
) -> dict[str, Any]:
    named = {"lesson_id": f"lesson-{of}", "number": of, "title": {"th": f"เรื่องที่ {of}"}} if of else None
    base = {"form_id": name, "title": {"th": name}, "description": {"th": f"ว่าด้วย {name}"}, "policy": policy}
    base |= {"lesson": named, "stage": stage, "open": None, "n_finished": 0, "last": None, "attempts_left": None}
    return base | more


DONE = {"n_finished": 1, "last": {"fraction": 0.8, "points": 8.0, "maximum": 10.0, "is_passed": True, "n_waiting": 0}}


def waiting(course: Any) -> list[str]:
    return [step.href for stop in course for step in stop.waiting]


def test_the_course_is_in_its_order_whatever_the_order_of_the_forms() -> None:
    forms = [form("last", stage="final"), form("exam-1", of=1), form("after", stage="after")]
    forms += [form("practice-1", "practice", of=1), form("before", stage="before"), form("other", "practice")]
    assert waiting(stops(SESSION, [lesson(1), lesson(2)], forms)) == [
        "/quiz?form=before",
        "/lessons/lesson-1",
        "/quiz?form=practice-1",
        "/quiz?form=exam-1",
        "/lessons/lesson-2",
        "/quiz?form=after",
        "/quiz?form=last",
    ]
    assert [one["form_id"] for one in beside(forms)] == ["other"]


def test_a_test_before_the_course_is_not_asked_for_once_it_has_begun() -> None:
    before = [form("before", stage="before")]
    course = stops(SESSION, [lesson(1, answered=1)], before)
    assert waiting(course) == ["/lessons/lesson-1"]
    assert rows(SESSION, course, None)[0]["note"] == "เริ่มเรียนแล้ว จึงไม่ต้องทำชุดนี้"
    begun = [form("before", stage="before", open={"n_answered": 3, "n_items": 10})]
    assert waiting(stops(SESSION, [lesson(1, answered=1)], begun))[0] == "/quiz?form=before", "what is begun is ended"


def test_a_lesson_is_done_with_its_quizzes() -> None:
    forms = [form("practice-1", "practice", of=1, **DONE), form("exam-1", of=1)]
    course = stops(SESSION, [lesson(1, answered=10), lesson(2)], forms)
    first, second = rows(SESSION, course, course[0].steps[2])
    assert (first["state"], second["state"]) == ("begun", "waiting")
    assert [(link["label"], link["is_done"]) for link in first["links"]] == [
        ("บทเรียน", True),
        ("แบบฝึก", True),
        ("สอบ", False),
    ]
    assert first["note"] == "เหลือ สอบ"
    assert (first["is_next"], second["is_next"]) == (True, False)
    whole = stops(SESSION, [lesson(1, answered=10)], [one | DONE for one in forms])
    assert rows(SESSION, whole, None)[0]["state"] == "done"


def test_a_quiz_taken_again_is_under_way_and_not_done() -> None:
    again = form("practice-1", "practice", of=1, **DONE) | {"open": {"n_answered": 2, "n_items": 9}}
    [stop] = stops(SESSION, [lesson(1, answered=10)], [again])
    assert [step.detail for step in stop.waiting] == ["ทำไปแล้ว 2 จาก 9 ข้อ"]


def test_quizzes_of_a_lesson_that_is_not_there_are_nowhere_lost() -> None:
    """An office may replace a lesson away; its quizzes then have no row, but stand in the menu."""
    assert stops(SESSION, [lesson(2)], [form("exam-1", of=1)])[0].steps[0].href == "/lessons/lesson-2"
