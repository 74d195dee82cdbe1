"""Plans of visits: whose they are, and every step by which they were written, tried, decided and shared. Append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
APPEND_ONLY = ("plan", "plan_step")


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.String(length=32), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.CheckConstraint("mode IN ('office', 'solo')", name=op.f("ck_plan_mode")),
        sa.CheckConstraint("place IN ('served', 'lab', 'simulated')", name=op.f("ck_plan_place")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.person_id"], name=op.f("fk_plan_owner_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_owner_id"), "plan", ["owner_id"])
    op.create_table(
        "plan_step",
        sa.Column("plan_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("answer_id", sa.String(length=80), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('begin', 'edit', 'try', 'move', 'day', 'reason', 'rate', 'share')", name=op.f("ck_plan_step_kind")
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_plan_step_seq")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.plan_id"], name=op.f("fk_plan_step_plan_id")),
        sa.PrimaryKeyConstraint("plan_id", "seq", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_plan_step_answer_id")),
    )
    op.create_index(op.f("ix_plan_step_kind"), "plan_step", ["kind"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            action = body if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {action}")
