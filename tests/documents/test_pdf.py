"""PDF files: pages, letters, and lines of Thai that end between words."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from cps_training import documents
from cps_training.content.segmenting import shipped_segmenter
from cps_training.documents.breaking import LONGEST, marked
from cps_training.places import shipped

LONG = (
    "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดรายเดือนและผู้ลงนามสองคนพร้อมทบทวนหลักเกณฑ์การอนุมัติเงินกู้ของสมาชิกผู้มีหนี้ค้างชำระ"
    "โดยนำข้อสังเกตของผู้สอบบัญชีและข้อเสนอของสมาชิกมาพิจารณาร่วมกันแล้วรายงานผลต่อสหกรณ์จังหวัดทุกเดือน"
)


@pytest.mark.parametrize("what", documents.TEMPLATES)
def test_a_document_holds_what_its_word_file_holds(plan, lines, what):
    body = documents.make(f"{what}.pdf", plan, settings={"has_thai_digits": True}).body
    said = "".join(lines(body)).replace(" ", "")
    assert "สหกรณ์การเกษตรทุ่งสาธิตจำกัด" in said or what in ("month", "week", "action-plan")
    assert "๒๕๖๖" in said
    assert not [letter for letter in said if letter in "0123456789"]


def test_no_line_ends_inside_a_word(plan, lines):
    words = shipped_segmenter(shipped())(LONG)
    for first in range(0, 10, 3):  # each beginning breaks the lines at other words
        text = "".join(words[first:])
        ends = {0}
        for word in words[first:]:
            ends.add(max(ends) + len(word))
        plan["visits"][0]["objective"] = text
        said = lines(documents.make("memo.pdf", plan, visits=["V1"]).body)
        breaks = [0]
        for line in (line.replace("วัตถุประสงค์", "").strip() for line in said):
            if line and text.startswith(line, breaks[-1]):
                breaks.append(breaks[-1] + len(line))
        assert breaks[-1] == len(text), f"the text was not found whole: {said}"
        assert len(breaks) >= 3
        assert set(breaks) <= ends


def test_a_word_longer_than_a_column_is_broken_and_not_written_over_the_next(plan):
    address = "https://example.test/" + "a" * 300
    plan["visits"][2]["objective"] = address
    text = pypdfium2.PdfDocument(documents.make("week.pdf", plan).body)[0].get_textpage()
    rights = [text.get_charbox(n)[2] for n in range(text.count_chars()) if text.get_text_range(n, 1) == "a"]
    assert len(rights) > 300
    assert max(rights) < 640, "the column ends there"


def test_a_day_of_many_visits_grows_and_never_runs_into_the_next_week(plan):
    plan["month"] = None
    for visit in plan["visits"]:
        visit["planned_date"] = "2023-07-11"
    plan["visits"] += [{**plan["visits"][0], "id": "W1"}]
    text = pypdfium2.PdfDocument(documents.make("month.pdf", plan).body)[0].get_textpage()
    said = text.get_text_range()
    places = [n for n in range(len(said)) if said.startswith("ร่วมประชุมคณะกรรมการ", n)]
    assert len(places) == 2
    lowest = min(text.get_charbox(n)[1] for n in places)
    next_week = re.search(r"\b18\b", said)
    assert next_week
    assert text.get_charbox(next_week.start())[3] < lowest


def test_marks_are_put_between_thai_words_only_and_give_the_text_back():
    words = shipped_segmenter(shipped())
    for text in (LONG, "วันที่ 10 ก.ค. 2566 เวลา 09.30 น. (V12) ปัญหาต่าง\u00a0ๆ", "ก" * 90, "กำ" * 40):
        made = marked(text, words)
        assert made.replace("\u200b", "") == text
        assert all(not (part and part[0] in "ะาำิีึืุูเ็่้๊๋์ๆ" and part[0] != "เ") for part in made.split("\u200b"))
        assert max(len(part) for run in made.split(" ") for part in run.split("\u200b")) <= LONGEST + 3
    assert "ก.ค." in marked("10 ก.ค. 2566", words)


def test_texts_of_people_are_not_run_by_the_typesetter(plan, lines):
    plan["visits"][0]["objective"] = '#import "x" #sys.inputs *bold* $x$ @ref <label> \\ // `raw`'
    said = " ".join(lines(documents.make("memo.pdf", plan, visits=["V1"]).body))
    assert '#import "x" #sys.inputs *bold* $x$ @ref <label> \\ // `raw`' in said


def test_a_memo_of_two_visits_is_one_page(plan, pages):
    plan["visits"] = plan["visits"][:1] + plan["visits"][3:]
    plan["month"] = plan["week"] = None
    for visit in plan["visits"]:
        visit |= {"decision": None, "decided_on": None, "content_refs": []}
    assert len(pages(documents.make("memo.pdf", plan).body)) == 1


def test_the_end_of_a_memo_stands_on_one_page_however_long_the_rest_is(plan, pages):
    counts = set()
    for n in range(0, 24, 4):
        plan["visits"][0]["doc_refs"] = [f"เอกสารฉบับที่ {place} ของคณะกรรมการ" for place in range(n)]
        found = pages(documents.make("memo.pdf", plan, visits=["V1", "V4"]).body)
        counts.add(len(found))
        for part in ("จึงเรียนมาเพื่อ", "(เจ้าหน้าที่ส่งเสริม ก)", "ความเห็นหรือคำสั่ง", "วันที่ / /"):
            assert [part in page for page in found] == [*[False] * (len(found) - 1), True], part
        assert "– 2 –" in found[1] if len(found) == 2 else len(found) == 1
    assert counts == {1, 2}


def test_an_entry_longer_than_a_page_goes_on_over_the_next(plan, pages):
    plan["visits"][0] |= {"objective": "ก " * 900 + "ตอนจบ", "doc_refs": [f"{n} " + "ข " * 95 for n in range(30)]}
    found = pages(documents.make("memo.pdf", plan, visits=["V1"]).body)
    assert "ตอนจบ" in "".join(found)
    assert all(f"{n} ข ข" in " ".join("".join(found).split()) for n in range(30))


def test_two_reports_are_two_letters(plan, pages):
    found = pages(documents.make("report.pdf", plan).body)
    assert sum("บันทึกข้อความ" in text.split("\n")[0] for text in found) == 2


def test_the_letters_are_sarabun_and_inside_the_file(plan):
    body = documents.make("memo.pdf", plan).body
    assert b"Sarabun" in body
    assert body.count(b"FontFile2") >= 2
