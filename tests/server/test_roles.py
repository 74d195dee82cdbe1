"""Who may open what, against the shipped command: every role × every page, and every page's way back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.kit import Kit
from tests.server.visitor import Visitor

EVERYBODY = {"/home", "/quiz", "/handbook", "/record", "/refresher", "/case", "/plan", "/marking", "/lessons/cps-cycle"}
MAY = {
    "learner": EVERYBODY,
    "approver": EVERYBODY,
    "trainer": EVERYBODY | {"/trainer", "/progress", "/items", "/people"},
}
LANDING = {"learner": "/home", "approver": "/home", "trainer": "/trainer"}


@pytest.mark.parametrize("role", MAY)
def test_each_role_opens_its_pages_and_no_others(kit: Kit, visitor: Visitor, role: str) -> None:
    visitor.enter_as(role)
    paths = set(kit.said["pages"].values())
    assert paths >= MAY[role]
    opened = {path for path in paths if visitor.get(path).status == 200}
    assert opened == {path for path in paths if path in MAY[role] or path.startswith("/lessons/")}


@pytest.mark.parametrize("role", LANDING)
def test_each_role_lands_on_its_first_page(visitor: Visitor, role: str) -> None:
    answer = visitor.enter_as(role).get("/")
    assert (answer.status, answer.headers["Location"]) == (302, LANDING[role])


def test_a_refused_page_says_so_in_thai_with_a_way_back(learner: Visitor) -> None:
    answer = learner.get("/trainer")
    assert answer.status == 403
    assert "หน้านี้ไม่ใช่ของบัญชีคุณ" in answer.text
    assert 'href="/"' in answer.text


def test_a_stranger_is_asked_to_sign_in_and_led_back(kit: Kit, visitor: Visitor) -> None:
    for path in kit.said["pages"].values():
        answer = visitor.get(path)
        assert answer.status == 302
        assert answer.headers["Location"].startswith("/sign-in?next=")
    person = next(one for one in kit.said["people"] if one["role_label"] == "learner")["person_id"]
    answer = visitor.post("/demo/sign-in", person_id=person, next="/quiz?form=cps-practice")
    assert (answer.status, answer.headers["Location"]) == (303, "/quiz?form=cps-practice")


def test_no_page_links_to_a_page_that_is_not_there(learner: Visitor) -> None:
    for path in ("/home", "/password", "/nowhere"):
        page = learner.get(path).text
        for link in set(re.findall(r'(?:href|src)="([^"]+)"', page)):
            assert link.startswith(("/", "#", "data:image/")), link
            if link.startswith("/"):
                assert learner.get(link).status in (200, 302), link


@pytest.mark.parametrize(
    "path",
    [
        "/trainer/",
        "/Trainer",
        "/lessons/../trainer",
        "/home/../trainer",
        "/home/..%2ftrainer",
        "/%74rainer/x",
        "/trainer.ipynb",
        "/lessons/",
        "/lessons/..",
        "/lessons/cps-cycle/../../trainer",
        "//trainer",
        "/voila/render/apps/trainer.ipynb",
        "/voila/render/trainer.ipynb",
        "/voila/tree",
        "/voila/files/apps/trainer.ipynb",
        "/voila/api/contents/apps/trainer.ipynb",
        "/voila/api/themes/x",
        "/voila/templates/lab/static/index.css",
        "/api/contents",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/terminals",
        "/api/me",
        "/lab",
        "/tree",
        "/login",
        "/logout",
        "/files/pyproject.toml",
        "/static/base/images/logo.png",
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/",
    ],
)
def test_whatever_is_not_in_the_table_does_not_exist(learner: Visitor, path: str) -> None:
    answer = learner.get(path)
    assert answer.status == 404, answer.status
    assert "ไม่พบหน้านี้" in answer.text


def test_a_person_reads_the_pages_in_the_language_they_chose(learner: Visitor) -> None:
    assert '<html lang="th">' in learner.get("/password").text
    answer = learner.post("/locale", locale="en", next="/quiz?form=cps-exam")
    assert (answer.status, answer.headers["Location"]) == (303, "/quiz?form=cps-exam")
    assert '<html lang="en">' in learner.get("/password").text
    learner.post("/locale", locale="th")
    assert '<html lang="th">' in learner.get("/password").text


def test_a_stranger_may_choose_a_language_too(visitor: Visitor) -> None:
    visitor.post("/locale", locale="en", next="/sign-in")
    assert '<html lang="en">' in visitor.get("/sign-in").text
    assert visitor.post("/locale", locale="xx").status == 400


def test_the_role_is_read_at_every_request(kit: Kit, trainer: Visitor) -> None:
    """A role taken away counts for the tab that is open already."""
    from cps_training.places import DataFolder
    from cps_training.records import accounts
    from cps_training.records.engine import Records

    person: dict[str, Any] = next(one for one in kit.said["people"] if one["role_label"] == "trainer")
    assert trainer.get("/trainer").status == 200
    with Records.open(DataFolder(kit.root / "demo").database) as records:
        with records.write() as conn:
            accounts.set_roles(conn, person["person_id"], ("learner",))
        try:
            assert trainer.get("/trainer").status == 403
        finally:
            with records.write() as conn:
                accounts.set_roles(conn, person["person_id"], tuple(person["roles"]))
