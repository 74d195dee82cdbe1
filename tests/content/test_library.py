"""The whole content: what fits together, what does not, and the office's own beside what ships."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training.content.check import report
from cps_training.content.library import Library, check_library, load_library
from cps_training.errors import ContentError

Tree = dict[str, str]
Write = Callable[..., Path]
CPS_BANK, FORM = "quizzes/banks/cps.yaml", "quizzes/forms/practice.yaml"
CLAUSES, SECTIONS = "data/handbook/cps.yaml", "data/handbook/sections.yaml"
LESSON = "notebooks/lessons/05_cycle.ipynb"

OFFICE_BANK = """\
bank: office
title: {th: คลังของสำนักงาน}
items:
  - id: office-item
    type: multiple_choice
    clauses: [cps.2.3]
    bloom: apply
    evidence: H
    stem: โจทย์ของสำนักงาน
    choices:
      - {id: a, text: ก, rationale: เพราะ ก}
      - {id: b, text: ข, rationale: เพราะ ข}
      - {id: c, text: ค, rationale: เพราะ ค}
    key: a
    headline: หัวข้อ
    explanation: อธิบาย
"""


def lines(findings: list[object]) -> list[str]:
    return [str(finding) for finding in findings]


def test_a_sound_tree_loads(tree: Tree, write: Write) -> None:
    library = load_library(write(tree), None)
    assert list(library.items) == ["first-item", "second-item"]
    assert library.forms["practice"].items == ("first-item", "second-item")
    assert library.forms["practice"].id == "practice"
    assert list(library.lessons) == ["cycle"]
    assert list(library.banks) == ["cps"]
    assert library.counts() == {"clauses": 3, "items": 2, "forms": 1, "lessons": 1, "cases": 0, "rules": 0}
    assert library.coverage() == {
        "cps.2.3": {"lessons": 1, "items": 1, "cases": 0, "rules": 0},
        "cps.2.10": {"lessons": 0, "items": 1, "cases": 0, "rules": 0},
    }


def test_a_library_cannot_be_changed(tree: Tree, write: Write) -> None:
    library = load_library(write(tree), None)
    with pytest.raises(TypeError):
        library.items["x"] = library.items["first-item"]  # type: ignore[index]


def test_lesson_checkpoints_are_a_form(tree: Tree, write: Write) -> None:
    form = load_library(write(tree), None).form("lesson:cycle")
    assert form is not None
    assert (form.id, form.feedback, form.shuffle, form.cut_score) == ("lesson:cycle", "practice", False, None)
    assert form.items == ("first-item",)
    assert form.minutes == 25
    assert form.is_lesson


def test_form_knows_both_kinds_and_nothing_else(tree: Tree, write: Write) -> None:
    library = load_library(write(tree), None)
    assert library.form("practice") is library.forms["practice"]
    assert library.form("nowhere") is None
    assert library.form("lesson:nowhere") is None
    assert "lesson:cycle" not in library.forms


def test_item_titles_begin_like_the_stem_and_never_tell_the_answer(tree: Tree, write: Write) -> None:
    tree[CPS_BANK] = tree[CPS_BANK].replace("stem: โจทย์ข้อสอง", "stem: " + "ยาว " * 100)
    titles = load_library(write(tree), None).item_titles
    assert titles["first-item"] == "โจทย์ข้อหนึ่ง"
    assert titles["second-item"].startswith("ยาว ยาว")
    assert titles["second-item"].endswith("…")
    assert len(titles["second-item"]) <= 80


# file, replaced, by, every finding
CROSS = [
    (
        CPS_BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps.2.4]",
        [f"{CPS_BANK}:6:15: items.1.clauses.1: ชุดฝึกไม่มีข้อ “cps.2.4” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ"],
    ),
    (
        CPS_BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps.2.3, km.4]",
        [f"{CPS_BANK}:6:24: items.1.clauses.2: ชุดฝึกไม่มีข้อ “km.4” ของคู่มือ ให้แก้รหัสข้อ"],
    ),
    (
        CPS_BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps.2]",
        [f"{CPS_BANK}:6:15: items.1.clauses.1: “cps.2” เป็นหัวข้อ ไม่ใช่ข้อที่สอบได้ ให้เลือกข้อย่อยใต้หัวข้อนี้"],
    ),
    (
        CPS_BANK,
        "clauses: [cps.2.3]",
        "clauses: [cps.0]",
        [f"{CPS_BANK}:6:15: items.1.clauses.1: “cps.0” เป็นบทนำ ไม่ใช่ข้อของคู่มือ ให้เลือกข้อที่มีเลขข้อ"],
    ),
    (
        CPS_BANK,
        "id: second-item",
        "id: first-item",
        [
            f"{CPS_BANK}:17:9: items.2.id: รหัสข้อคำถาม “first-item” ซ้ำกับ {CPS_BANK}:4:9 ให้ตั้งรหัสใหม่",
            f"{FORM}:7:21: items.2: ไม่มีข้อคำถามรหัส “second-item” ในคลังข้อ ให้แก้รหัส หรือเพิ่มข้อในคลัง",
        ],
    ),
    (
        CPS_BANK,
        "evidence: H",
        "evidence: H\n    replaces: true",
        [f"{CPS_BANK}:9:15: items.1.replaces: ใช้ได้เฉพาะเนื้อหาของสำนักงาน ให้ลบ replaces ออก"],
    ),
    (
        FORM,
        "second-item",
        "secnd-item",
        [f"{FORM}:7:21: items.2: ไม่มีข้อคำถามรหัส “secnd-item” ในคลังข้อ ใกล้ที่สุดคือ second-item ให้แก้รหัส หรือเพิ่มข้อในคลัง"],
    ),
    (
        CLAUSES,
        "related: [cps.2.3, km.4]",
        "related: [cps.2.33, km.4, law.1]",
        [
            f"{CLAUSES}:13:15: clauses.2.related.1: ไม่มีข้อ “cps.2.33” ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัส",
            f"{CLAUSES}:13:31: clauses.2.related.3: ไม่มีข้อ “law.1” ให้แก้รหัส",
        ],
    ),
    (
        CLAUSES,
        "section: cps",
        "section: km",
        [
            f"{CLAUSES}:1:10: section: ชื่อไฟล์ต้องเป็น km.yaml ให้เปลี่ยนชื่อไฟล์ หรือแก้ section",
            f"{CLAUSES}:3:9: clauses.1.id: “cps.2” ไม่ใช่ข้อของหมวด km ให้แก้รหัส หรือย้ายไปไฟล์ของหมวดนั้น",
            f"{CLAUSES}:7:9: clauses.2.id: “cps.2.10” ไม่ใช่ข้อของหมวด km ให้แก้รหัส หรือย้ายไปไฟล์ของหมวดนั้น",
            f"{CLAUSES}:14:9: clauses.3.id: “cps.2.3” ไม่ใช่ข้อของหมวด km ให้แก้รหัส หรือย้ายไปไฟล์ของหมวดนั้น",
            f"{SECTIONS}:11:16: sections.2.teachable: บอกไว้ 7 ข้อ แต่ {CLAUSES} มีข้อที่สอบได้ 2 ข้อ ให้แก้ให้ตรงกัน",
        ],
    ),
    (
        SECTIONS,
        "teachable: 2",
        "teachable: 13",
        [f"{SECTIONS}:7:16: sections.1.teachable: บอกไว้ 13 ข้อ แต่ {CLAUSES} มีข้อที่สอบได้ 2 ข้อ ให้แก้ให้ตรงกัน"],
    ),
    (
        CLAUSES,
        "id: cps.2.10",
        "id: cps.2.3",
        [
            f"{CLAUSES}:13:14: clauses.2.related: related อ้างข้อของตัวเอง ให้ลบออก",
            f"{CPS_BANK}:19:15: items.2.clauses.1: ชุดฝึกไม่มีข้อ “cps.2.10” ของคู่มือ ให้แก้รหัสข้อ",
        ],
    ),
    (
        CLAUSES,
        "- id: cps.2.10",
        "- id: cps.2",
        [
            f"{CLAUSES}:7:9: clauses.2.id: รหัส “cps.2” ซ้ำกับ {CLAUSES}:3:9 ให้เหลือที่เดียว",
            f"{CPS_BANK}:19:15: items.2.clauses.1: ชุดฝึกไม่มีข้อ “cps.2.10” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ",
        ],
    ),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"), CROSS, ids=[f"{old}→{new}"[:60] for _, old, new, _ in CROSS]
)
def test_what_does_not_fit_together(
    tree: Tree, write: Write, file: str, old: str, new: str, expected: list[str]
) -> None:
    assert old in tree[file]
    tree[file] = tree[file].replace(old, new, 1)
    _, findings = check_library(write(tree), None)
    assert lines(findings) == expected


def test_a_link_of_a_lesson_to_an_unknown_clause_is_told_with_its_place(tree: Tree, write: Write) -> None:
    prose = '"# บทเรียน [ข้อ 2](/handbook?clause=cps.2) [ข้อ 2.4](/handbook?clause=cps.2.4) (/handbook?clause=cps.0)"'
    tree[LESSON] = tree[LESSON].replace('"# บทเรียน"', prose)
    _, findings = check_library(write(tree), None)
    where = f"{LESSON}:7:5: cells.1.source.1"
    assert lines(findings) == [
        f"{where}: ชุดฝึกไม่มีข้อ “cps.2.4” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ",
        f"{where}: “cps.0” เป็นบทนำ ไม่ใช่ข้อของคู่มือ ให้เลือกข้อที่มีเลขข้อ",
    ]


def test_the_same_ids_in_two_files_name_both_places(tree: Tree, write: Write) -> None:
    tree["quizzes/banks/other.yaml"] = tree[CPS_BANK]
    tree["quizzes/forms/zother.yaml"] = tree[FORM]
    tree["notebooks/lessons/05_other.ipynb"] = tree[LESSON]
    _, findings = check_library(write(tree), None)
    other, form, lesson = "quizzes/banks/other.yaml", "quizzes/forms/zother.yaml", "notebooks/lessons/05_other.ipynb"
    assert [line.replace(LESSON, "…").partition(" ")[2] for line in lines(findings) if line.startswith(lesson)] == [
        "metadata.cps.lesson: รหัสบทเรียน “cycle” ซ้ำกับ …:28:14 ให้ตั้งรหัสใหม่"
    ]
    assert lines(findings)[1:] == [
        f"{other}:1:7: bank: รหัสคลังข้อ (bank) “cps” ซ้ำกับ {CPS_BANK}:1:7 ให้ตั้งรหัสใหม่",
        f"{other}:4:9: items.1.id: รหัสข้อคำถาม “first-item” ซ้ำกับ {CPS_BANK}:4:9 ให้ตั้งรหัสใหม่",
        f"{other}:17:9: items.2.id: รหัสข้อคำถาม “second-item” ซ้ำกับ {CPS_BANK}:17:9 ให้ตั้งรหัสใหม่",
        f"{form}:1:7: form: รหัสชุดข้อสอบ “practice” ซ้ำกับ {FORM}:1:7 ให้ตั้งรหัสใหม่",
    ]


def test_two_lessons_with_one_number_name_both_places(
    tree: Tree, write: Write, lesson_text: Callable[..., str]
) -> None:
    tree["notebooks/lessons/05_other.ipynb"] = lesson_text({"lesson": "other", "checkpoints": None})
    _, findings = check_library(write(tree), None)
    place = f"{LESSON}:29:14"
    assert [finding.message for finding in findings] == [f"metadata.cps.number: บทที่ 5 ซ้ำกับ {place} ให้ใช้เลขบทอื่น"]
    assert [finding.file for finding in findings] == ["notebooks/lessons/05_other.ipynb"]


def test_mistakes_of_all_files_come_at_once_and_load_refuses_with_them(tree: Tree, write: Write) -> None:
    tree[CPS_BANK] = tree[CPS_BANK].replace("key: b", "key: z")
    tree[FORM] = tree[FORM].replace("feedback: practice", "feedback: never")
    tree[CLAUSES] = tree[CLAUSES].replace("kind: heading", "kind: title")
    root = write(tree)
    _, findings = check_library(root, None)
    assert [finding.file for finding in findings] == [CLAUSES, CPS_BANK, FORM]
    with pytest.raises(ContentError) as refused:
        load_library(root, None)
    assert list(refused.value.findings) == findings


def test_an_item_with_a_mistake_is_not_also_called_unknown(tree: Tree, write: Write) -> None:
    """One mistake, one finding: forms and lessons that use the item are right."""
    tree[CPS_BANK] = tree[CPS_BANK].replace("key: b", "key: z")
    assert len(check_library(write(tree), None)[1]) == 1
    tree[CPS_BANK] = "items: ["
    assert len(check_library(write(tree), None)[1]) == 1


def test_a_clause_with_a_mistake_is_not_also_called_unknown(tree: Tree, write: Write) -> None:
    tree[CLAUSES] = tree[CLAUSES].replace("kind: heading", "kind: title")
    assert len(check_library(write(tree), None)[1]) == 1
    tree[CLAUSES] = "section: ["
    assert len(check_library(write(tree), None)[1]) == 1


def test_without_sections_there_is_no_library(tree: Tree, write: Write) -> None:
    del tree[SECTIONS]
    library, findings = check_library(write(tree), None)
    assert library is None
    assert lines(findings) == [f"{SECTIONS}:1:1: ไม่พบไฟล์นี้ หรือไม่ใช่ไฟล์ธรรมดา ให้ตรวจชื่อและที่อยู่ของไฟล์"]
    with pytest.raises(ContentError):
        load_library(write(tree), None)


def test_a_file_with_another_ending_is_not_passed_over_in_silence(tree: Tree, write: Write) -> None:
    tree["quizzes/banks/more.yml"] = OFFICE_BANK
    _, findings = check_library(write(tree), None)
    assert lines(findings) == ["quizzes/banks/more.yml:1:1: ไฟล์นี้ไม่ถูกอ่าน ให้เปลี่ยนชื่อเป็น more.yaml"]


def test_hidden_files_of_an_operating_system_are_no_content(tree: Tree, write: Write) -> None:
    hidden = {"quizzes/banks/._cps.yaml": b"\x00\x05\x16", "notebooks/lessons/.05_cycle.ipynb": "x"}
    assert check_library(write({**tree, **hidden}), None)[1] == []


class TestOffice:
    """The office's own folder: the same tree, never in the way of what ships."""

    def test_a_missing_folder_is_no_mistake(self, tree: Tree, write: Write, tmp_path: Path) -> None:
        assert load_library(write(tree), tmp_path / "nowhere").counts()["items"] == 2

    def test_its_items_forms_and_lessons_are_added(
        self, tree: Tree, write: Write, lesson_text: Callable[..., str]
    ) -> None:
        form = tree[FORM].replace("form: practice", "form: office").replace("second-item", "office-item")
        lesson = lesson_text(
            {"lesson": "ours", "number": 20, "checkpoints": ["office-item"]}, 'apps.checkpoint(session, "office-item")'
        )
        files = {
            "quizzes/banks/b.yaml": OFFICE_BANK,
            "quizzes/forms/f.yaml": form,
            "notebooks/lessons/20_ours.ipynb": lesson,
            "notebooks/lessons/.ipynb_checkpoints/20_ours-checkpoint.ipynb": lesson,
        }
        office = write(files, "content")
        library = load_library(write(tree), office)
        assert list(library.items) == ["first-item", "second-item", "office-item"]
        assert library.forms["office"].items == ("first-item", "office-item")
        assert list(library.lessons) == ["cycle", "ours"]
        ours = library.lessons["ours"]
        assert (ours.is_office, ours.file) == (True, "notebooks/lessons/20_ours.ipynb")
        assert ours.path == office / "notebooks/lessons/20_ours.ipynb"
        assert not library.lessons["cycle"].is_office

    def test_a_shipped_id_is_refused(self, tree: Tree, write: Write) -> None:
        office = write({"quizzes/banks/b.yaml": OFFICE_BANK.replace("office-item", "first-item")}, "content")
        _, findings = check_library(write(tree), office)
        assert lines(findings) == [
            (
                "content/quizzes/banks/b.yaml:4:9: items.1.id: รหัสข้อคำถาม “first-item” มีในเนื้อหาที่มากับชุดฝึกแล้ว "
                f"({CPS_BANK}:4:9) ให้ตั้งรหัสใหม่ หรือเติม replaces: true ถ้าตั้งใจใช้แทน"
            )
        ]

    def test_a_shipped_id_is_taken_over_when_it_says_so(self, tree: Tree, write: Write) -> None:
        bank = OFFICE_BANK.replace("office-item", "first-item").replace("key: a", "key: a\n    replaces: true")
        form = tree[FORM].replace(", second-item", "") + "replaces: true\n"
        office = write({"quizzes/banks/b.yaml": bank, "quizzes/forms/f.yaml": form}, "content")
        library = load_library(write(tree), office)
        assert library.items["first-item"].stem == "โจทย์ของสำนักงาน"
        assert library.forms["practice"].items == ("first-item",)
        assert library.counts()["items"] == 2

    def test_replaces_changes_no_version(self, tree: Tree, write: Write) -> None:
        plain = load_library(write(tree), write({"quizzes/banks/b.yaml": OFFICE_BANK}, "content"))
        files = {CPS_BANK: OFFICE_BANK.replace("key: a", "key: a\n    replaces: false")}
        same = load_library(write(tree), write(files, "content2"))
        assert same.items["office-item"].version == plain.items["office-item"].version

    def test_a_shipped_lesson_is_taken_over_when_it_says_so(
        self, tree: Tree, write: Write, lesson_text: Callable[..., str]
    ) -> None:
        lesson = lesson_text({"replaces": True, "minutes": 90}, 'apps.checkpoint(session, "first-item")')
        office = write({LESSON: lesson}, "content")
        assert load_library(write(tree), office).lessons["cycle"].minutes == 90

    def test_nothing_to_replace_is_a_mistake(self, tree: Tree, write: Write) -> None:
        bank = OFFICE_BANK.replace("office-item", "first-itme").replace("key: a", "key: a\n    replaces: true")
        _, findings = check_library(write(tree), write({"quizzes/banks/b.yaml": bank}, "content"))
        assert lines(findings) == [
            (
                "content/quizzes/banks/b.yaml:15:15: items.1.replaces: บอกว่าใช้แทน แต่ชุดฝึกไม่มีข้อคำถาม "
                "“first-itme” ใกล้ที่สุดคือ first-item ให้แก้รหัส หรือลบ replaces ออก"
            )
        ]

    def test_a_misplaced_file_is_not_passed_over_in_silence(self, tree: Tree, write: Write) -> None:
        office = write({"banks/b.yaml": OFFICE_BANK, "quizzes/banks/c.yml": OFFICE_BANK, "notes.txt": "x"}, "content")
        _, findings = check_library(write(tree), office)
        assert lines(findings) == [
            (
                "content/banks/b.yaml:1:1: ไฟล์นี้ไม่ถูกอ่าน ชุดฝึกอ่านเฉพาะ .yaml และ .ipynb ใน quizzes/banks, quizzes/forms, "
                "notebooks/lessons, data/calendar, data/parameters.yaml, data/refresher/cooperatives.yaml, data/cases ให้ย้ายไปไว้ในโฟลเดอร์ที่ตรงกับเนื้อหา"
            ),
            "content/quizzes/banks/c.yml:1:1: ไฟล์นี้ไม่ถูกอ่าน ให้เปลี่ยนชื่อเป็น c.yaml",
        ]

    def test_a_file_in_place_of_the_folder_is_a_mistake(self, tree: Tree, write: Write, tmp_path: Path) -> None:
        (tmp_path / "content").write_text("x")
        _, findings = check_library(write(tree), tmp_path / "content")
        assert lines(findings) == ["content/:1:1: ต้องเป็นโฟลเดอร์ของเนื้อหาสำนักงาน แต่พบไฟล์ ให้ย้ายไฟล์นี้ออก"]


