"""The table of whom we told of which question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0009", "0008", None, None


def upgrade() -> None:
    op.create_table(
        "notices",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("account", "connector", "key", "code")),
        sa.Column("at", sa.String(), nullable=False),
    )
