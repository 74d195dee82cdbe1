"""Rows for the statistics of items: every response as it stood at the end, and what is known of the items and forms. Only reads.

What staff may see of keys: an option's right class, a rationale, a tolerance, an accepted answer or a rubric never leaves. A row says
which answer somebody gave and what it earned, so that staff read what earns the points once somebody has earned them: without
it there is no table of distractors, and at marking the desk shows trainers the model answer already. Of what was written only numbers,
words and gaps are told, which have a key to be compared with; essays and surveys have no class at all.

Who answered is not told either: `person_code` is a name made up for one reply, the same for all rows of one person in it, which
is all that a statistic needs. Accounts that were merged bear one name (records.frames.counted_as).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from cps_training.assessment.attempt import Attempt, Step
from cps_training.assessment.scoring import score_item
from cps_training.content.forms import RETRY_PREFIX, REVIEW
from cps_training.content.library import TITLE_LENGTH, Library
from cps_training.desk import results
from cps_training.desk.asker import Context
from cps_training.desk.reading import both
from cps_training.errors import AccessError
from cps_training.items import ItemBase, Response
from cps_training.items.choosing import OneOfLines
from cps_training.items.essay import Essay
from cps_training.items.parametric import Parametric
from cps_training.records import attempts as stored
from cps_training.records import frames as rows_of

Value = dict[str, Any]
Pair = tuple[str, str]

FRAMES = ("responses", "item_facts", "form_facts")

MOST_ROWS = 50_000
"""Rows of one reply: some 13 MB, which a line between kernel and desk still holds (protocol.MAX_LINE)."""

MOST_WORDS = 40
"""Answers whose words are told, an item: numbers and words that people type have no end."""

LONGEST_WORDS = 200
_PLACES = re.compile(r"\{\w+\}")


def frames(context: Context, conn: Connection) -> dict[str, list[Value]]:
    """The frames of FRAMES, as the functions below tell. Raises AccessError too-many-rows beyond MOST_ROWS."""
    attempts = [kept.as_of(context.now) for _, kept in stored.all_attempts(conn)]
    versions = results.versions_of(context.library, conn, attempts)
    who = _nameless(context, conn)
    rows: list[Value] = []
    given: dict[Pair, _Given] = {}
    met: set[Pair] = set()
    for attempt in attempts:
        person = who[attempt.person_id]
        for row, item, response in _responses(attempt, versions):
            if attempt.form_id == REVIEW and (person, item.id) in met:
                continue
            met.add((person, item.id))
            rows.append({"person_code": person, **row})
            given.setdefault((item.id, row["item_version"]), _Given(item)).take(row["response_class"], response)
    if len(rows) > MOST_ROWS:
        raise AccessError("too-many-rows", "มีคำตอบมากกว่าที่หน้านี้คำนวณได้ในครั้งเดียว โปรดแจ้งผู้ดูแลระบบ")
    return {
        "responses": rows,
        "item_facts": [_fact(context.library, pair, one) for pair, one in sorted(given.items())],
        "form_facts": _form_facts(context.library, attempts),
    }


def _nameless(context: Context, conn: Connection) -> dict[str, str]:
    """A made-up name by person_id: nobody outside can make it again, as the salt is of this reply."""
    salt = context.entropy(16)
    counted = rows_of.counted_as(conn)
    return {
        person_id: hashlib.blake2b(one.person_id.encode(), key=salt, digest_size=6).hexdigest()
        for person_id, one in counted.items()
    }


# Responses --------------------------------------------------------------------------------------------------------


def _responses(
    attempt: Attempt, versions: Mapping[Pair, ItemBase]
) -> Iterator[tuple[Value, ItemBase, Response | None]]:
    """Rows of analytics.frames.RESPONSES, without their person: form, attempt_number, item_id, item_version (under which it is
    scored), at, is_blank, fraction, response_class, most, section.

    What may still be changed is no response yet: of an open exam or survey there is none, elsewhere those that were given.
    With tries it is the first one. A blank is a row once the attempt is finished, dated at its finish. fraction: None while it
    waits for its marker, and for what is never scored. response_class: "" for a blank, an essay and a survey. A review repeats what
    was met before: of it stands here only what the person had not met (`frames`).
    """
    if attempt.policy.may_change and not attempt.is_finished:
        return
    for placed in attempt.placed:
        version = attempt.scored_version(placed.item_id)
        item = versions[(placed.item_id, version)]
        step = _counted(attempt, placed.item_id)
        at = step.at if step else attempt.finished_at
        if at is None:
            continue
        response = step.response if step else None
        score = score_item(attempt, item)
        is_first_try = attempt.policy.tells == "tried" and not isinstance(item, Essay)
        fraction = item.score(response) if is_first_try else score.fraction
        counts = score.most > 0
        is_told = counts and response is not None and not isinstance(item, Essay)
        row = {
            "form": attempt.form_id,
            "attempt_number": attempt.number,
            "item_id": item.id,
            "item_version": version,
            "at": at.isoformat(timespec="milliseconds"),
            "is_blank": response is None,
            "fraction": fraction if counts else None,
            "response_class": item.classify(response) if is_told and response is not None else "",
            "most": score.most,
            "section": placed.section,
        }
        yield row, item, response if is_told else None


def _counted(attempt: Attempt, item_id: str) -> Step | None:
    """The answer that counts: with tries the first one, else the one that stands."""
    given = attempt.answers_to(item_id)
    if not given:
        return None
    return given[0] if attempt.policy.tells == "tried" else given[-1]


# What is known of items and forms ---------------------------------------------------------------------------------


class _Given:
    """The answers given to one item version, each class with one response that is an example of it."""

    def __init__(self, item: ItemBase) -> None:
        self.item = item
        self.counts: Counter[str] = Counter()
        self.example: dict[str, Response] = {}

    def take(self, response_class: str, response: Response | None) -> None:
        if response is not None:
            self.counts[response_class] += 1
            self.example.setdefault(response_class, response)


def _fact(library: Library, pair: Pair, given: _Given) -> Value:
    """One row an item version with responses: item_id, item_version, is_current (it is today's), title (the beginning of the stem),
    type, clauses [{"id", "label", "title"}], is_scored, guess, choices (all its classes where they can be told, else []), words {class: the answer
    as learners read or wrote it}. No word for the classes of parametric items, whose numbers differ from person to person."""
    item = given.item
    is_current = library.item_versions.get(item.id) == pair[1]
    clauses = [clause for clause in map(library.handbook.get, item.clauses) if clause is not None]
    is_listed = isinstance(item, OneOfLines) and item.is_scored
    return {
        "item_id": pair[0],
        "item_version": pair[1],
        "is_current": is_current,
        "title": _shortened(_PLACES.sub("…", item.stem) if isinstance(item, Parametric) else item.stem, TITLE_LENGTH),
        "type": item.type,
        "clauses": [
            {"id": one.id, "label": {"th": one.label("th"), "en": one.label("en")}, "title": both(one.title)}
            for one in clauses
        ],
        "is_scored": item.is_scored,
        "guess": item.guess,
        "choices": sorted(item.line_ids) if isinstance(item, OneOfLines) and is_listed else [],
        "words": _words(given),
    }


def _words(given: _Given) -> dict[str, str]:
    item = given.item
    if isinstance(item, Parametric):
        return {}
    if isinstance(item, OneOfLines):
        return {line.id: _shortened(line.text, LONGEST_WORDS) for line in sorted(item.lines, key=lambda one: one.id)}
    return {
        name: _shortened(item.summary(given.example[name]), LONGEST_WORDS)
        for name, _ in sorted(given.counts.most_common(MOST_WORDS))
    }


def _form_facts(library: Library, attempts: Iterable[Attempt]) -> list[Value]:
    """One row a form somebody opened: form, title, policy, is_practice (one may look and leave: a blank there is no answer),
    is_fixed (not put together for each person: there is something to say of it as a whole), parallel_to (the form it is compared
    with, or None)."""
    policies = {attempt.form_id: attempt.policy for attempt in attempts}
    found = []
    for form_id, policy in sorted(policies.items()):
        form = library.form(form_id)
        found.append(
            {
                "form": form_id,
                "title": both(form.title) if form else {"th": form_id, "en": form_id},
                "policy": policy.name,
                "is_practice": not policy.may_change,
                "is_fixed": form_id != REVIEW and not form_id.startswith(RETRY_PREFIX),
                "parallel_to": form.parallel_to if form else None,
            }
        )
    return found


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
