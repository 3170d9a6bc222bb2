"""The table of what is only ever counted up: runs, changes, requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0006", "0005", None, None


def upgrade() -> None:
    op.create_table(
        "tallies",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("name", "first", "second")),
        sa.Column("total", sa.Integer(), nullable=False),
    )
