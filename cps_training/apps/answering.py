"""A sent form and what becomes of it: done, or refused where it belongs with everything typed still there."""

from __future__ import annotations

from collections.abc import Callable

from cps_training.apps.panels import fields
from cps_training.apps.session import Session
from cps_training.errors import KitError
from cps_training.views._view import FormView, Intent


def answer(session: Session, view: FormView, intent: Intent, work: Callable[[], None]) -> None:
    """Do what a form asks. `work` tells the view when it is saved; what is wrong is said here, at its field."""
    form = view.forms.get(intent.form, {"fields": []})
    try:
        work()
    except fields.FieldError as wrong:
        view.tell(intent, "error", wrong.text, wrong.field)
    except KitError as error:
        view.tell(intent, "error", *fields.refusal(session, error, form))
