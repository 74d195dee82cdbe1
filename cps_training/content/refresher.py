"""What an officer goes over before a visit: methods, documents to bring, cooperatives. data/refresher/. Knows no learner and no key.

Methods and documents ship with the kit (data/refresher/methods.yaml); cooperatives too, and an office adds its own in
`<data folder>/content/data/refresher/cooperatives.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from cps_training.content.forms import REFRESHER_PREFIX, Form
from cps_training.content.tables import Entry
from cps_training.content.texts import Bilingual, Title, require_distinct
from cps_training.content.yaml_source import Location
from cps_training.items.base import ClauseId, Strict
from cps_training.thai_text import nearest

METHODS_FILE = "data/refresher/methods.yaml"
COOPERATIVES_FILE = "data/refresher/cooperatives.yaml"

Kind = Literal[
    "agricultural", "fisheries", "settlement", "consumer", "service", "savings", "credit_union", "farmer_group"
]
"""The seven types of the Cooperatives Act, and farmer groups, which have a law of their own."""
KINDS: tuple[str, ...] = get_args(Kind)
VisitId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
"""Of a method, a document or a cooperative: two of them make the name of a form."""
Yes = Annotated[bool, Field(strict=True)]


class Reason(Strict):
    """A clause to go over, and why here."""

    clause: ClauseId
    why: Title


class Document(Strict):
    """Something to bring. clause: what asks for it (docs.*). is_advice: the kit's own advice, not the handbook's words."""

    id: VisitId
    title: Title
    clause: ClauseId
    is_advice: Yes = False


class Bring(Strict):
    """A document a method needs, and why. when: the occasion, where it is not every one. kinds: only for these, () = all.

    needs_deposits: only where the cooperative takes deposits.
    """

    document: VisitId
    why: Title
    when: Title | None = None
    kinds: tuple[Kind, ...] = ()
    needs_deposits: Yes = False


class Method(Strict):
    """A way of visiting (handbook, CPS 2.2). hint: what it suits."""

    id: VisitId
    title: Title
    hint: Bilingual
    clauses: Annotated[tuple[Reason, ...], Field(min_length=1, max_length=12)]
    documents: Annotated[tuple[Bring, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(reason.clause for reason in self.clauses), "clauses")
        return self


class MethodsFile(Strict):
    """methods.yaml. every_visit: what holds whatever the method is."""

    every_visit: Annotated[tuple[Reason, ...], Field(max_length=12)] = ()
    documents: Annotated[tuple[Document, ...], Field(min_length=1, max_length=40)]
    methods: Annotated[tuple[Method, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(document.id for document in self.documents), "documents")
        require_distinct(tuple(method.id for method in self.methods), "methods")
        require_distinct(tuple(reason.clause for reason in self.every_visit), "every_visit")
        return self


class Cooperative(Strict):
    """A cooperative or farmer group. note: a line about it, seen by everybody who signs in."""

    id: VisitId
    name: Title
    kind: Kind
    note: Bilingual | None = None
    takes_deposits: Yes = False
    is_fictional: Yes = False
    clauses: Annotated[tuple[Reason, ...], Field(max_length=20)] = ()
    replaces: Yes = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(reason.clause for reason in self.clauses), "clauses")
        return self


class CooperativesFile(Strict):
    """cooperatives.yaml."""

    cooperatives: Annotated[tuple[Cooperative, ...], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        require_distinct(tuple(one.id for one in self.cooperatives), "cooperatives")
        return self


@dataclass(frozen=True)
class Listed:
    """A clause of a visit with every reason for which it is listed, the method's first."""

    clause: str
    why: tuple[Title, ...]


@dataclass(frozen=True)
class Visit:
    """One cooperative and one method."""

    cooperative: Cooperative
    method: Method
    clauses: tuple[Listed, ...]
    documents: tuple[tuple[Document, Bring], ...]

    @property
    def form(self) -> Form:
        """The form of its items; which ones is chosen anew for each person."""
        title = {
            "th": f"ทบทวนก่อนลงพื้นที่: {self.method.title.th} {self.cooperative.name.th}",
            "en": f"Before the visit: {self.method.title.text('en')}, {self.cooperative.name.text('en')}",
        }
        name = f"{REFRESHER_PREFIX}{self.cooperative.id}:{self.method.id}"
        return Form(
            form=name,
            title=Title(**{lang: text[:200] for lang, text in title.items()}),
            feedback="practice",
            shuffle=False,
        )


