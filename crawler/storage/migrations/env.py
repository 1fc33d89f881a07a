"""How does Alembic reach the database? On the connection that crawler/storage/migrate.py holds."""

from __future__ import annotations

from alembic import context

from crawler.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
