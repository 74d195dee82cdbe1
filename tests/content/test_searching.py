"""The ranking of a search, rule by rule, over entries made up for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cps_training.content.glossary import SearchForm
from cps_training.content.searching import Entry, Search
from cps_training.content.segmenting import Segmenter

WORDS = ["เงินสด", "ตรวจ", "นับ", "รายงาน", "แผน", "นา", "พัฒนา", "ไหม", "การตรวจ", "การ", "ประชุม", "ปี"]
FORM = SearchForm.of([("รายงาน", ["รายงาย"])])


def search(*entries: Sequence[str]) -> Search:
    """Entries by their fields: title, other names, text, remarks. They are called 0, 1, …"""
    filled = [Entry(str(n), (*fields, *[""] * (4 - len(fields)))) for n, fields in enumerate(entries)]
    return Search(FORM, Segmenter(WORDS), ["ไหม", "การ"], filled)


def test_a_title_comes_before_other_names_before_the_text_before_remarks() -> None:
    assert search(["", "", "", "แผน"], ["", "", "แผน"], ["", "แผน"], ["แผน"]).find("แผน") == ["3", "2", "1", "0"]


def test_a_rare_word_counts_for_more_than_a_common_one() -> None:
    found = search(["", "", "แผน"], ["", "", "แผน"], ["", "", "แผน"], ["", "", "เงินสด"]).find("แผนเงินสด")
    assert found[0] == "3"


def test_who_has_more_of_the_question_comes_first_and_nobody_needs_all() -> None:
    assert search(["", "", "ตรวจ"], ["", "", "ตรวจ แล้ว เงินสด"], ["", "", "เงินสด"]).find("ตรวจเงินสดไหม") == [
        "1",
        "0",
        "2",
    ]


def test_words_that_stand_together_as_typed_come_first() -> None:
    found = search(["", "", "เงินสด นี้ ตรวจ"], ["", "", "ตรวจเงินสด"], ["", "", "ปี"]).find("ตรวจเงินสดปี")
    assert found.index("1") < found.index("0")


def test_the_whole_question_as_a_phrase_comes_first() -> None:
    """การ is passed over as a word and counts in the phrase."""
    assert search(["", "", "ให้ตรวจนับ"], ["", "", "ให้ตรวจการนับ"]).find("ตรวจการนับ") == ["1", "0"]


def test_all_of_the_question_in_the_text_comes_before_half_of_it_in_a_title() -> None:
    assert search(["แผน"], ["", "", "ตรวจ แล้วทำ แผน"], ["", "", "ตรวจ"]).find("แผนตรวจ")[0] == "1"


def test_who_has_little_of_what_the_best_has_is_not_shown() -> None:
    entries = (["", "", "แผน ตรวจ นับ เงินสด"], ["แผน"], ["แผน"], ["", "", "แผน"])
    assert search(*entries).find("แผนตรวจนับเงินสด") == ["0"]


def test_what_is_equal_keeps_its_order() -> None:
    assert search(["แผน"], ["แผน"], ["แผน"]).find("แผน") == ["0", "1", "2"]


def test_a_short_word_is_no_piece_of_another() -> None:
    assert search(["พัฒนา"], ["ทำนาปี"]).find("นา") == ["1"]


def test_a_compound_nobody_wrote_is_looked_for_by_its_words() -> None:
    assert search(["ตรวจ"], ["แผน"]).find("การตรวจ") == ["0"]


@pytest.mark.parametrize(("typed", "meant"), [("เงินสก", "0"), ("เงินสดด", "0"), ("permision", "1"), ("รายงาย", "2")])
def test_a_slip_finds_what_was_meant(typed: str, meant: str) -> None:
    assert search(["เงินสด"], ["Permission"], ["รายงาน"]).find(typed) == [meant]


@pytest.mark.parametrize("typed", ["ตรวก", "xpermission", "แผง"])
def test_what_is_too_short_or_begins_otherwise_is_not_guessed(typed: str) -> None:
    assert search(["ประชุม"], ["Permission"], ["แผน"]).find(typed) == []


@pytest.mark.parametrize(
    ("typed", "found"), [("2.3", ["0"]), ("3", ["2"]), ("2", []), ("12.3", ["1"]), ("2.3.", ["0"])]
)
def test_numbers_are_whole(typed: str, found: list[str]) -> None:
    assert search(["ข้อ 2.3 ของ"], ["ข้อ 12.3"], ["ข้อ 3"]).find(typed) == found


def test_an_english_word_is_found_by_its_beginning_but_whole_ones_come_first() -> None:
    assert search(["planning"], ["a plan"], ["explanation"]).find("plan") == ["1", "0"]


def test_little_of_what_was_asked_for_is_no_answer() -> None:
    assert search(["แผน"], ["แผน"], ["แผน"], ["เงินสด"]).find("แผน กขฃคฅฆ ซฌญฎฏฐ") == []
    assert search(["แผน"], ["แผน"], ["แผน"], ["เงินสด"]).find("แผน") == ["0", "1", "2"]


@pytest.mark.parametrize("typed", ["", " ", "ไหม", "??", "ๆ"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert search(["แผน ไหม ๆ"]).find(typed) == []
