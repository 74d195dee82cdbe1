"""What a plan begins from: nothing, a template, or the problem board of a case. Pure; knows no store, no work on a case and no rule.

Gives documents (JSON of `model.Plan`, without what stands at its default). From a case comes only what its reader has seen: the board in
their own order, the papers they marked, the tables as they are shown. Nothing that is planted, and nothing of the expert's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from cps_training.content.cases.case import FIGURE, Case
from cps_training.content.cases.catalogue import Catalogue, Choice
from cps_training.content.cases.ratios import RATIO_OF
from cps_training.content.cases.tables import SPEC_OF
from cps_training.content.refresher import KINDS
from cps_training.errors import AttemptError
from cps_training.planning.editing import canonical
from cps_training.planning.templates import Template, begun

Document = dict[str, Any]

GROUPS = ("formation", "business", "management", "centre")
"""Partners of the catalogue that are academic groups (handbook, practice.19)."""
TOPICS = {"credit": "credit", "funding": "capital", "control": "control", "law": "law"}
"""The topic of an issue by the theme of its finding; others may be about anything."""
BALANCES = {"debts": "loans_gross", "shares": "share_capital", "deposits": "deposits_members"}
FUNDS = {"cdf": ("กพส.", "กองทุนพัฒนาสหกรณ์"), "faf": ("กองทุนสงเคราะห์เกษตรกร",)}
"""How tables of cases name the funds of the state."""
DEPUTY_REGISTRAR = "รองนายทะเบียน"
MOST_ISSUES, LAST_PRIORITY, MOST_TEXT, MOST_ITEMS = 300, 9, 200, 20
_BETWEEN_ITEMS = re.compile(r"(?<!\d)\s+(?:และ)?(?!\d)")
"""Items of an order are written one after the other with a space between; a number belongs to the word beside it."""


class BoardFinding(Protocol):
    """A finding as it stands on a board."""

    @property
    def kind(self) -> str | None: ...
    @property
    def words(self) -> str: ...
    @property
    def evidence(self) -> Sequence[str]: ...
    @property
    def clauses(self) -> Sequence[str]: ...
    @property
    def cause(self) -> str | None: ...
    @property
    def partner(self) -> str | None: ...
    @property
    def rank(self) -> int | None: ...


def from_nothing(plan_id: str, written_on: date, org: Mapping[str, str] | None, title: str = "") -> Document:
    """A plan with its first organisation. org: {"name", "kind"}. Raises AttemptError org-missing."""
    return canonical({"plan": plan_id, "title": title, "written_on": written_on.isoformat(), "orgs": [_first_org(org)]})


def from_template(
    template: Template,
    plan_id: str,
    written_on: date,
    *,
    is_office_day: Callable[[date], bool],
    org: Mapping[str, str] | None = None,
    title: str = "",
) -> Document:
    """A template's plan on days from written_on. org: stands in for its first organisation; None = the fictional one stays."""
    made = begun(template, plan_id, written_on, is_office_day=is_office_day, title=title)
    if org is not None:
        made["orgs"][0] |= {**_first_org(org), "id": made["orgs"][0]["id"]}
    return canonical(made)


def _first_org(org: Mapping[str, str] | None) -> Document:
    name = " ".join(((org or {}).get("name") or "").split())
    kind = (org or {}).get("kind") or ""
    if not name or len(name) > MOST_TEXT or kind not in KINDS:
        raise AttemptError("org-missing", "โปรดกรอกชื่อและเลือกประเภทของสหกรณ์หรือกลุ่มเกษตรกรแห่งแรกของแผน")
    return {"id": "C1", "name": name, "kind": kind}


# From the board of a case ---------------------------------------------------------------------------------------


def from_case(
    case: Case,
    findings: Sequence[BoardFinding],
    catalogue: Catalogue,
    *,
    plan_id: str,
    written_on: date,
    title: str = "",
) -> Document:
    """Every finding an issue, in the board's order, with the papers its writer marked. findings: the board, as its writer left it."""
    org = _organisation(case)
    title = title or f"แผนเข้าแนะนำส่งเสริม {case.said.name.th}"
    return canonical(
        {
            "plan": plan_id,
            "title": title[:MOST_TEXT],
            "written_on": written_on.isoformat(),
            "orgs": [org],
            "issues": [
                _issue(case, catalogue, org["id"], number, finding)
                for number, finding in enumerate(findings[:MOST_ISSUES], start=1)
            ],
        }
    )


