"""The page of progress: person by lesson and quiz, and what people have to mend in their plans. Asks the desk; panels arrange what it said."""

from __future__ import annotations

import ipywidgets

from cps_training.apps.panels import plan_errors
from cps_training.apps.panels.progress import Column, ProgressPanel
from cps_training.apps.session import Session
from cps_training.apps.signed_out import refusal
from cps_training.clock import office_day, utc_now
from cps_training.desk import plan_messages, protocol
from cps_training.errors import KitError
from cps_training.views import PlanTable, ProgressGrid


def progress(session: Session) -> ipywidgets.Widget:
    """The grid of today and the errors of plans, or where the desk refuses its rows its words."""
    panel = ProgressPanel()
    try:
        rows = session.ask(protocol.Frames(names=panel.needs))
        columns = _columns(session)
        errors = session.ask(plan_messages.PlanErrors())
    except KitError as error:
        return refusal(session, error, "/progress")
    grid = ProgressGrid(**panel.render(session, panel.compute(rows, columns, office_day(utc_now())), columns))
    return ipywidgets.VBox([grid, PlanTable(**plan_errors.table(session, errors))])


def _columns(session: Session) -> list[Column]:
    """Lessons by number, then the quizzes."""
    lessons = sorted(session.ask(protocol.Progress())["lessons"], key=lambda lesson: lesson["number"])
    forms = session.ask(protocol.Forms())["forms"]
    return [Column(f"lesson:{one['lesson_id']}", "lesson", one["title"]) for one in lessons] + [
        Column(one["form_id"], "form", one["title"]) for one in forms
    ]
