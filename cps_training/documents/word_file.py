"""Fields → a Word file, through a template that an office may have written. Knows no plan.

A template is somebody's file: it runs in a sandbox, texts are escaped, and what is wrong with it is told in Thai with its place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from cps_training.documents import TEMPLATE_FOLDER
from cps_training.documents.refusing import refusal
from cps_training.errors import KitError
from cps_training.i18n import mark
from cps_training.places import shipped
from cps_training.thai_text import nearest

MAX_BYTES = 10_000_000
MAX_UNPACKED = 60_000_000
_TAGS = re.compile(r"<[^>]+>")
_FIXED = (1980, 1, 1, 0, 0, 0)


def template_of(what: str, templates: Path | None) -> Path:
    """The office's template where it has one, else the shipped one."""
    own = templates / f"{what}.docx" if templates else None
    return own if own is not None and own.is_file() else shipped() / TEMPLATE_FOLDER / f"{what}.docx"


def word_file(what: str, fields: Mapping[str, Any], templates: Path | None) -> bytes:
    """The document. Raises KitError template-damaged, template-field, template-written: which file, which field or where."""
    path = template_of(what, templates)
    data = _read(path)
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    try:
        template = DocxTemplate(io.BytesIO(data))
        template.render(dict(fields), _environment(), autoescape=True)
        if fields.get("has_thai_digits"):
            _number_pages_in_thai(template.docx)
        buffer = io.BytesIO()
        template.save(buffer)
    except UndefinedError as error:
        _unknown_field(path, error, fields)
    except SecurityError as error:
        raise _written(path, mark("แม่แบบ %(name)s ใช้คำสั่งที่ไม่อนุญาต ใช้ได้เฉพาะช่องและการวนซ้ำตามคู่มือแม่แบบ"), error) from error
    except TemplateSyntaxError as error:
        raise _syntax(path, error) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
        raise _written(path, mark("แม่แบบ %(name)s เขียนไม่ถูก (%(what)s) โปรดเทียบกับแม่แบบที่มากับชุดฝึก"), error) from error
    except Exception as error:  # the libraries raise what they meet: BadZipFile, KeyError, XMLSyntaxError …
        raise _damaged(path) from error
    return _settled(buffer.getvalue())


def _number_pages_in_thai(document: Any) -> None:
    """Page numbers, which Word counts itself, in the digits of the rest."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for section in document.sections:
        found = section._sectPr.find(qn("w:pgNumType"))
        if found is None:
            found = OxmlElement("w:pgNumType")
            section._sectPr.find(qn("w:pgMar")).addnext(found)
        found.set(qn("w:fmt"), "thaiNumbers")


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if "word/document.xml" not in package.namelist():
                raise _damaged(path)
    except zipfile.BadZipFile as error:
        raise _damaged(path) from error
    if len(data) > MAX_BYTES or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise refusal("template-damaged", str(path), mark("แม่แบบ %(name)s ใหญ่ผิดปกติ จึงไม่เปิด โปรดลดขนาดภาพในไฟล์"))
    return data


def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _damaged(path: Path) -> KitError:
    text = mark("แม่แบบ %(name)s เสียหรือไม่ใช่ไฟล์ .docx โปรดเปิดใน Word แล้วบันทึกเป็น .docx ใหม่ หรือลบไฟล์นี้เพื่อใช้แม่แบบที่มากับชุดฝึก")
    return refusal("template-damaged", str(path), text)


def _written(path: Path, text: str, error: Exception) -> KitError:
    return refusal("template-written", str(path), text, what=str(error)[:200])


def _syntax(path: Path, error: Any) -> KitError:
    """Where the template cannot be read: the words around the place, because Word shows no line numbers."""
    around = [_TAGS.sub("", line).strip() for line in getattr(error, "docx_context", ())]
    near = next((line for line in reversed(around[:4]) if "{" in line or "}" in line), "") or " ".join(
        filter(None, around)
    )
    text = mark(
        "แม่แบบ %(name)s เขียนเครื่องหมายไม่ครบหรือผิดที่ ใกล้ “%(near)s” ทุก {{ ต้องมี }} และทุก for หรือ if ต้องมี endfor หรือ endif"
    )
    return refusal("template-written", str(path), text, near=near[:120], what=str(error.message))


def _unknown_field(path: Path, error: Any, fields: Mapping[str, Any]) -> NoReturn:
    """The field that no document of this kind has, and the nearest that it has."""
    named = re.findall(r"'([^']*)'", str(error.message))
    name = named[-1] if named else str(error.message)
    near = nearest(name, sorted(names_in(fields)))
    if near:
        text = mark("แม่แบบ %(name)s ใช้ช่อง “%(field)s” ซึ่งไม่มี หมายถึง “%(near)s” หรือไม่")
        raise refusal("template-field", str(path), text, field=name, near=near) from error
    text = mark("แม่แบบ %(name)s ใช้ช่อง “%(field)s” ซึ่งไม่มีในเอกสารนี้ โปรดดูรายชื่อช่องในคู่มือแม่แบบ")
    raise refusal("template-field", str(path), text, field=name) from error


def names_in(fields: Any) -> set[str]:
    """All names of fields, those of rows too."""
    if isinstance(fields, Mapping):
        return {str(name) for name in fields} | {name for value in fields.values() for name in names_in(value)}
    if isinstance(fields, list):
        return {name for value in fields for name in names_in(value)}
    return set()


def _settled(data: bytes) -> bytes:
    """The same file without the hour at which it was zipped: one plan gives one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for member in given.infolist():
            entry = zipfile.ZipInfo(member.filename, _FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(member.filename))
    return buffer.getvalue()
