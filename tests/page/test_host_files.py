"""The host's files as a bundle needs them: joined to one module, without names that meet, small, and without a word for people."""

from __future__ import annotations

import re
from collections import Counter

from cps_training.server.assets import HOST, STATIC, host_script
from cps_training.views.assets import without_comments

FILES = {name: (STATIC / "page" / f"{name}.js").read_text("utf-8") for name in HOST}
LARGEST = 20_480


def test_every_file_of_the_host_is_joined():
    assert sorted(HOST) == sorted(path.stem for path in (STATIC / "page").iterdir())


def test_files_import_only_what_stands_before_them_in_one_line_each():
    for n, name in enumerate(HOST):
        lines = re.findall(r"^import.*$", FILES[name], re.MULTILINE)
        found = [re.fullmatch(r'import \{ [\w, ]+ \} from "\./(\w+)\.js";', line) for line in lines]
        assert all(found), lines
        assert {match[1] for match in found if match} <= set(HOST[:n]), name


def test_no_two_files_use_one_name():
    names = [
        name
        for text in FILES.values()
        for name in re.findall(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", text, re.MULTILINE)
    ]
    several = re.findall(r"^(?:export )?(?:const|let) \w+ = [^;{]*?, (\w+) = ", "\n".join(FILES.values()), re.MULTILINE)
    assert [name for name, times in Counter([*names, *several, "views"]).items() if times > 1] == []


def test_the_host_is_small_and_holds_no_text_for_people():
    text = host_script()
    assert len(without_comments(text).encode()) < LARGEST
    assert not re.search(r"[\u0e00-\u0e7f]", text)
    assert not re.search(r"^(?:import|export)\b", text, re.MULTILINE)
