"""One-time codes to hand out: shown once, printed as slips or saved as a table. Must not know where they come from."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class RosterSlips(View):
    """page: {heading, intro, rows: [{name, code, letters}], lines: [text] (printed on every slip), labels: {code, letters,
    print, save}, file: name of the CSV, columns: [name, code, one-time code], actions: [{id, label, primary}]}."""

    stem: ClassVar[str] = "roster_slips"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_form")

    page = t.Dict().tag(sync=True)
