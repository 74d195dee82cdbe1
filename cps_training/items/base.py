"""The contract of an item type: what the browser may see, how a response is read, what it scores.

Pure. Knows no learner, clock, store, feedback policy or widget. One file beside this one is one item type; adding a type
means that file and its line in `items/__init__.py`. Keys, rationales and internal ids never enter a Presentation.
"""

from __future__ import annotations

import hashlib
import json
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cps_training.items.disguise import Disguise

JsonDict = dict[str, Any]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ClauseId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[0-9]+){1,3}$", max_length=40)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Share = Annotated[float, Field(ge=0, le=1)]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
Difficulty = Literal["easy", "medium", "hard"]
Interaction = Literal[
    "choose_one",
    "choose_many",
    "order",
    "choose_reason",
    "match",
    "sort",
    "number",
    "text",
    "cloze",
    "mark_lines",
    "scale",
]
Mark = Literal["right", "wrong", "missed", ""]

EXPECTED_FACILITY: dict[Difficulty, float] = {"easy": 0.85, "medium": 0.65, "hard": 0.45}
"""Share of learners expected to be right, before there are responses: a judgement of the author, by which forms are balanced."""
_DIFFICULTY_OF_BLOOM: dict[Bloom, Difficulty] = {
    "remember": "easy",
    "understand": "medium",
    "apply": "medium",
    "analyze": "hard",
    "evaluate": "hard",
    "create": "hard",
}

ANSWER = "answer"
"""The name of what is typed, where an item has one field only."""


class Strict(BaseModel):
    """Base of everything read from content files: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Option:
    """One line the browser shows; `id` is opaque."""

    id: str
    text: str


@dataclass(frozen=True)
class Presentation:
    """All that the browser may know of an unanswered item. parts: what only this interaction shows, ready for JSON."""

    item: str
    interaction: Interaction
    stem: str
    options: tuple[Option, ...] = ()
    parts: JsonDict = field(default_factory=dict)

    def as_json(self) -> JsonDict:
        """{"item", "interaction", "stem", "options": [{"id", "text"}], …parts}"""
        return {
            "item": self.item,
            "interaction": self.interaction,
            "stem": self.stem,
            "options": options_json(self.options),
            **self.parts,
        }


def options_json(options: Iterable[Option]) -> list[dict[str, str]]:
    return [{"id": option.id, "text": option.text} for option in options]


@dataclass(frozen=True)
class Explained:
    """How one part of the item stands after release. option: its opaque name, or ANSWER for what was typed.

    mark: right (in the key), wrong (taken, not in the key), missed (in the key, not taken) or empty. taken: whether the
    learner chose or filled it. right: what would have been right here, where the mark alone does not say it. tells_key: whether
    the rationale says where the part belongs, so that it must be kept back as long as the key is.
    """

    option: str
    mark: Mark
    taken: bool
    rationale: str
    right: str = ""
    tells_key: bool = False


Response = JsonDict
"""A read response in internal ids, ready to store as JSON. Its form is each type's own and documented there."""


class Line(Strict):
    """One line of an item. rationale: why it is right or wrong, or why it stands where it stands."""

    id: OptionId
    text: Text
    rationale: Text


class Choice(Line):
    """One option of a choice item. misconception: for a distractor, the mistake it catches.

    critical: choosing it is an error no points can make good: the item is worth nothing and the form is not passed.
    """

    misconception: Text | None = None
    critical: bool = False


