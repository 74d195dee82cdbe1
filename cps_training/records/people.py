"""Accounts: who people are, their roles, password hashes and one-time codes. Knows no session and no page.

Names and staff codes stand in this table alone; everything else refers to the random person_id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from cps_training.errors import AccessError
from cps_training.records.tables import one_time_code, person, person_role
from cps_training.records.tables import session as session_table
from cps_training.thai_text import normalise

Entropy = Callable[[int], bytes]

ROLES = ("learner", "trainer", "approver", "admin")
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like another on paper: no 0 O, 1 I L, U V
CODE_LENGTH = 10
LONGEST_NAME, LONGEST_CODE = 200, 60
CODE_LIFETIME = timedelta(days=7)


@dataclass(frozen=True)
class Person:
    """An account. roles: in the order of ROLES."""

    person_id: str
    code: str
    name: str
    roles: tuple[str, ...]
    locale: str
    is_disabled: bool
    has_password: bool


def folded(code: str) -> str:
    """A staff code as compared: case, Thai digits and spaces do not matter."""
    return normalise(code)


def add_person(
    conn: Connection,
    *,
    code: str,
    name: str,
    roles: Iterable[str],
    at: datetime,
    entropy: Entropy,
    person_id: str | None = None,
    locale: str = "th",
) -> str:
    """Make an account without a password; gives its person_id (random, unless given).

    Raises AccessError: code-taken, code-missing, code-too-long, name-missing, name-too-long. ValueError for an unknown role.
    """
    code, name = checked_code(code), checked_name(name)
    taken = person_by_code(conn, code)
    if taken is not None:
        raise AccessError("code-taken", f"มีบัญชีรหัส “{taken.code}” อยู่แล้ว โปรดใช้รหัสอื่น หรือแก้บัญชีเดิม")
    person_id = person_id or entropy(16).hex()
    conn.execute(insert(person).values(**person_row(person_id, code, name, at, locale)))
    set_roles(conn, person_id, roles)
    return person_id


def person_row(person_id: str, code: str, name: str, at: datetime, locale: str = "th") -> dict[str, Any]:
    """The row of a new account, without a password."""
    return {
        "person_id": person_id,
        "code": code,
        "code_folded": folded(code),
        "name": name,
        "locale": locale,
        "password_hash": None,
        "is_disabled": False,
        "created_at": at,
    }


def checked_code(code: str) -> str:
    """The code as kept. Raises AccessError code-missing, code-too-long."""
    code = code.strip()
    if not folded(code):
        raise AccessError("code-missing", "ยังไม่ได้กรอกรหัสเจ้าหน้าที่ โปรดกรอกก่อน")
    if len(code) > LONGEST_CODE:
        raise AccessError("code-too-long", "รหัสเจ้าหน้าที่ยาวเกินไป ใช้ได้ไม่เกิน 60 ตัวอักษร")
    return code


def people(conn: Connection) -> list[Person]:
    """Everybody, by code."""
    return _persons(conn, select(person).order_by(person.c.code_folded))


def person_by_code(conn: Connection, code: str) -> Person | None:
    """The account of a staff code; case, Thai digits and stray spaces do not matter."""
    return _one(conn, select(person).where(person.c.code_folded == folded(code)))


def person_by_id(conn: Connection, person_id: str) -> Person | None:
    return _one(conn, select(person).where(person.c.person_id == person_id))


def _one(conn: Connection, query: Select[Any]) -> Person | None:
    return next(iter(_persons(conn, query)), None)


def _persons(conn: Connection, query: Select[Any]) -> list[Person]:
    rows = conn.execute(query).all()
    roles: dict[str, set[str]] = defaultdict(set)
    held = select(person_role)
    if len(rows) == 1:
        held = held.where(person_role.c.person_id == rows[0].person_id)
    for row in conn.execute(held) if rows else ():
        roles[row.person_id].add(row.role)
    return [person_of(row, roles[row.person_id]) for row in rows]


def person_of(row: Row[Any], roles: Collection[str]) -> Person:
    """The account in a row that holds the columns of `person`."""
    return Person(
        person_id=row.person_id,
        code=row.code,
        name=row.name,
        roles=tuple(role for role in ROLES if role in roles),
        locale=row.locale,
        is_disabled=row.is_disabled,
        has_password=row.password_hash is not None,
    )


def set_roles(conn: Connection, person_id: str, roles: Iterable[str]) -> None:
    """Replace the roles of a person; takes effect at their next request. Raises ValueError for an unknown role."""
    wanted = sorted(set(roles))
    unknown = [role for role in wanted if role not in ROLES]
    if unknown:
        raise ValueError(f"unknown role {unknown[0]!r}: use one of {', '.join(ROLES)}")
    conn.execute(delete(person_role).where(person_role.c.person_id == person_id))
    if wanted:
        conn.execute(insert(person_role), [{"person_id": person_id, "role": role} for role in wanted])


def set_name(conn: Connection, person_id: str, name: str) -> None:
    """Correct a person's name. Raises AccessError name-missing, name-too-long."""
    conn.execute(update(person).where(person.c.person_id == person_id).values(name=checked_name(name)))


