"""Dates and numbers as people type them, checked against what pythainlp writes; slips are read and said, never guessed away."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.util import arabic_digit_to_thai_digit, thai_strftime

from cps_training.thai_dates import DateError, read_date
from cps_training.thai_text import read_number, show_date

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


@given(
    DAYS,
    st.sampled_from(["%-d %b %Y", "%-d %B %Y", "%-d  %B พ.ศ. %Y", "%-d/%-m/%Y", "%d-%m-%Y", "%-d %b%Y"]),
    st.booleans(),
)
def test_every_date_that_pythainlp_writes_is_read_back(day, form, has_thai_digits):
    written = thai_strftime(datetime(day.year, day.month, day.day), form)  # noqa: DTZ001
    read = read_date(arabic_digit_to_thai_digit(written) if has_thai_digits else written)
    assert (read.day, read.is_buddhist, read.slip) == (day, True, "")


@given(DAYS, st.sampled_from(["th", "en"]))
def test_dates_the_kit_shows_are_read_back(day, locale):
    assert read_date(show_date(day, locale)).day == day


@given(DAYS)
def test_iso_dates_are_christian_and_no_slip(day):
    assert read_date(day.isoformat()) == read_date(f"{day.isoformat()} 00:00:00")
    assert (read_date(day.isoformat()).day, read_date(day.isoformat()).slip) == (day, "")


@pytest.mark.parametrize(
    ("written", "day", "slip"),
    [
        ("2566-10-01", date(2023, 10, 1), "buddhist-as-iso"),
        ("๒๕๖๖-๑๐-๐๑", date(2023, 10, 1), "buddhist-as-iso"),
        ("1/10/2566", date(2023, 10, 1), ""),
        ("1480-10-01", date(2023, 10, 1), "subtracted-twice"),
        ("1/10/1480", date(2023, 10, 1), "subtracted-twice"),
        ("1 ต.ค. 1480", date(2023, 10, 1), "subtracted-twice"),
        ("29/2/2563", date(2020, 2, 29), ""),
        ("วันจันทร์ที่ 10 กรกฎาคม พ.ศ. ๒๕๖๖", date(2023, 7, 10), ""),
        ("10 July 2023", date(2023, 7, 10), ""),
        ("10\u00a0ก.ค.\u00a02566", date(2023, 7, 10), ""),
        ("10 กค 2566", date(2023, 7, 10), ""),
    ],
)
def test_slips_of_spreadsheets_are_read_and_named(written, day, slip):
    assert (read_date(written).day, read_date(written).slip) == (day, slip)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1/10/66", "two-digit-year"),
        ("1 ต.ค. 66", "two-digit-year"),
        ("31/2/2566", "no-such-day"),
        ("29/2/2566", "no-such-day"),
        ("10/13/2566", "no-such-day"),
        ("45108", "serial-number"),
        ("1 ต.ค. พ.ศ. 2023", "wrong-era"),
        ("1 ต.ค. ค.ศ. 2566", "wrong-era"),
        ("1 ต.ค. 566", "unreadable"),
        ("1/10/0566", "unreadable"),
        ("เมื่อวาน", "unreadable"),
        ("2023-10", "unreadable"),
        ("", "unreadable"),
        ("1" * 5000, "unreadable"),
    ],
)
def test_what_cannot_be_one_day_is_refused_by_name(written, code):
    with pytest.raises(DateError) as refused:
        read_date(written)
    assert refused.value.code == code


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text):
    with suppress(DateError):
        assert 1600 <= read_date(text).day.year <= 9999 - 543


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_numbers_with_commas_and_thai_digits_are_read(number):
    assert read_number(arabic_digit_to_thai_digit(f" {number:,} ")) == number
    assert read_number(str(number)) == number


@pytest.mark.parametrize("text", ["", "1,2", "1,0000", "๑๒๐ นาที", "1e5", "nan", "--1", "1.2.3", "½"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="is no number"):
        read_number(text)


def test_decimals_stay_decimals():
    assert read_number("๑,๒๕๐.๕") == 1250.5
    assert isinstance(read_number("120"), int)
