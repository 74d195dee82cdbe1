"""When two staff codes are the same, and when two names are, nearly are, or may be one person's. Pure."""

from __future__ import annotations

import re

from cps_training.thai_text import distance, normalise

TITLES = (
    *(
        "นาย",
        "นาง",
        "นางสาว",
        "น.ส.",
        "นส.",
        "คุณ",
        "ดร.",
        "ผศ.",
        "รศ.",
        "ศ.",
        "ม.ล.",
        "ม.ร.ว.",
        "หม่อมหลวง",
        "หม่อมราชวงศ์",
    ),
    *(
        "ว่าที่ร้อยตรีหญิง",
        "ว่าที่ร้อยโทหญิง",
        "ว่าที่ร้อยตรี",
        "ว่าที่ร้อยโท",
        "ว่าที่ร้อยเอก",
        "ว่าที่ พ.ต.",
        "ว่าที่ ร.ต.หญิง",
        "ว่าที่ ร.ต.",
        "ว่าที่ ร.ท.",
    ),
    *(
        "ว่าที่ ร.อ.",
        "ว่าที่ร.ต.",
        "ร้อยตรี",
        "ร้อยโท",
        "ร้อยเอก",
        "พันตรี",
        "พันโท",
        "ร.ต.",
        "ร.ท.",
        "ร.อ.",
        "จ.ส.อ.",
        "จ่าเอก",
        "สิบเอก",
        "ส.อ.",
    ),
    *("mister ", "mr.", "mr ", "mrs.", "mrs ", "ms.", "ms ", "miss ", "dr.", "dr "),
)
_TITLE = re.compile("|".join(re.escape(title) for title in sorted(TITLES, key=len, reverse=True)))
_UNHEARD = re.compile("[\u0e47-\u0e4c]")  # ็ ่ ้ ๊ ๋ ์: the marks most often left out
_ALIKE = str.maketrans("ศษณญฎฏฐฆฌใ", "สสนยดตถคลไ")
_SHORTEST_NEAR = 5


def folded(code: str) -> str:
    """A staff code as compared everywhere: case, Thai digits and stray spaces do not matter."""
    return normalise(code)


def untitled(name: str) -> str:
    """The name in comparison form without its title: `นาย สมชาย  ใจดี` → `สมชาย ใจดี`; a name that is all title stays."""
    written = normalise(name)
    while (found := _TITLE.match(written)) and found.end() < len(written):
        written = written[found.end() :].strip()
    return written


def name_key(name: str) -> str:
    """Names with the same key are the same name: title, spaces, dots and hyphens do not matter."""
    return re.sub(r"[\s.\-–_]", "", untitled(name))


def sound_key(name: str) -> str:
    """Coarser than name_key: tone marks and ์ are left out, letters of one sound (ส ศ ษ, น ณ …) are one."""
    return _UNHEARD.sub("", name_key(name)).translate(_ALIKE)


def is_near_key(one: str, other: str) -> bool:
    """Whether two sound keys differ by at most one letter; numbers in them must agree, short ones be the same."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_NEAR or _numbers(one) != _numbers(other):
        return False
    return distance(one, other) <= 1


def _numbers(key: str) -> str:
    return "".join(letter for letter in key if letter.isdigit())


def may_be_renamed(old: str, new: str) -> bool:
    """Whether `new` is plausibly the same person: a near spelling, or the same given name (a new surname)."""
    if is_near_key(sound_key(old), sound_key(new)):
        return True
    given_old, given_new = (sound_key((untitled(name).split() or [""])[0]) for name in (old, new))
    return bool(given_old) and " " in untitled(old) and " " in untitled(new) and given_old == given_new
