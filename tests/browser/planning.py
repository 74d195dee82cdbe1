"""Working on a plan in the browser as an officer would: by tabs, fields and buttons found by structure, never by words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect

from cps_training.clock import office_day, utc_now
from cps_training.thai_text import show_date
from tests.browser.walking import go, press
from tests.kit import Visit

TEMPLATE = "monthly-agricultural"
OBJECTIVE = "ให้คณะกรรมการกำหนดวันตรวจนับเงินสดรายเดือนและผู้ลงนามสองคน"
STUDIED = ("profile", "audit-note", "last-record", "minutes")


def begin_plan(visit: Visit, mode: str = "solo") -> None:
    """A new plan from the template for a first plan."""
    go(visit, "/plan")
    page = visit.page
    fold = page.locator("main details[data-key='fold:template']:not([open]) > summary")
    if fold.count():
        fold.click()
    page.locator(f"main [data-key='field:template:source:{TEMPLATE}']").check()
    page.locator(f"main [data-key='field:template:mode:{mode}']").check()
    page.locator("main form[data-form=template] button[type=submit]").click()
    page.locator("main .cps-plan-room").wait_for()


def reload(visit: Visit) -> None:
    """As somebody who closed the page comes back: by the list where the address is the list's."""
    page = visit.page
    page.reload()
    page.locator("main .cps-plan-list, main .cps-plan-room").first.wait_for()
    if page.locator("main .cps-plan-list").count():
        go(visit, page.locator("main .cps-plan-list a[href*='plan=']").first.get_attribute("href"))


def tab(visit: Visit, name: str) -> None:
    button = visit.page.locator(f"main [data-key='tab:{name}']")
    if button.get_attribute("aria-current") != "page":
        button.click()
    expect(button).to_have_attribute("aria-current", "page")


def field(visit: Visit, name: str) -> Any:
    """A field, its section unfolded."""
    found = visit.page.locator(f"main [data-key='field:{name}']")
    found.wait_for(state="attached")
    found.evaluate(
        "(e) => { for (let d = e.closest('details'); d; d = d.parentElement.closest('details')) d.open = true; }"
    )
    return found


def write(visit: Visit, name: str, text: str) -> None:
    """Fill a field and leave it; it is sent by itself."""
    field(visit, name).fill(text)
    field(visit, name).blur()


def saved(visit: Visit) -> None:
    """Everything written so far is kept at the desk."""
    visit.page.wait_for_function(
        "() => [...document.querySelectorAll('main .cps-plan-form')].every((e) => e.cpsForm.drafts.drafts.size === 0)"
    )


def typed(days_ago: int = 0) -> str:
    """A day as an officer types it."""
    return show_date(office_day(utc_now()) - timedelta(days=days_ago))


def make_ready(visit: Visit, name: str = "V1") -> None:
    """What the rules ask of the template's visit before it may be asked for, and of what it rests on."""
    tab(visit, "issues")
    field(visit, "orgs/coop/data_gaps/looked").check()
    for box in visit.page.locator("main [data-key^='field:orgs/coop/minutes_copies:']").all():
        box.check()
    for issue in ("I1", "I2", "I3"):
        write(visit, f"issues/{issue}/consulted_on", typed(days_ago=5))
        write(visit, f"issues/{issue}/returned_to_board_on", typed(days_ago=4))
    saved(visit)
    tab(visit, "visits")
    write(visit, f"visits/{name}/objective", OBJECTIVE)
    for item in STUDIED:
        write(visit, f"visits/{name}/study/{item}", typed())
    write(visit, f"visits/{name}/recorded_plan_on", typed())
    saved(visit)


def send(visit: Visit, gate: str, *names: str) -> None:
    """Choose visits at a gate and hand them in."""
    tab(visit, gate)
    for name in names:
        visit.page.locator(f"main [data-key='choose:{name}']").check()
    press(visit, "send")
    press(visit, "yes:send")


def pass_days(visit: Visit, until: Any) -> None:
    """Move the simulated day on until something is there."""
    for _ in range(8):
        if until.count():
            return
        before = visit.page.locator("main .cps-room-clock").inner_text()
        visit.page.locator("main .cps-room-clock button").first.click()
        expect(visit.page.locator("main .cps-room-clock")).not_to_have_text(before, use_inner_text=True)
    until.wait_for()


def write_line(visit: Visit, name: str, *texts: str) -> None:
    """A new line, or a new row of several boxes, at the end of a list."""
    field(visit, f"{name}:add").click()
    visit.page.wait_for_function(
        "(name) => document.activeElement?.matches('input, textarea') && document.activeElement.closest(`[data-field='${name}']`)",
        arg=name,
    )
    for text in texts:
        visit.page.keyboard.type(text)
        visit.page.keyboard.press("Tab")
    saved(visit)


def record_and_report(visit: Visit, name: str = "V1") -> None:
    """What was found and advised, who does what by when, and what became of it."""
    record, report = f"records/{name}-r1", f"reports/{name}-t"
    write_line(visit, f"{record}/facts", "ตรวจนับเงินสดแล้ว ยอดตรงกับบัญชี 15,200 บาท")
    write_line(visit, f"{record}/advice", "ให้แต่งตั้งกรรมการสองคนลงนามทุกเดือน")
    write_line(visit, f"{record}/actions", "ส่งใบตรวจนับเงินสด", "เหรัญญิก", "25 ม.ค. 2570")
    press(visit, f"press:record:{name}:coop")
    expect(visit.page.locator(f"main [data-key='press:record:{name}:coop']")).to_have_count(0)
    tab(visit, "report")
    write(visit, f"{report}/summary", "คณะกรรมการกำหนดวันตรวจนับเงินสดและผู้ลงนามแล้ว")
    write(visit, f"{report}/result_vs_target", "ตรวจนับแล้ว 1 จาก 1 ครั้ง ตามเป้าหมายเดือนละครั้ง")
    write(visit, f"{report}/next_step", "ติดตามใบตรวจนับเดือนหน้า")
    saved(visit)
