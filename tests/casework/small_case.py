"""A small made-up case for tests: two years, three planted problems, two red herrings, five papers, kinds of the shipped catalogue.

`small_case()` is it ready to be worked on; `write_small_case(root)` lays its files out below a content root.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from cps_training.content.cases.case import Case, CaseSource, ready
from cps_training.content.cases.catalogue import FILE, Catalogue
from cps_training.content.cases.model import (
    CASE_FILE,
    EVIDENCE_FILE,
    FOLDER,
    NOTES_FILE,
    TABLES_FOLDER,
    CaseFile,
    EvidenceFile,
)
from cps_training.content.cases.tables import SPEC_OF, read_rows
from cps_training.places import shipped

SMALL = "suan-lek"

CASE_YAML = """\
case: suan-lek
letter: Z
as_of: 2023-07-24
is_fictional: true
name: {th: "สหกรณ์การเกษตรสวนเล็กสมมติ จำกัด", en: "Suan Lek Agricultural Cooperative Ltd."}
task: {th: "อ่านแฟ้มของสหกรณ์ บอกว่าพบอะไร มีหลักฐานใด และควรทำอะไรก่อน", en: "Read the file: what is found, what proves it, what comes first?"}
minutes: 15
organisation:
  kind: agricultural
  registered_on: 2010-02-15
  year_end: "03-31"
  district: {th: "อำเภอฝึกหัด", en: "Fuekhat district"}
  strength_class: 2
profile:
  - {label: {th: "สมาชิก", en: "Members"}, value: {th: "{members@2566} คน", en: "{members@2566}"}}
  - {label: {th: "เจ้าหน้าที่", en: "Staff"}, value: {th: "2 คน", en: "2"}}
picture: [total_assets, loans_gross, net_profit, borrow_to_limit_pct]
facts:
  cash_on_hand: {value: 85000, is_money: true}
  fields: {value: 42, low: 30, high: 60}
problems:
  - kind: borrowing-over-limit
    title: {th: "กู้ยืมเกินวงเงินที่ได้รับความเห็นชอบ", en: "Borrowing above the approved limit"}
    severity: 5
    rank: 1
    clauses: [docs.4]
    accepted_clauses: [practice.2, practice.5]
    causes: [board-not-watching, rules-not-followed]
    partners: [provincial, management]
    steps: [stop-new-borrowing, agenda-and-letter]
    figures: [borrowings, borrowing_limit, borrow_to_limit_pct]
    why: {th: "กู้ยืม {borrowings@2566} บาท สูงกว่าวงเงิน {borrowing_limit@2566} บาท จึงต้องแก้ก่อนเรื่องอื่น", en: "It owes {borrowings@2566} baht against a limit of {borrowing_limit@2566}; this comes first."}
    absent: [limit_above_borrowings]
  - kind: no-cash-counts
    title: {th: "ไม่ได้ตรวจนับเงินสดเป็นประจำ", en: "Cash is not counted regularly"}
    severity: 3
    rank: 2
    clauses: [practice.6]
    accepted_clauses: [practice.5, practice.12]
    causes: [board-not-watching, no-one-responsible]
    partners: [management, auditor]
    steps: [count-regularly, separate-duties]
    why: {th: "ตรวจนับครั้งหลังสุดเกินหนึ่งปีมาแล้ว และไม่มีผู้รับผิดชอบ", en: "The last count was more than a year ago and nobody is in charge."}
    absent: []
  - kind: minutes-not-sent
    title: {th: "ไม่ได้ส่งสำเนารายงานการประชุมให้กลุ่มส่งเสริม", en: "Copies of the minutes not sent to the promotion group"}
    severity: 2
    rank: 3
    clauses: [docs.6]
    accepted_clauses: [practice.5, practice.18]
    causes: [no-one-responsible]
    partners: [own-group]
    steps: [send-minutes]
    why: {th: "กลุ่มส่งเสริมไม่เห็นวาระและมติ จึงแนะนำไม่ทัน", en: "The promotion group sees neither agenda nor resolutions and comes too late."}
    absent: []
red_herrings:
  - {kind: profitable-so-sound, why: {th: "กำไรเพิ่มขึ้นจริง แต่ไม่ได้แก้เรื่องวงเงินกู้ยืม", en: "The profit did grow, but that mends no limit."}}
  - {kind: drought-explains-arrears, why: {th: "ฝนทิ้งช่วงกระทบเพียง {fields} แปลง ไม่อธิบายหนี้ค้างทั้งหมด", en: "The dry spell touched only {fields} plots."}}
