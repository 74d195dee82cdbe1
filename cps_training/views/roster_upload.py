"""A roster file: choose it, see what is wrong and what would change, then take it over. Must not know files' formats or rosters.

A file comes in parts, because a page's messages are bounded; what comes is bytes from a stranger until somebody reads it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets as t

from cps_training.views._view import FormView, Intent, OnAction, OnIntent, is_send_id

LARGEST_FILE = 2_000_000
PART_LETTERS = 120_000
MOST_PARTS = 4 * LARGEST_FILE // (3 * PART_LETTERS) + 2
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody chose. name: as the browser calls it, only for showing."""

    name: str
    data: bytes


class RosterUpload(FormView):
    """step: {heading, intro, back: {id, label}, choose: {label, pick, hint, button, columns: {title, columns, rows}, template: {label,
    file, rows: [[text]]}} | None, file: name (data), verdict: {text, kind} | None, findings: {title, columns, rows: [{kind,
    kind_label, cells}], rest} | None, difference: {title, rows: [{id, title, columns, rows}]} | None, form: form id | "",
    actions: [{id, label, primary}]}.
    labels: no_file, too_big, not_read and those of FormView. on_file gets (Upload, Intent); its answer goes through `tell`.
    """

    stem: ClassVar[str] = "roster_upload"

    step = t.Dict().tag(sync=True)
    most = t.Int(LARGEST_FILE).tag(sync=True)

    def __init__(
        self,
        *,
        on_file: Callable[[Upload, Intent], None] | None = None,
        on_intent: OnIntent | None = None,
        on_action: OnAction | None = None,
        **state: Any,
    ) -> None:
        self._on_file = on_file
        self._parts: dict[str, list[str]] = {}
        super().__init__(on_intent=on_intent, on_action=on_action, **state)

    def _receive(self, message: Mapping[str, Any]) -> bool:
        if message.get("kind") != "part":
            return super()._receive(message)
        if set(message) != {"kind", "upload", "name", "n", "of", "data"}:
            return False
        upload, name, n, of, data = (message[key] for key in ("upload", "name", "n", "of", "data"))
        if not is_send_id(upload) or not isinstance(name, str) or len(name) > LONGEST_NAME:
            return False
        if type(n) is not int or type(of) is not int or not 0 <= n < of <= MOST_PARTS:
            return False
        if not isinstance(data, str) or len(data) > PART_LETTERS:
            return False
        if n == 0:
            self._parts = {upload: []}  # one file at a time: a new one takes the place of an unfinished one
        got = self._parts.get(upload)
        if got is None or len(got) != n:
            return False
        got.append(data)
        return n + 1 < of or self._complete(upload, name)

    def _complete(self, upload: str, name: str) -> bool:
        letters = "".join(self._parts.pop(upload))
        try:
            data = base64.b64decode(letters, validate=True)
        except (ValueError, binascii.Error):
            return False
        intent = Intent("file", {}, upload)
        if len(data) > LARGEST_FILE:
            self.tell(intent, "error", str(self.labels.get("too_big", "")))
            return True
        self.act_on_file(Upload(name, data), intent)
        return True

    def act_on_file(self, upload: Upload, intent: Intent) -> None:
        """Hand a whole file on; one whose handling fails unforeseen is answered too."""
        if self._on_file is None:
            return
        try:
            self._on_file(upload, intent)
        except Exception:
            self.tell(intent, "error", str(self.labels.get("failed", "")))
            raise
