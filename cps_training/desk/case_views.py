"""Cases and work on them as they leave the desk: nothing of what is planted before the work was handed in.

The only place where a case with its keys becomes JSON for a page. Reads; never writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cps_training.casework.comparing import comparison
from cps_training.casework.scoring import score
from cps_training.casework.work import Work, branch_of, consultation_of, next_fork
from cps_training.content.cases.case import Case, table_names
from cps_training.content.cases.catalogue import Catalogue, Choice
from cps_training.content.cases.model import Branch, Paper
from cps_training.content.cases.ratios import RATIOS, Ratio
from cps_training.content.cases.tables import NAMES, SPEC_OF, TableSpec
from cps_training.content.library import Library
from cps_training.desk.reading import LOCALES, both, parameter_told

Value = dict[str, Any]


def case_view(case: Case, catalogue: Catalogue, library: Library) -> Value:
    """CaseView: {"id", "letter" | null, "name", "task", "as_of", "minutes", "is_fictional", "seed" | null, "organisation", "profile": [{"label", "value"}], "limits": [as the handbook tells parameters],
    "picture": [name], "years": [year], "figures": {year: {field: value}}, "ratios": [{"name", "title", "formula", "dimension", "unit", "warning",
    "digits", "values": {year: value | null}}], "tables": [{"name", "title", "is_yearly", "columns": [{"name", "unit", "label", "is_total"}], "names":
    {bucket: message}, "rows": [{column: value}]}],
    "papers": [PaperView], "consultations": [{"id", "question"}], "catalogue", "clauses": [{"title", "clauses": [{"id", "label", "title"}]}],
    "goes_on": whether there is a follow-up}. Texts are {"th", "en"}, dates ISO."""
    said, place = case.said, case.said.organisation
    return {
        "id": case.id,
        "letter": said.letter,
        "name": both(said.name),
        "task": both(said.task),
        "as_of": said.as_of.isoformat(),
        "minutes": said.minutes,
        "is_fictional": said.is_fictional,
        "seed": said.seed,
        "organisation": {
            "kind": place.kind,
            "registered_on": place.registered_on.isoformat(),
            "year_end": place.year_end,
            "district": both(place.district),
            "strength_class": place.strength_class,
            "standard": both(place.standard) if place.standard else None,
            "control_grade": both(place.control_grade) if place.control_grade else None,
            "is_forecast": place.is_forecast,
        },
        "profile": [{"label": both(fact.label), "value": both(fact.value)} for fact in said.profile],
        "limits": [parameter_told(library.parameters[one]) for one in said.parameters if one in library.parameters],
        "picture": list(said.picture),
        "years": list(case.years),
        "figures": {str(year): dict(figures) for year, figures in case.years.items()},
        "ratios": [_ratio(case, ratio) for ratio in RATIOS],
        "tables": [_table(case, SPEC_OF[name]) for name in table_names(case.tables)],
        "papers": [_paper(paper) for paper in case.papers],
        "consultations": [{"id": one.id, "question": both(one.question)} for one in said.consultations],
        "catalogue": _catalogue(catalogue),
        "clauses": _clauses(library),
        "goes_on": said.follow_up is not None,
    }


def _ratio(case: Case, ratio: Ratio) -> Value:
    """title, formula and dimension are messages."""
    values = {str(year): value for year, value in case.ratios[ratio.name].items()}
    told = {
        name: getattr(ratio, name) for name in ("name", "title", "formula", "dimension", "unit", "warning", "digits")
    }
    return {**told, "values": values}


def _table(case: Case, spec: TableSpec) -> Value:
    """title, labels and the words of buckets are messages."""
    shown = [one for one in spec.columns if not one.is_key]
    columns = [{"name": one.name, "unit": one.unit, "label": one.label, "is_total": one.is_total} for one in shown]
    names = {one.name for one in shown}
    return {
        "name": spec.name,
        "title": spec.title,
        "is_yearly": spec.is_yearly,
        "columns": columns,
        "names": {name: NAMES[name] for name in spec.names},
        "rows": [{name: value for name, value in _row(row).items() if name in names} for row in case.tables[spec.name]],
    }


def _row(row: Mapping[str, Any]) -> Value:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _paper(paper: Paper) -> Value:
    """PaperView: {"id", "kind", "title", "issuer", "date", "reliability", "lines": [{"reference" | null, "text"}]}; null = a heading."""
    return {
        "id": paper.id,
        "kind": paper.kind,
        "title": both(paper.title),
        "issuer": both(paper.issuer),
        "date": paper.date.isoformat(),
        "reliability": paper.reliability,
        "lines": [
            {
                "reference": None if line.head else f"{paper.id}:{number}",
                "text": {"th": line.th, "en": line.en or line.th},
            }
            for number, line in enumerate(paper.lines, start=1)
        ],
    }


def _catalogue(catalogue: Catalogue) -> Value:
    def named(choices: tuple[Choice, ...]) -> list[Value]:
        return [{"id": one.id, "title": both(one.title)} for one in choices]

    # By their letters: the order of the file would tell problems from tempting mistakes.
    findings = sorted(catalogue.findings, key=lambda one: one.title.th)
    return {
        "themes": [{"id": theme.id, "title": both(theme.title)} for theme in catalogue.themes],
        "findings": [{"id": one.id, "theme": one.theme, "title": both(one.title)} for one in findings],
        "causes": named(catalogue.causes),
        "partners": named(catalogue.partners),
        "steps": named(catalogue.steps),
        "groups": [one.id for one in catalogue.partners if one.sends_on is not None],
    }


def _clauses(library: Library) -> list[Value]:
    book = library.handbook
    found = []
    for section in book.sections:
        inside = [one for one in book.clauses if one.is_teachable and one.id.partition(".")[0] == section.id]
        rows = [
            {"id": one.id, "label": {lang: one.label(lang) for lang in LOCALES}, "title": both(one.title)}
            for one in inside
        ]
        found.append({"title": both(section.title), "clauses": rows})
    return [one for one in found if one["clauses"]]


def work_view(case: Case, catalogue: Catalogue, work: Work) -> Value:
    """WorkView: {"work_id", "case_id", "number", "seq", "is_submitted", "marks": [reference], "findings": [BoardFinding], "consulted":
    [{"question", "group", "is_right", "answer", "clauses"}], "result": null | {"score", "comparison"}, "story": null | StoryView}."""
    return {
        "work_id": work.work_id,
        "case_id": work.case_id,
        "number": work.number,
        "seq": work.seq,
        "is_submitted": work.is_submitted,
        "marks": list(work.marks),
        "findings": [finding.model_dump(mode="json") for finding in work.findings],
        "consulted": _consulted(case, catalogue, work),
        "result": _result(case, catalogue, work) if work.is_submitted else None,
        "story": _story(case, work) if work.is_submitted and case.said.follow_up else None,
    }


def _result(case: Case, catalogue: Catalogue, work: Work) -> Value:
    found = score(case, catalogue, work.response)
    return {"score": found.as_json(), "comparison": comparison(case, catalogue, work.response, found)}


def _consulted(case: Case, catalogue: Catalogue, work: Work) -> list[Value]:
    partners = {one.id: one for one in catalogue.partners}
    rows = []
    for question_id, groups in work.consulted.items():
        asked = consultation_of(case, question_id)
        for group in groups if asked else ():
            assert asked is not None
            is_right = group == asked.right
            elsewhere = asked.elsewhere.get(group) or partners[group].sends_on
            answer = asked.answer if is_right or elsewhere is None else elsewhere
            rows.append(
                {
                    "question": question_id,
                    "group": group,
                    "is_right": is_right,
                    "answer": both(answer),
                    "clauses": list(asked.clauses) if is_right else [],
                }
            )
    return rows


def _story(case: Case, work: Work) -> Value:
    """StoryView: {"date", "intro", "past": [{"question", "chosen", "verdict", "why", "text", "clauses", "figures": [{"field", "before",
    "after"}], "paper": PaperView}], "now": null | {"id", "question", "branches": [{"id", "label"}]}}. after: with all that came before."""
    story = case.said.follow_up
    assert story is not None
    figures = dict(case.years[max(case.years)])
    past = []
    for fork_id, branch_id in work.chosen:
        fork = next(one for one in story.forks if one.id == fork_id)
        past.append({"question": both(fork.question), **_chapter(branch_of(case, fork_id, branch_id), figures)})
    now = next_fork(work, case)
    return {
        "date": story.date.isoformat(),
        "intro": both(story.intro),
        "past": past,
        "now": now
        and {
            "id": now.id,
            "question": both(now.question),
            "branches": [{"id": branch.id, "label": both(branch.label)} for branch in now.branches],
        },
    }


def _chapter(branch: Branch, figures: dict[str, Any]) -> Value:
    """What came of a branch; figures: of the last year, changed by it."""
    outcome, changed = branch.outcome, []
    for field, by in outcome.changes.items():
        changed.append({"field": field, "before": figures[field], "after": figures[field] + by})
        figures[field] += by
    paper = outcome.paper
    return {
        "chosen": both(branch.label),
        "verdict": branch.verdict,
        "why": both(branch.why),
        "text": both(outcome.text),
        "clauses": list(branch.clauses),
        "figures": changed,
        "paper": {
            "kind": paper.kind,
            "title": both(paper.title),
            "date": paper.date.isoformat(),
            "lines": [{"th": line.th, "en": line.en or line.th} for line in paper.lines],
        },
    }
