"""What the rules of duties read in a text: a verdict or settlement of one's own, a law cited; and how they list names. Knows no plan.

Words, all of data/planning/words/duties.yaml: settlement, judgement, warnings_off, turns; act_names, decree_names, act_denials, act_sections.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cps_training.thai_text import normalise

SECTION = re.compile(r"(?:มาตรา|ม\.)(\d+(?:/\d+)?)")


def own_verdicts(text: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Words by which the text judges or settles a matter itself; not those it warns of (“ห้ามไกล่เกลี่ย”)."""
    text = normalise(text)
    return [
        word
        for word in (*words["settlement"], *words["judgement"])
        if any(not _is_warned_of(text, found.start(), words) for found in re.finditer(re.escape(word), text))
    ]


def _is_warned_of(text: str, start: int, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the phrase before it (Thai parts phrases by spaces) forbids it, with nothing between that turns to something else."""
    before = text[:start].rpartition(" ")[2]
    if before.endswith("ไม่"):
        return True
    for turn in words["turns"]:
        before = before.rpartition(turn)[2]
    return any(word in before for word in words["warnings_off"])


def listed(names: Sequence[str]) -> str:
    """`หนี้ หุ้น และเงินฝาก`, `หนี้และหุ้น`; at least one."""
    *most, last = names
    if not most:
        return last
    return f"{' '.join(most)}{' ' if len(most) > 1 else ''}และ{last}"


def cites_the_act(text: str, words: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a text rests on the Cooperatives Act: on a section that is not about farmer groups, or on it alone with no Decree named."""
    text = normalise(text).replace(" ", "")
    names_decree = any(name in text for name in words["decree_names"])
    laws = "|".join(re.escape(name) for name in (*words["act_names"], *words["decree_names"]))
    for found in re.finditer(laws, text):
        if found[0] in words["decree_names"] or text[: found.start()].endswith(words["act_denials"]):
            continue
        following = re.search(laws, text[found.end() :])
        until = found.end() + following.start() if following else len(text)
        sections = SECTION.findall(text[found.end() : until])
        if any(section not in words["act_sections"] for section in sections) or not (sections or names_decree):
            return True
    return False
