"""An attempt keeps the rules it was opened under; a step may be a section read, a mark by a rubric or a regrading.

Attempts from before have no rules of their own: rules NULL means the plain policy and cut score of their row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KINDS = "kind IN ('answer', 'finish', 'read', 'mark', 'regrade')"


def upgrade() -> None:
    op.add_column("attempt", sa.Column("rules", sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table("step") as table:
        table.add_column(sa.Column("certainty", sa.Integer(), nullable=True))
        table.drop_constraint(op.f("ck_step_kind"), type_="check")
        table.create_check_constraint(op.f("ck_step_kind"), KINDS)
    if op.get_bind().dialect.name == "sqlite":  # the table was copied, its triggers were not
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER step_no_{verb.lower()} BEFORE {verb} ON step "
                "BEGIN SELECT RAISE(ABORT, 'step is append-only'); END"
            )