tolerated: [arrears-rising]
consultations:
  - id: cash-control
    question: {th: "ควรวางระบบตรวจนับเงินสดอย่างไร", en: "How should cash counts be set up?"}
    right: management
    answer: {th: "ให้กรรมการผลัดกันตรวจนับทุกเดือน และลงชื่อสองคน", en: "Directors take turns to count monthly; two of them sign."}
    clauses: [practice.19.3]
follow_up:
  date: 2023-10-24
  intro: {th: "สามเดือนผ่านไป", en: "Three months later"}
  forks:
    - id: borrow-more
      question: {th: "สหกรณ์ถามว่ากู้เพิ่มได้หรือไม่", en: "May it borrow more?"}
      branches:
        - id: wait
          label: {th: "แนะนำให้หยุดกู้จนกว่าวงเงินจะถูกต้อง", en: "No new loan until the limit is right"}
          verdict: good
          why: {th: "ทำตามวงเงินที่ได้รับความเห็นชอบ", en: "It keeps to the approved limit."}
          outcome:
            text: {th: "คณะกรรมการชำระคืนเงินกู้บางส่วน", en: "The board paid part of the loan back."}
            changes: {cash_and_bank: -100000, borrowings: -100000}
            paper:
              kind: minutes
              title: {th: "รายงานการประชุมเดือนกันยายน", en: "Minutes of September"}
              date: 2023-09-15
              lines:
                - {th: "มติ: ชำระคืนเงินกู้ 100,000 บาท", en: "Resolved: repay 100,000 baht."}
        - id: borrow
          label: {th: "บอกว่ากู้ไปก่อนได้", en: "Say it may borrow for now"}
          verdict: bad
          why: {th: "เกินวงเงินมากขึ้น", en: "Further above the limit."}
          outcome:
            text: {th: "หนี้เพิ่มขึ้น", en: "The debt grew."}
            changes: {cash_and_bank: 200000, borrowings: 200000}
            paper:
              kind: letter
              title: {th: "หนังสือแจ้งหนี้", en: "A creditor's letter"}
              date: 2023-10-02
              lines:
                - {th: "ยอดหนี้รวมเพิ่มขึ้น 200,000 บาท", en: "The debt rose by 200,000 baht."}
