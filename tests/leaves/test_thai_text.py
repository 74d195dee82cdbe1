"""Thai dates, digits and comparison forms, checked against pythainlp, an implementation that is not ours."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import arabic_digit_to_thai_digit, thai_digit_to_arabic_digit, thai_strftime

from cps_training import thai_text


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_dates_read_as_pythainlp_writes_them(day):
    expected = thai_strftime(datetime(day.year, day.month, day.day), "%-d %b %Y")  # noqa: DTZ001
    assert thai_text.show_date(day) == expected


@given(st.text(alphabet="๐๑๒๓๔๕๖๗๘๙0123456789 กข.,"))
def test_digits_go_both_ways_as_pythainlp_turns_them(text):
    assert thai_text.arabic_digits(text) == thai_digit_to_arabic_digit(text)
    assert thai_text.thai_digits(text) == arabic_digit_to_thai_digit(text)


def test_english_dates_name_the_buddhist_year_too():
    assert thai_text.show_date(date(2023, 7, 10), "en") == "10 Jul 2023 (B.E. 2566)"


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("ก\u0e4d\u0e32หนด", "กำหนด"),  # sara am taken apart by a PDF
        ("เเผน", "แผน"),
        ("แผน\u200bงาน", "แผนงาน"),
        ("  ข้อ   ๒.๓ ", "ข้อ 2.3"),
        ("CPS", "cps"),
    ],
)
def test_forms_that_look_the_same_compare_the_same(written, same):
    assert thai_text.normalise(written) == same


def test_sara_am_is_never_taken_apart():
    assert "\u0e33" in thai_text.normalise("ทำ")


@pytest.mark.parametrize(
    ("day", "year"), [(date(2022, 9, 30), 2565), (date(2022, 10, 1), 2566), (date(2023, 9, 30), 2566)]
)
def test_the_fiscal_year_begins_in_october(day, year):
    assert thai_text.fiscal_year(day) == year


@pytest.mark.parametrize(
    ("word", "expected"), [("cps.2.33", "cps.2.3"), ("cps.1.2.4", "cps.1.2.3"), ("practice.20", None), ("", None)]
)
def test_the_nearest_known_word_is_named_only_when_it_is_near(word, expected):
    assert thai_text.nearest(word, ("cps.2.3", "cps.1.2.3", "km.4")) == expected
