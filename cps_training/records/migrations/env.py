"""Alembic's entry point. Driven by records.migrating with an open connection; there is no command line of its own."""

from alembic import context

from cps_training.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
