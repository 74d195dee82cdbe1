"""What people type into the handbook's search finds the clause they mean: 175 labelled queries, and the rules of the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cps_training import apps
from cps_training.apps.handbook_search import Finder
from cps_training.desk import protocol

LABELLED = yaml.safe_load((Path(__file__).parents[1] / "content" / "handbook_queries.yaml").read_text("utf-8"))
QUERIES: list[dict[str, Any]] = LABELLED["queries"]
AMONG = 3
AIM = 0.95


@pytest.fixture(scope="module")
def finder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPS_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        for name in ("CPS_TICKET", "CPS_DESK", "CPS_LOCALE", "QUERY_STRING"):
            patch.delenv(name, raising=False)
        session = apps.open_session()
        book = session.ask(protocol.Handbook())
        yield Finder(session, book), {clause["id"] for clause in book["clauses"]}
        session.desk.close()


@pytest.fixture
def find(finder):
    return lambda text: finder[0].find(text)["clauses"]


def missed(find, kind: str | None = None) -> list[str]:
    chosen = [one for one in QUERIES if kind in (None, one["kind"])]
    return [one["query"] for one in chosen if not set(find(one["query"])[:AMONG]) & set(one["clauses"])]


def test_the_labels_name_clauses_and_are_many_and_of_every_kind(finder):
    assert {clause for one in QUERIES for clause in one["clauses"]} <= finder[1]
    assert len({one["query"] for one in QUERIES}) == len(QUERIES) >= 60
    kinds = [one["kind"] for one in QUERIES]
    assert all(
        kinds.count(kind) >= 10
        for kind in ("phrase", "word", "misspelt", "field", "english", "number", "fresh", "last")
    )


def test_the_clause_meant_is_among_the_first_three(find):
    assert len(missed(find)) <= (1 - AIM) * len(QUERIES), missed(find)


@pytest.mark.parametrize("kind", ["phrase", "word", "misspelt", "field", "english", "number", "fresh", "last"])
def test_no_kind_of_query_is_left_behind(find, kind):
    n = sum(one["kind"] == kind for one in QUERIES)
    assert len(missed(find, kind)) <= 0.1 * n, missed(find, kind)


@pytest.mark.parametrize("text", LABELLED["nothing"])
def test_what_has_nothing_to_do_with_it_finds_nothing(finder, text):
    assert finder[0].find(text)["clauses"] == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ขออนุญาตก่อนลงพื้นที่", "cps.2.3"),
        ("ตรวจนับเงินสดบ่อยแค่ไหน", "practice.6"),
        ("คนเดียวถือเงินและลงบัญชี", "practice.13"),
        ("ข้อ ๘.๑", "practice.8.1"),
    ],
)
def test_a_whole_phrase_without_spaces_finds_its_clause_first(find, typed, first):
    assert find(typed)[0] == first


def test_spaces_make_no_difference(find):
    assert find("ตรวจ นับ เงินสด")[0] == find("ตรวจนับเงินสด")[0]


def test_a_question_finds_what_its_words_find(find):
    """What asks and what is polite is passed over."""
    assert find("ขออนุญาตกับใครครับ")[:3] == find("ขออนุญาต")[:3]


def test_nothing_that_is_typed_breaks_it(find):
    for text in ("%", "((((", "\\d+", "\x01", "๚๛", "ๆๆๆ", "ะะะะ", "a" * 5000, "เเเเเ", "์" * 100):
        assert isinstance(find(text), list)
