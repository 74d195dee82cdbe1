"""Case studies at the desk: everybody their own work, kept step by step, nothing of the keys before it is handed in."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from typing import Any

import pytest

from cps_training.content.cases.case import ready
from cps_training.desk import protocol as p
from cps_training.desk.asker import NOBODY, Asker
from cps_training.errors import AccessError, AttemptError
from cps_training.records import accounts
from cps_training.records import casework as stored

CASE = "thung-sathit"


class Officer:
    """Somebody at work on a case, in the words of a page."""

    def __init__(self, desk: Any, code: str = "K01") -> None:
        self.desk = desk
        with desk.records.write() as conn:
            person_id = accounts.add_person(
                conn, code=code, name=f"คน {code}", roles=("learner",), at=desk.clock(), entropy=desk.entropy
            )
        self.asker = Asker(person_id=person_id, roles=("learner",))
        self.work: Any = None

    def ask(self, message: Any) -> Any:
        with self.desk.records.write() as conn:
            return self.desk.handle(conn, self.asker, message)

    def open(self, *, fresh: bool = False) -> Any:
        said = self.ask(p.OpenCase(case_id=CASE, fresh=fresh))
        self.work = said["work"]
        return said

    def take(self, kind: str, answer_id: str = "", *, seq: int | None = None, **detail: Any) -> Any:
        self.work = self.ask(
            p.TakeCaseStep(
                work_id=self.work["work_id"],
                kind=kind,
                detail=detail,
                answer_id=answer_id or secrets.token_hex(8),
                expect_seq=seq,
            )
        )
        return self.work

    def listed(self) -> Any:
        return next(row for row in self.ask(p.Cases())["cases"] if row["id"] == CASE)


@pytest.fixture
def officer(desk):
    made = Officer(desk)
    made.open()
    return made


@pytest.fixture
def planted(library):
    return library.cases[CASE]


def finding(kind: str, **more: Any) -> dict[str, Any]:
    return {"id": f"f-{kind}"[:40], "kind": kind, **more}


def test_all_six_are_there_in_the_order_of_their_letters(officer):
    rows = officer.ask(p.Cases())["cases"]
    assert [row["letter"] for row in rows] == ["A", "B", "C", "D", "E", "F"]
    assert {row["status"] for row in rows} == {"new", "open"}
    assert next(row for row in rows if row["letter"] == "D")["n_members"] == 38  # not the forecast's 90


def test_nothing_that_is_planted_leaves_before_the_work_is_handed_in(officer, planted):
    officer.take("put", finding=finding("same-day-renewal", evidence=[], severity=1))
    assert officer.work["story"] is None
    said = json.dumps([officer.open(), officer.listed()], ensure_ascii=False)
    for problem in planted.said.problems:
        assert problem.why.th not in said
    for red in planted.said.red_herrings:
        assert red.why.th not in said
    for word in (
        "supports",
        "red_herring",
        "accepted_clauses",
        "tolerated",
        "planted",
        "absent",
        "verdict",
        "critical",
    ):
        assert word not in said
    for asked in planted.said.consultations:
        assert asked.answer.th not in said
    for fork in planted.said.follow_up.forks:
        assert fork.question.th not in said


def test_the_experts_own_figure_of_a_project_stays_with_the_expert(officer):
    said = officer.ask(p.OpenCase(case_id="ban-baepfuek"))["case"]
    (project,) = (table for table in said["tables"] if table["name"] == "project")
    assert "cash_net_claimed" in project["rows"][0]
    assert "cash_net_realistic" not in json.dumps(said)


def test_every_case_tells_the_limits_it_needs_with_their_source_and_whether_they_were_checked(officer, library):
    for case_id, case in library.cases.items():
        limits = officer.ask(p.OpenCase(case_id=case_id))["case"]["limits"]
        assert len(limits) == len(case.said.parameters) >= 2, case_id
        assert all(limit["source"]["th"] and limit["text"]["th"] for limit in limits)
    assert any(not limit["is_verified"] for limit in limits)


def test_what_was_done_is_there_on_another_device_in_its_order(officer):
    officer.take("mark", reference="figure:arrears", on=True)
    officer.take("mark", reference="figure:borrowings", on=True)
    officer.take("mark", reference="figure:arrears", on=False)
    officer.take("put", finding=finding("stock-short", words="ปุ๋ยหาย", severity=2))
    officer.take("put", finding=finding("borrowing-over-limit", evidence=["figure:borrowings"], clauses=["docs.4"]))
    officer.take("order", findings=["f-borrowing-over-limit", "f-stock-short"])
    officer.take("put", finding=finding("stock-short", words="ปุ๋ยหาย", severity=3))
    work = officer.open()["work"]
    assert work["marks"] == ["figure:borrowings"]
    assert [(one["kind"], one["severity"]) for one in work["findings"]] == [
        ("borrowing-over-limit", None),
        ("stock-short", 3),
    ]
    officer.take("drop", finding="f-stock-short")
    assert [one["kind"] for one in officer.open()["work"]["findings"]] == ["borrowing-over-limit"]
    assert officer.listed()["status"] == "open"
    assert officer.listed()["n_findings"] == 1


def test_the_same_message_twice_is_one_step_and_a_second_window_is_told(officer):
    officer.take("mark", "aaaaaaaa", reference="figure:arrears", on=True)
    again = officer.take("mark", "aaaaaaaa", reference="figure:arrears", on=True)
    assert again["seq"] == 1
    with pytest.raises(AttemptError, match="หน้าต่างอื่น") as refused:
        officer.take("mark", seq=0, reference="figure:borrowings", on=True)
    assert refused.value.details["work"]["marks"] == ["figure:arrears"]


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("mark", {"reference": "no-such-paper:1", "on": True}),
        ("mark", {"reference": "figure:arrears", "on": "yes"}),
        ("put", {"finding": {"id": "x"}}),
        ("put", {"finding": finding("no-such-kind")}),
        ("put", {"finding": finding("stock-short", evidence=["figure:nothing"])}),
        ("put", {"finding": finding("stock-short", clauses=["practice.99"])}),
        ("put", {"finding": finding("stock-short", step="pay-a-bribe")}),
        ("put", {"finding": finding("stock-short", severity=9)}),
        ("drop", {"finding": "f-nothing"}),
        ("order", {"findings": ["f-nothing"]}),
        ("consult", {"question": "nothing", "group": "management"}),
        ("fly", {}),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_trace(officer, kind, detail):
    with pytest.raises(AttemptError, match=r"ไม่ตรงกับกรณีนี้|ไม่มีข้อ"):
        officer.take(kind, **detail)
    assert officer.open()["work"]["seq"] == 0


def test_a_finding_stands_on_the_board_once(officer):
    officer.take("put", finding=finding("stock-short"))
    with pytest.raises(AttemptError, match="อยู่บนกระดานแล้ว"):
        officer.take("put", finding=finding("stock-short") | {"id": "f-other"})


def test_the_right_group_answers_and_others_send_on(officer, planted):
    asked = planted.said.consultations[0]
    wrong = next(group for group in ("formation", "business", "management", "centre") if group != asked.right)
    officer.take("consult", question=asked.id, group=wrong)
    work = officer.take("consult", question=asked.id, group=asked.right)
    first, second = work["consulted"]
    assert not first["is_right"]
    assert first["answer"]["th"] != asked.answer.th
    assert second["is_right"]
    assert second["answer"]["th"] == asked.answer.th
    assert second["clauses"] == list(asked.clauses)
    with pytest.raises(AttemptError, match="ได้คำตอบของเรื่องนี้แล้ว"):
        officer.take("consult", question=asked.id, group=wrong)


def test_after_handing_in_the_expert_is_shown_and_the_board_stands_still(officer, planted):
    officer.take("put", finding=finding("borrowing-over-limit", evidence=["figure:borrowings"], clauses=["docs.4"]))
    work = officer.take("submit")
    assert work["result"]["score"]["found"] == ["borrowing-over-limit"]
    told = {row["kind"] for row in work["result"]["comparison"]["problems"]}
    assert told == {problem.kind for problem in planted.said.problems}
    with pytest.raises(AttemptError, match="ส่งแล้ว"):
        officer.take("mark", reference="figure:arrears", on=True)
    assert officer.listed()["status"] == "submitted"
    again = officer.open(fresh=True)["work"]
    assert (again["number"], again["findings"], again["result"]) == (2, [], None)
    assert officer.listed()["score"] == work["result"]["score"]["score"]  # the best stays in sight


def test_the_story_goes_the_way_that_was_chosen_and_its_figures_with_it(officer, planted):
    with pytest.raises(AttemptError, match="หลังส่งงาน"):
        officer.take("choose", fork="any", branch="any")
    work = officer.take("submit")
    story = planted.said.follow_up
    figures = dict(planted.years[max(planted.years)])
    while work["story"]["now"]:
        fork = next(one for one in story.forks if one.id == work["story"]["now"]["id"])
        branch = next(one for one in fork.branches if one.verdict == "bad" or one is fork.branches[-1])
        work = officer.take("choose", fork=fork.id, branch=branch.id)
        for name, by in branch.outcome.changes.items():
            figures[name] += by
        chapter = work["story"]["past"][-1]
        assert chapter["chosen"]["th"] == branch.label.th
        assert {row["field"]: row["after"] for row in chapter["figures"]} == {
            name: figures[name] for name in branch.outcome.changes
        }
        assert chapter["paper"]["lines"][0]["th"] == branch.outcome.paper.lines[0].th
    assert len(officer.open()["work"]["story"]["past"]) == len(work["story"]["past"]) >= 1
    with pytest.raises(AttemptError, match="เลือกไปแล้ว"):
        officer.take("choose", fork=story.forks[0].id, branch=story.forks[0].branches[0].id)


def paths(case: Any, fork: Any, taken: tuple[Any, ...] = ()) -> Any:
    """Every way through a story, as its branches."""
    for branch in fork.branches:
        later = next((one for one in case.said.follow_up.forks if one.id == branch.next), None)
        ways = paths(case, later, (*taken, (fork, branch))) if later else [(*taken, (fork, branch))]
        yield from ways


def test_a_figure_that_changes_twice_is_told_with_all_that_came_before(officer, library):
    case, way, name = next(
        (case, way, name)
        for case in library.cases.values()
        for way in paths(case, case.said.follow_up.forks[0])
        for name in case.years[max(case.years)]
        if sum(name in branch.outcome.changes for _, branch in way) > 1
    )
    officer.work = officer.ask(p.OpenCase(case_id=case.id))["work"]
    officer.take("submit")
    for fork, branch in way:
        work = officer.take("choose", fork=fork.id, branch=branch.id)
    told = [row for chapter in work["story"]["past"] for row in chapter["figures"] if row["field"] == name]
    assert [row["before"] for row in told[1:]] == [row["after"] for row in told[:-1]]
    assert told[0]["before"] == case.years[max(case.years)][name]


def test_beginning_again_waits_until_the_work_was_handed_in(officer):
    officer.take("mark", reference="figure:arrears", on=True)
    assert officer.open(fresh=True)["work"]["marks"] == ["figure:arrears"]


def test_nobody_reads_or_goes_on_with_anothers_work(desk, officer):
    officer.take("mark", reference="figure:arrears", on=True)
    other = Officer(desk, "K02")
    other.work = officer.work
    with pytest.raises(AccessError, match="ไม่พบงานนี้"):
        other.take("mark", reference="figure:borrowings", on=True)
    assert other.open()["work"]["marks"] == []
    with pytest.raises(AccessError), desk.records.read() as conn:
        desk.handle(conn, NOBODY, p.Cases())


def test_work_is_scored_on_the_case_as_it_was_worked_on(desk, officer, planted):
    """Content may be mended while somebody is at work: what they read stays what they are measured by."""
    officer.take("put", finding=finding("stock-short"))
    problems = tuple(problem for problem in planted.source.said.problems if problem.kind != "stock-short")
    mended = ready(replace(planted.source, said=planted.source.said.model_copy(update={"problems": problems})))
    library = replace(desk.library, cases={**desk.library.cases, CASE: mended})
    later = replace(desk, library=library)
    officer.desk = later
    assert officer.take("submit")["result"]["score"]["found"] == ["stock-short"]
    officer.open(fresh=True)
    officer.take("put", finding=finding("stock-short"))
    assert officer.take("submit")["result"]["score"]["found"] == []


def test_a_kept_case_is_the_case_it_was(desk, planted):
    with desk.records.write() as conn:
        stored.put_version(conn, planted)
        kept = stored.case_of(conn, planted.id, planted.version)
    assert kept is not None
    assert kept.version == planted.version
    assert kept.papers == planted.papers
    assert kept.ratios == planted.ratios


def test_own_words_are_offered_findings_with_the_words_they_share(officer):
    rows = officer.ask(p.MatchFinding(text="สหกรณ์กู้ยืมเกินวงเงินที่เห็นชอบ"))["rows"]
    assert rows[0]["kind"] == "borrowing-over-limit"
    assert rows[0]["words"]
    assert officer.ask(p.MatchFinding(text="อากาศดี"))["rows"] == []
