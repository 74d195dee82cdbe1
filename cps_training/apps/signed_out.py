"""The way on when the session ended in the middle of a page: words that say what is safe, and a link back to this page.

Knows addresses of pages, no desk and no widget but the notice. In JupyterLab nobody signs in, so nobody is signed out.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from cps_training.apps.session import Session
from cps_training.apps.sitting import SIGNED_OUT
from cps_training.errors import KitError
from cps_training.views import Notice

_LESSON = "lesson:"


def page_of(form_id: str) -> str:
    """The path of the page on which a form is answered."""
    if form_id.startswith(_LESSON):
        return f"/lessons/{form_id.removeprefix(_LESSON)}"
    return f"/quiz?form={form_id}"


def sign_in_again(session: Session, path: str) -> dict[str, Any]:
    """The action that leads through the sign-in page back to `path`, for an ItemCard or a Notice."""
    href = f"/sign-in?next={quote(path, safe='')}"
    return {"id": "sign-in", "label": session("เข้าสู่ระบบอีกครั้ง"), "href": href, "primary": True}


def unsaved_words(session: Session) -> str:
    """What an answer is told that came after the session's end."""
    return session("หมดเวลาการเข้าสู่ระบบ คำตอบข้อนี้จึงยังไม่ได้บันทึก คำตอบที่บันทึกไปแล้วยังอยู่ครบ")


def refusal(session: Session, error: KitError, path: str) -> Notice:
    """A refusal of the desk in place of what could not be shown, with a way on: sign in again, or try `path` again."""
    if error.code in SIGNED_OUT:
        return Notice(
            text=session("หมดเวลาการเข้าสู่ระบบ คำตอบที่บันทึกไปแล้วยังอยู่ครบ เข้าสู่ระบบแล้วทำต่อได้จากเดิม"),
            kind="due",
            action=sign_in_again(session, path),
            locale=session.locale,
        )
    again = None if session.is_lab else {"label": session("ลองอีกครั้ง"), "href": path}
    return Notice(text=session(error.message), kind="bad", action=again, locale=session.locale)
