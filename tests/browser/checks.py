"""What must hold wherever one stands: axe is content, a thumb hits, the interface speaks one language. Each gives its faults."""

from __future__ import annotations

import re
from typing import Any

from tests.axe import WCAG, violations


def axe_finds(page: Any) -> list[Any]:
    """What axe objects to. The window is as tall as the page meanwhile: else the bar at the bottom seems to make what it
    happens to lie on smaller."""
    size = page.viewport_size
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    found = violations(page, WCAG)
    page.set_viewport_size(size)
    return [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]


_TARGETS = """() => {
  const covers = ['.shell-tabs', '.shell-bar'].map((s) => document.querySelector(s)).filter((e) => e && getComputedStyle(e).display !== 'none');
  const name = (e) => `${e.tagName.toLowerCase()} “${(e.innerText || e.getAttribute('aria-label') || e.name || '').trim().slice(0, 40)}”`;
  const wrong = [];
  const all = document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex="0"]');
  for (const e of all) {
    if (!e.checkVisibility({ visibilityProperty: true }) || e.closest('.shell-skip')) continue;
    const box = (e.matches('input[type=radio], input[type=checkbox]') && e.closest('label') || e).getBoundingClientRect();
    const isInline = e.matches('a') && getComputedStyle(e).display === 'inline' && e.closest('p, li, td, th, dd');
    if (!isInline && e.matches('a, button, summary, input, select, textarea') && (box.width < 43.5 || box.height < 43.5)) wrong.push(`${name(e)} is ${Math.round(box.width)}×${Math.round(box.height)}`);
    if (covers.some((c) => c.contains(e))) continue;
    e.focus();
    if (document.activeElement !== e) continue;
    const at = e.getBoundingClientRect();
    if (at.height > innerHeight / 2) continue;
    for (const cover of covers) {
      const over = cover.getBoundingClientRect();
      if (getComputedStyle(cover).position !== 'static' && at.top < over.bottom - 1 && at.bottom > over.top + 1) wrong.push(`${name(e)} lies under ${cover.className}`);
    }
  }
  return wrong;
}"""


def hard_to_hit(page: Any) -> list[str]:
    """What a thumb would miss: smaller than 44 × 44 (links inside prose excepted), or under a bar once it has the focus."""
    wrong: list[str] = page.evaluate(_TARGETS)
    return wrong


NAMES = ("CPS", "KM", "PDF", "Word", "iCalendar", "PMQA", "AGM", "Excel", "CSV", "UTF", "JavaScript", "JupyterLab")
FILES = ("config", "toml", "secrets", "first", "trainer", "code", "allowed", "hosts")
ALLOWED = frozenset((*NAMES, *FILES))
"""Latin words a Thai page may hold outside content."""

_WORDS = """() => {
  const isContent = (e) => e.closest('[data-cps-content], .shell-lang, script, style, noscript, template');
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.trim() && !isContent(node.parentElement)) texts.push(node.data.trim());
  }
  for (const e of document.querySelectorAll('body *')) {
    if (isContent(e)) continue;
    for (const name of ['aria-label', 'aria-description', 'aria-valuetext', 'aria-roledescription', 'title', 'alt', 'placeholder']) {
      if (e.getAttribute(name)) texts.push(`${e.getAttribute(name)}`);
    }
    if (e.matches('input[type=submit], input[type=button]')) texts.push(e.value);
  }
  const silent = [...document.querySelectorAll('[data-cps-content]')]
    .filter((e) => /[\u0e01-\u0e5b]/.test(e.textContent) && e.closest('[lang]').lang !== 'th'
      && ![...e.querySelectorAll('[lang=th]')].some((inner) => inner.textContent === e.textContent))
    .map((e) => e.textContent.trim().slice(0, 60));
  return [texts, silent];
}"""


def foreign_words(page: Any, locale: str) -> list[str]:
    """Texts of the interface that are not in the page's language, and Thai content that does not say it is Thai."""
    texts, silent = page.evaluate(_WORDS)
    if locale == "en":
        found = [text for text in texts if re.search("[\u0e01-\u0e5b]", text)]
    else:
        found = [
            text
            for text in texts
            if any(word not in ALLOWED for word in re.findall(r"[A-Za-z]{2,}", text.replace("’s", "")))
        ]
    return sorted(set(found)) + [f"no lang=th: {text}" for text in silent]
