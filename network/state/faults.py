"""What goes wrong with the database becomes an error of our tree, wherever it happens."""

from __future__ import annotations

import sqlite3

from sqlalchemy import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError

from network.errors import DigitalnetzwerkError, Locked, PersonMustAct, Unreachable
from network.text import Text


def in_our_words(context: ExceptionContext) -> None:
    """Listens to `handle_error` of an engine. Locked when somebody else holds the database for too long."""
    error = context.original_exception
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.ProgrammingError):
        path = context.engine.url.database if context.engine is not None else ""
        raise _fault(error, path or "state")
    if isinstance(context.sqlalchemy_exception, OperationalError | InterfaceError):
        raise _silent()


def _silent() -> Unreachable:
    return Unreachable(
        Text("Die Datenbank antwortet nicht.", "The database does not answer."),
        where="service.database",
        remedy=Text(
            "Läuft PostgreSQL, und stimmen Adresse, Konto und Kennwort? Danach geht es von selbst weiter.",
            "Is PostgreSQL running, and are address, account and password right? Then it goes on by itself.",
        ),
    )


def _fault(error: sqlite3.DatabaseError, where: str) -> DigitalnetzwerkError:
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Locked(
            Text(
                "Ein anderes Programm hält die Datenbank seit einer halben Minute fest.",
                "Another program has held the database for half a minute.",
            ),
            where=where,
            remedy=Text("Es folgt im nächsten Lauf von selbst.", "It follows in the next run by itself."),
        )
    return PersonMustAct(
        Text(f"Die Datenbank lässt sich nicht benutzen: {error}", f"the database can't be used: {error}"),
        where=where,
        remedy=Text(
            "Ist sie beschädigt, legen Sie sie beiseite: der nächste Lauf erkennt alles an seinen Marken wieder.",
            "If it is damaged, put it aside: the next run recognises everything by its marks.",
        ),
        code="state_unusable",
    )
