"""The trainer's room: one panel after another, in the order of PANELS. Imports pandas; never part of a learner's page."""

from __future__ import annotations

import ipywidgets

from cps_training.apps.panels import PANELS
from cps_training.apps.session import Session
from cps_training.clock import office_day, utc_now
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.views import Notice


def trainer(session: Session) -> ipywidgets.Widget:
    """All panels for today. Somebody without the trainer's role gets the desk's refusal as a notice, no rows."""
    today = office_day(utc_now())
    names = tuple(dict.fromkeys(name for panel in PANELS for name in panel.needs))
    try:
        rows = session.ask(protocol.Frames(names=names))
    except KitError as error:
        return Notice(text=session(error.message), kind="bad", locale=session.locale)
    return ipywidgets.VBox([panel.render(session, panel.compute(rows, today), today) for panel in PANELS])
