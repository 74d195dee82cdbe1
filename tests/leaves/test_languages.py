"""Every text of the interface exists in both languages, and a catalogue compiles by itself."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from cps_training import i18n

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs" / "tools"))
import messages


def test_no_message_is_without_english_and_none_is_left_over():
    assert messages.missing() == []
    assert messages.unused() == []


def test_translations_keep_the_values_of_their_originals():
    for message in messages.present():
        if message.id:
            values = [sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text)) for text in (message.id, message.string)]
            assert values[0] == values[1], message.id
            assert not re.search("[\u0e00-\u0e7f]", message.string), message.id


def test_thai_is_the_source_and_unknown_locales_stay_thai(tmp_path):
    assert i18n.translator("th")("ข้อต่อไป") == "ข้อต่อไป"
    assert i18n.translator("de")("ข้อต่อไป") == "ข้อต่อไป"
    assert i18n.translator("en")("ไม่มีข้อความนี้") == "ไม่มีข้อความนี้"
    assert i18n.translator("en")("ข้อต่อไป") == "Next"


def test_a_missing_or_older_catalogue_is_compiled_into_the_folder(tmp_path):
    i18n.compile_catalogues(tmp_path)
    made = tmp_path / "en.mo"
    assert i18n.translator("en", tmp_path)("ข้อต่อไป") == "Next"
    first = made.stat().st_mtime_ns
    i18n.compile_catalogues(tmp_path)
    assert made.stat().st_mtime_ns == first
    import os

    os.utime(made, (0, 0))
    i18n.compile_catalogues(tmp_path)
    assert made.stat().st_mtime > 0
