"""The page of item statistics for staff. Asks the desk once; the panel computes and says what it found."""

from __future__ import annotations

import ipywidgets

from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.panels.item_table import ItemPanel
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.desk import protocol
from cps_training.errors import KitError
from cps_training.views import ItemTable


def items(session: Session) -> ipywidgets.Widget:
    """The table of items, or where the desk refuses its rows its words."""
    panel = ItemPanel()
    try:
        rows = session.ask(protocol.Frames(names=panel.needs))
    except KitError as error:
        return refusal(session, error, "/items")
    return ItemTable(**panel.render(session, panel.compute(rows)), **ClauseCards(session).wiring())