class TestReport:
    def test_of_sound_content(self, tree: Tree, write: Write) -> None:
        library, findings = check_library(write(tree), None)
        assert isinstance(library, Library)
        assert report(library, findings) == {
            "ok": True,
            "errors": [],
            "counts": library.counts(),
            "coverage": library.coverage(),
        }

    def test_of_content_with_mistakes(self, tree: Tree, write: Write) -> None:
        tree[FORM] = tree[FORM].replace("feedback: practice", "feedback: never")
        library, findings = check_library(write(tree), None)
        said = report(library, findings)
        assert set(said) == {"ok", "errors", "counts", "coverage"}
        assert said["ok"] is False
        message = "feedback: ไม่รู้จัก “never” ใช้ได้: practice, exam, tries, certainty, survey"
        assert said["errors"] == [{"file": FORM, "line": 4, "column": 11, "message": message}]
        assert said["counts"]["forms"] == 0

    def test_without_a_library(self, tmp_path: Path) -> None:
        said = report(*check_library(tmp_path, None))
        assert said["ok"] is False
        assert len(said["errors"]) == 1
        assert set(said["counts"]) == {"clauses", "items", "forms", "lessons", "cases", "rules"}
        assert set(said["counts"].values()) == {0}
        assert said["coverage"] == {}
        assert report(None, [])["ok"] is False


@pytest.mark.parametrize("module", ["handbook", "lessons", "forms", "glossary", "calendar", "parameters"])
def test_what_a_learners_kernel_may_import_brings_no_bank(module: str) -> None:
    code = f"import sys, cps_training.content.{module}; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert f"cps_training.content.{module}" in loaded
    assert not {"cps_training.content.banks", "cps_training.content.library", "pandas", "sqlalchemy"} & set(loaded)
