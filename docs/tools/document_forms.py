"""The forms among the Word templates of plans: record, action plan, calendars of a month and of a week. Built by document_templates.py."""

from __future__ import annotations

from word_pages import LABEL, SMALL, Page, between, heads, labelled, listed, row, shade, tag_row, write


def record() -> Page:
    """What was found and advised on a visit, a page for each organisation (CPS 3.1)."""
    page = Page()
    page.tag("for record in records")
    page.write("บันทึกการเข้าแนะนำส่งเสริม", size=20, bold=True, align="center")
    page.write("{{ record.org }}", size=LABEL, bold=True, align="center")
    widths = [4.0, 12.0]
    table = page.table(widths)
    for label, value in (
        ("วันที่เข้าแนะนำ", "{{ record.went_on or record.when }}"),
        ("วิธีปฏิบัติงาน", "{{ record.went_by }}"),
        ("วัตถุประสงค์", "{{ record.objective }}"),
        ("ประเด็น", "{{ record.issues | join('; ') }}"),
        ("เจ้าหน้าที่", "{{ record.officer }}"),
        ("เหตุที่ต่างจากแผน", "{{ record.change or '–' }}"),
    ):
        cells = row(table, widths)
        write(cells[0].paragraphs[0], label, bold=True)
        shade(cells[0], "F2F2F2")
        write(cells[1].paragraphs[0], value)
    page.write("", size=6)
    listed(page, "ข้อเท็จจริงที่พบ", "record.facts", left=0)
    listed(page, "คำแนะนำที่ให้", "record.advice", left=0)
    for label, name, columns, widths in (
        ("ข้อตกลง", "record.actions", (("สิ่งที่จะทำ", "what"), ("ผู้ทำ", "who"), ("ภายใน", "by")), [8.5, 4.5, 3.0]),
        ("ข้อถามและคำตอบ", "record.questions", (("ข้อถาม", "text"), ("ค้นจาก", "source"), ("ตอบภายใน", "due"), ("ตอบแล้วเมื่อ", "answered")), [6.0, 4.6, 2.7, 2.7]),
    ):  # fmt: skip
        page.tag(f"if {name}")
        page.write(label, bold=True, before=4, keep=True)
        table = page.table(widths)
        heads(table, widths, [title for title, _ in columns])
        tag_row(table, widths, f"for one in {name}")
        for cell, (_, field) in zip(row(table, widths), columns, strict=True):
            write(cell.paragraphs[0], f"{{{{ one.{field} }}}}", size=SMALL)
        tag_row(table, widths, "endfor")
        page.tag("endif")
    listed(page, "ประเด็นที่ยังไม่เสร็จ", "record.unresolved", left=0)
    widths = [8.0, 8.0]
    cells = row(page.table(widths, has_lines=False), widths)
    for cell, who, day in (
        (cells[0], "ผู้แทนสหกรณ์หรือกลุ่มเกษตรกร", "วันที่ ........ / .................... / ............"),
        (cells[1], "เจ้าหน้าที่ผู้บันทึก", "วันที่ {{ record.recorded_on or '........ / .................... / ............' }}"),
    ):
        write(
            cell.paragraphs[0], "(ลงชื่อ) ..................................................", align="center", before=24
        )
        write(
            cell.add_paragraph(),
            "{{ '(' + record.officer + ')' if record.officer else '(..................................................)' }}"
            if "บันทึก" in who
            else "(..................................................)",
            align="center",
        )
        write(cell.add_paragraph(), who, align="center")
        write(cell.add_paragraph(), day, align="center")
    between(page, "not loop.last")
    page.tag("endfor")
    return page


