"""Opaque names and chance of one attempt: what its browser knows of an item tells nothing about the item elsewhere.

Everything follows from the attempt's secret and the item's id, so that the same attempt looks the same for ever. Pure.
"""

from __future__ import annotations

import hashlib
import hmac
from random import Random

from cps_training.errors import ResponseError


class Disguise:
    """Hides internal option ids and their authored order from one attempt's browser.

    secret: random bytes of the attempt, known to the desk only. Names and order depend on secret and item, so nothing
    about one attempt tells anything about another.
    """

    def __init__(self, secret: bytes, item_id: str) -> None:
        self._secret, self._item_id = secret, item_id

    def _digest(self, purpose: str, value: str) -> str:
        message = "\x1f".join((purpose, self._item_id, value)).encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()

    def hide(self, option_id: str) -> str:
        """The opaque name of an option in this attempt (12 hex digits)."""
        return self._digest("name", option_id)[:12]

    def reveal(self, opaque: object, option_ids: tuple[str, ...]) -> str:
        """The option behind an opaque name. Raises ResponseError for a name this item does not have."""
        for option_id in option_ids:
            if isinstance(opaque, str) and hmac.compare_digest(
                self.hide(option_id).encode(), opaque.encode(errors="surrogatepass")
            ):
                return option_id
        raise ResponseError("unknown-option", "คำตอบนี้ไม่ตรงกับตัวเลือกของข้อ โปรดโหลดหน้านี้ใหม่แล้วตอบอีกครั้ง")

    def order(self, option_ids: tuple[str, ...]) -> tuple[str, ...]:
        """The options in this attempt's order."""
        return tuple(sorted(option_ids, key=lambda option_id: self._digest("order", option_id)))

    def chance(self) -> Random:
        """The numbers this attempt draws for the item: the same each time it is asked."""
        return Random(int(self._digest("values", ""), 16))
