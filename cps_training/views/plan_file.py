"""A file that was just made, given to whoever asked for it. Must not know what is in it."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class PlanFile(View):
    """file: {name, mime, body (base64), text (said beside its name)} | None. A new file is saved at once; its name saves it again."""

    stem: ClassVar[str] = "plan_file"

    file = t.Dict(allow_none=True, default_value=None).tag(sync=True)
