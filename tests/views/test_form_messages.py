"""What Python makes of forms, marks and files from a browser: only what was asked for, only so much, always answered."""

from __future__ import annotations

import base64
import logging
from typing import Any

import pytest

from cps_training.views import AttendanceSheet, FormCard, RosterUpload
from cps_training.views._view import Intent
from cps_training.views.roster_upload import LARGEST_FILE, PART_LETTERS, Upload

ID = "0123456789abcdef" * 2
FORM = {
    "title": "",
    "submit": "",
    "fields": [
        {"name": "name", "type": "text", "most": 10},
        {"name": "unit", "type": "select", "options": [{"value": "a"}, {"value": "b"}]},
        {"name": "roles", "type": "checks", "options": [{"value": "learner"}, {"value": "trainer"}]},
        {"name": "guest", "type": "flag"},
    ],
}
VALUES = {"name": "กานดา", "unit": "a", "roles": ["learner"], "guest": False}
GOOD = {"kind": "intent", "id": "edit", "values": VALUES, "send_id": ID}


def tell(widget: Any, content: Any) -> None:
    widget._handle_custom_msg(content, [])


def card(got: list[Any]) -> FormCard:
    return FormCard(
        forms={"edit": FORM}, labels={"saving": "…", "failed": "ขัดข้อง"}, on_intent=got.append, on_action=got.append
    )


def test_a_form_becomes_an_intent() -> None:
    got: list[Any] = []
    tell(card(got), GOOD)
    assert got == [Intent("edit", VALUES, ID)]


@pytest.mark.parametrize(
    "content",
    [
        {**GOOD, "id": "delete"},
        {**GOOD, "id": ["edit"]},
        {**GOOD, "send_id": "1"},
        {**GOOD, "role": "admin"},
        {**GOOD, "values": []},
        {**GOOD, "values": {}},
        {**GOOD, "values": {**VALUES, "roles_too": []}},
        {**GOOD, "values": {**VALUES, "name": "ก" * 11}},
        {**GOOD, "values": {**VALUES, "name": None}},
        {**GOOD, "values": {**VALUES, "unit": "c"}},
        {**GOOD, "values": {**VALUES, "unit": ["a"]}},
        {**GOOD, "values": {**VALUES, "roles": ["admin"]}},
        {**GOOD, "values": {**VALUES, "roles": "learner"}},
        {**GOOD, "values": {**VALUES, "roles": ["learner"] * 201}},
        {**GOOD, "values": {**VALUES, "roles": [["learner"]]}},
        {**GOOD, "values": {**VALUES, "guest": "no"}},
    ],
)
def test_a_form_that_was_not_offered_like_this_is_ignored_and_logged(
    content: Any, caplog: pytest.LogCaptureFixture
) -> None:
    got: list[Any] = []
    view = card(got)
    with caplog.at_level(logging.WARNING, "cps_training.views"):
        tell(view, content)
    assert got == []
    assert view.status["kind"] == "idle"
    assert "ignored a malformed message" in caplog.text


def test_a_form_whose_handling_fails_is_answered_and_the_next_one_works(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: Intent) -> None:
        raise RuntimeError("unforeseen")

    view = FormCard(forms={"edit": FORM}, labels={"failed": "ขัดข้อง"}, on_intent=fail)
    tell(view, GOOD)
    assert view.status == {"kind": "error", "text": "ขัดข้อง", "send_id": ID, "form": "edit", "field": ""}
    assert "unforeseen" in caplog.text


# --- attendance ------------------------------------------------------------------------------------------------------------

SHEET = {"groups": [{"id": "u0", "people": [{"id": "p1"}, {"id": "p2"}]}]}
ROW = {"id": "p1", "kind": "online", "minutes": "๙๐"}


def mark(*rows: Any) -> dict[str, Any]:
    return {"kind": "intent", "id": "attendance", "values": {"rows": list(rows)}, "send_id": ID}


def test_marks_of_listed_people_become_an_intent() -> None:
    got: list[Any] = []
    tell(AttendanceSheet(sheet=SHEET, on_intent=got.append), mark(ROW, {"id": "p2", "kind": "absent", "minutes": ""}))
    assert [row["kind"] for row in got[0].values["rows"]] == ["online", "absent"]


