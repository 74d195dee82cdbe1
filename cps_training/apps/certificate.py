"""The certificate on the learner's record: itself once it is earned, before that what is missing for it. Words only."""

from __future__ import annotations

from datetime import date
from typing import Any

from cps_training.apps.session import Session
from cps_training.thai_text import show_date
from cps_training.views import CertificateCard


def certificate_card(session: Session, told: dict[str, Any]) -> CertificateCard:
    """told: the desk's answer to Certificate. An office without a final exam gives none, and the card is empty."""
    _ = session
    if told["exam"] is None:
        return CertificateCard(locale=_.locale)
    labels = {"print": "" if _.is_lab else _("พิมพ์เกียรติบัตร")}
    if told["certificate"] is None:
        return CertificateCard(missing=_missing(session, told), labels=labels, locale=_.locale)
    return CertificateCard(certificate=_earned(session, told), labels=labels, locale=_.locale)


def _earned(session: Session, told: dict[str, Any]) -> dict[str, Any]:
    _, one = session, told["certificate"]
    day = show_date(date.fromisoformat(one["earned_on"]), _.locale)
    return {
        "office": one["office"],
        "heading": _("เกียรติบัตรผ่านหลักสูตร"),
        "name": one["name"],
        "lines": [
            _("เรียนครบ %(n)s บทของชุดฝึกอบรมระบบส่งเสริมสหกรณ์ และผ่าน%(exam)s")
            % {"n": told["n_lessons"], "exam": _.local(one["exam"])},
            _("เมื่อวันที่ %(day)s") % {"day": day},
        ],
        "code": one["code"],
        "code_label": _("รหัสตรวจสอบ"),
        "note": _("ตรวจสอบได้ที่สำนักงานที่ออกให้ โดยไม่ต้องใช้อินเทอร์เน็ต ด้วยคำสั่ง cps-training certificate verify"),
    }


def _missing(session: Session, told: dict[str, Any]) -> dict[str, Any]:
    _ = session
    has_read, exam = told["n_done"] == told["n_lessons"], told["exam"]
    rows = [
        {
            "text": _("เรียนให้ครบทุกบท"),
            "is_done": has_read,
            "state": _("จบแล้ว %(n)s จาก %(total)s บท") % {"n": told["n_done"], "total": told["n_lessons"]},
        },
        {
            "text": _("ผ่าน%(exam)s") % {"exam": _.local(exam["title"])},
            "is_done": exam["is_passed"],
            "state": _("ผ่านแล้ว") if exam["is_passed"] else _("ยังไม่ผ่าน"),
        },
    ]
    action = {"label": _("ไปเรียนต่อ"), "href": "/home"}
    if has_read:
        action = {"label": _("ไปสอบ"), "href": f"/quiz?form={exam['form_id']}"}
    return {
        "heading": _("เกียรติบัตรผ่านหลักสูตร"),
        "intro": _("จะได้เมื่อครบสองอย่างนี้"),
        "rows": rows,
        "action": None if _.is_lab else action,
    }
