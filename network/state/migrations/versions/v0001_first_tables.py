"""The tables of the command line: what we wrote, what sources said, who is at work, what happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade() -> None:
    op.create_table(
        "records",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("scope", "kind", "key")),
        sa.Column("remote", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_index("records_by_kind", "records", ["kind"])
    op.create_table(
        "intents",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("scope", "kind", "key")),
        sa.Column("name", sa.String(), nullable=False),
    )
    op.create_table(
        "versions",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_table(
        "leases",
        sa.Column("scope", sa.String(), primary_key=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
    )
    op.create_table(
        "source_copies",
        sa.Column("connector", sa.String(), primary_key=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("digest", "etag", "last_modified", "fetched_at")),
    )
    op.create_table(
        "source_notes",
        sa.Column("connector", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "source_health",
        sa.Column("connector", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("state", "attempted_at", "succeeded_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("items", "quarantined")),
    )
    op.create_table(
        "questions",
        *(sa.Column(name, sa.String(), primary_key=True) for name in ("connector", "key", "code")),
        sa.Column("where", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("message_de", "message_en")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("asked_at", "answer")),
    )
    op.create_table(
        "refused_logins",
        sa.Column("credential", sa.String(), primary_key=True),
        sa.Column("at", sa.String(), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("command", "started_at", "ended_at")),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("run", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("at", "scope", "kind", "key")),
        sa.Column("title", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("action", "outcome")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "lost")),
    )
    op.create_index("history_by_object", "history", ["scope", "key"])
