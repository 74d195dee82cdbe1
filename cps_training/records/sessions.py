"""Sessions of signed-in people and the one-use tickets of their kernels. Only hashes of tokens are kept.

Knows no cookie and no kernel; role, locale and the closing of an account are read anew at every call.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from cps_training.records.people import Entropy, Person, person_of
from cps_training.records.tables import person as person_table
from cps_training.records.tables import person_role
from cps_training.records.tables import session as session_table
from cps_training.records.tables import ticket as ticket_table

LIFETIMES = {
    "own": timedelta(days=30),
    "shared": timedelta(minutes=30),
    "staff": timedelta(hours=12),
    "demo": timedelta(hours=12),
}
SLIDES_AFTER = {"own": timedelta(seconds=60), "shared": timedelta(seconds=20)}
"""Kinds whose time runs anew with use; the delay spares a write at every request."""
TICKET_LIFETIME = timedelta(minutes=2)
TICKETS_KEPT = timedelta(days=2)

# Asked at every message of everybody: one query, made once. A row for each role the person holds.
_GOOD_SESSION = (
    select(session_table.c.kind, session_table.c.seen_at, person_table, person_role.c.role)
    .join(person_table, session_table.c.person_id == person_table.c.person_id)
    .outerjoin(person_role, person_role.c.person_id == person_table.c.person_id)
    .where(
        session_table.c.session_hash == bindparam("session_hash"),
        session_table.c.revoked_at.is_(None),
        session_table.c.expires_at > bindparam("at", type_=session_table.c.expires_at.type),
    )
)


@dataclass(frozen=True)
class SessionView:
    """A session that is good now. needs_slide: call `slide`."""

    session_hash: str
    person: Person
    kind: str
    needs_slide: bool


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _token(entropy: Entropy) -> str:
    return urlsafe_b64encode(entropy(32)).rstrip(b"=").decode()


def open_session(conn: Connection, person_id: str, kind: str, at: datetime, entropy: Entropy) -> tuple[str, int | None]:
    """(token, max age of the cookie in seconds; None = until the browser closes, on a shared device).

    kind: own (30 days, sliding), shared (30 minutes idle), staff and demo (12 hours, fixed). ValueError for another.
    """
    if kind not in LIFETIMES:
        raise ValueError(f"unknown kind of session {kind!r}: use one of {', '.join(LIFETIMES)}")
    token = _token(entropy)
    conn.execute(
        insert(session_table).values(
            session_hash=token_hash(token),
            person_id=person_id,
            opened_at=at,
            seen_at=at,
            expires_at=at + LIFETIMES[kind],
            kind=kind,
            revoked_at=None,
        )
    )
    return token, None if kind == "shared" else int(LIFETIMES[kind].total_seconds())


def session(conn: Connection, token_or_hash: str, at: datetime, *, is_hash: bool = False) -> SessionView | None:
    """The session of a token (or of its hash), unless it is revoked, expired or its account closed."""
    session_hash = token_or_hash if is_hash else token_hash(token_or_hash)
    rows = conn.execute(_GOOD_SESSION, {"session_hash": session_hash, "at": at}).all()
    if not rows or rows[0].is_disabled:
        return None
    row, delay = rows[0], SLIDES_AFTER.get(rows[0].kind)
    person = person_of(row, {row.role for row in rows})
    return SessionView(session_hash, person, row.kind, delay is not None and at - row.seen_at > delay)


def slide(conn: Connection, session_hash: str, at: datetime) -> None:
    """Let a sliding session run anew from now; nothing happens to a fixed, fresh, expired or revoked one."""
    table = session_table.c
    for kind, delay in SLIDES_AFTER.items():
        conn.execute(
            update(session_table)
            .where(
                table.session_hash == session_hash,
                table.kind == kind,
                table.seen_at < at - delay,
                table.expires_at > at,
                table.revoked_at.is_(None),
            )
            .values(seen_at=at, expires_at=at + LIFETIMES[kind])
        )


def revoke_session(conn: Connection, session_hash: str, at: datetime) -> None:
    """End a session; its kernels' tickets and resumes end with it."""
    table = session_table.c
    ended = update(session_table).where(table.session_hash == session_hash, table.revoked_at.is_(None))
    conn.execute(ended.values(revoked_at=at))


# Tickets of kernels --------------------------------------------------------------------------------------------


def mint_ticket(conn: Connection, session_hash: str, kernel_id: str, at: datetime, entropy: Entropy) -> str:
    """A ticket with which one kernel may present itself once, within 2 minutes, as belonging to the session."""
    ticket = _token(entropy)
    conn.execute(
        insert(ticket_table).values(
            ticket_hash=token_hash(ticket), session_hash=session_hash, kernel_id=kernel_id, made_at=at
        )
    )
    return ticket


def forget_tickets(conn: Connection, at: datetime) -> int:
    """Remove tickets older than TICKETS_KEPT: a row a page would fill the store; no page lives that long. Gives how many."""
    return conn.execute(delete(ticket_table).where(ticket_table.c.made_at < at - TICKETS_KEPT)).rowcount


def redeem_ticket(conn: Connection, ticket: str, at: datetime, entropy: Entropy) -> tuple[str, str] | None:
    """(session hash, token to come back with), once; None for an unknown, used or old ticket.

    Whether the session is still good is for `session` to say.
    """
    table = ticket_table.c
    resume = _token(entropy)
    redeemed = conn.execute(
        update(ticket_table)
        .where(
            table.ticket_hash == token_hash(ticket), table.redeemed_at.is_(None), table.made_at > at - TICKET_LIFETIME
        )
        .values(redeemed_at=at, resume_hash=token_hash(resume))
    )
    if redeemed.rowcount != 1:
        return None
    session_hash = session_of_resume(conn, resume)
    return None if session_hash is None else (session_hash, resume)


def session_of_resume(conn: Connection, resume: str) -> str | None:
    """The session hash of the kernel that was given this token."""
    query = select(ticket_table.c.session_hash).where(ticket_table.c.resume_hash == token_hash(resume))
    found = conn.execute(query).scalar()
    return None if found is None else str(found)