def action_plan() -> Page:
    """Issues and what will be done about each, by whom and until when (CPS 1)."""
    page = Page(is_wide=True)
    page.write("แผนปฏิบัติการ", size=20, bold=True, align="center")
    page.write("{{ title }}", size=LABEL, bold=True, align="center")
    page.write("ผู้จัดทำ {{ officer or '..............................' }}  วันที่จัดทำ {{ written_on }}", align="center")
    for label, name in (("นโยบายที่ตอบ", "policies"), ("พื้นที่เป้าหมาย", "areas")):
        page.tag(f"if {name}")
        page.write(f"**{label}**  {{{{ {name} | join(', ') }}}}", before=2)
        page.tag("endif")
    labelled(page, "ประชุมทุกกลุ่มงานเมื่อวันที่", "met_on", left=0)
    widths = [1.0, 4.0, 5.1, 4.7, 4.4, 2.7, 2.8]
    page.write("", size=6)
    table = page.table(widths)
    heads(
        table,
        widths,
        ["ที่", "สหกรณ์/กลุ่มเกษตรกร", "ประเด็นและสาเหตุ", "สิ่งที่จะทำ", "เป้าหมายและตัวชี้วัด", "ผู้รับผิดชอบ", "กำหนดเสร็จ"],
    )
    tag_row(table, widths, "for line in lines")
    tag_row(table, widths, "for action in line.actions")
    texts = (
        ("{{ line.number if loop.first }}",),
        ("{{ line.org if loop.first }}",),
        ("{{ line.issue if loop.first }}", "{{ 'สาเหตุ ' + line.cause if loop.first and line.cause }}"),
        ("{{ action.text }}", "{{ '(' + (action.policy or line.origin) + ')' if action.policy or line.origin }}"),
        ("{{ line.target if loop.first }}", "{{ 'ตัวชี้วัด ' + line.indicator if loop.first and line.indicator }}"),
        ("{{ action.owner }}",),
        ("{{ action.due }}",),
    )
    for place, (cell, lines) in enumerate(zip(row(table, widths), texts, strict=True)):
        for number, text in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            write(paragraph, text, size=SMALL, align="center" if place == 0 else "start")
    tag_row(table, widths, "endfor")
    tag_row(table, widths, "endfor")
    page.tag("if projects")
    page.write("โครงการที่พิจารณา", bold=True, before=6, keep=True)
    page.tag("for one in projects")
    page.write(
        "– {{ one.name }}{% if one.decision %} ({{ one.decision }}){% endif %}{% if one.why %} {{ one.why }}{% endif %}",
        left=0.5,
        hanging=0.4,
        size=SMALL,
    )
    page.tag("endfor")
    page.tag("endif")
    return page


def month() -> Page:
    """Seven days a row from Monday, closed days grey and named (CPS 2.1)."""
    page = Page(is_wide=True)
    page.tag("for month in months")
    page.write("ปฏิทินการปฏิบัติงานรายเดือน {{ month.name }}", size=20, bold=True, align="center")
    page.write("{{ officer }}", align="center")
    widths = [3.7, 3.7, 3.7, 3.7, 3.7, 3.1, 3.1]
    table = page.table(widths)
    heads(table, widths, ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"])
    tag_row(table, widths, "for week in month.weeks")
    for place, cell in enumerate(row(table, widths, height=2.2)):
        day = f"week.days[{place}]"
        write(
            cell.paragraphs[0],
            f"{{% cellbg {day}.fill %}}{{{{ {day}.number }}}} {{{{ {day}.closed }}}}",
            size=SMALL,
            bold=True,
        )
        write(cell.add_paragraph(), f"{{%p for one in {day}.entries %}}", size=8)
        write(cell.add_paragraph(), "{{ one.hours }} {{ one.org }} {{ one.method }}", size=12)
        write(cell.add_paragraph(), "{%p endfor %}", size=8)
    tag_row(table, widths, "endfor")
    between(page, "not loop.last")
    page.tag("endfor")
    return page


def week() -> Page:
    """The days of a week with their visits (CPS 2.1)."""
    page = Page(is_wide=True)
    page.tag("for week in weeks")
    page.write("ปฏิทินการปฏิบัติงานรายสัปดาห์", size=20, bold=True, align="center")
    page.write("วันที่ {{ week.first }} ถึง {{ week.last }}", size=LABEL, bold=True, align="center")
    page.write("{{ officer }}", align="center")
    widths = [2.6, 2.9, 4.6, 6.3, 3.3, 5.0]
    table = page.table(widths)
    heads(table, widths, ["วัน", "เวลา", "สหกรณ์/กลุ่มเกษตรกร", "วัตถุประสงค์", "วิธีปฏิบัติงาน", "เนื้อหาและเอกสาร"])
    tag_row(table, widths, "for day in week.days")
    tag_row(table, widths, "if not day.entries")
    cells = row(table, widths)
    for cell, text in zip(cells, ("{{ day.name }}", "", "{{ day.closed }}", "", "", ""), strict=True):
        write(cell.paragraphs[0], f"{{% cellbg day.fill %}}{text}", size=SMALL, bold=text == "{{ day.name }}")
    write(cells[0].add_paragraph(), "{{ day.date }}", size=SMALL)
    tag_row(table, widths, "endif")
    tag_row(table, widths, "for one in day.entries")
    cells = row(table, widths)
    texts = ("{{ day.name if loop.first }}", "{{ one.hours }}", "{{ one.org }}", "{{ one.objective }}", "{{ one.method }}", "{{ (one.contents + one.documents) | join(', ') }}")  # fmt: skip
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        write(cell.paragraphs[0], f"{{% cellbg day.fill %}}{text}", size=SMALL, bold=place == 0)
    write(cells[0].add_paragraph(), "{{ day.date if loop.first }}", size=SMALL)
    write(cells[0].add_paragraph(), "{{ day.closed if loop.first }}", size=12)
    tag_row(table, widths, "endfor")
    tag_row(table, widths, "endfor")
    between(page, "not loop.last")
    page.tag("endfor")
    return page
