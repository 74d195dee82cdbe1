"""Texts of content in Thai and English. Thai is the source; English may be missing in an office's own content."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from cps_training.items.base import Strict, Text

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


def require_distinct(ids: tuple[str, ...], name: str) -> None:
    """Raises ValueError naming the ids that a list field repeats."""
    repeated = sorted({each for each in ids if ids.count(each) > 1})
    if repeated:
        raise ValueError(f"{name} มีรหัสซ้ำ: {', '.join(repeated)} ให้เหลือครั้งเดียว")


class Bilingual(Strict):
    """A text in Thai and, where somebody translated it, in English."""

    th: Text
    en: Text | None = None

    def text(self, locale: str) -> str:
        """The text for a locale; Thai where there is no translation."""
        return self.en if locale == "en" and self.en is not None else self.th


class Title(Bilingual):
    """A short one: a heading or a label."""

    th: Short
    en: Short | None = None
