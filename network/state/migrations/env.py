"""Alembic runs this file. The connection, and the transaction that all steps share, are ours."""

from __future__ import annotations

from alembic import context

from network.state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