@pytest.mark.parametrize(
    "content",
    [
        mark(),
        mark({**ROW, "id": "p9"}),
        mark({**ROW, "kind": "present"}),
        mark({**ROW, "minutes": 90}),
        mark({**ROW, "minutes": "9" * 9}),
        mark({**ROW, "score": 1}),
        mark(ROW, ROW),
        mark(*[ROW] * 1001),
        {**mark(ROW), "id": "other"},
        {**mark(ROW), "send_id": ""},
        {**mark(ROW), "values": {"rows": "p1"}},
    ],
)
def test_marks_nobody_could_make_are_ignored(content: Any) -> None:
    got: list[Any] = []
    tell(AttendanceSheet(sheet=SHEET, on_intent=got.append), content)
    assert got == []


# --- a file in parts --------------------------------------------------------------------------------------------------------


def parts(data: bytes, upload: str = ID, name: str = "ทะเบียน.csv", size: int = PART_LETTERS) -> list[dict[str, Any]]:
    letters = base64.b64encode(data).decode()
    pieces = [letters[i : i + size] for i in range(0, len(letters), size)] or [""]
    return [
        {"kind": "part", "upload": upload, "name": name, "n": n, "of": len(pieces), "data": piece}
        for n, piece in enumerate(pieces)
    ]


def upload(got: list[Any]) -> RosterUpload:
    return RosterUpload(labels={"too_big": "ใหญ่เกิน"}, on_file=lambda file, intent: got.append((file, intent)))


def test_a_file_comes_together_from_its_parts() -> None:
    got: list[Any] = []
    view, data = upload(got), bytes(range(256)) * 2000
    for part in parts(data):
        assert got == []
        tell(view, part)
    assert got == [(Upload("ทะเบียน.csv", data), Intent("file", {}, ID))]


def test_the_largest_file_fits_and_a_larger_one_is_said() -> None:
    got: list[Any] = []
    view = upload(got)
    for part in parts(b"x" * LARGEST_FILE):
        tell(view, part)
    assert len(got) == 1
    other = "f" * 32
    for part in parts(b"x" * (LARGEST_FILE + 1), other):
        tell(view, part)
    assert len(got) == 1
    assert view.status == {"kind": "error", "text": "ใหญ่เกิน", "send_id": other, "form": "file", "field": ""}


def test_a_new_file_takes_the_place_of_an_unfinished_one_and_memory_stays_bounded() -> None:
    got: list[Any] = []
    view = upload(got)
    for n in range(50):
        tell(view, parts(b"x" * 300_000, f"{n:032x}")[0])
    assert sum(len(piece) for pieces in view._parts.values() for piece in pieces) <= PART_LETTERS
    for part in parts(b"small", "f" * 32):
        tell(view, part)
    assert got[0][0].data == b"small"


FIRST, SECOND = parts(b"abcdef" * 30_000)
THREE = parts(b"abcdef" * 45_000)


@pytest.mark.parametrize(
    "sequence",
    [
        [SECOND],
        [THREE[0], THREE[2]],
        [THREE[0], THREE[0], THREE[2]],
        [FIRST, FIRST | {"n": 1, "upload": "f" * 32}],
        [FIRST | {"of": 10_000}],
        [FIRST | {"n": -1}],
        [FIRST | {"n": True}],
        [FIRST | {"data": "x" * (PART_LETTERS + 1)}],
        [FIRST | {"data": 7}],
        [FIRST | {"name": "x" * 201}],
        [FIRST | {"upload": "1"}],
        [FIRST | {"path": "/etc/passwd"}],
        [parts(b"abc")[0] | {"data": "not base64!"}],
    ],
)
def test_parts_that_do_not_fit_never_become_a_file(sequence: list[Any]) -> None:
    got: list[Any] = []
    view = upload(got)
    for part in sequence:
        tell(view, part)
    assert got == []


def test_parts_stay_below_what_a_page_may_send() -> None:
    from cps_training.server.app import MAX_WEBSOCKET_BYTES

    assert PART_LETTERS + 4096 < MAX_WEBSOCKET_BYTES
