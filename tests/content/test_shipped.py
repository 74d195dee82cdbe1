"""The content that ships: every clause, item, form and lesson is one test id. Whether items are well written, the linter says."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cps_training import places
from cps_training.content.forms import Form
from cps_training.content.handbook import Clause
from cps_training.content.lessons import Lesson
from cps_training.content.library import Library, check_library
from cps_training.items import ITEM_TYPES
from cps_training.items.base import ItemBase
from cps_training.items.disguise import Disguise
from cps_training.items.ordering import Ordering

_FOUND, FINDINGS = check_library(places.shipped(), None, is_linted=True)
CLAUSES = _FOUND.handbook.clauses if _FOUND else ()
ITEMS = tuple(_FOUND.items.values()) if _FOUND else ()
FORMS = tuple(_FOUND.forms.values()) if _FOUND else ()
LESSONS = tuple(_FOUND.lessons.values()) if _FOUND else ()

ENOUGH_ITEMS = 2


def by_id(things: tuple[object, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("thing", things, ids=lambda thing: thing.id)


@pytest.fixture(scope="module")
def library() -> Library:
    assert _FOUND is not None
    return _FOUND


def test_nothing_is_wrong() -> None:
    assert [str(finding) for finding in FINDINGS] == []


@by_id(CLAUSES)
def test_clause(thing: Clause) -> None:
    assert thing.title.en, "the page in English needs a title"
    assert thing.number in thing.label()
    assert thing.number in thing.label("en")
    assert len(thing.summary) >= 60, "a summary says what the clause asks and why"
    assert thing.objective is None or thing.objective.en


@by_id(ITEMS)
def test_item(thing: ItemBase) -> None:
    disguise = Disguise(b"shipped", thing.id)
    if thing.is_scored and not thing.needs_rubric:
        assert thing.score(thing.correct_response(disguise)) == 1
    assert len(thing.headline) <= 60
    assert thing.headline or not thing.is_scored
    stored = thing.model_dump(mode="json")
    for field in ("choices", "reasons", "entries", "prompts", "answers", "bins", "cards", "extract"):
        options = [" ".join(option["text"].split()) for option in stored.get(field, ())]
        assert len(set(options)) == len(options), "two options say the same"
    if isinstance(thing, Ordering):
        assert [entry.id for entry in thing.entries] != list(thing.key), "the file itself would give the order away"


def test_every_type_has_at_least_three_shipped_items() -> None:
    counts = Counter(item.type for item in ITEMS)
    names = [kind.model_fields["type"].annotation.__args__[0] for kind in ITEM_TYPES]
    assert [name for name in names if counts[name] < 3] == []


@by_id(FORMS)
def test_form(thing: Form, library: Library) -> None:
    assert thing.title.en
    assert thing.description is not None
    assert thing.description.en
    assert thing.minutes is not None
    if thing.feedback == "exam":
        assert thing.cut_score is not None
        assert 0.5 <= thing.cut_score <= 0.9, "below, guessing may pass; above, one slip fails"
    stems = [library.items[drawn.item_id].stem for drawn in library.drawn(thing)]
    assert len(set(stems)) == len(stems)


@by_id(LESSONS)
def test_lesson(thing: Lesson, library: Library) -> None:
    assert thing.title.en
    assert thing.form is not None, "a lesson without a checkpoint leaves no record"
    for item_id in thing.checkpoints if thing.clauses else ():  # an orientation teaches no clause of its own
        beyond = set(library.items[item_id].clauses) - set(thing.clauses)
        assert not beyond, f"{item_id} asks about {beyond}, which the lesson does not teach"
    notebook = json.loads(thing.path.read_text(encoding="utf-8"))
    assert all(not cell.get("outputs") for cell in notebook["cells"])


TELLING = ("practice", "tries", "certainty")


def items_of(form: Form) -> set[str]:
    """Every item an attempt at the form, or at one of its retry pools, may show."""
    assert _FOUND is not None
    return {one.item_id for one in _FOUND.drawn(form)} | {item for part in form.sections for item in part.retry}


def test_lesson_checkpoints_are_not_met_again_in_an_exam() -> None:
    """An exam item whose answer a lesson has just explained measures memory of the lesson."""
    met = {item_id for lesson in LESSONS for item_id in lesson.checkpoints}
    exams = {item_id for form in FORMS if form.feedback == "exam" for item_id in items_of(form)}
    assert not met & exams


def test_practice_and_exam_share_no_item() -> None:
    """Practice tells the answers."""
    assert _FOUND is not None
    practised = {item_id for form in FORMS if form.feedback in TELLING for item_id in items_of(form)}
    examined = {one.item_id for form in FORMS if form.feedback == "exam" for one in _FOUND.drawn(form)}
    assert not practised & examined, "a retry pool may repeat practice: it tells the answers itself"


def test_all_seventy_teachable_clauses_are_there_with_five_headings(library: Library) -> None:
    assert sum(section.teachable for section in library.handbook.sections) == 70
    assert len(library.handbook.teachable_ids) == 70
    assert library.counts()["clauses"] == 75
    headings = [clause.id for clause in CLAUSES if not clause.is_teachable]
    assert headings == ["cps.1", "cps.1.1", "cps.1.2", "cps.2", "cps.3"]


def test_five_context_units_open_the_book_and_its_sections(library: Library) -> None:
    units = {unit.id: unit for unit in library.handbook.context}
    assert list(units) == ["preface.0", "prep.0", "cps.0", "fig.1", "km.0"]
    assert [unit_id for unit_id, unit in units.items() if unit.section is None] == ["preface.0"]
    assert all(unit.title.en and len(unit.summary) >= 60 for unit in units.values())


def test_no_clause_has_a_page_of_its_own(library: Library) -> None:
    """The source's table of contents gives where sections start, no more."""
    for clause in library.handbook.clauses:
        assert "ช่วงหน้าโดยประมาณ" in clause.section.pages()


@pytest.mark.parametrize("section", ["cps", "km"])
def test_every_clause_has_enough_items(library: Library, section: str) -> None:
    items = {clause: counts["items"] for clause, counts in library.coverage().items() if clause.startswith(section)}
    assert items
    assert {clause: n for clause, n in items.items() if n < ENOUGH_ITEMS} == {}


def test_every_cps_clause_is_taught(library: Library) -> None:
    lessons = {clause: counts["lessons"] for clause, counts in library.coverage().items() if clause.startswith("cps")}
    assert {clause for clause, n in lessons.items() if n == 0} == set()
