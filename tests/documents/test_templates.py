"""Templates an office has edited: theirs are used, and a broken one is told by its file and its field."""

from __future__ import annotations

import importlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from cps_training import documents
from cps_training.cli.app import app
from cps_training.errors import KitError
from cps_training.places import shipped

ROOT = Path(__file__).resolve().parents[2]
PLAN = str(ROOT / "tests" / "planning" / "base_plan.yaml")


def own(folder: Path, *paragraphs: str) -> Path:
    """A folder with a memo template of these paragraphs, each in two runs as Word likes to write them."""
    document = Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        paragraph.add_run(text[: len(text) // 2])
        paragraph.add_run(text[len(text) // 2 :])
    document.save(str(folder / "memo.docx"))
    return folder


def made(plan, folder):
    return documents.make("memo.docx", plan, templates=folder).body


def refused(plan, folder):
    with pytest.raises(KitError) as error:
        made(plan, folder)
    assert "memo.docx" in error.value.message
    return error.value


def test_the_office_s_template_takes_the_place_of_the_shipped_one(plan, texts, tmp_path):
    own(tmp_path, "แบบของสำนักงาน {{ officer }}", "{%p for one in entries %}", "{{ one.org }}", "{%p endfor %}")
    said = texts(made(plan, tmp_path)).splitlines()
    assert said[0] == "แบบของสำนักงาน เจ้าหน้าที่ส่งเสริม ก"
    assert said.count("สหกรณ์การเกษตรทุ่งสาธิต จำกัด") == 3
    assert "บันทึกข้อความ" not in "".join(said)
    assert "บันทึกการเข้าแนะนำส่งเสริม" in texts(documents.make("record.docx", plan, templates=tmp_path).body)


@pytest.mark.parametrize(
    ("written", "field", "near"),
    [
        ("{{ oficer }}", "oficer", "officer"),
        ("{% for one in entries %}{{ one.objectiv }}{% endfor %}", "objectiv", "objective"),
        ("{{ ชื่อผู้ขออนุญาต }}", "ชื่อผู้ขออนุญาต", ""),
    ],
)
def test_a_field_that_is_not_there_is_named_with_the_nearest(plan, tmp_path, written, field, near):
    error = refused(plan, own(tmp_path, written))
    assert error.code == "template-field"
    assert f"“{field}”" in error.message
    assert f"หมายถึง “{near}”" in error.message if near else "หมายถึง" not in error.message


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("เรียน {{ officer }", "officer"),
        ("{%p for one in entries %}", "entries"),
        ("ก {% if %} ข", "if"),
        ("{{ officer | nosuch }}", "officer"),
    ],
)
def test_tags_that_cannot_be_read_are_told_by_the_words_beside_them(plan, tmp_path, written, near):
    error = refused(plan, own(tmp_path, "ก", "ข", written, "ค"))
    assert error.code == "template-written"
    assert near in error.message


@pytest.mark.parametrize(
    "written",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ entries.append(1) }}",
        "{{ officer.__init__.__globals__ }}",
        "{{ 1 / 0 }}",
    ],
)
def test_a_template_cannot_do_more_than_show_fields(plan, tmp_path, written):
    assert refused(plan, own(tmp_path, written)).code in ("template-written", "template-field")


@pytest.mark.parametrize("body", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_word_file_is_told(plan, tmp_path, body):
    (tmp_path / "memo.docx").write_bytes(body)
    assert refused(plan, tmp_path).code == "template-damaged"


def test_a_word_file_with_damaged_insides_is_told(plan, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<w:p")
    (tmp_path / "memo.docx").write_bytes(buffer.getvalue())
    assert refused(plan, tmp_path).code == "template-damaged"


def test_the_shipped_templates_are_those_the_tool_makes(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "tools")
    tool = importlib.import_module("document_templates")
    folder = shipped() / documents.TEMPLATE_FOLDER
    assert {name.name for name in folder.iterdir()} == {f"{name}.docx" for name in documents.TEMPLATES}
    for name, body in tool.built().items():
        assert parts((folder / name).read_bytes()) == parts(body), f"{name}: run docs/tools/document_templates.py"


def parts(body: bytes) -> dict[str, bytes]:
    package = zipfile.ZipFile(io.BytesIO(body))
    return {name: package.read(name) for name in package.namelist()}


# Commands -----------------------------------------------------------------------------------------------------------


def command(*words: str):
    return CliRunner().invoke(app, list(words))


def test_new_template_copies_what_export_then_uses_and_never_overwrites(tmp_path, texts):
    data = ("--data-dir", str(tmp_path / "data"))
    assert command("new", "template", "memo", *data).exit_code == 0
    folder = tmp_path / "data" / "content" / documents.TEMPLATE_FOLDER
    assert [path.name for path in folder.iterdir()] == ["memo.docx"]
    own(folder, "ของเรา {{ officer }}")
    again = command("new", "template", *data)
    assert "ไม่เขียนทับ" in again.stderr
    assert len(list(folder.iterdir())) == 6
    to = tmp_path / "memo.docx"
    assert command("plan", "export", PLAN, "--to", str(to), "--visit", "V1", *data).exit_code == 0
    assert texts(to.read_bytes()).startswith("ของเรา เจ้าหน้าที่ส่งเสริม ก")
    assert "หมายถึง memo หรือไม่" in command("new", "template", "memmo", *data).stderr


@pytest.mark.parametrize(
    ("name", "more", "document"),
    [
        ("july.pdf", ("--what", "month", "--thai-digits"), "month.pdf"),
        ("action-plan.docx", ("--era", "ce"), "action-plan.docx"),
        ("x.ics", (), "visits.ics"),
        ("week.ics", (), "week.ics"),
        ("x.xlsx", ("--english",), "plan.xlsx"),
    ],
)
def test_export_makes_what_the_name_or_the_option_says(tmp_path, name, more, document):
    to = tmp_path / name
    ran = command("plan", "export", PLAN, "--to", str(to), "--json", "--data-dir", str(tmp_path), *more)
    assert (ran.exit_code, f'"document": "{document}"' in ran.stdout) == (0, True)
    assert to.stat().st_size > 1000


def test_export_refuses_what_it_cannot_write(tmp_path):
    data = ("--data-dir", str(tmp_path))
    for to, more, said in (
        ("x.odt", (), ".docx, .pdf"),
        ("x.ics", ("--what", "memo"), "visits"),
        ("x.docx", ("--visit", "V9"), "V9"),
    ):
        ran = command("plan", "export", PLAN, "--to", str(tmp_path / to), *more, *data)
        assert (ran.exit_code, said in ran.stderr) == (1, True)
        assert not (tmp_path / to).exists()


def test_nothing_heavy_is_imported_before_a_document_is_made():
    code = (
        "import sys, cps_training.documents, cps_training.cli\n"
        "print([name for name in ('docx', 'docxtpl', 'lxml', 'typst', 'icalendar', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_guide_lists_every_field(plan):
    from cps_training.documents.facts import facts
    from cps_training.documents.saying import Saying
    from cps_training.documents.settings import Settings
    from cps_training.documents.word_file import names_in

    guide = (ROOT / "docs" / "how-to" / "document-templates.md").read_text("utf-8")
    listed = set(re.findall(r"`([a-z_]+)`", guide))
    for what in documents.TEMPLATES:
        assert names_in(facts(what, plan, Saying(Settings()), None)) <= listed, what
