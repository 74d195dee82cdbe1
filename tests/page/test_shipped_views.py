"""The kit's own widgets as a light page shows them: each is drawn as it is elsewhere, and an answer goes its whole way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from cps_training.views.assets import bundle, stems
from tests.page.fake_kernel import FakeKernel
from tests.views import samples


@pytest.fixture
def kernel() -> Iterator[FakeKernel]:
    """One whose page has the kit's widgets; what a Content-Security-Policy refuses is noted as for the test's own."""
    watch = "window.violations = []; document.addEventListener('securitypolicyviolation', (e) => violations.push(e.violatedDirective));"
    running = FakeKernel(f"{watch}\n{bundle(stems())}")
    yield running
    running.stop()


def test_every_widget_is_drawn_beside_all_the_others(visit, kernel):
    for n, (name, stem, state, _) in enumerate(samples.WIDGETS):
        kernel.show(f"c{n}", kernel.widget(name, stem, **{"locale": "th", **state, "lands": False}))
    visit.open()
    assert visit.page.locator(".failed:visible, .foreign:visible").count() == 0
    assert visit.page.locator("[data-cell] > div > .cps-root").count() == len(samples.WIDGETS)
    texts = visit.page.locator("[data-cell]").all_text_contents()
    silent = [name for (name, *_), text in zip(samples.WIDGETS, texts, strict=True) if not text.strip()]
    assert silent == []


def test_an_answer_is_sent_once_and_its_feedback_takes_the_focus(visit, kernel):
    kernel.show("c1", kernel.box("box", kernel.widget("card", "item_card", **samples.item(samples.ONE))))
    visit.open()
    visit.page.get_by_role("radio").nth(2).check()
    visit.page.get_by_role("button", name=samples.LABELS["submit"]).click()
    (sent,) = kernel.wait_heard(1)
    assert sent.data["content"]["response"] == {"choice": "o3"}
    kernel.update("card", feedback=samples.WRONG, response={"choice": "o3"}, status=samples.SAVED)
    expect(visit.page.get_by_role("heading", level=3).first).to_be_focused()


def test_a_draft_outlives_the_connection_and_the_answer_leaves_when_it_is_back(visit, kernel):
    kernel.show("c1", kernel.widget("card", "item_card", **samples.item(samples.ONE)))
    visit.open()
    visit.page.get_by_role("radio").nth(1).check()
    kernel.drop(is_up=False)
    kernel.wait(lambda k: "refused" in k.happened)
    visit.page.get_by_role("button", name=samples.LABELS["submit"]).click()
    expect(visit.page.locator(".cps-status")).to_have_text(samples.LABELS["saving"])
    kernel.is_up = True
    (sent,) = kernel.wait_heard(1)
    assert sent.data["content"]["response"] == {"choice": "o2"}
    expect(visit.page.get_by_role("radio").nth(1)).to_be_checked()


def test_an_answer_without_a_kernel_is_said_not_to_be_saved(visit, kernel):
    kernel.show("c1", kernel.widget("card", "item_card", **samples.item(samples.ONE)))
    visit.open()
    visit.page.get_by_role("radio").nth(1).check()
    kernel.send_status("dead")
    expect(visit.page.locator("#shell-lost")).to_be_visible()
    visit.page.get_by_role("button", name=samples.LABELS["submit"]).click()
    expect(visit.page.locator(".cps-status")).to_contain_text(samples.LABELS["not_saved"])
