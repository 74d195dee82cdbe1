"""All content together: what ships and the office's own, checked across files. Holds keys: desk and command line only.

`load_library` gives a library or refuses with every mistake; `check_library` gives what could be read and the mistakes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from cps_training.content.banks import Bank
from cps_training.content.blueprints import Drawn
from cps_training.content.calendar import FiscalYear, OfficeCalendar
from cps_training.content.cases.case import Case
from cps_training.content.cases.catalogue import Catalogue
from cps_training.content.drawing import Pools, draw_from, pools_of
from cps_training.content.forms import LESSON_PREFIX, RETRY_PREFIX, REVIEW, REVIEW_FORM, Form
from cps_training.content.gathering import OFFICE_PREFIX, Gathered
from cps_training.content.glossary import Glossary
from cps_training.content.handbook import Handbook, read_handbook
from cps_training.content.lessons import Lesson
from cps_training.content.lint.findings import lint
from cps_training.content.parameters import Parameter
from cps_training.content.refresher import Refresher
from cps_training.errors import ContentError, Finding
from cps_training.items.base import ItemBase

TITLE_LENGTH = 80
TELLING = ("practice", "tries", "certainty")
"""Policies that tell the right answers while the form is under way."""


@dataclass(frozen=True)
class Library:
    """items, forms and lessons by id (forms without the lessons' own; `form` knows both), lessons by number.

    calendars: the closed days by fiscal year (B.E.); `office_calendar` answers over all of them. parameters: by id. cases: by id, the
    lettered ones first; catalogue: what their boards may name, None where there are no cases.
    """

    handbook: Handbook
    banks: Mapping[str, Bank]
    items: Mapping[str, ItemBase]
    forms: Mapping[str, Form]
    lessons: Mapping[str, Lesson]
    glossary: Glossary = field(default_factory=Glossary)
    calendars: Mapping[int, FiscalYear] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    refresher: Refresher = field(default_factory=Refresher)
    cases: Mapping[str, Case] = field(default_factory=dict)
    catalogue: Catalogue | None = None

    def form(self, form_id: str) -> Form | None:
        """The form of that id, also `lesson:<lesson>`, `retry:<form>:<section>`, the review and `refresher:<cooperative>:<method>`; None for an unknown one, a lesson without
        checkpoints, a section without a retry pool."""
        if form_id.startswith(LESSON_PREFIX):
            lesson = self.lessons.get(form_id.removeprefix(LESSON_PREFIX))
            return lesson.form if lesson else None
        if form_id == REVIEW:
            return REVIEW_FORM
        if visit := self.refresher.visit_of(form_id):
            return visit.form
        if form_id.startswith(RETRY_PREFIX):
            parent_id, _, section = form_id.removeprefix(RETRY_PREFIX).partition(":")
            parent = self.forms.get(parent_id)
            return parent.retry_form(section) if parent else None
        return self.forms.get(form_id)

    @cached_property
    def review_pool(self) -> Mapping[str, tuple[str, ...]]:
        """Clauses by item id, of what a review may show: items whose answers practice and lessons tell anyway."""
        told = {item_id for lesson in self.lessons.values() for item_id in lesson.checkpoints}
        for form in self.forms.values():
            if form.feedback in TELLING:
                told |= {item_id for item_id, _ in form.named_items}
            told |= {item_id for part in form.sections for item_id in part.retry}
        items = (self.items[item_id] for item_id in sorted(told))
        return MappingProxyType({item.id: item.clauses for item in items if item.is_scored and not item.needs_rubric})

    @cached_property
    def pools(self) -> Pools:
        """What blueprints draw from."""
        return pools_of(self.items, self.forms.values(), self.lessons.values())

    def drawn(self, form: Form, apart: Collection[str] = ()) -> tuple[Drawn, ...]:
        """The items of a form with their sections: those it names, or those its blueprint gives.

        apart: items a drawn form must not take (a person's other form). The same form is drawn once. Raises TooFewItemsError.
        """
        key = (form, frozenset(apart))
        if key not in self._draws:
            self._draws[key] = self._draw(form, apart)
        return self._draws[key]

    @cached_property
    def _draws(self) -> dict[tuple[Form, frozenset[str]], tuple[Drawn, ...]]:
        return {}

    def _draw(self, form: Form, apart: Collection[str]) -> tuple[Drawn, ...]:
        if form.parallel_to is not None:
            other = self.forms[form.parallel_to]
            assert other.blueprint is not None  # checked when the content was read
            return draw_from(other.blueprint, self.pools, form.seed or 0, self.drawn(other), apart)
        if form.blueprint is not None:
            return draw_from(form.blueprint, self.pools, form.blueprint.seed, (), apart)
        return tuple(Drawn(item_id, 0, section) for item_id, section in form.named_items)

    def n_items(self, form: Form) -> int:
        """How many items an attempt at the form has."""
        blueprint = self.forms[form.parallel_to].blueprint if form.parallel_to else form.blueprint
        if form.is_retry:
            return self.retry_count(form)
        return blueprint.n_items if blueprint else len(form.named_items)

    def retry_count(self, form: Form) -> int:
        """How many items of its pool a retry takes."""
        parent_id, _, section = form.id.removeprefix(RETRY_PREFIX).partition(":")
        parent = self.forms.get(parent_id)
        rule = parent.section_rule(section) if parent else None
        return (rule.retry_count if rule else None) or len(form.items)

    @cached_property
    def office_calendar(self) -> OfficeCalendar:
        """Office days over all fiscal years that have a file."""
        return OfficeCalendar(self.calendars)

    @cached_property
    def item_titles(self) -> Mapping[str, str]:
        """A short name per item: the beginning of its stem (the headline would give the answer away)."""
        return MappingProxyType({item_id: _shortened(item.stem) for item_id, item in self.items.items()})

    @cached_property
    def item_versions(self) -> Mapping[str, str]:
        """The version of each item: a hash of its content, made once and not at every answer."""
        return MappingProxyType({item_id: item.version for item_id, item in self.items.items()})

    def coverage(self) -> dict[str, dict[str, int]]:
        """{teachable clause: {"lessons", "items", "cases", "rules"}}: how many speak of it."""
        return {
            clause: {
                "lessons": sum(clause in lesson.clauses for lesson in self.lessons.values()),
                "items": sum(clause in item.clauses for item in self.items.values()),
                "cases": sum(clause in case.clauses for case in self.cases.values()),
                "rules": 0,
            }
            for clause in self.handbook.teachable_ids
        }

    def counts(self) -> dict[str, int]:
        """How many of each: clauses (headings too), items, forms, lessons, cases, rules."""
        return {
            "clauses": len(self.handbook.clauses),
            "items": len(self.items),
            "forms": len(self.forms),
            "lessons": len(self.lessons),
            "cases": len(self.cases),
            "rules": 0,
        }


def load_library(shipped: Path, office: Path | None = None) -> Library:
    """The library of both roots (each with data/handbook, quizzes/banks, quizzes/forms, notebooks/lessons).

    The office's folder has the same tree and may be missing. Raises ContentError carrying every finding.
    """
    library, findings = check_library(shipped, office)
    if findings or library is None:
        raise ContentError(tuple(findings))
    return library


def check_library(
    shipped: Path, office: Path | None = None, *, is_linted: bool = False
) -> tuple[Library | None, list[Finding]]:
    """What could be read (None without the handbook's sections) and every mistake, sorted by place. Raises nothing.

    is_linted: also what the linter finds in the items. An author mends that; it keeps no office from serving.
    """
    gathered = Gathered(read_handbook(shipped))
    gathered.read_root(shipped, is_office=False)
    if office is not None and office.is_dir():  # most offices have none of their own
        gathered.read_root(office, is_office=True)
    elif office is not None and office.exists():
        gathered.refuse(Finding(OFFICE_PREFIX, 1, 1, "ต้องเป็นโฟลเดอร์ของเนื้อหาสำนักงาน แต่พบไฟล์ ให้ย้ายไฟล์นี้ออก"))
    gathered.register()
    gathered.cross_check()
    book = gathered.handbook_read.handbook
    library = None if book is None else _assembled(gathered, book)
    linted = lint(gathered.items.entries.values()) if is_linted else []
    return library, sorted({*gathered.findings(), *linted})


def _assembled(gathered: Gathered, book: Handbook) -> Library:
    by_number = sorted(gathered.lessons.values().items(), key=lambda pair: (pair[1].number, pair[0]))
    by_year = sorted((year.fiscal_year, year) for year in gathered.years.values().values())
    return Library(
        book,
        MappingProxyType(gathered.bank_table.values()),
        MappingProxyType(gathered.items.values()),
        MappingProxyType(dict(gathered.forms.values())),
        MappingProxyType(dict(by_number)),
        Glossary.of(gathered.glossary.value if gathered.glossary else None),
        MappingProxyType(dict(by_year)),
        MappingProxyType(gathered.parameters.values()),
        Refresher.of(gathered.methods.value if gathered.methods else None, gathered.cooperatives.values()),
        MappingProxyType({case.id: case for case in sorted(gathered.cases.values().values(), key=_by_letter)}),
        gathered.catalogue.value if gathered.catalogue else None,
    )


def _by_letter(case: Case) -> tuple[bool, str, str]:
    return case.said.letter is None, case.said.letter or "", case.id


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rstrip() + "…"
