"""The Word files as LibreOffice lays them out: pages, margins, and Thai whole in its lines."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from cps_training import documents
from cps_training.content.segmenting import shipped_segmenter
from cps_training.places import PACKAGE, shipped

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
HAS_WRITER = SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").is_file()
SETTINGS = {
    "office": "สำนักงานสหกรณ์จังหวัดสมมติ กลุ่มส่งเสริมสหกรณ์ 1",
    "number": "สม 0010/7",
    "position": "นักวิชาการสหกรณ์ชำนาญการ",
    "has_thai_digits": True,
    "closed_days": {"2023-07-28": {"th": "วันหยุดของตัวอย่าง"}},
}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{0}</dir><cachedir>{0}/cache</cachedir>
<alias binding="same"><family>TH SarabunPSK</family><prefer><family>Sarabun</family></prefer></alias></fontconfig>"""

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not HAS_WRITER,
        reason="2026-11-23: LibreOffice Writer is not installed here; installing it would cost CI a minute",
    ),
]


def narrow(source: Path) -> bytes:
    """Sarabun drawn as small in its line as TH SarabunPSK is: a larger em, so that pages hold what they hold in an office."""
    font = bytearray(source.read_bytes())
    tables = {}
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, place, _ = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        tables[tag] = place
    struct.pack_into(">H", font, tables[b"head"] + 18, 1400)
    struct.pack_into(">hh", font, tables[b"hhea"] + 4, 1250, -332)
    struct.pack_into(">hhhHH", font, tables[b"OS/2"] + 68, 1250, -332, 0, 1250, 332)
    return bytes(font)


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory, base):
    """{name: PDF} of every document, and of a memo for one visit, laid out in one go."""
    folder = tmp_path_factory.mktemp("office")
    for weight in ("Regular", "Bold"):
        (folder / f"{weight}.ttf").write_bytes(narrow(PACKAGE / "documents" / "fonts" / f"Sarabun-{weight}.ttf"))
    (folder / "fonts.conf").write_text(FONTS.format(folder), "utf-8")
    for name, what, visits in (*((one, one, None) for one in documents.TEMPLATES), ("short", "memo", ["V1"])):
        made = documents.make(f"{what}.docx", base, settings=SETTINGS, visits=visits)
        (folder / f"{name}.docx").write_bytes(made.body)
    words = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    words += ["--outdir", str(folder), *map(str, sorted(folder.glob("*.docx")))]
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    subprocess.run(words, check=True, capture_output=True, timeout=180, env=environment)
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


def test_every_document_fits_its_pages(laid_out, pages):
    counts = {name: len(pages(body)) for name, body in laid_out.items()}
    assert counts.pop("report") in (3, 4), "two letters, each with its end on one page"
    assert counts == {"memo": 2, "short": 1, "action-plan": 1, "month": 1, "week": 1, "record": 2}


def test_the_end_of_a_letter_stands_on_one_page(laid_out, pages):
    for name in ("memo", "short", "report"):
        for part in ("(เจ้าหน้าที่ส่งเสริม ก)", "ความเห็นหรือคำสั่งของสหกรณ์จังหวัด"):
            ends = [page for page in pages(laid_out[name]) if part in page]
            assert ends, part
            assert all("จึงเรียนมาเพื่อโปรดพิจารณา" in page for page in ends), part


def test_nothing_is_drawn_outside_the_margins(laid_out):
    for name, body in laid_out.items():
        for page in pypdfium2.PdfDocument(body):
            picture = page.render(scale=1, grayscale=True).to_numpy()
            edge = 34  # points: just inside the narrowest margin, 1.5 cm less a header line
            inner = picture[:, edge:-edge]
            assert (picture[:, :edge] > 250).all(), name
            assert (picture[:, -edge:] > 250).all(), name
            assert (inner[-edge:, :] > 250).all(), name
            assert (inner < 128).sum() > 500, f"{name}: an empty page"


def test_thai_is_whole_in_its_lines(laid_out, lines, base):
    """Each line that continues an objective ends where a word does."""
    words = shipped_segmenter(shipped())
    for name in ("memo", "report", "record"):
        said = lines(laid_out[name])
        for text in (base["visits"][0]["objective"], base["visits"][1]["objective"]):
            ends = {0}
            for word in words(text):
                ends.add(max(ends) + len(word))
            breaks = ends_of_lines(text, said)
            assert breaks[-1] == len(text), f"{name}: {text} is not whole in {said}"
            assert set(breaks) <= ends, f"{name}: a line ends inside a word"


def ends_of_lines(text: str, said: list[str]) -> list[int]:
    """Places of the text at which its lines end: the first line may begin with other words, the last may end with such."""
    breaks = [0]
    for line in said:
        rest = text[breaks[-1] :].lstrip()
        at = len(text) - len(rest)
        tails = (line,) if breaks[-1] else (line[n:] for n in range(len(line) - 8))
        for tail in tails:
            if rest and (rest.startswith(tail) or tail.startswith(rest)):
                breaks.append(at + min(len(rest), len(tail)))
                break
    return breaks
