"""A server's refusal turned into our error tree: the one place that knows what Nextcloud says when it says no.

Rules are asked in order: the particular ones by what was said, then the status. Texts are for people.
"""

from __future__ import annotations

import re

from requests import Response

from connectors.nextcloud.credential import login_refused
from connectors.nextcloud.refusal import Refusal, refusal_of
from connectors.nextcloud.transport_faults import unreadable
from network.apps import App, app_missing
from network.errors import (
    AlreadyThere,
    DigitalnetzwerkError,
    LimitReached,
    Locked,
    LookAgain,
    NotThere,
    PreconditionFailed,
    Refused,
    RightMissing,
    ServerBusy,
    ServerFault,
    UidInTrash,
)
from network.text import NOTHING, Text

NO_SUCH_ROUTE = "invalid query, please check the syntax"
SUCCESS = frozenset({100, 200, 201, 202})
SHORT_PAUSE, RATE_PAUSE, MAINTENANCE_PAUSE, BRUTE_FORCE_PAUSE = 5.0, 60.0, 300.0, 1800.0  # seconds


class ConfirmationNeeded(RightMissing):
    """The server wants the login password confirmed: an app password can't do this call."""

    code = "confirmation_needed"


class TokenInvalid(LookAgain):
    """A sync token that the server does not know: look at everything."""


def fault_of(answer: Response, username: str) -> DigitalnetzwerkError | None:
    """The error that an answer stands for; None for a success."""
    refusal = refusal_of(answer)
    if answer.status_code < 400 and (not refusal.speaks_ocs or refusal.code in SUCCESS):
        return None
    if answer.status_code < 400 and refusal.code == 0:
        return unreadable(answer)
    if _is_login_refused(refusal):
        return login_refused(username)
    return _error(refusal, "X-Nextcloud-Maintenance-Mode" in answer.headers)


def _is_login_refused(refusal: Refusal) -> bool:
    # 997 without these words is the provisioning interface's "not for you": no reason to stop the credential
    if refusal.code == 997:
        return refusal.says("not logged in|unauthori[sz]ed|authentication")
    return refusal.status == 401


def _error(refusal: Refusal, maintenance: bool) -> DigitalnetzwerkError:
    status = refusal.code if refusal.status < 400 and refusal.code >= 400 else refusal.status
    if refusal.code == 998:
        status = 404
    for rule in (_app, _limits, _provisioning, _already_there, _calendar_objects, _database):
        found = rule(refusal)
        if found is not None:
            return found
    if status == 503 or maintenance:
        return _busy(refusal, MAINTENANCE_PAUSE if maintenance else SHORT_PAUSE)
    if status == 429:
        return _busy(refusal, BRUTE_FORCE_PAUSE if refusal.says("maximum delay") else RATE_PAUSE)
    return _by_status(refusal, status)


def _by_status(refusal: Refusal, status: int) -> DigitalnetzwerkError:
    where = refusal.where
    if status in (401, 403) or refusal.code == 997:
        return _forbidden(refusal)
    if status in (404, 409, 410):
        return NotThere(refusal.said("Das gibt es auf dem Server nicht", "The server has no such thing"), where=where)
    if status == 412:
        return PreconditionFailed(
            refusal.said("Jemand war schneller: der Stand auf dem Server ist ein anderer", "Somebody was faster"),
            where=where,
        )
    if status == 423:
        return Locked(refusal.said("Gerade von jemand anderem gesperrt", "Locked by somebody else"), where=where)
    if status == 507 or (status == 413 and refusal.kind == "EntityTooLarge"):  # its words are translated
        return Refused(
            refusal.said("Auf dem Server ist kein Speicherplatz mehr frei", "The server has no space left"),
            where=where,
            remedy=Text(
                "Platz schaffen oder das Kontingent erhöhen (bei Projekten und Austauschgruppen: quota).",
                "Make room or raise the quota (quota of projects and exchange groups).",
            ),
            code="quota_full",
        )
    if status >= 500:
        return ServerFault(refusal.said("Der Server hatte einen Fehler", "The server had a fault"), where=where)
    return Refused(refusal.said("Der Server nimmt das so nicht an", "The server does not accept this"), where=where)


def _forbidden(refusal: Refusal) -> RightMissing:
    if refusal.says("password confirmation"):
        return ConfirmationNeeded(
            Text(
                "Dafür verlangt der Server das Anmeldepasswort, ein App-Passwort genügt nicht.",
                "For this the server wants the login password, an app password is not enough.",
            ),
            where=refusal.where,
            remedy=Text(
                "„admin_rights“ in der Konfiguration setzen: ein Konto mit Anmeldepasswort, oder „print“ für die "
                "Befehle.",
                'Set "admin_rights" in the configuration: an account with its login password, or "print" for the '
                "commands.",
            ),
        )
    return RightMissing(
        refusal.said("Dazu fehlt dem Konto das Recht", "The account lacks the right to do this"), where=refusal.where
    )


def _app(refusal: Refusal) -> DigitalnetzwerkError | None:
    """A path that nobody serves, below an app: the app is not enabled (any more). What it kept is not gone."""
    found = re.search(r"/apps/(circles|groupfolders|spreed)/", refusal.path)
    if found is None or refusal.status != 404 or not (refusal.is_page or refusal.says(NO_SUCH_ROUTE)):
        return None
    return app_missing(App(found[1]))


