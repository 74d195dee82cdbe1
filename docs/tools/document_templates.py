"""The Word templates of a plan's documents, in the layout of Thai government letters, into data/planning/templates.

    uv run docs/tools/document_templates.py

Margins left 3 cm and right 2 cm, TH SarabunPSK 16 pt, heading 29 pt, a place of 1.5 cm for the Garuda: the regulation on
correspondence of the Prime Minister's Office 2526 with its amendments. A test builds them again and compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

from document_forms import action_plan, month, record, week
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml.ns import qn
from word_pages import INDENT, LABEL, TITLE, Page, add, between, labelled, listed, row, run, shape, tag_row, write

TARGET = Path(__file__).resolve().parents[2] / "data" / "planning" / "templates"


def letter_head(page: Page, date: str, subject: str) -> None:
    """Heading, office, number and day, subject, whom it goes to. The Garuda's place is the left cell, 1.5 cm high."""
    widths = [2.6, 10.8, 2.6]
    cells = row(page.table(widths, has_lines=False), widths, height=1.6)
    write(cells[1].paragraphs[0], "บันทึกข้อความ", size=TITLE, bold=True, align="center")
    cells[1].vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
    dotted(page, [("ส่วนราชการ", "{{ office }}", page.width)])
    dotted(page, [("ที่", "{{ number }}", 8.0), ("วันที่", date, page.width)])
    dotted(page, [("เรื่อง", subject, page.width)])
    page.write("**เรียน**  {{ approver }}", before=6)


def dotted(page: Page, parts: list[tuple[str, str, float]]) -> None:
    """Labels, each with its text on a dotted line up to a place in centimetres."""
    tabs = tuple(("left", place, "none") for _, _, place in parts)
    paragraph = page.write("", tabs=tabs)
    for label, text, _ in parts:
        run(paragraph, label, size=LABEL, bold=True)
        run(paragraph, f"  {text}\t", underline="dotted")


def numbered(page: Page) -> None:
    """`- 2 -` above the second page and those after it."""
    section = page.document.sections[0]
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = write(section.header.paragraphs[0], "– ", align="center")
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("end", "")):
        made = run(paragraph, "")
        if kind:
            add(made._r, "w:fldChar", fldCharType=kind)
        else:
            add(made._r, "w:instrText").text = words
    run(paragraph, " –")


def closing(page: Page, choices: list[str]) -> None:
    """The last sentence, signature and the approver's box: one row, so that no page parts them."""
    widths = [page.width]
    cell = row(page.table(widths, has_lines=False), widths)[0]
    first = cell.paragraphs[0]
    write(first, "{{ ask }}", align="thaiDistribute", indent=INDENT, before=6)
    for text, before in (
        ("(ลงชื่อ) ........................................................", 18),
        ("({{ officer or '........................................................' }})", 0),
        ("{{ position or 'ตำแหน่ง ..................................................' }}", 0),
    ):
        write(cell.add_paragraph(), text, align="center", left=7, before=before)
    write(cell.add_paragraph(), "", size=8)
    widths = [9.0, page.width - 9.0]
    inner = cell.add_table(rows=0, cols=2)
    shape(inner, widths, has_lines=True)
    inner._tbl.tblPr.find(qn("w:tblBorders")).find(qn("w:insideV")).set(qn("w:val"), "nil")
    left, right = row(inner, widths)
    write(left.paragraphs[0], "ความเห็นหรือคำสั่งของ{{ approver }}", bold=True, before=2)
    for choice in choices:
        write(left.add_paragraph(), f"(     )  {choice}")
    write(right.paragraphs[0], "(ลงชื่อ) ..................................................", align="center", before=24)
    for text in (
        "(..................................................)",
        "{{ approver }}",
        "วันที่ ........ / .................... / ............",
    ):
        write(right.add_paragraph(), text, align="center")
    write(right.add_paragraph(), "", size=4)
    last = cell.paragraphs[-1]  # Word wants a paragraph after a table in a cell
    write(last, "", size=2)