def _organisation(case: Case) -> Document:
    said, years = case.said, case.years
    place = said.organisation
    figures: Mapping[str, Any] = {} if place.is_forecast else years[max(years)]
    meetings = case.tables.get("meetings", ())
    first = next((row["held_on"] for row in meetings if row["kind"] == "first"), None)
    made: Document = {
        "id": said.case[:40].rstrip("-"),
        "name": said.name.th,
        "kind": place.kind,
        "registered_on": place.registered_on.isoformat(),
        "balances": [name for name, field in BALANCES.items() if (figures.get(field) or 0) > 0],
        "open_orders": _orders(case),
        "state_credit": _state_credit(case),
        "minutes_copies": sorted(
            {row["held_on"].strftime("%Y-%m") for row in meetings if row["kind"] == "board" and row["copy_sent_on"]}
        ),
    }
    if first is not None:
        made["first_meeting_held_on"] = first.isoformat()
    return made


def _orders(case: Case) -> list[Document]:
    """Orders of the Deputy Registrar that are open; letters of others with a date are none."""
    rows = [
        row for row in case.tables.get("orders", ()) if row["status"] == "open" and DEPUTY_REGISTRAR in row["issuer_th"]
    ]
    return [
        {
            "id": f"O{number}",
            "issued_on": row["issued_on"].isoformat(),
            "items": [item[:MOST_TEXT] for item in _BETWEEN_ITEMS.split(row["actions_th"]) if item][:MOST_ITEMS],
        }
        for number, row in enumerate(rows[:MOST_ITEMS], start=1)
    ]


def _state_credit(case: Case) -> list[Document]:
    found = [
        (fund, row["due_on"])
        for row in case.tables.get("borrowing", ())
        for fund, names in FUNDS.items()
        if row["outstanding"] > 0 and any(name in row["lender_th"] for name in names)
    ]
    return [
        {"id": f"L{number}", "fund": fund, "due_on": due_on.isoformat()}
        for number, (fund, due_on) in enumerate(found[:MOST_ITEMS], start=1)
    ]


def _issue(case: Case, catalogue: Catalogue, org: str, number: int, finding: BoardFinding) -> Document:
    kind = next((one for one in catalogue.findings if one.id == finding.kind), None)
    words = " ".join(finding.words.split())
    text = f"{kind.title.th} ({words})" if kind and words else kind.title.th if kind else words
    made: Document = {
        "id": f"I{number}",
        "org": org,
        "text": text,
        "kind": "problem",
        "topic": TOPICS.get(kind.theme, "other") if kind else "other",
        "clauses": list(finding.clauses),
        "evidence": _evidence(case, number, finding.evidence),
        "priority": min(finding.rank or number, LAST_PRIORITY),
        "root_cause": _titled(catalogue.causes, finding.cause),
    }
    if kind is not None:
        made["problem"] = kind.id
    if finding.partner in GROUPS:
        made["academic_group"] = finding.partner
    return made


def _titled(choices: Iterable[Choice], choice_id: str | None) -> str:
    return next((one.title.th for one in choices if one.id == choice_id), "")


def _evidence(case: Case, number: int, references: Sequence[str]) -> list[Document]:
    """A paper once, however many of its lines were marked, and the accounts once with the figures that were."""
    papers: dict[str, Document] = {}
    figures: list[str] = []
    for reference in references:
        if reference.startswith(FIGURE):
            figures.append(_figure_label(reference.removeprefix(FIGURE)))
        elif reference in case.line_of:
            paper = case.line_of[reference][0]
            kind = "hearsay" if paper.reliability == "hearsay" else "document"
            papers[paper.id] = {"text": paper.title.th, "kind": kind, "dated": paper.date.isoformat()}
    found = list(papers.values())
    if figures:
        found.append({"text": f"{_accounts(case)}: {', '.join(dict.fromkeys(figures))}"[:2000], "kind": "document"})
    return [{"id": f"E{number}-{place}", **one} for place, one in enumerate(found, start=1)]


def _accounts(case: Case) -> str:
    years = sorted(case.years)
    if case.said.organisation.is_forecast:
        return f"ประมาณการปี {years[0]}–{years[-1]}"
    return f"งบการเงินปีบัญชี {years[-1]}"


def _figure_label(name: str) -> str:
    if name in RATIO_OF:
        return RATIO_OF[name].title
    return next((column.label for spec in SPEC_OF.values() for column in spec.columns if column.name == name), name)
