"""The table of calendar feeds that people subscribe to from outside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0007", "0006", None, None


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "subject", "owner")),
        sa.Column("calendars", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("made_at", "seen_at")),
    )