class ItemBase(Strict):
    """What every item has. Subclasses add their own fields and the methods below.

    difficulty: the author's judgement, by which blueprints balance forms; by Bloom level where it is left out.
    hints: told one by one after a wrong try, where the form allows tries.
    """

    interaction: ClassVar[Interaction]
    is_scored: ClassVar[bool] = True
    """False: there is no right answer (a survey), and it never counts."""
    needs_rubric: ClassVar[bool] = False
    """True: a person scores it by a rubric, and until then it waits."""

    id: ItemId
    type: str
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1, max_length=4)]
    bloom: Bloom
    difficulty: Difficulty | None = None
    evidence: Literal["H", "S"]
    stem: Text
    headline: Text
    explanation: Text
    hints: Annotated[tuple[Text, ...], Field(max_length=3)] = ()

    @abstractmethod
    def present(self, disguise: Disguise) -> Presentation:
        """What the browser may see; changing only the key leaves it identical."""

    @abstractmethod
    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        """The stored form of what the browser sent. None = blank. Raises ResponseError when malformed."""

    @abstractmethod
    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        """The inverse of read_response: what the browser needs to show a stored response again."""

    @abstractmethod
    def score(self, response: Response | None) -> float | None:
        """Fraction 0…1; a blank scores 0. None: not scored, or a person must score it with the rubric."""

    @abstractmethod
    def classify(self, response: Response) -> str:
        """A short word for what was chosen: feeds distractor analysis."""

    @abstractmethod
    def summary(self, response: Response) -> str:
        """The response in plain words, for reports and for people who mark."""

    @abstractmethod
    def correct_response(self, disguise: Disguise) -> Response:
        """The response that scores 1 in this attempt."""

    @abstractmethod
    def explain(self, response: Response | None, disguise: Disguise) -> tuple[Explained, ...]:
        """Every part with its mark and rationale, for after the release."""

    @classmethod
    @abstractmethod
    def example(cls) -> Self:
        """A small complete item of this type, for contract tests and the reference page."""

    def critical_errors(self, response: Response | None) -> tuple[str, ...]:  # noqa: ARG002
        """Texts of the critical choices that were taken."""
        return ()

    def fits(self, response: Response) -> bool:
        """Whether a stored response still means something here: its options exist. Asked before a response is replayed."""
        try:
            self.score(response)
            self.summary(response)
        except (KeyError, TypeError, ValueError):
            return False
        return True

    def said(self, text: str, response: Response | None, disguise: Disguise) -> str:  # noqa: ARG002
        """A text of the item as this attempt reads it: types that draw numbers fill them in."""
        return text

    @property
    def guess(self) -> float:
        """Expected score of answering at random, 0 where something must be typed."""
        return 0.0

    @property
    def expected_facility(self) -> float:
        """Share of learners expected to be right (EXPECTED_FACILITY)."""
        return EXPECTED_FACILITY[self.expected_difficulty]

    @property
    def expected_difficulty(self) -> Difficulty:
        """The author's judgement, or what follows from the Bloom level."""
        return self.difficulty or _DIFFICULTY_OF_BLOOM[self.bloom]

    @property
    def version(self) -> str:
        """Content hash of the scored fields: the same item with a corrected typo in a rationale keeps its statistics."""
        scored = _scored(self.model_dump(mode="json", exclude_defaults=True))
        return hashlib.sha256(json.dumps(scored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]

    def author_view(self) -> JsonDict:
        """The whole item, key and rationales included; "choices" holds its options where it has any, whatever it calls them."""
        view = self.model_dump(mode="json")
        if "entries" in view:
            view["choices"] = view.pop("entries")
        return view


_UNSCORED = frozenset(
    ("headline", "explanation", "bloom", "difficulty", "evidence", "hints", "rationale", "misconception")
)


def _scored(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _scored(inner) for name, inner in value.items() if name not in _UNSCORED}
    return [_scored(inner) for inner in value] if isinstance(value, list) else value


class LinedItem(ItemBase):
    """An item whose options are lines (choices, entries, lines of a document), shown in the attempt's own order."""

    keeps_order: ClassVar[bool] = False
    """Whether the lines stay as authored: a document, a scale."""

    @property
    @abstractmethod
    def lines(self) -> tuple[Line, ...]:
        """What the learner chooses from or puts in order, as authored."""

    @property
    def line_ids(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)

    def present(self, disguise: Disguise) -> Presentation:
        ids = self.line_ids if self.keeps_order else disguise.order(self.line_ids)
        return Presentation(self.id, self.interaction, self.stem, self.options(ids, disguise), self.parts())

    def parts(self) -> JsonDict:
        """What the interaction shows besides stem and options."""
        return {}

    def options(self, ids: Iterable[str], disguise: Disguise) -> tuple[Option, ...]:
        texts = {line.id: line.text for line in self.lines}
        return tuple(Option(disguise.hide(line_id), texts[line_id]) for line_id in ids)

    def texts(self, ids: Iterable[str]) -> list[str]:
        """Texts of these lines. Raises KeyError for an unknown id."""
        texts = {line.id: line.text for line in self.lines}
        return [texts[line_id] for line_id in ids]
