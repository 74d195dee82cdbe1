"""How rules look at what somebody wrote: empty phrases, how a text begins, people and citizens' numbers. Pure; knows no rule and no list of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cps_training.content.cases.real_names import real_names
from cps_training.planning.model import Plan, Record, Report
from cps_training.thai_text import normalise

_TITLES = ("นาย", "นาง", "น.ส.")
_CITIZEN_NUMBER = re.compile(r"(?<![\d.,])(?:\d{13}|\d[- ]\d{4}[- ]\d{5}[- ]\d{2}[- ]\d)(?!\d|[.,]\d)")
"""Thai digits are digits to Python too."""
_BEFORE_A_NAME = re.compile(r"(?:[\s(:“\"]|ชื่อ|คือ|ได้แก่|ดำเนินการ|ของ|(?:สหกรณ์|กลุ่ม)[ก-๙]*(?<!ว่า))+$")
"""What may stand between a position and the name of its holder: ผู้จัดการสหกรณ์ ชื่อ นาย…"""
_AFTER_A_NAME = r"(?P<family>\s+[ก-๙]+)?[\s(,]*(?:ตำแหน่ง|ซึ่งเป็น|ในฐานะ|เป็น)?\s*"


_plain = lru_cache(maxsize=8192)(normalise)
"""A plan is checked at every pause, and most of its texts are those of the check before."""


def says_nothing(text: str, phrases: Iterable[str]) -> bool:
    """Whether the whole text is empty, a dash, or one of the phrases; spaces and what ends it do not count."""
    bare = _bare(text)
    return not bare or bare in {_bare(phrase) for phrase in phrases}


def begins_with(text: str, openings: Iterable[str]) -> bool:
    """Whether a text begins with one of the openings."""
    return _plain(text).startswith(tuple(openings))


def phrase_in(text: str, phrases: Iterable[str], refusals: Sequence[str]) -> str | None:
    """The first of the phrases that stands in a text and is not refused by the word right before it; None when there is none."""
    text = _plain(text)
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            if not text[:at].rstrip().endswith(tuple(refusals)):
                return phrase
            at = text.find(phrase, at + 1)
    return None


def written_after(plan: Plan) -> Iterator[tuple[str, str]]:
    """(field, text) of everything written in records and reports; empty ones left out."""
    for index, record in enumerate(plan.records):
        yield from ((f"records[{index}].{field}", text) for field, text in _of_record(record) if text)
    for index, report in enumerate(plan.reports):
        yield from ((f"reports[{index}].{field}", text) for field, text in _of_report(report) if text)


def has_citizen_number(text: str) -> bool:
    """Whether a text holds a number of 13 digits as on an identity card, written together or in its five groups, in either digits."""
    return _CITIZEN_NUMBER.search(text) is not None


def people(text: str) -> list[str]:
    """Everybody a text names with a title, as written. What follows without a space comes along: Thai has none between words."""
    return [name for name in real_names(text) if name.startswith(_TITLES)]


def names_an_ordinary_member(
    text: str,
    *,
    office_holders: Sequence[str],
    member_words: Sequence[str],
    names_follow: Sequence[str],
    officers: Iterable[str],
) -> bool:
    """Whether a text names a person with a title who is given no position, right before or after the name.

    names_follow: words after which names stand without a space, besides member_words. officers: who wrote the plan, who may stand in it.
    A wrong alarm is cured by writing the position beside the name.
    """
    if not any(title in text for title in _TITLES):  # most texts have none, and the search is slow
        return False
    text = re.sub(rf"({_either(tuple(member_words), tuple(names_follow))})(?={_either(_TITLES)})", r"\1 ", text)
    ours = tuple(name for officer in officers for name in people(officer))
    positions = tuple(office_holders)
    after = re.compile(_AFTER_A_NAME + f"(?:{_either(positions)})")
    end = 0
    for name in people(text):
        start = text.index(name, end)
        end = start + len(name)
        if name.startswith(ours) or _BEFORE_A_NAME.sub("", text[:start]).endswith(positions):
            continue
        held = name if name.endswith(positions) else None
        if held is None and (found := after.match(text, end)):
            held = name + (found["family"] or "")
        if held is None or any(word in held for word in member_words):
            return True
    return False


@lru_cache(maxsize=100)
def _either(*lists: Sequence[str]) -> str:
    return "|".join(re.escape(word) for words in lists for word in words)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return "".join(_plain(text).split()).strip(".-–—,ๆฯ")


def _of_record(record: Record) -> Iterator[tuple[str, str]]:
    for field in ("facts", "advice"):
        yield from ((f"{field}[{index}]", text) for index, text in enumerate(getattr(record, field)))
    for index, action in enumerate(record.actions):
        yield f"actions[{index}].what", action.what
        yield f"actions[{index}].who", action.who
    for index, question in enumerate(record.questions):
        yield f"questions[{index}].text", question.text
        yield f"questions[{index}].source", question.source


def _of_report(report: Report) -> Iterator[tuple[str, str]]:
    for field in ("summary", "result_vs_target", "next_step", "returned_comment", "answered_comment"):
        yield field, getattr(report, field)
