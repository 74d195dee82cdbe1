"""Working a case in the browser as an officer would: marking lines and figures, filling the board, ordering it, handing it in."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from cps_training.content.cases.case import FIGURE, Case
from tests.browser.walking import go, press
from tests.kit import Visit


def open_case(visit: Visit, case_id: str) -> None:
    """The case's room, begun anew where the last work was handed in."""
    go(visit, f"/case?case={case_id}")
    if visit.page.locator("main .cps-case-result").count():
        press(visit, "action:again")
        tab(visit, "profile", press_it=False)


def tab(visit: Visit, name: str, *, press_it: bool = True) -> None:
    if press_it:
        press(
            visit,
            f"action:tab:{name}"
            if visit.page.locator(f"main [data-key='action:tab:{name}']").count()
            else f"tab:{name}",
        )
    expect(visit.page.locator(f"main [data-key='tab:{name}']")).to_have_attribute("aria-current", "step")


def mark(visit: Visit, references: list[str]) -> None:
    """Attach these lines and figures, each where it stands."""
    page, marked = visit.page, set[str]()
    lines = [one for one in references if not one.startswith(FIGURE)]
    tab(visit, "papers")
    for paper in dict.fromkeys(one.partition(":")[0] for one in lines):
        page.locator(f"main [data-key='paper:{paper}']").click()
        for line in (one for one in lines if one.startswith(f"{paper}:") and one not in marked):
            button = page.locator(f"main [data-key='line:{line}']")
            if button.get_attribute("aria-pressed") != "true":
                button.click()
            expect(button).to_have_attribute("aria-pressed", "true")
            marked.add(line)
        back = page.locator("main [data-key='back']:visible")
        if back.count():
            back.click()
    figures = dict.fromkeys(one for one in references if one.startswith(FIGURE))
    for place in ("ratios", "tables") if figures else ():
        tab(visit, place)
        for select in (None, "members", "balance", "income"):
            if place == "tables" and select is not None:
                show_table(visit, select)
            for one in [one for one in figures if one not in marked]:
                button = page.locator(f"main [data-key='mark:{one}']:visible")
                if button.count():
                    if button.first.get_attribute("aria-pressed") != "true":
                        button.first.click()
                    expect(button.first).to_have_attribute("aria-pressed", "true")
                    marked.add(one)
    assert marked == set(references)


def show_table(visit: Visit, name: str) -> None:
    """By the row of names on a screen, by the list of names on a phone."""
    chip = visit.page.locator(f"main [data-key='choose:{name}']:visible")
    if chip.count():
        chip.first.click()
    else:
        visit.page.locator("main [data-key='choose']").select_option(name)


def put(visit: Visit, finding: dict[str, Any]) -> None:
    """Add a finding by the form."""
    page = visit.page
    before = page.locator("main [data-finding]").count()
    press(visit, "add")
    page.locator("main [data-key='new:kind'], main [data-key$=':kind']").first.select_option(finding["kind"])
    for reference in finding.get("evidence", ()):
        box = page.locator(f"input[type=checkbox][value='{reference}']")
        if not box.is_visible():
            page.locator("main details").filter(has=box).locator("summary").first.click()
        box.check()
    for clause in finding.get("clauses", ()):
        page.locator("main [data-key$=':clause']").select_option(clause)
        press(visit, "add-clause")
    for name in ("cause", "partner", "step"):
        if finding.get(name):
            page.locator(f"main select[data-key$=':{name}']").select_option(finding[name])
    if finding.get("severity"):
        page.locator(f"main [data-key$=':severity:{finding['severity']}']").check()
    press(visit, "save")
    expect(page.locator("main [data-finding]")).to_have_count(before + 1)


def hand_in(visit: Visit) -> None:
    """Submit, and say yes to the question."""
    press(visit, "submit")
    press(visit, "yes:submit")
    visit.page.locator("main .cps-case-result").wait_for()


def evidence_of(case: Case, findings: list[dict[str, Any]]) -> list[str]:
    """References in the order in which the case has them: an officer reads paper by paper."""
    wanted = {one for finding in findings for one in finding.get("evidence", ())}
    order = [*case.line_of, *(FIGURE + name for name in case.figure_names)]
    return [one for one in order if one in wanted]
