"""What came out of a quiz. Must not know scores: words arrive ready."""

from __future__ import annotations

from typing import ClassVar

import traitlets as t

from cps_training.views._citing import Citing


class ResultCard(Citing):
    """The score in words, what there is to know about it, and every item as a row; pressing row n gives `on_action("review:<n>")`.

    tag: {text, kind: good | due | plain}; notes: [{text, kind: "" | good | due | bad, items: [text], action: {label, href}}], the
    last two may be missing; sections: None, or {title, rows: [{title, text, tag, actions}]}; table: None, or {title, intro,
    columns: [text], rows: [[text]]}; rows: [{n, title, verdict, verdict_label, cited: {id, label, title} | None}]; actions as in ItemCard.
    """

    stem: ClassVar[str] = "result_card"

    heading = t.Unicode().tag(sync=True)
    score_text = t.Unicode().tag(sync=True)
    tag = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    notes = t.List().tag(sync=True)
    sections = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    table = t.Dict(allow_none=True, default_value=None).tag(sync=True)
    rows = t.List().tag(sync=True)
    actions = t.List().tag(sync=True)
