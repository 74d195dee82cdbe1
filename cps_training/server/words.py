"""Names of roles for people. A leaf: messages for the catalogue, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from cps_training.i18n import mark

ROLE_LABELS = {
    "trainer": mark("วิทยากร"),
    "admin": mark("ผู้ดูแลระบบ"),
    "approver": mark("สหกรณ์จังหวัด"),
    "learner": mark("เจ้าหน้าที่"),
}
"""In the order in which somebody with several roles is introduced."""


def role_label(roles: Iterable[str]) -> str:
    """The message that names the first of these roles."""
    held = set(roles)
    return next((label for role, label in ROLE_LABELS.items() if role in held), ROLE_LABELS["learner"])
