"""The tables of the service: when what is due, and who is logged in to the pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    op.create_table(
        "schedule",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("every", sa.Float(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
    )
