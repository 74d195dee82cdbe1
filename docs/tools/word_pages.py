"""What the Word templates of plans are built of: pages, paragraphs, tables, and the properties Thai letters need. Makes no file.

Every run names the font for Thai (w:cs) and its size (w:szCs) too: Word uses those for Thai letters and no other.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "TH SarabunPSK"
BODY, SMALL, LABEL, TITLE = 16, 14, 18, 29
INDENT = Cm(2.5)


class Page:
    """A document under construction. width: of the text, in centimetres."""

    def __init__(self, *, is_wide: bool = False) -> None:
        self.document = Document()
        self.width = 24.7 if is_wide else 16.0
        section = self.document.sections[0]
        section.page_width, section.page_height = (Cm(29.7), Cm(21)) if is_wide else (Cm(21), Cm(29.7))
        section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
        section.left_margin, section.right_margin = (Cm(2.5), Cm(2.5)) if is_wide else (Cm(3), Cm(2))
        section.top_margin = section.bottom_margin = Cm(1.5)
        section.header_distance = section.footer_distance = Cm(0.8)
        _defaults(self.document)

    def write(self, text: str = "", **how: Any) -> Any:
        return write(self.document.add_paragraph(), text, **how)

    def tag(self, text: str) -> None:
        """A line that the template engine takes away: a loop or a condition."""
        write(self.document.add_paragraph(), f"{{%p {text} %}}", size=8)

    def table(self, widths: list[float], *, has_lines: bool = True) -> Any:
        table = self.document.add_table(rows=0, cols=len(widths))
        shape(table, widths, has_lines=has_lines)
        return table

    def bytes(self) -> bytes:
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = properties.comments = properties.title = ""
        properties.created = properties.modified = datetime(2026, 1, 1, tzinfo=UTC)
        properties.revision = 1
        buffer = io.BytesIO()
        self.document.save(buffer)
        settled = io.BytesIO()
        with zipfile.ZipFile(buffer) as given, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as made:
            for name in given.namelist():
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(entry, given.read(name))
        return settled.getvalue()


def _defaults(document: Any) -> None:
    """The font, size and language of everything that says nothing of its own, what Word adds later included."""
    for style in document.styles:
        if (held := style.element.find(qn("w:rPr"))) is not None:
            for tag in ("w:rFonts", "w:color", "w:lang"):
                for old in held.findall(qn(tag)):
                    held.remove(old)
    normal = document.styles["Normal"]
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    _letters(normal.element.get_or_add_rPr(), BODY)
    default = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(default):
        default.remove(old)
    _letters(default, BODY)


def _letters(properties: Any, size: float, *, is_bold: bool = False, underline: str = "") -> None:
    """Font, weight, size and language of letters, for Latin and for Thai alike, in the order of the schema."""
    for tag in ("w:rFonts", "w:b", "w:bCs", "w:sz", "w:szCs", "w:u", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    fonts = add(properties, "w:rFonts")
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    if is_bold:
        add(properties, "w:b")
        add(properties, "w:bCs")
    add(properties, "w:sz", val=str(int(size * 2)))
    add(properties, "w:szCs", val=str(int(size * 2)))
    if underline:
        add(properties, "w:u", val=underline)
    language = add(properties, "w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")


def add(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def run(paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, underline: str = "") -> Any:
    made = paragraph.add_run(text)
    _letters(made._r.get_or_add_rPr(), size, is_bold=bold, underline=underline)
    return made


def write(
    paragraph: Any,
    text: str,
    *,
    size: float = BODY,
    bold: bool = False,
    align: str = "start",
    indent: Any = None,
    left: float = 0,
    hanging: float = 0,
    before: float = 0,
    keep: bool = False,
    tabs: tuple[tuple[str, float, str], ...] = (),
    breaks: bool = False,
) -> Any:
    """Fill a paragraph. `**words**` are bold. align: as Word calls it; keep: on the page of what follows."""
    form = paragraph.paragraph_format
    properties = paragraph._p.get_or_add_pPr()
    if keep:
        form.keep_with_next = True
    form.keep_together = True if keep else None
    if breaks:
        form.page_break_before = True
    form.widow_control = True
    if tabs:
        held = properties.get_or_add_tabs()
        for kind, place, leader in tabs:
            add(held, "w:tab", val=kind, leader=leader, pos=str(int(Cm(place).twips)))
    form.space_before = Pt(before)
    if indent is not None:
        form.first_line_indent = indent
    if left or hanging:
        form.left_indent = Cm(left)
        form.first_line_indent = Cm(-hanging) if hanging else form.first_line_indent
    properties.get_or_add_jc().set(qn("w:val"), align)
    for place, part in enumerate(text.split("**")):
        if part:
            run(paragraph, part, size=size, bold=bold or place % 2 == 1)
    if not text:
        mark = add(properties, "w:rPr")
        _letters(mark, size)
    return paragraph


def shape(table: Any, widths: list[float], *, has_lines: bool) -> None:
    """Fixed columns; thin lines or none."""
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    properties = table._tbl.tblPr
    borders, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    properties.find(qn("w:tblLayout")).addprevious(borders)  # Word wants them in the order of the schema
    properties.find(qn("w:tblLayout")).addnext(margins)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        add(borders, f"w:{side}", val="single" if has_lines else "nil", sz="4", space="0", color="000000")
    for side in ("left", "right"):
        add(margins, f"w:{side}", w=str(int(Cm(0.15 if has_lines else 0).twips)), type="dxa")


def row(table: Any, widths: list[float], *, is_head: bool = False, height: float = 0) -> list[Any]:
    """A row that no page parts. Its cells, each with one empty paragraph."""
    made = table.add_row()
    properties = made._tr.get_or_add_trPr()
    add(properties, "w:cantSplit")
    if height:
        add(properties, "w:trHeight", val=str(int(Cm(height).twips)), hRule="atLeast")
    if is_head:
        add(properties, "w:tblHeader")
    for cell, width in zip(made.cells, widths, strict=True):
        cell.width = Cm(width)
    return list(made.cells)


def heads(table: Any, widths: list[float], texts: list[str], *, size: float = SMALL) -> None:
    for cell, text in zip(row(table, widths, is_head=True), texts, strict=True):
        write(cell.paragraphs[0], text, size=size, bold=True, align="center", keep=True)
        shade(cell, "E3E3E3")


def shade(cell: Any, colour: str) -> None:
    add(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def tag_row(table: Any, widths: list[float], text: str) -> None:
    write(row(table, widths)[0].paragraphs[0], f"{{%tr {text} %}}", size=8)


def listed(page: Page, label: str, name: str, *, left: float = 0.75) -> None:
    """A label with its texts: one on its line, several each on their own. Nothing when there is none."""
    page.tag(f"if {name}")
    page.write(f"**{label}**", left=left, keep=True)
    page.tag(f"for one in {name}")
    page.write("– {{ one }}", left=left + 0.5, hanging=0.4, align="thaiDistribute")
    page.tag("endfor")
    page.tag("endif")


def labelled(page: Page, label: str, name: str, *, left: float = 0.75) -> None:
    page.tag(f"if {name}")
    page.write(f"**{label}**  {{{{ {name} }}}}", left=left, align="thaiDistribute")
    page.tag("endif")


def between(page: Page, condition: str) -> None:
    page.tag(f"if {condition}")
    page.write("", size=2, breaks=True)
    page.tag("endif")
