"""The glossary and its search: what people type finds what they mean; mistakes of the file are told with their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cps_training import places
from cps_training.content.glossary import Glossary, SearchForm, rank
from cps_training.content.library import check_library, load_library

Tree = dict[str, str]
Write = Callable[..., Path]
FILE = "data/handbook/glossary.yaml"


@pytest.fixture(scope="module")
def shipped() -> Glossary:
    return load_library(places.shipped()).glossary


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("สภรณ์", "สหกรณ์"),
        ("สทกรณ์จังหวัด", "สหกรณ์จังหวัด"),
        ("ความเห็นไปได้", "ความเป็นไปได้"),
        ("การค้าประกัน", "การค้ำประกัน"),
        ("รวมวางแผน", "ร่วมวางแผน"),
        ("เครดิตยูเนียน", "เครดิตยูเนี่ยน"),
        ("พัฒนาการบริหารการจัดการ", "พัฒนาการบริหารจัดการ"),
        ("ระดับขั้น", "ระดับชั้น"),
        ("ข้อ ๒.๓", "ข้อ 2.3"),
        ("คํ้าประกัน", "ค้ำประกัน"),
        ("ดําเนินการ", "ดำเนินการ"),
        ("  พรบ.สหกรณ์ ", "พ.ร.บ.สหกรณ์"),
        ("agm", "AGM"),
    ],
)
def test_what_is_typed_and_what_is_meant_are_the_same_in_a_search(shipped: Glossary, typed: str, meant: str) -> None:
    form = shipped.search_form
    assert form(typed) == form(meant)


@pytest.mark.parametrize("text", ["กลุ่มเกษตรกร", "ระดับชั้นความเข้มแข็ง", "ทำความร่วมมือ", "ค้าขาย", "รวมกลุ่ม"])
def test_right_words_stay_as_they_are(shipped: Glossary, text: str) -> None:
    assert shipped.search_form(text) == text


def test_the_form_of_a_form_is_itself(shipped: Glossary) -> None:
    form = shipped.search_form
    for term in shipped.terms:
        for text in (term.th, term.en, *term.variants):
            assert form(form(text)) == form(text)


def test_the_longer_spelling_wins() -> None:
    form = SearchForm.of([("ข", ["ก"]), ("ง", ["กก"])])
    assert form("กกก") == "งข"


@pytest.mark.parametrize("query", ["", "   ", "?", "— ()", "\u200b"])
def test_a_query_without_a_letter_asks_nothing(shipped: Glossary, query: str) -> None:
    assert shipped.search_form.words(query) == ()


def test_a_very_long_query_is_cut(shipped: Glossary) -> None:
    assert len("".join(shipped.search_form.words("ก" * 5000))) == 100


@pytest.mark.parametrize(
    ("words", "expected"),
    [(("2.3",), 3), (("ขอ",), 2), (("ขออนุญาต", "รายแห่ง"), 1), (("ขออนุญาต", "ไม่มี"), 0), ((), 0)],
)
def test_titles_come_before_texts_and_whole_words_before_parts(words: tuple[str, ...], expected: int) -> None:
    assert rank(words, "cps.2.3 ข้อ 2.3 ขออนุญาต", "เป็นรายแห่ง") == expected


class TestShipped:
    def test_sixty_terms_each_in_both_languages(self, shipped: Glossary) -> None:
        assert len(shipped.terms) == 60
        assert len({term.th for term in shipped.terms}) == 60
        assert all(term.note is None or term.note.en for term in shipped.terms)

    def test_spelled_as_this_kit_spells(self, shipped: Glossary) -> None:
        wrong = {variant for term in shipped.terms for variant in term.variants}
        wrong |= {variant for rule in shipped.spellings for variant in rule.variants if "." not in variant}
        assert [term.th for term in shipped.terms if any(variant in term.th for variant in wrong)] == []

    def test_what_is_from_memory_is_marked(self, shipped: Glossary) -> None:
        by_id = {term.id: term for term in shipped.terms}
        assert not by_id["management-group"].is_verified
        assert not by_id["fraud-defect-observation"].is_verified
        assert by_id["provincial-officer"].is_verified


# replaced, by, every finding
MISTAKES = [
    ("id: auditor", "id: cooperative", [f"{FILE}:7:9: terms.2.id: terms มีรหัสซ้ำ: cooperative ให้เหลือครั้งเดียว"]),
    ("see: [cps.2.3, cps.2]", "see: [cps.2.4]", [f"{FILE}:6:11: terms.1.see.1: ชุดฝึกไม่มีข้อ “cps.2.4” ของคู่มือ ใกล้ที่สุดคือ cps.2.3 ให้แก้รหัสข้อ"]),
    ("see: [cps.2.3, cps.2]", "see: [cps.0]", [f"{FILE}:6:11: terms.1.see.1: “cps.0” เป็นบทนำ ไม่ใช่ข้อของคู่มือ ให้เลือกข้อที่มีเลขข้อ"]),
    ("    note: {th: ได้รับแต่งตั้ง, en: appointed}\n", "", [f"{FILE}:10:18: terms.2.note_status: note_status ใช้กับ note แต่คำนี้ไม่มี note ให้เติม note หรือลบ note_status ออก"]),
    ("variants: [สภรณ์, สทกรณ์]", "variants: [สหกร]", [f"{FILE}:5:15: terms.1.variants: variants “สหกร” เป็นส่วนหนึ่งของ “สหกรณ์” อยู่แล้ว การค้นพบได้เอง ให้ลบออก"]),
    ("note_status: unverified", "note_status: maybe", [f"{FILE}:11:18: terms.2.note_status: ไม่รู้จัก “maybe” ใช้ได้: verified, unverified"]),
    ("en: auditor", "eng: auditor", [
        f"{FILE}:7:5: terms.2.en: ขาดช่องนี้ ให้เติม en: ในส่วนนี้",
        f"{FILE}:9:5: terms.2.eng: ไม่รู้จักช่องนี้ หมายถึง en หรือไม่ ให้แก้ชื่อ หรือลบออก",
    ]),
    ("variants: [รวมวางแผน]", "variants: []", [f"{FILE}:13:34: spellings.1.variants: ว่างเปล่า ต้องมีอย่างน้อย 1 รายการ ให้เติม"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES, ids=[new or old for old, new, _ in MISTAKES])
def test_a_mistake_is_told_with_its_place(tree: Tree, write: Write, old: str, new: str, expected: list[str]) -> None:
    assert old in tree[FILE]
    tree[FILE] = tree[FILE].replace(old, new, 1)
    _, findings = check_library(write(tree), None)
    assert [str(finding) for finding in findings] == expected


def test_without_the_file_there_is_an_empty_glossary(tree: Tree, write: Write) -> None:
    del tree[FILE]
    assert load_library(write(tree), None).glossary == Glossary()
