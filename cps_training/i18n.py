"""Thai is the source language, English the translation. A translator is passed per person, never installed globally.

A leaf. `locales/en.po` beside this package is the catalogue; `compile_catalogues` writes the `.mo` files the kit reads,
because a checkout carries none. In code: `_ = translator("en")` then `_("ข้อต่อไป")`; values go in by `%(name)s`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

LOCALES = ("th", "en")
SOURCE_LOCALE = "th"
CATALOGUES = Path(__file__).parent / "locales"

Translator = Callable[[str], str]


def mark(message: str) -> str:
    """Marks a message for the catalogue where no translator is at hand; the text itself is returned."""
    return message


def _same(message: str) -> str:
    return message


@cache
def _catalogue(path: Path) -> gettext.GNUTranslations:
    with path.open("rb") as handle:
        return gettext.GNUTranslations(handle)


def translator(locale: str, folder: Path | None = None) -> Translator:
    """A function from Thai message to `locale`. Unknown locales and untranslated messages stay Thai.

    folder: where compile_catalogues wrote the .mo files; without it the .po is compiled in memory (slower, tests, CLI).
    """
    if locale == SOURCE_LOCALE or locale not in LOCALES:
        return _same
    path = (folder / f"{locale}.mo") if folder else None
    if path is not None and path.exists():
        return _catalogue(path).gettext
    return _compiled_in_memory(locale)


@cache
def _compiled_in_memory(locale: str) -> Translator:
    from io import BytesIO

    buffer = BytesIO()
    _write(CATALOGUES / f"{locale}.po", buffer)
    buffer.seek(0)
    return gettext.GNUTranslations(buffer).gettext


def _write(source: Path, target: object) -> None:
    from babel.messages.mofile import write_mo  # imported late: a learner's kernel never needs it
    from babel.messages.pofile import read_po

    with source.open("rb") as handle:
        catalogue = read_po(handle)
    write_mo(target, catalogue)


def compile_catalogues(folder: Path) -> None:
    """Write `<locale>.mo` into folder for every catalogue that is missing there or older than its source."""
    folder.mkdir(parents=True, exist_ok=True)
    for locale in LOCALES:
        source, target = CATALOGUES / f"{locale}.po", folder / f"{locale}.mo"
        if locale == SOURCE_LOCALE or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        partial = target.with_suffix(".partial")
        with partial.open("wb") as handle:
            _write(source, handle)
        partial.replace(target)
