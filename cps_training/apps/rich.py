"""A sentence of the interface with data in it, kept apart so that the page can mark the data as such. A leaf of the apps."""

from __future__ import annotations

import re

Rich = list[str | dict[str, str]]


def rich(message: str, **own: str) -> Rich:
    """The message cut at its `%(name)s` places: words of the interface as they are, data as {"own": text}.

    rich("สวัสดี คุณ%(name)s", name="กานดา") gives ["สวัสดี คุณ", {"own": "กานดา"}].
    """
    parts = re.split(r"%\((\w+)\)s", message)
    return [{"own": own[part]} if n % 2 else part for n, part in enumerate(parts) if part]
