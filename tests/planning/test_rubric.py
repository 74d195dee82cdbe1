"""The rubric of plans: what ships, how it is handed on, and mistakes of an office's own with their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cps_training.content.handbook import read_handbook
from cps_training.errors import ContentError
from cps_training.places import shipped
from cps_training.planning.rubric import RUBRIC, Rubric, read_rubric

ONE = """\
criteria:
  - id: clear
    title: {th: ชัดเจน}
    clause: cps.2.2
    levels:
      - {th: หนึ่ง}
      - {th: สอง}
      - {th: สาม}
      - {th: สี่, en: Four}
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return read_rubric(shipped())


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / RUBRIC
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return tmp_path


def mistakes(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    """Lines and messages of what is wrong with a file."""
    with pytest.raises(ContentError) as caught:
        read_rubric(written(tmp_path, text))
    assert {finding.file for finding in caught.value.findings} == {RUBRIC}
    return [(finding.line, finding.message) for finding in caught.value.findings]


def test_five_criteria_ship_with_four_levels_each_that_tell_apart(rubric: Rubric) -> None:
    assert len(rubric.criteria) == 5
    for one in rubric.criteria:
        for texts in ([level.th for level in one.levels], [level.en for level in one.levels]):
            assert len(set(texts)) == 4
            assert all(20 <= len(text or "") <= 140 for text in texts), texts
        assert not any(re.search(r"[฀-๿]", level.en or "") for level in one.levels)


def test_every_criterion_rests_on_a_clause_of_the_handbook(rubric: Rubric) -> None:
    handbook = read_handbook(shipped()).handbook
    assert handbook is not None
    assert [one.clause for one in rubric.criteria if one.clause not in handbook] == []


def test_what_is_handed_on_numbers_the_levels_and_has_both_languages(tmp_path: Path) -> None:
    [one] = read_rubric(written(tmp_path, ONE)).as_json()
    assert one["title"] == {"th": "ชัดเจน", "en": "ชัดเจน"}
    assert one["levels"][0] == {"n": 1, "text": {"th": "หนึ่ง", "en": "หนึ่ง"}}
    assert one["levels"][3] == {"n": 4, "text": {"th": "สี่", "en": "Four"}}


def test_only_levels_of_its_own_criteria_fit(rubric: Rubric) -> None:
    assert rubric.fits({"weight-of-evidence": 4, "feasible-schedule": 1})
    assert not rubric.fits({"weight-of-evidence": 5})
    assert not rubric.fits({"weight-of-evidence": 0})
    assert not rubric.fits({"weight-of-evidence": True})
    assert not rubric.fits({"kindness": 2})


def test_a_level_too_few_a_wrong_id_and_a_repeated_one_are_said_at_their_lines(tmp_path: Path) -> None:
    few = ONE.replace("      - {th: สาม}\n", "")
    [(line, message)] = mistakes(tmp_path / "few", few)
    assert (line, "criteria.1.levels" in message) == (6, True), message
    [(line, message)] = mistakes(tmp_path / "id", ONE.replace("id: clear", "id: Clear Plan"))
    assert (line, "ตัวพิมพ์เล็ก" in message) == (2, True), message
    [(line, message)] = mistakes(tmp_path / "twice", ONE + ONE.removeprefix("criteria:\n"))
    assert "มีรหัสซ้ำ: clear" in message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=re.escape(RUBRIC)):
        read_rubric(tmp_path)
