"""Methods, documents and cooperatives of the refresher: what ships, what a visit is made of, and mistakes with their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.library import Library, check_library, load_library
from cps_training.content.refresher import COOPERATIVES_FILE, METHODS_FILE

Tree = dict[str, str]
Write = Callable[..., Path]

METHODS = """\
every_visit:
  - {clause: cps.2.10, why: {th: ทุกครั้ง, en: Every time}}
documents:
  - {id: law, clause: cps.2.3, title: {th: กฎหมาย, en: The law}}
  - {id: rates, clause: cps.2.3, title: {th: อัตราดอกเบี้ย, en: Rates}}
  - {id: own-paper, clause: cps.2.3, title: {th: แบบของกลุ่ม, en: The group's form}}
methods:
  - id: visit
    title: {th: ตรวจเยี่ยม, en: Visit}
    hint: {th: เมื่อต้องเห็นของจริง}
    clauses:
      - {clause: cps.2.3, why: {th: เพราะวิธี}}
    documents:
      - {document: law, why: {th: แม่นยำ}}
      - {document: rates, needs_deposits: true, why: {th: รับฝากเงิน}}
      - {document: own-paper, kinds: [farmer_group], why: {th: เป็นกลุ่มเกษตรกร}}
"""
COOPERATIVES = """\
cooperatives:
  - id: savers
    name: {th: สหกรณ์ออมทรัพย์ตัวอย่าง จำกัด}
    kind: savings
    takes_deposits: true
    is_fictional: true
    clauses:
      - {clause: cps.2.10, why: {th: เพราะแห่งนี้}}
      - {clause: cps.2.3, why: {th: เพราะแห่งนี้เหมือนกัน}}
  - id: growers
    name: {th: กลุ่มเกษตรกรตัวอย่าง}
    kind: farmer_group
    is_fictional: true
"""


@pytest.fixture
def tree(tree: Tree) -> Tree:
    return tree | {METHODS_FILE: METHODS, COOPERATIVES_FILE: COOPERATIVES}


# What ships ----------------------------------------------------------------------------------------------------

MATRIX = {
    "thung-sathit": ("agricultural", "practice.2 practice.5 practice.6 practice.8 practice.15 practice.17 docs.4"),
    "ban-chamlong": (
        "credit_union",
        "practice.5 practice.6 practice.7 practice.12 practice.13 practice.16 practice.19.3 practice.19.4 docs.6",
    ),
    "wittayalai-tuayang": ("savings", "practice.2 practice.18 practice.19.3 practice.20 docs.4 docs.6"),
    "doen-rot-sommut": ("service", "practice.1 practice.3 practice.12 practice.19.1 practice.19.4 prep.2 docs.1"),
    "ban-baepfuek": (
        "farmer_group",
        "practice.4 practice.8 practice.9 practice.10 practice.11 practice.14 practice.15 practice.19.2",
    ),
    "nong-sathok": (
        "agricultural",
        "practice.3 practice.5 practice.15 practice.16 practice.18 practice.20 docs.2 docs.3",
    ),
}
"""Kind and main clauses of the six organisations of the case studies."""


def test_the_six_organisations_ship_each_with_its_main_clauses_and_invented(library: Library) -> None:
    shipped = library.refresher.cooperatives
    found = {one.id: (one.kind, " ".join(reason.clause for reason in one.clauses)) for one in shipped.values()}
    assert found == MATRIX
    assert all(one.is_fictional for one in shipped.values())


def test_the_methods_are_the_five_of_the_handbook_and_everything_is_in_two_languages(library: Library) -> None:
    book = library.refresher
    assert [method.title.th for method in book.methods.values()] == [
        "ร่วมประชุมกรรมการ",
        "ประชุมกลุ่มสมาชิก",
        "ตรวจเยี่ยม",
        "อบรม",
        "เสวนา",
    ]
    texts = [one.title for one in (*book.methods.values(), *book.documents.values())]
    for method in book.methods.values():
        texts += [reason.why for reason in method.clauses] + [one.why for one in method.documents]
    for cooperative in book.cooperatives.values():
        texts += [cooperative.name, *(reason.why for reason in cooperative.clauses)]
    assert [text.th for text in texts if not text.en] == []
    assert {document.clause for document in book.documents.values()} == {f"docs.{n}" for n in range(1, 7)}


def test_what_to_bring_depends_on_the_method_and_on_the_cooperative(library: Library) -> None:
    def brought(cooperative: str, method: str) -> dict[str, str]:
        visit = library.refresher.visit(cooperative, method)
        assert visit
        return {document.id: one.when.th if one.when else "" for document, one in visit.documents}

    board = brought("wittayalai-tuayang", "board-meeting")
    assert board["agenda"] == "ประชุมประจำเดือน"
    assert "ก่อน" in board["limit-notice"]
    assert board["rate-notice"] == board["limit-notice"]
    assert "rate-notice" not in brought("doen-rot-sommut", "board-meeting"), "it takes no deposits"
    group = brought("ban-baepfuek", "board-meeting")
    assert "standard" not in group, "the standard is of cooperatives"
    assert "limit-notice" not in group
    for method in library.refresher.methods:
        for cooperative in library.refresher.cooperatives:
            ids = brought(cooperative, method)
            assert ("agenda" in ids) == (method == "board-meeting"), "no agenda to study without a meeting of the board"
            assert "act" in ids
            assert "cps-form" in ids


def test_the_137_items_are_named_and_never_listed(library: Library) -> None:
    texts = [document for document in library.refresher.documents.values() if document.clause == "docs.2"]
    assert [document.title.th for document in texts] == ["หลักเกณฑ์จัดมาตรฐานสหกรณ์ 137 ข้อ (ฉบับของสำนักงาน)"]


# One visit -----------------------------------------------------------------------------------------------------


def test_a_visit_lists_each_clause_once_with_every_reason(tree: Tree, write: Write) -> None:
    library = load_library(write(tree))
    visit = library.refresher.visit("savers", "visit")
    assert visit
    assert [(one.clause, [why.th for why in one.why]) for one in visit.clauses] == [
        ("cps.2.3", ["เพราะวิธี", "เพราะแห่งนี้เหมือนกัน"]),
        ("cps.2.10", ["เพราะแห่งนี้", "ทุกครั้ง"]),
    ]
    assert [document.id for document, _ in visit.documents] == ["law", "rates"]
    growers = library.refresher.visit("growers", "visit")
    assert growers
    assert [document.id for document, _ in growers.documents] == ["law", "own-paper"]


def test_a_visit_is_a_form_by_its_name_and_no_other_name_is_one(tree: Tree, write: Write) -> None:
    library = load_library(write(tree))
    form = library.form("refresher:savers:visit")
    assert form
    assert (form.feedback, form.shuffle, form.items) == ("practice", False, ())
    assert "สหกรณ์ออมทรัพย์ตัวอย่าง" in form.title.th
    for name in (
        "refresher:savers",
        "refresher:savers:",
        "refresher:nobody:visit",
        "refresher:savers:visit:x",
        "refresher:",
    ):
        assert library.form(name) is None, name


# Mistakes ------------------------------------------------------------------------------------------------------

M, C = METHODS_FILE, COOPERATIVES_FILE
MISTAKES = [
    (M, "clause: cps.2.10, why", "clause: cps.9, why", [f"{M}:2:14: every_visit.1.clause: ชุดฝึกไม่มีข้อ “cps.9” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ"]),
    (M, "{id: law, clause: cps.2.3", "{id: law, clause: cps.2", [f"{M}:4:23: documents.1.clause: “cps.2” เป็นหัวข้อ ไม่ใช่ข้อที่สอบได้ ให้เลือกข้อย่อยใต้หัวข้อนี้"]),
    (M, "document: rates", "document: ratess", [f"{M}:15:20: methods.1.documents.2.document: ไม่มีเอกสารรหัส “ratess” ใน documents ใกล้ที่สุดคือ rates ให้แก้รหัส หรือเพิ่มเอกสาร"]),
    (M, "document: own-paper", "document: law", [f"{M}:16:20: methods.1.documents.3.document: เอกสาร “law” ซ้ำในวิธีนี้ ให้เหลือครั้งเดียว หรือบอก when ให้ต่างกัน"]),
    (M, "id: rates", "id: law", [f"{M}:5:10: documents.2.id: documents มีรหัสซ้ำ: law ให้เหลือครั้งเดียว"]),
    (M, "why: {th: แม่นยำ}", "because: {th: แม่นยำ}", [f"{M}:14:9: methods.1.documents.1.why: ขาดช่องนี้ ให้เติม why: ในส่วนนี้", f"{M}:14:25: methods.1.documents.1.because: ไม่รู้จักช่องนี้ ช่องที่ใช้ได้คือ document, why, when, kinds, needs_deposits ให้แก้ชื่อ หรือลบออก"]),
    (C, "kind: savings", "kind: bank", [f"{C}:4:11: cooperatives.1.kind: ไม่รู้จัก “bank” ใช้ได้: agricultural, fisheries, settlement, consumer, service, savings, credit_union, farmer_group"]),
    (C, "id: growers", "id: savers", [f"{C}:10:9: cooperatives.2.id: cooperatives มีรหัสซ้ำ: savers ให้เหลือครั้งเดียว"]),
    (C, "clause: cps.2.3", "clause: cps.2.10", [f"{C}:9:18: cooperatives.1.clauses.2.clause: clauses มีรหัสซ้ำ: cps.2.10 ให้เหลือครั้งเดียว"]),
    (C, "clause: cps.2.3", "clause: cps.2.33", [f"{C}:9:18: cooperatives.1.clauses.2.clause: ชุดฝึกไม่มีข้อ “cps.2.33” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ"]),
    (C, "farmer_group\n    is_fictional: true", "farmer_group", [f"{C}:10:5: cooperatives.2: สหกรณ์ที่มากับชุดฝึกต้องเป็นองค์กรสมมติ ให้เติม is_fictional: true"]),
    (C, "takes_deposits: true", "takes_deposits: มี", [f"{C}:5:21: cooperatives.1.takes_deposits: ต้องเป็น true หรือ false แต่พบ “มี” ให้แก้"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), MISTAKES, ids=[new.partition("\n")[0] for _, _, new, _ in MISTAKES]
)
def test_a_mistake_is_told_with_its_place(
    tree: Tree, write: Write, file: str, old: str, new: str, expected: list[str]
) -> None:
    assert old in tree[file]
    tree[file] = tree[file].replace(old, new, 1)
    _, findings = check_library(write(tree), None)
    assert [str(finding) for finding in findings] == expected


class TestOffice:
    """An office's own cooperatives, `<data folder>/content/data/refresher/cooperatives.yaml`."""

    OWN = "cooperatives:\n  - id: own\n    name: {th: สหกรณ์ของเรา จำกัด}\n    kind: consumer\n"

    def test_its_own_are_added_and_need_not_be_invented(self, tree: Tree, write: Write) -> None:
        library = load_library(write(tree), write({C: self.OWN}, "content"))
        assert list(library.refresher.cooperatives) == ["savers", "growers", "own"]
        assert library.form("refresher:own:visit") is not None

    def test_a_shipped_one_is_replaced_only_on_purpose(self, tree: Tree, write: Write) -> None:
        own = self.OWN.replace("id: own", "id: savers")
        _, findings = check_library(write(tree), write({C: own}, "content"))
        assert [str(one) for one in findings] == [
            f"content/{C}:2:9: cooperatives.1.id: รหัสสหกรณ์ “savers” มีในเนื้อหาที่มากับชุดฝึกแล้ว ({C}:2:9) ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน"
        ]
        library = load_library(write(tree), write({C: own + "    replaces: true\n"}, "content2"))
        assert library.refresher.cooperatives["savers"].kind == "consumer"

    def test_methods_are_the_kits_own(self, tree: Tree, write: Write) -> None:
        _, findings = check_library(write(tree), write({M: METHODS}, "content"))
        assert [finding.file for finding in findings] == [f"content/{M}"]
        assert C in findings[0].message
