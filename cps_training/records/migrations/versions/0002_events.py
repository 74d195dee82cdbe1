"""Events of the office (who changed people and the roster, when) and a roster that can be read back as of any of them.

Entries from before have no event: added_in NULL. Events are append-only by the database itself, as answers are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.person_id"], name=op.f("fk_event_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["person.person_id"], name=op.f("fk_event_subject_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_kind"), "event", ["kind"], unique=False)
    op.create_index(op.f("ix_event_subject_id"), "event", ["subject_id"], unique=False)
    with op.batch_alter_table("roster_entry") as table:
        table.add_column(sa.Column("left_out_because", sa.String(length=400), nullable=True))
        table.add_column(sa.Column("added_in", sa.Integer(), nullable=True))
        table.add_column(sa.Column("removed_in", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_roster_entry_added_in"), "event", ["added_in"], ["seq"])
        table.create_foreign_key(op.f("fk_roster_entry_removed_in"), "event", ["removed_in"], ["seq"])
    for verb in ("UPDATE", "DELETE"):
        is_sqlite = op.get_bind().dialect.name == "sqlite"
        body = "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
        action = body if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        op.execute(f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event {action}")
