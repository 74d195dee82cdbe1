"""Failures of the database in words for people. Knows drivers' error codes; knows no table and no message of the desk.

Stable codes: store-locked, store-full, store-read-only, store-damaged, store-io, store-unreachable, store-newer,
store-foreign, store-missing, store-on-network-share, backup-exists, backup-missing, backup-damaged, backup-is-store,
backup-by-server.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cps_training.errors import StoreError
from cps_training.i18n import mark

# Marked are those that a page may show; the others are met at the command line.
_MESSAGES = {
    "store-locked": mark("มีโปรแกรมอื่นใช้ฐานข้อมูลอยู่ จึงยังไม่ได้บันทึก รอสักครู่แล้วลองใหม่ ถ้ายังไม่ได้ให้ปิดโปรแกรมอื่นที่เปิดไฟล์นี้"),
    "store-full": mark("ดิสก์เต็ม จึงยังไม่ได้บันทึก ข้อมูลเดิมยังอยู่ครบ ลบไฟล์ที่ไม่ใช้หรือย้ายโฟลเดอร์ข้อมูลไปดิสก์ที่มีที่ว่าง แล้วลองใหม่"),
    "store-read-only": mark("เขียนลงโฟลเดอร์นี้ไม่ได้ ต้องเป็นโฟลเดอร์ที่บัญชีผู้ใช้ที่เปิดโปรแกรมเขียนได้ แก้สิทธิ์ของโฟลเดอร์หรือเลือกโฟลเดอร์อื่น"),
    "store-damaged": mark("ไฟล์นี้ไม่ใช่ฐานข้อมูล หรือเสียหาย อย่าลบไฟล์นี้ ให้กู้จากไฟล์สำรองล่าสุดด้วยคำสั่ง cps-training restore"),
    "store-io": mark("อ่านหรือเขียนดิสก์ไม่สำเร็จ จึงยังไม่ได้บันทึก ตรวจว่าดิสก์ยังต่ออยู่และโฟลเดอร์เปิดได้ แล้วลองใหม่"),
    "store-unreachable": mark("ติดต่อเซิร์ฟเวอร์ฐานข้อมูลไม่ได้ จึงยังไม่ได้บันทึก ตรวจว่าเซิร์ฟเวอร์ทำงานอยู่และที่อยู่ใน config.toml ถูกต้อง"),
    "store-newer": "ฐานข้อมูลนี้ใช้กับชุดฝึกรุ่นใหม่กว่ารุ่นที่เปิดอยู่ ให้ปรับรุ่นชุดฝึกก่อน ยังไม่มีอะไรถูกแก้ไข",
    "store-foreign": "ไฟล์นี้เป็นฐานข้อมูลของโปรแกรมอื่น ไม่ใช่ของชุดฝึก ให้เลือกไฟล์หรือโฟลเดอร์ข้อมูลอื่น ยังไม่มีอะไรถูกแก้ไข",
    "store-missing": "ไม่พบไฟล์ฐานข้อมูล ตรวจชื่อโฟลเดอร์ข้อมูล หรือเริ่มใช้ครั้งแรกด้วยคำสั่ง cps-training serve",
    "store-on-network-share": (
        "โฟลเดอร์ข้อมูลอยู่บนไดรฟ์เครือข่าย ซึ่งทำให้ฐานข้อมูลเสียหายได้ ต้องอยู่บนดิสก์ในเครื่องนี้ เลือกโฟลเดอร์ในเครื่อง หรือใช้ PostgreSQL"
    ),
    "backup-exists": "มีไฟล์ชื่อนี้อยู่แล้ว จึงไม่เขียนทับ ตั้งชื่อไฟล์สำรองใหม่ หรือสั่งให้เขียนทับอย่างชัดเจน",
    "backup-missing": "ไม่พบไฟล์สำรองนี้ ยังไม่มีอะไรถูกแก้ไข ตรวจชื่อและที่อยู่ของไฟล์สำรอง แล้วสั่งใหม่",
    "backup-damaged": ("ไฟล์นี้ไม่ใช่ไฟล์สำรองของชุดฝึก หรือเสียหาย จึงไม่ได้คืนข้อมูล ข้อมูลที่ใช้อยู่ไม่ถูกแตะต้อง ให้ใช้ไฟล์สำรองไฟล์อื่น"),
    "backup-is-store": "ไฟล์นี้คือฐานข้อมูลที่ใช้อยู่เอง ไม่ใช่ไฟล์สำรอง ยังไม่มีอะไรถูกแก้ไข ให้ระบุไฟล์ที่ได้จากคำสั่ง cps-training backup",
    "backup-by-server": "ฐานข้อมูลนี้อยู่บนเซิร์ฟเวอร์ PostgreSQL ให้สำรองและกู้ด้วยเครื่องมือของเซิร์ฟเวอร์ เช่น pg_dump และ pg_restore",
}

_SQLITE = {
    sqlite3.SQLITE_BUSY: "store-locked",
    sqlite3.SQLITE_LOCKED: "store-locked",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_NOTADB: "store-damaged",
    sqlite3.SQLITE_IOERR: "store-io",
    sqlite3.SQLITE_CANTOPEN: "store-io",
}
_POSTGRESQL = {
    "53100": "store-full",
    "55P03": "store-locked",
    "40001": "store-locked",
    "40P01": "store-locked",
    "25006": "store-read-only",
    "42501": "store-read-only",
    "58030": "store-io",
    "XX001": "store-damaged",
}
_OS = {
    errno.ENOSPC: "store-full",
    errno.EDQUOT: "store-full",
    errno.EACCES: "store-read-only",
    errno.EPERM: "store-read-only",
    errno.EROFS: "store-read-only",
    errno.EIO: "store-io",
}


def fault(code: str, place: object = "", detail: str = "") -> StoreError:
    """The StoreError of a code: place, what happened and the remedy in Thai; `detail` is added in brackets."""
    where = str(place)
    text = _MESSAGES[code] + (f" ({detail})" if detail else "")
    return StoreError(code, f"{where}: {text}" if where else text, place=where)


def translate(error: BaseException, place: object = "") -> StoreError | None:
    """What a failure of the database means, or None when it is none (a broken rule, a mistake in the code).

    Looks through causes too: after a full disk SQLite has already rolled back, and the rollback's own complaint would
    hide the reason. A StoreError comes back as it is.
    """
    for link in _chain(error):
        if isinstance(link, StoreError):
            return link
        code = _code_of(link)
        if code is not None:
            return fault(code, place)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and the errors behind it, the earliest first."""
    links: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in links:
        links.append(link)
        link = link.__cause__ or link.__context__
    return reversed(links)


def _code_of(error: BaseException) -> str | None:
    if isinstance(error, PoolTimeout):
        return "store-locked"
    driver = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(driver, sqlite3.Error):
        extended = getattr(driver, "sqlite_errorcode", None)
        return _SQLITE.get(extended & 0xFF) if isinstance(extended, int) else None
    if isinstance(driver, OSError):
        return _OS.get(driver.errno or 0)
    if not isinstance(error, DBAPIError):
        return None
    state = str(getattr(driver, "sqlstate", None) or "")
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    # 08: the connection; 57: the server is stopping. Refused before it could tell a state: nobody there.
    is_gone = state[:2] in ("08", "57") or error.connection_invalidated
    return "store-unreachable" if is_gone or (not state and isinstance(error, OperationalError)) else None
