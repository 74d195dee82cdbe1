"""Thai text in words: nothing is lost, known words are seen, and on the handbook it comes near to PyThaiNLP's newmm."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.tokenize import word_tokenize

from cps_training import places
from cps_training.content.handbook import read_handbook
from cps_training.content.segmenting import FILE, Segmenter, shipped_segmenter
from cps_training.thai_text import normalise

LEAST_LIKE_NEWMM = 0.96
"""F1 over the places where a word may begin; measured 0.97, and no 1: of two ways with as many words each takes another."""

SHIPPED = shipped_segmenter(places.shipped())


@given(st.text(alphabet="กขคงจชนบปมยรลวสหอะาำิีึืุูเแโใไ่้๊๋์็ั ฯๆ1๑aZ.-\n", max_size=80))
def test_joining_the_words_gives_the_text_back(text: str) -> None:
    assert "".join(SHIPPED(text)) == text


@given(st.text(max_size=60))
def test_whatever_is_typed(text: str) -> None:
    assert "".join(SHIPPED(text)) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ขออนุญาตก่อนลงพื้นที่", ["ขออนุญาต", "ก่อน", "ลงพื้นที่"]),
        ("ตรวจนับเงินสดบ่อยแค่ไหน", ["ตรวจ", "นับ", "เงินสด", "บ่อย", "แค่ไหน"]),
        ("ข้อ 2.3 ของ CPS", ["ข้อ", " ", "2.3", " ", "ของ", " ", "CPS"]),
        ("top-down", ["top", "-", "down"]),
    ],
)
def test_words_are_seen(text: str, words: list[str]) -> None:
    segment = Segmenter(
        [
            "ขออนุญาต",
            "อนุญาต",
            "ขอ",
            "ก่อน",
            "ลง",
            "ลงพื้นที่",
            "พื้นที่",
            "ตรวจ",
            "นับ",
            "เงิน",
            "เงินสด",
            "สด",
            "บ่อย",
            "แค่",
            "แค่ไหน",
            "ไหน",
            "ข้อ",
            "ของ",
        ]
    )
    assert segment(text) == words


def test_what_is_no_word_stays_together_and_spoils_no_neighbour() -> None:
    segment = Segmenter(["สหกรณ์", "ของ"])
    assert segment("สหกรณ์ฆฌญของสหกรณ์") == ["สหกรณ์", "ฆฌญ", "ของ", "สหกรณ์"]


def test_no_cut_falls_inside_a_syllable() -> None:
    """นา is a word, and นาที must not be cut before its vowel; nor เก before ็."""
    assert Segmenter(["ที", "ที่"])("ที่") == ["ที่"]
    assert Segmenter(["กา", "กาน", "เก"])("เก็บ") == ["เก็บ"]
    assert Segmenter(["กน"])("เกน") == ["เกน"]


def test_a_word_is_made_of_words_or_of_none() -> None:
    segment = Segmenter(["การประเมินผล", "การ", "ประเมิน", "ผล"])
    assert segment.inside("การประเมินผล") == ["การ", "ประเมิน", "ผล"]
    assert segment.inside("ประเมิน") == ["ประเมิน"]


def texts() -> Iterable[str]:
    book = read_handbook(places.shipped()).handbook
    assert book is not None
    for clause in book.clauses:
        yield from (normalise(text) for text in (clause.title.th, clause.summary, *clause.notes))


def cuts(words: Iterable[str], text: str) -> set[int]:
    """Where words end between two Thai letters."""
    found, at = set(), 0
    for word in words:
        at += len(word)
        if 0 < at < len(text) and "ก" <= text[at - 1] <= "\u0e4e" and "ก" <= text[at] <= "\u0e4e":
            found.add(at)
    return found


def test_on_the_handbook_it_cuts_as_newmm_does_but_for_ties() -> None:
    both = ours_only = theirs_only = 0
    for text in texts():
        ours, theirs = cuts(SHIPPED(text), text), cuts(word_tokenize(text, engine="newmm"), text)
        both, ours_only, theirs_only = (
            both + len(ours & theirs),
            ours_only + len(ours - theirs),
            theirs_only + len(theirs - ours),
        )
    assert 2 * both / (2 * both + ours_only + theirs_only) >= LEAST_LIKE_NEWMM


def test_the_list_is_words_in_order_each_once() -> None:
    lines = (places.shipped() / FILE).read_text("utf-8").splitlines()[1:]
    assert lines == sorted(set(lines))
    assert all(len(word) > 1 and word in SHIPPED for word in lines)
    assert {"ขออนุญาต", "เงินสด", "แค่ไหน"} <= set(lines)


def test_without_the_list_there_are_only_runs(tmp_path) -> None:
    assert shipped_segmenter(tmp_path)("ขอ 2.3") == ["ขอ", " ", "2.3"]
