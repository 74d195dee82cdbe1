"""The catalogue of the interface: extract every message of the code and the templates into cps_training/locales/en.po.

    python docs/tools/messages.py            update en.po: new messages come in empty, unused ones go
    python docs/tools/messages.py --missing  list the messages without English, one a line

A test runs `missing()` and `unused()`; both must be empty.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cps_training"
EN = PACKAGE / "locales" / "en.po"
METHODS = [
    ("**/_shipped/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
    ("**.j2", "jinja2.ext:babel_extract"),
]
KEYWORDS = {"_": None, "session": None, "mark": None, "translate": None} | dict.fromkeys(
    ("KitError", "AttemptError", "AccessError", "ResponseError", "StoreError"), (2,)
)
"""Functions whose text is for people; of the refusals the second argument is."""


EMPTY_HEADERS = ('"POT-C', '"PO-Rev', '"Generated', '"Report', '"Last-T', '"Language-T', '"Project')
"""Header lines that would change at every run or say nothing."""


def extracted() -> Catalog:
    """All messages of the code, with where they stand (file only: line numbers would change with every edit)."""
    head = "# English texts of the interface; the Thai originals stand in the code. Kept by docs/tools/messages.py"
    catalogue = Catalog(locale="en", header_comment=head, project="cps-training", charset="utf-8", fuzzy=False)
    for filename, _, message, _, _ in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        if isinstance(message, str) and any("\u0e00" <= letter <= "\u0e7f" for letter in message):
            catalogue.add(message, locations=[(f"cps_training/{filename}", 0)])
    return catalogue


def present() -> Catalog:
    if not EN.exists():
        return Catalog(locale="en")
    with EN.open("rb") as handle:
        return read_po(handle, locale="en")


def missing() -> list[str]:
    """Messages of the code without English."""
    known = present()
    return [m.id for m in extracted() if m.id and not (known.get(m.id) and known.get(m.id).string)]


def unused() -> list[str]:
    """Messages of the catalogue that no code has."""
    wanted = extracted()
    return [m.id for m in present() if m.id and m.id not in wanted]


def update() -> None:
    """Write en.po anew: messages of the code in order of files, translations kept."""
    known, fresh = present(), extracted()
    for message in fresh:
        found = known.get(message.id) if message.id else None
        if found:
            message.string = found.string
    buffer = BytesIO()
    write_po(buffer, fresh, width=120, omit_header=False, sort_by_file=True, include_lineno=False)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(EMPTY_HEADERS)]
    EN.parent.mkdir(exist_ok=True)
    EN.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if "--missing" in sys.argv:
        print("\n".join(missing()))
        sys.exit(1 if missing() else 0)
    update()
