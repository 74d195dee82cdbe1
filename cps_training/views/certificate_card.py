"""A certificate that prints alone on one page, or what is still missing for it. Must not know what it takes: words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class CertificateCard(View):
    """certificate: None, or {office, heading, name, lines: [str], code, code_label, note}; then `missing` is not shown.

    missing: {heading, intro, rows: [{text, is_done, state}], action: None | {label, href}}. labels: {print}, "" = no button.
    """

    stem: ClassVar[str] = "certificate_card"
    shared: ClassVar[tuple[str, ...]] = ("_dom", "_print")

    certificate = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    missing = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    labels = t.Dict().tag(sync=True)
