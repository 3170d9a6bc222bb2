"""The tables of what is wrong and whom we told, and of how many mails have left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None

TEXTS = ("message_de", "message_en", "remedy_de", "remedy_en")


def upgrade() -> None:
    op.create_table(
        "concerns",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("code", "where")),
        sa.Column("to", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("since", "named_at", "told_at")),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(), nullable=False),
    )