@dataclass(frozen=True)
class Refresher:
    """All of it, by id, in the order of the files."""

    every_visit: tuple[Reason, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    cooperatives: Mapping[str, Cooperative] = field(default_factory=dict)

    @classmethod
    def of(cls, said: MethodsFile | None, cooperatives: Mapping[str, Cooperative]) -> Self:
        """From what was read; empty where there is no file of methods."""
        if said is None:
            return cls()
        documents = {document.id: document for document in said.documents}
        return cls(said.every_visit, documents, {method.id: method for method in said.methods}, dict(cooperatives))

    def visit(self, cooperative_id: str, method_id: str) -> Visit | None:
        """None where either is unknown."""
        cooperative, method = self.cooperatives.get(cooperative_id), self.methods.get(method_id)
        if cooperative is None or method is None:
            return None
        reasons: dict[str, list[Title]] = {}
        for reason in (*method.clauses, *cooperative.clauses, *self.every_visit):
            reasons.setdefault(reason.clause, []).append(reason.why)
        clauses = tuple(Listed(clause, tuple(why)) for clause, why in reasons.items())
        brought = tuple((self.documents[one.document], one) for one in method.documents if _applies(one, cooperative))
        return Visit(cooperative, method, clauses, brought)

    def visit_of(self, form_id: str) -> Visit | None:
        """The visit a form `refresher:<cooperative>:<method>` is for; None for any other name."""
        if not form_id.startswith(REFRESHER_PREFIX):
            return None
        cooperative_id, _, method_id = form_id.removeprefix(REFRESHER_PREFIX).partition(":")
        return self.visit(cooperative_id, method_id)


def _applies(one: Bring, cooperative: Cooperative) -> bool:
    if one.needs_deposits and not cooperative.takes_deposits:
        return False
    return not one.kinds or cooperative.kind in one.kinds


# Across files --------------------------------------------------------------------------------------------------


def check_methods(entry: Entry[MethodsFile], unknown_clause: Callable[[str], str | None]) -> None:
    """Report clauses that cannot be cited and documents that no line describes. unknown_clause: why not, or None."""
    said = entry.value
    known = [document.id for document in said.documents]
    for location, clause_id in _cited(said):
        if message := unknown_clause(clause_id):
            entry.report(location, message)
    for number, method in enumerate(said.methods):
        brought: list[tuple[str, object]] = []
        for index, one in enumerate(method.documents):
            at: Location = ("methods", number, "documents", index, "document")
            if one.document not in known:
                near = nearest(one.document, known)
                hint = f"ใกล้ที่สุดคือ {near} " if near else ""
                entry.report(at, f"ไม่มีเอกสารรหัส “{one.document}” ใน documents {hint}ให้แก้รหัส หรือเพิ่มเอกสาร")
            if (one.document, one.when) in brought:
                entry.report(at, f"เอกสาร “{one.document}” ซ้ำในวิธีนี้ ให้เหลือครั้งเดียว หรือบอก when ให้ต่างกัน")
            brought.append((one.document, one.when))


def _cited(said: MethodsFile) -> Iterator[tuple[Location, str]]:
    for index, reason in enumerate(said.every_visit):
        yield ("every_visit", index, "clause"), reason.clause
    for index, document in enumerate(said.documents):
        yield ("documents", index, "clause"), document.clause
    for number, method in enumerate(said.methods):
        for index, reason in enumerate(method.clauses):
            yield ("methods", number, "clauses", index, "clause"), reason.clause


def check_cooperative(entry: Entry[Cooperative], unknown_clause: Callable[[str], str | None]) -> None:
    """Report clauses that cannot be cited, and a shipped cooperative that does not say it is invented."""
    if not entry.is_office and not entry.value.is_fictional:
        entry.report((), "สหกรณ์ที่มากับชุดฝึกต้องเป็นองค์กรสมมติ ให้เติม is_fictional: true")
    for index, reason in enumerate(entry.value.clauses):
        if message := unknown_clause(reason.clause):
            entry.report(("clauses", index, "clause"), message)
