"""What types share that collect a choice among lines: one of them, or some of them. Pure; what is right is the type's own matter."""

from __future__ import annotations

from cps_training.items.base import JsonDict, LinedItem, Response
from cps_training.items.disguise import Disguise
from cps_training.items.reading import field_of, ids_in


class OneOfLines(LinedItem):
    """Response {"choice": id}."""

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        opaque = field_of(raw, "choice")
        return None if opaque is None else {"choice": disguise.reveal(opaque, self.line_ids)}

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"choice": disguise.hide(response["choice"])}

    def classify(self, response: Response) -> str:
        return str(response["choice"])

    def summary(self, response: Response) -> str:
        return self.texts([response["choice"]])[0]


class SomeOfLines(LinedItem):
    """Response {"choices": [id, …]} in authored order; none is blank."""

    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        if raw is None:
            return None
        taken = set(ids_in(raw, "choices", disguise, self.line_ids))
        return {"choices": [i for i in self.line_ids if i in taken]} if taken else None

    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        return {"choices": [disguise.hide(i) for i in response["choices"]]}

    def classify(self, response: Response) -> str:
        return "+".join(response["choices"])

    def summary(self, response: Response) -> str:
        return " · ".join(self.texts(response["choices"]))
