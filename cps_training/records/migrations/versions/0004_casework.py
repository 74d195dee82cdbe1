"""Work on cases: the version of a case that was worked on, whose work it is, and its steps. Append-only, as attempts are."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
APPEND_ONLY = ("case_version", "case_work", "case_step")


def upgrade() -> None:
    op.create_table(
        "case_version",
        sa.Column("case_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "version", name=op.f("pk_case_version")),
    )
    op.create_table(
        "case_work",
        sa.Column("work_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("place", sa.String(length=10), nullable=False),
        sa.CheckConstraint("place IN ('served', 'lab', 'simulated')", name=op.f("ck_case_work_place")),
        sa.ForeignKeyConstraint(
            ["case_id", "version"], ["case_version.case_id", "case_version.version"], name=op.f("fk_case_work_case_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.person_id"], name=op.f("fk_case_work_person_id")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("pk_case_work")),
        sa.UniqueConstraint("person_id", "case_id", "number", name=op.f("uq_case_work_person_id")),
    )
    op.create_table(
        "case_step",
        sa.Column("work_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("answer_id", sa.String(length=64), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('mark', 'put', 'drop', 'order', 'consult', 'submit', 'choose')", name=op.f("ck_case_step_kind")
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_case_step_seq")),
        sa.ForeignKeyConstraint(["work_id"], ["case_work.work_id"], name=op.f("fk_case_step_work_id")),
        sa.PrimaryKeyConstraint("work_id", "seq", name=op.f("pk_case_step")),
        sa.UniqueConstraint("answer_id", name=op.f("uq_case_step_answer_id")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            action = body if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            op.execute(f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {action}")
