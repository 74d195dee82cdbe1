"""The contract of an item type: what the browser may see, how a response is read, what it scores.

Pure. Knows no learner, clock, store, feedback policy or widget. One file beside this one is one item type; adding a type
means that file and its line in `items/__init__.py`. Keys, rationales and internal ids never enter a Presentation.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cps_training.errors import ResponseError

JsonDict = dict[str, Any]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ClauseId = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[0-9]+){1,3}$", max_length=40)]
OptionId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
Interaction = Literal["choose_one", "choose_many", "order"]


class Strict(BaseModel):
    """Base of everything read from content files: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Disguise:
    """Hides internal option ids and their authored order from one attempt's browser.

    secret: random bytes of the attempt, known to the desk only. Names and order depend on secret and item, so nothing
    about one attempt tells anything about another.
    """

    def __init__(self, secret: bytes, item_id: str) -> None:
        self._secret, self._item_id = secret, item_id

    def _digest(self, purpose: str, value: str) -> str:
        message = "\x1f".join((purpose, self._item_id, value)).encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()

    def hide(self, option_id: str) -> str:
        """The opaque name of an option in this attempt (12 hex digits)."""
        return self._digest("name", option_id)[:12]

    def reveal(self, opaque: object, option_ids: tuple[str, ...]) -> str:
        """The option behind an opaque name. Raises ResponseError for a name this item does not have."""
        for option_id in option_ids:
            if isinstance(opaque, str) and hmac.compare_digest(
                self.hide(option_id).encode(), opaque.encode(errors="surrogatepass")
            ):
                return option_id
        raise ResponseError("unknown-option", "คำตอบนี้ไม่ตรงกับตัวเลือกของข้อ โปรดโหลดหน้านี้ใหม่แล้วตอบอีกครั้ง")

    def order(self, option_ids: tuple[str, ...]) -> tuple[str, ...]:
        """The options in this attempt's order."""
        return tuple(sorted(option_ids, key=lambda option_id: self._digest("order", option_id)))


@dataclass(frozen=True)
class Option:
    """One line the browser shows; `id` is opaque."""

    id: str
    text: str


@dataclass(frozen=True)
class Presentation:
    """All that the browser may know of an unanswered item."""

    item: str
    interaction: Interaction
    stem: str
    options: tuple[Option, ...]

    def as_json(self) -> JsonDict:
        """{"item", "interaction", "stem", "options": [{"id", "text"}]}"""
        return {
            "item": self.item,
            "interaction": self.interaction,
            "stem": self.stem,
            "options": [{"id": option.id, "text": option.text} for option in self.options],
        }


@dataclass(frozen=True)
class Explained:
    """How one option stands after release: `mark` right (in the key), wrong (taken, not in the key), missed (in the key,
    not taken) or empty; `taken` says whether the learner chose it."""

    option: str
    mark: Literal["right", "wrong", "missed", ""]
    taken: bool
    rationale: str


Response = JsonDict
"""A read response in internal ids, ready to store as JSON. Its form is each type's own and documented there."""


class Line(Strict):
    """One line of an item. rationale: why it is right or wrong, or why it stands where it stands."""

    id: OptionId
    text: Text
    rationale: Text


class Choice(Line):
    """One option of a choice item. misconception: for a distractor, the mistake it catches."""

    misconception: Text | None = None


class ItemBase(Strict):
    """What every item has. Subclasses add their own fields and the methods below."""

    interaction: ClassVar[Interaction]

    id: ItemId
    type: str
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1, max_length=4)]
    bloom: Bloom
    evidence: Literal["H", "S"]
    stem: Text
    headline: Text
    explanation: Text

    @property
    @abstractmethod
    def lines(self) -> tuple[Line, ...]:
        """What the learner chooses from or puts in order, as authored."""

    @property
    def line_ids(self) -> tuple[str, ...]:
        return tuple(line.id for line in self.lines)

    def present(self, disguise: Disguise) -> Presentation:
        """What the browser may see; changing only the key leaves it identical."""
        texts = {line.id: line.text for line in self.lines}
        options = tuple(Option(disguise.hide(line_id), texts[line_id]) for line_id in disguise.order(self.line_ids))
        return Presentation(self.id, self.interaction, self.stem, options)

    @abstractmethod
    def read_response(self, raw: object, disguise: Disguise) -> Response | None:
        """The stored form of what the browser sent. None = blank. Raises ResponseError when malformed."""

    @abstractmethod
    def show_response(self, response: Response, disguise: Disguise) -> JsonDict:
        """The inverse of read_response: what the browser needs to show a stored response again."""

    @abstractmethod
    def score(self, response: Response | None) -> float:
        """Fraction 0…1; a blank scores 0."""

    @abstractmethod
    def classify(self, response: Response) -> str:
        """A short word for what was chosen: feeds distractor analysis."""

    @abstractmethod
    def correct_response(self) -> Response:
        """The response that scores 1."""

    @abstractmethod
    def explain(self, response: Response | None) -> tuple[Explained, ...]:
        """Every option with its mark and rationale, for after the release."""

    @classmethod
    @abstractmethod
    def example(cls) -> Self:
        """A small complete item of this type, for contract tests and the reference page."""

    @property
    def version(self) -> str:
        """Content hash of the scored fields: the same item with a corrected typo in a rationale keeps its statistics."""
        scored = self.model_dump(mode="json", exclude=_UNSCORED)
        return hashlib.sha256(json.dumps(scored, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]

    def author_view(self) -> JsonDict:
        """The whole item, key and rationales included; "choices" holds its options whatever the type calls them."""
        view = self.model_dump(mode="json")
        if "entries" in view:
            view["choices"] = view.pop("entries")
        return view


_UNSCORED: Any = {
    "headline": True,
    "explanation": True,
    "bloom": True,
    "evidence": True,
    "choices": {"__all__": {"rationale", "misconception"}},
    "entries": {"__all__": {"rationale"}},
}


def require_unique(ids: list[str], what: str) -> None:
    """Raises ValueError naming the repeated ids."""
    repeated = sorted({option_id for option_id in ids if ids.count(option_id) > 1})
    if repeated:
        raise ValueError(f"{what}ซ้ำกัน: {', '.join(repeated)} ให้ตั้งรหัสไม่ซ้ำภายในข้อเดียวกัน")


def field_of(raw: object, name: str) -> object:
    """raw[name] when raw is a mapping holding exactly that field. Raises ResponseError otherwise."""
    if not isinstance(raw, dict) or set(raw) != {name}:
        raise ResponseError("malformed-response", f"รูปแบบคำตอบไม่ถูกต้อง: ต้องมีเฉพาะ “{name}” โปรดโหลดหน้านี้ใหม่")
    return raw[name]


def ids_in(raw: object, name: str, disguise: Disguise, option_ids: tuple[str, ...]) -> list[str]:
    """The revealed ids of a list field, each at most once. Raises ResponseError otherwise."""
    opaque = field_of(raw, name)
    if not isinstance(opaque, list) or len(opaque) > len(option_ids):
        raise ResponseError(
            "malformed-response", f"รูปแบบคำตอบไม่ถูกต้อง: “{name}” ต้องเป็นรายการตัวเลือกของข้อนี้ โปรดโหลดหน้านี้ใหม่"
        )
    ids = [disguise.reveal(name_, option_ids) for name_ in opaque]
    if len(set(ids)) != len(ids):
        raise ResponseError("malformed-response", "รูปแบบคำตอบไม่ถูกต้อง: มีตัวเลือกซ้ำ โปรดโหลดหน้านี้ใหม่")
    return ids
