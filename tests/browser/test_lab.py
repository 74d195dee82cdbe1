"""`cps-training lab`: the same lesson in JupyterLab with the same widgets, for the local person, recorded as practice."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from cps_training.places import DataFolder
from cps_training.records import attempts
from cps_training.records.engine import Records


@pytest.fixture
def lab(tmp_path):
    """The address JupyterLab prints, with its token."""
    command = [
        sys.executable,
        "-m",
        "cps_training.cli",
        "lab",
        "--data-dir",
        str(tmp_path),
        "--no-browser",
        "--port",
        "0",
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CPS_")}
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment, start_new_session=True
    )
    try:
        for line in process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+/lab\?token=\w+", line):
                break
        else:
            pytest.fail("JupyterLab printed no address")
        yield found[0]
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


def test_the_lesson_runs_in_jupyterlab_and_is_recorded_as_practice(lab, tmp_path, browser):
    base, _, token = lab.partition("/lab?")
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(90_000)
    page.goto(f"{base}/lab/tree/05_cps_cycle.ipynb?{token}")
    expect(page.get_by_text("ชุดฝึก CPS | Idle")).to_be_visible(timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    card = page.locator(".jp-OutputArea .cps-root:has(fieldset)").first
    card.scroll_into_view_if_needed()
    card.locator("input").first.check()
    card.get_by_role("button", name="ส่งคำตอบ").click()
    expect(card.locator("h3")).to_be_visible()
    expect(card).to_contain_text("บันทึกแล้ว")
    context.close()
    with Records.open(DataFolder(tmp_path).database) as records, records.read() as conn:
        ((code, attempt),) = attempts.all_attempts(conn)
        (place,) = conn.exec_driver_sql("SELECT place FROM attempt").one()
    assert (code, attempt.form_id, len(attempt.steps), place) == ("local", "lesson:cps-cycle", 1, "lab")
