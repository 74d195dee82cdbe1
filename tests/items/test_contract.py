"""What every item type promises, for each of ITEM_TYPES; and the scoring of two types worked by hand."""

from __future__ import annotations

import itertools
import json
import random

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cps_training.errors import ResponseError
from cps_training.items import ITEM_TYPES, item_from_json
from cps_training.items.base import Disguise, ItemBase
from cps_training.items.multiple_response import MultipleResponse
from cps_training.items.ordering import Ordering

SECRET = b"one attempt's secret"
EXAMPLES = {cls.model_fields["type"].annotation.__args__[0]: cls.example() for cls in ITEM_TYPES}
FIELD_OF = {"choose_one": "choice", "choose_many": "choices", "order": "order"}

every_type = pytest.mark.parametrize("item", EXAMPLES.values(), ids=EXAMPLES)


def disguise_of(item: ItemBase, secret: bytes = SECRET) -> Disguise:
    return Disguise(secret, item.id)


def option_field(item: ItemBase) -> str:
    return "choices" if "choices" in type(item).model_fields else "entries"


def internal_ids(item: ItemBase) -> list[str]:
    return [option["id"] for option in item.model_dump(mode="json")[option_field(item)]]


def changed(item: ItemBase, **fields: object) -> ItemBase:
    return item_from_json({**item.model_dump(mode="json"), **fields})


def other_keys(item: ItemBase) -> list[ItemBase]:
    """The same item with every other key its type allows."""
    ids, key = internal_ids(item), item.model_dump(mode="json")["key"]
    candidates: list[object] = [*ids]
    for length in range(1, len(ids) + 1):
        candidates += [list(order) for order in itertools.permutations(ids, length)]
    items = []
    for candidate in candidates:
        try:
            other = changed(item, key=candidate)
        except ValueError:
            continue
        if other.model_dump(mode="json")["key"] != key:
            items.append(other)
    return items


def browser_responses(item: ItemBase, n: int = 200) -> list[dict[str, object]]:
    """Well-formed responses a browser could send, drawn at random from the options shown."""
    draw = random.Random(7)
    shown = [option.id for option in item.present(disguise_of(item)).options]
    field = FIELD_OF[item.interaction]
    make = {
        "choose_one": lambda: draw.choice(shown),
        "choose_many": lambda: draw.sample(shown, draw.randint(1, len(shown))),
        "order": lambda: draw.sample(shown, len(shown)),
    }[item.interaction]
    return [{field: make()} for _ in range(n)]


@every_type
def test_correct_response_scores_one_also_through_the_browser(item: ItemBase) -> None:
    disguise = disguise_of(item)
    assert item.score(item.correct_response()) == 1
    sent = item.show_response(item.correct_response(), disguise)
    assert item.score(item.read_response(sent, disguise)) == 1


@every_type
def test_only_the_correct_response_scores_one(item: ItemBase) -> None:
    disguise = disguise_of(item)
    for raw in browser_responses(item):
        response = item.read_response(raw, disguise)
        assert (item.score(response) == 1) == (response == item.correct_response())


@every_type
def test_score_stays_between_zero_and_one(item: ItemBase) -> None:
    scores = [item.score(item.read_response(raw, disguise_of(item))) for raw in browser_responses(item)]
    assert all(0 <= score <= 1 for score in scores)
    assert min(scores) == 0, "some response must be worth nothing, or the item tells nobody apart"


@every_type
def test_blank_is_not_a_response_and_scores_zero(item: ItemBase) -> None:
    field = FIELD_OF[item.interaction]
    nothing_taken = {field: None if item.interaction == "choose_one" else []}
    assert item.read_response(None, disguise_of(item)) is None
    assert item.read_response(nothing_taken, disguise_of(item)) is None
    assert item.score(None) == 0


@every_type
def test_show_response_inverts_read_response(item: ItemBase) -> None:
    disguise = disguise_of(item)
    for raw in browser_responses(item):
        response = item.read_response(raw, disguise)
        assert response is not None
        assert item.read_response(item.show_response(response, disguise), disguise) == response
        assert json.loads(json.dumps(response)) == response, "a response is stored as JSON"


@every_type
def test_classify_tells_different_responses_apart(item: ItemBase) -> None:
    responses = [item.read_response(raw, disguise_of(item)) for raw in browser_responses(item)]
    words = {json.dumps(response): item.classify(response) for response in responses if response is not None}
    assert len(set(words.values())) == len(words)


