"""Names of real places and people that made-up cases must not use. A short list of provinces and the titles of persons; knows no case."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PROVINCES = (
    "กรุงเทพมหานคร กระบี่ กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี ชัยนาท ชัยภูมิ ชุมพร เชียงราย เชียงใหม่ "
    "ตรัง ตราด ตาก นครนายก นครปฐม นครพนม นครราชสีมา นครศรีธรรมราช นครสวรรค์ นนทบุรี นราธิวาส น่าน บึงกาฬ บุรีรัมย์ ปทุมธานี "
    "ประจวบคีรีขันธ์ ปราจีนบุรี ปัตตานี พระนครศรีอยุธยา พะเยา พังงา พัทลุง พิจิตร พิษณุโลก เพชรบุรี เพชรบูรณ์ แพร่ ภูเก็ต มหาสารคาม "
    "มุกดาหาร แม่ฮ่องสอน ยโสธร ยะลา ร้อยเอ็ด ระนอง ระยอง ราชบุรี ลพบุรี ลำปาง ลำพูน เลย ศรีสะเกษ สกลนคร สงขลา สตูล สมุทรปราการ "
    "สมุทรสงคราม สมุทรสาคร สระแก้ว สระบุรี สิงห์บุรี สุโขทัย สุพรรณบุรี สุราษฎร์ธานี สุรินทร์ หนองคาย หนองบัวลำภู อ่างทอง อำนาจเจริญ "
    "อุดรธานี อุตรดิตถ์ อุทัยธานี อุบลราชธานี"
)
"""The seventy-seven."""
ORDINARY = frozenset(("กระบี่", "ชุมพร", "ตรัง", "ตราด", "ตาก", "น่าน", "พิจิตร", "แพร่", "เลย", "สระแก้ว", "สุรินทร์", "อ่างทอง"))
"""Provinces whose names are words or parts of words too: only counted after the word for province."""

_AS_PROVINCE = r"(?:จังหวัด|จ\.)\s*"
_PLACE = re.compile(
    "|".join(
        _AS_PROVINCE + name if name in ORDINARY else name for name in sorted(_PROVINCES.split(), key=len, reverse=True)
    )
)
_TITLES = ("นาย", "นาง", "น.ส.")
_OFFICES = "ทะเบียน|จ้าง|อำเภอ|ตรวจ|หน้า|ก|ช่าง|ทุน|ท่า|สถานี|ประกัน|แพทย์|เรือ|ด่าน|ทหาร"
_BEFORE = "".join(f"|(?<={word})" for word in ("โดย", "ของ", "ให้", "กับ", "และ", "ชื่อ", "เรียน", "จาก", "แก่", "คือ"))
_PERSON = re.compile(
    rf"(?:(?<![ก-๙]){_BEFORE})(?:นางสาว|น\.ส\.|นาง(?!สาว|ฟ้า|แบบ)|นาย(?!{_OFFICES}))\s?[เแโใไ]?[ก-ฮ][ก-๙]+"
)
"""Thai has no spaces between words, and ends of others look like titles (เดือนมิถุนายน): only after a gap or a word that goes before names."""


def real_names(text: str) -> Iterator[str]:
    """Every real province and every person with a title that a text names."""
    yield from (found[0] for found in _PLACE.finditer(text))
    if any(title in text for title in _TITLES):  # most texts have none, and the search is slow
        yield from (found[0] for found in _PERSON.finditer(text))
