"""The schema, as SQLAlchemy tables. Knows no rule of who may do what: that is above.

Every change here needs a migration (`migrations/versions/`); a test compares the two. Names of people live in `person`
alone; everywhere else stands the random person_id.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

from cps_training.clock import require_aware

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC. Fixed-width ISO text on SQLite (so it sorts), timestamptz on PostgreSQL.

    Raises ValueError (as sqlalchemy StatementError) when given a naive datetime.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = require_aware(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _json() -> JSON:
    return JSON(none_as_null=True)  # None is SQL NULL, never the JSON word null


metadata = MetaData(naming_convention=NAMING)

person = Table(
    "person",
    metadata,
    Column("person_id", String(32), primary_key=True),
    Column("code", String(200), nullable=False),
    # The code as compared: case, Thai digits and stray spaces do not matter when signing in on a phone.
    Column("code_folded", String(200), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("password_hash", String(400), nullable=True),
    Column("is_disabled", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

person_role = Table(
    "person_role",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("role", String(20), primary_key=True),
)

one_time_code = Table(
    "one_time_code",
    metadata,
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=True),
)

session = Table(
    "session",
    metadata,
    Column("session_hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("revoked_at", UtcDateTime, nullable=True),
    CheckConstraint("kind IN ('own', 'shared', 'staff', 'demo')", name="kind"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("ticket_hash", String(64), primary_key=True),
    Column("session_hash", ForeignKey("session.session_hash"), nullable=False, index=True),
    Column("kernel_id", String(200), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("redeemed_at", UtcDateTime, nullable=True),
    Column("resume_hash", String(64), nullable=True, unique=True),
)

failed_sign_in = Table(
    "failed_sign_in",
    metadata,
    Column("key", String(300), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False, index=True),
    Column("locked_until", UtcDateTime, nullable=True),
)

item_version = Table(
    "item_version",
    metadata,
    Column("item_id", String(80), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("content", _json(), nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("attempt_id", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False),
    Column("form_id", String(200), nullable=False),
    Column("number", Integer, nullable=False),
    Column("policy", String(40), nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("placed", _json(), nullable=False),
    Column("cut_score", Float, nullable=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("place", String(10), nullable=False),
    Column("rules", _json(), nullable=True),
    UniqueConstraint("person_id", "form_id", "number"),
    CheckConstraint("place IN ('served', 'lab', 'simulated')", name="place"),
)

step = Table(
    "step",
    metadata,
    Column("attempt_id", ForeignKey("attempt.attempt_id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("answer_id", String(64), nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("item_id", String(80), nullable=True),
    Column("item_version", String(64), nullable=True),
    Column("response", _json(), nullable=True),
    Column("certainty", Integer, nullable=True),
    # What was answered can always be read again: no step without the item as it was then.
    ForeignKeyConstraint(["item_id", "item_version"], ["item_version.item_id", "item_version.version"]),
    CheckConstraint("kind IN ('answer', 'finish', 'read', 'mark', 'regrade')", name="kind"),
    CheckConstraint("seq >= 1", name="seq"),
)

# Work on cases: the case as it was then, whose work it is, and what was done. Append-only.
case_version = Table(
    "case_version",
    metadata,
    Column("case_id", String(80), primary_key=True),
    Column("version", String(64), primary_key=True),
    Column("content", _json(), nullable=False),
)

case_work = Table(
    "case_work",
    metadata,
    Column("work_id", String(64), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False),
    Column("case_id", String(80), nullable=False),
    Column("version", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("place", String(10), nullable=False),
    ForeignKeyConstraint(["case_id", "version"], ["case_version.case_id", "case_version.version"]),
    UniqueConstraint("person_id", "case_id", "number"),
    CheckConstraint("place IN ('served', 'lab', 'simulated')", name="place"),
)

case_step = Table(
    "case_step",
    metadata,
    Column("work_id", ForeignKey("case_work.work_id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("answer_id", String(64), nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", _json(), nullable=False),
    CheckConstraint("kind IN ('mark', 'put', 'drop', 'order', 'consult', 'submit', 'choose')", name="kind"),
    CheckConstraint("seq >= 1", name="seq"),
)

# Plans of visits: whose they are, and what was done step by step. The document, its states and its history are read from the
# steps. by_id is a person, or the simulated approver of somebody who works alone. Append-only.
plan = Table(
    "plan",
    metadata,
    Column("plan_id", String(64), primary_key=True),
    Column("owner_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("mode", String(10), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("place", String(10), nullable=False),
    CheckConstraint("mode IN ('office', 'solo')", name="mode"),
    CheckConstraint("place IN ('served', 'lab', 'simulated')", name="place"),
)

plan_step = Table(
    "plan_step",
    metadata,
    Column("plan_id", ForeignKey("plan.plan_id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False, index=True),
    Column("by_id", String(32), nullable=False),
    Column("answer_id", String(80), nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Column("detail", _json(), nullable=False),
    CheckConstraint("kind IN ('begin', 'edit', 'try', 'move', 'day', 'reason', 'rate', 'share')", name="kind"),
    CheckConstraint("seq >= 1", name="seq"),
)

# What was done to people and the roster, by whom and when. Append-only, and no names inside `detail`.
event = Table(
    "event",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("by_id", ForeignKey("person.person_id"), nullable=True),  # NULL = on the command line
    Column("kind", String(40), nullable=False, index=True),
    Column("subject_id", ForeignKey("person.person_id"), nullable=True, index=True),
    Column("detail", _json(), nullable=False),
)

# An entry is never changed: a correction withdraws it (removed_in) and adds another, so that the roster as of any event
# can be read back. added_in NULL = from before events were kept.
roster_entry = Table(
    "roster_entry",
    metadata,
    Column("entry_id", String(32), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), nullable=False, index=True),
    Column("unit", String(200), nullable=False),
    Column("employment", String(40), nullable=False),
    Column("is_guest", Boolean, nullable=False),
    Column("active_from", Date, nullable=False),
    Column("active_to", Date, nullable=True),
    Column("left_out_because", String(400), nullable=True),
    Column("added_in", ForeignKey("event.seq"), nullable=True),
    Column("removed_in", ForeignKey("event.seq"), nullable=True),
)

km_session = Table(
    "km_session",
    metadata,
    Column("session_id", String(32), primary_key=True),
    Column("topic", String(200), nullable=False),
    Column("title", String(400), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
)

attendance = Table(
    "attendance",
    metadata,
    Column("session_id", ForeignKey("km_session.session_id"), primary_key=True),
    Column("person_id", ForeignKey("person.person_id"), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("minutes", Integer, nullable=True),
    CheckConstraint("kind IN ('onsite', 'online')", name="kind"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", JSON, nullable=False),
)
