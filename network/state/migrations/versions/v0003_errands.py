"""What people asked for on pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    op.create_table(
        "errands",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("pending", sa.Text(), unique=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("by", "asked_at", "due_at", "holder")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("started_at", "ended_at")),
        sa.Column("exit_code", sa.Integer()),
        sa.Column("run", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("problem", "document")),
        sqlite_autoincrement=True,
    )
