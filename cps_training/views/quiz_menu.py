"""The quizzes one can take. Must not know forms or attempts: states and facts arrive as words."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._view import View


class QuizMenu(View):
    """Quizzes as cards; pressing one's button gives `on_action(action id)`.

    groups: [{id, title, note, is_open, forms}], folded but for the open ones; one group alone has no heading. forms: [{id, title, description, facts: [str], state, tag, action: {id, label, primary}, more: None | {id, label}}]; notice: None,
    or {text, kind: good | due, action: {label, href}} above them.
    """

    stem: ClassVar[str] = "quiz_menu"

    heading = t.Unicode().tag(sync=True)
    intro = t.Unicode().tag(sync=True)
    notice = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    groups = t.List().tag(sync=True)
