"""Words of a plan's values, in Thai and English: ways of visiting, origins, decisions, headings of workbooks. Data only."""

from __future__ import annotations

METHODS = {
    "board-meeting": {"th": "ร่วมประชุมคณะกรรมการ", "en": "Board meeting"},
    "member-meeting": {"th": "ประชุมกลุ่มสมาชิก", "en": "Meeting of a member group"},
    "inspection": {"th": "ตรวจเยี่ยม", "en": "Inspection"},
    "training": {"th": "จัดอบรม", "en": "Training"},
    "dialogue": {"th": "เสวนา", "en": "Dialogue"},
    "other": {"th": "วิธีอื่น", "en": "Another way"},
}
ORIGINS = {
    "bottom_up": {"th": "ข้อเสนอจากพื้นที่", "en": "From the area"},
    "top_down": {"th": "นโยบาย", "en": "Policy"},
    "carry_over": {"th": "ยกมาจากครั้งก่อน", "en": "Carried over"},
}
KINDS = {"need": {"th": "ความต้องการ", "en": "Need"}, "problem": {"th": "ปัญหา", "en": "Problem"}}
GROUPS = {
    "formation": {"th": "กลุ่มจัดตั้งและส่งเสริมสหกรณ์", "en": "Formation group"},
    "business": {"th": "กลุ่มส่งเสริมและพัฒนาธุรกิจสหกรณ์", "en": "Business group"},
    "management": {"th": "กลุ่มส่งเสริมและพัฒนาการบริหารจัดการสหกรณ์", "en": "Management group"},
    "centre": {"th": "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์", "en": "Training centre"},
}
DECISIONS = {"approved": {"th": "อนุญาต", "en": "Allowed"}, "returned": {"th": "ส่งคืน", "en": "Returned"}}
REPORT_DECISIONS = {"approved": {"th": "อนุมัติ", "en": "Approved"}, "returned": {"th": "ส่งคืน", "en": "Returned"}}
PROJECTS = {"used": {"th": "ใช้", "en": "Used"}, "not-fitting": {"th": "ไม่เหมาะ", "en": "Not fitting"}}
STATUS = {"open": {"th": "ยังไม่เสร็จ", "en": "Open"}, "closed": {"th": "เสร็จแล้ว", "en": "Closed"}}
ORGANISATIONS = {
    "agricultural": {"th": "สหกรณ์การเกษตร", "en": "Agricultural"},
    "fisheries": {"th": "สหกรณ์ประมง", "en": "Fisheries"},
    "settlement": {"th": "สหกรณ์นิคม", "en": "Land settlement"},
    "consumer": {"th": "สหกรณ์ร้านค้า", "en": "Consumer"},
    "service": {"th": "สหกรณ์บริการ", "en": "Service"},
    "savings": {"th": "สหกรณ์ออมทรัพย์", "en": "Savings"},
    "credit_union": {"th": "สหกรณ์เครดิตยูเนี่ยน", "en": "Credit union"},
    "farmer_group": {"th": "กลุ่มเกษตรกร", "en": "Farmer group"},
}
YES = {"th": "ใช่", "en": "Yes"}
NO = {"th": "ไม่", "en": "No"}


def word(words: dict[str, dict[str, str]], name: object, locale: str) -> str:
    """The word for a value; "" where nothing was chosen."""
    return words.get(str(name), {}).get(locale, "")
