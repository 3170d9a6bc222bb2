"""The table from which the last run can be taken back: how entries stood before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0008", "0007", None, None


def upgrade() -> None:
    op.create_table(
        "previous",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("scope", "key")),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("after", "elsewhere")),
    )
