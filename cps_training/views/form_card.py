"""One form in a card of its own, folded behind its title or open. Must not know what it is for."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import FormView


class FormCard(FormView):
    """card: {heading, level: 1 | 2, intro, passages, form: id in `forms`, is_folded, actions: [{id, label}]}; forms as in FormView.

    passages: [{label, text, is_folded}], content to be read before the form is filled in; it makes the card a column to read.
    """

    stem: ClassVar[str] = "form_card"

    card = t.Dict().tag(sync=True)