def checked_name(name: str) -> str:
    """The name as kept. Raises AccessError name-missing, name-too-long."""
    name = " ".join(name.split())
    if not name:
        raise AccessError("name-missing", "ยังไม่ได้กรอกชื่อ โปรดกรอกชื่อและนามสกุล")
    if len(name) > LONGEST_NAME:
        raise AccessError("name-too-long", "ชื่อยาวเกินไป ใช้ได้ไม่เกิน 200 ตัวอักษร")
    return name


def set_disabled(conn: Connection, person_id: str, is_disabled: bool, at: datetime) -> None:
    """Close or reopen an account; closing ends every session of it at once."""
    conn.execute(update(person).where(person.c.person_id == person_id).values(is_disabled=is_disabled))
    if is_disabled:
        revoke_sessions_of(conn, person_id, at)


def revoke_sessions_of(conn: Connection, person_id: str, at: datetime, *, keep: str | None = None) -> None:
    """End every session of a person, but the one of the hash `keep` (the one in which a password was changed)."""
    table = session_table.c
    ended = update(session_table).where(table.person_id == person_id, table.revoked_at.is_(None))
    if keep is not None:
        ended = ended.where(table.session_hash != keep)
    conn.execute(ended.values(revoked_at=at))


def set_locale(conn: Connection, person_id: str, locale: str) -> None:
    conn.execute(update(person).where(person.c.person_id == person_id).values(locale=locale))


def set_password(conn: Connection, person_id: str, password_hash: str | None) -> None:
    """Store what passwords.make_hash gave; None takes the password away."""
    conn.execute(update(person).where(person.c.person_id == person_id).values(password_hash=password_hash))


def password_hash_of(conn: Connection, code: str) -> str | None:
    """What passwords.verify needs; None for an unknown code, a disabled account or one without a password."""
    query = select(person.c.password_hash).where(person.c.code_folded == folded(code), person.c.is_disabled.is_(False))
    found = conn.execute(query).scalar()
    return None if found is None else str(found)


# One-time codes ------------------------------------------------------------------------------------------------


def make_one_time_code(conn: Connection, person_id: str, at: datetime, entropy: Entropy) -> str:
    """A code to sign in with once, such as `7KQ2M-XB4ZT`, good for 7 days; earlier ones end. Only a hash is kept."""
    table = one_time_code.c
    conn.execute(
        update(one_time_code)
        .where(table.person_id == person_id, table.used_at.is_(None), table.expires_at > at)
        .values(expires_at=at)
    )
    letters = drawn_letters(entropy)
    conn.execute(insert(one_time_code).values(**code_row(person_id, letters, at)))
    return shown_code(letters)


def drawn_letters(entropy: Entropy) -> str:
    """The letters of a new one-time code."""
    number = int.from_bytes(entropy(16), "big")
    letters = ""
    for _ in range(CODE_LENGTH):
        number, which = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[which]
    return letters


def code_row(person_id: str, letters: str, at: datetime) -> dict[str, Any]:
    """The row of a one-time code: only a hash of its letters."""
    return {
        "person_id": person_id,
        "code_hash": _code_hash(person_id, letters),
        "made_at": at,
        "expires_at": at + CODE_LIFETIME,
        "used_at": None,
    }


def shown_code(letters: str) -> str:
    return f"{letters[: CODE_LENGTH // 2]}-{letters[CODE_LENGTH // 2 :]}"


def open_codes(conn: Connection, at: datetime) -> dict[str, datetime]:
    """Until when each person's unused one-time code is good, by person_id; those without one are left out."""
    table = one_time_code.c
    rows = conn.execute(select(table.person_id, table.expires_at).where(table.used_at.is_(None), table.expires_at > at))
    return {row.person_id: row.expires_at for row in rows}


def use_one_time_code(conn: Connection, person_id: str, code: str, at: datetime) -> bool:
    """Whether the code is good now; afterwards it is not. Case, hyphens and spaces do not matter."""
    table = one_time_code.c
    used = conn.execute(
        update(one_time_code)
        .where(
            table.person_id == person_id,
            table.code_hash == _code_hash(person_id, code),
            table.used_at.is_(None),
            table.expires_at > at,
        )
        .values(used_at=at)
    )
    return used.rowcount == 1


def _code_hash(person_id: str, code: str) -> str:
    letters = "".join(letter for letter in normalise(code).upper() if letter.isalnum())
    return sha256(f"{person_id}:{letters}".encode()).hexdigest()
