"""A refusal whose Thai words a page can say in the reader's language. Pure."""

from __future__ import annotations

from cps_training.errors import KitError


def refusal(code: str, name: str, text: str, **values: str) -> KitError:
    """A KitError about the file `name`. text: Thai message id with %(name)s and the values; details: {"text", "values"}."""
    filled = {"name": name, **values}
    return KitError(code, text % filled, place=name, details={"text": text, "values": filled})