"""

EVIDENCE_YAML = """\
papers:
  - id: minutes-june
    kind: minutes
    title: {th: "รายงานการประชุมคณะกรรมการ เดือนมิถุนายน 2566", en: "Board minutes, June 2023"}
    issuer: {th: "สหกรณ์", en: "The cooperative"}
    date: 2023-06-12
    reliability: document
    lines:
      - {th: "ระเบียบวาระที่ 1 เรื่องแจ้งเพื่อทราบ", en: "Agenda 1: for information", head: true}
      - {th: "ผู้จัดการแจ้งเงินกู้ยืมคงเหลือ {borrowings@2566} บาท", en: "The manager reported borrowings of {borrowings@2566} baht.", supports: [borrowing-over-limit], given: borrowing-over-limit}
      - {th: "กำไรปีนี้ {net_profit@2566} บาท ที่ประชุมพอใจ", en: "Profit this year {net_profit@2566} baht; the meeting was pleased.", supports: [profitable-so-sound]}
      - {th: "ไม่มีรายงานการตรวจนับเงินสดในรอบเดือน", en: "No report of a cash count this month.", supports: [no-cash-counts], given: no-cash-counts}
      - {th: "กรรมการตรวจนับเงินสด {cash_on_hand} บาท ตรงกับบัญชี", en: "Directors counted {cash_on_hand} baht, as in the books.", unless: no-cash-counts}
      - {th: "รายงานนี้เก็บไว้ที่สหกรณ์ ไม่ได้ทำสำเนาส่ง", en: "This report is kept here; no copy was sent.", supports: [minutes-not-sent], given: minutes-not-sent}
      - {th: "ปิดประชุมเวลา 12.00 น.", en: "The meeting closed at noon."}
  - id: limit-letter
    kind: letter
    title: {th: "หนังสือแจ้งวงเงินกู้ยืม", en: "Letter on the borrowing limit"}
    issuer: {th: "สำนักงานสหกรณ์จังหวัด", en: "Provincial cooperative office"}
    date: 2022-09-05
    reliability: document
    lines:
      - {th: "เรื่อง ให้ความเห็นชอบวงเงินกู้ยืมประจำปี", en: "Subject: approval of the year's borrowing limit", head: true}
      - {th: "ให้ความเห็นชอบวงเงิน {borrowing_limit@2566} บาท", en: "A limit of {borrowing_limit@2566} baht is approved.", supports: [borrowing-over-limit], given: borrowing-over-limit}
      - {th: "โปรดแจ้งคณะกรรมการทราบ", en: "Please inform the board."}
      - {th: "หากมีข้อสงสัยให้สอบถามกลุ่มส่งเสริม", en: "Questions go to the promotion group."}
  - id: count-sheet
    kind: count_sheet
    title: {th: "ใบตรวจนับเงินสดฉบับหลังสุด", en: "The latest cash-count sheet"}
    issuer: {th: "เหรัญญิก", en: "The treasurer"}
    date: 2022-03-31
    reliability: document
    lines:
      - {th: "วันที่ตรวจนับ 31 มี.ค. 2565", en: "Counted on 31 March 2022", supports: [no-cash-counts], given: no-cash-counts}
      - {th: "ยอดตามบัญชีกับเงินที่นับได้ตรงกัน", en: "Books and count agree."}
      - {th: "ลงชื่อผู้นับสองคน", en: "Signed by two counters."}
      - {th: "เก็บไว้ในแฟ้มการเงิน", en: "Filed with the finance papers."}
  - id: group-note
    kind: report
    title: {th: "ทะเบียนรับเอกสารของกลุ่มส่งเสริม", en: "Incoming papers of the promotion group"}
    issuer: {th: "กลุ่มส่งเสริมสหกรณ์", en: "Promotion group"}
    date: 2023-07-20
    reliability: document
    lines:
      - {th: "รายงานการประชุมเดือนเมษายนถึงมิถุนายน ยังไม่ได้รับ", en: "Minutes of April to June: not received.", supports: [minutes-not-sent], given: minutes-not-sent}
      - {th: "หนังสือขอกู้ยืมเพิ่มจากสหกรณ์ รับเมื่อ 3 ก.ค. 2566", en: "Request to borrow more, received 3 July 2023.", supports: [borrowing-over-limit], given: borrowing-over-limit}
      - {th: "งบการเงินประจำปี ได้รับแล้ว", en: "Yearly accounts: received."}
      - {th: "แผนประจำปี ได้รับแล้ว", en: "Yearly plan: received."}
      - {th: "ทะเบียนผู้มาติดต่อ ลงครบทุกวัน", en: "Visitors' book: complete."}
  - id: talk-with-members
    kind: dialogue
    title: {th: "บันทึกพูดคุยกับสมาชิก", en: "Notes of talks with members"}
    issuer: {th: "เจ้าหน้าที่ส่งเสริม", en: "The officer"}
    date: 2023-07-18
    reliability: hearsay
    lines:
      - {th: "เจ้าหน้าที่การเงินว่าไม่มีใครมานับเงินตั้งแต่ปีก่อน", en: "The cashier says nobody has counted since last year.", supports: [no-cash-counts], given: no-cash-counts}
      - {th: "เลขานุการว่าไม่รู้ว่าต้องส่งสำเนารายงานการประชุม", en: "The secretary did not know that copies of the minutes are due.", supports: [minutes-not-sent], given: minutes-not-sent}
      - {th: "สมาชิกว่าฝนทิ้งช่วงที่ {fields} แปลง จึงค้างหนี้", en: "Members blame the dry spell on {fields} plots.", supports: [drought-explains-arrears]}
      - {th: "อยากให้สหกรณ์ขายปุ๋ยตลอดปี", en: "They would like fertiliser all year."}
      - {th: "วันหยุดยาวนี้จะไปทำบุญ", en: "They will make merit over the holidays."}
"""

NOTES = """\
# สหกรณ์การเกษตรสวนเล็กสมมติ จำกัด (เรื่องสมมติ)

ดูวงเงินกู้ยืมก่อน แล้วจึงดูการตรวจนับเงินสดและสำเนารายงานการประชุม