def memo() -> Page:
    """Asking to go out, each organisation an entry (CPS 2.3)."""
    page = Page()
    letter_head(page, "{{ date }}", "{{ subject }}")
    page.write("{{ reason }}", align="thaiDistribute", indent=INDENT, before=6)
    page.write("{{ request }}", align="thaiDistribute", indent=INDENT, before=6)
    widths = [page.width]
    table = page.table(widths, has_lines=False)
    tag_row(table, widths, "for entry in entries")
    cell = row(table, widths)[0]
    tabs = (("left", 0.9, "none"),)
    write(
        cell.paragraphs[0], "**{{ entry.number }}.**\t**{{ entry.org }}**", left=0.9, hanging=0.9, before=4, tabs=tabs
    )
    for label, text in (
        ("วันและเวลา", "{{ entry.when or 'ยังไม่กำหนด' }}"),
        ("วิธีปฏิบัติงาน", "{{ entry.method or 'ยังไม่กำหนด' }}"),
        ("เหตุที่ไปในวันหยุด", "{{ entry.holiday_reason }}"),
        ("ประเด็น", "{{ entry.issues | join('; ') }}"),
        ("วัตถุประสงค์", "{{ entry.objective or 'ยังไม่กำหนด' }}"),
        ("เนื้อหาและเอกสาร", "{{ (entry.contents + entry.documents) | join(', ') }}"),
        ("ผลการพิจารณา", "{{ entry.decision }}"),
    ):
        is_always = " or " in text
        if not is_always:
            write(cell.add_paragraph(), f"{{%p if {text.strip('{} ').partition(' | ')[0]} %}}", size=8)
        write(cell.add_paragraph(), f"**{label}**  {text}", left=0.9, align="thaiDistribute")
        if not is_always:
            write(cell.add_paragraph(), "{%p endif %}", size=8)
    tag_row(table, widths, "endfor")
    numbered(page)
    closing(
        page,
        ["อนุญาตทุกรายการ", "อนุญาตเฉพาะรายการที่ ...............................", "ไม่อนุญาต เพราะ ......................................."],
    )  # fmt: skip
    return page


def report() -> Page:
    """Telling what came of a visit and asking for approval (CPS 3.2), a letter for each."""
    page = Page()
    page.tag("for report in reports")
    letter_head(page, "{{ report.date }}", "{{ report.subject }}")
    page.write("{{ report.reason }}", align="thaiDistribute", indent=INDENT, before=6)
    page.write("{{ report.went }}", align="thaiDistribute", indent=INDENT, before=6)
    labelled(page, "เหตุที่ต่างจากแผน", "report.change")
    page.tag("for part in report.parts")
    page.tag("if report.parts | length > 1")
    page.write("**{{ part.org }}**", before=6, keep=True)
    page.tag("endif")
    _told(page, "part")
    page.tag("endfor")
    labelled(page, "สรุปผล", "report.summary")
    labelled(page, "ผลเทียบเป้าหมายและตัวชี้วัด", "report.result")
    labelled(page, "งานขั้นต่อไป", "report.next_step")
    labelled(page, "เข้าแนะนำครั้งต่อไป", "report.next_visit")
    labelled(page, "แก้ไขตามความเห็นเดิม", "report.answer")
    closing(page, ["อนุมัติ", "ส่งคืนให้แก้ไข เพราะ ..................................."])
    between(page, "not loop.last")
    page.tag("endfor")
    return page


def _told(page: Page, name: str) -> None:
    """What a record holds: facts and advice apart, what was agreed, what is still open."""
    listed(page, "ข้อเท็จจริงที่พบ", f"{name}.facts")
    listed(page, "คำแนะนำที่ให้", f"{name}.advice")
    page.tag(f"if {name}.actions")
    page.write("**ข้อตกลง**", left=0.75, keep=True)
    page.tag(f"for one in {name}.actions")
    page.write(
        "– {{ one.what }}{% if one.who %} ผู้ทำ {{ one.who }}{% endif %}{% if one.by %} ภายใน {{ one.by }}{% endif %}",
        left=1.25,
        hanging=0.4,
        align="thaiDistribute",
    )
    page.tag("endfor")
    page.tag("endif")
    page.tag(f"if {name}.questions")
    page.write("**ข้อถาม**", left=0.75, keep=True)
    page.tag(f"for one in {name}.questions")
    page.write(
        "– {{ one.text }}{% if one.is_answered %} (ตอบแล้ว){% else %}{% if one.source %} ค้นจาก {{ one.source }}{% endif %}"
        "{% if one.due %} ตอบภายใน {{ one.due }}{% endif %}{% if one.replied_on %} แจ้งกลับเมื่อ {{ one.replied_on }}{% endif %}{% endif %}",
        left=1.25, hanging=0.4, align="thaiDistribute",
    )  # fmt: skip
    page.tag("endfor")
    page.tag("endif")
    listed(page, "ประเด็นที่ยังไม่เสร็จ", f"{name}.unresolved")


BUILT = {"memo": memo, "action-plan": action_plan, "month": month, "week": week, "record": record, "report": report}


def built() -> dict[str, bytes]:
    """File name → the template."""
    return {f"{name}.docx": make().bytes() for name, make in BUILT.items()}


def main() -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, body in built().items():
        (TARGET / name).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