@every_type
def test_round_trip_through_json_and_yaml(item: ItemBase) -> None:
    stored = item.model_dump(mode="json")
    for again in (json.loads(json.dumps(stored)), yaml.safe_load(yaml.safe_dump(stored, allow_unicode=True))):
        assert item_from_json(again) == item
        assert item_from_json(again).version == item.version


@every_type
def test_presentation_does_not_depend_on_the_key(item: ItemBase) -> None:
    others = other_keys(item)
    assert others
    for other in others:
        assert other.present(disguise_of(item)).as_json() == item.present(disguise_of(item)).as_json()


@every_type
def test_presentation_holds_no_internal_id_and_nothing_said_after_release(item: ItemBase) -> None:
    presentation = item.present(disguise_of(item)).as_json()
    shown = [option["id"] for option in presentation["options"]]
    assert set(shown).isdisjoint(internal_ids(item))
    assert len(set(shown)) == len(internal_ids(item))
    said = json.dumps(presentation, ensure_ascii=False)
    for option in item.model_dump(mode="json")[option_field(item)]:
        assert option["rationale"] not in said
    assert item.headline not in said
    assert item.explanation not in said


@every_type
def test_names_and_order_of_options_differ_between_attempts(item: ItemBase) -> None:
    orders = set()
    names = set()
    for number in range(20):
        disguise = disguise_of(item, b"attempt %d" % number)
        options = item.present(disguise).options
        orders.add(tuple(disguise.reveal(option.id, tuple(internal_ids(item))) for option in options))
        names |= {option.id for option in options}
    assert len(orders) > 1
    assert len(names) == 20 * len(internal_ids(item))


@every_type
def test_a_name_of_another_attempt_is_refused(item: ItemBase) -> None:
    elsewhere = item.show_response(item.correct_response(), disguise_of(item, b"another attempt"))
    with pytest.raises(ResponseError) as refused:
        item.read_response(elsewhere, disguise_of(item))
    assert refused.value.code == "unknown-option"


@every_type
def test_explain_speaks_of_every_option_and_marks_the_correct_response_right(item: ItemBase) -> None:
    explained = item.explain(item.correct_response())
    assert sorted(line.option for line in explained) == sorted(internal_ids(item))
    assert {line.mark for line in explained} <= {"right", ""}
    for raw in browser_responses(item, 50):
        response = item.read_response(raw, disguise_of(item))
        marks = {line.mark for line in item.explain(response)}
        assert bool(marks & {"wrong", "missed"}) == (response != item.correct_response())


SCORED = {"stem": "อีกโจทย์หนึ่ง", "clauses": ["cps.1.2.3"]}
UNSCORED = {"headline": "อีกหัวข้อหนึ่ง", "explanation": "อีกคำอธิบายหนึ่ง", "bloom": "create", "evidence": "S"}


@every_type
@pytest.mark.parametrize("field", SCORED)
def test_version_changes_with_a_scored_field(item: ItemBase, field: str) -> None:
    assert changed(item, **{field: SCORED[field]}).version != item.version


@every_type
def test_version_changes_with_the_key_and_with_the_text_of_an_option(item: ItemBase) -> None:
    versions = [other.version for other in other_keys(item)]
    assert item.version not in versions
    assert len(set(versions)) == len(versions)
    options = item.model_dump(mode="json")[option_field(item)]
    options[0]["text"] = "ข้อความใหม่"
    assert changed(item, **{option_field(item): options}).version != item.version


@every_type
@pytest.mark.parametrize("field", UNSCORED)
def test_version_stays_when_an_unscored_field_changes(item: ItemBase, field: str) -> None:
    assert changed(item, **{field: UNSCORED[field]}) != item
    assert changed(item, **{field: UNSCORED[field]}).version == item.version


@every_type
@pytest.mark.parametrize("field", ["rationale", "misconception"])
def test_version_stays_when_what_is_said_of_an_option_changes(item: ItemBase, field: str) -> None:
    options = item.model_dump(mode="json")[option_field(item)]
    if field not in options[0]:
        assert option_field(item) == "entries", "only entries have no misconception"
        return
    options[0][field] = "เหตุผลใหม่"
    assert changed(item, **{option_field(item): options}).version == item.version


