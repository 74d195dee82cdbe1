"""Days counted on the office's own calendar: the first general meeting and the annual one. What is counted is data."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from cps_training import places
from cps_training.apps.clause_cards import ClauseCards
from cps_training.apps.explorables.texts import texts_of
from cps_training.apps.session import Session
from cps_training.content.calendar import FOLDER, FiscalYear, bounds
from cps_training.views import DeadlineExplorer


def deadline_explorer(session: Session) -> DeadlineExplorer:
    """90 days from registration (practice.19.1) and 150 days from the year-end (law, to be checked), over the closed days."""
    texts, clauses = texts_of(session, "deadline_explorer"), ClauseCards(session)
    refs = {ref["id"]: ref for ref in clauses.cite(sorted({case["clause"] for case in texts["cases"]}))}
    for case in texts["cases"]:
        case["cited"] = refs.get(case.pop("clause"))
    years = office_years()
    closed = [
        {
            "date": day.date.isoformat(),
            "name": session.local({"th": day.name.th, "en": day.name.en or day.name.th}),
            "is_unverified": day.status == "unverified",
        }
        for year in years
        for day in year.days
    ]
    first, last = bounds(years[0].fiscal_year)[0], bounds(years[-1].fiscal_year)[1]
    return DeadlineExplorer(
        **texts,
        closed=closed,
        known=[first.isoformat(), last.isoformat()],
        years=list(range(first.year, last.year + 1)),
        locale=session.locale,
        **clauses.wiring(),
    )


def office_years() -> tuple[FiscalYear, ...]:
    """The unbroken run of fiscal years that begins with the first one known, an office's own file standing in for the shipped one.

    The lesson counts from days of the handbook's year, so years after a gap are left out.
    """
    known = dict(_years(places.shipped()))
    for number, year in _years(places.DataFolder(places.data_dir()).content).items():
        if year.replaces or number not in known:
            known[number] = year
    run = [min(known)]
    while run[-1] + 1 in known:
        run.append(run[-1] + 1)
    return tuple(known[number] for number in run)


def prepare() -> None:
    """Read the calendars before kernels are forked."""
    office_years()


@cache
def _years(root: Path) -> dict[int, FiscalYear]:
    """The calendar files below a content root by fiscal year; one with mistakes is left out, `check` names them."""
    found = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        try:
            year = FiscalYear.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (OSError, ValueError, yaml.YAMLError):
            continue
        found[year.fiscal_year] = year
    return found
