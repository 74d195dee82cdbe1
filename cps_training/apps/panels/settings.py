"""What the order leaves to the office: topic, days and rule of the count. The form and how it is read. Knows no desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.analytics.proofs import Topic
from cps_training.apps.panels import fields
from cps_training.apps.session import Session
from cps_training.i18n import mark

FORM = "settings"


def card(session: Session, topic: Topic, office: str) -> dict[str, Any]:
    """Traits of a FormCard with the settings as they stand. office: its name."""
    _ = session
    rule = topic.settings
    form = fields.form(
        _("ตั้งค่าสำนักงานและการนับ"),
        _("บันทึกการตั้งค่า"),
        fields.text("office", _("ชื่อสำนักงาน"), office),
        fields.text("title", _("เรื่องที่ถ่ายทอด"), topic.title["th"]),
        fields.text("title_en", _("ชื่อเรื่องภาษาอังกฤษ (ถ้ามี)"), topic.title.get("en", "")),
        fields.day(_, "deadline", _("กำหนดส่งรายงาน"), topic.deadline),
        fields.day(_, "count_date", _("วันที่ใช้นับ"), topic.count_date, hint=_("เว้นว่างไว้ = นับถึงวันนี้ แต่ไม่เกินกำหนดส่งรายงาน")),
        fields.number("online_percent", _("ออนไลน์ต้องเข้าร่วมอย่างน้อยร้อยละ"), rule.online_percent),
        fields.flag("counts_contractors", _("นับผู้ปฏิบัติงานจ้างเหมาในหน่วยงานด้วย"), rule.counts_contractors),
    )
    return {
        "card": {
            "heading": _("ตั้งค่าสำนักงานและการนับ"),
            "intro": _("คำสั่งกำหนดไว้เพียงไม่น้อยกว่าร้อยละ 80 ของหน่วยงาน ที่เหลือสำนักงานเป็นผู้กำหนด และแสดงไว้ในเกณฑ์ที่ใช้นับ"),
            "form": FORM,
            "is_folded": True,
        },
        "forms": {FORM: form},
        "labels": fields.labels(_),
        "locale": _.locale,
    }


def read(session: Session, values: dict[str, Any], stored: dict[str, Any], today: date) -> dict[str, Any]:
    """The fields of PutParticipation; what the form does not show stays as stored. Raises fields.FieldError."""
    title = fields.read_words(session, values, "title", mark("ยังไม่ได้กรอกเรื่องที่ถ่ายทอด"))
    english = " ".join(values["title_en"].split())
    rule = dict(stored.get("rule", {})) | {
        "online_percent": fields.read_whole(session, values, "online_percent", 0, 100),
        "counts_contractors": values["counts_contractors"],
    }
    return {key: stored[key] for key in ("topic", "lessons", "forms") if key in stored} | {
        "title": {"th": title} | ({"en": english} if english else {}),
        "deadline": fields.read_day(session, values, "deadline", today, is_needed=False),
        "count_date": fields.read_day(session, values, "count_date", today, is_needed=False),
        "rule": rule,
    }
