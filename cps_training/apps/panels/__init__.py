"""Panels of the trainer's room, one a file. A new one is a file here and its place in PANELS."""

from __future__ import annotations

from cps_training.apps.panels.participation import ParticipationPanel

PANELS = (ParticipationPanel(),)
