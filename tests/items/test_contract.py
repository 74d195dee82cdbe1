"""What every item type promises, for each of ITEM_TYPES: keys stay back, blanks are no answers, scores stay in range."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cps_training.errors import ResponseError
from cps_training.items import ITEM_TYPES, item_from_json
from cps_training.items.base import ItemBase
from cps_training.items.disguise import Disguise
from cps_training.items.simulated import guess

SECRET = b"one attempt's secret"
EXAMPLES = {cls.model_fields["type"].annotation.__args__[0]: cls.example() for cls in ITEM_TYPES}
SCORED = {name: item for name, item in EXAMPLES.items() if item.is_scored and not item.needs_rubric}
KEYED = {name: item for name, item in SCORED.items() if name not in ("numeric", "parametric", "short_text")}
"""Types whose key chooses among what is shown."""

NOTHING = {
    "choose_one": [{"choice": None}],
    "choose_many": [{"choices": []}],
    "order": [{"order": []}],
    "choose_reason": [{"choice": None, "reason": None}],
    "match": [{"pairs": {}}],
    "sort": [{"pairs": {}}],
    "number": [{"number": None}, {"number": "  "}],
    "text": [{"text": None}, {"text": " \n"}],
    "cloze": [{"gaps": {}}],
    "mark_lines": [{"choices": []}],
    "scale": [{"choice": None}],
}

every_type = pytest.mark.parametrize("item", EXAMPLES.values(), ids=EXAMPLES)
every_scored = pytest.mark.parametrize("item", SCORED.values(), ids=SCORED)
every_keyed = pytest.mark.parametrize("item", KEYED.values(), ids=KEYED)


def disguise_of(item: ItemBase, secret: bytes = SECRET) -> Disguise:
    return Disguise(secret, item.id)


def changed(item: ItemBase, **fields: object) -> ItemBase:
    return item_from_json({**item.model_dump(mode="json"), **fields})


def presentation(item: ItemBase, secret: bytes = SECRET) -> dict[str, Any]:
    return item.present(disguise_of(item, secret)).as_json()


def browser_responses(item: ItemBase, n: int = 200) -> list[dict[str, Any]]:
    """Well-formed responses a browser could send, drawn at random from what is shown, and the right one."""
    draw, shown = random.Random(7), presentation(item)
    right = item.show_response(item.correct_response(disguise_of(item)), disguise_of(item))
    return [guess(shown, draw) for _ in range(n)] + [right]


def read(item: ItemBase, raw: object) -> dict[str, Any]:
    response = item.read_response(raw, disguise_of(item))
    assert response is not None
    return response


def strings(value: object) -> Iterator[str]:
    """Every text inside JSON, names of fields left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def ids_in(value: object) -> Iterator[str]:
    """Every `id`, `gap`, `key`, `answer` or `bin` inside JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in ("id", "gap") and isinstance(inner, str):
                yield inner
            yield from ids_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_in(inner)


def internal_ids(item: ItemBase) -> set[str]:
    stored = item.model_dump(mode="json")
    stored.pop("id")
    return set(ids_in(stored))


def other_keys(item: ItemBase) -> list[ItemBase]:
    """The same item with other keys: whatever names a right option is exchanged, one place at a time."""
    stored = item.model_dump(mode="json")
    candidates: list[dict[str, Any]] = []
    for name in ("key", "verdict"):
        if name in stored:
            ids = [part["id"] for part in stored.get("choices") or stored.get("reasons") or stored.get("entries")]
            values: list[object] = [*ids, True, False]
            values += [list(some) for n in range(1, len(ids) + 1) for some in itertools.permutations(ids, n)]
            candidates += [{name: value} for value in values]
    for field, key in (("prompts", "answer"), ("cards", "bin"), ("extract", "is_faulty"), ("gaps", "key")):
        for place, part in enumerate(stored.get(field, ())):
            targets = [t["id"] for t in stored.get("answers") or stored.get("bins") or part.get("options") or ()]
            for value in [*targets, True, False]:
                weight = {"weight": 1} if field == "extract" else {}
                parts = [p | ({key: value} | weight if n == place else {}) for n, p in enumerate(stored[field])]
                candidates.append({field: parts})
    items = []
    for candidate in candidates:
        try:
            other = changed(item, **candidate)
        except ValueError:
            continue
        if other.correct_response(disguise_of(item)) != item.correct_response(disguise_of(item)):
            items.append(other)
    return items


# Scoring ----------------------------------------------------------------------------------------------------------


@every_scored
def test_correct_response_scores_one_also_through_the_browser(item: ItemBase) -> None:
    for secret in (SECRET, b"another attempt", b"a third"):
        disguise = disguise_of(item, secret)
        right = item.correct_response(disguise)
        assert item.score(right) == 1
        assert item.score(item.read_response(item.show_response(right, disguise), disguise)) == 1


@every_scored
def test_score_stays_between_zero_and_one(item: ItemBase) -> None:
    scores = [item.score(read(item, raw)) for raw in browser_responses(item)]
    assert all(score is not None and 0 <= score <= 1 for score in scores)
    assert min(scores) == 0, "some response must be worth nothing, or the item tells nobody apart"


@every_keyed
def test_only_the_correct_response_scores_one(item: ItemBase) -> None:
    right = item.correct_response(disguise_of(item))
    for raw in browser_responses(item):
        response = read(item, raw)
        if item.type != "cloze":  # a typed gap has more than one right filling
            assert (item.score(response) == 1) == (response == right)


@every_type
def test_blank_is_not_a_response_and_is_worth_nothing(item: ItemBase) -> None:
    for raw in (None, *NOTHING[item.interaction]):
        assert item.read_response(raw, disguise_of(item)) is None
    assert not item.score(None)
    assert item.critical_errors(None) == ()


@every_type
def test_the_order_and_the_names_of_options_never_matter(item: ItemBase) -> None:
    for raw in browser_responses(item, 50):
        response = read(item, raw)
        for secret in (b"x", b"y", b"z"):
            elsewhere = disguise_of(item, secret)
            again = item.read_response(item.show_response(response, elsewhere), elsewhere)
            if item.type != "parametric":  # there the other attempt asks for other numbers
                assert again == response
    stored = item.model_dump(mode="json")
    lists = ("choices", "reasons", "prompts", "answers", "bins", "cards", "extract", "gaps", "accepted")
    turned = item_from_json(stored | {name: stored[name][::-1] for name in lists if name in stored})
    for raw in browser_responses(item, 50):
        response = read(item, raw)
        assert turned.score(response) == pytest.approx(item.score(response))
        backwards = {name: value[::-1] if name == "choices" else value for name, value in raw.items()}
        assert item.score(read(item, backwards)) == item.score(response)


@every_type
def test_guessing_is_worth_what_the_item_says(item: ItemBase) -> None:
    """guess: mean score of a few thousand responses drawn blindly; of types where the simulation draws as it says."""
    uniform = {"multiple_choice", "true_false", "ordering"}
    if item.type in uniform:
        draw, shown = random.Random(5), presentation(item)
        scores = [item.score(read(item, guess(shown, draw))) or 0.0 for _ in range(4000)]
        assert sum(scores) / len(scores) == pytest.approx(item.guess, abs=0.03)
    assert 0 <= item.guess < 1


# What is stored and shown -----------------------------------------------------------------------------------------


@every_type
def test_show_response_inverts_read_response(item: ItemBase) -> None:
    disguise = disguise_of(item)
    for raw in browser_responses(item):
        response = read(item, raw)
        assert item.read_response(item.show_response(response, disguise), disguise) == response
        assert json.loads(json.dumps(response)) == response, "a response is stored as JSON"
        assert item.fits(response)
        assert item.summary(response)


@every_type
def test_classify_tells_different_responses_apart(item: ItemBase) -> None:
    words: dict[str, str] = {}
    for raw in browser_responses(item):
        response = read(item, raw)
        kept = {name: value for name, value in response.items() if name != "typed"}
        words[json.dumps(kept, sort_keys=True)] = item.classify(response)
    if item.type == "parametric":
        assert "right" in words.values()
    else:
        assert len(set(words.values())) == len(words)


@every_type
def test_round_trip_through_json_and_yaml(item: ItemBase) -> None:
    stored = item.model_dump(mode="json")
    for again in (json.loads(json.dumps(stored)), yaml.safe_load(yaml.safe_dump(stored, allow_unicode=True))):
        assert item_from_json(again) == item
        assert item_from_json(again).version == item.version


@every_keyed
def test_presentation_does_not_depend_on_the_key(item: ItemBase) -> None:
    others = other_keys(item)
    assert others
    for other in others:
        assert presentation(other) == presentation(item)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("numeric", {"answer": 7, "tolerance": {"absolute": 2}, "mistakes": []}),
        ("parametric", {"formula": "n + 1", "tolerance": {"relative": 0.5}, "mistakes": []}),
        ("short_text", {"accepted": ["อย่างอื่น"], "misspelling": 3, "mistakes": []}),
        ("essay", {"model_answer": "อย่างอื่น"}),
        ("multiple_choice", {"hints": ["อย่างอื่น"], "difficulty": "hard"}),
    ],
)
def test_presentation_does_not_depend_on_what_is_accepted(kind: str, fields: dict[str, Any]) -> None:
    item = EXAMPLES[kind]
    assert presentation(changed(item, **fields)) == presentation(item)


@every_type
def test_presentation_holds_no_internal_id_and_nothing_said_after_release(item: ItemBase) -> None:
    shown = presentation(item)
    names = list(ids_in(shown))
    assert set(names).isdisjoint(internal_ids(item))
    assert len(set(names)) == len(names)
    said = "\n".join(strings(shown))
    stored = item.model_dump(mode="json")
    kept_back = [text for field in ("rationale", "misconception") for text in _all_of(stored, field)]
    kept_back += [text for text in (item.headline, item.explanation, *item.hints) if text]
    assert [text for text in kept_back if text in said] == []


def _all_of(value: object, field: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == field and inner:
                yield inner
            yield from _all_of(inner, field)
    elif isinstance(value, list):
        for inner in value:
            yield from _all_of(inner, field)


@every_type
def test_names_and_order_of_options_differ_between_attempts(item: ItemBase) -> None:
    shown = [presentation(item, b"attempt %d" % number) for number in range(20)]
    names = [name for one in shown for name in ids_in(one)]
    assert len(set(names)) == len(names)
    texts = {tuple(strings({k: v for k, v in one.items() if k != "item"} | {"ids": None})) for one in shown}
    fixed = {"numeric", "short_text", "essay", "evidence_marking", "likert"}
    if item.type not in fixed:
        orders = {tuple(text for text in strings(one) if text not in names) for one in shown}
        assert len(orders) > 1, texts


@every_type
def test_a_name_of_another_attempt_is_refused(item: ItemBase) -> None:
    disguise = disguise_of(item, b"another attempt")
    elsewhere = item.show_response(item.correct_response(disguise), disguise)
    if not internal_ids(item) or item.interaction in ("text", "number"):
        return  # nothing is named
    with pytest.raises(ResponseError) as refused:
        item.read_response(elsewhere, disguise_of(item))
    assert refused.value.code == "unknown-option"


@every_scored
def test_explain_marks_the_correct_response_right_and_others_not(item: ItemBase) -> None:
    disguise = disguise_of(item)
    explained = item.explain(item.correct_response(disguise), disguise)
    assert {line.mark for line in explained} <= {"right", ""}
    assert any(line.mark == "right" for line in explained)
    for raw in browser_responses(item, 50):
        response = read(item, raw)
        marks = {line.mark for line in item.explain(response, disguise)}
        assert bool(marks & {"wrong", "missed"}) == (item.score(response) != 1)
    shown = set(ids_in(presentation(item))) | {"answer"}
    assert {line.option for line in explained} <= shown, "explained in the names the browser knows"


# Versions ---------------------------------------------------------------------------------------------------------


@every_type
def test_version_changes_with_a_scored_field(item: ItemBase) -> None:
    stem = "อีกโจทย์หนึ่ง {n}" if item.type == "parametric" else "อีกโจทย์หนึ่ง"
    assert changed(item, stem=stem).version != item.version
    assert changed(item, clauses=["cps.1.2.3", "cps.1.2.4"]).version != item.version


@every_keyed
def test_version_changes_with_the_key(item: ItemBase) -> None:
    versions = [other.version for other in other_keys(item)]
    assert item.version not in versions


UNSCORED = {
    "headline": "อีกหัวข้อหนึ่ง",
    "explanation": "อีกคำอธิบายหนึ่ง",
    "bloom": "understand",
    "evidence": "S",
    "difficulty": "hard",
    "hints": ["อีกคำใบ้หนึ่ง"],
}


@every_type
def test_version_stays_when_what_is_said_afterwards_changes(item: ItemBase) -> None:
    stored = item.model_dump(mode="json")
    assert item_from_json(stored | UNSCORED).version == item.version

    def reworded(value: Any) -> Any:
        if isinstance(value, dict):
            said = ("rationale", "misconception")
            return {name: "คำใหม่" if name in said else reworded(inner) for name, inner in value.items()}
        return [reworded(inner) for inner in value] if isinstance(value, list) else value

    assert item_from_json(reworded(stored)).version == item.version


def test_versions_of_the_first_release_are_the_same_today() -> None:
    """What was stored must keep its statistics: new fields with their defaults change no version."""
    kept = {
        "multiple_choice": "48c9087f2cac2891",
        "multiple_response": "922990f6a4c29179",
        "ordering": "e2552ef72feb4445",
    }
    assert {kind: EXAMPLES[kind].version for kind in kept} == kept


# What comes from the browser --------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(), max_size=20) | st.sampled_from(["\ud800", "choice", "choices", "order", "a"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=10,
)
FIELDS = ["choice", "choices", "order", "reason", "pairs", "number", "text", "gaps", "x"]


@every_type
@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_a_malformed_response_is_refused_with_its_own_error_only(item: ItemBase, data: st.DataObject) -> None:
    disguise = disguise_of(item)
    shown = list(ids_in(presentation(item))) or ["a"]
    names = st.sampled_from(shown)
    part = (
        ANY_JSON
        | names
        | st.lists(names | ANY_JSON, max_size=len(shown) + 2)
        | st.dictionaries(names, names | ANY_JSON)
    )
    raw = data.draw(ANY_JSON | st.dictionaries(st.sampled_from(FIELDS), part, max_size=2))
    try:
        response = item.read_response(raw, disguise)
    except ResponseError:  # any other error fails the test
        return
    assert response is None or item.read_response(item.show_response(response, disguise), disguise) == response
    score = item.score(response)
    assert score is None or 0 <= score <= 1
    json.dumps(response).encode()


@every_type
@pytest.mark.parametrize("raw", ["", "a", 0, [], {}, {"x": 1}, dict.fromkeys(FIELDS), float("nan")])
def test_what_has_not_the_form_of_a_response_is_refused(item: ItemBase, raw: object) -> None:
    with pytest.raises(ResponseError) as refused:
        item.read_response(raw, disguise_of(item))
    assert refused.value.code == "malformed-response"


@every_type
@pytest.mark.parametrize(
    "opaque",
    ["", "a", "\ud800", "ก", "x" * 100_000, 0, 1.5, True, [], {}, ["a"], {"id": "a"}],
    ids=lambda o: repr(o)[:12],
)
def test_what_is_no_name_of_an_option_is_refused(item: ItemBase, opaque: Any) -> None:
    key = opaque if isinstance(opaque, str) else "a"
    raws: dict[str, object] = {
        "choose_one": {"choice": opaque},
        "scale": {"choice": opaque},
        "choose_many": {"choices": [opaque]},
        "mark_lines": {"choices": [opaque]},
        "order": {"order": [opaque]},
        "choose_reason": {"choice": opaque, "reason": opaque},
        "match": {"pairs": {key: opaque}},
        "sort": {"pairs": {key: opaque}},
        "cloze": {"gaps": {key: opaque}},
    }
    if item.interaction in raws:
        with pytest.raises(ResponseError) as refused:
            item.read_response(raws[item.interaction], disguise_of(item))
        assert refused.value.code in ("unknown-option", "malformed-response")
        assert refused.value.message


def test_an_option_named_twice_is_refused() -> None:
    for item in EXAMPLES.values():
        field = {"choose_many": "choices", "order": "order", "mark_lines": "choices"}.get(item.interaction)
        if field:
            name = next(iter(ids_in(presentation(item))))
            with pytest.raises(ResponseError):
                item.read_response({field: [name, name]}, disguise_of(item))
