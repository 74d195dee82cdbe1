"""Texts of people that are commands somewhere else: they stay texts, in every kind of file."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from cps_training import documents

NASTY = (
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{{r x }}",
    "<w:p/>&amp;]]>",
    '#eval("1") $x$ @a <b> \\',
    '=HYPERLINK("http://x")',
)


@pytest.mark.parametrize("text", NASTY)
def test_a_text_stays_as_written_in_word_and_workbook(plan, texts, text):
    plan["visits"][0]["objective"] = plan["orgs"][0]["name"] = plan["title"] = text
    assert text in texts(documents.make("memo.docx", plan).body)
    book = load_workbook(io.BytesIO(documents.make("plan.xlsx", plan).body))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_no_line_of_a_letter_is_read_from_the_other_side(plan, texts):
    plan["visits"][0]["objective"] = "อนุญาต \u202e000,01\u202c บาท \u2066x\u2069"
    assert "อนุญาต 000,01 บาท x" in texts(documents.make("memo.docx", plan).body)
    assert "\u202e".encode() not in documents.make("visits.ics", plan).body


def test_names_of_files_hold_nothing_of_the_texts(plan):
    plan["title"] = "../../etc/passwd\r\nSet-Cookie: a=b"
    for one in documents.offered(plan):
        if one["id"].endswith((".ics", ".xlsx")):
            assert documents.make(one["id"], plan).filename == f"{plan['plan']}-{one['id']}"


def test_a_calendar_of_the_longest_texts_has_short_lines_and_no_lines_of_its_own(plan):
    plan["visits"][0]["objective"] = "ก็" * 990 + "\r\nEND:VCALENDAR\u2028BEGIN:VEVENT\x85X:1"
    body = documents.make("visits.ics", plan).body
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert sum(line == b"BEGIN:VEVENT" for line in lines) == 4
    assert sum(line == b"END:VCALENDAR" for line in lines) == 1
    for line in lines:
        line.decode()  # no letter is cut in two by folding
