"""Word files: what a memo must hold, Thai in every run, digits and years as set, texts that stay texts."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from cps_training import documents
from cps_training.documents.saying import LONG_MONTHS, Saying
from cps_training.documents.settings import Settings
from cps_training.errors import KitError
from cps_training.thai_dates import read_date

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NASTY = '=HYPERLINK("http://x") {{ office }} {% for x in y %} #import "x" <w:br/> & </w:t> \x07 \u200b$ \\ @a'
KEPT = '=HYPERLINK("http://x") {{ office }} {% for x in y %} #import "x" <w:br/> & </w:t> \u200b$ \\ @a'


def word(plan, what, **settings):
    visits = settings.pop("visits", None)
    return documents.make(f"{what}.docx", plan, settings=settings, visits=visits).body


def test_each_visit_to_each_organisation_is_an_entry_of_its_own(plan, texts):
    plan["visits"][0]["orgs"] = ["thung-sathit", "ban-chamlong"]
    plan["visits"][0]["issues"] = ["I1", "I2"]
    said = texts(word(plan, "memo"))
    entries = re.split(r"^(?=\d+\.สหกรณ์)", said, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries] == [
        "1.สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
        "2.สหกรณ์เครดิตยูเนี่ยนบ้านจำลองสามัคคี จำกัด",
        "3.สหกรณ์เครดิตยูเนี่ยนบ้านจำลองสามัคคี จำกัด",
        "4.สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
        "5.สหกรณ์การเกษตรทุ่งสาธิต จำกัด",
    ]
    assert "ลูกหนี้เงินกู้ค้างชำระ 96 ราย" in entries[0]
    assert "ตรวจนับเงินสดคงเหลือ" not in entries[0]
    assert "ตรวจนับเงินสดคงเหลือ" in entries[1]
    for part in ("วันและเวลา", "วิธีปฏิบัติงาน", "ประเด็น", "วัตถุประสงค์", "เนื้อหาและเอกสาร"):
        assert all(part in entry for entry in entries), part


def test_a_memo_has_the_parts_of_a_government_memo_in_their_order(plan, texts):
    said = texts(word(plan, "memo", office="สำนักงานสหกรณ์จังหวัดสมมติ", number="สม 0010/7", visits=["V1"]))
    parts = ["บันทึกข้อความ", "ส่วนราชการ  สำนักงานสหกรณ์จังหวัดสมมติ", "ที่  สม 0010/7", "เรื่อง  ขออนุญาตไปปฏิบัติงาน", "เรียน  สหกรณ์จังหวัด"]  # fmt: skip
    parts += ["ด้วยข้าพเจ้า", "ในการนี้ ขออนุญาต", "จึงเรียนมาเพื่อโปรดพิจารณาอนุญาต", "(ลงชื่อ)", "(เจ้าหน้าที่ส่งเสริม ก)", "ความเห็นหรือคำสั่งของสหกรณ์จังหวัด", "อนุญาตทุกรายการ", "ไม่อนุญาต"]  # fmt: skip
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert "วันที่  6\u00a0กรกฎาคม\u00a02566" in said


def test_years_and_digits_are_as_set(plan, texts):
    assert "วันอังคารที่\u00a011\u00a0กรกฎาคม\u00a02566 เวลา\u00a009.30\u00a0–\u00a012.00\u00a0น." in texts(
        word(plan, "memo")
    )
    assert "11\u00a0กรกฎาคม\u00a02023" in texts(word(plan, "memo", has_buddhist_years=False))
    plan["visits"][0]["objective"] = "ตามแบบ V12 ปี 2566"
    thai = texts(word(plan, "memo", has_thai_digits=True))
    assert "วันอังคารที่\u00a0๑๑\u00a0กรกฎาคม\u00a0๒๕๖๖ เวลา\u00a0๐๙.๓๐\u00a0–\u00a0๑๒.๐๐\u00a0น." in thai
    assert "ตามแบบ V12 ปี ๒๕๖๖" in thai
    assert not re.search(r"[0-9]", thai.replace("V12", ""))


@pytest.mark.parametrize("month", range(1, 13))
def test_the_months_are_those_the_kit_reads(month):
    say = Saying(Settings())
    assert read_date(say.long_day(f"2023-{month:02}-05").replace("\u00a0", " ")).day.month == month
    assert LONG_MONTHS[month - 1] in say.long_day(f"2023-{month:02}-05")


@pytest.mark.parametrize("what", documents.TEMPLATES)
def test_every_run_names_font_size_and_language_for_thai(plan, what):
    from docx import Document

    document = Document(io.BytesIO(word(plan, what)))
    runs = [one for one in document.element.iter(f"{W}r") if any(part.text for part in one.iter(f"{W}t"))]
    assert len(runs) > 10
    for one in runs:
        held = one.find(f"{W}rPr")
        text = "".join(part.text or "" for part in one.iter(f"{W}t"))
        fonts = held.find(f"{W}rFonts")
        assert {fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {"TH SarabunPSK"}, text
        assert held.find(f"{W}szCs").get(f"{W}val") == held.find(f"{W}sz").get(f"{W}val"), text
        assert (held.find(f"{W}bCs") is None) == (held.find(f"{W}b") is None), text
        assert held.find(f"{W}lang").get(f"{W}bidi") == "th-TH", text
    assert not [part for part in document.element.iter(f"{W}t") if "{{" in (part.text or "")]


def test_body_text_is_justified_as_thai_is_and_the_boxes_stay_whole(plan):
    from docx import Document

    document = Document(io.BytesIO(word(plan, "memo")))
    body = [one for one in document.element.iter(f"{W}p") if "ด้วยข้าพเจ้า" in "".join(one.itertext())]
    assert [one.find(f"{W}pPr").find(f"{W}jc").get(f"{W}val") for one in body] == ["thaiDistribute"]
    asked, signed, decided = (
        {row for row in document.element.iter(f"{W}tr") if text in "".join(row.itertext())}
        for text in ("จึงเรียนมาเพื่อ", "(เจ้าหน้าที่ส่งเสริม ก)", "ความเห็นหรือคำสั่ง")
    )
    together = asked & signed & decided
    assert len(together) == 1, "the last sentence, the signature and the decision stand in one row"
    assert all(row.find(f"{W}trPr").find(f"{W}cantSplit") is not None for row in document.element.iter(f"{W}tr"))


def test_texts_of_people_stay_texts_in_every_letter_and_form(plan, texts):
    plan["title"] = plan["officer"] = plan["orgs"][0]["name"] = NASTY
    for issue in plan["issues"]:
        issue["text"] = NASTY
    for visit in plan["visits"]:
        visit["objective"] = NASTY
    for record in plan["records"]:
        record["facts"] = [NASTY]
    for what in documents.TEMPLATES:
        said = texts(word(plan, what, office="OFFICE"))
        assert KEPT in said, what
        assert "\x07" not in said


def test_a_report_tells_of_its_permission_what_was_found_agreed_and_left_open(plan, texts):
    plan["visits"][0] |= {"changed_reason": "ฝนตกหนัก ถนนขาด", "informed_on": "2023-07-11"}
    said = texts(word(plan, "report", visits=["V1"]))
    for part in (
        "ตามบันทึกข้อความ ลงวันที่\u00a06\u00a0กรกฎาคม\u00a02566",
        "ได้รับอนุญาตเมื่อวันที่\u00a07\u00a0กรกฎาคม\u00a02566",
        "ฝนตกหนัก ถนนขาด (แจ้งเมื่อวันที่\u00a011\u00a0กรกฎาคม\u00a02566)",
        "– มีหนี้ค้างชำระ 96 ราย",
        "– ให้กำหนดว่าผู้มีหนี้ค้าง",
        "– เสนอร่างเกณฑ์อนุมัติเงินกู้ ผู้ทำ ผู้จัดการสหกรณ์ ภายใน 8\u00a0ส.ค.\u00a02566",
        "– เงินกู้ กพส. ใช้ขยายลานตากได้หรือไม่",
        "เข้าแนะนำครั้งต่อไป  วันอังคารที่\u00a025\u00a0กรกฎาคม\u00a02566",
        "โปรดพิจารณาอนุมัติรายงานผล",
    ):
        assert part in said, part
    assert "บ้านจำลองสามัคคี" not in said


def test_a_record_is_of_one_organisation_a_page(plan, texts):
    plan["records"][0]["orgs"] = ["thung-sathit", "ban-chamlong"]
    plan["visits"][0]["orgs"] = ["thung-sathit", "ban-chamlong"]
    said = texts(word(plan, "record"))
    assert said.count("บันทึกการเข้าแนะนำส่งเสริม") == 3
    assert said.index("ข้อเท็จจริงที่พบ") < said.index("คำแนะนำที่ให้")


def test_calendars_show_their_visits_on_their_days_and_name_closed_days(plan, texts):
    closed = {"2023-07-28": {"th": "วันหยุดของตัวอย่าง"}}
    month = texts(word(plan, "month", closed_days=closed))
    assert "ปฏิทินการปฏิบัติงานรายเดือน กรกฎาคม\u00a02566" in month
    assert "28 วันหยุดของตัวอย่าง" in month
    cells = month.split("\n")
    assert cells[cells.index("11 ") + 1] == "09.30\u00a0–\u00a012.00 สหกรณ์การเกษตรทุ่งสาธิต จำกัด ร่วมประชุมคณะกรรมการ"
    week = texts(word(plan, "week", closed_days=closed))
    assert "วันที่ 24\u00a0กรกฎาคม\u00a02566 ถึง 30\u00a0กรกฎาคม\u00a02566" in week
    assert "ตรวจนับเงินสดรายเดือน" not in week, "that visit is of another week"
    assert week.index("อังคาร") < week.index("ยืนยันยอดหนี้ หุ้น เงินฝาก") < week.index("พุธ") < week.index("วันหยุดของตัวอย่าง")


def test_the_action_plan_puts_what_will_be_done_beside_its_issue(plan, texts):
    plan["actions"].append({"id": "A9", "issue": None, "text": "งานที่ไม่มีประเด็น", "owner": "ก", "due": "2023-09-01"})
    rows = texts(word(plan, "action-plan"))
    order = [
        "ลูกหนี้เงินกู้ค้างชำระ",
        "ประชุมกลุ่มสมาชิกที่ค้างชำระ",
        "31\u00a0ส.ค.\u00a02566",
        "งานที่ไม่มีประเด็น",
        "1\u00a0ก.ย.\u00a02566",
    ]
    assert [rows.find(part) for part in order] == sorted(rows.find(part) for part in order)
    assert -1 not in [rows.find(part) for part in order]


def test_what_is_offered_follows_from_the_plan_and_can_be_made(plan):
    everything = [one["id"] for one in documents.offered(plan)]
    assert everything[0] == "memo.docx"
    assert len(everything) == len(set(everything)) == 16
    for one in documents.offered(plan):
        made = documents.make(one["id"], plan, locale="en")
        assert (made.filename, bool(made.body)) == (f"july-2566-{one['id']}", True)
        assert not one["label"]["th"].isascii()
        assert one["label"]["en"].isascii()
    bare = {"plan": "p", "written_on": "2023-07-04", "orgs": plan["orgs"]}
    assert [one["id"] for one in documents.offered(bare)] == ["plan.xlsx"]


def test_a_document_without_content_and_unknown_names_are_refused(plan):
    plan["reports"] = []
    for name, visits, code in (
        ("report.docx", None, "document-empty"),
        ("novel.docx", None, "document-unknown"),
        ("memo.ics", None, "document-unknown"),
        ("memo.docx", ["V99"], "visit-unknown"),
    ):
        with pytest.raises(KitError) as refused:
            documents.make(name, plan, visits=visits)
        assert refused.value.code == code


def test_a_draft_that_lacks_everything_still_makes_a_memo_to_fill_in_by_hand(plan, texts):
    draft = {
        "plan": "p",
        "written_on": "2023-07-04",
        "orgs": plan["orgs"][:1],
        "visits": [{"id": "V1", "orgs": ["thung-sathit"]}],
    }
    said = texts(documents.make("memo.docx", draft).body)
    assert said.count("ยังไม่กำหนด") == 3
    assert "(....." in said
    assert documents.make("memo.pdf", draft).body.startswith(b"%PDF")


def test_one_plan_gives_one_file(plan):
    first, second = word(plan, "memo"), word(plan, "memo")
    assert first == second
    assert not zipfile.ZipFile(io.BytesIO(first)).testzip()
