"""A file that is refused: where, what was found, what to do."""

from __future__ import annotations

from cps_training.errors import KitError


def refusal(code: str, name: str, text: str, **values: str) -> KitError:
    """A KitError about the file `name`. text: Thai message id with %(name)s and the values.

    details: {"text", "values"}, from which a page says the same in the reader's language.
    """
    filled = {"name": name, **values}
    return KitError(code, text % filled, place=name, details={"text": text, "values": filled})
