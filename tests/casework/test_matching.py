"""Own words beside the catalogue: what officers write is recognised, the reasons are shown, and what means nothing is left alone."""

from __future__ import annotations

import pytest

from cps_training.casework.matching import MOST_SUGGESTED, Matcher, suggest
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.segmenting import shipped_segmenter
from cps_training.places import shipped
from tests.casework.sentences import OF_SOMETHING_ELSE, SENTENCES
from tests.casework.small_case import shipped_catalogue

SEGMENT = shipped_segmenter(shipped())
MATCHER = Matcher(shipped_catalogue(), SEGMENT)


def test_most_sentences_of_officers_find_their_kind_first():
    wrong = [text for text, kind in SENTENCES if [one.kind for one in MATCHER.suggest(text)][:1] != [kind]]
    assert len(SENTENCES) >= 50
    assert len(wrong) <= 0.15 * len(SENTENCES), wrong


def test_every_theme_is_tried():
    themes = {kind.id: kind.theme for kind in shipped_catalogue().findings}
    assert {themes[kind] for _, kind in SENTENCES} == set(themes.values())


@pytest.mark.parametrize("text", OF_SOMETHING_ELSE)
def test_what_means_none_of_them_suggests_nothing(text):
    assert MATCHER.suggest(text) == ()


def test_the_shared_words_are_shown_as_they_were_typed():
    [match] = MATCHER.suggest("ไม่มีการตรวจนับเงินสดมา 14 เดือน")
    assert (match.kind, match.words) == ("no-cash-counts", ("ตรวจนับเงินสด",))
    [match] = MATCHER.suggest("The cashier also keeps the books")
    assert (match.kind, match.words) == ("one-person-control", ("cashier", "keeps", "books"))
    [match] = MATCHER.suggest("A new contract hid an old arrear")
    assert (match.kind, match.words) == ("same-day-renewal", ("new", "contract", "old", "arrear"))
    best = MATCHER.suggest("ผู้ก่อตั้งยังไม่ผ่านการอบรม")[0]
    assert (best.kind, best.words) == ("training-not-held", ("การอบรม",))


def test_at_most_three_the_best_first_with_shares():
    for text, _ in SENTENCES:
        shares = [one.share for one in MATCHER.suggest(text)]
        assert len(shares) <= MOST_SUGGESTED
        assert shares == sorted(shares, reverse=True)
        assert all(0 < share <= 1 for share in shares)


def test_a_title_typed_whole_is_the_whole_share():
    match = MATCHER.suggest("คุณภาพสินค้าและฉลากยังไม่ผ่าน")[0]
    assert (match.kind, match.share) == ("weak-product-quality", pytest.approx(1))


def made(*findings: tuple[str, str, tuple[str, ...]]) -> Catalogue:
    choice = ({"id": "x", "title": {"th": "x"}},)
    kinds = [{"id": name, "theme": "x", "title": {"th": title}, "words": words} for name, title, words in findings]
    return Catalogue(themes=choice, findings=kinds, causes=choice, partners=choice, steps=choice)


def test_a_name_that_stands_whole_in_the_text_outweighs_parts_of_names():
    catalogue = made(("parts", "ปุ๋ย ชาวนา คลัง", ()), ("whole", "กำไร ขาดทุน", ("ปุ๋ย คลัง",)))
    assert [one.kind for one in suggest("ปุ๋ยในคลัง", catalogue, str.split)] == []  # str.split cuts no Thai
    assert [one.kind for one in suggest("ปุ๋ย ใน คลัง", catalogue, str.split)] == ["whole", "parts"]


def test_equal_kinds_keep_the_order_of_the_catalogue():
    names = ("third", "first", "second", "fourth")
    catalogue = made(*((name, "เงินสด", ()) for name in names))
    assert [one.kind for one in suggest("เงินสด", catalogue, str.split)] == ["third", "first", "second"]


def test_rare_words_weigh_more_than_common_ones():
    catalogue = made(("a", "หนี้ ปุ๋ย ไร่", ()), ("b", "หนี้ นา ข้าว", ()), ("c", "หนี้ วัว ควาย", ()))
    [match, *_] = suggest("หนี้ วัว", catalogue, str.split)
    assert match.kind == "c"
    # rarity = ln(1 + (3 − n + ½) ÷ (n + ½)): วัว of one kind 0.981, หนี้ of all three 0.134; no name stands whole
    assert match.share == pytest.approx(0.5)
    assert suggest("หนี้ วัว ช้าง", catalogue, str.split)[0].share == pytest.approx(
        (0.1335 + 0.9808) / (2 * (0.1335 + 0.9808 + 2.0794)), abs=1e-3
    )