ANY_TEXT = st.text(st.characters(), max_size=20) | st.sampled_from(["\ud800", "choice", "choices", "order", "a"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=10,
)


@every_type
@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_a_malformed_response_is_refused_with_its_own_error_only(item: ItemBase, data: st.DataObject) -> None:
    disguise = disguise_of(item)
    shown = [option.id for option in item.present(disguise).options]
    part = ANY_JSON | st.sampled_from(shown) | st.lists(st.sampled_from(shown) | ANY_JSON, max_size=len(shown) + 2)
    raw = data.draw(ANY_JSON | st.dictionaries(st.sampled_from([*FIELD_OF.values(), "x"]), part, max_size=2))
    try:
        response = item.read_response(raw, disguise)
    except ResponseError:  # any other error fails the test
        return
    assert response is None or item.read_response(item.show_response(response, disguise), disguise) == response
    assert 0 <= item.score(response) <= 1


@every_type
@pytest.mark.parametrize(
    "opaque",
    ["", "a", "\ud800", "ก", "x" * 100_000, 0, 1.5, True, [], {}, ["a"], {"id": "a"}],
    ids=lambda opaque: repr(opaque)[:12],
)
def test_what_is_no_name_of_an_option_is_refused(item: ItemBase, opaque: object) -> None:
    raw = opaque if item.interaction == "choose_one" else [opaque]
    with pytest.raises(ResponseError) as refused:
        item.read_response({FIELD_OF[item.interaction]: raw}, disguise_of(item))
    assert refused.value.code in ("unknown-option", "malformed-response")
    assert refused.value.message


@every_type
@pytest.mark.parametrize(
    "raw", ["", "a", 0, [], {}, {"x": 1}, {"choice": None, "choices": [], "order": []}, float("nan")]
)
def test_what_has_not_the_form_of_a_response_is_refused(item: ItemBase, raw: object) -> None:
    with pytest.raises(ResponseError) as refused:
        item.read_response(raw, disguise_of(item))
    assert refused.value.code == "malformed-response"


def test_an_option_named_twice_is_refused() -> None:
    for item in EXAMPLES.values():
        if item.interaction == "choose_one":
            continue
        name = item.present(disguise_of(item)).options[0].id
        with pytest.raises(ResponseError):
            item.read_response({FIELD_OF[item.interaction]: [name, name]}, disguise_of(item))


def test_an_order_that_leaves_an_entry_out_is_refused() -> None:
    item = Ordering.example()
    names = [option.id for option in item.present(disguise_of(item)).options]
    with pytest.raises(ResponseError):
        item.read_response({"order": names[:-1]}, disguise_of(item))


def choices(n: int) -> list[dict[str, str]]:
    return [{"id": letter, "text": f"ข้อความ {letter}", "rationale": "เพราะ"} for letter in "abcdefgh"[:n]]


@pytest.mark.parametrize(
    ("key", "taken", "score"),
    [
        (["a", "b"], ["a", "b"], 1),
        (["a", "b"], ["a"], 1 / 2),  # one of two
        (["a", "b"], ["a", "b", "c"], 1 / 2),  # (2 − 1) / 2
        (["a", "b"], ["a", "c"], 0),  # (1 − 1) / 2
        (["a", "b"], ["a", "b", "c", "d"], 0),  # everything: (2 − 2) / 2
        (["a", "b"], ["c", "d"], 0),  # (0 − 2) / 2 is below 0
        (["a", "c", "d"], ["c"], 1 / 3),
        (["a", "c", "d"], ["a", "b", "c", "d"], 2 / 3),  # (3 − 1) / 3
        (["b"], ["b"], 1),
        (["b"], ["a", "b"], 0),
    ],
)
def test_multiple_response_by_hand(key: list[str], taken: list[str], score: float) -> None:
    item = changed(MultipleResponse.example(), choices=choices(4), key=key)
    assert item.score({"choices": taken}) == pytest.approx(score)


@pytest.mark.parametrize(
    ("given_order", "score"),
    [
        ("abcde", 1),
        ("bcdea", 3 / 4),  # bc cd de stand
        ("eabcd", 3 / 4),  # ab bc cd stand
        ("bacde", 2 / 4),  # cd de stand
        ("abdce", 1 / 4),  # ab stands
        ("deabc", 3 / 4),  # de ab bc: two blocks exchanged break one pair
        ("acebd", 0),
        ("edcba", 0),  # all neighbours, in the wrong direction
    ],
)
def test_ordering_by_hand(given_order: str, score: float) -> None:
    item = changed(Ordering.example(), entries=choices(5), key=list("abcde"))
    assert item.score({"order": list(given_order)}) == pytest.approx(score)
