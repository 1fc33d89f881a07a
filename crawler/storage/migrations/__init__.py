"""How did the schema become what it is? One Alembic revision for each change of it."""