## In English

The borrowing limit first, then cash counts and copies of the minutes.
"""

TABLES = {
    "members": """\
year,members,associates,active_members,joined,resigned,dead_or_moved
2565,200,2,140,5,3,2
2566,203,2,138,6,2,1
""",
    "balance": """\
year,cash_and_bank,loans_gross,allowance,accrued_interest,inventory,investments,ppe,cash_shortage,cash_shortage_allowance,other_assets,total_assets,deposits_members,deposits_other_coops,borrowings,borrowing_limit,other_liabilities,total_liabilities,share_capital,reserve,other_funds,accumulated_loss,net_profit,total_equity,due_in_year,arrears,audited
2565,300000,2000000,100000,50000,150000,100000,500000,0,0,0,3000000,600000,0,900000,1000000,100000,1600000,1000000,250000,100000,0,50000,1400000,1500000,200000,true
2566,200000,2500000,120000,60000,180000,100000,480000,0,0,0,3400000,620000,0,1200000,1000000,98000,1918000,1050000,260000,112000,0,60000,1482000,1800000,450000,true
""",
    "income": """\
year,interest_income,gross_profit_trade,other_income,interest_expense,staff_expense,depreciation,doubtful_debt_expense,other_expense,write_offs,net_profit
2565,120000,40000,5000,40000,40000,20000,5000,10000,0,50000
2566,150000,45000,5000,55000,42000,20000,20000,3000,0,60000
""",
    "ageing": """\
year,not_overdue,under_1_year,years_1_3,years_3_5,over_5_years
2565,1800000,120000,50000,20000,10000
2566,2050000,300000,110000,28000,12000
""",
    "business": """\
year,loan_disbursement,supply,collection,processing,service,deposit
2565,1400000,300000,0,0,0,600000
2566,1700000,330000,0,0,0,620000
""",
    "appropriation": """\
year,net_profit,loss_cleared,reserve,league_fee,dividend,patronage,bonus,welfare_fund,public_fund,other
2565,50000,0,10000,500,20000,5000,2500,5000,2000,5000
""",
    "borrowing": """\
lender_th,lender_en,principal,outstanding,due_on,paid_on,rate_pct,purpose_th,purpose_en
ธนาคารสมมติ,Sommut Bank,1500000,1200000,2024-03-31,2023-03-31,4.5,ให้สมาชิกกู้,Loans to members
""",
    "cash_counts": """\
counted_on,book,counted,difference,counters,signatures
2022-03-31,85000.00,85000.00,0.00,2,2
""",
    "maturity": """\
bucket,inflow,outflow
within_3_months,150000,120000
months_3_6,150000,100000
months_6_12,300000,200000
over_12_months,400000,200000
""",
    "meetings": """\
kind,held_on,quorum_ok,copy_sent_on,agenda_th,agenda_en
annual,2022-07-10,true,2022-07-20,งบการเงิน จัดสรรกำไร,Accounts and allotment
board,2023-05-15,true,,เพื่อทราบ,For information
board,2023-06-12,true,,เพื่อทราบ,For information
""",
}


def small_source() -> CaseSource:
    """The case as written."""
    return CaseSource(
        CaseFile.model_validate(yaml.safe_load(CASE_YAML)),
        EvidenceFile.model_validate(yaml.safe_load(EVIDENCE_YAML)),
        {name: read_rows(text, SPEC_OF[name]) for name, text in TABLES.items()},
    )


@cache
def small_case() -> Case:
    """The case ready to be worked on."""
    return ready(small_source())


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue that ships."""
    return Catalogue.model_validate(yaml.safe_load((shipped() / FILE).read_text("utf-8")))


def write_small_case(root: Path) -> Path:
    """Its files below a content root, as an office's own. Returns its folder."""
    folder = root / FOLDER / SMALL
    (folder / TABLES_FOLDER).mkdir(parents=True)
    (folder / CASE_FILE).write_text(CASE_YAML, "utf-8")
    (folder / EVIDENCE_FILE).write_text(EVIDENCE_YAML, "utf-8")
    (folder / NOTES_FILE).write_text(NOTES, "utf-8")
    for name, text in TABLES.items():
        (folder / TABLES_FOLDER / f"{name}.csv").write_text(text, "utf-8-sig")
    return folder