def _limits(refusal: Refusal) -> DigitalnetzwerkError | None:
    if refusal.says("too many calendars created"):
        return limit(
            refusal.where,
            "dav rateLimitCalendarCreation",
            Text(
                "Der Server erlaubt in dieser Stunde keine weiteren neuen Kalender.",
                "The server allows no more new calendars within this hour.",
            ),
        )
    if refusal.says("calendar limit reached"):
        return limit(
            refusal.where,
            "dav maximumCalendarsSubscriptions",
            Text(
                "Das Konto hat so viele Kalender, wie der Server erlaubt (auch die im Papierkorb zählen).",
                "The account has as many calendars as the server allows (those in the trash bin count too).",
            ),
        )
    if refusal.says("too many addressbook or calendar share"):
        return limit(
            refusal.where,
            "dav rateLimitShareAddressbookOrCalendar",
            Text(
                "Der Server erlaubt in dieser Stunde keine weiteren Freigaben.",
                "The server allows no more sharing within this hour.",
            ),
        )
    return None


LIFTED = {
    "dav rateLimitCalendarCreation": 1000,
    "dav maximumCalendarsSubscriptions": -1,
    "dav rateLimitShareAddressbookOrCalendar": 1000,
}


def limit(where: str, setting: str, message: Text) -> LimitReached:
    command = f"occ config:app:set {setting} --type=integer --value={LIFTED[setting]}"
    remedy = Text(
        f"Der Rest folgt im nächsten Lauf von selbst. Sofort: {command}",
        f"The rest follows in the next run by itself. At once: {command}",
    )
    return LimitReached(message, setting=setting, where=where, remedy=remedy)


def _provisioning(refusal: Refusal) -> DigitalnetzwerkError | None:
    """The provisioning interface's own codes mean something else for every call."""
    found = re.search(r"/ocs/v\d\.php/cloud/(groups|users/[^/]+/groups|users)", refusal.path)
    if found is None or not 101 <= refusal.code <= 113:
        return None
    membership = found[1].startswith("users/")
    nobody = refusal.code in (102, 103) if membership else refusal.code == 101 and refusal.method != "POST"
    if nobody:
        return NotThere(
            refusal.said("Gruppe oder Konto gibt es nicht", "There is no such group or account"), where=refusal.where
        )
    if membership and refusal.code in (104, 105):
        return _forbidden(refusal)
    if refusal.method == "POST" and refusal.code == 102:
        return AlreadyThere(refusal.said("Das gibt es schon", "This is there already"), where=refusal.where)
    return Refused(
        refusal.said("Der Server nimmt das so nicht an", "The server does not accept this"), where=refusal.where
    )


def _already_there(refusal: Refusal) -> DigitalnetzwerkError | None:
    exists = (
        refusal.code == 122
        or (refusal.status == 405 and refusal.method in ("MKCOL", "MKCALENDAR"))
        or (refusal.status == 400 and refusal.says("already exists|already assigned|already member|group exists"))
    )
    if not exists or refusal.says("object with uid"):
        return None
    return AlreadyThere(refusal.said("Das gibt es schon", "This is there already"), where=refusal.where)


def _calendar_objects(refusal: Refusal) -> DigitalnetzwerkError | None:
    """A calendar is ours to write, so 403 on PUT is about the object, and 500 on create about its UID."""
    if "/dav/calendars/" not in refusal.path:
        return None
    if refusal.kind == "InvalidSyncToken" or refusal.says("sync.?token"):
        return TokenInvalid(
            refusal.said("Der Stand ist dem Server unbekannt", "Unknown sync token"), where=refusal.where
        )
    if refusal.says("object with uid already exists"):
        return UidInTrash(
            Text("Die UID steht in diesem Kalender schon.", "The UID is in this calendar already."),
            where=refusal.where,
            code="uid_taken",
        )
    if refusal.status == 500 and (refusal.creates or refusal.says("calobjects_by_uid|unique constraint|duplicate")):
        return UidInTrash(
            Text(
                "Der Eintrag lässt sich nicht anlegen: vermutlich liegt er noch im Papierkorb.",
                "The entry can't be created: it probably still lies in the trash bin.",
            ),
            where=refusal.where,
        )
    if refusal.status == 403 and refusal.method == "PUT":
        return Refused(
            refusal.said("Der Server nimmt den Eintrag nicht an", "The server does not accept the entry"),
            where=refusal.where,
        )
    return None


def _database(refusal: Refusal) -> DigitalnetzwerkError | None:
    # Teams pass an error of the database on as 400: that is no judgement about what was sent
    if refusal.status != 400 or not refusal.says("SQLSTATE|unique constraint|deadlock"):
        return None
    message = Text("Die Datenbank des Servers war überlastet.", "The server's database was overwhelmed.")
    return ServerFault(message, where=refusal.where)


def _busy(refusal: Refusal, wait: float) -> ServerBusy:
    remedy = NOTHING
    if wait == BRUTE_FORCE_PAUSE:
        remedy = Text(
            "Zu viele falsche Anmeldungen von dieser Adresse. Es löst sich in einer halben Stunde, oder sofort mit: "
            "occ security:bruteforce:reset ADRESSE",
            "Too many wrong logins from this address. It dissolves within half an hour, or at once by: "
            "occ security:bruteforce:reset ADDRESS",
        )
    if wait == MAINTENANCE_PAUSE:
        message = Text("Nextcloud ist im Wartungsmodus", "Nextcloud is in maintenance mode")
        remedy = Text("Der nächste Lauf holt alles nach, wenn die Wartung vorbei ist.", "The next run catches up.")
        return ServerBusy(message, where=refusal.where, remedy=remedy, wait=wait)
    message = refusal.said("Der Server ist beschäftigt", "The server is busy")
    return ServerBusy(message, where=refusal.where, remedy=remedy, wait=wait)
