"""The tables of the state database. Times are stored as UTC texts (ISO 8601) that sort as they should."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

records = Table(
    "records",
    metadata,
    Column("scope", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("remote", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", String, nullable=False),
    Column("at", String, nullable=False),
    Index("records_by_kind", "kind"),
)

intents = Table(
    "intents",
    metadata,
    Column("scope", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("name", String, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("scope", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("until", Float, nullable=False),
)

schedule = Table(
    "schedule",
    metadata,
    Column("name", String, primary_key=True),
    Column("every", Float, nullable=False),
    Column("at", String, nullable=False),
)

source_copies = Table(
    "source_copies",
    metadata,
    Column("connector", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("digest", String, nullable=False),
    Column("etag", String, nullable=False),
    Column("last_modified", String, nullable=False),
    Column("fetched_at", String, nullable=False),
)

source_notes = Table(
    "source_notes",
    metadata,
    Column("connector", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("text", Text, nullable=False),
)

source_health = Table(
    "source_health",
    metadata,
    Column("connector", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("attempted_at", String, nullable=False),
    Column("succeeded_at", String, nullable=False),
    Column("items", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
)

awaited = Table(
    "awaited",
    metadata,
    Column("scope", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("connector", String, nullable=False),
    Column("since", String, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("connector", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("in_time", Integer, nullable=False),
    Column("worst", Float, nullable=False),
)

tallies = Table(
    "tallies",
    metadata,
    Column("name", String, primary_key=True),
    Column("first", String, primary_key=True),
    Column("second", String, primary_key=True),
    Column("total", Integer, nullable=False),
)

questions = Table(
    "questions",
    metadata,
    Column("connector", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("where", String, nullable=False),
    Column("message_de", Text, nullable=False),
    Column("message_en", Text, nullable=False),
    Column("asked_at", String, nullable=False),
    Column("answer", String, nullable=False),
)

refused_logins = Table(
    "refused_logins",
    metadata,
    Column("credential", String, primary_key=True),
    Column("at", String, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("visitor", Text, nullable=False),
    Column("until", String, nullable=False),
)

errands = Table(
    "errands",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("what", String, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("pending", Text, unique=True),  # what was asked for, until it is over: so nobody asks for it twice
    Column("by", String, nullable=False),
    Column("asked_at", String, nullable=False),
    Column("due_at", String, nullable=False),  # empty once somebody began
    Column("holder", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("ended_at", String, nullable=False),
    Column("exit_code", Integer),
    Column("run", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("document", Text, nullable=False),
    sqlite_autoincrement=True,  # a number that somebody bookmarked never becomes another errand's
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", String, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("owner", String, nullable=False),
    Column("calendars", Text, nullable=False),
    Column("made_at", String, nullable=False),
    Column("seen_at", String, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("command", String, nullable=False),
    Column("started_at", String, nullable=False),
    Column("ended_at", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("exit_code", Integer, nullable=False),
    Column("document", Text, nullable=False),
)

previous = Table(
    "previous",
    metadata,
    Column("scope", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("run", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("after", String, nullable=False),
    Column("elsewhere", String, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", Integer, nullable=False),
    Column("at", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False),
    Column("title", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("lost", Text, nullable=False),
    Index("history_by_object", "scope", "key"),
)

concerns = Table(
    "concerns",
    metadata,
    Column("code", String, primary_key=True),
    Column("where", String, primary_key=True),
    Column("to", String, nullable=False),
    Column("message_de", Text, nullable=False),
    Column("message_en", Text, nullable=False),
    Column("remedy_de", Text, nullable=False),
    Column("remedy_en", Text, nullable=False),
    Column("since", String, nullable=False),
    Column("named_at", String, nullable=False),
    Column("told_at", String, nullable=False),
)

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("account", String, primary_key=True),
    Column("connector", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("at", String, nullable=False),
)
