"""The web fonts of the pages, made from those of the package @fontsource/sarabun: one file a weight for what every page shows.

    uv run --with fonttools --with brotli docs/tools/fonts.py FOLDER

FOLDER holds sarabun-{thai,latin}-{400,700}-normal.woff2 (the folder `files` of https://www.npmjs.com/package/@fontsource/sarabun,
version 5.3.0, OFL-1.1, no reserved font name). Written into cps_training/views/static/fonts:
`sarabun-<weight>.woff2` with Thai, ASCII and everyday signs, and `sarabun-more-<weight>.woff2` with the other letters of Western
Europe, which a browser fetches only for a page that shows one. Outlines, kerning and the places of Thai marks stay as they are.
The spans printed at the end belong into SPANS of cps_training/views/assets.py.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[2] / "cps_training" / "views" / "static" / "fonts"
WEIGHTS = (400, 700)
THAI = {*range(0x0E01, 0x0E5C), 0x200C, 0x200D, 0x25CC}
SIGNS = set(map(ord, "\u00a0§©«°±²³µ·»¼½¾×÷–—‘’“”•…↑↓−"))
EVERYDAY = THAI | set(range(0x20, 0x7F)) | SIGNS
FEATURES = ["ccmp", "liga", "locl", "kern", "mark", "mkmk"]
"""What browsers apply by themselves; the pages ask for no other."""


def _cut(font: TTFont, letters: set[int], target: Path) -> set[int]:
    options = Options(layout_features=FEATURES, name_IDs=["*"], glyph_names=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(letters))
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    return set(font.getBestCmap())


def _spans(letters: set[int]) -> str:
    spans: list[list[int]] = []
    for letter in sorted(letters):
        if spans and letter == spans[-1][1] + 1:
            spans[-1][1] = letter
        else:
            spans.append([letter, letter])
    return ",".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in spans)


def main(source: Path) -> None:
    for weight in WEIGHTS:
        with tempfile.TemporaryDirectory() as folder:
            plain = []
            for script in ("thai", "latin"):
                font = TTFont(source / f"sarabun-{script}-{weight}-normal.woff2")
                font.flavor = None
                plain.append(f"{folder}/{script}.ttf")
                font.save(plain[-1])
            merged = f"{folder}/merged.ttf"
            Merger().merge(plain).save(merged)
            held = _cut(TTFont(merged), EVERYDAY, TARGET / f"sarabun-{weight}.woff2")
            more = {letter for letter in TTFont(plain[1]).getBestCmap() if 0xA0 < letter <= 0xFF} - held
            rest = _cut(TTFont(plain[1]), more, TARGET / f"sarabun-more-{weight}.woff2")
        print(weight, "everyday", _spans(held - {0, 13}))
        print(weight, "more", _spans(rest - {0, 13}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
