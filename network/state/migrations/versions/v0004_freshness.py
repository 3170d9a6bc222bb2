"""The tables of freshness: what a source has said and Nextcloud doesn't show yet, and how soon it arrived, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0004", "0003", None, None


def upgrade() -> None:
    op.create_table(
        "awaited",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("scope", "key")),
        sa.Column("connector", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
    )
    op.create_table(
        "arrivals",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("connector", "day")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "in_time")),
        sa.Column("worst", sa.Float(), nullable=False),
    )
